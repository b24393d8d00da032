import CoordinateReference
import GeometryEngine
import RedlineGeometry
import RedlineMeasure

/// Finds how far a site is from a zone that it does not meet.
struct NearestGround {
    let context: GeometryContext

    /// Edges up to this long, in metres, stay within 1 mm of the straight edge in longitude and latitude when they are
    /// drawn straight in the local plane: the sagitta s²·tan B / 8R is 1 mm for 170 m at 60° N.
    private static let longestEdge = 150.0

    /// The geodesic distance in metres between the nearest points; nil where nothing lies within `limit`.
    ///
    /// The nearest points are found in an azimuthal equidistant plane around the site, then measured on the ellipsoid.
    func distance(from site: MeasuredSite, to pieces: [ZonePiece], within limit: Double) throws -> Double? {
        let window = site.scale.expanded(site.site.ground.envelope, byMeters: limit * 1.02)
        let plane = try LocalProjection(center: window.center)
        guard let siteGeometry = site.site.ground.geometry else { return nil }
        let here = try context.geometry(try projected(siteGeometry, plane, site.scale))
        var nearest: Double?
        for piece in pieces where piece.envelope.intersects(window) {
            // Grown, so that the sides of the window are farther away than the limit.
            let near = try piece.clipped(to: window.expanded(dx: window.width, dy: window.height))
            guard !near.isEmpty else { continue }
            let there = try context.geometry(try projected(near, plane, site.scale))
            guard let (a, b) = try here.nearestPositions(to: there) else { continue }
            let ends = try plane.unproject([a, b])
            let distance = GeodesicLength().geodesicDistance(ends[0], ends[1]).meters
            nearest = min(nearest ?? .infinity, distance)
        }
        return nearest
    }

    private func projected(_ geometry: Geometry, _ plane: LocalProjection, _ scale: LocalScale) throws -> Geometry {
        try geometry.mapRuns { run in
            var dense: [Position] = []
            for (index, position) in run.enumerated() {
                if index > 0 {
                    let from = run[index - 1]
                    let steps = scale.steps(from: from, to: position, longest: Self.longestEdge)
                    for step in 1..<max(steps, 1) {
                        let part = Double(step) / Double(steps)
                        dense.append(
                            Position(x: from.x + (position.x - from.x) * part, y: from.y + (position.y - from.y) * part)
                        )
                    }
                }
                dense.append(position)
            }
            return try plane.project(dense)
        }
    }
}

extension LocalScale {
    /// How many equal steps an edge needs so that none is longer than `longest` metres.
    fileprivate func steps(from a: Position, to b: Position, longest: Double) -> Int {
        let dx = (b.x - a.x) * metersPerDegreeX
        let dy = (b.y - a.y) * metersPerDegreeY
        return max(1, Int(((dx * dx + dy * dy).squareRoot() / longest).rounded(.up)))
    }
}

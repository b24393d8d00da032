import GeometryEngine
import RedlineGeometry

/// Finds where lines run along the boundary of a zone, within the tolerance: there they are in it no more than beside
/// it.
struct BoundaryRuns {
    let context: GeometryContext
    let scale: LocalScale
    /// In metres.
    let tolerance: Double

    /// Crossing a boundary, a line is near it for about the tolerance; running along it, for much longer.
    private static let shortestRun = 100.0

    /// The parts of `lines` that run along the boundary of `zone`, longer than a hundred tolerances.
    ///
    /// - Parameters:
    ///   - lines: Longitude and latitude in degrees.
    ///   - zone: The whole zone.
    ///   - pieces: The pieces of the zone near the lines; they are small, so they are looked at first.
    /// - Returns: The runs, in no particular order.
    /// - Throws: `GeometryError` where GEOS fails.
    func runs(of lines: [LineString], along zone: Ground, near pieces: [ZonePiece]) throws -> [LineString] {
        guard !lines.isEmpty, !zone.polygons.isEmpty else { return [] }
        let polygons = pieces.flatMap(\.geometry.parts.polygons)
        guard lines.contains(where: { mayRun($0, along: polygons) }) else { return [] }
        let window = scale.expanded(Ground(lines: lines).envelope, byMeters: 2 * tolerance)
        let boundary = zone.polygons.flatMap { edges(of: $0, in: window) }
        guard !boundary.isEmpty else { return [] }
        let plane = StretchedPlane(scale, origin: window.center)
        let strip = try context.geometry(.multiLineString(boundary.map(plane.stretched)))
            .buffer(distance: tolerance, quadrantSegments: 4)
        let near = try context.geometry(.multiLineString(lines.map(plane.stretched))).intersection(strip)
        return try near.value().parts.lines.filter { StretchedPlane.length($0) > Self.shortestRun * tolerance }
            .map(plane.unstretched)
    }

    /// Whether a vertex of a boundary lies on the line, or the middle of an edge of the line on a boundary: one of them
    /// holds wherever both run together.
    ///
    /// - Complexity: The product of both numbers of edges, but most pairs cost four comparisons.
    private func mayRun(_ line: LineString, along polygons: [Polygon]) -> Bool {
        let window = scale.expanded(Envelope(line.positions), byMeters: tolerance)
        return polygons.contains { polygon in
            mayRun(line.positions, along: polygon.exteriorRing, in: window)
                || polygon.interiorRings.contains { mayRun(line.positions, along: $0, in: window) }
        }
    }

    private func mayRun(_ line: [Position], along ring: [Position], in window: Envelope) -> Bool {
        let reach = scale.degrees(coveringMeters: tolerance)
        for index in ring.indices.dropFirst() {
            let (a, b) = (ring[index - 1], ring[index])
            let (minX, maxX) = (min(a.x, b.x) - reach, max(a.x, b.x) + reach)
            let (minY, maxY) = (min(a.y, b.y) - reach, max(a.y, b.y) + reach)
            guard minX <= window.maxX, maxX >= window.minX, minY <= window.maxY, maxY >= window.minY else { continue }
            for next in line.indices.dropFirst() {
                let (c, d) = (line[next - 1], line[next])
                guard min(c.x, d.x) <= maxX, max(c.x, d.x) >= minX, min(c.y, d.y) <= maxY, max(c.y, d.y) >= minY
                else { continue }
                let middle = Position(x: c.x / 2 + d.x / 2, y: c.y / 2 + d.y / 2)
                if scale.distance(from: middle, toEdge: a, b) <= tolerance
                    || (scale.distance(from: b, toEdge: c, d) <= tolerance && isOffEnds(b, of: line))
                {
                    return true
                }
            }
        }
        return false
    }

    /// Whether `position` lies off the ends of a line: where a zone cuts a line off, the end lies on its boundary.
    private func isOffEnds(_ position: Position, of line: [Position]) -> Bool {
        guard let first = line.first, let last = line.last else { return false }
        return scale.distance(from: position, toEdge: first, first) > tolerance
            && scale.distance(from: position, toEdge: last, last) > tolerance
    }

    private func edges(of polygon: Polygon, in window: Envelope) -> [LineString] {
        var edges: [LineString] = []
        for ring in polygon.rings {
            for index in ring.indices.dropFirst() {
                let edge = [ring[index - 1], ring[index]]
                if Envelope(edge).intersects(window) { edges.append(LineString(positions: edge)) }
            }
        }
        return edges
    }
}

/// A plane in metres around a place, that only stretches both axes, so that straight edges stay straight.
private struct StretchedPlane {
    let scale: LocalScale
    let origin: Position

    init(_ scale: LocalScale, origin: Position) {
        self.scale = scale
        self.origin = origin
    }

    func stretched(_ line: LineString) -> LineString {
        LineString(
            positions: line.positions.map {
                Position(
                    x: ($0.x - origin.x) * scale.metersPerDegreeX, y: ($0.y - origin.y) * scale.metersPerDegreeY)
            })
    }

    func unstretched(_ line: LineString) -> LineString {
        LineString(
            positions: line.positions.map {
                Position(
                    x: origin.x + $0.x / scale.metersPerDegreeX, y: origin.y + $0.y / scale.metersPerDegreeY)
            })
    }

    static func length(_ line: LineString) -> Double {
        var length = 0.0
        for index in line.positions.indices.dropFirst() {
            let (a, b) = (line.positions[index - 1], line.positions[index])
            length += ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)).squareRoot()
        }
        return length
    }
}

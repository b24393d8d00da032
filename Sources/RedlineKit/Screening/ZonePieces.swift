import GeometryEngine
import RedlineCells
import RedlineGeometry

/// A part of a zone, indexed by GEOS for many tests; belongs to one task.
struct ZonePiece {
    let geometry: Geometry
    let envelope: Envelope
    /// 2 for polygons, 1 for lines, 0 for points.
    let dimension: Int
    let prepared: PreparedGeometry

    init(_ geometry: Geometry, dimension: Int, in context: GeometryContext) throws(GeometryError) {
        self.geometry = geometry
        self.dimension = dimension
        envelope = geometry.envelope
        prepared = try PreparedGeometry(preparing: try context.geometry(geometry))
    }

    /// What it shares with `site`, by kind.
    func shared(with site: borrowing GEOSGeometryHandle) throws(GeometryError) -> Geometry.Parts {
        try prepared.withBase { base throws(GeometryError) in try base.intersection(site).value().parts }
    }

    /// The part of it in a rectangle.
    func clipped(to window: Envelope) throws(GeometryError) -> Geometry {
        if window.contains(envelope) { return geometry }
        return try prepared.withBase { base throws(GeometryError) in try base.clipped(to: window).value() }
    }
}

/// Cuts zones so that the cost of a site does not grow with the size of the zone that it meets.
struct ZoneCutter {
    /// A polygon of up to this many positions is not cut.
    static let maximumPositions = 256

    let context: GeometryContext
    /// The rectangles of the sites: pieces that no site is near are not made.
    let sites: PackedRTree
    /// In degrees, how near is near.
    let reach: Double

    /// The pieces of `ground` that some site is near.
    ///
    /// A polygon is halved until its pieces are small. Where the halves do not add up to the whole, which rounding may
    /// cause, the polygon stays whole: slower, never wrong.
    func pieces(of ground: Ground) throws -> [ZonePiece] {
        var pieces: [ZonePiece] = []
        for polygon in ground.polygons { try cut(polygon, into: &pieces) }
        if !ground.lines.isEmpty {
            pieces.append(try ZonePiece(.multiLineString(ground.lines), dimension: 1, in: context))
        }
        if !ground.points.isEmpty {
            pieces.append(try ZonePiece(.multiPoint(ground.points), dimension: 0, in: context))
        }
        return pieces
    }

    private func cut(_ polygon: Polygon, into pieces: inout [ZonePiece]) throws {
        let envelope = Envelope(polygon.exteriorRing)
        guard isNearSite(envelope) else { return }
        if polygon.positionCount > Self.maximumPositions, let halves = polygon.halves() {
            for half in halves { try cut(half, into: &pieces) }
        } else {
            pieces.append(try ZonePiece(.polygon(polygon), dimension: 2, in: context))
        }
    }

    private func isNearSite(_ envelope: Envelope) -> Bool {
        var isNear = false
        sites.forEachIndex(intersecting: envelope.expanded(dx: reach, dy: reach)) { _ in isNear = true }
        return isNear
    }
}

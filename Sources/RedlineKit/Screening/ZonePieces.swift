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
    /// The lines that it was cut along.
    private let cuts: [PolygonCut.CutLine]

    init(
        _ geometry: Geometry, dimension: Int, cuts: [PolygonCut.CutLine] = [], in context: GeometryContext
    ) throws(GeometryError) {
        self.geometry = geometry
        self.dimension = dimension
        self.cuts = cuts
        envelope = geometry.envelope
        prepared = try PreparedGeometry(preparing: try context.geometry(geometry))
    }

    /// Whether an edge of the zone's own boundary, by its rectangle, reaches into a window.
    func hasBoundary(in window: Envelope) -> Bool {
        guard case .polygon(let polygon) = geometry else { return envelope.intersects(window) }
        if hasBoundary(polygon.exteriorRing, in: window) { return true }
        return polygon.interiorRings.contains { hasBoundary($0, in: window) }
    }

    private func hasBoundary(_ ring: [Position], in window: Envelope) -> Bool {
        for index in ring.indices.dropFirst() {
            let (a, b) = (ring[index - 1], ring[index])
            if min(a.x, b.x) <= window.maxX, max(a.x, b.x) >= window.minX, min(a.y, b.y) <= window.maxY,
                max(a.y, b.y) >= window.minY, !cuts.contains(where: { $0.holds(a, b) })
            {
                return true
            }
        }
        return false
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
    static let maximumPositions = 128

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
        for polygon in ground.polygons { try cut(polygon, along: [], into: &pieces) }
        if !ground.lines.isEmpty {
            pieces.append(try ZonePiece(.multiLineString(ground.lines), dimension: 1, in: context))
        }
        if !ground.points.isEmpty {
            pieces.append(try ZonePiece(.multiPoint(ground.points), dimension: 0, in: context))
        }
        return pieces
    }

    private func cut(
        _ polygon: Polygon, along cuts: [PolygonCut.CutLine], into pieces: inout [ZonePiece]
    ) throws {
        let envelope = Envelope(polygon.exteriorRing)
        guard isNearSite(envelope) else { return }
        if polygon.positionCount > Self.maximumPositions, let halves = polygon.halves() {
            for half in halves.parts { try cut(half, along: cuts + [halves.line], into: &pieces) }
        } else {
            pieces.append(try ZonePiece(.polygon(polygon), dimension: 2, cuts: cuts, in: context))
        }
    }

    private func isNearSite(_ envelope: Envelope) -> Bool {
        var isNear = false
        sites.forEachIndex(intersecting: envelope.expanded(dx: reach, dy: reach)) { _ in isNear = true }
        return isNear
    }
}

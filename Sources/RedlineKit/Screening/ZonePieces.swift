import GeometryEngine
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
    private static let smallPiece = 128
    /// A site across a cut line is compared with the uncut polygon up to this many positions: one overlay of a larger
    /// piece costs less than two of small ones and their union.
    private static let largePiece = 2048

    let context: GeometryContext
    /// The rectangles of the sites.
    let envelopes: [Envelope]
    /// In degrees, how near is near.
    let reach: Double

    /// The pieces of `ground` that each of the `sites` is near, by site.
    ///
    /// A polygon is halved until its pieces are small, where sites are near. Where the halves do not add up to the
    /// whole, which rounding may cause, the polygon stays whole: slower, never wrong.
    func pieces(of ground: Ground, near sites: [Int]) throws -> [Int: [ZonePiece]] {
        var pieces: [Int: [ZonePiece]] = [:]
        for polygon in ground.polygons {
            try cut(polygon, along: [], near: sites, into: &pieces)
        }
        if !ground.lines.isEmpty {
            try add(.multiLineString(ground.lines), dimension: 1, near: sites, into: &pieces)
        }
        if !ground.points.isEmpty {
            try add(.multiPoint(ground.points), dimension: 0, near: sites, into: &pieces)
        }
        return pieces
    }

    private func grown(_ envelope: Envelope) -> Envelope { envelope.expanded(dx: reach, dy: reach) }

    private func add(
        _ geometry: Geometry, dimension: Int, near sites: [Int], into pieces: inout [Int: [ZonePiece]]
    ) throws {
        let window = grown(geometry.envelope)
        let sites = sites.filter { envelopes[$0].intersects(window) }
        guard !sites.isEmpty else { return }
        let piece = try ZonePiece(geometry, dimension: dimension, in: context)
        for site in sites { pieces[site, default: []].append(piece) }
    }

    private func cut(
        _ polygon: Polygon, along cuts: [PolygonCut.CutLine], near sites: [Int], into pieces: inout [Int: [ZonePiece]]
    ) throws {
        let window = grown(Envelope(polygon.exteriorRing))
        var sites = sites.filter { envelopes[$0].intersects(window) }
        guard !sites.isEmpty else { return }
        let count = polygon.positionCount
        if count > Self.smallPiece, let halves = polygon.halves() {
            if count <= Self.largePiece {
                let across = sites.filter { isAcross(halves.line, envelopes[$0]) }
                if !across.isEmpty {
                    let piece = try ZonePiece(.polygon(polygon), dimension: 2, cuts: cuts, in: context)
                    for site in across { pieces[site, default: []].append(piece) }
                    sites.removeAll { isAcross(halves.line, envelopes[$0]) }
                }
            }
            for half in halves.parts { try cut(half, along: cuts + [halves.line], near: sites, into: &pieces) }
        } else {
            let piece = try ZonePiece(.polygon(polygon), dimension: 2, cuts: cuts, in: context)
            for site in sites { pieces[site, default: []].append(piece) }
        }
    }

    /// Whether a site comes near both sides of a line.
    private func isAcross(_ line: PolygonCut.CutLine, _ envelope: Envelope) -> Bool {
        line.axis == .x
            ? envelope.minX - reach <= line.value && line.value <= envelope.maxX + reach
            : envelope.minY - reach <= line.value && line.value <= envelope.maxY + reach
    }
}

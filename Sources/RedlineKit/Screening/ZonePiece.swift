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

import GeometryEngine
import RedlineGeometry

/// What a site and a zone share.
struct SharedGround {
    var ground: Ground
    /// Whether it is all of the site, which then stands for it without rounding.
    var isWhole: Bool
}

/// The parts of one dimension of a site, in GEOS' memory; belongs to one task.
private final class SiteKind {
    /// 2 for polygons, 1 for lines, 0 for points.
    let dimension: Int
    let handle: GEOSGeometryHandle
    /// Whether one piece of the zone covers all of it.
    var isCovered = false

    init(_ dimension: Int, _ geometry: Geometry, in context: GeometryContext) throws(GeometryError) {
        self.dimension = dimension
        handle = try context.geometry(geometry)
    }
}

/// Gathers what a site shares with the pieces of one zone.
final class SiteOverlay {
    /// Whether the site and the zone share any position.
    private(set) var meets = false
    private let context: GeometryContext
    private let site: Ground
    private var kinds: [SiteKind] = []
    private var shares: [(kind: Int, parts: Geometry.Parts)] = []

    init(context: GeometryContext, site: Ground) throws(GeometryError) {
        self.context = context
        self.site = site
        if !site.polygons.isEmpty {
            let isSingle = site.polygons.count == 1
            kinds.append(
                try SiteKind(2, isSingle ? .polygon(site.polygons[0]) : .multiPolygon(site.polygons), in: context))
        }
        if !site.lines.isEmpty {
            let isSingle = site.lines.count == 1
            kinds.append(
                try SiteKind(1, isSingle ? .lineString(site.lines[0]) : .multiLineString(site.lines), in: context))
        }
        if !site.points.isEmpty { kinds.append(try SiteKind(0, .multiPoint(site.points), in: context)) }
    }

    /// Adds what the site shares with one piece.
    func add(_ piece: ZonePiece) throws(GeometryError) {
        for kind in kinds where !kind.isCovered {
            guard try piece.prepared.intersects(kind.handle) else { continue }
            meets = true
            if piece.dimension == 2, try piece.prepared.covers(kind.handle) {
                kind.isCovered = true
                // All of the kind stands for what pieces before this one share with it.
                shares.removeAll { $0.kind == kind.dimension }
                continue
            }
            var parts = try piece.shared(with: kind.handle)
            // What has a lower dimension than both lies on a boundary: it is a touch.
            let measured = min(kind.dimension, piece.dimension)
            if measured != 2 { parts.polygons = [] }
            if measured != 1 { parts.lines = [] }
            if measured != 0 { parts.points = [] }
            if !parts.isEmpty { shares.append((kind.dimension, parts)) }
        }
    }

    /// Whether any part of the site comes as near to a piece as this, in degrees.
    func isWithin(_ degrees: Double, of piece: ZonePiece) throws(GeometryError) -> Bool {
        for kind in kinds where try piece.prepared.isWithinDistance(degrees, of: kind.handle) { return true }
        return false
    }

    private func covers(_ dimension: Int) -> Bool { kinds.contains { $0.dimension == dimension && $0.isCovered } }

    /// All that is shared, pieces of one zone joined again.
    func shared(with zone: MeasuredZone, siteArea: Double?, _ meter: Meter) throws -> SharedGround {
        if kinds.allSatisfy(\.isCovered) { return SharedGround(ground: site, isWhole: true) }
        var polygons = covers(2) ? site.polygons : try joined(shares.flatMap(\.parts.polygons))
        let zonePolygons = zone.zone.ground.polygons
        if !polygons.isEmpty, !covers(2) {
            let area = meter.ellipsoidalArea(of: polygons)
            // Cutting and joining rounds in the 13th digit; what is equal to that is the site or the zone itself.
            if let siteArea, abs(area - siteArea) <= 1e-12 * siteArea {
                polygons = site.polygons
            } else if let zoneArea = zone.area, abs(area - zoneArea) <= 1e-12 * zoneArea {
                polygons = zonePolygons
            }
        }
        var lines = shares.flatMap(\.parts.lines)
        if lines.count > 1 {
            lines = try context.geometry(.multiLineString(lines)).unaryUnion().value().parts.lines
        }
        if covers(1) { lines += site.lines }
        let points = shares.flatMap(\.parts.points) + (covers(0) ? site.points : [])
        let ground = Ground(polygons: polygons, lines: lines, points: points)
        let isWhole = polygons == site.polygons && lines == site.lines && points == site.points
        return SharedGround(ground: ground, isWhole: isWhole)
    }

    private func joined(_ polygons: [Polygon]) throws -> [Polygon] {
        guard polygons.count > 1, shares.count > 1 else { return polygons }
        return try context.geometry(.multiPolygon(polygons)).unaryUnion().value().parts.polygons
    }
}

import GeometryEngine
import RedlineGeometry

/// What a site and a zone share.
struct SharedGround {
    var ground: Ground
    /// Whether it is all of the site, which then stands for it without rounding.
    var isWhole: Bool
}

/// Gathers what a site shares with the pieces of one zone.
struct SiteOverlay {
    let context: GeometryContext
    let site: Ground
    /// Whether the site and the zone share any position.
    private(set) var meets = false
    /// Whether one piece covers all of the site's polygons, lines and points.
    private var coveredKinds: Set<Int> = []
    private var shares: [Geometry.Parts] = []

    init(context: GeometryContext, site: Ground) {
        self.context = context
        self.site = site
    }

    /// The site's kinds, each by the dimension it is measured in.
    private var kinds: [(dimension: Int, geometry: Geometry)] {
        var kinds: [(Int, Geometry)] = []
        if !site.polygons.isEmpty {
            kinds.append((2, site.polygons.count == 1 ? .polygon(site.polygons[0]) : .multiPolygon(site.polygons)))
        }
        if !site.lines.isEmpty {
            kinds.append((1, site.lines.count == 1 ? .lineString(site.lines[0]) : .multiLineString(site.lines)))
        }
        if !site.points.isEmpty { kinds.append((0, .multiPoint(site.points))) }
        return kinds
    }

    /// Adds what the site shares with one piece.
    mutating func add(_ piece: ZonePiece) throws {
        let pieceDimension =
            switch piece.kind {
            case .polygon: 2
            case .lines: 1
            case .points: 0
            }
        for (dimension, geometry) in kinds where !coveredKinds.contains(dimension) {
            let handle = try context.geometry(geometry)
            guard try piece.prepared.intersects(handle) else { continue }
            meets = true
            if pieceDimension == 2, try piece.prepared.covers(handle) {
                coveredKinds.insert(dimension)
                continue
            }
            var parts = try piece.prepared.intersection(handle).value().parts
            // What has a lower dimension than both lies on a boundary: it is a touch.
            let measured = min(dimension, pieceDimension)
            if measured != 2 { parts.polygons = [] }
            if measured != 1 { parts.lines = [] }
            if measured != 0 { parts.points = [] }
            if !parts.isEmpty { shares.append(parts) }
        }
    }

    /// All that is shared, pieces of one zone joined again.
    func shared(with zone: MeasuredZone, siteArea: Double?, _ meter: Meter) throws -> SharedGround {
        let isCovered = kinds.allSatisfy { coveredKinds.contains($0.dimension) }
        if isCovered { return SharedGround(ground: site, isWhole: true) }
        var polygons = coveredKinds.contains(2) ? site.polygons : try joined(shares.flatMap(\.polygons))
        let zonePolygons = zone.zone.ground.polygons
        if !polygons.isEmpty, !coveredKinds.contains(2) {
            let area = try meter.ellipsoidalArea(of: polygons)
            // Cutting and joining rounds in the 13th digit; what is equal to that is the site or the zone itself.
            if let siteArea, abs(area - siteArea) <= 1e-12 * siteArea {
                polygons = site.polygons
            } else if let zoneArea = zone.area, abs(area - zoneArea) <= 1e-12 * zoneArea {
                polygons = zonePolygons
            }
        }
        var lines = shares.flatMap(\.lines)
        if lines.count > 1 {
            lines = try context.geometry(.multiLineString(lines)).unaryUnion().value().parts.lines
        }
        if coveredKinds.contains(1) { lines += site.lines }
        let points = shares.flatMap(\.points) + (coveredKinds.contains(0) ? site.points : [])
        let ground = Ground(polygons: polygons, lines: lines, points: points)
        let isWhole = polygons == site.polygons && lines == site.lines && points == site.points
        return SharedGround(ground: ground, isWhole: isWhole)
    }

    private func joined(_ polygons: [Polygon]) throws -> [Polygon] {
        guard polygons.count > 1, shares.count > 1 else { return polygons }
        return try context.geometry(.multiPolygon(polygons)).unaryUnion().value().parts.polygons
    }
}

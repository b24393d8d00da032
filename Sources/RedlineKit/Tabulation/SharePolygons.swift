import GeometryEngine
import RedlineCells
import RedlineGeometry
import RedlineMeasure

/// What the polygons of a row measure by the methods that cells do not have.
struct RowPolygons: Sendable {
    var region: AreaFigures
    var union: AreaFigures
    var gross: AreaFigures
}

/// The same for all rows of a group.
struct GroupPolygons: Sendable {
    var regions: [RowPolygons]
    var together: RowPolygons
    /// The union of the zones in no region, in square metres by the chosen method.
    var outside: Double
}

/// Measures areas by other methods than `ellipsoidal`, on the polygons that GEOS makes.
struct SharePolygons: Sendable {
    let layers: [TableLayer]
    let options: ShareOptions
    let regions: RegionSet

    private var isNeeded: Bool { options.areaMethod != .ellipsoidal || options.showsAllAreas }

    /// The figures of each group; nil where cells give all that is asked for.
    ///
    /// - Throws: `GeometryError` where GEOS fails; `CoordinateReferenceError` for a plane that does not hold a place.
    func measured(_ groups: [ShareGroups.Group]) async throws -> [GroupPolygons]? {
        guard isNeeded else { return nil }
        let parts = try await partsByRegion()
        let regionUnion = try PolygonOverlay(context: try GeometryContext()).united(
            regions.regions.flatMap(\.ground.polygons))
        let wholes = try await concurrentMap(count: regions.regions.count + 1, threads: options.threads, chunk: 1) {
            [options] in
            try PolygonMeter(options)
        } _: { [regions] meter, place in
            try meter.figures(
                of: place < regions.regions.count ? regions.regions[place].ground.polygons : regionUnion)
        }
        var measured: [GroupPolygons] = []
        for group in groups {
            let members = group.members.map { ($0.layer, Set($0.zones)) }
            let rows = try await concurrentMap(count: regions.regions.count, threads: options.threads, chunk: 1) {
                [options] in
                try PolygonMeter(options)
            } _: { meter, region in
                let own = members.flatMap { layer, zones in
                    parts[layer][region].filter { zones.contains($0.zone) }.map(\.polygons)
                }
                return try meter.row(own, region: wholes[region])
            }
            let zones = members.flatMap { layer, zones in
                zones.sorted().map { layers[layer].loaded.zones[$0].ground.polygons }
            }
            let meter = try PolygonMeter(options)
            let inside = try zones.map { try meter.overlay.apply(.intersection, $0, regionUnion) }
            let union = try meter.overlay.united(zones.flatMap(\.self))
            let outside = try meter.overlay.apply(.difference, union, regionUnion)
            measured.append(
                GroupPolygons(
                    regions: rows, together: try meter.row(inside, region: wholes[regions.regions.count]),
                    outside: try meter.figures(of: outside).chosen.squareMeters))
        }
        return measured
    }

    /// A zone and what a region has of it.
    private struct Part: Sendable {
        var zone: Int
        var polygons: [Polygon]
    }

    /// The parts of zones, by layer and region.
    private func partsByRegion() async throws -> [[[Part]]] {
        var parts: [[[Part]]] = []
        for layer in layers {
            let zones = layer.loaded.zones
            let index = PackedRTree(zones.map { $0.ground.polygons.isEmpty ? .empty : $0.ground.envelope })
            parts.append(
                try await concurrentMap(count: regions.regions.count, threads: options.threads, chunk: 1) {
                    PolygonOverlay(context: try GeometryContext())
                } _: { [regions] overlay, place in
                    let region = regions.regions[place].ground
                    return try index.indices(intersecting: region.envelope).compactMap { zone in
                        let shared = try overlay.apply(.intersection, zones[zone].ground.polygons, region.polygons)
                        return shared.isEmpty ? nil : Part(zone: zone, polygons: shared)
                    }
                })
        }
        return parts
    }
}

/// Measures polygons by the methods of a run; one for each task.
final class PolygonMeter {
    let overlay: PolygonOverlay
    private let chosen: AreaMeter
    private let notice32: AreaMeter?
    private let geodesic: AreaMeter?

    init(_ options: ShareOptions) throws {
        overlay = PolygonOverlay(context: try GeometryContext())
        chosen = try AreaMeter(method: options.areaMethod)
        notice32 = options.showsAllAreas ? try AreaMeter(method: .notice32) : nil
        geodesic = options.showsAllAreas ? try AreaMeter(method: .geodesic) : nil
    }

    /// The area of polygons that share no ground.
    func figures(of polygons: [Polygon]) throws -> AreaFigures {
        let geometry = Geometry.multiPolygon(polygons)
        var figures = AreaFigures(squareMeters: EllipsoidalArea().area(of: geometry).squareMeters)
        figures.chosen = try chosen.area(of: geometry)
        figures.notice32 = try notice32?.area(of: geometry)
        figures.geodesic = try geodesic?.area(of: geometry)
        return figures
    }

    /// The figures of a row from the parts of its zones.
    func row(_ parts: [[Polygon]], region: AreaFigures) throws -> RowPolygons {
        var gross = try figures(of: [])
        for part in parts { gross = AreaFigures.combined(gross, try figures(of: part), +) }
        return RowPolygons(
            region: region, union: try figures(of: try overlay.united(parts.flatMap(\.self))), gross: gross)
    }
}

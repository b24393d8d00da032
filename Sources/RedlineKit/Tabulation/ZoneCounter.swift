import GeometryEngine
import RedlineCells
import RedlineGeometry
import RedlineMeasure

/// Tells which zones overlap a region by more than 1 mm of width.
struct ZoneCounter: Sendable {
    let regions: RegionSet
    let threads: Int

    /// In metres.
    static let tolerance = 0.001

    /// No piece of less than this area, in square metres, is wider than the tolerance: that of a disc, the shape with
    /// the shortest boundary, is π · tolerance².
    private static let leastArea = Double.pi * tolerance * tolerance

    /// The zones that count, by region.
    ///
    /// - Parameters:
    ///   - coverage: Of the regions by the layer, with traces.
    ///   - layer: The zones.
    /// - Returns: The places of the zones.
    /// - Throws: `GeometryError` where GEOS fails; `CancellationError`.
    func counted(_ coverage: [LayerCoverage], of layer: TableLayer) async throws -> [Set<Int>] {
        var counted: [Set<Int>] = []
        var doubtful: [(region: Int, zone: Int)] = []
        for (region, covered) in coverage.enumerated() {
            counted.append(Set(covered.zones.lazy.filter(\.isWide).map { Int($0.zone) }))
            for trace in covered.zones where !trace.isWide && trace.area >= Self.leastArea {
                doubtful.append((region, Int(trace.zone)))
            }
        }
        let pairs = doubtful
        let isWide = try await concurrentMap(count: pairs.count, threads: threads, chunk: 1) {
            try OverlapWidth(context: GeometryContext())
        } _: { [regions] judge, place in
            try judge.isWide(
                regions.regions[pairs[place].region].ground, layer.loaded.zones[pairs[place].zone],
                tolerance: Self.tolerance)
        }
        for (pair, isWide) in zip(pairs, isWide) where isWide { counted[pair.region].insert(pair.zone) }
        return counted
    }
}

/// Judges the width of what a region and a zone share, on its polygons; one for each task.
final class OverlapWidth {
    private let overlay: PolygonOverlay
    private let meter: Meter

    init(context: GeometryContext) throws {
        overlay = PolygonOverlay(context: context)
        meter = try Meter(ScreeningOptions())
    }

    func isWide(_ region: Ground, _ zone: Zone, tolerance: Double) throws -> Bool {
        isWide(
            try overlay.apply(.intersection, zone.ground.polygons, region.polygons), of: zone, tolerance: tolerance)
    }

    /// Whether a part of a zone is wider than the tolerance, or as wide as the zone.
    func isWide(_ part: [Polygon], of zone: Zone, tolerance: Double) -> Bool {
        let scale = LocalScale(around: zone.ground.envelope)
        let judge = WidthJudge(tolerance: tolerance, scale: scale, meter: meter)
        let own = zone.isRepaired ? nil : MeasuredSite.narrowest(zone.ground.polygons, scale, meter)
        return judge.isWide(part, siteWidth: nil, zoneWidth: own)
    }
}

import GeometryEngine
import RedlineCells
import RedlineGeometry
import RedlineMeasure

/// Splits zones at the borders of regions.
struct ShareLedger: Sendable {
    let groups: ShareGroups
    /// The zones that overlap each region by more than 1 mm of width: by layer, then by region.
    let counted: [[Set<Int>]]

    /// Makes the entries.
    ///
    /// - Throws: `GeometryError` where GEOS fails; `CancellationError`.
    func build() async throws -> Ledger {
        var ledger = Ledger(entries: [], slivers: .zero, sliverCount: 0)
        var slivers = CompensatedSum()
        let regionAreas = try await RegionCoverage(regions: groups.regions.cells, threads: groups.options.threads)
            .byRegion(CellTiles(CellLayer([])), tracing: false).map(\.region)
        for (place, layer) in groups.layers.enumerated() {
            let counted = counted[place]
            let identifier = FindingIdentifier(layer.loaded)
            let splits = try await concurrentMap(
                count: layer.loaded.zones.count, threads: groups.options.threads, chunk: 8
            ) { [groups] in
                try ZoneSplitter(groups)
            } _: { [regionAreas] splitter, zone in
                try splitter.split(layer, zone, identifier, regionAreas: regionAreas) { counted[$0].contains(zone) }
            }
            for split in splits {
                for sliver in split.slivers { slivers.add(sliver) }
                ledger.sliverCount += split.slivers.count
            }
            let entries = splits.flatMap(\.entries)
            // Stable: within a region zones keep the order of the file.
            ledger.entries += entries.enumerated().sorted { first, second in
                (first.element.region ?? .max, first.offset) < (second.element.region ?? .max, second.offset)
            }.map(\.element)
        }
        ledger.slivers = Area(squareMeters: slivers.value)
        return ledger
    }
}

/// Splits one zone after the other; one for each task.
private final class ZoneSplitter {
    private let groups: ShareGroups
    private let meter: PolygonMeter
    private let widths: OverlapWidth
    private var query = CellQuery()

    init(_ groups: ShareGroups) throws {
        self.groups = groups
        meter = try PolygonMeter(groups.options)
        widths = try OverlapWidth(context: try GeometryContext())
    }

    /// What regions have of a zone.
    struct Split: Sendable {
        var entries: [LedgerEntry] = []
        /// Areas of what is too narrow, in square metres.
        var slivers: [Double] = []
    }

    /// What is no more than rounding, as a part of the zone.
    private static let rounding = 1e-11

    func split(
        _ layer: TableLayer, _ place: Int, _ identifier: FindingIdentifier, regionAreas: [Double],
        isCounted: (Int) -> Bool
    ) throws -> Split {
        let zone = layer.loaded.zones[place]
        let polygons = zone.ground.polygons
        guard !polygons.isEmpty else { return Split() }
        let whole = EllipsoidalArea().area(of: .multiPolygon(polygons)).squareMeters
        guard whole > 0 else { return Split() }
        let wholeFigures = try figures(polygons, ellipsoidal: whole)
        var split = Split()
        func entry(_ region: Int?, area measured: Double, parts: () throws -> [Polygon]) throws -> LedgerEntry {
            let needsParts = groups.options.hasGeometry || measuresPolygons
            // What is equal to the zone but for rounding is the zone.
            let isWhole = abs(measured - whole) <= Self.rounding * whole
            let area = isWhole ? whole : measured
            let shared = needsParts ? (isWhole ? polygons : try parts()) : []
            let regions = groups.regions.regions
            return LedgerEntry(
                key: identifier.ledgerKey(
                    zone: place, region: region.map { regions[$0].code ?? regions[$0].name ?? "" }),
                region: region, layer: layer.id,
                zone: ZoneReference(
                    id: zone.id, code: zone.code, name: zone.name, class: zone.class, isRepaired: zone.isRepaired),
                area: try figures(shared, ellipsoidal: area),
                shareOfRegion: region.map { min(area / regionAreas[$0], 1) }, shareOfZone: min(area / whole, 1),
                zoneArea: wholeFigures,
                geometry: groups.options.hasGeometry ? Ground(polygons: shared).geometry : nil)
        }
        let site = SiteCells(polygons, area: whole)
        for meeting in query.meetings(of: site, in: groups.regions.cells) {
            let region = groups.regions.regions[meeting.zone].ground
            if isCounted(meeting.zone) {
                split.entries.append(
                    try entry(meeting.zone, area: meeting.area) {
                        try meter.overlay.apply(.intersection, polygons, region.polygons)
                    })
            } else if meeting.area > Self.rounding * whole {
                split.slivers.append(meeting.area)
            }
        }
        let inside = query.coverage(of: groups.regions.cells, inRegion: place, of: layer.cells)
        let outside = inside.region - inside.union
        if outside > Self.rounding * whole {
            let near = groups.regions.regions.filter { $0.ground.envelope.intersects(zone.ground.envelope) }
                .flatMap(\.ground.polygons)
            let rest = try meter.overlay.apply(.difference, polygons, near)
            if widths.isWide(rest, of: zone, tolerance: ZoneCounter.tolerance) {
                split.entries.append(try entry(nil, area: outside) { rest })
            } else {
                split.slivers.append(outside)
            }
        }
        return split
    }

    private var measuresPolygons: Bool {
        groups.options.areaMethod != .ellipsoidal || groups.options.showsAllAreas
    }

    private func figures(_ polygons: [Polygon], ellipsoidal: Double) throws -> AreaFigures {
        var figures = AreaFigures(squareMeters: ellipsoidal)
        if measuresPolygons {
            figures.take(try meter.figures(of: polygons), keeping: groups.options.areaMethod)
        }
        return figures
    }
}

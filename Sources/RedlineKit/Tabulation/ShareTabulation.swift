import RedlineCells
import RedlineGeometry
import RedlineMeasure

/// Tabulates how much of each region lies in zones.
///
/// Union areas count ground once, however many zones lie on it; the row of all regions together is measured from the
/// whole and not summed, so that the closure tells whether the rows add up. Areas by another method than `ellipsoidal`
/// come from polygons that GEOS makes, which is slower. The result depends on the input alone, not on the number of
/// threads.
///
/// - Parameters:
///   - zones: The ids of the layers whose zones are counted.
///   - regions: The id of the layer of regions.
///   - catalog: The layers and what they mean.
///   - options: How to measure and what to tabulate.
/// - Returns: The table.
/// - Throws: ``RedlineError`` where the catalog has no such layer, or a file cannot be read; `CancellationError`.
public func tabulateShares(
    of zones: [String], in regions: String, of catalog: Catalog, options: ShareOptions = ShareOptions()
) async throws -> ShareTable {
    try await ShareTabulation(catalog: catalog, zones: zones, regions: regions, options: options).run()
}

/// One run of tabulating shares.
struct ShareTabulation {
    let catalog: Catalog
    let zones: [String]
    let regions: String
    let options: ShareOptions

    func run() async throws -> ShareTable {
        let chosen = try chosenLayers()
        let loader = LayerLoader(asOf: options.asOf ?? catalog.asOf, threads: options.threads)
        let layers = try await loader.tableLayers(chosen)
        let byID = Dictionary(layers.map { ($0.id, $0) }) { first, _ in first }
        guard let regionLayer = byID[regions] else { preconditionFailure("The layer of regions was read.") }
        var set = try await RegionSet(regionLayer, loader: loader)
        let whole = set.regions.map { EllipsoidalArea().area(of: .multiPolygon($0.ground.polygons)).squareMeters }
        set.warnOfStubs(areas: whole)
        let (drawn, name) = (set.regions, regions)
        async let gaps = RegionGaps(drawn).warnings(layer: name)
        if !options.within.isEmpty || !options.without.isEmpty {
            let mask = RegionMask(within: try parts(options.within, byID), without: try parts(options.without, byID))
            try await set.restrict(
                to: mask.applied(to: set.regions, threads: options.threads), loader: loader)
        }
        let counted = zones.compactMap { byID[$0] }
        let groups = ShareGroups(layers: counted, options: options, regions: set)
        let table = try await groups.tabulate()
        let uncovered = try await ExtentCheck(catalog: catalog, byID: byID, regions: set, threads: options.threads)
            .uncovered(by: counted)
        var warnings = set.warnings + (await gaps)
        warnings += try RegionOverlaps(set, shared: table.sharedByRegions).warnings()
        warnings += uncovered.warnings + table.warnings
        warnings += layers.flatMap { $0.loaded.warnings }
        var provenance = Provenance(
            verb: "share", areaMethod: options.areaMethod, asOf: options.asOf ?? catalog.asOf)
        provenance.catalogName = catalog.name
        provenance.catalogSHA256 = catalog.sha256
        provenance.layers = layers.map(\.used)
        provenance.engines = .current
        provenance.warnings = warnings
        return ShareTable(
            options: options, regionLayer: regions, regions: set.regions, rows: table.rows, closures: table.closures,
            sharedByRegions: Area(squareMeters: table.sharedByRegions), uncovered: uncovered.regions,
            ledger: options.hasLedger ? try await ShareLedger(groups: groups, counted: table.counted).build() : nil,
            provenance: provenance)
    }

    /// The layers to read: zones, regions, masks, extents; each once.
    private func chosenLayers() throws -> [CatalogLayer] {
        guard !zones.isEmpty else { throw RedlineError("no layer of zones is named.", file: catalog.path) }
        var ids = zones + [regions] + (options.within + options.without).map(\.layer)
        for id in ids { _ = try catalog.layer(named: id) }
        for id in zones where zones.count(where: { $0 == id }) > 1 {
            throw RedlineError("the layer of zones '\(id)' is named twice.", file: catalog.path)
        }
        for id in zones {
            if case .layer(let extent) = catalog.layer(id)?.extent ?? catalog.extent { ids.append(extent) }
        }
        var seen: Set<String> = []
        return ids.filter { seen.insert($0).inserted }.compactMap { catalog.layer($0) }
    }

    private func parts(_ parts: [LayerPart], _ byID: [String: TableLayer]) throws -> [Polygon] {
        try parts.flatMap { part in
            let all = byID[part.layer]?.loaded.zones ?? []
            let zones = all.filter { part.zoneClass == nil || $0.class == part.zoneClass }
            guard part.zoneClass == nil || !zones.isEmpty else {
                let classes = Set(all.compactMap(\.class)).sorted()
                throw RedlineError(
                    "there is no zone of the class '\(part.zoneClass ?? "")'.", layer: part.layer,
                    remedy: "Classes: \(classes.joined(separator: ", ")).")
            }
            return zones.flatMap(\.ground.polygons)
        }
    }
}

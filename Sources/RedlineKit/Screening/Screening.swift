import CoordinateReference
import GeometryEngine
import LayerIO
import RedlineCells
import RedlineGeometry

/// Screens sites against every zone layer of a catalog.
///
/// A site whose geometry is broken is skipped and named, the others are screened. Zones that are invalid are repaired
/// and marked. The result depends on the input alone, not on the number of threads.
///
/// - Parameters:
///   - input: The files with the sites.
///   - catalog: The layers and what they mean.
///   - options: How to measure and what to report.
///   - progress: Told how far the run has come, from any task.
/// - Returns: The findings of each site, in the order of the input, and where they come from.
/// - Throws: ``RedlineError`` if a file cannot be read or does not fit the catalog; `CancellationError`.
public func screen(
    _ input: SiteInput, against catalog: Catalog, options: ScreeningOptions = ScreeningOptions(),
    progress: (@Sendable (ScreeningProgress) -> Void)? = nil
) async throws -> ScreeningResult {
    let screening = Screening(catalog: catalog, options: options, progress: progress)
    return try await screening.run(input)
}

/// One run of screening.
struct Screening {
    let catalog: Catalog
    let options: ScreeningOptions
    let progress: (@Sendable (ScreeningProgress) -> Void)?

    func run(_ input: SiteInput) async throws -> ScreeningResult {
        let screened = try screenedLayers()
        let book = try RuleBook(catalog, options)
        if book == nil, let setting = options.settings.first {
            throw RedlineError(
                "nothing leaves '\(setting.name)' open: the catalog names no rule packs.", file: catalog.path,
                remedy: "Name packs under 'rules' in the catalog.")
        }
        let attributes = try SiteAttributes(book, added: options.attributes)
        var seen: Set<String> = []
        let layers = (screened + backdrops(for: screened)).filter { seen.insert($0.id).inserted }
        let loader = LayerLoader(asOf: asOf, threads: options.threads)
        var upcoming = options.threads > 1 ? layers.first.map { reading($0, loader) } : nil
        defer { upcoming?.cancel() }
        progress?(ScreeningProgress(phase: .sites))
        let read = try await siteReader(input, attributes).read()
        let sites = read.sites
        let measured = try await concurrentMap(count: sites.count, threads: options.threads) { [options] in
            try Meter(options)
        } _: { meter, place in
            try MeasuredSite(sites[place], meter: meter)
        }
        let comparison = LayerComparison(sites: measured, options: options)
        var remarks = read.remarks
        let rules = book.map { RuleRun($0, sites: measured, remarks: &remarks) }
        let reaches = reaches(of: screened, rules)
        let window = window(of: measured, reaches: reaches)
        var compared: [String: ComparedLayer] = [:]
        for (place, layer) in layers.enumerated() {
            progress?(ScreeningProgress(phase: .reading(layer: layer.id)))
            let raw = try await (upcoming ?? reading(layer, loader)).value
            // The next layer is read while this one is compared.
            upcoming = options.threads > 1 && place + 1 < layers.count ? reading(layers[place + 1], loader) : nil
            let loaded = try await loader.judge(raw, window: window)
            progress?(ScreeningProgress(phase: .comparing(layer: layer.id)))
            compared[layer.id] = try await comparison.compared(
                with: loaded, nearDistance: reaches[layer.id], book: book)
        }
        progress?(ScreeningProgress(phase: .findings))
        let assembly = FindingAssembly(
            catalog: catalog, options: options, sites: measured, screened: screened.map(\.id), compared: compared,
            rules: rules?.located(in: regions(of: measured, compared)), order: comparison.order)
        var found = try await cleared(try await assembly.screenedSites(), measured, screened, compared)
        if options.findsProhibitions, let located = assembly.rules {
            let layers = screened.enumerated().compactMap { index, layer in compared[layer.id].map { (index, $0) } }
            found = try await ProhibitionSearch(
                sites: measured, layers: layers, rules: located, threads: options.threads
            ).adding(to: found)
        }
        remarks += await SiteDoubts(
            sites: sites, found: found, input: input, places: siteReader(input, attributes).places
        ).remarks(regions: catalog.regions.flatMap { compared[$0]?.loaded })
        remarks += rules?.remarks(screened) ?? []
        let result = result(screened, compared, found, remarks: remarks, rules: book)
        if options.threads > 1 {
            // Some millions of pieces: given back beside what the caller does with the result.
            let spent = (compared, assembly)
            Task.detached(priority: .utility) { withExtendedLifetime(spent) {} }
        }
        return result
    }

    /// The sites, those that meet nothing with how far they are from doing so.
    private func cleared(
        _ found: consuming [ScreenedSite], _ sites: [MeasuredSite], _ screened: [CatalogLayer],
        _ compared: [String: ComparedLayer]
    ) async throws -> [ScreenedSite] {
        var found = found
        let places = found.indices.filter { found[$0].state == .clear || found[$0].state == .clearInData }
        let clearance = Clearance(
            catalog: catalog, options: options, layers: screened.compactMap { compared[$0.id] }, compared: compared)
        for (place, clear) in zip(places, try await clearance.found(for: places.map { sites[$0] })) {
            (found[place].margin, found[place].certainty) = (clear.margin, clear.certainty)
        }
        return found
    }

    private func siteReader(_ input: SiteInput, _ attributes: SiteAttributes) -> SiteReader {
        SiteReader(
            input: input, repairs: options.repairsSites, threads: options.threads, attributes: attributes
        ) { [catalog, options] in
            await KnownPlaces(catalog, threads: options.threads)
        }
    }

    /// How far, in metres, zones of each layer are looked for around sites: as far as the user or a rule asks.
    private func reaches(of layers: [CatalogLayer], _ rules: RuleRun?) -> [String: Double] {
        var reaches: [String: Double] = [:]
        for layer in layers {
            let distances = [options.distance?.meters, rules?.reach(family: layer.family)]
            if let farthest = distances.compactMap(\.self).max() { reaches[layer.id] = farthest }
        }
        return reaches
    }

    /// The codes of the regions that each site lies in; empty where one of them has none.
    private func regions(of sites: [MeasuredSite], _ compared: [String: ComparedLayer]) -> [[String]] {
        guard let id = catalog.regions, let regions = compared[id] else { return sites.map { _ in [] } }
        return regions.meetings.map { meetings in
            let inside = meetings.filter { $0.relation == .overlaps }
            let codes = (inside.isEmpty ? meetings : inside).map { regions.loaded.zones[$0.zone].code }
            return codes.contains(nil) ? [] : codes.compactMap(\.self)
        }
    }

    private func reading(_ layer: CatalogLayer, _ loader: LayerLoader) -> Task<RawLayer, any Error> {
        Task { try loader.read(layer) }
    }

    /// The day whose editions are used.
    private var asOf: CalendarDate? { options.asOf ?? catalog.asOf }

    /// The layers to screen against: all zone layers, or those asked for by name.
    private func screenedLayers() throws -> [CatalogLayer] {
        guard let asked = options.layers else {
            guard !catalog.zoneLayers.isEmpty else {
                throw RedlineError(
                    "the catalog has no layer to screen against.", file: catalog.path,
                    remedy: "Every layer is a region or land cover; add a layer of another family.")
            }
            return catalog.zoneLayers
        }
        for id in asked where !catalog.zoneLayers.contains(where: { $0.id == id }) {
            let ids = catalog.zoneLayers.map(\.id)
            throw RedlineError(
                "the catalog has no zone layer '\(id)'.", file: catalog.path,
                remedy: "Zone layers: \(ids.joined(separator: ", ")).")
        }
        return catalog.zoneLayers.filter { asked.contains($0.id) }
    }

    /// The layers that serve as regions or extent.
    private func backdrops(for screened: [CatalogLayer]) -> [CatalogLayer] {
        var ids: [String] = []
        if let regions = catalog.regions { ids.append(regions) }
        for layer in screened { if case .layer(let id) = layer.extent ?? catalog.extent { ids.append(id) } }
        var seen: Set<String> = []
        return ids.filter { seen.insert($0).inserted }.compactMap { catalog.layer($0) }
    }

    /// The rectangle in which zones can matter; empty where no site can be screened.
    private func window(of sites: [MeasuredSite], reaches: [String: Double]) -> Envelope {
        let tolerances = catalog.layers.map { LayerComparison.tolerance(of: $0, options) }
        // A metre more holds what rounding costs.
        let meters = 1 + max(Clearance.reach, reaches.values.max() ?? 0, tolerances.max() ?? 0)
        var window = Envelope.empty
        for site in sites where site.site.problem == nil {
            window.formUnion(site.scale.expanded(site.site.ground.envelope, byMeters: meters))
        }
        return window
    }

    private func result(
        _ screened: [CatalogLayer], _ compared: [String: ComparedLayer], _ sites: [ScreenedSite], remarks: [Remark],
        rules: RuleBook?
    ) -> ScreeningResult {
        let others = catalog.layers.map(\.id).filter { id in
            compared[id] != nil && !screened.contains { $0.id == id }
        }
        let layers = (screened.map(\.id) + others).compactMap { id in
            compared[id].map { entry in
                ScreenedLayer(entry.loaded, catalog: catalog, isScreened: screened.contains { $0.id == id })
            }
        }
        var warnings = remarks
        for place in sites.indices where sites[place].state == .skipped {
            warnings.append(ScreenedSite.skippedRemark(id: sites[place].id, problem: sites[place].problem))
        }
        for id in screened.map(\.id) + others {
            warnings += (compared[id]?.loaded.warnings ?? []) + (compared[id]?.remarks ?? [])
        }
        return ScreeningResult(
            catalogName: catalog.name, catalogSHA256: catalog.sha256, options: options, asOf: asOf, layers: layers,
            sites: sites, warnings: warnings,
            engines: .current, rules: rules)
    }
}

/// A layer that was read, and the meetings of each site with it; an object, because every site asks for it.
final class ComparedLayer: Sendable {
    let loaded: LoadedLayer
    let indexed: IndexedLayer
    let meetings: [[Meeting]]
    /// What is known of each zone that rules ask for; empty without rules.
    let zoneFacts: [ZoneFacts]
    /// What is to be said of meetings.
    let remarks: [Remark]

    init(
        loaded: LoadedLayer, indexed: IndexedLayer, meetings: [[Meeting]], book: RuleBook?, remarks: [Remark] = []
    ) {
        self.remarks = remarks
        self.loaded = loaded
        self.indexed = indexed
        self.meetings = meetings
        zoneFacts =
            book.map { book in
                loaded.zones.map { ZoneFacts($0, family: loaded.layer.family, book.vocabulary) }
            } ?? []
    }
}

extension ScreenedLayer {
    init(_ loaded: LoadedLayer, catalog: Catalog, isScreened: Bool) {
        self.init(
            id: loaded.layer.id, family: loaded.layer.family, title: loaded.layer.title,
            edition: loaded.edition?.date, features: loaded.edition == nil ? nil : loaded.featureCount,
            repaired: loaded.repairedCount, sha256: loaded.sha256,
            hasExtent: loaded.layer.extent ?? catalog.extent != nil, isScreened: isScreened)
    }
}

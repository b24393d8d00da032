import CoordinateReference
import GeometryEngine
import LayerIO
import RedlineCells
import RedlineGeometry

/// Reads what a screening needs.
struct ScreeningLoader {
    let catalog: Catalog
    let input: SiteInput
    let options: ScreeningOptions
    let progress: (@Sendable (ScreeningProgress) -> Void)?

    /// What was read.
    struct Loaded: Sendable {
        var sites: [MeasuredSite]
        var layers: [ReadyLayer]
        /// How many of the layers, from the first on, are screened against.
        var screenedCount: Int
        var rules: RuleRun?
        var remarks: [Remark]
    }

    func load() async throws -> Loaded {
        let screened = try screenedLayers()
        let book = try RuleBook(catalog, options)
        if book == nil, let setting = options.settings.first {
            throw RedlineError(
                "nothing leaves '\(setting.name)' open: the catalog names no rule packs.", file: catalog.path,
                remedy: "Name packs under 'rules' in the catalog.")
        }
        let attributes = try SiteAttributes(book, added: options.attributes)
        let layers = screened + backdrops(for: screened)
        let loader = LayerLoader(asOf: options.asOf ?? catalog.asOf, threads: options.threads)
        let ahead = options.threads > 1 ? loadingAhead(layers, loader) : []
        var upcoming: Task<LoadedLayer, any Error>?
        defer { for task in ahead + [upcoming].compactMap(\.self) { task.cancel() } }
        progress?(ScreeningProgress(phase: .sites))
        let (sites, notes) = try await measuredSites(attributes)
        var remarks = notes
        let rules = book.map { RuleRun($0, sites: sites, remarks: &remarks) }
        let reaches = reaches(of: screened, rules)
        let window = window(of: sites, reaches: reaches)
        var ready: [ReadyLayer] = []
        for (place, layer) in layers.enumerated() {
            progress?(ScreeningProgress(phase: .reading(layer: layer.id)))
            let known = place < ahead.count ? ahead[place] : upcoming
            let loaded = try await (known ?? loading(layer, loader, window)).value.narrowed(to: window)
            // The next layer is read while this one is cut.
            let next = place + 1
            upcoming =
                options.threads > 1 && ahead.count <= next && next < layers.count
                ? loading(layers[next], loader, window) : nil
            ready.append(
                try await ReadyLayer(
                    loaded, place: place, nearDistance: reaches[layer.id],
                    extent: extent(of: layer, among: layers), book: book, options: options))
        }
        return Loaded(sites: sites, layers: ready, screenedCount: screened.count, rules: rules, remarks: remarks)
    }

    private func measuredSites(_ attributes: SiteAttributes) async throws -> ([MeasuredSite], [Remark]) {
        let (sites, remarks) = try await siteReader(attributes).read()
        let measured = try await concurrentMap(count: sites.count, threads: options.threads) { [options] in
            try Meter(options)
        } _: { meter, place in
            try MeasuredSite(sites[place], meter: meter)
        }
        return (measured, remarks)
    }

    private func siteReader(_ attributes: SiteAttributes) -> SiteReader {
        SiteReader(
            input: input, repairs: options.repairsSites, threads: options.threads, attributes: attributes
        ) { [catalog, options] in
            await KnownPlaces(catalog, threads: options.threads)
        }
    }

    /// The territory that a layer declares, or that the catalog declares for all.
    private func extent(of layer: CatalogLayer, among layers: [CatalogLayer]) -> ReadyLayer.Extent? {
        switch layer.extent ?? catalog.extent {
        case nil: nil
        case .box(let box): .box(box)
        case .layer(let id): layers.firstIndex { $0.id == id }.map { .layer($0) }
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

    private func loading(
        _ layer: CatalogLayer, _ loader: LayerLoader, _ window: Envelope
    ) -> Task<LoadedLayer, any Error> {
        Task { try await loader.load(layer, window: window) }
    }

    /// Files of up to so many bytes may be held whole before they are cut to where the sites lie.
    private static let aheadLimit = 256 << 20
    /// Files with sites of so many bytes hold so many that most zones of a prepared catalog are near one.
    private static let manySites = 4 << 20

    /// The layers, from the first on, that are read beside the sites, before it is known where these lie: all of a prepared
    /// catalog where there are many sites, else the first. None where that would hold much for nothing.
    private func loadingAhead(_ layers: [CatalogLayer], _ loader: LayerLoader) -> [Task<LoadedLayer, any Error>] {
        guard let first = layers.first, let edition = first.edition(asOf: loader.asOf) else { return [] }
        guard let prepared = first.prepared else {
            let files = (try? first.source(of: edition).constituentFiles) ?? []
            return Self.size(of: files) <= Self.aheadLimit ? [loading(first, loader, LayerLoader.everywhere)] : []
        }
        guard Self.size(of: [prepared.path]) <= 4 * Self.aheadLimit, Self.size(of: input.paths) >= Self.manySites
        else { return [] }
        var tasks: [Task<LoadedLayer, any Error>] = []
        for layer in layers.prefix(while: { $0.prepared != nil }) {
            let before = tasks.last
            tasks.append(
                Task {
                    _ = try await before?.value
                    return try await loader.load(layer)
                })
        }
        return tasks
    }

    private static func size(of files: [String]) -> Int { files.reduce(0) { $0 + (FileSize.bytes(of: $1) ?? 0) } }

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

    /// The layers that serve as regions or extent and are not screened against, in the order of the catalog.
    private func backdrops(for screened: [CatalogLayer]) -> [CatalogLayer] {
        var ids: Set<String> = []
        if let regions = catalog.regions { ids.insert(regions) }
        for layer in screened { if case .layer(let id) = layer.extent ?? catalog.extent { ids.insert(id) } }
        return catalog.layers.filter { layer in ids.contains(layer.id) && !screened.contains { $0.id == layer.id } }
    }

    /// The rectangle in which zones can matter; empty where no site can be screened.
    private func window(of sites: [MeasuredSite], reaches: [String: Double]) -> Envelope {
        let tolerances = catalog.layers.map { ReadyLayer.tolerance(of: $0, options) }
        // A metre more holds what rounding costs.
        let meters = 1 + max(Clearance.reach, reaches.values.max() ?? 0, tolerances.max() ?? 0)
        var window = Envelope.empty
        for site in sites where site.site.problem == nil {
            window.formUnion(site.scale.expanded(site.site.ground.envelope, byMeters: meters))
        }
        return window
    }
}

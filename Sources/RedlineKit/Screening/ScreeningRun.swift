import RedlineCells
import RedlineGeometry

/// A screening whose sites and layers are read, ready to compare one site after the other.
///
/// Findings need no memory beyond a few thousand sites: each site goes from its geometry to whatever is made of its
/// findings in one step, and what was made is handed on in the order of the input.
public final class ScreeningRun: Sendable {
    /// What is known before sites are compared: all of the result but sites, counts and later warnings.
    public let outline: ScreeningResult

    let catalog: Catalog
    let input: SiteInput
    let sites: [MeasuredSite]
    /// Those screened against, then those that serve as regions or extent, each in the order of the catalog.
    let layers: [ReadyLayer]
    /// Those screened against.
    let screenedLayers: [ReadyLayer]
    /// The layer that labels findings with regions.
    let regions: ReadyLayer?
    /// The rules and what is known of the sites; nil where the catalog names no packs.
    let rules: RuleRun?
    let clearance: OnDemand<Clearance>
    private let progress: (@Sendable (ScreeningProgress) -> Void)?

    /// So many sites are compared before what was made of them is handed on: enough that neighbours among them find at
    /// hand what the others have asked for, few enough that memory is bounded.
    private static let batch = 8192

    /// Reads sites and layers.
    ///
    /// - Parameters:
    ///   - input: The files with the sites.
    ///   - catalog: The layers and what they mean.
    ///   - options: How to measure and what to report.
    ///   - progress: Told how far the run has come, from any task.
    /// - Throws: ``RedlineError`` if a file cannot be read or does not fit the catalog; `CancellationError`.
    public convenience init(
        _ input: SiteInput, against catalog: Catalog, options: ScreeningOptions = ScreeningOptions(),
        progress: (@Sendable (ScreeningProgress) -> Void)? = nil
    ) async throws {
        let loading = ScreeningLoader(catalog: catalog, input: input, options: options, progress: progress)
        self.init(try await loading.load(), catalog, input, options, progress)
    }

    private init(
        _ loaded: ScreeningLoader.Loaded, _ catalog: Catalog, _ input: SiteInput, _ options: ScreeningOptions,
        _ progress: (@Sendable (ScreeningProgress) -> Void)?
    ) {
        (self.catalog, self.input, self.progress) = (catalog, input, progress)
        (sites, layers, rules) = (loaded.sites, loaded.layers, loaded.rules)
        let (layers, screened) = (loaded.layers, Array(loaded.layers.prefix(loaded.screenedCount)))
        screenedLayers = screened
        regions = catalog.regions.flatMap { id in layers.first { $0.layer.id == id } }
        clearance = OnDemand { Clearance(screened, among: layers) }
        var outline = ScreeningResult(
            catalogName: catalog.name, catalogSHA256: catalog.sha256, options: options,
            asOf: options.asOf ?? catalog.asOf,
            layers: layers.map { ScreenedLayer($0, isScreened: $0.place < screened.count) }, sites: [],
            warnings: loaded.remarks, engines: .current, rules: loaded.rules?.book)
        if options.baseline != nil { outline.absent = [] }
        outline.hasSuppressions = options.suppressions != nil
        self.outline = outline
    }

    /// How many sites there are, skipped ones included.
    public var siteCount: Int { sites.count }

    var options: ScreeningOptions { outline.options }

    /// Compares every site, and hands on what is made of it.
    ///
    /// - Parameters:
    ///   - makers: Gives what makes something of a site, once for each task; that task alone calls it.
    ///   - take: Gets what was made, in the order of the input, while the next sites are compared.
    /// - Returns: The result without its sites: counts, warnings, and the sites that were skipped.
    /// - Throws: ``RedlineError`` where a site and a zone cannot be compared; `CancellationError`; what `makers` make or
    ///   `take` throws.
    public func forEachSite<Part: Sendable>(
        _ makers: @escaping @Sendable () -> (ScreenedSite) throws -> Part, inOrder take: (Part) throws -> Void
    ) async throws -> ScreeningResult {
        try await forEachSite(inBatchesOf: Self.batch, makers, inOrder: take)
    }

    func forEachSite<Part: Sendable>(
        inBatchesOf batch: Int, _ makers: @escaping @Sendable () -> (ScreenedSite) throws -> Part,
        inOrder take: (Part) throws -> Void
    ) async throws -> ScreeningResult {
        let marks = FindingMarks(outline)
        let workers = try (0..<max(1, options.threads)).map { _ in
            SiteWorker(try SiteScreening(self, marks: marks), makers())
        }
        var made: [Part] = []
        for start in stride(from: 0, to: sites.count, by: batch) {
            progress?(ScreeningProgress(phase: .screening(done: start, of: sites.count)))
            async let next = parts(of: start..<min(start + batch, sites.count), workers)
            for part in made { try take(part) }
            made = try await next
        }
        for part in made { try take(part) }
        var tally = SiteTally()
        for worker in workers { tally.merge(worker.tally) }
        return await result(tally, marks)
    }

    /// Compares every site, and holds all that is found.
    ///
    /// - Throws: ``RedlineError`` where a site and a zone cannot be compared; `CancellationError`.
    public func result() async throws -> ScreeningResult {
        var held: [ScreenedSite] = []
        held.reserveCapacity(sites.count)
        var result = try await forEachSite {
            { $0 }
        } inOrder: {
            held.append($0)
        }
        result.sites = held
        return result
    }

    /// What is made of the sites of a batch, in their order.
    private func parts<Part: Sendable>(of batch: Range<Int>, _ workers: [SiteWorker<Part>]) async throws -> [Part] {
        // Along a curve, neighbours after each other.
        let order = PackedRTree.hilbertOrder(
            sites[batch].map { $0.site.problem == nil ? $0.site.ground.envelope : .empty }
        ).map(Int.init)
        let pool = WorkerPool(workers)
        // Few sites may be costly ones: no task takes all of them.
        let chunk = max(1, min(64, batch.count / (8 * workers.count)))
        return try await concurrentMap(count: batch.count, threads: workers.count, chunk: chunk, order: order) {
            pool.next()
        } _: { worker, place in
            try worker.part(of: batch.lowerBound + place)
        }
    }

    private func result(_ tally: SiteTally, _ marks: FindingMarks) async -> ScreeningResult {
        var result = outline
        result.summary = tally.summary
        result.skippedSites = tally.skipped.sorted { $0.place < $1.place }.map(\.site)
        result.warnings += await SiteDoubts(
            sites: sites, outside: tally.outside.sorted(), input: input, catalog: catalog, threads: options.threads
        ).remarks(regions: regions?.loaded)
        result.warnings += rules?.remarks(screenedLayers.map(\.layer)) ?? []
        result.warnings += result.skippedSites.map { ScreenedSite.skippedRemark(id: $0.id, problem: $0.problem) }
        let remarks = tally.remarks.sorted { ($0.layer, $0.site, $0.zone) < ($1.layer, $1.site, $1.zone) }
        for layer in layers {
            result.warnings += layer.loaded.warnings
            result.warnings += remarks.lazy.filter { $0.layer == layer.place }.map(\.text)
        }
        marks.conclude(&result, seen: tally.seen, sites: sites)
        return result
    }
}

extension ScreenedLayer {
    init(_ layer: ReadyLayer, isScreened: Bool) {
        let loaded = layer.loaded
        self.init(
            id: layer.layer.id, family: layer.layer.family, title: layer.layer.title, edition: loaded.edition?.date,
            features: loaded.edition == nil ? nil : loaded.featureCount, repaired: loaded.repairedCount,
            sha256: loaded.sha256, hasExtent: layer.extent != nil, isScreened: isScreened)
    }
}

import RedlineGeometry

/// Puts findings together from what each site has with each layer.
final class FindingAssembly: Sendable {
    let catalog: Catalog
    let options: ScreeningOptions
    let sites: [MeasuredSite]
    /// The ids of the layers screened against, in the order of the catalog.
    let screened: [String]
    let compared: [String: ComparedLayer]
    /// The rules and what is known of the sites; nil where the catalog names no packs.
    let rules: RuleRun?
    /// The sites, neighbours after each other.
    let order: [Int]

    init(
        catalog: Catalog, options: ScreeningOptions, sites: [MeasuredSite], screened: [String],
        compared: [String: ComparedLayer], rules: RuleRun?, order: [Int]
    ) {
        (self.catalog, self.options, self.sites) = (catalog, options, sites)
        (self.screened, self.compared, self.rules) = (screened, compared, rules)
        self.order = order
    }

    /// Every site with its findings, in the order of the input.
    func screenedSites() async throws -> [ScreenedSite] {
        let identifiers = try await identifiers()
        return try await concurrentMap(count: sites.count, threads: options.threads, order: order) { [options, rules] in
            try AssemblyWorker(options, rules: rules.map(RuleWorker.init))
        } _: { worker, place in
            try SiteAssembly(assembly: self, identifiers: identifiers, place: place, worker: worker).screenedSite()
        }
    }

    /// What names findings, for each layer screened against.
    private func identifiers() async throws -> [String: FindingIdentifier] {
        var identifiers: [String: FindingIdentifier] = [:]
        for id in screened {
            guard let layer = compared[id] else { continue }
            let met = Set(layer.meetings.joined().map(\.zone)).sorted()
            identifiers[id] = try await FindingIdentifier(layer: layer.loaded, zones: met, threads: options.threads)
        }
        return identifiers
    }
}

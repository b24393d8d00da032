import GeometryEngine
import RedlineGeometry

/// Puts findings together from what each site has with each layer.
struct FindingAssembly: Sendable {
    let catalog: Catalog
    let options: ScreeningOptions
    let sites: [MeasuredSite]
    /// The ids of the layers screened against, in the order of the catalog.
    let screened: [String]
    let compared: [String: ComparedLayer]
    /// The rules and what is known of the sites; nil where the catalog names no packs.
    let rules: RuleRun?

    /// Every site with its findings, in the order of the input.
    func screenedSites() async throws -> [ScreenedSite] {
        try await concurrentMap(count: sites.count, threads: options.threads) { [options, rules] in
            (context: try GeometryContext(), meter: try Meter(options), rules: rules.map(RuleWorker.init))
        } _: { worker, place in
            try SiteAssembly(
                assembly: self, place: place, context: worker.context, meter: worker.meter, rules: worker.rules
            ).screenedSite()
        }
    }
}

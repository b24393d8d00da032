import ArgumentParser
import Foundation
import RedlineKit
import RedlineReport

struct ShareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "share",
        abstract: "Tabulate how much of each region lies in zones.",
        discussion: """
            For each region and layer: the region's area, the union of the zones in it (ground counts once), their share, \
            the gross area (ground in two zones counts twice), what it counts twice, and the number of zones. With \
            several layers, rows with layer * hold the union of all. The last rows of each layer, with region_code total, \
            are measured from the whole; json and text say what the rows sum to, how far that is from the whole, and how \
            much of the zones lies outside every region.

            RESULT
            Standard output carries text on a terminal, else CSV. GeoJSON and gpkg hold the regions with their numbers; \
            json holds closure beside the rows. With --ledger there is one row for each zone and region instead, zones \
            split at the borders of regions, each with a key that stays the same between editions; a row without a \
            region is ground in none.

            TARGETS
            --targets judges indicators of plans, in YAML or CSV, with region, year, baseline and target as the plans word \
            them (≥, 以上, 不降低, 省级下达指标, 万公顷, ...): met, not-met, on-path, behind-path, qualitative or \
            not-evaluable with the reason; binding ones first. Text and json hold them below the shares, xlsx and gpkg as a \
            table of their own; beside -o FILE.csv stands FILE.targets.csv.

            DENOMINATOR
            The whole region. --within counts only its part in other layers (the built-up area, a basin), --without \
            leaves a part out (water, for land only); both take LAYER or LAYER:CLASS. Zones count where the denominator \
            does.

            UNITS
            Areas are in m² in data formats and in --unit in text. Shares are ratios of ellipsoidal areas, whatever \
            --area-method shows; other methods than ellipsoidal measure polygons, which is slower, and their closure is \
            printed as it is.

            EXIT STATUS
              0   done
              1   failed
              64  wrong usage

            EXAMPLES
              redline share -c catalog.yaml --zones redline --regions counties
              redline share -c catalog.yaml --zones redline,protected --regions counties -o shares.xlsx
              redline share -c catalog.yaml --zones redline --regions counties --by class --without land-cover:water
              redline share -c catalog.yaml --zones redline --regions counties --ledger -o ledger.gpkg
              redline share -c catalog.yaml --zones redline --regions counties --targets targets.csv --as-of 2023-12-31
            """)

    @Option(help: ArgumentHelp("The layers of zones, comma-separated.", valueName: "layers"), transform: Reading.ids)
    var zones: [String]

    @Option(help: ArgumentHelp("The layer of regions. Default: the one that the catalog names.", valueName: "layer"))
    var regions: String?

    @Option(help: "Add rows for each class of zones.")
    var by: Grouping?

    @Flag(help: "One row for each zone and region.")
    var ledger = false

    @OptionGroup(title: "Targets") var targets: TargetOptions

    @Option(
        help: ArgumentHelp("Count only the part of each region in these.", valueName: "layers"),
        transform: Reading.parts)
    var within: [LayerPart] = []

    @Option(
        help: ArgumentHelp("Leave out the part of each region in these.", valueName: "layers"),
        transform: Reading.parts)
    var without: [LayerPart] = []

    @OptionGroup(title: "Catalog") var catalog: CatalogOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Areas") var measure: MeasureOptions
    @OptionGroup(title: "Messages") var messages: MessageOptions

    /// What rows are added for.
    enum Grouping: String, CaseIterable, ExpressibleByArgument {
        case `class`
    }

    func validate() throws {
        if ledger, by != nil { throw ValidationError("--ledger and --by exclude each other.") }
    }

    func run() async throws {
        let format = try output.chosenFormat(standardOutput: Console.showsOutput ? .text : .csv)
        let destination = try ReportDestination(
            path: output.path, overwrites: output.overwrite, inputs: [catalog.catalog] + targets.inputs)
        let beside = try targets.destination(beside: output, format, inputs: [catalog.catalog])
        let plans = try targets.read()
        let source = try Catalog(contentsOf: catalog.catalog, ignoresStale: catalog.stale == .ignore)
        guard let regions = regions ?? source.regions else {
            throw RedlineError(
                "the catalog names no layer of regions.", file: catalog.catalog, remedy: "Name one with --regions.")
        }
        let table = try await tabulateShares(of: zones, in: regions, of: source, options: options(format))
        let settings = output.settings(language: messages.chosenLanguage)
        var report = ShareReport(table, settings: settings).report
        if let plans {
            let judged = try await judgeTargets(plans, by: table, of: source)
            report.companions = [TargetReport(judged, settings: settings).report]
        }
        try report.write(as: format, to: destination)
        try targets.write(report.companions, as: format, to: beside, messages)
        report.sayWarnings(unlessIn: format, messages)
    }

    private func options(_ format: OutputFormat) -> ShareOptions {
        var options = ShareOptions()
        options.areaMethod = measure.areaMethod
        options.showsAllAreas = measure.allAreas
        options.asOf = catalog.asOf
        options.byClass = by == .class
        options.hasLedger = ledger
        options.hasGeometry = format == .geojson || format == .gpkg
        options.within = within
        options.without = without
        options.threads = catalog.taskCount
        return options
    }
}

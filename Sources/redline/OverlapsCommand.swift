import ArgumentParser
import RedlineGeometry
import RedlineKit
import RedlineMeasure
import RedlineReport

struct OverlapsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "overlaps",
        abstract: "List which zones overlap which.",
        discussion: """
            Within one layer or between two, each pair once: the shared area, its share of each zone, and the mean width \
            of its widest piece (twice its area over its boundary). What is at most as wide as the tolerance is a touch \
            and listed with --touching only. Zones are named by their codes, else by their ids; where several zones of \
            a layer have the same code, by both (code#id). The largest overlaps come first.

            Within one layer text and json also explain what the layer counts more than once: the ground in exactly two \
            zones, in three, and so on, and that the pairs sum to it.

            RESULT
            Standard output carries text on a terminal, else CSV. GeoJSON and gpkg hold what each pair shares.

            UNITS
            Areas are in m² in data formats and in --unit in text; widths are in metres.

            EXIT STATUS
              0   done
              1   failed
              64  wrong usage

            EXAMPLES
              redline overlaps -c catalog.yaml --layers protected
              redline overlaps -c catalog.yaml --layers redline,protected -o overlaps.geojson
              redline overlaps -c catalog.yaml --layers units --touching -f csv
            """)

    @Option(
        help: ArgumentHelp("One layer, or two separated by a comma.", valueName: "layers"), transform: Reading.ids)
    var layers: [String]

    @Flag(help: "List pairs that only touch, too.")
    var touching = false

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The width up to which a meeting is a touch. Default: the catalog's, else 1 mm.", valueName: "length"),
        transform: Reading.length)
    var tolerance: Length?

    @Option(
        help: ArgumentHelp(
            "How areas are measured: ellipsoidal, notice32, geodesic or EPSG:n. (default: ellipsoidal)",
            valueName: "method"), transform: Reading.areaMethod)
    var areaMethod = AreaMethod.ellipsoidal

    @OptionGroup(title: "Catalog") var catalog: CatalogOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Messages") var messages: MessageOptions

    func validate() throws {
        guard layers.count <= 2 else { throw ValidationError("--layers takes one layer or two.") }
        guard Set(layers).count == layers.count else {
            throw ValidationError("--layers names a layer twice; name it once for the overlaps within it.")
        }
    }

    func run() async throws {
        let format = try output.chosenFormat(standardOutput: Console.showsOutput ? .text : .csv)
        let destination = try ReportDestination(
            path: output.path, overwrites: output.overwrite, inputs: [catalog.catalog])
        var options = OverlapOptions()
        options.areaMethod = areaMethod
        options.listsTouching = touching
        options.tolerance = tolerance
        options.asOf = catalog.asOf
        options.threads = catalog.taskCount
        let table = try await findOverlaps(
            in: layers, of: Catalog(contentsOf: catalog.catalog, ignoresStale: catalog.stale == .ignore),
            options: options)
        let report = OverlapReport(table, settings: output.settings(language: messages.chosenLanguage)).report
        try report.write(as: format, to: destination)
        report.sayWarnings(unlessIn: format, messages)
    }
}

import ArgumentParser
import Foundation
import RedlineGeometry
import RedlineKit
import RedlineReport

struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Say what two editions of a layer lost and gained, region by region.",
        discussion: """
            OLD and NEW are files of any format that is read, or catalogs, in YAML or prepared: of a catalog, --layer names \
            the layer; without it the only layer of zones is taken, else the only ecological redline. One catalog with \
            several editions of the layer may stand for both, with --old-as-of for the older one. --regions is a file, or \
            the id of a layer in the catalog NEW. Fields are called code, name and class, or by their usual names.

            RESULT
            For each region: the area of the zones in both editions, what was lost, gained and stayed, net, the number of \
            zones, the zones with a changed attribute, and verdicts (kept, lost, not-evaluable). Lost, gained and unchanged \
            come from one walk: old is unchanged + lost, new is unchanged + gained, and rows add up to the row total. \
            Lost or gained ground no wider than the accuracy of the layers (catalog: accuracy; else 1 m) is re-digitising \
            noise: it is in all these areas, also in the noise columns, and moves no verdict.

            verdict_area is kept where the net area did not fall, verdict_location where no ground was lost; verdict_nature \
            is kept where every matched zone keeps its class, and verdict_function where no score falls, which only a \
            catalog can say (comparison: {class_change: nature, function: {field: SCORE}}). Zones are matched by code, \
            else by the largest area that they share. Of a catalog with rule packs the rules no-loss and enforce on the layer \
            are listed, with whether what must not fall did. json adds the changed zones, where their ground went, and closure. \
            GeoJSON and gpkg hold the lost and gained pieces instead, each with its width and zone codes.

            Standard output carries text on a terminal, else CSV. Areas are in m² in data formats and in --unit in text.

            EXIT STATUS
              0   done
              1   failed
              64  wrong usage

            EXAMPLES
              redline compare redline-2018.gpkg redline-2023.gpkg --regions counties.shp
              redline compare old.shp new.shp --regions counties.shp --id-field HXDM -o changes.geojson
              redline compare 2018/catalog.yaml 2023/catalog.yaml --layer redline --regions counties -f json
              redline compare all.gpkg all.gpkg --old-as-of 2018-12-31 --regions counties
            """)

    @Argument(help: ArgumentHelp("The old edition.", valueName: "old"))
    var old: String

    @Argument(help: ArgumentHelp("The new edition.", valueName: "new"))
    var new: String

    @Option(help: ArgumentHelp("The regions: a file, or a layer of the catalog NEW.", valueName: "file"))
    var regions: String

    @Option(help: ArgumentHelp("The field of the zone code, in both editions.", valueName: "field"))
    var idField: String?

    @Option(help: ArgumentHelp("The field of the zone class, in both editions.", valueName: "field"))
    var classField: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The width up to which a change is noise, in place of the layers' accuracy.", valueName: "length"),
        transform: Reading.length)
    var tolerance: Length?

    @Option(
        help: ArgumentHelp(
            "Use the editions of catalogs in force on this day. Default: the catalog's as_of, else the newest.",
            valueName: "yyyy-mm-dd"), transform: Reading.day)
    var asOf: CalendarDate?

    @Option(
        help: ArgumentHelp(
            "The day whose edition OLD is, where it differs from --as-of.", valueName: "yyyy-mm-dd"),
        transform: Reading.day)
    var oldAsOf: CalendarDate?

    @Option(help: "What to do where a source changed after a catalog was prepared: refuse it, or ignore that.")
    var stale = StaleSources.refuse

    @OptionGroup var work: ThreadOptions

    @OptionGroup(title: "Input") var input: EditionOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Messages") var messages: MessageOptions

    func run() async throws {
        let format = try output.chosenFormat(standardOutput: Console.showsOutput ? .text : .csv)
        let destination = try ReportDestination(
            path: output.path, overwrites: output.overwrite, inputs: [old, new, regions])
        var options = ComparisonOptions()
        options.accuracy = tolerance
        options.asOf = asOf
        options.hasPieces = format == .geojson || format == .gpkg
        options.threads = work.taskCount
        var before = edition(old)
        before.asOf = oldAsOf
        let changes = try await compareEditions(
            from: before, to: edition(new), regions: EditionInput(path: regions), options: options)
        let report = ChangeReport(changes, settings: output.settings(language: messages.chosenLanguage))
        let table = options.hasPieces ? report.pieces : report.regions
        try table.write(as: format, to: destination)
        table.sayWarnings(unlessIn: format, messages)
    }

    private func edition(_ path: String) -> EditionInput {
        var edition = EditionInput(path: path)
        edition.layer = input.layer
        edition.encoding = input.encoding
        edition.crs = input.crs
        edition.filter = input.sqlWhere
        edition.codeField = idField
        edition.classField = classField
        edition.ignoresStale = stale == .ignore
        return edition
    }
}

/// How to read both editions.
struct EditionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The layer: its id in a catalog; for two files, its name inside a container.", valueName: "name"))
    var layer: String?

    @Option(help: ArgumentHelp("The text encoding, where the files do not say or are wrong.", valueName: "name"))
    var encoding: String?

    @Option(
        help: ArgumentHelp(
            "The CRS where the files have none or a wrong one: EPSG code, WKT, PROJ string, or pipeline to EPSG:4490.",
            valueName: "crs"))
    var crs: String?

    @Option(help: ArgumentHelp("Read only rows that meet this SQL condition.", valueName: "condition"))
    var sqlWhere: String?
}

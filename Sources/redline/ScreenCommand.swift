import ArgumentParser
import Foundation
import RedlineGeometry
import RedlineKit
import RedlineReport

struct ScreenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "screen",
        abstract: "Screen sites against every zone layer of a catalog.",
        discussion: """
            SITES are vector files of any format that is read (GeoJSON, shapefile, GeoPackage, FlatGeobuf, KML, ...), \
            or - for GeoJSON or newline-delimited GeoJSON on standard input. Rows with the same identifier are one \
            site. Lists of coordinates are sites too: the exchange text of boundary points (界址点, .txt), tables of \
            corners (拐点坐标表, .csv, .txt, .xlsx), and in the place of a file well-known text or positions, \
            longitude first.

            RESULT
            Standard output carries text on a terminal, else GeoJSON. GeoJSON holds one feature for each site and zone \
            that meet, json every site with its state; csv, xlsx and gpkg hold one row for each finding, and csv ends \
            its lines with a line feed. A site that meets nothing is clear only where the catalog declares the extent \
            of its layers, else clear-in-data. The result is a screening, not an approval.
            Geojson, csv, xlsx and gpkg are written as findings are found. A run that fails leaves a file as it was; \
            standard output may have its first findings by then, and the status is 1.

            UNITS AND CRS
            Areas are in m² in data formats and in --unit in text; lengths and distances are in metres. A <length> is \
            a number with an optional unit, metres without one: 500, 500m, 0.5 km, 1 mm. Coordinates of results are \
            CGCS2000 longitude and latitude in degrees (EPSG:4490, longitude first). A file without a CRS is an error \
            unless --crs names it; GeoJSON is WGS 84.

            EXIT STATUS
              0   done
              1   failed, or some sites were skipped; findings of the others are written
              2   done, with findings at or above --fail-on
              64  wrong usage

            EXAMPLES
              redline screen sites.geojson -c catalog.yaml
              redline screen sites.shp -c catalog.yaml -o findings.gpkg --distance "0.5 km"
              redline screen sites.gpkg -c catalog.yaml -f json --fail-on any > out.json
              redline screen plots.txt -c catalog.yaml
              redline screen "96.0,37.1 96.1,37.1 96.1,37.2" -c catalog.yaml
            """)

    @Argument(help: ArgumentHelp("Files with sites, or - for standard input.", valueName: "sites"))
    var sites: [String]

    @OptionGroup(title: "Screening") var screening: ScreeningArguments
    @OptionGroup(title: "Input") var input: InputOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @Option(
        help: ArgumentHelp(
            """
            Write the ground of every overlap as exchange text of boundary points (界址点), each plot in the CGCS2000 \
            3-degree zone that its middle lies in. Where plots lie in several zones, one file is written for each: \
            plots-zone32.txt and plots-zone33.txt in the place of plots.txt.
            """,
            valueName: "file"))
    var boundaryPoints: String?

    @OptionGroup(title: "Areas") var measure: MeasureOptions
    @OptionGroup(title: "Messages") var messages: MessageOptions

    func validate() throws {
        guard sites.count(where: { $0 == "-" }) <= 1 else {
            throw ValidationError("Standard input (-) can be read once only.")
        }
        if let boundaryPoints, boundaryPoints == output.path {
            throw ValidationError("--boundary-points and --output name the same file.")
        }
    }

    func run() async throws {
        let language = messages.chosenLanguage
        let format = try output.chosenFormat(standardOutput: Console.showsOutput ? .text : .geojson)
        let destination = try ReportDestination(
            path: output.path, overwrites: output.overwrite,
            inputs: sites + [screening.catalog] + [screening.baseline, screening.suppressions].compactMap(\.self))
        let plots = try boundaryPoints.map {
            try BoundaryPointFiles(
                path: $0, overwrites: output.overwrite,
                inputs: sites + [screening.catalog]
                    + [output.path, screening.baseline, screening.suppressions].compactMap(\.self))
        }
        let catalog = try Catalog(contentsOf: screening.catalog, ignoresStale: screening.stale == .ignore)
        let progress = messages.showsProgress ? ProgressLine(language: language) : nil
        defer { progress?.finish() }
        var options = try screening.options(measure)
        // What is said of each site as a whole; the other formats have findings only.
        options.findsProhibitions = format == .text || format == .json
        let run = try await ScreeningRun(siteInput, against: catalog, options: options) { progress?.show($0) }
        let reached = ReachedLevel(screening.failOn, run.outline.rules?.order ?? .usual)
        let writer = ScreeningWriter(
            run: run, format: format, settings: output.settings(language: language), reached: reached)
        let result = try await writer.write(to: destination, plots) { progress?.finish() }
        progress?.finish()
        let outcome = ScreenOutcome(
            result: result, language: language, messages: messages, isReached: reached.isReached)
        outcome.report(isText: format == .text)
        // To free a million small objects takes longer than to end.
        Console.keep(run)
        try outcome.checkStatus()
    }

    private var siteInput: SiteInput {
        var site = SiteInput(paths: sites)
        site.layer = input.layer
        site.encoding = input.encoding
        site.crs = input.crs
        site.filter = screening.sqlWhere
        site.listShape = input.listAs
        site.idField = screening.idField
        site.nameField = screening.nameField
        return site
    }
}

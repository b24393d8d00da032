import ArgumentParser
import Foundation
import RedlineKit
import RedlineMeasure
import RedlineReport

struct CoverageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage",
        abstract: "Reckon land-cover area and share by region, from polygons or a raster.",
        discussion: """
            RESULT
            One row for each region and class, then one for what is unclassified: cells without data, ground beyond the \
            raster, ground in no patch. It counts in the denominator. A value that the class map lacks is the class \
            unknown:VALUE. A region without any data has one row, not-assessable, without area and share. The \
            column definition says which values were counted. Standard output carries text on a terminal, else CSV; \
            geojson and gpkg hold the regions with their numbers.

            RASTERS
            GeoTIFF and whatever else GDAL reads, in any CRS. A cell that lies partly inside counts by that part, \
            exactly, and weighs its own area on the ellipsoid. --edge centre counts cells whose centre lies inside, as \
            many tools do; --weight cell lets all cells weigh the same in shares. A layer with 'content: cover' in the \
            catalog holds amounts of vegetation cover: its rows have mean_cover and covered_area_m2.

            POLYGONS
            Ground in several patches counts once, for the class that comes first in the class map; how much it is, the \
            warnings say. --cover-field names a field with the vegetation cover of patches, 0 to 100: mean_cover is \
            then the mean weighted by area where values are given.

            TARGETS
            --targets judges indicators of plans by the table, as in 'share': those that name a class, and forest coverage \
            and grassland cover where the class map declares that it implements them.

            CLASSES
            The layer's class_map or classes in the catalog. Built in: third-survey, clcd, esa-worldcover, globeland30, \
            corine, corine-codes, nlcd.

            UNITS AND CRS
            Areas are in m² in data formats and in --unit in text, on the CGCS2000 ellipsoid. Coordinates of results \
            are CGCS2000 longitude and latitude in degrees (EPSG:4490).

            EXIT STATUS
              0   done
              1   failed
              64  wrong usage

            EXAMPLES
              redline coverage -c catalog.yaml --land-cover land-cover --regions counties
              redline coverage -c catalog.yaml --land-cover worldcover -o coverage.xlsx --picture coverage.svg
            """)

    @OptionGroup(title: "Catalog") var source: CatalogOptions

    @Option(help: ArgumentHelp("The land-cover layer of the catalog.", valueName: "id"))
    var landCover: String

    @Option(help: ArgumentHelp("The region layer. Default: the one that the catalog names.", valueName: "id"))
    var regions: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("The band of a raster that has several.", valueName: "n"))
    var band: Int?

    @Option(help: "How cells on a boundary count: by the part inside, or by their centre.")
    var edge = EdgeRule.exact

    @Option(help: "What cells weigh in shares: their area, or all the same.")
    var weight = CellWeight.ellipsoidal

    @Option(help: ArgumentHelp("The field with the vegetation cover of patches, 0 to 100.", valueName: "name"))
    var coverField: String?

    @OptionGroup(title: "Targets") var targets: TargetOptions

    @Option(help: ArgumentHelp("Draw the shares of each class as maps, in SVG.", valueName: "file"))
    var picture: String?

    @Option(
        help: ArgumentHelp("How areas are measured: ellipsoidal, the only way for cells.", valueName: "method"),
        transform: Reading.areaMethod)
    var areaMethod = AreaMethod.ellipsoidal

    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Messages") var messages: MessageOptions

    func validate() throws {
        if let band, band < 1 { throw ValidationError("--band must be at least 1; bands count from 1.") }
        guard areaMethod == .ellipsoidal else {
            throw ValidationError("coverage measures on the ellipsoid; --area-method \(areaMethod) is not for it.")
        }
        if let picture, URL(filePath: picture).pathExtension.lowercased() != "svg" {
            throw ValidationError("--picture makes SVG; name a file that ends in .svg.")
        }
    }

    func run() async throws {
        let language = messages.chosenLanguage
        let format = try output.chosenFormat(standardOutput: Console.showsOutput ? .text : .csv)
        let destination = try ReportDestination(
            path: output.path, overwrites: output.overwrite, inputs: [source.catalog] + targets.inputs)
        let beside = try targets.destination(beside: output, format, inputs: [source.catalog])
        let plans = try targets.read()
        let drawing = try picture.map {
            try ReportDestination(path: $0, overwrites: output.overwrite, inputs: [source.catalog])
        }
        var options = CoverageOptions(
            landCover: landCover, threads: source.taskCount)
        options.regions = regions
        options.edge = edge
        options.weight = weight
        options.band = band
        options.coverField = coverField
        options.asOf = source.asOf
        let chosen = try Catalog(contentsOf: source.catalog, ignoresStale: source.stale == .ignore)
        let result = try await coverage(of: chosen, options: options)
        let settings = output.settings(language: language)
        let report = CoverageReport(result, settings: settings)
        var table = report.table
        if let plans {
            table.companions = [TargetReport(judgeTargets(plans, by: result), settings: settings).report]
        }
        try table.write(as: format, to: destination)
        try targets.write(table.companions, as: format, to: beside, messages)
        try drawing?.write { try report.writePicture(to: $0) }
        table.sayWarnings(unlessIn: format, messages)
    }
}

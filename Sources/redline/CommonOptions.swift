import ArgumentParser
import Foundation
import RedlineGeometry
import RedlineKit
import RedlineMeasure
import RedlineReport

/// How to read the files of the command line.
struct InputOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The layer inside a container.", valueName: "name"))
    var layer: String?

    @Option(help: ArgumentHelp("The text encoding, where the file does not say or is wrong.", valueName: "name"))
    var encoding: String?

    @Option(
        help: ArgumentHelp(
            "The CRS where the file has none or a wrong one: EPSG code, WKT, PROJ string, or pipeline to EPSG:4490.",
            valueName: "crs"))
    var crs: String?

    @Option(
        help: ArgumentHelp(
            "What a list of coordinates draws, where it does not say: polygon, line or points.", valueName: "shape"))
    var listAs: ListShape?
}

/// How many tasks work at once.
struct ThreadOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How many tasks work at once. Default: all cores; the result does not depend on it.", valueName: "n"))
    var threads: Int?

    func validate() throws {
        if let threads, threads < 1 { throw ValidationError("--threads must be at least 1.") }
    }

    /// The number of tasks.
    var taskCount: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }
}

/// Where the result goes and as what.
struct OutputOptions: ParsableArguments {
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Where the result goes; the ending picks the format (.geojson, .json, .csv, .xlsx, .gpkg, .txt).",
            discussion: "Standard output if absent or -.", valueName: "file"))
    var output: String?

    @Option(name: .shortAndLong, help: "The format, whatever the ending says.")
    var format: OutputFormat?

    @Flag(help: "Replace the output file if it exists.")
    var overwrite = false

    @Option(help: "The unit of areas in text; data formats carry m².")
    var unit = AreaUnit.hectare

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Round coordinates in GeoJSON to this many decimals.", valueName: "decimals"))
    var precision: Int?

    @Flag(help: "Begin CSV with a byte-order mark, for Excel.")
    var bom = false

    /// The path, nil for standard output.
    var path: String? { output == "-" ? nil : output }

    func validate() throws {
        if let precision, !(0...15).contains(precision) {
            throw ValidationError("--precision must be between 0 and 15.")
        }
        _ = try chosenFormat(standardOutput: .text)
    }

    /// The format asked for: by name, by the ending of the file, else `standardOutput`.
    func chosenFormat(standardOutput: OutputFormat) throws -> OutputFormat {
        if let format {
            guard path != nil || !format.needsFile else {
                throw ValidationError("The format \(format.rawValue) needs a file; name one with --output.")
            }
            return format
        }
        guard let path else { return standardOutput }
        let ending = URL(filePath: path).pathExtension
        guard let format = OutputFormat(ending: ending.lowercased()) else {
            let found = ending.isEmpty ? "no ending" : "the ending .\(ending)"
            throw ValidationError(
                "The output file '\(path)' has \(found). Known endings: .geojson, .json, .csv, .xlsx, .gpkg, .txt; "
                    + "or name a format with --format.")
        }
        return format
    }

    /// The settings of the report.
    func settings(language: Language) -> ReportSettings {
        var settings = ReportSettings()
        settings.language = language
        settings.unit = unit
        settings.precision = precision
        settings.hasByteOrderMark = bom
        return settings
    }
}

/// How areas are measured.
struct MeasureOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How areas are measured: ellipsoidal, notice32, geodesic or EPSG:n. (default: ellipsoidal)",
            discussion: "Shares are always made of ellipsoidal areas.", valueName: "method"),
        transform: Reading.areaMethod)
    var areaMethod = AreaMethod.ellipsoidal

    @Flag(help: "Add the areas by notice32 and geodesic beside every area.")
    var allAreas = false
}

/// What is said on the way.
struct MessageOptions: ParsableArguments {
    @Option(help: "The language of text; keys of data formats are the same in both. Default: from the locale.")
    var language: Language?

    @Flag(help: "Say nothing but errors.")
    var quiet = false

    @Flag(help: "Say what is done.")
    var verbose = false

    @Option(help: "Show progress on a terminal, or never.")
    var progress = ProgressMode.auto

    func validate() throws {
        if quiet && verbose { throw ValidationError("--quiet and --verbose exclude each other.") }
    }

    /// The language asked for, else that of the locale.
    var chosenLanguage: Language { language ?? Console.localeLanguage }

    /// Whether progress is shown.
    var showsProgress: Bool { progress == .auto && !quiet && Console.isTerminal }
}

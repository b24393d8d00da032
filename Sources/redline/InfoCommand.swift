import ArgumentParser
import Foundation
import RedlineKit
import RedlineReport

struct InfoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Say what a file or catalog holds.",
        discussion: """
            Of a data file: format, layers, geometry type, number of features, extent in the layer's own CRS, CRS and \
            how it was recognised, text encoding and how it was recognised, fields. Of a catalog (.yaml, .yml): its \
            layers, and for each edition what its source holds or what is wrong with it.

            EXIT STATUS
              0   done
              1   failed: the file cannot be read, or the catalog is wrong
              64  wrong usage

            EXAMPLES
              redline info units.shp --explain
              redline info catalog.yaml
              redline info data.gpkg --layer redline -f json
            """)

    @Argument(help: ArgumentHelp("A vector file, folder, archive, or catalog.", valueName: "file"))
    var file: String

    @Option(name: .shortAndLong, help: ArgumentHelp("Where the description goes (.txt, .json).", valueName: "file"))
    var output: String?

    @Option(name: .shortAndLong, help: "The format. Default: from the ending of the output file, else text.")
    var format: DescriptionFormat?

    @Flag(help: "Replace the output file if it exists.")
    var overwrite = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Weigh the coordinates against this catalog's extent and regions.", valueName: "file"))
    var catalog: String?

    @Flag(
        help: """
            Show the evidence in text: definitions, marks of the encoding, fields that were matched, and what the \
            coordinates can be.
            """)
    var explain = false

    @Option(help: "The language of text. Default: from the locale.")
    var language: Language?

    @OptionGroup(title: "Input") var input: InputOptions

    func validate() throws { _ = try chosenFormat() }

    func run() async throws {
        let format = try chosenFormat()
        let destination = try ReportDestination(path: output, overwrites: overwrite, inputs: [file])
        let inspection = try await inspect(
            file, layer: input.layer, encoding: input.encoding, crs: input.crs, listShape: input.listAs,
            explains: explain || format == .json, catalog: try catalog.map { try Catalog(contentsOf: $0) })
        var settings = ReportSettings()
        settings.language = language ?? Console.localeLanguage
        let report = InspectionReport(inspection, settings: settings, explains: explain)
        try destination.write { write in
            switch format {
            case .text: try report.writeText(to: write)
            case .json: try report.writeJSON(to: write)
            }
        }
    }

    /// The format asked for: by name, by the ending of the file, else text.
    private func chosenFormat() throws -> DescriptionFormat {
        if let format { return format }
        guard let output, output != "-" else { return .text }
        switch URL(filePath: output).pathExtension.lowercased() {
        case "json": return .json
        case "txt": return .text
        default:
            throw ValidationError(
                "The output file '\(output)' has no known ending (.txt, .json); or name a format with --format.")
        }
    }
}

/// The formats of descriptions.
enum DescriptionFormat: String, CaseIterable, ExpressibleByArgument {
    case text, json
}

import ArgumentParser
import Foundation
import RedlineKit
import RedlineReport

/// What is done where a source changed after a catalog was prepared.
enum StaleSources: String, ExpressibleByArgument, CaseIterable {
    case refuse
    case ignore
}

struct PrepareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prepare",
        abstract: "Make a catalog ready once, so that every later run starts at once.",
        discussion: """
            Reads, judges and repairs all layers in all editions, cuts them into cells and writes one GeoPackage with \
            layers, attributes, cells, rule packs and checksums. Every command takes it in place of the YAML catalog \
            and gives the same result. QGIS opens it and shows the layers. Rasters stay where they are.

            A prepared catalog is refused when it is damaged, when another version made it in another format, or when \
            a file that it was made from has changed since; '--stale ignore' takes the latter all the same. Files that \
            are not there any more cannot be compared. An existing file is replaced only when the new one is whole.

            EXIT STATUS
              0   done
              1   failed: a source cannot be read, or the file cannot be written
              64  wrong usage

            EXAMPLES
              redline prepare -c catalog.yaml -o catalog.gpkg
              redline screen site.geojson -c catalog.gpkg -o conflicts.geojson
            """)

    @Option(name: .shortAndLong, help: ArgumentHelp("The catalog (YAML).", valueName: "file"))
    var catalog: String

    @Option(name: .shortAndLong, help: ArgumentHelp("The GeoPackage to make (.gpkg).", valueName: "file"))
    var output: String

    @Flag(help: "Replace the output file if it exists.")
    var overwrite = false

    @OptionGroup var work: ThreadOptions

    @Flag(help: "Say nothing but errors.")
    var quiet = false

    func validate() throws {
        guard URL(filePath: output).pathExtension.lowercased() == "gpkg" else {
            throw ValidationError("The output file '\(output)' must end in .gpkg.")
        }
    }

    func run() async throws {
        let destination = try ReportDestination(path: output, overwrites: overwrite, inputs: [catalog])
        // From the root, so that sources are found, and compared, wherever the prepared catalog is used.
        let source = try Catalog(contentsOf: URL(filePath: catalog).standardizedFileURL.path)
        let isShown = !quiet && Console.isTerminal
        try await destination.makeAsynchronously { [work] partial in
            try await prepare(source, at: partial, threads: work.taskCount) { layer in
                if isShown { Console.say(layer) }
            }
        }
    }
}

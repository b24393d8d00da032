import RedlineKit
import RedlineReport

extension TableReport {
    /// Writes the table there, in that format.
    func write(as format: OutputFormat, to destination: ReportDestination) throws {
        switch format {
        case .text: try destination.write { try writeText(to: $0) }
        case .json: try destination.write { try writeJSON(to: $0) }
        case .geojson: try destination.write { try writeGeoJSON(to: $0) }
        case .csv: try destination.write { try writeCSV(to: $0) }
        case .xlsx: try destination.make { try makeSpreadsheet(at: $0) }
        case .gpkg: try destination.make { try makeGeoPackage(at: $0) }
        }
    }

    /// Says the warnings on standard error, unless the result shows them to people itself.
    func sayWarnings(unlessIn format: OutputFormat, _ messages: MessageOptions) {
        guard format != .text, !messages.quiet else { return }
        let language = messages.chosenLanguage
        for warning in provenance.warnings + companions.flatMap(\.provenance.warnings) {
            Console.say(language.pick(zh: "注意：", en: "warning: ") + warning.text(in: language))
        }
    }
}

public import RedlineKit

/// Writes what a file or catalog holds.
public struct InspectionReport {
    /// What was found.
    public let inspection: Inspection
    /// How it is written.
    public let settings: ReportSettings
    /// Whether text shows the evidence: definitions, marks of the encoding, names that were matched.
    public let explains: Bool

    /// Creates a report of `inspection`.
    public init(_ inspection: Inspection, settings: ReportSettings = ReportSettings(), explains: Bool = false) {
        self.inspection = inspection
        self.settings = settings
        self.explains = explains
    }

    /// Writes a description for people.
    ///
    /// - Throws: Whatever `write` throws.
    public func writeText(to write: ByteWriter) throws {
        let text = InspectionText(language: settings.language, explains: explains)
        let lines =
            switch inspection {
            case .data(let file): text.lines(of: file)
            case .catalog(let catalog): text.lines(of: catalog)
            }
        try write(Array((lines.joined(separator: "\n") + "\n").utf8))
    }

    /// Writes JSON, evidence included.
    ///
    /// - Throws: Whatever `write` throws.
    public func writeJSON(to write: ByteWriter) throws {
        var json = JSONText()
        json.beginObject()
        json.key("schema")
        json.integer(1)
        json.key("version")
        json.string(ScreeningReport.toolVersion)
        json.key("verb")
        json.string("info")
        switch inspection {
        case .data(let file): json.members(of: file)
        case .catalog(let catalog): json.members(of: catalog, settings.language)
        }
        json.endObject()
        json.end()
        try json.drain(above: 0, to: write)
    }
}

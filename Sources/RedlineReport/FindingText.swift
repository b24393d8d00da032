import RedlineGeometry
public import RedlineKit

/// A text that lists findings site by site, so that each is written as soon as it is found.
public struct FindingText: Sendable {
    /// How findings are listed.
    public enum Format: Sendable {
        /// A `FeatureCollection` (RFC 7946), one finding a line, with the run's own figures in the member `redline` after
        /// `features`. Coordinates are longitude and latitude in degrees, rings follow the right-hand rule, areas are in
        /// square metres.
        case geojson
        /// A heading and a row for each finding (RFC 4180, but with line feeds alone at line ends); null is an empty cell.
        case csv
    }

    private let format: Format
    private let settings: ReportSettings
    private let outline: ScreeningResult
    private let columns: [FindingColumn]

    /// How many bytes are gathered before they are handed on.
    private static let handful = 1 << 18

    /// Creates a text for a run.
    ///
    /// - Parameters:
    ///   - format: How findings are listed.
    ///   - outline: The result, or what is known of it before sites are compared.
    ///   - settings: Language and precision.
    public init(_ format: Format, of outline: ScreeningResult, settings: ReportSettings) {
        (self.format, self.settings, self.outline) = (format, settings, outline)
        columns = FindingColumn.columns(for: outline, language: settings.language)
    }

    /// Compares the sites of a run and writes their findings as they are found; memory stays bounded however many there
    /// are.
    ///
    /// - Parameters:
    ///   - run: The run that the text was created for.
    ///   - look: Called for each site, by any task.
    ///   - write: Takes the text in order.
    /// - Returns: The result without its sites.
    /// - Throws: As `ScreeningRun.forEachSite`; whatever `write` throws.
    public func write(
        _ run: ScreeningRun, looking look: @escaping @Sendable (ScreenedSite) -> Void = { _ in }, to write: ByteWriter
    ) async throws -> ScreeningResult {
        var gathered = head
        var isFirst = true
        let result = try await run.forEachSite {
            let text = maker()
            return { site in
                look(site)
                return text(site)
            }
        } inOrder: { part in
            try append(part, to: &gathered, &isFirst, write)
        }
        try write(gathered + tail(result))
        return result
    }

    /// Writes the findings of a result that holds its sites.
    ///
    /// - Throws: Whatever `write` throws.
    func write(_ result: ScreeningResult, to write: ByteWriter) throws {
        var gathered = head
        var isFirst = true
        let text = maker()
        for place in result.sites.indices { try append(text(result.sites[place]), to: &gathered, &isFirst, write) }
        try write(gathered + tail(result))
    }

    private func append(_ part: [UInt8], to gathered: inout [UInt8], _ isFirst: inout Bool, _ write: ByteWriter) throws
    {
        guard !part.isEmpty else { return }
        if !isFirst, format == .geojson { gathered.append(UInt8(ascii: ",")) }
        isFirst = false
        gathered.append(contentsOf: part)
        guard gathered.count > Self.handful else { return }
        try write(gathered)
        gathered.removeAll(keepingCapacity: true)
    }

    private var head: [UInt8] {
        switch format {
        case .geojson:
            var json = JSONText()
            json.beginObject()
            json.key("type")
            json.string("FeatureCollection")
            json.key("features")
            json.beginArray()
            return json.bytes
        case .csv:
            var csv = CSVText()
            if settings.hasByteOrderMark { csv.appendByteOrderMark() }
            csv.row(columns.map { .text($0.name) })
            return csv.bytes
        }
    }

    /// Gives what makes the text of a site, empty for one without findings; for one task.
    private func maker() -> (ScreenedSite) -> [UInt8] {
        switch format {
        case .geojson:
            var json = JSONText()
            return { site in
                json.restart()
                var drawn = DrawnGeometry()
                outline.forEachFinding(of: site) { json.feature($0, columns, settings, &drawn) }
                return [UInt8](copying: json.bytes)
            }
        case .csv:
            var csv = CSVText()
            return { site in
                csv.restart()
                outline.forEachFinding(of: site) { row in csv.row(columns.map { $0.value(row) }) }
                return [UInt8](copying: csv.bytes)
            }
        }
    }

    private func tail(_ result: ScreeningResult) -> [UInt8] {
        guard format == .geojson else { return [] }
        var json = JSONText()
        json.breakBeforeEnd()
        json.endArray()
        json.breakLine()
        json.key("redline")
        json.run(result, settings)
        json.absent(result.absent)
        json.breakBeforeEnd()
        json.endObject()
        json.end()
        return json.bytes
    }
}

extension [UInt8] {
    /// A copy that takes no more room than it needs, where `bytes` keep theirs for what comes next.
    fileprivate init(copying bytes: [UInt8]) {
        self.init()
        reserveCapacity(bytes.count)
        append(contentsOf: bytes)
    }
}

extension JSONText {
    /// Writes a finding as a feature after others.
    fileprivate mutating func feature(
        _ row: FindingRow, _ columns: [FindingColumn], _ settings: ReportSettings, _ drawn: inout DrawnGeometry
    ) {
        breakLine()
        beginObject()
        key("type")
        string("Feature")
        key("id")
        string(row.finding.id)
        if row.finding.zone?.isRepaired == true {
            key("zone_repaired")
            bool(true)
        }
        openRules(of: [row.finding], withIDs: false, settings.language)
        crossing(of: row.finding)
        key("properties")
        finding(row, columns)
        key("geometry")
        if let known = drawn.text, drawn.geometry == row.finding.geometry {
            raw(known)
        } else {
            let start = bytes.count
            geometry(row.finding.geometry, precision: settings.precision)
            drawn = DrawnGeometry(geometry: row.finding.geometry, text: Array(bytes[start...]))
        }
        endObject()
    }
}

/// The geometry that was written last: a site that lies wholly in several zones shares the same with each.
private struct DrawnGeometry {
    var geometry: Geometry?
    var text: [UInt8]?
}

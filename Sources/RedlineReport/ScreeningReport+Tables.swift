import LayerIO
import RedlineGeometry
public import RedlineKit

extension ScreeningReport {
    /// Makes a workbook: a sheet `findings` with a row for each finding, and a sheet `about` with the run's own figures.
    ///
    /// - Parameter path: Where no file is yet.
    /// - Throws: `LayerError` if it cannot be written.
    public func makeSpreadsheet(at path: String) throws { try makeTables(at: path, .xlsx) }

    /// Makes a GeoPackage: a layer `findings` with a row and a geometry for each finding, in EPSG:4490, and a table
    /// `about` with the run's own figures.
    ///
    /// - Parameter path: Where no file is yet.
    /// - Throws: `LayerError` if it cannot be written.
    public func makeGeoPackage(at path: String) throws { try makeTables(at: path, .geoPackage) }

    private func makeTables(at path: String, _ format: FindingTable.Format) throws {
        let table = try FindingTable(format, of: result, settings: settings, at: path)
        for site in result.sites { try table.append(site) }
        try table.finish(result)
    }
}

/// A table of findings in a file, written site by site as they are found.
public struct FindingTable {
    /// The formats that it is written in.
    public enum Format: Sendable {
        /// A workbook: a sheet `findings` with a row for each finding, and a sheet `about` with the run's own figures.
        case xlsx
        /// A GeoPackage: a layer `findings` with a row and a geometry for each finding, in EPSG:4490, and a table `about`
        /// with the run's own figures.
        case geoPackage
    }

    private let outline: ScreeningResult
    private let settings: ReportSettings
    private let columns: [FindingColumn]
    private let writer: TableWriter

    /// Begins a table.
    ///
    /// - Parameters:
    ///   - format: The format of the file.
    ///   - outline: The result, or what is known of it before sites are compared.
    ///   - settings: The language.
    ///   - path: Where no file is yet.
    /// - Throws: `LayerError` if it cannot be written.
    public init(
        _ format: Format, of outline: ScreeningResult, settings: ReportSettings, at path: String
    ) throws {
        (self.outline, self.settings) = (outline, settings)
        columns = FindingColumn.columns(for: outline, language: settings.language)
        writer = try TableWriter(path: path, format: format == .xlsx ? .xlsx : .geoPackage)
        let fields = columns.map { FieldDescription(name: $0.name, type: $0.kind.fieldKind) }
        try writer.addTable("findings", fields: fields, crs: format == .geoPackage ? "EPSG:4490" : nil)
    }

    /// Compares the sites of a run and writes their findings as they are found, then the run's own figures.
    ///
    /// - Parameters:
    ///   - run: The run that the table was begun for.
    ///   - look: Called for each site, by any task.
    /// - Returns: The result without its sites.
    /// - Throws: As `ScreeningRun.forEachSite`; `LayerError` if the file cannot be written.
    public func write(
        _ run: ScreeningRun, looking look: @escaping @Sendable (ScreenedSite) -> Void = { _ in }
    ) async throws -> ScreeningResult {
        let result = try await run.forEachSite {
            { site in
                look(site)
                return site
            }
        } inOrder: {
            try append($0)
        }
        try finish(result)
        return result
    }

    func append(_ site: ScreenedSite) throws {
        try outline.forEachFinding(of: site) { row in
            try writer.append(columns.map { $0.value(row).attribute }, geometry: row.finding.geometry)
        }
    }

    func finish(_ result: ScreeningResult) throws {
        var json = JSONText()
        json.run(result, settings)
        let about = [
            ("statement", Words.noApproval(settings.language)),
            ("redline", String(decoding: json.bytes, as: UTF8.self)),
        ]
        try writer.addTable(
            "about", fields: ["key", "value"].map { FieldDescription(name: $0, type: .string) })
        for (key, value) in about { try writer.append([.string(key), .string(value)]) }
        try writer.finish()
    }
}

extension FindingColumn.Kind {
    fileprivate var fieldKind: FieldDescription.Kind {
        switch self {
        case .text: .string
        case .integer: .integer
        case .real: .real
        }
    }
}

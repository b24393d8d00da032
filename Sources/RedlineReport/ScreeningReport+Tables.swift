import LayerIO
import RedlineGeometry
import RedlineKit

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

    private func makeTables(at path: String, _ format: TableWriter.Format) throws {
        let columns = FindingColumn.columns(for: result, language: settings.language)
        let writer = try TableWriter(path: path, format: format)
        let fields = columns.map { FieldDescription(name: $0.name, type: $0.kind.fieldKind) }
        try writer.addTable("findings", fields: fields, crs: format == .geoPackage ? "EPSG:4490" : nil)
        try forEachFinding { row in
            try writer.append(columns.map { $0.value(row).attribute }, geometry: row.finding.geometry)
        }
        try writer.addTable(
            "about", fields: ["key", "value"].map { FieldDescription(name: $0, type: .string) })
        for (key, value) in about { try writer.append([.string(key), .string(value)]) }
        try writer.finish()
    }

    private var about: [(String, String)] {
        var json = JSONText()
        json.run(result, settings)
        return [
            ("statement", Words.noApproval(settings.language)),
            ("redline", String(decoding: json.bytes, as: UTF8.self)),
        ]
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

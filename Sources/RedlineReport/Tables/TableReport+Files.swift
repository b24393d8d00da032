import LayerIO
import RedlineGeometry
import RedlineKit
import RedlineMeasure

extension TableReport {
    /// Makes a workbook: a sheet with the rows, and a sheet `about` with the meaning and unit of each column and what
    /// the table was made from.
    ///
    /// - Parameter path: Where no file is yet.
    /// - Throws: `LayerError` if it cannot be written.
    package func makeSpreadsheet(at path: String) throws { try makeTables(at: path, .xlsx) }

    /// Makes a GeoPackage: a layer with the rows, in EPSG:4490 where they have places, and a table `about`.
    ///
    /// - Parameter path: Where no file is yet.
    /// - Throws: `LayerError` if it cannot be written.
    package func makeGeoPackage(at path: String) throws { try makeTables(at: path, .geoPackage) }

    private func makeTables(at path: String, _ format: TableWriter.Format) throws {
        let writer = try TableWriter(path: path, format: format)
        for table in [self] + companions {
            let fields = table.columns.map { FieldDescription(name: $0.name, type: $0.quantity.fieldKind) }
            let crs = format == .geoPackage && table.hasGeometry ? "EPSG:4490" : nil
            try writer.addTable(table.name, fields: fields, crs: crs)
            for row in table.rows {
                try writer.append(row.values.map(\.attribute), geometry: crs == nil ? nil : row.geometry)
            }
        }
        try writer.addTable("about", fields: ["key", "value"].map { FieldDescription(name: $0, type: .string) })
        for (key, value) in about { try writer.append([.string(key), .string(value)]) }
        try writer.finish()
    }

    private var about: [(String, String)] {
        var json = JSONText()
        json.provenance(provenance, members: provenanceMembers, settings)
        var about: [(String, String)] = []
        if let method = provenance.areaMethod {
            about.append(("area_method", Words.areaMethod(method.description, settings.language)))
        }
        about += columns.map { ($0.name, meaning($0)) }
        about += members.map { ($0.key, $0.json) }
        return about + [("redline", String(decoding: json.bytes, as: UTF8.self))]
    }

    private func meaning(_ column: TableColumn) -> String {
        let label = column.label.text(in: settings.language) ?? column.name
        let unit: String? =
            switch column.quantity {
            case .area: AreaUnit.squareMeter.symbol(in: settings.language)
            case .length: settings.language.pick(zh: "米", en: "m")
            case .share: "0–1"
            case .degrees: settings.language.pick(zh: "度", en: "degrees")
            case .text, .count, .number, .json: nil
            }
        return label + (unit.map { settings.language.pick(zh: "（\($0)）", en: " (\($0))") } ?? "")
    }
}

extension TableColumn.Quantity {
    fileprivate var fieldKind: FieldDescription.Kind {
        switch self {
        case .text, .json: .string
        case .count: .integer
        case .area, .length, .share, .degrees, .number: .real
        }
    }
}

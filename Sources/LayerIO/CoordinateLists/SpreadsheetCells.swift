import CRedlineGDAL

/// The sheets of a workbook (`.xlsx`) as texts.
enum SpreadsheetCells {
    /// The most cells that are read; a list of coordinates has far fewer.
    static let cellLimit = 20_000_000

    /// Reads every sheet; numbers as the file stores them, with all their digits.
    ///
    /// - Throws: ``LayerError`` where the file is no workbook or too large.
    static func sheets(of path: String, shownPath: String) throws(LayerError) -> [CellTable] {
        let gdal = try GDALLibrary()
        // GDAL reads both settings while it opens sheets; they belong to this thread, and only until the end.
        let settings = [("OGR_XLSX_HEADERS", "DISABLE"), ("OGR_XLSX_FIELD_TYPES", "STRING")]
        for (key, value) in settings { unsafe gdal.functions.pointee.CPLSetThreadLocalConfigOption(key, value) }
        defer { for (key, _) in settings { unsafe gdal.functions.pointee.CPLSetThreadLocalConfigOption(key, nil) } }
        let log = MessageLog()
        guard let dataset = GDALDataset(opening: path, drivers: ["XLSX"], options: [], gdal: gdal, log: log) else {
            throw .malformed(path: shownPath, detail: "XLSX: \(log.firstFailure ?? "it cannot be opened")")
        }
        var tables: [CellTable] = []
        var count = 0
        for layer in dataset.layers {
            var decoder = TextDecoder()
            let width = layer.fields(decoder: &decoder).count
            var table = CellTable(name: layer.name, rows: [])
            layer.rewind()
            while let row = layer.withNextFeature({ feature in
                CellTable.Row(
                    line: Int(clamping: feature.identifier),
                    cells: (0..<Int32(width)).map { index in
                        feature.hasValue(index) ? Self.trimmed(feature.text(index, decoder: &decoder)) : ""
                    })
            }) {
                count += width
                guard count <= cellLimit else {
                    throw .malformed(path: shownPath, detail: "a workbook of more than \(cellLimit) cells; use CSV")
                }
                table.rows.append(row)
            }
            if let failure = log.firstFailure { throw .malformed(path: shownPath, detail: "XLSX: \(failure)") }
            tables.append(table)
        }
        return tables
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

package import RedlineKit

/// Writes a table in every format from the same values; the same table and settings give the same bytes.
package struct TableReport: Sendable {
    /// What the table is called in files that hold several: the sheet of a workbook, the layer of a GeoPackage.
    package var name: String
    /// The columns.
    package var columns: [TableColumn]
    /// The rows, each with a value for every column.
    package var rows: [TableRow]
    /// What it was made from: the member `redline` of JSON and GeoJSON.
    package var provenance: Provenance
    /// What the verb adds to the member `redline`, as JSON.
    package var provenanceMembers: [(key: String, json: String)] = []
    /// Further members of JSON and GeoJSON beside the rows, as JSON: `closure`.
    package var members: [(key: String, json: String)] = []
    /// Tables that go with it: below it in text, a member with their rows in JSON and GeoJSON, sheets and tables of
    /// their own in workbooks and GeoPackages, a file of their own beside CSV.
    package var companions: [TableReport] = []
    /// What people read around the table.
    package var prose = TableProse()
    /// How it is written.
    package var settings: ReportSettings

    package init(
        name: String, columns: [TableColumn], rows: [TableRow], provenance: Provenance, settings: ReportSettings
    ) {
        self.name = name
        self.columns = columns
        self.rows = rows
        self.provenance = provenance
        self.settings = settings
    }

    /// The further members, and the rows of companions.
    private var allMembers: [(key: String, json: String)] {
        members
            + companions.map { companion in
                var json = JSONText()
                json.beginArray()
                for row in companion.rows { json.properties(row, companion.columns) }
                json.endArray()
                return (companion.name, String(decoding: json.bytes, as: UTF8.self))
            }
    }

    /// Whether any row has a place.
    package var hasGeometry: Bool { rows.contains { $0.geometry != nil } }

    /// Writes CSV (RFC 4180, but with line feeds alone at line ends): a heading and the rows; null is an empty cell.
    ///
    /// - Throws: Whatever `write` throws.
    package func writeCSV(to write: ByteWriter) throws {
        var csv = CSVText()
        if settings.hasByteOrderMark { csv.appendByteOrderMark() }
        csv.row(columns.map { .text($0.name) })
        for row in rows {
            csv.row(row.values)
            try csv.drain(to: write)
        }
        try csv.drain(above: 0, to: write)
    }

    /// Writes JSON: `redline`, the further members, then `rows`, a row a line.
    ///
    /// - Throws: Whatever `write` throws.
    package func writeJSON(to write: ByteWriter) throws {
        var json = JSONText()
        json.beginObject()
        json.key("redline")
        json.provenance(provenance, members: provenanceMembers, settings)
        for member in allMembers {
            json.breakLine()
            json.key(member.key)
            json.raw(member.json)
        }
        json.breakLine()
        json.key("rows")
        json.beginArray()
        for row in rows {
            json.breakLine()
            json.properties(row, columns)
            try json.drain(to: write)
        }
        json.breakBeforeEnd()
        json.endArray()
        json.breakBeforeEnd()
        json.endObject()
        json.end()
        try json.drain(above: 0, to: write)
    }

    /// Writes a GeoJSON `FeatureCollection` (RFC 7946), a row a line, with the further members and `redline` after
    /// `features`.
    ///
    /// - Throws: Whatever `write` throws.
    package func writeGeoJSON(to write: ByteWriter) throws {
        var json = JSONText()
        json.beginObject()
        json.key("type")
        json.string("FeatureCollection")
        json.key("features")
        json.beginArray()
        for row in rows {
            json.breakLine()
            json.beginObject()
            json.key("type")
            json.string("Feature")
            if let id = row.id {
                json.key("id")
                json.string(id)
            }
            json.key("properties")
            json.properties(row, columns)
            json.key("geometry")
            json.geometry(row.geometry, precision: settings.precision)
            json.endObject()
            try json.drain(to: write)
        }
        json.breakBeforeEnd()
        json.endArray()
        for member in allMembers {
            json.breakLine()
            json.key(member.key)
            json.raw(member.json)
        }
        json.breakLine()
        json.key("redline")
        json.provenance(provenance, members: provenanceMembers, settings)
        json.breakBeforeEnd()
        json.endObject()
        json.end()
        try json.drain(above: 0, to: write)
    }
}

extension JSONText {
    fileprivate mutating func properties(_ row: TableRow, _ columns: [TableColumn]) {
        beginObject()
        for (column, value) in zip(columns, row.values) {
            key(column.name)
            self.value(value)
        }
        endObject()
    }
}

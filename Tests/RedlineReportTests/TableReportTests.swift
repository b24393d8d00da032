import Foundation
import LayerIO
import RedlineGeometry
@testable import RedlineKit
import RedlineMeasure
import Testing

@testable import RedlineReport

@Suite("Tables in every format")
struct TableReportTests {
    private static let columns = [
        TableColumn("region_code", .text, zh: "编码", en: "Code"),
        TableColumn("zones", .count, zh: "个数", en: "Zones"),
        TableColumn("zone_area_m2", .area, zh: "面积", en: "Area"),
        TableColumn("share", .share, zh: "占比", en: "Share", hasBar: true),
        TableColumn("width_m", .length, zh: "宽度", en: "Width"),
        TableColumn("rules", .json, zh: "规则", en: "Rules"),
    ]

    private static func table(language: Language = .en, unit: AreaUnit = .hectare) -> TableReport {
        var provenance = Provenance(verb: "share", areaMethod: .ellipsoidal)
        provenance.catalogName = LocalizedText(zh: "示范", en: "Demonstration")
        provenance.catalogSHA256 = "cd34"
        provenance.layers = [UsedLayer(id: "redline", edition: CalendarDate("2023-12-31"), features: 7, sha256: "ab")]
        provenance.warnings = ["Layer 'redline': a row has no geometry."]
        var settings = ReportSettings()
        settings.language = language
        settings.unit = unit
        var table = TableReport(
            name: "share", columns: columns,
            rows: [
                TableRow(
                    [.text("0632801"), .integer(3), .real(25_000), .real(0.25), .real(12.5), .json(#"["a"]"#)],
                    geometry: ReportFixture.square, id: "0632801"),
                TableRow([.text("a,\"b\""), .integer(0), .real(0), .real(0), .null, .json("[]")]),
            ], provenance: provenance, settings: settings)
        table.members = [("closure", #"[{"layer":"redline","sum_m2":25000.0}]"#)]
        table.provenanceMembers = [("by", #""class""#)]
        return table
    }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test("CSV has a heading and the rows; null is empty, codes keep their zeros")
    func csv() throws {
        let text = try ReportFixture.text { try Self.table().writeCSV(to: $0) }
        #expect(
            text == """
                region_code,zones,zone_area_m2,share,width_m,rules
                0632801,3,25000.0,0.25,12.5,"[""a""]"
                "a,""b""\",0,0.0,0.0,,[]

                """)
    }

    @Test("JSON carries what was used, the further members and the rows, in the order of the columns")
    func json() throws {
        let text = try ReportFixture.text { try Self.table().writeJSON(to: $0) }
        let root = try object(text)
        let redline = try #require(root["redline"] as? [String: Any])
        #expect(redline["verb"] as? String == "share")
        #expect(redline["by"] as? String == "class")
        #expect(redline["area_method"] as? String == "ellipsoidal")
        #expect((redline["catalog"] as? [String: Any])?["sha256"] as? String == "cd34")
        #expect(redline["warnings"] as? [String] == ["Layer 'redline': a row has no geometry."])
        #expect((root["closure"] as? [[String: Any]])?.first?["sum_m2"] as? Double == 25000)
        let rows = try #require(root["rows"] as? [[String: Any]])
        #expect(rows.count == 2)
        #expect(rows[0]["rules"] as? [String] == ["a"])
        #expect(rows[1]["width_m"] is NSNull)
        #expect(
            text.contains(#"{"region_code":"0632801","zones":3,"zone_area_m2":25000.0,"share":0.25,"width_m":12.5"#))
    }

    @Test("A run without a catalog says so")
    func noCatalog() throws {
        var table = Self.table()
        table.provenance.catalogSHA256 = nil
        let root = try object(try ReportFixture.text { try table.writeJSON(to: $0) })
        #expect((root["redline"] as? [String: Any])?["catalog"] is NSNull)
    }

    @Test("GeoJSON has a feature for each row, with its place where it has one")
    func geoJSON() throws {
        let root = try object(try ReportFixture.text { try Self.table().writeGeoJSON(to: $0) })
        #expect(root["type"] as? String == "FeatureCollection")
        let features = try #require(root["features"] as? [[String: Any]])
        #expect(features.map { $0["id"] as? String } == ["0632801", nil])
        #expect((features[0]["geometry"] as? [String: Any])?["type"] as? String == "Polygon")
        #expect(features[1]["geometry"] is NSNull)
        #expect((features[0]["properties"] as? [String: Any])?["zones"] as? Int == 3)
        #expect(root["closure"] != nil && root["redline"] != nil)
    }

    @Test("Text has units, per cents, a bar, and the warnings; JSON columns are left out")
    func text() throws {
        var table = Self.table(unit: .mu)
        table.prose.header = ["Share of zones"]
        table.prose.sections = [
            TableProse.Section(heading: "Redline", rows: 0..<1, notes: ["closes"]),
            TableProse.Section(heading: "Rest", rows: 1..<2), TableProse.Section(heading: "None", rows: 2..<2),
        ]
        let text = try ReportFixture.text { try table.writeText(to: $0) }
        #expect(
            text == """
                Share of zones

                Redline
                  Code     Zones  Area (mu)   Share    Width
                  0632801      3     37.500  25.00%  12.50 m  █████░░░░░░░░░░░░░░░
                  closes

                Rest
                  Code     Zones  Area (mu)   Share    Width
                  a,"b"        0      0.000   0.00%           ░░░░░░░░░░░░░░░░░░░░

                None
                  (none)

                Warning: Layer 'redline': a row has no geometry.

                """)
        let chinese = try ReportFixture.text { try Self.table(language: .zh).writeText(to: $0) }
        #expect(chinese.contains("面积（公顷）") && chinese.contains("注意："))
    }

    @Test(
        "Neither a part nor almost all of the whole shows as nothing or all",
        arguments: [(0.0, 0), (1e-9, 1), (0.5, 10), (1 - 1e-9, 19), (1.0, 20)])
    func bars(share: Double, filled: Int) {
        #expect(TableReport.bar(share).count { $0 == "█" } == filled)
        #expect(TableReport.bar(share).count == 20)
    }

    @Test("A workbook and a GeoPackage read back", arguments: [TableWriter.Format.xlsx, .geoPackage])
    func files(format: TableWriter.Format) throws {
        let path = NSTemporaryDirectory() + "table-\(UUID().uuidString).\(format == .xlsx ? "xlsx" : "gpkg")"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let table = Self.table()
        try format == .xlsx ? table.makeSpreadsheet(at: path) : table.makeGeoPackage(at: path)
        let reader = try LayerReader(LayerSource(path: path, layer: "share"))
        #expect(reader.description.fields.map(\.name) == Self.columns.map(\.name))
        var rows: [FeatureRow] = []
        try reader.read(fields: Self.columns.map(\.name)) { rows += $0 }
        #expect(rows.map { $0.attributes[0].text } == ["0632801", "a,\"b\""])
        #expect(rows.map { $0.attributes[3].number } == [0.25, 0])
        #expect(rows[1].attributes[4].text == nil)
        let places = try rows.map { try $0.geometry.get() != nil }
        #expect(places == [format == .geoPackage, false])
        var keys: [String?] = []
        let about = try LayerReader(LayerSource(path: path, layer: "about"))
        try about.read(fields: [about.description.fields[0].name]) { batch in
            keys += batch.map { $0.attributes[0].text }
        }
        // Of a sheet with nothing but text GDAL does not tell which row is the heading.
        #expect(keys.filter { $0 != "key" } == ["area_method"] + Self.columns.map(\.name) + ["closure", "redline"])
    }
}

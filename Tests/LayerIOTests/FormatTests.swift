import LayerIO
import RedlineGeometry
import Testing

@Suite("Formats")
struct FormatTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var file: String
        var driver: String
        var testDescription: String { file }
    }

    static let cases = [
        Case(file: "places.shp", driver: "ESRI Shapefile"), Case(file: "places_gbk.zip", driver: "ESRI Shapefile"),
        Case(file: "places.gdb.zip", driver: "OpenFileGDB"), Case(file: "places.geojson", driver: "GeoJSON"),
        Case(file: "places.geojsonl", driver: "GeoJSONSeq"), Case(file: "places_rs.geojsons", driver: "GeoJSONSeq"),
        Case(file: "places.fgb", driver: "FlatGeobuf"), Case(file: "places.kml", driver: "LIBKML"),
        Case(file: "places.kmz", driver: "LIBKML"), Case(file: "places.csv", driver: "CSV"),
    ]

    @Test("Every format gives the same places", arguments: cases)
    func places(_ format: Case) throws {
        let reader = try LayerReader(LayerSource(path: Fixture.path(format.file)))
        #expect(reader.description.driver == format.driver)
        let rows = try reader.rows(["code", "name", "hectares", "rank"])
        // FlatGeobuf sorts its rows along a curve, and has none without geometry.
        let sorted = rows.sorted { ($0.attributes[0].text ?? "") < ($1.attributes[0].text ?? "") }
        let count = format.driver == "FlatGeobuf" ? 2 : 3
        #expect(rows.map(\.identifier) == Array([1, 2, 3].prefix(count)))
        try #require(sorted.map { $0.attributes[0].text } == Array(["0632801", "0632802", "0632821"].prefix(count)))
        #expect(sorted.prefix(2).map { $0.attributes[1].text } == ["格尔木市", "德令哈市"])
        #expect(sorted.prefix(2).map { $0.attributes[2].text.flatMap(Double.init) } == [12.5, 0.25])
        #expect(sorted.prefix(2).map { $0.attributes[3].text } == ["1", "2"])
        #expect(sorted[0].shape?.envelope == Envelope(minX: 94, minY: 36, maxX: 95, maxY: 37))
        #expect(sorted[1].shape?.parts.polygons.first?.interiorRings.count == 1)
        if count == 3 {
            #expect((sorted[2].attributes[1].text ?? "").isEmpty)
            guard case .success(nil) = sorted[2].geometry else {
                Issue.record("the third place has no geometry")
                return
            }
        }
    }

    @Test("A drawing gives its outlines")
    func drawing() throws {
        let rows = try LayerReader(LayerSource(path: Fixture.path("places.dxf"))).rows()
        #expect(rows.count >= 2)
        #expect(rows.map(\.identifier) == (1...rows.count).map(Int64.init))
        #expect(rows.first?.shape?.envelope == Envelope(minX: 94, minY: 36, maxX: 95, maxY: 37))
    }

    @Test("A description tells kind, count, extent and fields")
    func description() throws {
        let layers = try VectorFile(path: Fixture.path("places.shp")).describe()
        let layer = try #require(layers.first)
        #expect(layers.count == 1 && layer.name == "places" && layer.geometryTypeName == "Polygon")
        #expect(layer.featureCount == 3)
        #expect(layer.extent == Envelope(minX: 94, minY: 36, maxX: 98, maxY: 38))
        #expect(layer.fields.map(\.name) == ["id", "code", "name", "hectares", "rank"])
        #expect(layer.fields.map(\.type) == [.string, .string, .string, .real, .integer])
        #expect(layer.encoding == EncodingEvidence(name: "UTF-8", how: .codePageFile("UTF-8")))
        #expect(layer.crs.how == .prj && layer.crs.authority == "EPSG:4326")
        #expect(layer.fidColumn == nil)
    }

    @Test("Where a CRS comes from is said")
    func crs() throws {
        func crs(_ file: String, user: String? = nil) throws -> CRSEvidence {
            try LayerReader(LayerSource(path: Fixture.path(file), crs: user)).description.crs
        }
        #expect(try crs("places.geojson") == CRSEvidence(authority: "OGC:CRS84", how: .geoJSONDefault))
        #expect(try crs("places.kml").how == .format)
        #expect(try crs("places.gdb.zip").how == .file)
        #expect(try crs("places.dxf") == .none)
        #expect(try crs("places.csv").authority == "EPSG:4326", "of the .prj beside it")
        let user = try crs("places.csv", user: "EPSG:4490")
        #expect(user.definition == "EPSG:4490")
        #expect(user == CRSEvidence(authority: "EPSG:4490", userWord: "EPSG:4490", how: .user))
        let pipeline = "+proj=pipeline +step +proj=noop"
        #expect(try crs("places.shp", user: pipeline).definition == pipeline)
    }

    @Test(
        "Row numbers hold under filters",
        arguments: ["places.shp", "indexed.fgb", "places.geojson", "places.csv", "places.kml"])
    func filters(file: String) throws {
        let path = Fixture.path(file)
        let all = try LayerReader(LayerSource(path: path)).rows(["code"])
        let number = try #require(all.first { $0.attributes[0].text == "0632802" }).identifier
        let within = Envelope(minX: 97.1, minY: 37.1, maxX: 97.2, maxY: 37.2)
        #expect(try LayerReader(LayerSource(path: path)).rows(within: within).map(\.identifier) == [number])
        let chosen = try LayerReader(LayerSource(path: path, attributeFilter: "code = '0632802'")).rows(["name"])
        #expect(chosen.map(\.identifier) == [number])
        #expect(chosen.first?.attributes == [.string("德令哈市")])
    }

    @Test("A filter may hold Chinese text, whatever the encoding of the file", arguments: cases)
    func chineseFilter(_ format: Case) throws {
        let source = LayerSource(path: Fixture.path(format.file), attributeFilter: "name = '德令哈市'")
        #expect(try LayerReader(source).rows(["code"]).map { $0.attributes[0].text } == ["0632802"])
    }

    @Test("Reading twice gives the same rows")
    func twice() throws {
        let reader = try LayerReader(LayerSource(path: Fixture.path("places.shp")))
        #expect(try reader.rows(["name"]).map(\.attributes) == reader.rows(["name"]).map(\.attributes))
    }

    @Test("The files that define a shapefile are its own five")
    func constituents() throws {
        let source = LayerSource(path: Fixture.path("places.dbf"))
        let names = try source.constituentFiles.map { $0.split(separator: "/").last.map(String.init) }
        #expect(names == ["places.shp", "places.shx", "places.dbf", "places.prj", "places.cpg"])
        #expect(try LayerSource(path: "-").constituentFiles.isEmpty)
        #expect(try LayerSource(path: Fixture.path("places.fgb")).constituentFiles == [Fixture.path("places.fgb")])
    }
}

import Foundation
import LayerIO
import RedlineGeometry
import Testing

@Suite("Bad input")
struct BadInputTests {
    @Test("A file that is not there, empty, or of no known format is told apart")
    func kinds() throws {
        let folder = try TemporaryFolder()
        #expect(errorOfReading(LayerSource(path: "/nowhere/x.shp")) == .fileMissing(path: "/nowhere/x.shp"))
        let empty = try folder.write("empty.geojson", "")
        #expect(errorOfReading(LayerSource(path: empty)) == .fileEmpty(path: empty))
        let noise = try folder.write("noise.bin", "this is no map")
        guard case .unknownFormat = errorOfReading(LayerSource(path: noise)) else {
            Issue.record("noise is of no format")
            return
        }
        guard case .noDataset(_, let contents) = errorOfReading(LayerSource(path: folder.path)) else {
            Issue.record("the folder holds no data set")
            return
        }
        #expect(contents == ["empty.geojson", "noise.bin"])
        #expect(
            errorOfReading(LayerSource(path: "https://example.org/a.gpkg"))
                == .networkRefused(path: "https://example.org/a.gpkg"))
        #expect(errorOfReading(LayerSource(path: "/vsicurl/x")) == .networkRefused(path: "/vsicurl/x"))
    }

    @Test("A file without permission is told so", .enabled(if: geteuid() != 0, "the superuser reads everything"))
    func permissions() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("a.geojson", "{}")
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
        guard case .unreadable = errorOfReading(LayerSource(path: path)) else {
            Issue.record("the file cannot be read")
            return
        }
    }

    @Test("A raster is told so")
    func raster() throws {
        // The smallest TIFF: little-endian, one pixel of one byte.
        let entries: [(UInt16, UInt16, UInt32)] = [
            (256, 3, 1), (257, 3, 1), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8), (277, 3, 1), (278, 3, 1),
            (279, 4, 1),
        ]
        func word(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        func half(_ value: UInt16) -> [UInt8] { [UInt8(truncatingIfNeeded: value), UInt8(value >> 8)] }
        var bytes: [UInt8] = [0x49, 0x49, 42, 0] + word(10) + [0, 0] + half(UInt16(entries.count))
        for (tag, type, value) in entries { bytes += half(tag) + half(type) + word(1) + word(value) }
        let folder = try TemporaryFolder()
        let path = try folder.write("pixel.tif", bytes + word(0))
        #expect(errorOfReading(LayerSource(path: path)) == .rasterFile(path: path, driver: "GTiff"))
    }

    @Test("A shapefile names the file that it lacks", arguments: ["shp", "shx", "dbf"])
    func siblings(ending: String) throws {
        let folder = try TemporaryFolder()
        _ = try folder.copy("places.shp", "places.shx", "places.dbf")
        try FileManager.default.removeItem(atPath: folder.path + "/places." + ending)
        let path = folder.path + (ending == "shp" ? "/places.shx" : "/places.shp")
        #expect(errorOfReading(LayerSource(path: path)) == .missingSibling(path: path, sibling: "places." + ending))
        #expect(!folder.names.contains("places." + ending), "nothing is restored")
    }

    @Test("A shapefile that is cut anywhere is refused", arguments: ["shp", "shx", "dbf"])
    func cutShapefile(ending: String) throws {
        let folder = try TemporaryFolder()
        _ = try folder.copy("places.shp", "places.shx", "places.dbf")
        let whole = try Fixture.bytes("places." + ending)
        // The last byte of a table is a mark of its end, which some programs leave out.
        for length in stride(from: ending == "dbf" ? whole.count - 2 : whole.count - 1, through: 1, by: -7) {
            _ = try folder.write("places." + ending, Array(whole[..<length]))
            switch errorOfReading(LayerSource(path: folder.path + "/places.shp")) {
            case .truncated, .malformed: break
            case let other: Issue.record("cut at \(length): \(String(describing: other))")
            }
        }
    }

    @Test(
        "A file that is cut is an error, never a shorter layer",
        arguments: [
            "places.fgb", "indexed.fgb", "places.kml", "places.kmz", "places.geojson", "places.gdb.zip",
            "places_gbk.zip", "places.dxf",
        ])
    func cut(file: String) throws {
        let folder = try TemporaryFolder()
        let whole = try Fixture.bytes(file)
        let expected = try LayerReader(LayerSource(path: Fixture.path(file))).rows().count
        for length in stride(from: whole.count - 2, through: 1, by: -max(1, whole.count / 60)) {
            let path = try folder.write(file, Array(whole[..<length]))
            if errorOfReading(LayerSource(path: path)) != nil { continue }
            let rows = try LayerReader(LayerSource(path: path)).rows()
            #expect(rows.count == expected, "cut at \(length) of \(whole.count)")
        }
    }

    @Test("A line-by-line file with a broken line names it")
    func brokenLine() throws {
        let folder = try TemporaryFolder()
        let text = String(decoding: try Fixture.bytes("places.geojsonl"), as: UTF8.self)
        let path = try folder.write("a.geojsonl", text.replacing("\"0632802\"", with: "0632802,"))
        guard case .malformed(_, let detail) = errorOfReading(LayerSource(path: path)) else {
            Issue.record("the second line is broken")
            return
        }
        #expect(detail.hasPrefix("line 2, "))
    }

    @Test("Names that are not there bring the nearest")
    func names() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/two.gpkg"
        let writer = try TableWriter(path: path, format: .geoPackage)
        for name in ["redline", "units"] {
            try writer.addTable(name, fields: [FieldDescription(name: "HXDM", type: .string)], crs: "EPSG:4326")
        }
        try writer.finish()
        #expect(errorOfReading(LayerSource(path: path)) == .layerNotNamed(path: path, names: ["redline", "units"]))
        #expect(
            errorOfReading(LayerSource(path: path, layer: "unit"))
                == .layerNotFound(path: path, layer: "unit", names: ["units", "redline"]))
        let reader = try LayerReader(LayerSource(path: path, layer: "REDLINE"))
        #expect(reader.description.name == "redline")
        #expect(throws: LayerError.fieldNotFound(path: path, layer: "redline", field: "HXDN", names: ["HXDM"])) {
            try reader.rows(["HXDN"])
        }
        #expect(reader.fieldName(like: "hxdm") == "HXDM")
    }

    @Test("A name that a shapefile cut to ten bytes is found by its whole form")
    func cutNames() throws {
        let layer = LayerDescription(
            name: "a", driver: "ESRI Shapefile", geometryTypeName: "Point", hasZ: false, hasM: false,
            fields: [
                FieldDescription(name: "HJGKDYBM_L", type: .string), FieldDescription(name: "管控单元编", type: .string),
            ], crs: .none, encoding: EncodingEvidence(name: "GBK", how: .user))
        #expect(try layer.fieldIndex(named: "hjgkdybm_long", path: "a.shp") == 0)
        #expect(try layer.fieldIndex(named: "管控单元编码", path: "a.shp") == 1)
        #expect(throws: LayerError.self) { try layer.fieldIndex(named: "管控", path: "a.shp") }
    }

    @Test("A filter that is no SQL is told so", arguments: ["places.shp", "places.geojson", "places.fgb"])
    func filter(file: String) throws {
        let source = LayerSource(path: Fixture.path(file), attributeFilter: "code ==== 3")
        guard case .invalidFilter = errorOfReading(source) else {
            Issue.record("the filter is no SQL")
            return
        }
    }

    @Test("A password in a connection is masked")
    func password() {
        let source = LayerSource(path: "PG:host=127.0.0.1 port=1 dbname=a password='geheim' user=b")
        let message = errorOfReading(source)?.description ?? ""
        #expect(!message.contains("geheim") && message.contains("password=***"))
    }

    @Test("A KML track that breaks libkml is refused before libkml sees it")
    func track() throws {
        let folder = try TemporaryFolder()
        let kml = """
            <?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2">
            <Placemark><gx:Track><gx:coord>1 2 3</gx:coord><gx:coord>1 3 3</gx:coord></gx:Track></Placemark></kml>
            """
        let path = try folder.write("track.kml", kml)
        guard case .malformed = errorOfReading(LayerSource(path: path)) else {
            Issue.record("the track has no times")
            return
        }
    }
}

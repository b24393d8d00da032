import Foundation
import LayerIO
import RedlineGeometry
import TestSupport
import Testing

@Suite("GeoJSON")
struct GeoJSONTests {
    private static func reader(_ text: String, _ name: String = "a.geojson") throws -> LayerReader {
        let folder = try TemporaryFolder()
        return try LayerReader(LayerSource(path: try folder.write(name, text)))
    }

    private static func collection(_ features: String...) -> String {
        #"{"type":"FeatureCollection","features":["# + features.joined(separator: ",\n") + "]}"
    }

    @Test("A feature's own id can be asked for, of whatever kind, repeated or missing")
    func ids() throws {
        let reader = try Self.reader(
            Self.collection(
                #"{"type":"Feature","id":"x/1","properties":{"id":7},"geometry":null}"#,
                #"{"type":"Feature","id":3,"properties":{},"geometry":null}"#,
                #"{"type":"Feature","id":3,"properties":{},"geometry":null}"#,
                #"{"type":"Feature","properties":{},"geometry":null}"#))
        let rows = try reader.rows(["id", LayerReader.featureIDField])
        #expect(rows.map(\.identifier) == [1, 2, 3, 4], "the order of the file, whatever the ids")
        #expect(rows.map { $0.attributes[1] } == [.string("x/1"), .integer(3), .integer(3), .null])
        #expect(rows.map { $0.attributes[0] } == [.integer(7), .null, .null, .null])
        let plain = try Self.reader(Self.collection(#"{"type":"Feature","properties":{"a":1},"geometry":null}"#))
        #expect(plain.description.fields.map(\.name) == ["a"])
    }

    @Test("Values keep what they are")
    func values() throws {
        let reader = try Self.reader(
            Self.collection(
                #"{"type":"Feature","geometry":null,"properties":{"code":"0632801","n":1,"r":1,"m":1,"b":true,"l":[1,2]}}"#,
                #"{"type":"Feature","geometry":null,"properties":{"code":null,"n":-9007199254740993,"r":2.5,"m":"x\u683c\n"}}"#,
                #"{"type":"Feature","geometry":null,"properties":{"big":123456789012345678901234}}"#))
        #expect(reader.description.fields.map(\.type) == [.string, .integer, .real, .string, .boolean, .list, .string])
        let rows = try reader.rows(["code", "n", "r", "m", "b", "l", "big"])
        #expect(
            rows[0].attributes
                == [.string("0632801"), .integer(1), .real(1), .string("1"), .string("true"), .string("[1,2]"), .null])
        #expect(rows[1].attributes.prefix(4) == [.null, .integer(-9_007_199_254_740_993), .real(2.5), .string("x格\n")])
        #expect(rows[2].attributes.last == .string("123456789012345678901234"))
    }

    @Test(
        "A broken geometry spoils its own row only, and says why",
        arguments: [
            (#"{"type":"Point","coordinates":["1",2]}"#, "no number"),
            (#"{"type":"Point","coordinates":[1]}"#, "only one number"),
            (#"{"type":"Polygon","coordinates":[[1,2],[3,4]]}"#, "no array of numbers"),
            (#"{"type":"Blob","coordinates":[1,2]}"#, "no type of geometry"), (#"{"coordinates":[1,2]}"#, "no type"),
            (#"{"type":"LineString"}"#, "no coordinates"), (#""text""#, "no object"), ("[1,2]", "no object"),
        ])
    func brokenGeometry(geometry: String, reason: String) throws {
        let sound = #"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1,2]}}"#
        let text = Self.collection(#"{"type":"Feature","properties":{},"geometry":\#(geometry)}"#, sound)
        let rows = try Self.reader(text).rows()
        guard case .failure(let problem) = rows[0].geometry else {
            Issue.record("the first geometry is broken")
            return
        }
        #expect(problem.description.contains(reason))
        #expect(rows[1].shape == .point(Position(x: 1, y: 2)))
        let folder = try TemporaryFolder()
        let layer = try VectorFile(path: try folder.write("a.json", text)).describe()[0]
        #expect(layer.brokenGeometryCount == 1 && layer.firstBrokenGeometry?.hasPrefix("row 1: ") == true)
    }

    @Test("Every kind of geometry reads, with members in any order, heights left out")
    func kinds() throws {
        let texts = [
            #"{"coordinates":[1,2,3],"type":"Point"}"#, #"{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}"#,
            #"{"type":"LineString","coordinates":[[1,2,9],[3,4,9]]}"#,
            #"{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[]]}"#,
            #"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}"#,
            #"{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]]]}"#,
            #"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[]}]}"#,
        ]
        let triangle = Polygon(exteriorRing: [(0, 0), (1, 0), (1, 1), (0, 0)].map { Position(x: $0.0, y: $0.1) })
        let line = LineString(positions: [Position(x: 1, y: 2), Position(x: 3, y: 4)])
        let expected: [Geometry] = [
            .point(Position(x: 1, y: 2)), .multiPoint(line.positions), .lineString(line),
            .multiLineString([line, LineString(positions: [])]), .polygon(triangle), .multiPolygon([triangle]),
            .collection([.point(nil)]),
        ]
        for (text, geometry) in zip(texts, expected) {
            #expect(try Self.reader(text).rows().map(\.shape) == [geometry], "as a text of its own")
            let feature = #"{"type":"Feature","properties":null,"geometry":\#(text)}"#
            #expect(try Self.reader(feature).rows().map(\.shape) == [geometry], "as a feature")
        }
    }

    @Test("Numbers read as the doubles nearest to their digits")
    func numbers() throws {
        var generator = SeededGenerator(seed: 7)
        var texts = [
            "0.1", "-0", "1e3", "1E-7", "123456789012345678", "0.30000000000000004", "5e-324", "179.99999999999997",
        ]
        for _ in 0..<2000 {
            let value = Double.random(in: -180...180, using: &generator)
            texts.append("\(value)")
            texts.append(String(format: "%.\(Int.random(in: 0...18, using: &generator))f", value))
        }
        let coordinates = texts.map { "[\($0),0]" }.joined(separator: ",")
        let rows = try Self.reader(#"{"type":"MultiPoint","coordinates":[\#(coordinates)]}"#).rows()
        let xs = rows[0].shape?.parts.points.map(\.x.bitPattern)
        #expect(xs == texts.map { Double($0)?.bitPattern ?? 0 })
    }

    @Test("The old crs member is understood")
    func crs() throws {
        func evidence(_ crs: String) throws -> CRSEvidence {
            try Self.reader(#"{"type":"FeatureCollection","crs":\#(crs),"features":[]}"#).description.crs
        }
        func named(_ name: String) throws -> String? {
            try evidence(#"{"type":"name","properties":{"name":"\#(name)"}}"#).authority
        }
        #expect(try named("urn:ogc:def:crs:EPSG::4490") == "EPSG:4490")
        #expect(try named("urn:ogc:def:crs:OGC:1.3:CRS84") == "OGC:CRS84")
        #expect(try named("EPSG:4520") == "EPSG:4520")
        #expect(try named("http://www.opengis.net/def/crs/EPSG/0/4490") == "EPSG:4490")
        #expect(try evidence("null") == .none)
        #expect(try evidence(#"{"type":"EPSG","properties":{"code":4490}}"#).authority == "EPSG:4490")
    }

    @Test("Text cut at any byte is an error")
    func cut() throws {
        let whole = try Fixture.bytes("places.geojson").dropLast(while: { $0 <= 0x20 })
        let folder = try TemporaryFolder()
        for length in 1..<whole.count {
            let error = errorOfReading(LayerSource(path: try folder.write("a.json", Array(whole.prefix(length)))))
            guard case .truncated = error else {
                Issue.record("cut at \(length): \(String(describing: error))")
                return
            }
        }
    }

    @Test("Bytes that were changed at random give rows or an error, never a crash")
    func noise() throws {
        let whole = try Fixture.bytes("places.geojson")
        let folder = try TemporaryFolder()
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<300 {
            var bytes = whole
            for _ in 0..<3 {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            _ = errorOfReading(LayerSource(path: try folder.write("a.geojson", bytes)))
        }
    }

    @Test("A pipe is read like a file, and a file in GBK is recognised")
    func streams() throws {
        let folder = try TemporaryFolder()
        let pipe = folder.path + "/pipe"
        try #require(unsafe mkfifo(pipe, 0o600) == 0)
        let bytes = try Fixture.bytes("places.geojson")
        let thread = Thread { try? Data(bytes).write(to: URL(filePath: pipe)) }
        thread.start()
        #expect(try LayerReader(LayerSource(path: pipe)).rows().count == 3)
        let text = #"{"type":"Feature","geometry":null,"properties":{"name":"\#("@")"}}"#
        let gbk: [UInt8] = [0xB8, 0xF1, 0xB6, 0xFB, 0xC4, 0xBE, 0xCA, 0xD0]
        let encoded = text.utf8.flatMap { $0 == UInt8(ascii: "@") ? gbk : [$0] }
        let reader = try LayerReader(LayerSource(path: try folder.write("gbk.geojson", encoded)))
        #expect(reader.description.encoding.name == "GBK")
        #expect(try reader.rows(["name"]).first?.attributes == [.string("格尔木市")])
    }

    @Test("Nesting has a bound")
    func nesting() throws {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: LayerError.self) { try Self.reader(#"{"type":"FeatureCollection","features":\#(deep)"#) }
    }
}

extension [UInt8] {
    fileprivate func dropLast(while isDropped: (UInt8) -> Bool) -> [UInt8] {
        guard let last = lastIndex(where: { !isDropped($0) }) else { return [] }
        return Array(self[...last])
    }
}

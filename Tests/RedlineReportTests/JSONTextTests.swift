import Foundation
import RedlineGeometry
import RedlineReport
import TestSupport
import Testing

@Suite("JSON text")
struct JSONTextTests {
    private func written(_ body: (inout JSONText) -> Void) -> String {
        var json = JSONText()
        body(&json)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    @Test("Members keep their order and commas stand between them only")
    func order() {
        let text = written { json in
            json.beginObject()
            json.key("b")
            json.integer(1)
            json.key("a")
            json.beginArray()
            json.null()
            json.bool(true)
            json.beginObject()
            json.endObject()
            json.endArray()
            json.endObject()
        }
        #expect(text == #"{"b":1,"a":[null,true,{}]}"#)
    }

    @Test(
        "Strings are escaped as RFC 8259 asks, and not more",
        arguments: [
            ("红线", "\"红线\""), ("a\"b\\c", #""a\"b\\c""#), ("\u{1}\n\t\u{1F}", #""\u0001\n\t\u001f""#),
            ("/\u{7F}", "\"/\u{7F}\""),
        ])
    func escapes(text: String, expected: String) {
        #expect(written { $0.string(text) } == expected)
    }

    @Test("Text reads back as it was, whatever it holds")
    func textRoundTrip() throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<200 {
            let scalars = (0..<20).compactMap { _ in Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &generator))
            }
            let text = String(String.UnicodeScalarView(scalars))
            let bytes = Data(written { $0.string(text) }.utf8)
            #expect(try JSONDecoder().decode(String.self, from: bytes) == text)
        }
    }

    @Test("Numbers read back as the same double")
    func numberRoundTrip() {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<2000 {
            let number = Double(bitPattern: generator.next())
            let text = written { $0.number(number) }
            #expect(number.isFinite ? Double(text) == number : text == "null")
        }
        #expect(written { $0.number(0.1 + 0.2) } == "0.30000000000000004")
    }

    @Test("Exterior rings run counter-clockwise and holes clockwise, whichever way they came")
    func ringDirection() {
        func ring(_ points: [(Double, Double)]) -> [Position] { points.map { Position(x: $0.0, y: $0.1) } }
        let outer = ring([(0, 0), (4, 0), (4, 4), (0, 4), (0, 0)])
        let hole = ring([(1, 1), (1, 2), (2, 2), (2, 1), (1, 1)])
        let expected =
            #"{"type":"Polygon","coordinates":[[[0.0,0.0],[4.0,0.0],[4.0,4.0],[0.0,4.0],[0.0,0.0]],"#
            + #"[[1.0,1.0],[1.0,2.0],[2.0,2.0],[2.0,1.0],[1.0,1.0]]]}"#
        let right = Geometry.polygon(Polygon(exteriorRing: outer, interiorRings: [hole]))
        let wrong = Geometry.polygon(Polygon(exteriorRing: outer.reversed(), interiorRings: [hole.reversed()]))
        #expect(written { $0.geometry(right, precision: nil) } == expected)
        #expect(written { $0.geometry(wrong, precision: nil) } == expected)
    }

    @Test("A precision rounds to the nearest decimal and leaves no negative zero")
    func precision() {
        let line = Geometry.lineString(
            LineString(positions: [Position(x: 95.123456789, y: -0.0000001), Position(x: 180, y: 37.05)]))
        #expect(
            written { $0.geometry(line, precision: 6) }
                == #"{"type":"LineString","coordinates":[[95.123457,0.0],[180.0,37.05]]}"#)
    }

    @Test("Every kind of geometry is written, empty ones as well")
    func kinds() {
        let position = Position(x: 1, y: 2)
        let cases: [(Geometry?, String)] = [
            (nil, "null"), (.point(position), #"{"type":"Point","coordinates":[1.0,2.0]}"#),
            (.point(nil), #"{"type":"Point","coordinates":[]}"#),
            (.multiPoint([position, position]), #"{"type":"MultiPoint","coordinates":[[1.0,2.0],[1.0,2.0]]}"#),
            (
                .multiLineString([LineString(positions: [position, position])]),
                #"{"type":"MultiLineString","coordinates":[[[1.0,2.0],[1.0,2.0]]]}"#
            ),
            (.multiPolygon([]), #"{"type":"MultiPolygon","coordinates":[]}"#),
            (
                .collection([.point(position), .multiPoint([])]),
                #"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1.0,2.0]},"#
                    + #"{"type":"MultiPoint","coordinates":[]}]}"#
            ),
        ]
        for (geometry, expected) in cases { #expect(written { $0.geometry(geometry, precision: nil) } == expected) }
    }
}

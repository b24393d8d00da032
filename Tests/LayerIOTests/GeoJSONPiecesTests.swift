import Foundation
import RedlineGeometry
import TestSupport
import Testing

@testable import LayerIO

/// A GeoJSON text that stays in its file says the same as one that is held, whatever the size of its pieces.
@Suite("GeoJSON in pieces")
struct GeoJSONPiecesTests {
    private static let corpus = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Corpus")
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Everything that a reader gives: the description and all rows, or the error.
    private func outcome(_ path: String, heldLimit: Int, pieceSize: Int = 1) -> String {
        do {
            let text = try GeoJSONText(path: path, heldLimit: heldLimit, pieceSize: pieceSize)
            let container = try GeoJSONContainer(text, source: LayerSource(path: path))
            guard let container else { return "no GeoJSON" }
            let description = try container.describe(0, isThorough: true)
            var rows: [FeatureRow] = []
            try container.read(0, ReadRequest(fields: Array(description.fields.indices))) { rows += $0 }
            return "\(container.driver) \(description)\n" + rows.map { "\($0)" }.joined(separator: "\n")
        } catch {
            return "\(error)"
        }
    }

    private func expectSame(_ path: String, _ name: String, sizes: [Int]) {
        let held = outcome(path, heldLimit: .max)
        for size in sizes {
            #expect(outcome(path, heldLimit: 0, pieceSize: size) == held, "\(name), pieces of \(size) bytes")
        }
    }

    @Test("Files of the corpus")
    func corpus() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.corpus.path)
            .filter { $0.hasSuffix("json") }
        try #require(names.count > 10)
        for name in names.sorted() {
            expectSame(Self.corpus.appending(path: name).path, name, sizes: [1, 7, 64, 1000, 100_000])
        }
    }

    @Test(
        "Collections, sequences, single texts, and what is none of them",
        arguments: [
            #"{"features":[{"type":"Feature","geometry":null,"properties":{"a":1}}],"type":"FeatureCollection"}"#,
            #"{"type":"Feature","id":7,"properties":{"名":"格尔木"},"geometry":{"type":"Point","coordinates":[95,36,3000]}}"#,
            #"{"coordinates":[[95,36],[96,37.25e0]],"type":"LineString"}"#,
            "\u{1E}{\"type\":\"Point\",\"coordinates\":[95,36]}\n\u{1E}{\"type\":\"Point\",\"coordinates\":[96,36]}\n",
            "\u{FEFF} {\"type\" : \"FeatureCollection\" , \"name\":\"区\\u754c\" , \"features\" : [ 1 , null , \"x\" ] } ",
            #"{"type":"FeatureCollection","features":[]} {"type":"Topology"}"#,
            #"{"type":"FeatureCollection","features":[12"#, #"{"type":"FeatureCollection","features":[true,tru]}"#,
            #"{"type":"FeatureCollection"}"#, "{}", "[1,2]", "{\"a\":", #"{"type":"Polygone","coordinates":[]}"#,
            #"{"type":"Feature","features":[{"type":"Feature","geometry":null}],"properties":{"b":"B"},"geometry":null}"#,
            "{\"type\":\"FeatureCollection\",\n\n \"features\":[{\"type\":\"Feature\",\"properties\":{\"a\":nul}}]}",
        ])
    func shapes(text: String) throws {
        let path = try folder.write("text.geojson", Array(text.utf8))
        expectSame(path, text, sizes: Array(1...40) + [200])
    }

    @Test("A text that is not UTF-8 is converted whole")
    func otherEncoding() throws {
        let gbk: [UInt8] = [0xB8, 0xF1, 0xB6, 0xFB, 0xC4, 0xBE, 0xCA, 0xD0]
        let start = #"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{"n":""#
        let text = Array(start.utf8) + gbk + Array(#""}}]}"#.utf8)
        let path = try folder.write("gbk.geojson", text)
        expectSame(path, "GBK", sizes: [1, 50, 110, 115])
        #expect(outcome(path, heldLimit: 0, pieceSize: 50).contains("格尔木市"))
    }

    @Test("Broken texts of any kind, read in pieces, are what they are when they are held")
    func broken() throws {
        let sound = Array(
            """
            {"type":"FeatureCollection","name":"区","crs":null,"features":[{"type":"Feature","id":"甲","properties":
            {"a":1.5,"b":"é\\n","c":[1,{"d":true}]},"geometry":{"type":"Polygon","coordinates":[[[95,36],
            [96,36],[96,37],[95,36]]]}},{"type":"Feature","properties":null,"geometry":null}]}
            """.utf8)
        var generator = SeededGenerator(seed: 83)
        var outcomes = Set<String>()
        for _ in 0..<3000 {
            var bytes = sound
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes.remove(at: place)
                case 1: bytes[place] = Array("{}[],:\"\\n1e-. \u{1E}".utf8).randomElement(using: &generator) ?? 0
                case 2: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &generator)], at: place)
                default: if Int.random(in: 0..<5, using: &generator) == 0 { bytes.removeSubrange(place...) }
                }
                if bytes.isEmpty { bytes = sound }
            }
            let path = try folder.write("broken.geojson", bytes)
            let held = outcome(path, heldLimit: .max)
            let size = Int.random(in: 1...bytes.count, using: &generator)
            outcomes.insert(held)
            if String(validating: bytes, as: UTF8.self) == nil, held.contains("line 1,") || held.contains("line 2,") {
                // Refused either way; a text that is held is converted first, and its columns are others.
                #expect(outcome(path, heldLimit: 0, pieceSize: size).contains("Export it again"))
                continue
            }
            #expect(
                outcome(path, heldLimit: 0, pieceSize: size) == held,
                "\(String(decoding: bytes, as: UTF8.self)), pieces of \(size)")
        }
        #expect(outcomes.count > 300)
    }

    @Test("A damaged array of numbers, wherever a piece ends in it, is what it is when it is held")
    func numbers() throws {
        let ring = (0..<300).map { "[95.\($0),36.\($0)]" }
        func text(_ ring: [String], _ separators: (Int) -> String, _ extra: String) -> [UInt8] {
            var coordinates = ""
            for (place, position) in ring.enumerated() {
                coordinates += (place > 0 ? separators(place) : "") + position
            }
            return Array(
                """
                {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"v":[1,2\(extra)]},"geometry":
                {"type":"LineString","coordinates":[\(coordinates)]}},{"type":"Feature","geometry":null}]}
                """.utf8)
        }
        for separator in [",,", "", " ", ",[", ",]"] {
            let bytes = text(ring, { $0 == 20 ? separator : "," }, "")
            let path = try folder.write("numbers.geojson", bytes)
            // The piece ends at some thousand bytes behind the fault, as it does in one of mebibytes.
            expectSame(path, "\(separator) between positions", sizes: Array(stride(from: 300, to: bytes.count, by: 97)))
        }
        let long = text(ring, { _ in "," }, String(repeating: ",,3", count: 900))
        let path = try folder.write("numbers.geojson", long)
        expectSame(path, "properties", sizes: Array(stride(from: 300, to: long.count, by: 97)))
        #expect(outcome(path, heldLimit: 0, pieceSize: 500).contains("FeatureRow(identifier: 2"))
    }

    @Test("A file that is changed while it is read is refused")
    func changed() throws {
        let path = try folder.write("zones.geojson", Array(#"{"type":"Point","coordinates":[95,36]}"#.utf8))
        let text = try GeoJSONText(path: path, heldLimit: 0, pieceSize: 8)
        let container = try #require(try GeoJSONContainer(text, source: LayerSource(path: path)))
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        try handle.truncate(atOffset: 10)
        #expect(throws: LayerError.changed(path: path)) {
            try container.read(0, ReadRequest(fields: [])) { _ in }
        }
    }
}

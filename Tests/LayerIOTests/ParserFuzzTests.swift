import Foundation
import RedlineGeometry
import TestSupport
import Testing

@testable import LayerIO

/// Mutations of sound files by a seeded generator: bytes flipped, pieces cut, doubled, moved and joined, numbers blown up.
private struct Mutator {
    var generator: SeededGenerator
    /// What breaks parsers more often than chance would: signs, brackets, ends of ranges, half characters.
    private static let tokens: [[UInt8]] =
        [
            "\0", "\"", "\"\"", ",", ";", "@", "[", "]", "{", "}", "-", "+", "e999", "1e308", "-1e-308",
            "99999999999999999999", "NaN",
            "inf", "\r", "\n", "\r\n", "\u{FEFF}", "，", "＠", "【", "°", "′", "″", "度", "J", "\\u0000", "\\ud800", "null",
            "[[[[[[[[", "POLYGON((",
            "SRID=", "EMPTY", "坐标系=", "[地块坐标]", "带号=", "&a", "*a", "<<: ", "- ", ": ", "!!", "\t",
        ].map { Array($0.utf8) } + [[0xFF], [0xFF, 0xFE], [0x81], [0xE4, 0xBD], [0x80], [0xC0, 0xAF]]

    mutating func mutate(_ seed: [UInt8], with other: [UInt8]) -> [UInt8] {
        var bytes = seed
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
            let place = bytes.isEmpty ? 0 : Int.random(in: 0...bytes.count, using: &generator)
            let end = min(bytes.count, place + Int.random(in: 0...40, using: &generator))
            switch Int.random(in: 0..<8, using: &generator) {
            case 0 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.removeSubrange(place..<end)
            case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 3: bytes.removeSubrange(place...)
            case 4:
                let start = other.isEmpty ? 0 : Int.random(in: 0..<other.count, using: &generator)
                bytes.insert(contentsOf: other[start..<min(other.count, start + 60)], at: place)
            case 5 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 6:
                let piece = Array(bytes[place..<end])
                for _ in 0..<Int.random(in: 2...30, using: &generator) { bytes.insert(contentsOf: piece, at: place) }
            default:
                let token = Self.tokens[Int.random(in: 0..<Self.tokens.count, using: &generator)]
                bytes.insert(contentsOf: token, at: place)
            }
        }
        return bytes
    }
}

/// Parsers of our own, fed with broken files: each must answer or throw, soon, and without a crash.
///
/// Time and seed as `FuzzSettings` says. A failure names the seed; the file of a run that crashes stays in the temporary
/// folder.
@Suite("Fuzzing", .serialized)
struct ParserFuzzTests {
    private static let corpus = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Corpus")

    /// A parser, the endings of the files of the corpus that it reads, and the ending under which it is fed.
    struct Target: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var prefixes: [String]
        var ending: String
    }

    static let targets = [
        Target(testDescription: "exchange text", prefixes: ["txt-"], ending: "txt"),
        Target(testDescription: "tables", prefixes: ["csv-", "list-"], ending: "csv"),
        Target(testDescription: "GeoJSON", prefixes: ["json-", "counties", "zones"], ending: "geojson"),
        Target(testDescription: "shapefile headers", prefixes: ["shp-plain.dbf", "shp-plain.shp"], ending: "dbf"),
        Target(testDescription: "well-known text", prefixes: ["text."], ending: "wkt"),
    ]

    @Test("A broken file is read or refused, never more", arguments: targets)
    func fuzz(target: Target) async throws {
        let seed = FuzzSettings.seed(2024)
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.corpus.path).sorted()
            .filter { name in target.prefixes.contains { name.hasPrefix($0) } }
        let seeds = try names.map { Array(try Data(contentsOf: Self.corpus.appending(path: $0))) }
        try #require(!seeds.isEmpty)
        var mutator = Mutator(generator: SeededGenerator(seed: seed))
        let folder = try TemporaryFolder()
        var places = SeededGenerator(seed: seed &+ 1)
        let (runs, longest) = try await FuzzSettings.repeatedly(target.testDescription, seed: seed) { _ in
            let bytes = mutator.mutate(
                seeds[Int.random(in: 0..<seeds.count, using: &places)],
                with: seeds[Int.random(in: 0..<seeds.count, using: &places)])
            // On disk before it is read, so that a crash leaves it behind.
            read(try folder.write("fuzzed.\(target.ending)", bytes))
        }
        // No bound of its own: a file of some kilobytes that takes seconds would be a hang, whatever the machine.
        #expect(longest < .seconds(10), "\(runs) runs, the longest \(longest); seed \(seed)")
    }

    /// Opens and reads everything, as `info` and `screen` do; what is thrown is an answer.
    private func read(_ path: String) {
        for source in [LayerSource(path: path), LayerSource(path: path, crs: "EPSG:4490", listShape: .polygon)] {
            guard let reader = try? LayerReader(source) else { continue }
            var positions = 0
            try? reader.read(fields: reader.description.fields.map(\.name)) { batch in
                for row in batch { positions += (try? row.geometry.get())??.positionCount ?? 0 }
            }
            _ = positions
        }
        // Large texts stay in their file and are read in pieces.
        if path.hasSuffix(".geojson"), let text = try? GeoJSONText(path: path, heldLimit: 0, pieceSize: 97),
            let container = try? GeoJSONContainer(text, source: LayerSource(path: path)),
            let description = try? container.describe(0, isThorough: true)
        {
            try? container.read(0, ReadRequest(fields: Array(description.fields.indices))) { _ in }
        }
    }

    @Test("Numbers and typed positions of any characters are read or refused")
    func typed() {
        var generator = SeededGenerator(seed: 7)
        let alphabet = Array("0123456789.,;:-+°′″'\" 度分秒NSEWnsew东西南北经纬XY=dmeE１２．，\u{0301}\u{200D}")
        for _ in 0..<20_000 {
            let word = String(
                (0..<Int.random(in: 0...24, using: &generator)).map { _ in
                    alphabet.randomElement(using: &generator) ?? "0"
                })
            if let reading = CoordinateNumber.read(word) { #expect(reading.value.isFinite) }
            if TypedCoordinates.isList(word) { _ = try? TypedCoordinates.plots(word, shape: nil) }
            _ = ColumnLabel(word)
        }
    }
}

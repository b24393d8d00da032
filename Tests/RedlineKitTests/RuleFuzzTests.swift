import Foundation
import TestSupport
import Testing

@testable import RedlineKit

/// Packs, vocabularies and conditions with anything wrong in them: each is read or refused, soon, and without a crash.
///
/// Time and seed as `FuzzSettings` says.
@Suite("Fuzzing of rules", .serialized)
struct RuleFuzzTests {
    private static let seed = FuzzSettings.seed(47)

    private static let tokens = [
        "{", "}", "[", "]", "- ", ": ", "&a ", "*a", "<<: *a", "\t", "\n", "\"", "'", "|", "!!int ", "~", "1e999", "#",
        "%",
        "\0", "？", "when: ", "unless: ", "distance: ", "5-1 km", "unspecified", "class: []", "id: ", "anywhere: true",
        "not ", "(", ")", " and ", " or ", "yields_to: [national-01]", "uses: [pack.yaml]", "is: [industry]",
        "99999999999999999999", "valid: {from: 2025-13-01}",
    ].map { Array($0.utf8) }

    private func mutated(_ seed: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = seed
        for _ in 0..<Int.random(in: 1...5, using: &generator) {
            if bytes.isEmpty { bytes = seed }
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            let end = min(bytes.count, place + Int.random(in: 0...40, using: &generator))
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.removeSubrange(place..<end)
            case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 3 where place > bytes.count / 2: bytes.removeSubrange(place...)
            default:
                let token = Self.tokens[Int.random(in: 0..<Self.tokens.count, using: &generator)]
                bytes.insert(contentsOf: token, at: place)
            }
        }
        return bytes
    }

    /// Calls `body` again and again; no call may take long.
    private func repeatedly(_ name: String, _ body: (inout SeededGenerator) throws -> Void) async rethrows {
        var generator = SeededGenerator(seed: Self.seed)
        let (runs, longest) = try await FuzzSettings.repeatedly(name, seed: Self.seed) { _ in try body(&generator) }
        #expect(longest < .seconds(10), "\(runs) runs, the longest \(longest); seed \(Self.seed)")
    }

    @Test("A pack or its vocabulary is read or refused with the file's name", arguments: ["national", "vocabulary"])
    func packs(broken: String) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "redline-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var sound: [String: [UInt8]] = [:]
        for name in ["national", "vocabulary"] {
            let bytes = Array(try Data(contentsOf: URL(filePath: ShippedPacks.path(name))))
            try Data(bytes).write(to: folder.appending(path: "\(name).yaml"))
            sound[name] = bytes
        }
        let bytes = try #require(sound[broken])
        let pack = folder.appending(path: "national.yaml").path
        try await repeatedly("rules, \(broken)") { generator in
            // On disk before it is read, so that a crash leaves it behind.
            try Data(mutated(bytes, &generator)).write(to: folder.appending(path: "\(broken).yaml"))
            do {
                let book = try RuleBook(paths: [pack])
                _ = book.runTests()
            } catch {
                // Words that the vocabulary has lost are missed by the pack.
                let name = "\(error)"
                #expect(name.contains("national.yaml") || name.contains("vocabulary.yaml"), "\(error)")
            }
        }
    }

    @Test("A condition of any words is read or refused, however deep or long")
    func conditions() async throws {
        let words = [
            "boiler-capacity", "legal", "slope", "zone.degraded", "mining", "share", "geometry", "is", "is not", "not",
            "and",
            "or", "(", ")", ",", "<", "<=", "=", "35 t/h", "10 deg", "yes", "heavy", "line", "0.5", "x", "？", "\u{301}",
        ]
        let folder = FileManager.default.temporaryDirectory.appending(path: "redline-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "pack.yaml").path
        func read(_ condition: String) throws {
            try """
            schema: 1
            pack: trial
            uses: [\(ShippedPacks.folder)/vocabulary.yaml]
            rules:
              - id: a
                section: "1"
                at: [{family: wetland}]
                effect: forbid
                when: "\(condition)"
                summary: {zh: 甲, en: A}
                tests: {fires: {in: wetland}, does-not-fire: {in: wetland}}
            """.write(toFile: path, atomically: true, encoding: .utf8)
            do { _ = try RuleBook(paths: [path]) } catch { #expect(error is CatalogError, "\(error)") }
        }
        try await repeatedly("conditions") { generator in
            let count = Int.random(in: 1...30, using: &generator)
            try read(
                (0..<count).map { _ in words[Int.random(in: 0..<words.count, using: &generator)] }.joined(
                    separator: " "))
        }
        try read(String(repeating: "(", count: 100_000))
        try read(String(repeating: "not ", count: 100_000) + "legal")
        try read(Array(repeating: "(legal or authorised)", count: 60).joined(separator: " and "))
        try read(Array(repeating: "legal", count: 20_000).joined(separator: " or "))
    }
}

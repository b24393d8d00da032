import Foundation
import TestSupport
import Testing

@testable import RedlineKit

@Test("A catalog with anything wrong in it is refused with its file, never worse")
func fuzzedCatalogs() async throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    let seed = Array(try Data(contentsOf: root.appending(path: "Layers/haixi/catalog.yaml")))
    let tokens = [
        "{", "}", "[", "]", "- ", ": ", "&a ", "*a", "<<: *a", "\t", "\n", "\"", "'", "|", "!!int ", "~", "1e999", "#",
        "%", "@", "\0", "？",
    ]
    .map { Array($0.utf8) }
    let seedNumber = FuzzSettings.seed(31)
    var generator = SeededGenerator(seed: seedNumber)
    let (runs, longest) = await FuzzSettings.repeatedly("catalogs", seed: seedNumber) { _ in
        var bytes = seed
        for _ in 0..<Int.random(in: 1...5, using: &generator) {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            let stop = min(bytes.count, place + Int.random(in: 0...30, using: &generator))
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.removeSubrange(place..<stop)
            case 2: bytes.insert(contentsOf: bytes[place..<stop], at: place)
            default: bytes.insert(contentsOf: tokens[Int.random(in: 0..<tokens.count, using: &generator)], at: place)
            }
            if bytes.isEmpty { bytes = seed }
        }
        do {
            _ = try Catalog(yaml: String(decoding: bytes, as: UTF8.self), path: "catalog.yaml")
        } catch {
            #expect("\(error)".hasPrefix("catalog.yaml"), "\(error)")
        }
    }
    #expect(longest < .seconds(10), "\(runs) runs, the longest \(longest); seed \(seedNumber)")
}

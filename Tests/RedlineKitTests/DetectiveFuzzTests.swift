import Foundation
import LayerIO
import RedlineGeometry
import TestSupport
import Testing

@testable import RedlineKit

/// Files of the corpus whose numbers and names are changed: what they can be is weighed, or the file is refused.
///
/// Time and seed as `FuzzSettings` says.
@Test("Whatever its numbers are, a file is explained or refused, never worse")
func fuzzedNumbers() async throws {
    let seed = FuzzSettings.seed(59)
    var generator = SeededGenerator(seed: seed)
    let folder = FileManager.default.temporaryDirectory.appending(path: "redline-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let names = try FileManager.default.contentsOfDirectory(atPath: OddFile.folder).sorted()
        .filter { ["txt", "csv", "geojson"].contains(URL(filePath: $0).pathExtension) && $0 != "manifest.csv" }
    let known = await KnownPlaces(try Catalog(contentsOf: OddFile.folder + "/catalog.yaml"), threads: 1)
    try #require(!known.regions.isEmpty)
    let tokens = ["", "9", "e9", "-", ".", "1e308", "nan", "西安80", "1954年北京坐标系", "632802", "德令哈市", "0", "33", "GCJ-02"]
    let (runs, longest) = try await FuzzSettings.repeatedly("numbers", seed: seed) { _ in
        let name = names[Int.random(in: 0..<names.count, using: &generator)]
        var text = String(decoding: try Data(contentsOf: URL(filePath: OddFile.folder + "/" + name)), as: UTF8.self)
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            let digits = text.indices.filter { text[$0].isNumber }
            guard let place = digits.randomElement(using: &generator) else { continue }
            text.replaceSubrange(place...place, with: tokens.randomElement(using: &generator) ?? "")
        }
        // On disk before it is read, so that a crash leaves it behind.
        let path = folder.appending(path: "fuzzed." + URL(filePath: name).pathExtension).path
        try Data(text.utf8).write(to: URL(filePath: path))
        do {
            let sample = try CoordinateSample(LayerSource(path: path))
            for hypothesis in try CoordinateDetective(known: known).diagnose(sample).hypotheses {
                #expect(hypothesis.center.isFinite, "\(name): \(hypothesis.title.en)")
                #expect(hypothesis.crs == nil || !hypothesis.needsParameters)
            }
        } catch {
            #expect(error is LayerError, "\(error)")
        }
    }
    #expect(longest < .seconds(10), "\(runs) runs, the longest \(longest); seed \(seed)")
}

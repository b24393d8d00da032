import Foundation
import RedlineKit
import RedlineReport
import TestSupport
import Testing

/// Prepared files with anything wrong in them: each gives the right answer or is refused, without a crash.
///
/// Time and seed as `FuzzSettings` says.
@Suite("Fuzzing of prepared catalogs")
struct PreparedFuzzTests {
    private static let haixi = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Layers/haixi").path
    /// SQLite's pages, the unit in which disks and copies lose data.
    private static let page = 4096

    private func csv(_ catalog: Catalog) async throws -> [UInt8] {
        let sites = SiteInput(paths: [Self.haixi + "/site.geojson"])
        let result = try await screen(sites, against: catalog)
        var bytes: [UInt8] = []
        try ScreeningReport(result, settings: ReportSettings()).writeCSV { bytes += $0 }
        return bytes
    }

    private func mutate(_ data: inout Data, _ generator: inout SeededGenerator) {
        let pages = data.count / Self.page
        func start() -> Int { Int.random(in: 0..<pages, using: &generator) * Self.page }
        switch Int.random(in: 0..<6, using: &generator) {
        case 0:
            for _ in 0..<Int.random(in: 1...200, using: &generator) {
                data[Int.random(in: 0..<data.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
        case 1:
            // The header of the file and of its first page: format, counts and offsets.
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                data[Int.random(in: 16..<200, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
        case 2:
            let place = start()
            data.replaceSubrange(place..<place + Self.page, with: Data(count: Self.page))
        case 3:
            let (from, to) = (start(), start())
            data.replaceSubrange(to..<to + Self.page, with: Data(data[from..<from + Self.page]))
        case 4:
            // The header of a page: kind, number of cells, where they begin.
            let place = start()
            for offset in 0..<12 where Bool.random(using: &generator) {
                data[place + offset] = UInt8.random(in: 0...255, using: &generator)
            }
        default: data = data.prefix(Int.random(in: 0..<data.count, using: &generator))
        }
    }

    @Test("A damaged file gives the same findings or is refused, never more")
    func damaged() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "redline-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "catalog.gpkg").path
        try await prepare(try Catalog(contentsOf: Self.haixi + "/catalog.yaml"), at: path, threads: 2)
        let whole = try Data(contentsOf: URL(filePath: path))
        let expected = try await csv(try Catalog(contentsOf: path))
        let seed = FuzzSettings.seed(53)
        var generator = SeededGenerator(seed: seed)
        var refused = 0
        let (runs, _) = try await FuzzSettings.repeatedly("prepared catalogs", seed: seed, least: 10) { run in
            var data = whole
            mutate(&data, &generator)
            // On disk before it is read, so that a crash leaves it behind.
            try data.write(to: URL(filePath: path))
            do {
                #expect(try await csv(try Catalog(contentsOf: path)) == expected, "run \(run), seed \(seed)")
            } catch {
                #expect(error is RedlineError || error is CatalogError, "\(error)")
                refused += 1
            }
        }
        #expect(refused > 0, "\(runs) runs")
    }
}

import Foundation
import RedlineGeometry
import RedlineKit
import TestSupport
import Testing

/// Layers made under a seed, tabulated from files as users do.
private final class Layers {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "laws-\(UUID().uuidString)").path
    private var entries: [String] = []

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    /// Writes a layer of features that may have several polygons each.
    func add(_ id: String, _ features: [[Polygon]], family: String = "zone") throws {
        let rows = features.enumerated().map { place, polygons in
            let rings = polygons.map { polygon in
                "["
                    + polygon.rings.map { ring in "[" + ring.map { "[\($0.x),\($0.y)]" }.joined(separator: ",") + "]" }
                    .joined(separator: ",") + "]"
            }
            return "{\"type\":\"Feature\",\"properties\":{\"code\":\"\(id)\(place)\"},\"geometry\":"
                + "{\"type\":\"MultiPolygon\",\"coordinates\":[\(rings.joined(separator: ","))]}}"
        }
        let text = "{\"type\":\"FeatureCollection\",\"features\":[\(rows.joined(separator: ",\n"))]}"
        try text.write(toFile: folder + "/\(id).geojson", atomically: true, encoding: .utf8)
        entries.append("  - {id: \(id), family: \(family), source: \(id).geojson}\n")
    }

    func shares(_ zones: [String], _ regions: String, threads: Int = 2) async throws -> ShareTable {
        let path = folder + "/catalog.yaml"
        try ("schema: 1\nlayers:\n" + entries.joined()).write(toFile: path, atomically: true, encoding: .utf8)
        var options = ShareOptions()
        options.threads = threads
        return try await tabulateShares(of: zones, in: regions, of: Catalog(contentsOf: path), options: options)
    }
}

private func rectangle(_ west: Double, _ south: Double, _ east: Double, _ north: Double) -> Polygon {
    let corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return Polygon(exteriorRing: corners.map { Position(x: $0.0, y: $0.1) })
}

/// A star-shaped polygon, valid by construction.
private func blob(_ generator: inout SeededGenerator) -> Polygon {
    let center = Position(
        x: .random(in: 99.7...100.3, using: &generator), y: .random(in: 35.7...36.3, using: &generator))
    let size = Double.random(in: 0.05...0.2, using: &generator)
    let count = Int.random(in: 3...200, using: &generator)
    var ring = (0..<count).map { step in
        let angle = Double(step) / Double(count) * 2 * .pi
        let radius = size * .random(in: 0.5...1, using: &generator)
        return Position(x: center.x + radius * cos(angle), y: center.y + radius * sin(angle))
    }
    ring.append(ring[0])
    return Polygon(exteriorRing: ring)
}

/// Columns of uneven width that tile 99.4–100.6 by 35.4–36.6.
private func columns(_ generator: inout SeededGenerator) -> [[Polygon]] {
    let lines = [99.4] + (0..<3).map { _ in Double.random(in: 99.5...100.5, using: &generator) }.sorted() + [100.6]
    return zip(lines, lines.dropFirst()).map { [rectangle($0, 35.4, $1, 36.6)] }
}

private func same(_ a: Double, _ b: Double, _ relative: Double = 1e-9) -> Bool {
    abs(a - b) <= relative * max(abs(a), abs(b), 1)
}

@Suite("Laws of shares")
struct ShareLawTests {
    @Test("Shares of a partition of a region sum to 1, and its rows to the whole", arguments: 0..<3)
    func partition(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let layers = try Layers()
        try layers.add("parts", columns(&generator))
        try layers.add("counties", columns(&generator), family: "region")
        try layers.add("blobs", (0..<8).map { _ in [blob(&generator)] })
        let table = try await layers.shares(["parts", "blobs"], "counties")
        for row in table.rows where row.group == .layer("parts") { #expect(same(row.share ?? 0, 1)) }
        for row in table.rows {
            #expect(row.zoneArea.ellipsoidal.squareMeters <= row.grossArea.ellipsoidal.squareMeters)
            #expect((row.share ?? 2) <= 1)
        }
        for closure in table.closures {
            #expect(abs(closure.residual.squareMeters) <= 1e-9 * closure.whole.squareMeters)
        }
    }

    @Test("The union of two layers is both less what they share; their order changes nothing", arguments: 0..<3)
    func union(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed + 10)
        let layers = try Layers()
        try layers.add("a", (0..<6).map { _ in [blob(&generator)] })
        try layers.add("b", (0..<6).map { _ in [blob(&generator)] })
        try layers.add("counties", columns(&generator), family: "region")
        let table = try await layers.shares(["a", "b"], "counties")
        let swapped = try await layers.shares(["b", "a"], "counties", threads: 1)
        func areas(_ table: ShareTable, _ group: ZoneGroup) -> [Double] {
            table.rows.filter { $0.group == group }.map(\.zoneArea.ellipsoidal.squareMeters)
        }
        // As zones of one region layer the other layer's union: a covered by b, by inclusion and exclusion.
        let both = try await layers.shares(["a"], "b")
        let shared = both.closures[0].whole.squareMeters
        let (a, b, all) = (areas(table, .layer("a")), areas(table, .layer("b")), areas(table, .allLayers))
        #expect(same(all[4], a[4] + b[4] - shared))
        #expect(all.count == 5 && zip(all, areas(swapped, .allLayers)).allSatisfy { same($0, $1, 1e-12) })
        #expect(a == areas(swapped, .layer("a")) && b == areas(swapped, .layer("b")))
        // Swapping zones and regions: the same ground.
        let other = try await layers.shares(["b"], "a")
        #expect(same(other.closures[0].whole.squareMeters, shared, 1e-12))
    }

    @Test("Cutting a zone in two changes nothing but the count", arguments: 0..<3)
    func cut(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed + 20)
        let layers = try Layers()
        let line = Double.random(in: 99.8...100.2, using: &generator)
        let halves = [rectangle(99.6, 35.6, line, 36.4), rectangle(line, 35.6, 100.4, 36.4)]
        try layers.add("whole", [[rectangle(99.6, 35.6, 100.4, 36.4)]])
        try layers.add("halves", halves.map { [$0] })
        try layers.add("one", [halves])
        try layers.add("counties", columns(&generator) + [[blob(&generator)]], family: "region")
        let table = try await layers.shares(["whole", "halves", "one"], "counties")
        let rows = ["whole", "halves", "one"].map { id in table.rows.filter { $0.group == .layer(id) } }
        for (whole, parts) in zip(rows[0], rows[1]) {
            #expect(same(whole.zoneArea.ellipsoidal.squareMeters, parts.zoneArea.ellipsoidal.squareMeters))
            #expect(parts.doubleCountedArea.ellipsoidal.squareMeters == 0 && parts.zones >= whole.zones)
        }
        #expect(rows[0].map(\.zones) == rows[2].map(\.zones))
        // The blob lies on counties: ground in two regions counts once in the whole, and is told.
        #expect(table.sharedByRegions.squareMeters > 0)
        #expect(rows[0].last?.zoneArea.ellipsoidal.squareMeters ?? 0 < table.closures[0].sum.squareMeters)
    }

    @Test("B-13: whatever overlaps, no share exceeds 1, and what covers a region has all of it", arguments: 0..<3)
    func neverAboveOne(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed + 30)
        let layers = try Layers()
        let small = (0..<12).map { _ in
            let (x, y) = (
                Double.random(in: 99.8...100.2, using: &generator), Double.random(in: 35.8...36.2, using: &generator)
            )
            return [rectangle(x, y, x + .random(in: 1e-6...0.1, using: &generator), y + 0.01)]
        }
        try layers.add("blobs", (0..<20).map { _ in [blob(&generator)] })
        try layers.add("cover", [[rectangle(99, 35, 101, 37)], [rectangle(99.5, 35.5, 100.5, 36.5)]])
        try layers.add("counties", small, family: "region")
        let table = try await layers.shares(["blobs", "cover"], "counties")
        #expect(table.rows.count == 3 * 13)
        for row in table.rows {
            let share = try #require(row.share)
            #expect((0...1).contains(share))
            if row.group != .layer("blobs") { #expect(share == 1) }
        }
    }

    @Test("Layers without ground give zeros and no crash")
    func empty() async throws {
        let layers = try Layers()
        try layers.add("none", [])
        try layers.add("flat", [[rectangle(100, 36, 100, 36.1)]])
        try layers.add("counties", [[rectangle(99, 35, 101, 37)]], family: "region")
        let table = try await layers.shares(["none", "flat"], "counties")
        #expect(table.rows.allSatisfy { $0.share == 0 && $0.zones == 0 && $0.zoneArea.chosen == .zero })
        await #expect(throws: RedlineError.self) { try await layers.shares(["counties"], "none") }
    }
}

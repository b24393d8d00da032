import GeometryEngine
import RedlineCells
import RedlineGeometry
import TestSupport
import Testing

private func layer(_ zones: [[Polygon]]) -> CellLayer { CellLayer(zones.map { CellBuilder().cells(of: $0) }) }

private func blobs(_ count: Int, _ generator: inout SeededGenerator) -> [[Polygon]] {
    (0..<count).map { _ in
        [
            Shapes.blob(
                x: .random(in: 99.7...100.3, using: &generator), y: .random(in: 35.7...36.3, using: &generator),
                radius: .random(in: 0.05...0.25, using: &generator), vertices: .random(in: 4...400, using: &generator),
                &generator)
        ]
    }
}

private func territory(of zones: CellLayer, and regions: CellLayer?) -> TerritoryCoverage {
    let tiles = CellTiles(zones)
    var query = CellQuery()
    return query.territory(of: tiles, in: 0..<tiles.count, and: regions)
}

private func same(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-12 * max(abs(a), abs(b), 1e9) }

@Suite("Zones and regions as a whole")
struct TerritoryTests {
    @Test("Regions that share no ground have together what their rows sum to", arguments: 0..<4)
    func partition(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let zones = layer(blobs(9, &generator))
        let regions = layer([
            [Shapes.rectangle(99.5, 35.5, 100.03, 36.5)], [Shapes.rectangle(100.03, 35.5, 100.5, 36.5)],
        ])
        var query = CellQuery()
        var sum = LayerCoverage()
        for region in 0..<2 { sum.add(query.coverage(of: zones, inRegion: region, of: regions)) }
        let whole = territory(of: zones, and: regions)
        let ground = territory(of: regions, and: nil)
        #expect(same(whole.union, sum.union) && same(whole.gross, sum.gross) && same(ground.union, sum.region))
        #expect(abs(ground.shared) < 1e-3 && ground.outside == 0)
        let all = query.coverage(of: zones, inRegion: 0, of: layer([[Shapes.rectangle(99, 35, 101, 37)]]))
        #expect(same(whole.union + whole.outside, all.union))
    }

    @Test("Where regions overlap ground counts once, and what they share is told", arguments: 0..<4)
    func overlapping(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed + 100)
        let zones = blobs(7, &generator)
        let regions = blobs(4, &generator)
        let context = try GeometryContext()
        func united(_ polygons: [[Polygon]]) throws -> [Polygon] {
            try context.unaryUnion(polygons.flatMap(\.self)).value().parts.polygons
        }
        let (zoneUnion, regionUnion) = (try united(zones), try united(regions))
        let both = try context.geometry(.multiPolygon(zoneUnion)).intersection(
            context.geometry(.multiPolygon(regionUnion)))
        let outside = try context.geometry(.multiPolygon(zoneUnion)).difference(
            context.geometry(.multiPolygon(regionUnion)))
        var query = CellQuery()
        let whole = territory(of: layer(zones), and: layer(regions))
        // The two paths agree to 1e-9 (design: cells).
        func close(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-9 * max(a, b, 1e8) }
        #expect(close(whole.union, squareMeters(try both.value().parts.polygons)))
        #expect(close(whole.outside, squareMeters(try outside.value().parts.polygons)))
        let ground = territory(of: layer(regions), and: nil)
        #expect(close(ground.union, squareMeters(regionUnion)))
        let coverage = query.coverage(of: layer(regions), inRegion: 0, of: layer([[Shapes.rectangle(99, 35, 101, 37)]]))
        #expect(close(ground.shared, coverage.exactly.dropFirst().reduce(0, +)))
    }

    @Test("Tiles that are added up and cells that are walked anew give the same", arguments: 0..<6)
    func tiles(seed: UInt64) {
        var generator = SeededGenerator(seed: seed + 200)
        // Some share ground and some do not, so that there are tiles of both kinds.
        let zones = layer(blobs(seed < 3 ? 9 : 3, &generator) + [[Shapes.rectangle(99.6, 35.6, 99.61, 35.61)]])
        let regions = layer(
            [[Shapes.rectangle(99.5, 35.5, 100.03, 36.5)]] + (seed.isMultiple(of: 2) ? blobs(3, &generator) : []))
        let tiles = CellTiles(zones)
        #expect(tiles.count > zones.count)
        var query = CellQuery()
        for region in 0..<regions.zoneCount {
            let cells = regions.cells(ofZone: region)
            let walked = query.coverage(of: zones, inCells: cells, of: regions)
            let added = query.coverage(of: IndexedTiles(tiles), inCells: cells, of: regions, tracing: false)
            #expect(same(walked.union, added.union) && same(walked.gross, added.gross))
            #expect(walked.region == added.region)
        }
        var sum = query.territory(of: tiles, in: 0..<tiles.count / 3, and: regions)
        sum.add(query.territory(of: tiles, in: tiles.count / 3..<tiles.count, and: regions))
        let whole = query.territory(of: tiles, in: 0..<tiles.count, and: regions)
        #expect(same(sum.union, whole.union) && same(sum.outside, whole.outside))
        let all = query.territory(of: tiles, in: 0..<tiles.count, and: nil)
        #expect(same(all.union, whole.union + whole.outside) && all.outside == 0)
    }

    @Test("A trace tells ground that is wide, and measures what may not be")
    func traces() {
        let region = layer([[Shapes.rectangle(100, 36, 101, 37)]])
        let zones = layer([
            [Shapes.rectangle(100.2, 36.2, 100.3, 36.3)],  // inside
            [Shapes.rectangle(100.5, 36.9, 100.6, 37.1)],  // half in
            [Shapes.rectangle(100.2, 37, 100.3, 37.1)],  // touches
            [Shapes.rectangle(100.2, 37 - 5e-9, 100.3, 37.1)],  // 0.55 mm in
            [Shapes.ring((100.7, 36.99), (100.8, 37.01), (100.6, 37.01))],  // a tip of a triangle
            [Shapes.rectangle(102, 36, 103, 37)],  // far
        ])
        var query = CellQuery()
        let found = query.coverage(
            of: IndexedTiles(CellTiles(zones)), inCells: region.cells(ofZone: 0), of: region, tracing: true
        ).zones
        #expect(found.filter(\.isWide).map(\.zone) == [0, 1, 4])
        let rest = found.filter { !$0.isWide }
        #expect(rest.allSatisfy { $0.zone == 2 || $0.zone == 3 })
        let sliver = squareMeters([Shapes.rectangle(100.2, 37 - 5e-9, 100.3, 37)])
        #expect(rest.contains { $0.zone == 3 && abs($0.area - sliver) < 1e-3 })
        #expect(rest.filter { $0.zone == 2 }.allSatisfy { $0.area < 3e-6 })
    }

    @Test("Tracing changes no area, and a joined layer is its parts")
    func joined() {
        var generator = SeededGenerator(seed: 8)
        let (first, second) = (layer(blobs(6, &generator)), layer(blobs(5, &generator)))
        let region = layer(blobs(1, &generator))
        var query = CellQuery()
        let cells = region.cells(ofZone: 0)
        let plain = query.coverage(of: IndexedTiles(CellTiles(first)), inCells: cells, of: region, tracing: false)
        let traced = query.coverage(of: IndexedTiles(CellTiles(first)), inCells: cells, of: region, tracing: true)
        #expect(plain.exactly == traced.exactly && plain.region == traced.region)
        let both = CellLayer(joining: [(first, [0, 2, 5]), (second, [1])])
        #expect(both.zoneCount == 4)
        let sum = [first.zoneCells(0), first.zoneCells(2), first.zoneCells(5), second.zoneCells(1)]
        #expect(
            query.coverage(of: both, inRegion: 0, of: region)
                == query.coverage(of: CellLayer(sum), inRegion: 0, of: region))
        #expect(CellLayer(joining: [(first, Array(0..<6))]).edges == first.edges)
    }
}

import GeometryEngine
import RedlineCells
import RedlineGeometry
import TestSupport
import Testing

private func layer(_ zones: [[Polygon]]) -> CellLayer { CellLayer(zones.map { CellBuilder().cells(of: $0) }) }

private let everywhere = Envelope(minX: 99, minY: 35, maxX: 101, maxY: 37)

private func crowded(_ patches: [Polygon], in window: Envelope = everywhere) -> [Envelope] {
    var query = CellQuery()
    return query.crowdedWindows(of: patches, in: window)
}

extension CellQuery {
    fileprivate mutating func crowdedWindows(of patches: [Polygon], in window: Envelope) -> [Envelope] {
        crowdedWindows(in: window) { body in
            for polygon in patches {
                body(polygon.exteriorRing.span, false)
                for ring in polygon.interiorRings { body(ring.span, true) }
            }
        }
    }
}

/// A mesh of quadrangles that share their edges to the last bit.
private func mesh(_ count: Int, _ generator: inout SeededGenerator) -> [Polygon] {
    let corners = (0...count).map { row in
        (0...count).map { column in
            Position(
                x: 99.5 + (Double(column) + .random(in: -0.3...0.3, using: &generator)) / Double(count),
                y: 35.5 + (Double(row) + .random(in: -0.3...0.3, using: &generator)) / Double(count))
        }
    }
    var patches: [Polygon] = []
    for row in 0..<count {
        for column in 0..<count {
            var ring = [
                corners[row][column], corners[row][column + 1], corners[row + 1][column + 1], corners[row + 1][column],
                corners[row][column],
            ]
            // Rings run either way, as in files.
            if Bool.random(using: &generator) { ring.reverse() }
            patches.append(Polygon(exteriorRing: ring))
        }
    }
    return patches
}

@Suite("Patches that share ground")
struct PatchTests {
    @Test("Neighbours that share edges share no ground, whole or with gaps between them", arguments: 0..<4)
    func neighbours(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var patches = mesh(12, &generator)
        #expect(crowded(patches).isEmpty)
        patches.removeAll { _ in Int.random(in: 0..<4, using: &generator) == 0 }
        #expect(crowded(patches).isEmpty)
        // A part of the ground alone, so that rings reach beyond the window on all sides.
        #expect(crowded(patches, in: Envelope(minX: 99.8, minY: 35.8, maxX: 100.1, maxY: 36.1)).isEmpty)
    }

    @Test("One patch drawn again is found though all of its edges are there twice, and no other place is")
    func again() throws {
        var generator = SeededGenerator(seed: 7)
        let patches = mesh(12, &generator)
        for place in [0, 40, 77, 143] {
            let windows = crowded(patches + [patches[place]])
            #expect(!windows.isEmpty)
            let envelope = Envelope(patches[place].exteriorRing)
            #expect(windows.allSatisfy { $0.intersects(envelope) })
        }
        // The whole mesh twice: only its outline is left, and lies around all of it.
        let windows = crowded(patches + patches)
        let area = windows.reduce(0) { $0 + $1.width * $1.height }
        #expect(area > 0.99 * patches.reduce(0) { $0 + $1.planarArea })
    }

    @Test("An overlap of a nanodegree along one border is found, and a gap of that width is none")
    func narrow() {
        let left = Shapes.rectangle(99.5, 35.5, 100, 36)
        #expect(crowded([left, Shapes.rectangle(100, 35.5, 100.5, 36)]).isEmpty)
        #expect(crowded([left, Shapes.rectangle(100.000_000_001, 35.5, 100.5, 36)]).isEmpty)
        #expect(!crowded([left, Shapes.rectangle(99.999_999_999, 35.5, 100.5, 36)]).isEmpty)
        // Vertices that only one of the two has.
        #expect(crowded([left, Shapes.ring((100, 35.5), (100.5, 35.5), (100.5, 36), (100, 36), (100, 35.75))]).isEmpty)
    }

    @Test("A hole and its filling share no ground, a hole and what reaches over its rim do")
    func holes() {
        let hole = Shapes.rectangle(99.8, 35.8, 99.9, 35.9)
        let holed = Polygon(
            exteriorRing: Shapes.rectangle(99.5, 35.5, 100, 36).exteriorRing, interiorRings: [hole.exteriorRing])
        #expect(crowded([holed, hole]).isEmpty)
        #expect(!crowded([holed, Shapes.rectangle(99.79, 35.8, 99.9, 35.9)]).isEmpty)
    }

    @Test(
        "Each patch by itself and the corrections give what GEOS gives by taking patches off one by one",
        arguments: 0..<6)
    func againstOverlay(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed + 300)
        var patches = (0..<7).map { _ in
            Shapes.blob(
                x: .random(in: 99.7...100.3, using: &generator), y: .random(in: 35.7...36.3, using: &generator),
                radius: .random(in: 0.05...0.3, using: &generator), vertices: .random(in: 4...300, using: &generator),
                &generator)
        }
        // One that covers windows wholly, and one that lies there twice.
        patches += [Shapes.rectangle(99.6, 35.6, 100.2, 36.2), patches[2]]
        let regions = [
            [Shapes.blob(x: 100, y: 36, radius: 0.4, vertices: 200, &generator)],
            [Shapes.rectangle(99.9, 35.2, 100.9, 36.1)],
        ]
        var ranks = (0..<patches.count).map { PatchRank(rank: Int32($0), group: Int32($0)) }
        for place in ranks.indices.dropLast() {
            let other = Int.random(in: place..<ranks.count, using: &generator)
            let rank = ranks[place].rank
            ranks[place].rank = ranks[other].rank
            ranks[other].rank = rank
        }
        let regionCells = layer(regions)
        var query = CellQuery()
        var coverages = Array(repeating: PatchCoverage(groups: patches.count), count: 2)
        for (patch, rank) in zip(patches, ranks) {
            let site = SiteCells([patch], area: squareMeters([patch]))
            for meeting in query.meetings(of: site, in: regionCells) { coverages[meeting.zone].add(meeting.area, rank) }
        }
        let gross = coverages
        // Blocks share no ground, so that they add up.
        for half in [
            Envelope(minX: 99, minY: 35, maxX: 100.01, maxY: 37), Envelope(minX: 100.01, minY: 35, maxX: 101, maxY: 37),
        ] {
            let windows = query.crowdedWindows(of: patches, in: half)
            for part in query.corrections(
                in: windows, of: layer(patches.map { [$0] }), ranks: ranks, groups: patches.count, regions: regionCells)
            {
                coverages[part.region].add(part.coverage)
            }
        }
        let context = try GeometryContext()
        for region in 0..<2 {
            var rest = try context.geometry(.multiPolygon(regions[region]))
            for place in patches.indices.sorted(by: { ranks[$0].rank < ranks[$1].rank }) {
                let patch = try context.geometry(.polygon(patches[place]))
                let won = squareMeters(try rest.intersection(patch).value().parts.polygons)
                #expect(abs(coverages[region].areas[place] - won) < 1e-9 * max(won, 1e9))
                rest = try rest.difference(patch)
            }
            let covered = coverages[region].areas.reduce(0, +)
            let sum = gross[region].areas.reduce(0, +)
            #expect(abs(sum - covered - coverages[region].doubleCounted) < 1e-11 * sum)
        }
    }
}

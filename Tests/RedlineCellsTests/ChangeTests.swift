import RedlineCells
import RedlineGeometry
import TestSupport
import Testing

/// Three layers as cells, and what changes between the first two in the third.
private struct Editions {
    let old: CellLayer
    let new: CellLayer
    let regions: CellLayer

    init(_ old: [[Polygon]], _ new: [[Polygon]], _ regions: [[Polygon]]) {
        func layer(_ zones: [[Polygon]]) -> CellLayer { CellLayer(zones.map { CellBuilder().cells(of: $0) }) }
        self.old = layer(old)
        self.new = layer(new)
        self.regions = layer(regions)
    }

    func change(inRegion region: Int) -> EditionChange {
        var query = CellQuery()
        return query.change(from: old, to: new, inCells: regions.cells(ofZone: region), of: regions)
    }

    func together() -> (inside: EditionChange, outside: EditionChange) {
        var query = CellQuery()
        return query.change(
            from: old, to: new, among: regions, in: Envelope(minX: 90, minY: 30, maxX: 110, maxY: 45))
    }
}

private func isSame(_ a: Double, _ b: Double, of whole: Double) -> Bool { abs(a - b) <= 1e-12 * whole }

@Suite("Two editions in cells")
struct ChangeTests {
    private func blobs(_ seed: UInt64, count: Int) -> [[Polygon]] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            let x = Double.random(in: 99.6...100.4, using: &random)
            let y = Double.random(in: 35.6...36.4, using: &random)
            return [Shapes.blob(x: x, y: y, radius: 0.3, vertices: 300, &random)]
        }
    }

    @Test("F-01 a zone that moves by a fifth of its width")
    func moved() {
        let old = Shapes.rectangle(95.00, 37, 95.10, 37.1)
        let new = Shapes.rectangle(95.02, 37, 95.12, 37.1)
        let change = Editions([[old]], [[new]], [[Shapes.rectangle(94, 36, 96, 38)]]).change(inRegion: 0)
        #expect(abs(change.old - 98_719_156.289_364) < 1e-4)
        #expect(abs(change.lost - 19_743_831.258) < 1e-3)
        #expect(abs(change.gained - 19_743_831.258) < 1e-3)
        #expect(abs(change.unchanged - 78_975_325.031) < 1e-3)
    }

    @Test("Old is unchanged and lost, new is unchanged and gained, whatever overlaps", arguments: 0..<6)
    func closes(seed: UInt64) {
        let (old, new) = (blobs(seed, count: 5), blobs(seed + 100, count: 6))
        let regions = blobs(seed + 200, count: 2)
        let editions = Editions(old, new, regions)
        var query = CellQuery()
        for region in 0..<2 {
            let change = editions.change(inRegion: region)
            let before = query.coverage(of: editions.old, inRegion: region, of: editions.regions)
            let after = query.coverage(of: editions.new, inRegion: region, of: editions.regions)
            let both = CellLayer((old + new).map { CellBuilder().cells(of: $0) })
            let either = query.coverage(of: both, inRegion: region, of: editions.regions)
            #expect(isSame(change.old, before.union, of: before.region))
            #expect(isSame(change.new, after.union, of: before.region))
            #expect(isSame(change.lost + change.gained + change.unchanged, either.union, of: before.region))
        }
    }

    @Test("An edition compared with itself loses and gains nothing at all", arguments: 0..<6)
    func selfComparison(seed: UInt64) {
        let zones = blobs(seed, count: 6)
        let editions = Editions(zones, zones, blobs(seed + 50, count: 3))
        for region in 0..<3 {
            let change = editions.change(inRegion: region)
            #expect(change.lost == 0 && change.gained == 0 && change.unchanged > 0)
        }
        let together = editions.together()
        #expect(together.inside.lost == 0 && together.inside.gained == 0)
        #expect(together.outside.lost == 0 && together.outside.gained == 0)
    }

    @Test("Swapping the editions swaps lost and gained", arguments: 0..<6)
    func swapped(seed: UInt64) {
        let (old, new, regions) = (blobs(seed, count: 4), blobs(seed + 7, count: 4), blobs(seed + 9, count: 2))
        for region in 0..<2 {
            let forth = Editions(old, new, regions).change(inRegion: region)
            let back = Editions(new, old, regions).change(inRegion: region)
            #expect(isSame(forth.lost, back.gained, of: forth.old))
            #expect(isSame(forth.gained, back.lost, of: forth.old))
            #expect(isSame(forth.unchanged, back.unchanged, of: forth.old))
        }
    }

    @Test(
        "Regions that tile the ground have together what the whole has; overlapping ones count once", arguments: 0..<4)
    func together(seed: UInt64) {
        let (old, new) = (blobs(seed, count: 4), blobs(seed + 7, count: 4))
        let tiles = [[Shapes.rectangle(99, 35, 100, 37)], [Shapes.rectangle(100, 35, 100.1, 37)]]
        let tiled = Editions(old, new, tiles)
        let whole = tiled.together()
        var sum = EditionChange()
        for region in 0..<2 { sum.add(tiled.change(inRegion: region)) }
        #expect(isSame(sum.lost, whole.inside.lost, of: sum.old))
        #expect(isSame(sum.gained, whole.inside.gained, of: sum.old))
        #expect(isSame(sum.unchanged, whole.inside.unchanged, of: sum.old))
        #expect(whole.outside.old > 0 || whole.outside.new > 0)
        let doubled = Editions(old, new, tiles + [[Shapes.rectangle(99.5, 35, 100.05, 37)]]).together()
        #expect(isSame(doubled.inside.old, whole.inside.old, of: sum.old))
        #expect(isSame(doubled.outside.lost, whole.outside.lost, of: sum.old))
    }
}

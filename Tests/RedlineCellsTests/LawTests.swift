import GeometryEngine
import RedlineCells
import RedlineGeometry
import TestSupport
import Testing

// Sums of a few hundred positive terms, each good to some 10⁻¹⁵.
private let relativeRounding = 1e-12

private func same(_ a: Double, _ b: Double, _ tolerance: Double = relativeRounding) -> Bool {
    abs(a - b) <= tolerance * max(abs(a), abs(b))
}

@Test("Cells of any size give the same area", arguments: 0..<6)
func cellSizes(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let zone = Shapes.blob(x: 100, y: 36, radius: 0.3, vertices: 3000, &generator)
    let site = Shapes.blob(x: 100.1, y: 36.1, radius: 0.25, vertices: 200, &generator)
    let reference = sharedArea([site], [zone], edgeLimit: 32)
    #expect(reference > 0)
    for edgeLimit in [2, 8, 16, 64, 128, 100_000] {
        #expect(same(sharedArea([site], [zone], edgeLimit: edgeLimit), reference), "\(edgeLimit)")
    }
}

@Test("What A shares with B, B shares with A", arguments: 0..<6)
func symmetric(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let first = Shapes.blob(x: 100, y: 36, radius: 0.3, vertices: 700, &generator)
    let second = Shapes.blob(x: 100.2, y: 36.1, radius: 0.2, vertices: 90, &generator)
    #expect(same(sharedArea([first], [second]), sharedArea([second], [first])))
}

@Test("Start, direction and order of rings change nothing")
func ringOrder() {
    var generator = SeededGenerator(seed: 5)
    var zone = Shapes.blob(x: 100, y: 36, radius: 0.3, vertices: 500, &generator)
    zone.interiorRings = [Shapes.rectangle(99.95, 35.95, 100, 36).exteriorRing]
    let site = Shapes.blob(x: 100.1, y: 36.1, radius: 0.25, vertices: 60, &generator)
    let reference = sharedArea([site], [zone])
    var turned = zone
    turned.exteriorRing.reverse()
    #expect(same(sharedArea([site], [turned]), reference))
    let open = zone.exteriorRing.dropLast()
    turned.exteriorRing = Array(open[100...] + open[..<100])
    #expect(same(sharedArea([site], [turned]), reference))
}

@Test("A site cut into pieces by zones that tile the ground has the area of its pieces", arguments: 0..<6)
func partition(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let site = Shapes.blob(x: 100, y: 36, radius: 0.3, vertices: 400, &generator)
    // An irregular mesh: neighbours share their corners to the last bit.
    let lines = 9
    var corners: [Position] = []
    for row in 0..<lines {
        for column in 0..<lines {
            corners.append(
                Position(
                    x: 99.6 + 0.1 * (Double(column) + .random(in: -0.3...0.3, using: &generator)),
                    y: 35.6 + 0.1 * (Double(row) + .random(in: -0.3...0.3, using: &generator))))
        }
    }
    var zones: [[Polygon]] = []
    for row in 0..<lines - 1 {
        for column in 0..<lines - 1 {
            let place = row * lines + column
            let ring = [place, place + 1, place + lines + 1, place + lines, place].map { corners[$0] }
            zones.append([Polygon(exteriorRing: ring)])
        }
    }
    let total = sharedAreas([site], zones).values.sorted().reduce(0, +)
    #expect(same(total, squareMeters([site])))
    let coverage = coverage(of: zones, in: [site])
    #expect(same(coverage.union, coverage.region) && same(coverage.gross, total))
    #expect(same(coverage.region, squareMeters([site])))
}

@Test("Cutting a zone in two changes nothing", arguments: 0..<6)
func cutInTwo(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let context = try GeometryContext()
    let zone = Shapes.blob(x: 100, y: 36, radius: 0.3, vertices: 2000, &generator)
    let site = Shapes.blob(x: 100.1, y: 36, radius: 0.2, vertices: 50, &generator)
    let halves = try [Shapes.rectangle(99, 35, 100.03, 37), Shapes.rectangle(100.03, 35, 101, 37)].map {
        try context.polygon(zone).intersection(context.polygon($0)).value().parts.polygons
    }
    let whole = sharedArea([site], [zone])
    let parts = halves.map { sharedArea([site], $0) }
    // GEOS puts each cut where a `Double` can hold it, 1.6 nm off.
    #expect(same(parts.reduce(0, +), whole, 1e-11))
    #expect(same(sharedArea([site], halves.flatMap(\.self)), whole, 1e-11))
}

@Test("Duplicated zones count twice in gross, once in union", arguments: [1, 2, 5])
func duplicates(count: Int) {
    var generator = SeededGenerator(seed: 3)
    let zone = Shapes.blob(x: 100, y: 36, radius: 0.3, vertices: 900, &generator)
    let region = Shapes.blob(x: 100.1, y: 36, radius: 0.3, vertices: 200, &generator)
    let shared = sharedArea([region], [zone])
    let coverage = coverage(of: Array(repeating: [zone], count: count), in: [region])
    #expect(coverage.exactly.count == count)
    #expect(same(coverage.union, shared) && same(coverage.gross, Double(count) * shared))
    // Coinciding edges may leave what rounding makes of them: nothing.
    #expect(coverage.exactly.dropLast().allSatisfy { abs($0) < relativeRounding * shared })
    #expect(coverage.doubleCounted == 0 || count > 1)
}

@Test("Union, gross and depths of overlapping zones are those that GEOS finds", arguments: 0..<10)
func depths(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let context = try GeometryContext()
    let region = Shapes.blob(x: 100, y: 36, radius: 0.3, vertices: 300, &generator)
    let zones = (0..<12).map { _ in
        Shapes.blob(
            x: .random(in: 99.7...100.3, using: &generator), y: .random(in: 35.7...36.3, using: &generator),
            radius: .random(in: 0.02...0.3, using: &generator), vertices: .random(in: 4...400, using: &generator),
            &generator)
    }
    let coverage = coverage(of: zones.map { [$0] }, in: [region])
    let united = try context.unaryUnion(zones).intersection(context.polygon(region))
    // The two paths agree to 1e-9 (design: cells).
    #expect(same(coverage.union, squareMeters(try united.value().parts.polygons), 1e-9))
    let gross = zones.reduce(0) { $0 + sharedArea([region], [$1]) }
    #expect(same(coverage.gross, gross))
    #expect(coverage.union <= coverage.gross)
    #expect(same(coverage.gross - coverage.union, coverage.doubleCounted, 1e-10))
}

@Test("Regions that share no ground have together what their union has", arguments: 0..<4)
func regionsAdd(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let zones = (0..<8).map { _ in
        [
            Shapes.blob(
                x: .random(in: 99.7...100.3, using: &generator), y: .random(in: 35.7...36.3, using: &generator),
                radius: 0.2, vertices: 300, &generator)
        ]
    }
    let parts = [(99.5, 100.03), (100.03, 100.5)].map { Shapes.rectangle($0.0, 35.5, $0.1, 36.5) }
    let whole = coverage(of: zones, in: [Shapes.rectangle(99.5, 35.5, 100.5, 36.5)])
    var sum = LayerCoverage()
    for part in parts { sum.add(coverage(of: zones, in: [part])) }
    #expect(same(sum.union, whole.union) && same(sum.gross, whole.gross) && same(sum.region, whole.region))
}

@Test("One task and several give the same, to the last bit")
func tasks() async {
    var generator = SeededGenerator(seed: 9)
    let zones = (0..<24).map { _ in
        Shapes.blob(
            x: .random(in: 99.7...100.3, using: &generator), y: .random(in: 35.7...36.3, using: &generator),
            radius: 0.2, vertices: 1000, &generator)
    }
    let sites = zones.map { SiteCells([$0], area: 1) }
    let alone = zones.map { CellBuilder().cells(of: [$0]) }
    let layer = CellLayer(alone)
    var query = CellQuery()
    let expected = sites.map { query.meetings(of: $0, in: layer) }
    await withTaskGroup(of: (Int, ZoneCells, [ZoneMeeting]).self) { group in
        for place in zones.indices {
            group.addTask {
                var query = CellQuery()
                return (place, CellBuilder().cells(of: [zones[place]]), query.meetings(of: sites[place], in: layer))
            }
        }
        for await (place, cells, meetings) in group {
            #expect(cells == alone[place] && meetings == expected[place])
        }
    }
}

@Test("Under nonzero winding ground covered twice is inside, under even–odd it is not")
func rules() {
    let rings = [Shapes.rectangle(100, 36, 100.2, 36.1), Shapes.rectangle(100.1, 36, 100.3, 36.1)]
    let site = SiteCells([Shapes.rectangle(99, 35, 101, 37)], area: 1)
    func area(_ rule: FillRule, _ edgeLimit: Int) -> Double {
        let layer = CellLayer([CellBuilder(edgeLimit: edgeLimit).cells(of: rings, rule: rule)])
        var query = CellQuery()
        return query.meetings(of: site, in: layer).reduce(0) { $0 + $1.area }
    }
    let whole = squareMeters([Shapes.rectangle(100, 36, 100.3, 36.1)])
    let twice = squareMeters([Shapes.rectangle(100.1, 36, 100.2, 36.1)])
    for edgeLimit in [1, 2, 32] {
        #expect(same(area(.nonzero, edgeLimit), whole))
        #expect(same(area(.evenOdd, edgeLimit), whole - twice))
    }
}

@Test("Cells of a zone share no ground and hold all of it", arguments: [2, 5, 32])
func disjointCells(edgeLimit: Int) {
    var generator = SeededGenerator(seed: 21)
    let zone = Shapes.blob(x: 100, y: 36, radius: 0.3, vertices: 2500, &generator)
    let layer = CellLayer([CellBuilder(edgeLimit: edgeLimit).cells(of: [zone])])
    var query = CellQuery()
    let region = query.coverage(of: layer, inRegion: 0, of: layer)
    #expect(same(region.region, squareMeters([zone])))
    #expect(region.exactly.count == 1 && same(region.union, region.region))
}

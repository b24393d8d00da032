import RedlineCells
import RedlineGeometry
import TestSupport
import Testing

// Coordinates near 100° are known to 1.4·10⁻¹⁴°, 1.6 nm: what is cut there may be off by that along each side.
private let nanometers = 1e-8

@Test("Rectangles share the rectangle between them", arguments: [8, 32])
func rectangles(edgeLimit: Int) {
    let site = Shapes.rectangle(100, 36, 100.01, 36.01)
    let zone = Shapes.rectangle(100.005, 35, 101, 36.005)
    let expected = squareMeters([Shapes.rectangle(100.005, 36, 100.01, 36.005)])
    let shared = sharedArea([site], [zone], edgeLimit: edgeLimit)
    // Two sides of 500 m, each off by nanometres.
    #expect(abs(shared - expected) < 1000 * nanometers)
}

@Test("A triangle and a rectangle share a triangle")
func triangle() {
    let site = Shapes.rectangle(100, 36, 100.5, 36.5)
    let zone = Shapes.ring((100, 36), (101, 36), (100, 37))
    #expect(abs(sharedArea([site], [zone]) - squareMeters([site])) < 0.01)
    let far = Shapes.rectangle(100.5, 36.5, 100.75, 36.75)
    #expect(abs(sharedArea([far], [zone])) < 0.01)
    let half = Shapes.rectangle(100.25, 36.5, 100.75, 37)
    let expected = squareMeters([Shapes.ring((100.25, 36.5), (100.5, 36.5), (100.25, 36.75))])
    // 25 km sides.
    #expect(abs(sharedArea([half], [zone]) - expected) < 75_000 * nanometers)
}

@Test("Ground that only touches is no area", arguments: [0.0, 1e-9])
func touching(gap: Double) {
    let site = Shapes.rectangle(100, 36, 100.01, 36.01)
    let zone = Shapes.rectangle(100.01 + gap, 35.99, 100.02, 36.02)
    #expect(sharedArea([site], [zone]) == 0)
    let corner = Shapes.rectangle(100.01 + gap, 36.01 + gap, 100.02, 36.02)
    #expect(sharedArea([site], [corner]) == 0)
}

@Test("A sliver of a nanodegree counts for what it is worth")
func sliver() {
    let site = Shapes.rectangle(100, 36, 100.01, 36.01)
    let zone = Shapes.rectangle(100.01 - 1e-9, 35.99, 100.02, 36.02)
    let expected = squareMeters([Shapes.rectangle(100.01 - 1e-9, 36, 100.01, 36.01)])
    // 0.1 m², and one side of 1.1 km off by nanometres.
    #expect(abs(sharedArea([site], [zone]) - expected) < 1100 * nanometers)
    #expect(expected > 0.09)
}

@Test("A site in a hole shares nothing, across its rim a part")
func hole() {
    var zone = Shapes.rectangle(100, 36, 101, 37)
    let hole = Shapes.rectangle(100.4, 36.4, 100.6, 36.6)
    zone.interiorRings = [hole.exteriorRing]
    #expect(sharedArea([Shapes.rectangle(100.45, 36.45, 100.5, 36.5)], [zone]) == 0)
    let across = Shapes.rectangle(100.35, 36.45, 100.45, 36.5)
    let expected = squareMeters([Shapes.rectangle(100.35, 36.45, 100.4, 36.5)])
    #expect(abs(sharedArea([across], [zone]) - expected) < 15_000 * nanometers)
    #expect(abs(sharedArea([hole], [zone])) < 60_000 * nanometers)
}

@Test("A spike and a repeated vertex add nothing")
func spike() {
    let plain = Shapes.rectangle(100, 36, 100.02, 36.02)
    let spiked = Shapes.ring(
        (100, 36), (100.02, 36), (100.02, 36.01), (100.05, 36.015), (100.02, 36.01), (100.02, 36.01), (100.02, 36.02),
        (100, 36.02))
    let site = Shapes.rectangle(100.01, 36.005, 100.06, 36.03)
    #expect(abs(sharedArea([site], [plain]) - sharedArea([site], [spiked])) < 10_000 * nanometers)
}

@Test("A zone as large as the site, vertex for vertex, shares all of it")
func equal() {
    var generator = SeededGenerator(seed: 11)
    for vertices in [4, 31, 300, 5000] {
        let shape = Shapes.blob(x: 100, y: 36, radius: 0.1, vertices: vertices, &generator)
        let area = squareMeters([shape])
        #expect(abs(sharedArea([shape], [shape]) - area) < 1e-9 * area)
    }
}

@Test("A site in one full cell costs no walk and has its own area")
func whole() {
    let zone = Shapes.rectangle(100, 36, 101, 37)
    let layer = CellLayer([CellBuilder().cells(of: [zone])])
    #expect(layer.count == 1 && layer.isFull(0))
    var query = CellQuery()
    let site = SiteCells([Shapes.rectangle(100.1, 36.1, 100.2, 36.2)], area: 42)
    #expect(query.meetings(of: site, in: layer) == [ZoneMeeting(zone: 0, area: 42, isWhole: true)])
}

@Test("Reach finds zones that do not touch, with no area")
func reach() {
    let layer = CellLayer([CellBuilder().cells(of: [Shapes.rectangle(100, 36, 101, 37)])])
    let site = SiteCells([Shapes.rectangle(101.001, 36.1, 101.002, 36.2)], area: 1)
    var query = CellQuery()
    #expect(query.meetings(of: site, in: layer).isEmpty)
    let found = query.meetings(of: site, in: layer, reachX: 0.0011)
    #expect(found == [ZoneMeeting(zone: 0, area: 0, isWhole: false)])
}

@Test("Broken input gives an answer, never a crash")
func broken() {
    let site = [Shapes.rectangle(100, 36, 100.01, 36.01)]
    let broken: [Polygon] = [
        Polygon(exteriorRing: []),
        Polygon(exteriorRing: [Position(x: 100, y: 36)]),
        Polygon(exteriorRing: [Position(x: .nan, y: 36), Position(x: .infinity, y: 1)]),
        Polygon(exteriorRing: Array(repeating: Position(x: 100.005, y: 36.005), count: 500)),
        Shapes.ring((100, 36), (100.01, 36.01)),
        Polygon(exteriorRing: (0..<500).map { Position(x: 100 + Double($0) * 1e-5, y: 36) }),
        Polygon(exteriorRing: (0..<500).map { Position(x: 100, y: 36 + Double($0) * 1e-5) }),
    ]
    for polygon in broken { #expect(sharedArea(site, [polygon]) == 0) }
    let huge = Shapes.rectangle(-1.7e308, -1.7e308, 1.7e308, 1.7e308)
    _ = sharedArea(site, [huge])
    _ = sharedArea([huge], [huge])
    _ = CellBuilder(edgeLimit: 1).cells(of: [huge])
}

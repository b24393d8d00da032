import Glibc
import RedlineCells
import RedlineGeometry
import TestSupport
import Testing

/// A ring through random places of a coarse grid: it crosses, retraces and touches itself.
private func scribble(_ generator: inout SeededGenerator, vertices: Int, steps: Double) -> Polygon {
    Polygon(
        exteriorRing: (0..<vertices).map { _ in
            Position(
                x: 100 + (.random(in: 0...1, using: &generator) * steps).rounded() / steps,
                y: 36 + (.random(in: 0...1, using: &generator) * steps).rounded() / steps)
        })
}

private func area(_ polygons: [Polygon], _ rule: FillRule, edgeLimit: Int) -> Double {
    let layer = CellLayer([CellBuilder(edgeLimit: edgeLimit).cells(of: polygons, rule: rule)])
    var query = CellQuery()
    return query.coverage(of: layer, inRegion: 0, of: layer).region
}

@Test("Scribbles have one area, however they are cut, under either rule", arguments: 0..<12)
func scribbles(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let steps = [1.0, 3, 10, 1e6][Int(seed % 4)]
    let polygons = (0..<3).map { _ in
        scribble(&generator, vertices: .random(in: 3...25, using: &generator), steps: steps)
    }
    for rule in [FillRule.evenOdd, .nonzero] {
        let reference = area(polygons, rule, edgeLimit: 100_000)
        for edgeLimit in [2, 7, 32] {
            // A degree square of 10¹⁰ m², with thousands of crossings that are each rounded.
            #expect(abs(area(polygons, rule, edgeLimit: edgeLimit) - reference) < 1e-3)
        }
    }
    #expect(area(polygons, .nonzero, edgeLimit: 32) >= area(polygons, .evenOdd, edgeLimit: 32) - 1e-3)
}

/// Whether a place has an odd number of edges to its left.
private func isInside(_ ring: [Position], _ x: Double, _ y: Double) -> Bool {
    var isInside = false
    for (place, start) in ring.enumerated() {
        let end = ring[(place + 1) % ring.count]
        guard (start.y > y) != (end.y > y) else { continue }
        if start.x + (y - start.y) / (end.y - start.y) * (end.x - start.x) < x { isInside.toggle() }
    }
    return isInside
}

// GEOS is no oracle here: its symmetric difference of a dozen such triangles can be twice too large, and valid.
@Test("Scribbles share with one another what samples show", arguments: 0..<20)
func scribblesShare(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let first = scribble(&generator, vertices: 12, steps: 1e6)
    let second = scribble(&generator, vertices: 9, steps: 1e6)
    let side = 200
    var hits = 0.0
    var all = 0.0
    for row in 0..<side {
        let y = 36 + (Double(row) + 0.5) / Double(side)
        for column in 0..<side {
            let x = 100 + (Double(column) + 0.5) / Double(side)
            all += cos(y * .pi / 180)
            if isInside(first.exteriorRing, x, y), isInside(second.exteriorRing, x, y) { hits += cos(y * .pi / 180) }
        }
    }
    let square = squareMeters([Shapes.rectangle(100, 36, 101, 37)])
    // Some 20 edges pass through 200 samples each: √4000/200² of the square is to be expected, five times that at most.
    #expect(abs(sharedArea([first], [second]) - hits / all * square) < 0.008 * square)
}

@Test(
    "Large rectangles weigh what rings around them do, in any latitude",
    arguments: [(-90.0, 90.0), (-60, -10), (-1, 1), (0, 0.125), (35, 55), (89, 90), (36, 36.0001)])
func latitudes(low: Double, high: Double) {
    let rectangle = Shapes.rectangle(70, low, 130, high)
    let expected = squareMeters([rectangle])
    #expect(abs(area([rectangle], .evenOdd, edgeLimit: 32) - expected) < 1e-13 * expected)
    let triangle = Shapes.ring((70, low), (130, low), (90, high))
    let part = squareMeters([triangle])
    for edgeLimit in [2, 32] {
        // Near the pole three points for each degree of a ring's edge leave out 10⁻¹² of so wide a triangle.
        #expect(abs(area([triangle], .evenOdd, edgeLimit: edgeLimit) - part) < 1e-11 * part)
    }
}

@Test("A star of many rays through one place is cut in reasonable time and space")
func rays() {
    let rays = 600
    var ring: [Position] = []
    for step in 0..<rays {
        let angle = Double(step) / Double(rays) * 2 * .pi
        ring.append(Position(x: 100 + 0.5 * cos(angle), y: 36 + 0.5 * sin(angle)))
        ring.append(Position(x: 100, y: 36))
    }
    let star = Polygon(exteriorRing: ring)
    let cells = CellBuilder().cells(of: [star])
    #expect(cells.edges.count < 8 * ring.count + 20_000)
    // Each ray goes out and back: nothing is enclosed.
    #expect(area([star], .evenOdd, edgeLimit: 32) < 1)
}

@Test("The same polygon a hundred times over cancels or stays, and its cells stay few")
func repeated() {
    var generator = SeededGenerator(seed: 8)
    let shape = Shapes.blob(x: 100, y: 36, radius: 0.2, vertices: 50, &generator)
    let odd = Array(repeating: shape, count: 101)
    let once = squareMeters([shape])
    // A hundred copies of each cut are summed.
    #expect(abs(area(odd, .evenOdd, edgeLimit: 32) - once) < 1e-9 * once)
    #expect(abs(area(odd, .nonzero, edgeLimit: 32) - once) < 1e-9 * once)
    #expect(area(Array(odd.dropLast()), .evenOdd, edgeLimit: 32) < 1e-9 * once)
    #expect(CellBuilder().cells(of: odd).edges.count < 8 * 50 * 101 + 20_000)
}

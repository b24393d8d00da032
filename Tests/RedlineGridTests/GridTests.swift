import RedlineGeometry
import RedlineGrid
import RedlineMeasure
import TestSupport
import Testing

/// Shares by row and column, as the walker finds them.
private func shares(
    _ polygons: [Polygon], width: Int = 10, height: Int = 10, bandRows: Int = 3, densities: [RowDensity]? = nil,
    centre: Bool = false
) -> [[Double]] {
    var grid = Array(repeating: Array(repeating: 0.0, count: width), count: height)
    for span in spans(polygons, width, height, bandRows, densities, centre) {
        for column in span.start..<span.end {
            grid[span.row][column] += densities == nil ? span.share : span.groundShare
        }
    }
    return grid
}

private func spans(
    _ polygons: [Polygon], _ width: Int, _ height: Int, _ bandRows: Int, _ densities: [RowDensity]?, _ centre: Bool
) -> [GridSpan] {
    let shape = GridShape(polygons, width: width, height: height, bandRows: bandRows)
    var walker = BandWalker()
    var spans: [GridSpan] = []
    for band in 0..<(height + bandRows - 1) / bandRows {
        let rows = band * bandRows..<min((band + 1) * bandRows, height)
        if centre {
            walker.appendSpansByCentre(of: shape, band: band, rows: rows, to: &spans)
        } else {
            walker.appendSpans(
                of: shape, band: band, rows: rows, densities: densities.map { Array($0[rows]) }, to: &spans)
        }
    }
    return spans
}

private func ring(_ places: [(Double, Double)]) -> [Position] {
    (places + places.prefix(1)).map { Position(x: $0.0, y: $0.1) }
}

private func box(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>) -> [Position] {
    ring([
        (x.lowerBound, y.lowerBound), (x.upperBound, y.lowerBound), (x.upperBound, y.upperBound),
        (x.lowerBound, y.upperBound),
    ])
}

@Suite("Shares of raster cells")
struct GridTests {
    @Test("A triangle over one cell, halves known by hand", arguments: [false, true])
    func triangle(reversed: Bool) {
        var places = ring([(1, 1), (3, 1), (1, 3)])
        if reversed { places.reverse() }
        let found = shares([Polygon(exteriorRing: places)])
        // The hypotenuse runs from (3, 1) to (1, 3): it halves the cells (2, 1) and (1, 2).
        #expect(found[1][1] == 1)
        #expect(found[1][2] == 0.5)
        #expect(found[2][1] == 0.5)
        #expect(found.joined().reduce(0, +) == 2)
    }

    @Test("Edges on cell edges take whole cells and nothing beside them")
    func onEdges() {
        let spans = spans([Polygon(exteriorRing: box(2...5, 3...7))], 10, 10, 4, nil, false)
        #expect(spans.allSatisfy { (3..<7).contains($0.row) && $0.start >= 2 && $0.end <= 5 })
        #expect(spans.allSatisfy { $0.share == 1 && $0.groundShare == 1 })
        #expect(spans.reduce(0) { $0 + $1.end - $1.start } == 12)
    }

    @Test("A region smaller than a cell, and a hole inside one cell")
    func small() {
        let dot = shares([Polygon(exteriorRing: box(4.25...4.5, 4.5...4.75))])
        #expect(dot[4][4] == 0.0625)
        #expect(dot.joined().reduce(0, +) == 0.0625)
        let holed = shares([Polygon(exteriorRing: box(1...9, 1...9), interiorRings: [box(3.25...3.75, 5.25...5.75)])])
        #expect(holed[5][3] == 0.75)
        #expect(holed.joined().reduce(0, +) == 63.75)
    }

    @Test("Ground beyond the grid is left out, and what is right of it stays whole")
    func beyond() {
        let found = shares([Polygon(exteriorRing: box(-5...4, -5...40))])
        #expect(found.allSatisfy { $0[0...3].allSatisfy { $0 == 1 } && $0[4...9].allSatisfy { $0 == 0 } })
        let diamond = Polygon(exteriorRing: ring([(5, -3), (14, 5), (5, 13), (-4, 5)]))
        // Of the diamond's four corners two lie left and right of the grid, 4 columns wide, and two above and below it,
        // 3 rows high: its sides fall 8 rows in 9 columns.
        let besides = 4 * 4 * 8.0 / 9
        let beyond = 3 * 3 * 9.0 / 8
        #expect(abs(shares([diamond]).joined().reduce(0, +) - (144 - 2 * besides - 2 * beyond)) < 1e-12)
        let shape = GridShape([diamond], width: 10, height: 10, bandRows: 4)
        #expect(!shape.isInside)
        #expect(abs(shape.cellCount - 144) < 1e-12)
    }

    @Test("Random stars: cells add up to the polygon, bands change nothing, and a cell's share is that of its clip")
    func random() {
        var generator = SeededGenerator(seed: 6)
        for _ in 0..<200 {
            let count = Int.random(in: 3...40, using: &generator)
            let places = (0..<count).map { index -> (Double, Double) in
                let angle = Double(index) / Double(count) * 2 * .pi
                let radius = Double.random(in: 0.2...5, using: &generator)
                return (5 + radius * cosine(angle), 5 + radius * cosine(angle - .pi / 2))
            }
            let polygon = Polygon(exteriorRing: ring(places))
            let whole = polygon.planarArea
            let byThree = shares([polygon], bandRows: 3)
            let byOne = shares([polygon], bandRows: 1)
            #expect(abs(byThree.joined().reduce(0, +) - whole) < 1e-11)
            for (a, b) in zip(byThree.joined(), byOne.joined()) { #expect(abs(a - b) < 1e-13) }
            let column = Int.random(in: 0..<10, using: &generator)
            let row = Int.random(in: 0..<10, using: &generator)
            let clipped = clip(ring(places), column, row)
            #expect(abs(byOne[row][column] - clipped) < 1e-11)
        }
    }

    @Test("Regions that tile share out every cell")
    func tiling() {
        var generator = SeededGenerator(seed: 7)
        let line = (0...20).map { Position(x: Double.random(in: 2...8, using: &generator), y: Double($0) / 2) }
        let left = [Position(x: 0, y: 0)] + line + [Position(x: 0, y: 10), Position(x: 0, y: 0)]
        let right = [Position(x: 10, y: 0)] + line + [Position(x: 10, y: 10), Position(x: 10, y: 0)]
        for centre in [false, true] {
            let a = shares([Polygon(exteriorRing: left)], centre: centre)
            let b = shares([Polygon(exteriorRing: right)], centre: centre)
            for (x, y) in zip(a.joined(), b.joined()) { #expect(abs(x + y - 1) < 1e-12) }
        }
    }

    @Test(
        "On a graticule the ground of cells adds up to the ellipsoidal area of the polygon", arguments: [0.001, 0.5, 5])
    func ground(size: Double) {
        // Cells of `size` degrees from 60° N down; columns of the same width.
        let top = 60.0
        let densities = (0..<10).map {
            RowDensity(top: top - Double($0) * size, bottom: top - Double($0 + 1) * size, width: size)
        }
        var generator = SeededGenerator(seed: 8)
        for _ in 0..<20 {
            let places = (0..<9).map { index -> (Double, Double) in
                let angle = Double(index) / 9 * 2 * .pi
                let radius = Double.random(in: 1...5, using: &generator)
                return (5 + radius * cosine(angle), 5 + radius * cosine(angle - .pi / 2))
            }
            let found = shares([Polygon(exteriorRing: ring(places))], densities: densities)
            let sum = zip(found, densities).reduce(0) { $0 + $1.0.reduce(0, +) * $1.1.cellArea }
            let onGround = ring(places).map { Position(x: 100 + $0.x * size, y: top - $0.y * size) }
            let exact = abs(EllipsoidalArea().signedRingArea(onGround).squareMeters)
            // Cells of 5° leave 10⁻¹⁰ to the polynomial; small ones only rounding.
            #expect(abs(sum - exact) < 1e-9 * exact)
        }
    }

    @Test("A cell's own area is that of its rectangle")
    func cellArea() {
        let density = RowDensity(top: 37.1, bottom: 37, width: 0.1)
        // The cell of case A-01.
        #expect(abs(density.cellArea - 98_719_156.289364) < 1e-5)
        let upper = shares(
            [Polygon(exteriorRing: box(0...1, 0...0.5))], width: 1, height: 1, bandRows: 1, densities: [density])[0][0]
        let half = [
            Position(x: 0, y: 37.05), Position(x: 0.1, y: 37.05), Position(x: 0.1, y: 37.1), Position(x: 0, y: 37.1),
        ]
        // The northern half is the smaller one.
        #expect(abs(upper * density.cellArea - EllipsoidalArea().signedRingArea(half).squareMeters) < 1e-5)
        #expect(upper < 0.5)
    }
}

private func cosine(_ angle: Double) -> Double {
    // A polynomial would do for a test; the series is enough and keeps the test free of C.
    var angle = angle.truncatingRemainder(dividingBy: 2 * .pi)
    if angle > .pi { angle -= 2 * .pi }
    if angle < -.pi { angle += 2 * .pi }
    var (term, sum) = (1.0, 1.0)
    for order in 1...14 {
        term *= -angle * angle / Double((2 * order - 1) * (2 * order))
        sum += term
    }
    return sum
}

/// The part of a cell inside a ring: Sutherland and Hodgman's clipping and the shoelace, for an independent answer.
private func clip(_ ring: [Position], _ column: Int, _ row: Int) -> Double {
    var places = Array(ring.dropLast())
    let sides: [(Bool, Double, Bool)] = [
        (true, Double(column), true), (true, Double(column + 1), false), (false, Double(row), true),
        (false, Double(row + 1), false),
    ]
    for (isX, line, keepsAbove) in sides {
        var kept: [Position] = []
        func value(_ position: Position) -> Double { isX ? position.x : position.y }
        func isIn(_ position: Position) -> Bool { keepsAbove ? value(position) >= line : value(position) <= line }
        for (index, end) in places.enumerated() {
            let start = places[(index + places.count - 1) % places.count]
            if isIn(start) != isIn(end) {
                let part = (line - value(start)) / (value(end) - value(start))
                kept.append(
                    Position(x: start.x + part * (end.x - start.x), y: start.y + part * (end.y - start.y)))
            }
            if isIn(end) { kept.append(end) }
        }
        places = kept
    }
    var sum = 0.0
    for (index, end) in places.enumerated() {
        let start = places[(index + places.count - 1) % places.count]
        sum += start.x * end.y - end.x * start.y
    }
    return abs(sum) / 2
}

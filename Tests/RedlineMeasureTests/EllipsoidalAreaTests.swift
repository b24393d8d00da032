import RedlineGeometry
import RedlineMeasure
import TestSupport
import Testing

private let measure = EllipsoidalArea()

// Printed areas hold for decimal coordinates; 95.1 as a Double is off by up to 7·10⁻¹⁵ degrees, which is 7·10⁻¹⁴ of a
// cell of 0.1°, and ten times that of one of 0.01°.
private let decimalTolerance = 1e-13

@Test("A-01: the cell, in either direction and from any first vertex")
func cell() {
    let ring = box(95, 37, 95.1, 37.1)
    for start in 0..<4 {
        let turned = Array(ring[start..<4] + ring[0...start])
        for ring in [turned, Array(turned.reversed())] {
            let area = measure.area(of: Polygon(exteriorRing: ring)).squareMeters
            #expect(abs(area / 98_719_156.289_363_65 - 1) <= decimalTolerance)
            // In 50 digits for the very doubles: the design's aim.
            #expect(abs(area / 98_719_156.289_359_441 - 1) <= 1e-14)
        }
    }
}

@Test("A-03: a hole is subtracted whatever its direction")
func hole() {
    let shell = box(95, 37, 95.1, 37.1)
    let hole = box(95.04, 37.04, 95.06, 37.06)
    for hole in [hole, hole.reversed()] {
        for shell in [shell, shell.reversed()] {
            let area = measure.area(of: Polygon(exteriorRing: shell, interiorRings: [hole])).squareMeters
            #expect(abs(area - 94_770_389.550_925) <= 5e-6)
        }
    }
}

@Test("A-04: the halves of the cell make the cell and are not equal")
func additive() {
    let southWest = measure.signedRingArea(ring((95, 37), (95.1, 37), (95, 37.1))).squareMeters
    let northEast = measure.signedRingArea(ring((95.1, 37), (95.1, 37.1), (95, 37.1))).squareMeters
    let cell = measure.signedRingArea(box(95, 37, 95.1, 37.1)).squareMeters
    #expect(abs(southWest / 49_370_232.088_945_43 - 1) <= decimalTolerance)
    #expect(abs(northEast / 49_348_924.200_418_22 - 1) <= decimalTolerance)
    #expect(abs((southWest + northEast) / cell - 1) <= 1e-15)
}

@Test("A-06: the small triangle")
func smallTriangle() {
    let area = measure.signedRingArea(ring((95, 37), (95.001, 37), (95, 37.001))).squareMeters
    #expect(abs(area - 4_939.131_447) <= 5e-7)
}

@Test(
    "Reference areas of 50-digit arithmetic",
    arguments: [
        ((95.0, 37.0, 95.1, 37.1), 98_719_156.289_363_65), ((95, 37.1, 95.1, 37.2), 98_591_156.875_669_78),
        ((95, 36, 96, 37), 9_941_644_196.753_654), ((102, 38, 102.01, 38.01), 974_844.004_592_882_5),
        ((100, 35, 101, 36), 10_066_275_204.056_28), ((95.04, 37.04, 95.06, 37.06), 3_948_766.738_438_286),
        ((0, 0, 1, 90), 708_424_474_609.015_6), ((-180, -90, 180, 90), 510_065_621_718_491.2),
    ])
func referenceCells(cell: (Double, Double, Double, Double), squareMeters: Double) {
    let area = measure.signedRingArea(box(cell.0, cell.1, cell.2, cell.3)).squareMeters
    // A cell of 0.01° feels the doubles of its decimals ten times as much.
    let size = min(cell.2 - cell.0, cell.3 - cell.1)
    #expect(abs(area / squareMeters - 1) <= max(1e-14, 1.5e-14 / size))
}

@Test(
    "Triangles, squares and stars of 10 m to 100 km agree with 50 digits to 10⁻¹⁴",
    arguments: try ReferenceShape.areas())
func ellipsoidalReference(shape: ReferenceShape) {
    let area = measure.signedRingArea(shape.ring).squareMeters
    #expect(abs(area / shape.figures[0] - 1) <= 1e-14)
}

@Test("Straight edges may be cut anywhere: the pieces add up")
func cutsChangeNothing() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<2_000 {
        let size = exp10Size(Double.random(in: -4...1, using: &generator))
        let x = Double.random(in: -170...170, using: &generator)
        let y = Double.random(in: -70...70, using: &generator)
        let a = Position(x: x, y: y)
        let b = Position(x: x + size, y: y + size * Double.random(in: -0.9...0.9, using: &generator))
        let c = Position(x: x + size * 0.3, y: y + size * Double.random(in: 0.95...1, using: &generator))
        let middle = Position(x: (a.x + b.x) / 2, y: (a.y + b.y) / 2)
        let whole = measure.signedRingArea([a, b, c]).squareMeters
        let parts = [[a, middle, c], [middle, b, c]].map { measure.signedRingArea($0).squareMeters }
        // The middle is rounded to doubles: half a unit of the last place each way, over the size of the triangle,
        // whose height is at least 0.68 of it.
        let rounding = (abs(x) + abs(y) + 2 * size).ulp / size * 2 + 1e-14
        #expect(abs((parts[0] + parts[1]) / whole - 1) <= rounding)
    }
}

private func exp10Size(_ exponent: Double) -> Double {
    var size = 1.0
    for _ in 0..<Int(exponent.magnitude * 10) { size *= exponent < 0 ? 0.794_328_2 : 1.258_925_4 }
    return size
}

@Test("An open ring is the closed one, and fewer than three positions hold nothing")
func openRings() {
    let closed = box(95, 37, 95.1, 37.1)
    #expect(measure.signedRingArea(Array(closed.dropLast())) == measure.signedRingArea(closed))
    #expect(measure.signedRingArea([]) == .zero)
    #expect(measure.signedRingArea(Array(closed.prefix(2))) == .zero)
    #expect(measure.area(of: Polygon(exteriorRing: [])) == .zero)
}

@Test("Parts of all kinds and depths are summed; lines and points hold nothing")
func geometryParts() {
    let west = Polygon(exteriorRing: box(95, 37, 95.05, 37.1))
    let east = Polygon(exteriorRing: box(95.05, 37, 95.1, 37.1))
    let line = Geometry.lineString(LineString(positions: box(95, 37, 96, 38)))
    let geometry = Geometry.collection([.multiPolygon([west]), .collection([.polygon(east), line, .point(nil)])])
    #expect(measure.area(of: geometry) == measure.area(of: west) + measure.area(of: east))
}

@Test("What is no number stays none, and nothing stops")
func notANumber() {
    for bad in [Double.nan, .infinity, 1e300] {
        let area = measure.signedRingArea(ring((95, 37), (95.1, 37), (95, bad))).squareMeters
        #expect(!area.isFinite)
    }
}

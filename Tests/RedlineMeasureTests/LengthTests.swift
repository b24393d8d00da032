import Foundation
import RedlineGeometry
import RedlineMeasure
import TestSupport
import Testing

private let measure = GeodesicLength()

@Test("A-13: a line along a parallel inside the cell")
func lengthAlongParallel() {
    let line = Geometry.lineString(LineString(positions: [Position(x: 95, y: 37.05), Position(x: 95.1, y: 37.05)]))
    #expect(abs(measure.length(of: line).meters - 8_895.335) <= 1e-3)
}

@Test(
    "The length of a long edge is the sum of the geodesics of its pieces",
    arguments: [
        (Position(x: 95, y: 37), Position(x: 96, y: 37)), (Position(x: 95, y: 37), Position(x: 95.7, y: 38.1)),
        (Position(x: 100, y: -3), Position(x: 101, y: 4)), (Position(x: 20, y: 60), Position(x: 23, y: 71)),
        (Position(x: 95, y: 37), Position(x: 95, y: 47)), (Position(x: 0, y: 80), Position(x: 30, y: 89)),
        (Position(x: 95, y: 37), Position(x: 95.002, y: 37.001)),
    ])
func piecesOfLongEdges(start: Position, end: Position) {
    // Pieces of some 60 m: their geodesics leave the edge by far less than 1 mm, and the sum by less than 10⁻⁶ m.
    let count = max(Int(measure.geodesicDistance(start, end).meters / 60), 1)
    var sum = 0.0
    var previous = start
    for piece in 1...count {
        let part = Double(piece) / Double(count)
        let next = Position(x: start.x + part * (end.x - start.x), y: start.y + part * (end.y - start.y))
        sum += measure.geodesicDistance(previous, next).meters
        previous = next
    }
    let length = measure.length(of: [start, end]).meters
    // The pieces' own vertices are rounded, each to about 1.5 nm.
    #expect(abs(length - sum) <= 1e-9 * sum + 1e-6)
}

@Test("An edge short enough is as long as its geodesic")
func shortEdges() {
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<5_000 {
        let start = Position(
            x: .random(in: -180...180, using: &generator), y: .random(in: -85...85, using: &generator))
        let end = Position(
            x: start.x + .random(in: -0.001...0.001, using: &generator),
            y: start.y + .random(in: -0.001...0.001, using: &generator))
        let geodesic = measure.geodesicDistance(start, end).meters
        // 8/3·h²/s with the distance h from chord to edge: 0.4 mm at 85° N for 110 m.
        #expect(abs(measure.length(of: [start, end]).meters - geodesic) <= 1e-8)
    }
}

@Test("Lengths add up wherever a line is cut")
func lengthsAddUp() {
    var generator = SeededGenerator(seed: 13)
    for _ in 0..<2_000 {
        let start = Position(x: .random(in: 0...120, using: &generator), y: .random(in: -80...80, using: &generator))
        let end = Position(
            x: start.x + .random(in: -2...2, using: &generator), y: start.y + .random(in: -2...2, using: &generator))
        let middle = Position(x: (start.x + end.x) / 2, y: (start.y + end.y) / 2)
        let whole = measure.length(of: [start, end]).meters
        let parts = measure.length(of: [start, middle]).meters + measure.length(of: [middle, end]).meters
        // The one-point rule of short edges misses up to 8·10⁻¹¹ of the length.
        #expect(abs(whole - parts) <= 1e-10 * whole + 1e-8)
    }
}

@Test("The perimeter counts all rings, and the mean width of a strip is its width")
func perimeterAndWidth() {
    let strip = Polygon(exteriorRing: box(95, 37, 95.1, 37.000_01))
    let perimeter = measure.perimeter(of: strip).meters
    let (_, geodesic) = (0, 2 * 8_901.14)
    #expect(abs(perimeter - geodesic) <= 3)
    let height = 1e-5 * measure.approximateMetersPerDegree(latitude: 37).latitude
    // 2·area/perimeter of a rectangle is w·h/(w + h): short of the width by h/w.
    #expect(abs(measure.meanWidth(of: strip).meters / height - 1) <= 2 * height / 8_900)
    #expect(measure.meanWidth(of: Polygon(exteriorRing: [])) == .zero)
    let open = Polygon(exteriorRing: Array(strip.exteriorRing.dropLast()))
    #expect(measure.perimeter(of: open) == measure.perimeter(of: strip))
}

@Test("Metres of a degree at 37° N, by the radii of curvature")
func metersPerDegree() {
    let (longitude, latitude) = measure.approximateMetersPerDegree(latitude: 37)
    let west = Position(x: 95, y: 37)
    #expect(abs(longitude - measure.geodesicDistance(west, Position(x: 95.000_1, y: 37)).meters * 1e4) <= 1e-2)
    let south = Position(x: 95, y: 36.999_95)
    #expect(abs(latitude - measure.geodesicDistance(south, Position(x: 95, y: 37.000_05)).meters * 1e4) <= 1e-2)
}

@Test(
    "Twenty inverse geodesics of GeographicLib's own tests",
    .enabled(if: SharedData.path("data/suites/geodesic/inverse-20.csv") != nil, "needs the reference data"))
func inverseGeodesics() throws {
    let rows = try table("inverse-20.csv")
    #expect(rows.count == 20)
    let wgs84 = GeodesicLength(ellipsoid: .wgs84)
    for row in rows {
        let numbers = row.compactMap { Double($0) }
        let distance = wgs84.geodesicDistance(
            Position(x: numbers[1], y: numbers[0]), Position(x: numbers[4], y: numbers[3]))
        #expect(abs(distance.meters - numbers[6]) <= 1e-7)  // The suite's figures have ten decimals; Karney: 15 nm.
    }
}

@Test(
    "Eight geodesic polygons, with poles and the antimeridian",
    .enabled(if: SharedData.path("data/suites/geodesic/polygon-areas.csv") != nil, "needs the reference data"))
func geodesicPolygons() throws {
    let rows = try table("polygon-areas.csv")
    #expect(rows.count == 8)
    for row in rows {
        let ring = row[1].split(separator: ";").map { pair in
            let numbers = pair.split(separator: " ").compactMap { Double($0) }
            return Position(x: numbers[1], y: numbers[0])
        }
        let area = GeodesicArea(ellipsoid: .wgs84).area(of: Polygon(exteriorRing: ring)).squareMeters
        let expected = abs(try #require(Double(row[3])))
        // The suite prints most figures to the square metre, some from an older series 2 m² apart.
        #expect(abs(area - expected) <= max(1e-9 * expected, 2), "\(row[0])")
    }
}

private func table(_ name: String) throws -> [[String]] {
    let path = try #require(SharedData.path("data/suites/geodesic/" + name))
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return text.split(whereSeparator: \.isNewline).dropFirst().map { line in
        line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
}

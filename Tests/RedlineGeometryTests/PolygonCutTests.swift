import RedlineGeometry
import TestSupport
import Testing

private func ring(_ coordinates: [(Double, Double)]) -> [Position] {
    let positions = coordinates.map { Position(x: $0.0, y: $0.1) }
    return positions + [positions[0]]
}

@Test("A square with a hole across the line becomes two horseshoes")
func horseshoes() throws {
    let polygon = Polygon(
        exteriorRing: ring([(0, 0), (4, 0), (4, 4), (0, 4)]), interiorRings: [ring([(1, 1), (3, 1), (3, 3), (1, 3)])])
    let halves = try #require(PolygonCut.halves(of: polygon, across: .x, at: 2))
    #expect(halves.below.count == 1)
    #expect(halves.above.count == 1)
    #expect(halves.below.first?.interiorRings.isEmpty == true)
    #expect(halves.below.first?.planarArea == 6)
    #expect(halves.above.first?.planarArea == 6)
}

@Test("A line through vertices is moved off them, a hole beside it stays a hole")
func lineThroughVertices() throws {
    let polygon = Polygon(
        exteriorRing: ring([(0, 0), (2, 0), (4, 0), (4, 4), (2, 4), (0, 4)]),
        interiorRings: [ring([(2, 1), (3, 1), (3, 2), (2, 2)])])
    let halves = try #require(PolygonCut.halves(of: polygon, across: .x, at: 2))
    let area = (halves.below + halves.above).reduce(0) { $0 + $1.planarArea }
    #expect(abs(area - 15) < 1e-12)  // Rounding of the crossings.
}

@Test("A comb falls apart into its teeth, holes go to the tooth that holds them")
func comb() throws {
    var outline: [(Double, Double)] = [(0, 0), (10, 0)]
    for tooth in stride(from: 9.0, through: 1.0, by: -2.0) {
        outline += [(tooth + 1, 5), (tooth, 5), (tooth, 1), (tooth - 1, 1)].dropLast(tooth == 1 ? 1 : 0)
    }
    outline.append((0, 1))
    let hole = ring([(9.2, 3), (9.8, 3), (9.8, 4), (9.2, 4)])
    let polygon = Polygon(exteriorRing: ring(outline), interiorRings: [hole])
    let halves = try #require(PolygonCut.halves(of: polygon, across: .y, at: 2))
    #expect(halves.above.count == 5)
    #expect(halves.above.filter { $0.interiorRings.count == 1 }.count == 1)
    let area = (halves.below + halves.above).reduce(0) { $0 + $1.planarArea }
    #expect(abs(area - polygon.planarArea) < 1e-12 * polygon.planarArea)
}

@Test("Random stars cut anywhere keep their area, whichever way their rings run")
func randomStars() throws {
    var generator = SeededGenerator(seed: 42)
    for _ in 0..<300 {
        let count = Int.random(in: 5...200, using: &generator)
        var positions = (0..<count).map { step -> Position in
            let (x, y) = direction(Double(step) / Double(count))
            let radius = Double.random(in: 0.2...1, using: &generator)
            return Position(x: 95 + radius * x, y: 37 + radius * y)
        }
        positions.append(positions[0])
        if Bool.random(using: &generator) { positions.reverse() }
        let polygon = Polygon(exteriorRing: positions)
        let axis: PolygonCut.Axis = Bool.random(using: &generator) ? .x : .y
        let center = axis == .x ? 95.0 : 37.0
        let halves = try #require(
            PolygonCut.halves(of: polygon, across: axis, at: center + .random(in: -0.9...0.9, using: &generator)))
        let area = (halves.below + halves.above).reduce(0) { $0 + $1.planarArea }
        #expect(abs(area - polygon.planarArea) <= 1e-12 * polygon.planarArea)  // Rounding of the crossings.
    }
}

/// A place on a diamond around the origin, a quarter for each side; enough of a circle for a star.
private func direction(_ turn: Double) -> (Double, Double) {
    let t = (turn * 4).truncatingRemainder(dividingBy: 1)
    switch Int(turn * 4) {
    case 0: return (1 - t, t)
    case 1: return (-t, 1 - t)
    case 2: return (t - 1, -t)
    default: return (t, t - 1)
    }
}

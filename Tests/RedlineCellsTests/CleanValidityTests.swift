import GeometryEngine
import Glibc
import RedlineCells
import RedlineGeometry
import TestSupport
import Testing

private func ring(_ corners: [(Double, Double)]) -> [Position] {
    (corners + corners.prefix(1)).map { Position(x: 95 + $0.0, y: 37 + $0.1) }
}

private func square(_ west: Double, _ south: Double, _ size: Double) -> [Position] {
    ring([(west, south), (west + size, south), (west + size, south + size), (west, south + size)])
}

@Test("What is called clearly valid GEOS calls valid; nearly all of what is valid is clearly so", arguments: 0..<20)
func clearlyValid(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let context = try GeometryContext()
    var (clear, valid) = (0, 0)
    for turn in 0..<60 {
        var blob = Shapes.blob(
            x: 95, y: 37, radius: 0.1, vertices: [4, 9, 40, 300, 2000][turn % 5], &generator)
        if turn % 3 == 0 {
            blob.interiorRings = (0..<4).map { place in
                let angle = Double(place) * .pi / 2
                return Shapes.blob(
                    x: 95 + 0.02 * cos(angle), y: 37 + 0.02 * sin(angle),
                    radius: .random(in: 0.001...0.02, using: &generator),
                    vertices: 12, &generator
                ).exteriorRing
            }
        }
        var polygons = [blob]
        if turn % 4 == 0 {
            polygons.append(
                Shapes.blob(
                    x: 95 + .random(in: -0.3...0.3, using: &generator), y: 37,
                    radius: .random(in: 0.001...0.1, using: &generator),
                    vertices: 20, &generator))
        }
        // Moved vertices make crossings, spikes and touches.
        if turn % 2 == 0 {
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let count = polygons[0].exteriorRing.count - 1
                let (one, other) = (
                    Int.random(in: 1..<count, using: &generator), Int.random(in: 1..<count, using: &generator)
                )
                polygons[0].exteriorRing[one] =
                    Bool.random(using: &generator)
                    ? polygons[0].exteriorRing[other]
                    : Position(
                        x: 95 + .random(in: -0.1...0.1, using: &generator),
                        y: 37 + .random(in: -0.1...0.1, using: &generator))
            }
        }
        let isValid = try context.geometry(.multiPolygon(polygons)).isValid
        let isClear = ZoneOutline.areClearlyValid(polygons)
        #expect(!isClear || isValid)
        if isValid { valid += 1 }
        if isClear { clear += 1 }
    }
    #expect(valid > 20 && Double(clear) > 0.8 * Double(valid), "\(clear) of \(valid)")
}

@Test("Rings lie in each other as shells and holes do, or nothing is said")
func nesting() {
    let whole = Polygon(exteriorRing: square(0, 0, 1), interiorRings: [square(0.2, 0.2, 0.6)])
    let island = Polygon(exteriorRing: square(0.4, 0.4, 0.2))
    #expect(ZoneOutline.areClearlyValid([whole, island]))
    #expect(ZoneOutline.areClearlyValid([island, whole]))
    #expect(ZoneOutline.areClearlyValid([whole, Polygon(exteriorRing: square(2, 0, 1))]))
    // A shell in a shell, a hole outside, a hole in a hole, a hole of the wrong polygon.
    #expect(!ZoneOutline.areClearlyValid([Polygon(exteriorRing: square(0, 0, 1)), island]))
    #expect(!ZoneOutline.areClearlyValid([Polygon(exteriorRing: square(0, 0, 1), interiorRings: [square(2, 0, 0.5)])]))
    #expect(
        !ZoneOutline.areClearlyValid([
            Polygon(exteriorRing: square(0, 0, 1), interiorRings: [square(0.2, 0.2, 0.6), square(0.4, 0.4, 0.2)])
        ]))
    #expect(
        !ZoneOutline.areClearlyValid([
            Polygon(exteriorRing: square(0, 0, 1)),
            Polygon(exteriorRing: square(2, 0, 1), interiorRings: [square(0.4, 0.4, 0.2)]),
        ]))
}

@Test("Touches, spikes, repeated positions and hair's breadths are left to others")
func unclearRings() {
    let spike = ring([(0, 0), (1, 0), (1, 0.5), (2, 0.5), (1, 0.5), (1, 1), (0, 1)])
    let touch = ring([(0, 0), (1, 0), (0.5, 0.5), (1, 1), (0, 1), (0.5, 0.5)])
    let repeated = ring([(0, 0), (1, 0), (1, 0), (1, 1)])
    let thin = ring([(0, 0), (1, 0), (1, 1e-12)])
    for positions in [spike, touch, repeated, thin] {
        #expect(!ZoneOutline.areClearlyValid([Polygon(exteriorRing: positions)]))
    }
    let hole = Polygon(exteriorRing: square(0, 0, 1), interiorRings: [square(0, 0.2, 0.2)])
    #expect(!ZoneOutline.areClearlyValid([hole]))
    #expect(ZoneOutline.areClearlyValid([Polygon(exteriorRing: square(0, 0, 1).reversed())]))
    #expect(ZoneOutline.areClearlyValid([]))
}

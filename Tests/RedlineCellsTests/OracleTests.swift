import GeometryEngine
import Glibc
import RedlineCells
import RedlineGeometry
import RedlineMeasure
import TestSupport
import Testing

/// The area that GEOS' intersection of two shapes has on the ellipsoid, in square metres.
func oracle(_ first: [Polygon], _ second: [Polygon], _ context: GeometryContext) throws -> Double {
    let one = try context.geometry(.multiPolygon(first))
    let other = try context.geometry(.multiPolygon(second))
    return squareMeters(try one.intersection(other).value().parts.polygons)
}

/// The two paths agree to 1e-9 of the area or to 1e-4 m² (design: cells).
func agree(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= max(1e-4, 1e-9 * max(abs(a), abs(b))) }

@Test("Seeded shapes share what GEOS finds them to share", arguments: 0..<60)
func seeded(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let context = try GeometryContext()
    let vertices = [5, 12, 40, 200, 1000, 5000][Int(seed % 6)]
    let zone = Shapes.blob(x: 100, y: 36, radius: 0.2, vertices: vertices, &generator)
    for _ in 0..<8 {
        let site = Shapes.blob(
            x: .random(in: 99.8...100.2, using: &generator), y: .random(in: 35.8...36.2, using: &generator),
            radius: pow(10, .random(in: -4...(-0.7), using: &generator)),
            vertices: .random(in: 4...80, using: &generator),
            &generator)
        let expected = try oracle([site], [zone], context)
        let shared = sharedArea([site], [zone])
        #expect(agree(shared, expected), "\(shared) \(expected)")
    }
}

/// Shapes that break overlay engines.
private enum Torture {
    static func star(_ points: Int, x: Double, y: Double, radius: Double) -> Polygon {
        var ring = (0..<2 * points).map { step -> Position in
            let angle = Double(step) * .pi / Double(points)
            let r = step % 2 == 0 ? radius : radius * 1e-3
            return Position(x: x + r * cos(angle), y: y + r * sin(angle))
        }
        ring.append(ring[0])
        return Polygon(exteriorRing: ring)
    }

    static func comb(_ teeth: Int) -> Polygon {
        var ring = [Position(x: 100, y: 36)]
        for tooth in 0..<teeth {
            let x = 100 + Double(tooth) * 1e-3
            ring.append(Position(x: x, y: 36.1))
            ring.append(Position(x: x + 4e-4, y: 36.1))
            ring.append(Position(x: x + 4e-4, y: 36.001))
            ring.append(Position(x: x + 1e-3, y: 36.001))
        }
        ring.append(Position(x: 100 + Double(teeth) * 1e-3, y: 36))
        ring.append(ring[0])
        return Polygon(exteriorRing: ring)
    }

    static func chessboard(_ side: Int) -> [Polygon] {
        (0..<side * side).filter { ($0 / side + $0 % side) % 2 == 0 }.map {
            let (x, y) = (100 + Double($0 % side) * 0.01, 36 + Double($0 / side) * 0.01)
            return Shapes.rectangle(x, y, 100 + Double($0 % side + 1) * 0.01, 36 + Double($0 / side + 1) * 0.01)
        }
    }

    /// A hole that touches the shell in a corner, and another that touches the first.
    static let touchingHoles = Polygon(
        exteriorRing: Shapes.rectangle(100, 36, 100.1, 36.1).exteriorRing,
        interiorRings: [
            Shapes.ring((100, 36.05), (100.03, 36.02), (100.05, 36.05), (100.03, 36.08)).exteriorRing,
            Shapes.ring((100.05, 36.05), (100.07, 36.03), (100.09, 36.05), (100.07, 36.07)).exteriorRing,
        ])

    static let all: [[Polygon]] = [
        [star(7, x: 100.05, y: 36.05, radius: 0.05)], [star(150, x: 100.05, y: 36.05, radius: 0.05)],
        [comb(100)], chessboard(10), [touchingHoles],
        [Shapes.rectangle(100.02, 36.02, 100.08, 36.08)],
        // A T-junction on the side of the rectangle above, and a sliver of 1e-9° along another one.
        [Shapes.ring((100.08, 36.02), (100.1, 36.05), (100.08, 36.08), (100.08, 36.051))],
        [Shapes.ring((100.02, 36.02), (100.08, 36.02), (100.08, 36.02 - 1e-9), (100.02, 36.02 - 1e-9))],
        [Shapes.ring((100.02, 36.08), (100.05, 36.08 - 1e-9), (100.08, 36.08), (100.05, 36.08 + 1e-9))],
    ]
}

@Test("Torture cases share what GEOS finds them to share", arguments: [4, 32])
func torture(edgeLimit: Int) throws {
    let context = try GeometryContext()
    for (place, site) in Torture.all.enumerated() {
        for (other, zone) in Torture.all.enumerated() {
            let expected = try oracle(site, zone, context)
            let shared = sharedArea(site, zone, edgeLimit: edgeLimit)
            #expect(agree(shared, expected), "\(place) and \(other): \(shared), GEOS \(expected)")
        }
    }
}

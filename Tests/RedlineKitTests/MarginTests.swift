import Foundation
import GeometryEngine
import RedlineCells
import RedlineGeometry
import TestSupport
import Testing

@testable import RedlineKit

/// Metres around 95° E, 37° N.
private let scale = LocalScale(around: Envelope(minX: 95, minY: 37, maxX: 95, maxY: 37))

/// A ring by metres east and north of 95° E, 37° N.
private func ring(_ corners: [(Double, Double)]) -> [Position] {
    (corners + corners.prefix(1)).map {
        Position(x: 95 + $0.0 / scale.metersPerDegreeX, y: 37 + $0.1 / scale.metersPerDegreeY)
    }
}

private func box(_ west: Double, _ south: Double, _ east: Double, _ north: Double) -> [(Double, Double)] {
    [(west, south), (east, south), (east, north), (west, north)]
}

private func margin(_ site: Ground, _ zone: [Polygon]) -> Double? {
    Margin(site: site, boundary: ZoneOutline(zone), scale: scale).meters()
}

private func polygon(_ corners: [(Double, Double)], holes: [[(Double, Double)]] = []) -> Polygon {
    Polygon(exteriorRing: ring(corners), interiorRings: holes.map(ring))
}

/// The area in square metres, by the shoelace formula.
private func area(_ polygon: Polygon) -> Double {
    var doubled = 0.0
    for index in polygon.exteriorRing.indices.dropFirst() {
        let (a, b) = (polygon.exteriorRing[index - 1], polygon.exteriorRing[index])
        doubled += (a.x - 95) * (b.y - 37) - (b.x - 95) * (a.y - 37)
    }
    return doubled / 2 * scale.metersPerDegreeX * scale.metersPerDegreeY
}

@Test("The smallest shift that takes a site out of a zone, worked out by hand")
func marginsByHand() throws {
    let zone = polygon(box(0, 0, 1000, 1000))
    func site(_ corners: [(Double, Double)]) -> Ground { Ground(polygons: [polygon(corners)]) }
    let cases: [(Ground, [Polygon], Double)] = [
        // Half over an edge: to the west by what is inside.
        (site(box(-50, 400, 30, 480)), [zone], 30),
        // In the middle, all of it has to leave: from its far side to the edge.
        (site(box(400, 480, 500, 520)), [zone], 500),
        // A corner of the zone reaches 30 by 40 metres into the site.
        (site(box(-100, -100, 30, 40)), [zone], 30),
        // Around the whole zone, the site leaves by the shorter of both ways.
        (site(box(-10, -20, 1010, 1030)), [zone], 1010),
        // A cross: no corner lies in the other.
        (site(box(-500, 450, 1500, 550)), [zone], 550),
        // Through a hole that is large enough, the site goes out inward.
        (site(box(300, 300, 340, 340)), [polygon(box(0, 0, 1000, 1000), holes: [box(350, 300, 600, 400)])], 50),
        // Where the hole is too small for it, it has to leave the zone.
        (site(box(300, 300, 340, 340)), [polygon(box(0, 0, 1000, 1000), holes: [box(350, 310, 380, 400)])], 340),
        // Out of one zone's part it falls into the other: the gap of 30 m is too narrow for a site of 40.
        (site(box(60, 500, 100, 540)), [polygon(box(0, 0, 100, 1000)), polygon(box(130, 0, 500, 1000))], 100),
        // Points and lines.
        (Ground(points: [ring([(20, 500)])[0]]), [zone], 20),
        (Ground(lines: [LineString(positions: Array(ring([(-100, 970), (1100, 970)]).dropLast()))]), [zone], 30),
    ]
    for (number, (site, zone, expected)) in cases.enumerated() {
        let found = try #require(margin(site, zone), "case \(number)")
        #expect(abs(found - expected) <= 0.01 * expected, "case \(number): \(found)")
    }
}

@Test("Under a seed: no smaller shift takes the site out, and one that is hardly larger does")
func marginLaws() throws {
    var generator = SeededGenerator(seed: 7)
    func star(_ x: Double, _ y: Double, _ radius: Double, _ count: Int) -> Polygon {
        polygon(
            (0..<count).map { step in
                let angle = 2 * Double.pi * Double(step) / Double(count)
                let r = radius * Double.random(in: 0.4...1, using: &generator)
                return (x + r * cos(angle), y + r * cos(angle - .pi / 2))
            })
    }
    let context = try GeometryContext()
    var compared = 0
    for _ in 0..<60 {
        let zone = star(0, 0, 400, 24)
        let site = star(.random(in: -300...300, using: &generator), .random(in: -300...300, using: &generator), 120, 8)
        func shared(_ x: Double, _ y: Double) throws -> Double {
            let moved = Polygon(
                exteriorRing: site.exteriorRing.map {
                    Position(x: $0.x + x / scale.metersPerDegreeX, y: $0.y + y / scale.metersPerDegreeY)
                })
            let both = try context.polygon(moved).intersection(try context.polygon(zone)).value().parts.polygons
            return both.reduce(0) { $0 + abs(area($1)) }
        }
        guard try shared(0, 0) > 1, let found = margin(Ground(polygons: [site]), [zone]) else { continue }
        compared += 1
        for _ in 0..<40 {
            let angle = Double.random(in: 0...(2 * .pi), using: &generator)
            let r = found * Double.random(in: 0...0.99, using: &generator)
            #expect(try shared(r * cos(angle), r * cos(angle - .pi / 2)) > 0)
        }
        // Some direction is free at a hundredth more; a degree apart, a corner may still touch.
        let least = try (0..<720).map { step -> Double in
            let angle = Double(step) * .pi / 360
            return try shared(1.01 * found * cos(angle), 1.01 * found * cos(angle - .pi / 2))
        }.min()
        #expect(least ?? 1 < 1e-3 * found, "\(found)")
    }
    #expect(compared > 30)
}

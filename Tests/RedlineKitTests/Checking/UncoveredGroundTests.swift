import RedlineGeometry
import RedlineMeasure
import TestSupport
import Testing

@testable import RedlineKit

@Test("What is not covered has the area that the cells say, whatever the size of the polygons", arguments: 1...6)
func uncoveredAreas(seed: Int) async throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    func star(_ x: Double, _ y: Double, _ radius: Double, _ count: Int) -> Polygon {
        var ring = (0..<count).map { index in
            let angle = Double(index) * 2 * Double.pi / Double(count)
            let reach = radius * Double.random(in: 0.6...1, using: &generator)
            return Position(x: x + reach * Circle.cosine(angle), y: y + reach * Circle.sine(angle))
        }
        ring.append(ring[0])
        return Polygon(exteriorRing: ring)
    }
    let measure = EllipsoidalArea()
    func cells(_ polygons: [Polygon]) async throws -> CheckedCells {
        try await CheckedCells(
            polygons.map { [$0] }, areas: polygons.map { measure.area(of: $0).squareMeters }, threads: 2)
    }
    // Small and large zones, over two large neighbours: windows cut both.
    let zones = (0..<12).map { index in
        star(95 + Double(index % 4) * 0.2, 37 + Double(index / 4) * 0.2, 0.12, index.isMultiple(of: 2) ? 40 : 5000)
    }
    let cover = [star(95.2, 37.2, 0.3, 6000), star(95.7, 37.3, 0.2, 30)]
    let uncovered = UncoveredGround(ground: try await cells(zones), cover: try await cells(cover), width: 0)
    let worker = try CheckWorker()
    for (place, zone) in zones.enumerated() {
        let area = measure.area(of: zone).squareMeters
        let part = try uncovered.part(of: place, worker)
        let pieces = part?.pieces.reduce(0) { $0 + measure.area(of: $1).squareMeters } ?? 0
        #expect(abs(pieces - (part?.share ?? 0) * area) <= 1e-9 * area + 1e-2, "zone \(place)")
    }
}

/// Sine and cosine by the series, so that the shapes are the same everywhere.
private enum Circle {
    static func sine(_ angle: Double) -> Double { cosine(angle - Double.pi / 2) }

    static func cosine(_ angle: Double) -> Double {
        var term = 1.0
        var sum = 1.0
        for step in 1...20 {
            term *= -angle * angle / Double((2 * step - 1) * (2 * step))
            sum += term
        }
        return sum
    }
}

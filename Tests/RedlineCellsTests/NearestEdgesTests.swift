import Glibc
import RedlineCells
import RedlineGeometry
import RedlineMeasure
import TestSupport
import Testing

private let geodesic = GeodesicLength()

/// The smallest geodesic distance between places all along two runs, refined around the best by ever finer steps.
private func sampled(_ a: [Position], _ b: [Position]) -> Double {
    func place(_ run: [Position], _ at: Double) -> Position {
        let edge = min(max(Int(at), 0), run.count - 2)
        let part = min(max(at - Double(edge), 0), 1)
        let (start, end) = (run[edge], run[edge + 1])
        return Position(x: start.x + (end.x - start.x) * part, y: start.y + (end.y - start.y) * part)
    }
    var least = Double.infinity
    for first in 0..<a.count - 1 {
        for second in 0..<b.count - 1 {
            var (s, t, step) = (Double(first) + 0.5, Double(second) + 0.5, 0.125)
            var best = Double.infinity
            while step > 1e-10 {
                var (nextS, nextT) = (s, t)
                for i in -4...4 {
                    for j in -4...4 {
                        let u = min(max(s + Double(i) * step, Double(first)), Double(first + 1))
                        let v = min(max(t + Double(j) * step, Double(second)), Double(second + 1))
                        let distance = geodesic.geodesicDistance(place(a, u), place(b, v)).meters
                        if distance < best { (best, nextS, nextT) = (distance, u, v) }
                    }
                }
                (s, t, step) = (nextS, nextT, step / 2)
            }
            least = min(least, best)
        }
    }
    return least
}

@Test("Distances between outlines are those of their nearest places, to a centimetre", arguments: 0..<30)
func outlineDistances(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let latitude = [0.0, 20, 37, -37, 55, 66][Int(seed % 6)]
    let apart = [0.0005, 0.01, 0.09][Int(seed % 3)]
    let site = Shapes.blob(x: 100, y: latitude, radius: 0.001, vertices: 5, &generator).exteriorRing
    let angle = Double.random(in: 0...(2 * .pi), using: &generator)
    let zone = Shapes.blob(
        x: 100 + (apart + 0.03) * cos(angle) / cos(latitude * .pi / 180), y: latitude + (apart + 0.03) * sin(angle),
        radius: 0.03, vertices: 8, &generator
    ).exteriorRing
    let expected = sampled(site, zone)
    func distance(_ from: ZoneOutline, _ to: ZoneOutline, within limit: Double) -> Double? {
        var distances = NearestEdges()
        return distances.distance(from: from, to: to, within: limit)
    }
    let outlines = [site, zone].map { ZoneOutline([Polygon(exteriorRing: $0)]) }
    let found = try #require(distance(outlines[0], outlines[1], within: 20_000))
    #expect(abs(found - expected) < 0.01, "\(found), by places \(expected)")
    let back = try #require(distance(outlines[1], outlines[0], within: 20_000))
    #expect(abs(back - expected) < 0.01)
    #expect(distance(outlines[0], outlines[1], within: found * 0.99) == nil)
    #expect(distance(outlines[0], outlines[1], within: found + 1e-6) != nil)
}

@Test("Points and lines have distances too, and what is beyond the limit has none")
func pointAndLineDistances() throws {
    func distance(_ from: ZoneOutline, _ to: ZoneOutline, within limit: Double) -> Double? {
        var distances = NearestEdges()
        return distances.distance(from: from, to: to, within: limit)
    }
    let point = Position(x: 95, y: 37)
    let here = ZoneOutline(polygons: [], lines: [], points: [point])
    let north = Position(x: 95, y: 37.05)
    let line = ZoneOutline([LineString(positions: [north, Position(x: 95, y: 37.2)])])
    let expected = geodesic.geodesicDistance(point, north).meters
    #expect(abs(try #require(distance(here, line, within: 10_000)) - expected) < 1e-6)
    #expect(distance(here, line, within: 5_000) == nil)
    #expect(distance(here, ZoneOutline([Polygon]()), within: 5_000) == nil)
}

import CoordinateReference
import Foundation
import RedlineGeometry
import TestSupport
import Testing

/// The largest distance in metres between points of the source edges, transformed one by one, and the result.
private func deviation(
    of run: [Position], _ result: [Position], _ transformation: CoordinateTransformation, samples: Int
) throws -> Double {
    let vertices = try transformation.transform(run)
    var worst = 0.0
    var next = 0
    for index in 1..<run.count {
        // The vertices of the result that belong to this edge.
        let last = try #require(result[(next + 1)...].firstIndex(of: vertices[index]))
        let piece = Array(result[next...last])
        next = last
        let points = (1..<samples).map { sample in
            let part = Double(sample) / Double(samples)
            return Position(
                x: run[index - 1].x + part * (run[index].x - run[index - 1].x),
                y: run[index - 1].y + part * (run[index].y - run[index - 1].y))
        }
        for place in try transformation.transform(points) {
            let scale = 111_320 * cos(place.y * .pi / 180)
            let distance = piece.indices.dropFirst().map { end in
                let toMeters = { (p: Position) in ((p.x - place.x) * scale, (p.y - place.y) * 111_320) }
                return distanceOfOrigin(from: toMeters(piece[end - 1]), toMeters(piece[end]))
            }
            worst = max(worst, distance.min() ?? .infinity)
        }
    }
    return worst
}

private func distanceOfOrigin(from a: (Double, Double), _ b: (Double, Double)) -> Double {
    let d = (b.0 - a.0, b.1 - a.1)
    let square = d.0 * d.0 + d.1 * d.1
    let part = square > 0 ? min(max(-(a.0 * d.0 + a.1 * d.1) / square, 0), 1) : 0
    return hypot(a.0 + part * d.0, a.1 + part * d.1)
}

private func positions(of geometry: Geometry) -> [Position] {
    var positions: [Position] = []
    geometry.forEachPosition { positions.append($0) }
    return positions
}

private let places: [(crs: String, x: ClosedRange<Double>, y: ClosedRange<Double>)] = [
    ("EPSG:4520", 32_200_000...32_800_000, 3_500_000...4_700_000),
    ("EPSG:32647", 200_000...800_000, 50_000...8_500_000),
    ("EPSG:3857", -1.5e7...1.5e7, -1e7...1e7),
    ("EPSG:3035", 3_000_000...6_000_000, 1_500_000...5_000_000),
    ("EPSG:28992", 20_000...270_000, 320_000...600_000),
    ("EPSG:32130", 60_000...140_000, 20_000...80_000),
    ("ESRI:102025", -2_000_000...2_000_000, 1_500_000...5_000_000),
    ("EPSG:4269", -75 ... -70, 40...45),
    // A quarter of the polar zone, the pole's own surroundings included: longitudes from 0 to 90.
    ("EPSG:32661", 2_001_000...3_500_000, 500_000...1_999_000),
]

@Test("An edge straight in its CRS stays within 1 mm, whatever its length and direction", arguments: places.map(\.crs))
func withinOneMillimeter(crs: String) throws {
    let (_, xs, ys) = try #require(places.first { $0.crs == crs })
    let transformation = try CoordinateTransformation(from: crs)
    let unit = crs == "EPSG:4269" ? 1e-5 : 1.0
    var generator = SeededGenerator(seed: 1)
    for length in [50.0, 200, 300, 500, 1_000, 3_000, 8_000, 9_000, 40_000] {
        for _ in 0..<40 {
            let start = Position(x: .random(in: xs, using: &generator), y: .random(in: ys, using: &generator))
            let angle = Double.random(in: 0..<2 * .pi, using: &generator)
            let end = Position(x: start.x + length * unit * cos(angle), y: start.y + length * unit * sin(angle))
            let line = Geometry.lineString(LineString(positions: [start, end]))
            let result = positions(of: try transformation.densifiedAndTransformed(line))
            let worst = try deviation(of: [start, end], result, transformation, samples: 61)
            #expect(worst <= 1e-3, "\(length) m from \(start) to \(end)")
            // Not wastefully many: the bend of a straight line is at most about tan B/R and the tolerance 0.8 mm.
            if length == 1_000, crs == "EPSG:4520" { #expect(result.count <= 9) }
        }
    }
}

@Test("An edge and its reverse get the same positions to the last bit", arguments: places.map(\.crs))
func reversedEdges(crs: String) throws {
    let (_, xs, ys) = try #require(places.first { $0.crs == crs })
    var generator = SeededGenerator(seed: 2)
    // Two transformations, so that no memory of one run can help the other.
    let (one, other) = (try CoordinateTransformation(from: crs), try CoordinateTransformation(from: crs))
    for trial in 0..<50 {
        // Two runs across the whole range, which take thousands of positions, then edges of some hundred metres.
        let size = trial < 2 ? 1 : 0.002
        let origin = Position(x: .random(in: xs, using: &generator), y: .random(in: ys, using: &generator))
        let run = (0..<6).map { _ in
            let corner = Position(x: .random(in: xs, using: &generator), y: .random(in: ys, using: &generator))
            return Position(x: origin.x + (corner.x - origin.x) * size, y: origin.y + (corner.y - origin.y) * size)
        }
        let forward = try one.densifiedAndTransformed(.lineString(LineString(positions: run)))
        let backward = try other.densifiedAndTransformed(.lineString(LineString(positions: run.reversed())))
        #expect(positions(of: forward) == positions(of: backward).reversed())
    }
}

@Test("The vertices of the source are among those of the result, unmoved, and a ring stays closed")
func verticesStay() throws {
    let transformation = try CoordinateTransformation(from: "EPSG:4520")
    let ring = [(0.0, 0.0), (5_000, 200), (4_000, 6_000), (4_000, 6_000), (10, 20), (0, 0)].map {
        Position(x: 32_600_000 + $0.0, y: 4_100_000 + $0.1)
    }
    let result = try transformation.densifiedAndTransformed(.polygon(Polygon(exteriorRing: ring)))
    let polygon = try #require(result.parts.polygons.first)
    var remaining = polygon.exteriorRing[...]
    for vertex in try transformation.transform(ring) {
        let index = try #require(remaining.firstIndex(of: vertex))
        remaining = remaining[(index + 1)...]
    }
    #expect(remaining.isEmpty)
    #expect(polygon.exteriorRing.first == polygon.exteriorRing.last)
    #expect(polygon.exteriorRing.count > 40)
}

@Test("Lines that stay straight get nothing: meridians and parallels in Mercator, short edges anywhere")
func nothingToAdd() throws {
    let mercator = try CoordinateTransformation(from: "EPSG:3857")
    let box = [(1e6, 1e6), (9e6, 1e6), (9e6, 8e6), (1e6, 8e6), (1e6, 1e6)].map { Position(x: $0.0, y: $0.1) }
    #expect(try mercator.densifiedAndTransformed(.polygon(Polygon(exteriorRing: box))).positionCount == 5)
    let zone = try CoordinateTransformation(from: "EPSG:4520")
    let short = [(0.0, 0.0), (150, 80), (-20, 170), (0, 0)].map {
        Position(x: 32_600_000 + $0.0, y: 4_100_000 + $0.1)
    }
    #expect(try zone.densifiedAndTransformed(.polygon(Polygon(exteriorRing: short))).positionCount == 4)
}

@Test("A line that crosses the antimeridian runs on, and a ring around a pole is refused")
func antimeridianAndPole() throws {
    let zone = try CoordinateTransformation(from: "EPSG:32601")
    let line = [Position(x: 200_000, y: 6e6), Position(x: 0, y: 6e6)]
    let result = positions(of: try zone.densifiedAndTransformed(.lineString(LineString(positions: line))))
    for index in result.indices.dropFirst() { #expect(abs(result[index].x - result[index - 1].x) < 1) }
    let polar = try CoordinateTransformation(from: "EPSG:3995")
    let ring = [(-1e6, -1e6), (1e6, -1e6), (1e6, 1e6), (-1e6, 1e6), (-1e6, -1e6)].map { Position(x: $0.0, y: $0.1) }
    let error = #expect(throws: CoordinateReferenceError.self) {
        try polar.densifiedAndTransformed(.polygon(Polygon(exteriorRing: ring)))
    }
    #expect(error == .ringAroundPole(start: ring[0], crs: "EPSG:3995"))
}

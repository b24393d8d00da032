import GeometryEngine
import Glibc
import RedlineCells
import RedlineGeometry
import TestSupport
import Testing

/// An overlay in degrees that stand for 100 km each, with a tolerance of 1 mm.
private func overlay() -> CleanOverlay {
    var overlay = CleanOverlay()
    overlay.metersPerDegree = (100_000, 100_000)
    return overlay
}

/// A blob with holes, some of them with an island inside.
private func riddled(
    x: Double, y: Double, radius: Double, vertices: Int, _ generator: inout SeededGenerator
) -> [Polygon] {
    var main = Shapes.blob(x: x, y: y, radius: radius, vertices: vertices, &generator)
    var polygons: [Polygon] = []
    for place in 0..<4 {
        let angle = Double(place) * .pi / 2
        let center = (x: x + 0.3 * radius * cos(angle), y: y + 0.3 * radius * sin(angle))
        let hole = Shapes.blob(x: center.x, y: center.y, radius: 0.15 * radius, vertices: 20, &generator)
        main.interiorRings.append(place % 2 == 0 ? hole.exteriorRing : hole.exteriorRing.reversed())
        if place < 2 {
            polygons.append(Shapes.blob(x: center.x, y: center.y, radius: 0.05 * radius, vertices: 9, &generator))
        }
    }
    if Bool.random(using: &generator) { main.exteriorRing.reverse() }
    return [main] + polygons
}

@Test("What clean crossings give is valid and what GEOS gives", arguments: 0..<40)
func cleanPolygons(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let context = try GeometryContext()
    var overlay = overlay()
    let zone = riddled(x: 100, y: 36, radius: 0.2, vertices: [30, 300, 3000][Int(seed % 3)], &generator)
    let outline = ZoneOutline(zone)
    var settled = 0
    for turn in 0..<20 {
        let x = Double.random(in: 99.75...100.25, using: &generator)
        let y = Double.random(in: 35.75...36.25, using: &generator)
        let radius = pow(10, .random(in: -3...(-0.8), using: &generator))
        let site =
            turn % 3 == 0
            ? riddled(x: x, y: y, radius: radius, vertices: 40, &generator)
            : [Shapes.blob(x: x, y: y, radius: radius, vertices: .random(in: 4...80, using: &generator), &generator)]
        let expected = try oracle(site, zone, context)
        switch overlay.outcome(of: ZoneOutline(site), with: outline) {
        case .unclear: continue
        case .apart: #expect(expected < 1e-4)
        case .whole: #expect(agree(squareMeters(site), expected))
        case .shared(let polygons):
            #expect(agree(squareMeters(polygons), expected))
            let shared = try context.geometry(.multiPolygon(polygons))
            let isValid = shared.isValid
            #expect(isValid)
            let inBoth = try oracle(polygons, site, context)
            #expect(agree(inBoth, expected))
            #expect(agree(try oracle(polygons, zone, context), expected))
        case .sharedLines: Issue.record("polygons share no lines")
        }
        settled += 1
    }
    #expect(settled >= 18)
}

@Test("Lines between clean crossings are as long as GEOS says", arguments: 0..<40)
func cleanLines(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let context = try GeometryContext()
    var overlay = overlay()
    let zone = riddled(x: 100, y: 36, radius: 0.2, vertices: 300, &generator)
    let outline = ZoneOutline(zone)
    let handle = try context.geometry(.multiPolygon(zone))
    func length(_ lines: [LineString]) -> Double {
        lines.reduce(0) { sum, line in
            zip(line.positions, line.positions.dropFirst()).reduce(sum) { $0 + hypot($1.0.x - $1.1.x, $1.0.y - $1.1.y) }
        }
    }
    var settled = 0
    for _ in 0..<20 {
        let count = Int.random(in: 2...40, using: &generator)
        var position = Position(
            x: .random(in: 99.75...100.25, using: &generator), y: .random(in: 35.75...36.25, using: &generator))
        let step = Double.random(in: 0.001...0.05, using: &generator)
        let line = LineString(
            positions: (0..<count).map { _ in
                position.x += .random(in: -step...step, using: &generator)
                position.y += .random(in: -step...step, using: &generator)
                return position
            })
        let expected = length(
            try context.geometry(.lineString(line)).intersection(handle).value().parts.lines)
        switch overlay.outcome(ofLines: ZoneOutline([line]), with: outline) {
        case .unclear: continue
        case .apart: #expect(expected == 0)
        case .whole: #expect(abs(length([line]) - expected) < 1e-12)
        case .sharedLines(let lines): #expect(abs(length(lines) - expected) < 1e-12)
        case .shared: Issue.record("lines share no polygons")
        }
        settled += 1
        let isInside = try handle.intersects(try context.point(line.positions[0]))
        switch overlay.outcome(of: line.positions[0], with: outline) {
        case .whole: #expect(isInside)
        case .apart: #expect(!isInside)
        default: break
        }
    }
    #expect(settled >= 10)
}

@Test("Whatever touches, runs along a border or meets at a vertex is left to GEOS")
func unclear() {
    var overlay = overlay()
    let zone = ZoneOutline([Shapes.rectangle(100, 36, 101, 37)])
    let touching: [(String, Polygon)] = [
        ("equal", Shapes.rectangle(100, 36, 101, 37)),
        ("sharing a side inside", Shapes.rectangle(100, 36.2, 100.1, 36.4)),
        ("sharing a side outside", Shapes.rectangle(99.9, 36.2, 100, 36.4)),
        ("sharing part of a line", Shapes.rectangle(99.9, 35.9, 100, 37.1)),
        ("a corner on a side", Shapes.ring((100, 36.5), (99.9, 36.4), (99.9, 36.6))),
        ("a corner on a side from inside", Shapes.ring((100, 36.5), (100.1, 36.4), (100.1, 36.6))),
        ("0.5 mm beside", Shapes.rectangle(101 + 5e-9, 36.2, 101.1, 36.4)),
        ("a corner of the zone on a side", Shapes.ring((99.9, 36.1), (100.1, 35.9), (99.8, 35.8))),
    ]
    for (name, site) in touching {
        guard case .unclear = overlay.outcome(of: ZoneOutline([site]), with: zone) else {
            Issue.record("settled without GEOS: \(name)")
            continue
        }
    }
    let along = LineString(positions: [Position(x: 99.9, y: 36), Position(x: 100.5, y: 36)])
    guard case .unclear = overlay.outcome(ofLines: ZoneOutline([along]), with: zone) else {
        Issue.record("a line along a border was settled without GEOS")
        return
    }
    guard case .unclear = overlay.outcome(of: Position(x: 100 + 5e-9, y: 36.5), with: zone) else {
        Issue.record("a point on a border was settled without GEOS")
        return
    }
}

@Test("A ring inside the site is an island or a hole; a site in a hole is apart")
func islands() {
    var overlay = overlay()
    let holed = Polygon(
        exteriorRing: Shapes.rectangle(100, 36, 101, 37).exteriorRing,
        interiorRings: [Shapes.rectangle(100.4, 36.4, 100.6, 36.6).exteriorRing])
    let zone = ZoneOutline([holed])
    func shared(_ site: Polygon) -> [Polygon]? {
        if case .shared(let polygons) = overlay.outcome(of: ZoneOutline([site]), with: zone) { polygons } else { nil }
    }
    #expect(shared(Shapes.rectangle(99, 35, 102, 38)).map(squareMeters) == squareMeters([holed]))
    let around = shared(Shapes.rectangle(100.3, 36.3, 100.7, 36.7))
    #expect(around?.count == 1 && around?.first?.interiorRings.count == 1)
    guard case .apart = overlay.outcome(of: ZoneOutline([Shapes.rectangle(100.45, 36.45, 100.5, 36.5)]), with: zone)
    else {
        Issue.record("a site in a hole is apart")
        return
    }
    guard case .whole = overlay.outcome(of: ZoneOutline([Shapes.rectangle(100.1, 36.1, 100.2, 36.2)]), with: zone)
    else {
        Issue.record("a site inside is whole")
        return
    }
}

import RedlineCells
import RedlineGeometry
import RedlineMeasure
import TestSupport
import Testing

// 1 mm as degrees at 36° N.
private let toleranceX = 1.11e-8
private let toleranceY = 9.01e-9

private func relation(_ x: Double, _ y: Double, _ zone: [Polygon]) -> String {
    let layer = CellLayer([CellBuilder(edgeLimit: 8).cells(of: zone)])
    var query = CellQuery()
    let found = query.meetings(
        of: Position(x: x, y: y), in: layer, toleranceX: toleranceX, toleranceY: toleranceY)
    return found.first.map { $0.isOnBoundary ? "boundary" : "inside" } ?? "outside"
}

@Test("A point lies inside, outside or on the boundary")
func points() {
    var zone = Shapes.rectangle(100, 36, 101, 37)
    zone.interiorRings = [Shapes.rectangle(100.4, 36.4, 100.6, 36.6).exteriorRing]
    #expect(relation(100.1, 36.1, [zone]) == "inside")
    #expect(relation(100.5, 36.5, [zone]) == "outside")
    #expect(relation(99.9, 36.5, [zone]) == "outside")
    for (x, y) in [
        (100.0, 36.5), (101, 36.5), (100.5, 36), (100.5, 37), (100, 36), (101, 37), (100.4, 36.5), (100.5, 36.6),
    ] {
        #expect(relation(x, y, [zone]) == "boundary")
        #expect(relation(x + 5e-9, y, [zone]) == "boundary")
        #expect(relation(x, y - 5e-9, [zone]) == "boundary")
    }
    #expect(relation(100 + 3e-8, 36.5, [zone]) == "inside")
    #expect(relation(100 - 3e-8, 36.5, [zone]) == "outside")
    #expect(relation(.nan, 36.5, [zone]) == "outside")
}

@Test("The side between two cells is no boundary")
func cellSides() {
    var generator = SeededGenerator(seed: 4)
    let zone = Shapes.blob(x: 100, y: 36, radius: 0.3, vertices: 900, &generator)
    let cells = CellBuilder(edgeLimit: 4).cells(of: [zone])
    for rectangle in cells.rectangles.prefix(200) where cells.rectangles.contains(where: { $0.minX == rectangle.maxX })
    {
        let found = relation(rectangle.maxX, rectangle.center.y, [zone])
        let beside = relation(rectangle.maxX + 1e-6, rectangle.center.y, [zone])
        // Farther from the boundary than the step aside both say the same.
        if found != "boundary", beside != "boundary" { #expect(found == beside) }
    }
}

private func meeting(_ line: [(Double, Double)], _ zone: [Polygon], edgeLimit: Int = 8) -> LineMeeting {
    let layer = CellLayer([CellBuilder(edgeLimit: edgeLimit).cells(of: zone)])
    var query = CellQuery()
    let found = query.meetings(
        of: LineString(positions: line.map { Position(x: $0.0, y: $0.1) }), in: layer, toleranceX: toleranceX,
        toleranceY: toleranceY)
    return found.first ?? LineMeeting(zone: 0, insideLength: 0, boundaryLength: 0)
}

private func meters(_ line: (Double, Double)...) -> Double {
    GeodesicLength().length(of: line.map { Position(x: $0.0, y: $0.1) }).meters
}

@Test("A line through a zone has the length of its part inside")
func lines() {
    var zone = Shapes.rectangle(100, 36, 101, 37)
    zone.interiorRings = [Shapes.rectangle(100.4, 36.4, 100.6, 36.6).exteriorRing]
    let across = meeting([(99.5, 36.5), (101.5, 36.5)], [zone])
    let expected = meters((100, 36.5), (100.4, 36.5)) + meters((100.6, 36.5), (101, 36.5))
    // Long edges are summed from pieces: 1e-9 of 72 km.
    #expect(abs(across.insideLength - expected) < 1e-4)
    #expect(across.boundaryLength < 0.01)
    let up = meeting([(100.5, 35), (100.5, 38)], [zone])
    #expect(abs(up.insideLength - meters((100.5, 36), (100.5, 36.4)) - meters((100.5, 36.6), (100.5, 37))) < 1e-4)
    #expect(meeting([(99, 35), (99.5, 38)], [zone]).insideLength == 0)
    let inside = meeting([(100.1, 36.1), (100.2, 36.3), (100.1, 36.3)], [zone])
    #expect(abs(inside.insideLength - meters((100.1, 36.1), (100.2, 36.3), (100.1, 36.3))) < 1e-6)
}

@Test("A line along a side is on the boundary, whichever side", arguments: [1, 8])
func alongSides(edgeLimit: Int) {
    let zone = Shapes.rectangle(100, 36, 101, 37)
    let sides = [
        [(100.0, 36.2), (100, 36.4)], [(101, 36.2), (101, 36.4)], [(100.2, 36), (100.4, 36)],
        [(100.2, 37), (100.4, 37)],
    ]
    for side in sides {
        let found = meeting(side, [zone], edgeLimit: edgeLimit)
        #expect(found.insideLength == 0)
        #expect(abs(found.boundaryLength - meters(side[0], side[1])) < 1e-4)
    }
}

@Test("Line pieces in zones that tile the ground add up", arguments: 0..<5)
func linesAdd(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let blob = Shapes.blob(x: 100, y: 36, radius: 0.3, vertices: 700, &generator)
    var frame = Shapes.rectangle(99, 35, 101, 37)
    frame.interiorRings = [blob.exteriorRing]
    let line = (0..<20).map { _ in
        (Double.random(in: 99.5...100.5, using: &generator), Double.random(in: 35.5...36.5, using: &generator))
    }
    let first = meeting(line, [blob])
    let second = meeting(line, [frame])
    let whole = zip(line, line.dropFirst()).reduce(0) { $0 + meters($1.0, $1.1) }
    // Within the tolerance of the boundary it counts for both.
    let boundary = first.boundaryLength + second.boundaryLength
    #expect(abs(first.insideLength + second.insideLength + boundary / 2 - whole) < 1e-6 * whole)
}

import GeometryEngine
import RedlineGeometry
import TestSupport
import Testing

@Suite("Overlay")
struct OverlayTests {
    let context: GeometryContext

    init() throws { context = try GeometryContext() }

    private func polygon(_ ring: [Position]) throws -> GEOSGeometryHandle {
        try context.polygon(Polygon(exteriorRing: ring))
    }

    @Test("Two squares that share a corner quarter")
    func squares() throws {
        let a = try polygon(square(0, 0, 2))
        let b = try polygon(square(1, 1, 2))
        #expect(try a.intersection(b).planarArea == 1)
        #expect(try a.union(b).planarArea == 7)
        #expect(try a.difference(b).planarArea == 3)
        #expect(try a.symmetricDifference(b).planarArea == 6)
        let expected = Geometry.polygon(Polygon(exteriorRing: square(1, 1, 1)))
        #expect(try a.intersection(b).normalized().equalsExact(context.geometry(expected).normalized()))
    }

    @Test("Squares that touch at a side share a line, at a corner a point, apart nothing")
    func lowerDimensions() throws {
        let a = try polygon(square(0, 0, 2))
        #expect(try a.intersection(polygon(square(2, 0, 2))).typeName == "LineString")
        #expect(try a.intersection(polygon(square(2, 2, 2))).typeName == "Point")
        #expect(try a.intersection(polygon(square(3, 3, 2))).isEmpty)
    }

    @Test("Only the polygons of a mixed result are kept when asked")
    func polygonalPart() throws {
        let mixed = Geometry.collection([
            .lineString(LineString(positions: square(0, 0, 1))), .polygon(Polygon(exteriorRing: square(0, 0, 1))),
            .collection([.multiPolygon([Polygon(exteriorRing: square(3, 3, 2)), Polygon(exteriorRing: [])])]),
        ])
        let part = try context.geometry(mixed).polygonalPart()
        #expect(part.typeName == "MultiPolygon")
        #expect(part.partCount == 2)
        #expect(part.planarArea == 5)
        #expect(try context.point(Position(x: 0, y: 0)).polygonalPart().isEmpty)
    }

    @Test("Many polygons unite to the ground they cover")
    func unaryUnion() throws {
        let polygons = (0..<10).map { Polygon(exteriorRing: square(Double($0), 0, 2)) }
        #expect(try context.unaryUnion(polygons).planarArea == 22)
        #expect(try context.unaryUnion([]).isEmpty)
        let mixed = try context.union(of: [.point(Position(x: 9, y: 9)), .polygon(polygons[0])])
        #expect(mixed.typeName == "GeometryCollection")
    }

    @Test("Areas add up: inclusion and exclusion", arguments: UInt64(1)...20)
    func laws(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<10 {
            let (p, q) = (randomStar(using: &generator), randomStar(using: &generator))
            let a = try context.polygon(p)
            let b = try context.polygon(q)
            try #require(a.isValid && b.isValid)
            let both = try a.intersection(b)
            let either = try a.union(b)
            let first = try a.difference(b)
            let second = try b.difference(a)
            // Coordinates near 100 have steps of 1.4e-14; an area of shapes of size 1 and some 100 vertices keeps 1e-12.
            let tolerance = 1e-11
            #expect(abs(either.planarArea - (a.planarArea + b.planarArea - both.planarArea)) < tolerance)
            #expect(abs(a.planarArea - (first.planarArea + both.planarArea)) < tolerance)
            let apart = try a.symmetricDifference(b)
            #expect(abs(apart.planarArea - (first.planarArea + second.planarArea)) < tolerance)
            #expect(both.isValid && either.isValid && first.isValid && second.isValid && apart.isValid)
            #expect(try context.unaryUnion([p, q]).symmetricDifference(either).planarArea < tolerance)
            #expect(try a.union(a).symmetricDifference(a).planarArea < tolerance)
            #expect(try a.difference(a).isEmpty)
        }
    }

    @Test("Clipping equals the intersection with the rectangle", arguments: UInt64(1)...20)
    func clipping(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let star = try context.polygon(randomStar(using: &generator))
            let x = Double.random(in: 100...102, using: &generator)
            let y = Double.random(in: 35...37, using: &generator)
            let width = Double.random(in: 0.01...1, using: &generator)
            let box = Envelope(minX: x, minY: y, maxX: x + width, maxY: y + width)
            let expected = try star.intersection(context.rectangle(box))
            let clipped = try star.clipped(to: box)
            #expect(clipped.validity() == .valid)
            // As above: rounding of coordinates near 100.
            #expect(try clipped.polygonalPart().symmetricDifference(expected.polygonalPart()).planarArea < 1e-12)
        }
    }

    @Test("Clipping to nothing, a line and a point")
    func degenerateClipping() throws {
        let a = try polygon(square(0, 0, 2))
        #expect(try a.clipped(to: .empty).isEmpty)
        #expect(try a.clipped(to: Envelope(minX: 1, minY: -1, maxX: 1, maxY: 5)).planarLength == 2)
        #expect(try a.clipped(to: Envelope(minX: 1, minY: 1, maxX: 1, maxY: 1)).typeName == "Point")
        #expect(try a.clipped(to: Envelope(minX: 5, minY: 5, maxX: 6, maxY: 6)).isEmpty)
    }

    @Test("On a grid everything falls on its lines")
    func grid() throws {
        let a = try polygon(square(0.2, 0.2, 2))
        let b = try polygon(square(1.1, 1.1, 2.4))
        #expect(try a.intersection(b, gridSize: 1).planarArea == 1)
        #expect(try a.union(b, gridSize: 1).planarArea == 4 + 9 - 1)
        #expect(try a.difference(b, gridSize: 1).planarArea == 3)
        #expect(try a.symmetricDifference(b, gridSize: 1).planarArea == 3 + 8)
        #expect(try a.withPrecision(gridSize: 1).equalsTopologically(polygon(square(0, 0, 2))))
        for size in [Double.nan, .infinity, -1] {
            #expect(throws: GeometryError.self) { _ = try a.intersection(b, gridSize: size) }
            #expect(throws: GeometryError.self) { _ = try a.withPrecision(gridSize: size) }
        }
    }

    @Test("A buffer of a square is the square, four sides and a circle; a negative one shrinks it")
    func buffer() throws {
        let a = try polygon(square(0, 0, 2))
        // 1000 chords for each quarter: the circle's area is short by (π/2000)²/6, some 4e-7.
        #expect(abs(try a.buffer(distance: 1, quadrantSegments: 1000).planarArea - (4 + 8 + .pi)) < 2e-6)
        #expect(try a.buffer(distance: -0.5).planarArea == 1)
        #expect(try a.buffer(distance: -1).isEmpty)
        #expect(throws: GeometryError.self) { _ = try a.buffer(distance: .nan) }
    }

    @Test("Hull, boundary, centre and a point inside")
    func shapes() throws {
        let corner = [(0, 0), (4, 0), (4, 1), (1, 1), (1, 4), (0, 4), (0, 0)].map { Position(x: $0.0, y: $0.1) }
        let a = try polygon(corner)
        #expect(try a.convexHull().planarArea == 16 - 4.5)
        #expect(try a.boundary().planarLength == 16)
        #expect(try a.covers(a.pointOnSurface()))
        // Two rectangles of area 4 at (2, 0.5) and 3 at (0.5, 2.5).
        #expect(try a.centroid().distance(to: context.point(Position(x: 9.5 / 7, y: 9.5 / 7))) < 1e-15)
    }

    @Test("Distance and nearest positions; infinity and nil where one is empty")
    func distance() throws {
        let a = try polygon(square(0, 0, 2))
        let b = try context.point(Position(x: 5, y: 1))
        #expect(try a.distance(to: b) == 3)
        let pair = try #require(try a.nearestPositions(to: b))
        #expect(pair == (Position(x: 2, y: 1), Position(x: 5, y: 1)))
        let empty = try context.geometry(.multiPolygon([]))
        #expect(try a.distance(to: empty) == .infinity)
        #expect(try empty.nearestPositions(to: a) == nil)
    }
}

import GeometryEngine
import RedlineGeometry
import TestSupport
import Testing

@Suite("Building geometries")
struct GeometryContextTests {
    let context: GeometryContext

    init() throws { context = try GeometryContext() }

    @Test("The version is that of the library, without the C interface's own")
    func version() {
        #expect(GeometryContext.engineVersion.wholeMatch(of: /3\.\d+\.\d+.*/) != nil)
        #expect(!GeometryContext.engineVersion.contains("CAPI"))
    }

    @Test("A value goes in and comes out equal")
    func roundTrip() throws {
        let ring = square(0, 0, 4)
        let values: [Geometry] = [
            .point(Position(x: 105.25, y: -37.5)), .point(nil), .lineString(LineString(positions: [])),
            .lineString(LineString(positions: Array(ring.prefix(2)))),
            .polygon(Polygon(exteriorRing: ring, interiorRings: [square(1, 1, 1), square(2.5, 2.5, 1)])),
            .polygon(Polygon(exteriorRing: [])), .multiPoint([]), .multiPoint([ring[0], ring[1]]),
            .multiLineString([LineString(positions: ring), LineString(positions: [])]), .multiPolygon([]),
            .multiPolygon([Polygon(exteriorRing: []), Polygon(exteriorRing: ring)]), .collection([]),
            .collection([.collection([.point(nil), .polygon(Polygon(exteriorRing: ring))]), .multiPoint([])]),
        ]
        for value in values {
            let handle = try context.geometry(value)
            #expect(try handle.value() == value)
            #expect(handle.isEmpty == value.isEmpty)
            #expect(handle.positionCount == value.positionCount)
            #expect(handle.envelope == value.envelope)
            #expect(handle.typeName == value.typeName)
        }
    }

    @Test("Measures of a square with a hole")
    func measures() throws {
        let handle = try context.polygon(Polygon(exteriorRing: square(0, 0, 4), interiorRings: [square(1, 1, 1)]))
        #expect(handle.planarArea == 15)
        #expect(handle.planarLength == 20)
        #expect(handle.dimension == 2)
        #expect(handle.partCount == 1)
        #expect(handle.validity() == .valid)
    }

    @Test("A rectangle without width or height is a line or a point, an empty one an empty polygon")
    func rectangles() throws {
        #expect(try context.rectangle(Envelope(minX: 0, minY: 1, maxX: 2, maxY: 4)).planarArea == 6)
        #expect(try context.rectangle(Envelope(minX: 0, minY: 1, maxX: 0, maxY: 4)).typeName == "LineString")
        #expect(try context.rectangle(Envelope(minX: 0, minY: 1, maxX: 0, maxY: 1)).typeName == "Point")
        let empty = try context.rectangle(.empty)
        #expect(empty.typeName == "Polygon")
        #expect(empty.isEmpty == true)
    }

    @Test("Rings that are open or too short are refused with their counts", arguments: [1, 2, 3])
    func shortRings(count: Int) throws {
        let ring = Array(square(7, 8, 1).prefix(count))
        let isClosed = count == 1
        #expect(throws: GeometryError.malformedRing(positionCount: count, isClosed: isClosed, start: ring[0])) {
            _ = try context.polygon(Polygon(exteriorRing: ring))
        }
        let closed = ring + [ring[0]]
        if count < 3 {
            #expect(throws: GeometryError.malformedRing(positionCount: count + 1, isClosed: true, start: ring[0])) {
                _ = try context.polygon(Polygon(exteriorRing: square(0, 0, 9), interiorRings: [closed]))
            }
        }
    }

    @Test("A line of one position is refused")
    func shortLine() throws {
        let start = Position(x: 1, y: 2)
        #expect(throws: GeometryError.malformedLine(positionCount: 1, start: start)) {
            _ = try context.geometry(.multiLineString([LineString(positions: [start])]))
        }
    }

    @Test("A coordinate that is not finite is refused by index", arguments: [Double.nan, .infinity, -.infinity])
    func notFinite(value: Double) throws {
        var ring = square(0, 0, 1)
        ring[2].y = value
        let polygons = [Polygon(exteriorRing: square(0, 0, 1)), Polygon(exteriorRing: ring)]
        #expect(throws: GeometryError.nonFinite(positionIndex: 7)) {
            _ = try context.geometry(.multiPolygon(polygons))
        }
        #expect(throws: GeometryError.nonFinite(positionIndex: 0)) {
            _ = try context.point(Position(x: value, y: 0))
        }
        #expect(throws: GeometryError.self) {
            _ = try context.rectangle(Envelope(minX: -.infinity, minY: 0, maxX: 1, maxY: 1))
        }
    }

    @Test("A coordinate too large to compute with is refused")
    func tooLarge() throws {
        let far = Position(x: 1e300, y: 0)
        #expect(throws: GeometryError.tooLarge(far)) { _ = try context.point(far) }
    }

    @Test("Deep nesting is refused")
    func nesting() throws {
        var value = Geometry.point(nil)
        for _ in 0..<GeometryContext.depthLimit { value = .collection([value]) }
        #expect(try context.geometry(value).isEmpty)
        #expect(throws: GeometryError.nestedTooDeeply(limit: GeometryContext.depthLimit)) {
            _ = try context.geometry(.collection([value]))
        }
    }

    @Test("A polygon of 300 000 vertices goes in, is judged and comes out")
    func large() throws {
        let count = 300_000
        let ring = (0..<count).map { index in
            // A circle with ripples: valid, because the radius is a function of the angle.
            let angle = 2 * Double.pi * Double(index) / Double(count)
            let radius = 10 + cosine(40 * angle)
            return Position(x: radius * cosine(angle), y: radius * cosine(angle - .pi / 2))
        }
        let polygon = Polygon(exteriorRing: ring + [ring[0]])
        let handle = try context.polygon(polygon)
        #expect(handle.validity() == .valid)
        #expect(try handle.value() == .polygon(polygon))
        #expect(try handle.intersection(context.rectangle(Envelope(minX: 0, minY: 0, maxX: 20, maxY: 20))).isValid)
    }

    @Test("Geometries outlive the variable of their context")
    func lifetime() throws {
        func make() throws -> GEOSGeometryHandle {
            try GeometryContext().polygon(Polygon(exteriorRing: square(0, 0, 2)))
        }
        let handle = try make()
        #expect(handle.planarArea == 4)
        let prepared = try PreparedGeometry(preparing: make())
        #expect(try prepared.intersects(Position(x: 1, y: 1)))
    }

    @Test("Geometries of two contexts stop the program")
    func twoContexts() async {
        await #expect(processExitsWith: .failure) {
            let first = try GeometryContext().point(Position(x: 0, y: 0))
            let second = try GeometryContext().point(Position(x: 0, y: 0))
            _ = try first.intersects(second)
        }
    }
}

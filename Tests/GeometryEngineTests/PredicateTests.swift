import GeometryEngine
import RedlineGeometry
import TestSupport
import Testing

@Suite("Predicates and prepared geometries")
struct PredicateTests {
    let context: GeometryContext

    init() throws { context = try GeometryContext() }

    private func polygon(_ ring: [Position]) throws -> GEOSGeometryHandle {
        try context.polygon(Polygon(exteriorRing: ring))
    }

    @Test("Squares that overlap, touch, hold each other or are apart")
    func squares() throws {
        let a = try polygon(square(0, 0, 4))
        let over = try polygon(square(2, 2, 4))
        let beside = try polygon(square(4, 0, 4))
        let inside = try polygon(square(0, 0, 2))
        let apart = try polygon(square(9, 9, 1))
        #expect(try a.overlaps(over) && a.intersects(over) && !a.touches(over))
        #expect(try a.touches(beside) && a.intersects(beside) && !a.overlaps(beside))
        #expect(try a.contains(inside) && a.covers(inside) && inside.within(a) && inside.coveredBy(a))
        #expect(try a.disjoint(apart) && !a.intersects(apart))
        #expect(try a.equalsTopologically(a.clone()) && !a.equalsTopologically(inside))
        #expect(try a.relate(over) == "212101212")
        #expect(try a.relate(over, pattern: "T*T***T**") && !a.relate(beside, pattern: "T********"))
        #expect(throws: GeometryError.self) { try a.relate(over, pattern: "T*") }
    }

    @Test("A line crosses; a side is covered and not contained")
    func lines() throws {
        let a = try polygon(square(0, 0, 4))
        let across = try context.geometry(wellKnownText: "LINESTRING (-1 2, 5 2)")
        let side = try context.geometry(wellKnownText: "LINESTRING (0 0, 4 0)")
        #expect(try across.crosses(a))
        #expect(try a.covers(side) && !a.contains(side))
    }

    @Test("A prepared geometry answers like a plain one", arguments: UInt64(1)...10)
    func prepared(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let star = randomStar(using: &generator)
        let plain = try context.polygon(star)
        let prepared = try PreparedGeometry(preparing: context.polygon(star))
        for _ in 0..<20 {
            let other = try context.polygon(randomStar(using: &generator)).buffer(
                distance: .random(in: -0.3...0, using: &generator))
            #expect(try prepared.intersects(other) == plain.intersects(other))
            #expect(try prepared.disjoint(other) == plain.disjoint(other))
            #expect(try prepared.covers(other) == plain.covers(other))
            #expect(try prepared.coveredBy(other) == plain.coveredBy(other))
            #expect(try prepared.contains(other) == plain.contains(other))
            #expect(try prepared.containsProperly(other) == plain.relate(other, pattern: "T**FF*FF*"))
            #expect(try prepared.within(other) == plain.within(other))
            #expect(try prepared.touches(other) == plain.touches(other))
            #expect(try prepared.crosses(other) == plain.crosses(other))
            #expect(try prepared.overlaps(other) == plain.overlaps(other))
            let distance = try plain.distance(to: other)
            // Both measure the same pair of segments, perhaps from the other side.
            #expect(try distance.isInfinite || abs(prepared.distance(to: other) - distance) < 1e-12)
            #expect(try prepared.distance(to: other).isInfinite == distance.isInfinite)
            #expect(try prepared.isWithinDistance(distance + 1e-9, of: other) == distance.isFinite)
            if distance.isFinite, distance > 0 {
                #expect(try !prepared.isWithinDistance(distance / 2, of: other))
                let (mine, theirs) = try #require(try prepared.nearestPositions(to: other))
                #expect(abs(try context.point(mine).distance(to: context.point(theirs)) - distance) < 1e-12)
            }
            let shared = try prepared.withBase { (base) throws(GeometryError) in try base.intersection(other) }
            #expect(try shared.equalsExact(plain.intersection(other)))
        }
    }

    @Test("An array holds prepared geometries, and each keeps what it needs")
    func array() throws {
        var zones: [PreparedGeometry] = []
        for index in 0..<100 {
            zones.append(try PreparedGeometry(preparing: polygon(square(Double(index), 0, 1))))
        }
        #expect(try zones.filter { try $0.intersects(Position(x: 50, y: 0.5)) }.count == 2)
        #expect(zones[7].envelope == Envelope(minX: 7, minY: 0, maxX: 8, maxY: 1))
    }

    @Test("Empty geometries: nothing meets them")
    func empty() throws {
        let a = try polygon(square(0, 0, 4))
        let empty = try context.geometry(.multiPolygon([]))
        #expect(try !a.intersects(empty) && a.disjoint(empty) && !a.covers(empty) && !empty.within(a))
        let prepared = try PreparedGeometry(preparing: empty.clone())
        #expect(try !prepared.intersects(a) && !prepared.isWithinDistance(1e9, of: a))
        #expect(try prepared.distance(to: a) == .infinity)
        #expect(try prepared.nearestPositions(to: a) == nil)
        #expect(try a.intersection(empty).isEmpty && a.union(empty).planarArea == 16)
        #expect(try empty.buffer(distance: 1).isEmpty && empty.convexHull().isEmpty && empty.centroid().isEmpty)
        #expect(try empty.madeValid().isEmpty && empty.pointOnSurface().isEmpty && empty.unaryUnion().isEmpty)
    }
}

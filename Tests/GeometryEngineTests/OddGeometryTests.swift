import GeometryEngine
import RedlineGeometry
import Testing

/// Every operation on geometries that are empty in part, collapsed, invalid or huge: an answer or an error, no crash.
@Suite("Odd geometries")
struct OddGeometryTests {
    private typealias Handle = GEOSGeometryHandle

    private static let texts = [
        "POINT EMPTY", "LINESTRING EMPTY", "POLYGON EMPTY", "GEOMETRYCOLLECTION EMPTY", "LINEARRING EMPTY",
        "MULTIPOINT (EMPTY)", "MULTIPOLYGON (EMPTY)", "MULTILINESTRING (EMPTY)", "GEOMETRYCOLLECTION (POINT EMPTY)",
        "GEOMETRYCOLLECTION (GEOMETRYCOLLECTION (POINT EMPTY), GEOMETRYCOLLECTION EMPTY)",
        // Empty members beside others.
        "MULTIPOINT ((1 1), EMPTY, (2 2))", "MULTIPOINT (EMPTY, (1 1))", "MULTILINESTRING (EMPTY, (0 0, 1 0, 3 3))",
        "MULTIPOLYGON (EMPTY, ((0 0, 4 0, 4 4, 0 4, 0 0)), EMPTY)",
        "GEOMETRYCOLLECTION (POINT EMPTY, POINT (1 1), LINESTRING EMPTY)",
        "GEOMETRYCOLLECTION (POINT EMPTY, LINESTRING (1 1, 1 1))",
        "GEOMETRYCOLLECTION (POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0)), GEOMETRYCOLLECTION (POINT EMPTY, POINT (9 9)))",
        // Collapsed.
        "LINESTRING (1 1, 1 1)", "LINESTRING (1 1, 1 1, 1 1)", "MULTILINESTRING ((1 1, 1 1), (0 0, 1 0))",
        "LINESTRING (0 0, 1 0, 1 0, 1 0, 1 0, 1 0, 1 0, 1 0, 1 0, 1 0, 1 0, 1 0, 1 0, 2 0)", "MULTIPOINT (1 1, 1 1)",
        "POLYGON ((1 1, 1 1, 1 1, 1 1))", "POLYGON ((0 0, 1 1, 0 0, 1 1, 0 0))", "POLYGON ((0 0, 1 0, 2 0, 0 0))",
        "POLYGON ((0 0, 0 0, 0 0, 0 0), (1 1, 2 1, 2 2, 1 1))",
        // Invalid.
        "POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))", "MULTIPOLYGON (((0 0, 4 0, 0 4, 0 0)), ((0 0, 4 0, 0 4, 0 0)))",
        "POLYGON ((0 0, 1 0, 0 1, 0 0), (0 0, 9 0, 0 9, 0 0))",
        // Sound, as partners.
        "POINT (1 1)", "LINESTRING (0 0, 2 2)", "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 2 1, 2 2, 1 1))",
        "LINEARRING (0 0, 1 0, 1 1, 0 0)", "POLYGON Z ((0 0 7, 4 0 7, 4 4 7, 0 0 7))",
        // At the ends of the range of numbers.
        "POINT (1e74 1e74)", "LINESTRING (0 0, 1e74 1e74)", "POLYGON ((0 0, 1e74 0, 0 1e74, 0 0))",
        "POLYGON ((0 0, 1e-300 0, 0 1e-300, 0 0))", "POLYGON ((-1e75 -1e75, 1e75 -1e75, 1e-75 1e75, -1e75 -1e75))",
    ]

    private static let single: [@Sendable (borrowing Handle) throws -> Void] = [
        { _ = try $0.value() }, { _ = try $0.wellKnownText() }, { _ = $0.validity() }, { _ = try $0.isSimple },
        { _ = try $0.madeValid() }, { _ = try $0.unaryUnion() }, { _ = try $0.unaryUnion(gridSize: 0.5) },
        { _ = try $0.buffer(distance: 1) }, { _ = try $0.buffer(distance: 0) }, { _ = try $0.buffer(distance: -1) },
        { _ = try $0.buffer(distance: 1e70) }, { _ = try $0.convexHull() }, { _ = try $0.boundary() },
        { _ = try $0.centroid() }, { _ = try $0.pointOnSurface() }, { _ = try $0.normalized() },
        { _ = try $0.polygonalPart() }, { _ = try $0.withPrecision(gridSize: 0.5) },
        { _ = try $0.withPrecision(gridSize: 1e300) }, { _ = try $0.withPrecision(gridSize: 1e-300) },
        { _ = try $0.clipped(to: Envelope(minX: 0.5, minY: 0.5, maxX: 3, maxY: 3)) },
        { _ = ($0.dimension, $0.envelope, $0.planarArea, $0.planarLength, $0.positionCount, $0.partCount) },
    ]

    private static let double: [@Sendable (borrowing Handle, borrowing Handle) throws -> Void] = [
        { _ = try $0.intersection($1) }, { _ = try $0.union($1) }, { _ = try $0.difference($1) },
        { _ = try $0.symmetricDifference($1) }, { _ = try $0.intersection($1, gridSize: 0.5) },
        { _ = try $0.union($1, gridSize: 0.5) }, { _ = try $0.difference($1, gridSize: 0.5) },
        { _ = try $0.symmetricDifference($1, gridSize: 0.5) }, { _ = try $0.distance(to: $1) },
        { _ = try $0.nearestPositions(to: $1) }, { _ = try $0.intersects($1) }, { _ = try $0.disjoint($1) },
        { _ = try $0.touches($1) }, { _ = try $0.crosses($1) }, { _ = try $0.within($1) },
        { _ = try $0.contains($1) }, { _ = try $0.overlaps($1) }, { _ = try $0.covers($1) },
        { _ = try $0.coveredBy($1) }, { _ = try $0.equalsTopologically($1) }, { _ = try $0.equalsExact($1) },
        { _ = try $0.relate($1) }, { _ = try $0.relate($1, pattern: "T********") },
    ]

    private static let prepared: [@Sendable (PreparedGeometry, borrowing Handle) throws -> Void] = [
        { _ = try $0.intersects($1) }, { _ = try $0.disjoint($1) }, { _ = try $0.covers($1) },
        { _ = try $0.coveredBy($1) }, { _ = try $0.contains($1) }, { _ = try $0.containsProperly($1) },
        { _ = try $0.within($1) }, { _ = try $0.touches($1) }, { _ = try $0.crosses($1) }, { _ = try $0.overlaps($1) },
        { _ = try $0.distance(to: $1) }, { _ = try $0.isWithinDistance(1, of: $1) },
        { _ = try $0.nearestPositions(to: $1) },
    ]

    @Test("No operation crashes")
    func noCrash() throws {
        let context = try GeometryContext()
        var errorCount = 0
        func attempt(_ body: () throws -> Void) {
            do { try body() } catch {
                #expect(error is GeometryError)
                errorCount += 1
            }
        }
        for text in Self.texts {
            let first = try context.geometry(wellKnownText: text)
            let index = try PreparedGeometry(preparing: first.clone())
            for operation in Self.single { attempt { try operation(first) } }
            for text in Self.texts {
                let second = try context.geometry(wellKnownText: text)
                for operation in Self.double { attempt { try operation(first, second) } }
                for operation in Self.prepared { attempt { try operation(index, second) } }
            }
        }
        // Overlay of mixed collections and of invalid polygons does fail.
        #expect(errorCount > 0)
    }

    @Test("Empty members change no answer")
    func emptyMembers() throws {
        let context = try GeometryContext()
        let pair = try context.geometry(wellKnownText: "MULTIPOINT (EMPTY, (1 1), EMPTY, (4 1))")
        let origin = try context.geometry(wellKnownText: "GEOMETRYCOLLECTION (POINT EMPTY, POINT (0 1), POLYGON EMPTY)")
        #expect(try pair.distance(to: origin) == 1)
        #expect(try origin.distance(to: pair) == 1)
        #expect(try PreparedGeometry(preparing: pair.clone()).distance(to: origin) == 1)
        let nearest = try #require(try pair.nearestPositions(to: origin))
        #expect(nearest == (Position(x: 1, y: 1), Position(x: 0, y: 1)))
        #expect(try pair.isSimple)
        #expect(try pair.unaryUnion().partCount == 2)
        #expect(try pair.pointOnSurface().isEmpty == false)
    }

    @Test("A point of a collection that also holds lines meets a prepared line")
    func pointBesideLine() throws {
        let context = try GeometryContext()
        let line = try PreparedGeometry(preparing: context.geometry(wellKnownText: "LINESTRING (0 0, 1 1)"))
        let mixed = try context.geometry(
            wellKnownText: "GEOMETRYCOLLECTION (LINESTRING (2 2, 3 3), GEOMETRYCOLLECTION (POINT (1 1)))")
        #expect(try line.intersects(mixed))
        #expect(try !line.disjoint(mixed))
    }

    @Test("A line without length has a distance too")
    func noLength() throws {
        let context = try GeometryContext()
        let place = try context.geometry(wellKnownText: "LINESTRING (1 1, 1 1)")
        let line = try PreparedGeometry(preparing: context.geometry(wellKnownText: "LINESTRING (0 0, 2 0)"))
        #expect(try line.distance(to: place) == 1)
        #expect(try line.isWithinDistance(1, of: place))
        let pair = try #require(try line.nearestPositions(to: place))
        #expect(pair == (Position(x: 1, y: 0), Position(x: 1, y: 1)))
    }
}

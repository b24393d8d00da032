import GeometryEngine
import RedlineGeometry
import TestSupport
import Testing

@Suite("Well-known text")
struct TextTests {
    let context: GeometryContext

    init() throws { context = try GeometryContext() }

    @Test("Text reads in any dimension and loses Z and M as a value")
    func dimensions() throws {
        let expected = Geometry.lineString(LineString(positions: [Position(x: 1, y: 2), Position(x: 3, y: 4)]))
        #expect(try context.geometry(wellKnownText: "LINESTRING (1 2, 3 4)").value() == expected)
        #expect(try context.geometry(wellKnownText: "LINESTRING Z (1 2 9, 3 4 9)").value() == expected)
    }

    @Test("Every number comes back from text unchanged", arguments: UInt64(1)...10)
    func roundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20 {
            let star = Geometry.polygon(randomStar(using: &generator))
            let text = try context.geometry(star).wellKnownText()
            #expect(try context.geometry(wellKnownText: text).value() == star)
        }
        let extremes = Geometry.multiPoint(
            [0.1, 1e-300, 1e70, 123456789.123456789, -0.0, .leastNonzeroMagnitude].map { Position(x: $0, y: -$0) })
        #expect(try context.geometry(wellKnownText: context.geometry(extremes).wellKnownText()).value() == extremes)
    }

    @Test(
        "Text that is none, or of curves, is refused",
        arguments: [
            "", "POINT", "POINT (1)", "POLYGON ((0 0, 1 1, 0 0)", "POLYGON ((0 0, 1 0, 1 1, 2 2))", "nonsense (1 2)",
            "CIRCULARSTRING (0 0, 1 1, 2 0)", "CURVEPOLYGON (CIRCULARSTRING (0 0, 2 2, 4 0, 2 -2, 0 0))",
            "LINESTRING (0 0)", "POINT (1 2) POINT (3 4)", "COMPOUNDCURVE ((0 0, 1 1))", "TIN (((0 0, 1 0, 0 1, 0 0)))",
        ])
    func refused(text: String) throws {
        #expect(throws: GeometryError.self) { _ = try context.geometry(wellKnownText: text) }
    }

    @Test("Text with numbers that are not finite is refused", arguments: ["nan", "inf", "-inf", "1e999"])
    func notFinite(number: String) throws {
        #expect(throws: GeometryError.self) {
            _ = try context.geometry(wellKnownText: "LINESTRING (0 0, 1 \(number))")
        }
    }

    @Test("Text nested without end is refused")
    func nesting() throws {
        let text = String(repeating: "GEOMETRYCOLLECTION (", count: 100_000)
        #expect(throws: GeometryError.nestedTooDeeply(limit: GeometryContext.depthLimit)) {
            _ = try context.geometry(wellKnownText: text)
        }
    }
}

import GeometryEngine
import RedlineGeometry
import TestSupport
import Testing

@Suite("Validity, repair and errors")
struct ValidityTests {
    let context: GeometryContext

    /// A ring that crosses itself at (1, 1): two triangles of area 1.
    private let bow = Polygon(
        exteriorRing: [(0, 0), (2, 2), (2, 0), (0, 2), (0, 0)].map { Position(x: $0.0, y: $0.1) })

    init() throws { context = try GeometryContext() }

    @Test("A bow tie is invalid at its crossing")
    func bowTie() throws {
        let handle = try context.polygon(bow)
        #expect(handle.validity() == .invalid(reason: "Self-intersection", location: Position(x: 1, y: 1)))
        #expect(handle.isValid == false)
        #expect(try context.polygon(Polygon(exteriorRing: square(0, 0, 1))).validity() == .valid)
    }

    @Test("Repair keeps the area of even-odd parts and gives a valid multi-polygon")
    func repair() throws {
        let repaired = try context.polygon(bow).madeValid()
        #expect(repaired.validity() == .valid)
        #expect(repaired.typeName == "MultiPolygon")
        #expect(repaired.planarArea == 2)
    }

    @Test("A hole over the whole shell leaves nothing, a spike and a flat ring go")
    func collapsed() throws {
        let hole = Polygon(exteriorRing: square(0, 0, 2), interiorRings: [square(-1, -1, 9)])
        #expect(try context.polygon(hole).madeValid().isEmpty)
        let flat = Polygon(exteriorRing: [(0, 0), (1, 1), (2, 2), (0, 0)].map { Position(x: $0.0, y: $0.1) })
        #expect(try context.polygon(flat).madeValid().isEmpty)
        var spike = square(0, 0, 2)
        spike.insert(contentsOf: [Position(x: 9, y: 0), Position(x: 2, y: 0)], at: 2)
        let repaired = try context.polygon(Polygon(exteriorRing: spike)).madeValid()
        #expect(repaired.planarArea == 4)
        #expect(repaired.validity() == .valid)
    }

    @Test("Valid polygons come out of repair with the same ground")
    func repairOfValid() throws {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<50 {
            let star = try context.polygon(randomStar(using: &generator))
            #expect(try star.madeValid().equalsTopologically(star))
        }
    }

    /// GEOS 3.11 leaves the result of this one invalid when asked once.
    @Test("Two parts that overlap along an edge are repaired too")
    func repairTwice() throws {
        let ring = [(0, 4), (1, 6), (4, 0), (4, 4), (4, 4), (2, 4), (4, 0), (0, 4)]
        let handle = try context.polygon(
            Polygon(exteriorRing: ring.map { Position(x: Double($0.0), y: Double($0.1)) }))
        #expect(try handle.madeValid().isValid)
    }

    @Test("Random rings of any shape are repaired to something valid", arguments: UInt64(1)...10)
    func repairOfRandom(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<30 {
            let count = Int.random(in: 3...12, using: &generator)
            // Whole numbers make vertices and edges coincide often.
            let ring = (0..<count).map { _ in
                Position(
                    x: Double(Int.random(in: 0...6, using: &generator)),
                    y: Double(Int.random(in: 0...6, using: &generator)))
            }
            let repaired = try context.polygon(Polygon(exteriorRing: ring + [ring[0]])).madeValid()
            #expect(repaired.validity() == .valid)
        }
    }

    @Test("A line that crosses itself is valid and not simple")
    func simple() throws {
        let line = try context.geometry(.lineString(LineString(positions: Array(bow.exteriorRing.prefix(4)))))
        #expect(line.validity() == .valid)
        #expect(try !line.isSimple)
    }

    @Test("A failure names the operation, the reason and the place")
    func failure() throws {
        let bow = try context.polygon(bow)
        let cut = try context.geometry(
            wellKnownText: "MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0)), ((5 5, 15 5, 15 15, 5 15, 5 5)))")
        do throws(GeometryError) {
            _ = try bow.union(cut)
            Issue.record("GEOS united invalid polygons; this test needs others.")
        } catch {
            guard case .engineFailure("GEOSUnion_r", let message, let location) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(message.contains("TopologyException"))
            #expect(location != nil)
            #expect(error.description.contains("GEOSUnion_r: TopologyException"))
        }
    }
}

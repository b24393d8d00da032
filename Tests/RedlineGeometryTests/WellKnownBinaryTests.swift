import RedlineGeometry
import TestSupport
import Testing

@Suite("Well-known binary")
struct WellKnownBinaryTests {
    @Test(
        "A point reads in both byte orders",
        arguments: [
            "0101000000000000000000F03F0000000000000040",
            "00000000013FF00000000000004000000000000000",
        ])
    func bothByteOrders(hex: String) throws {
        #expect(try WellKnownBinary.decode(bytes(hex)) == .point(Position(x: 1, y: 2)))
    }

    @Test(
        "Z and M are dropped and told, in EWKB and ISO codes",
        arguments: [
            (UInt32(0x8000_0001), 1, true, false), (0x4000_0001, 1, false, true), (0xC000_0001, 2, true, true),
            (1001, 1, true, false), (2001, 1, false, true), (3001, 2, true, true),
        ])
    func extraOrdinates(code: UInt32, extras: Int, hasZ: Bool, hasM: Bool) throws {
        let bytes = header(code) + number(1) + number(2) + Array(repeating: number(7), count: extras).joined()
        let contents = try WellKnownBinary.contents(of: bytes)
        #expect(contents == WellKnownBinary.Contents(geometry: .point(Position(x: 1, y: 2)), hasZ: hasZ, hasM: hasM))
    }

    @Test("An EWKB identifier is told")
    func identifier() throws {
        let point = Geometry.point(Position(x: 105, y: 37.5))
        let contents = try WellKnownBinary.contents(of: WellKnownBinary.encode(point, srid: 4490))
        #expect(contents.srid == 4490)
        #expect(contents.geometry == point)
    }

    @Test("Empty geometries of every kind come back")
    func empties() throws {
        let empties: [Geometry] = [
            .point(nil), .lineString(LineString(positions: [])), .polygon(Polygon(exteriorRing: [])), .multiPoint([]),
            .multiLineString([]), .multiPolygon([]), .collection([]), .collection([.point(nil), .collection([])]),
            .multiPolygon([Polygon(exteriorRing: [])]),
        ]
        for geometry in empties { #expect(try WellKnownBinary.decode(WellKnownBinary.encode(geometry)) == geometry) }
    }

    @Test("Curves and surfaces are refused by name")
    func curves() {
        let names = [
            "CIRCULARSTRING", "COMPOUNDCURVE", "CURVEPOLYGON", "MULTICURVE", "MULTISURFACE", "CURVE", "SURFACE",
            "POLYHEDRALSURFACE", "TIN", "TRIANGLE",
        ]
        for (code, name) in zip(UInt32(8)..., names) {
            for variant in [code, code + 1000, code + 3000, code | 0x8000_0000] {
                #expect(throws: WellKnownBinaryError.unsupportedType(name: name)) {
                    try WellKnownBinary.decode(header(variant) + count(0))
                }
            }
        }
    }

    @Test("Unknown codes and byte orders are refused")
    func garbage() {
        #expect(throws: WellKnownBinaryError.unknownByteOrder(2, offset: 0)) {
            try WellKnownBinary.decode([2, 1, 0, 0, 0])
        }
        for code: UInt32 in [0, 18, 999, 4001, 1000, 0x1FFF_FFFF] {
            #expect(throws: WellKnownBinaryError.unknownType(code: code, offset: 1)) {
                try WellKnownBinary.decode(header(code) + count(0))
            }
        }
    }

    @Test("A count above what is left is refused before anything is allocated", arguments: [UInt32(2), 3, 4, 5, 6, 7])
    func hugeCounts(code: UInt32) {
        #expect(throws: WellKnownBinaryError.truncated(offset: 9)) {
            try WellKnownBinary.decode(header(code) + count(.max) + number(0))
        }
    }

    @Test("A member that its collection cannot hold is refused")
    func misplaced() {
        let line = WellKnownBinary.encode(.lineString(LineString(positions: [])))
        #expect(throws: WellKnownBinaryError.misplacedMember(name: "LINESTRING", collection: "MULTIPOLYGON", offset: 9))
        {
            try WellKnownBinary.decode(header(6) + count(1) + line)
        }
    }

    @Test("Nesting is bounded")
    func nesting() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array(repeating: header(7) + count(1), count: depth).flatMap(\.self) + header(7) + count(0)
        }
        #expect(try WellKnownBinary.decode(nested(WellKnownBinary.depthLimit)).isEmpty)
        for depth in [WellKnownBinary.depthLimit + 1, 100_000] {
            #expect(throws: WellKnownBinaryError.nestedTooDeeply(limit: WellKnownBinary.depthLimit)) {
                try WellKnownBinary.decode(nested(depth))
            }
        }
    }

    @Test("Bytes after the end are refused")
    func trailing() {
        #expect(throws: WellKnownBinaryError.trailingBytes(count: 1)) {
            try WellKnownBinary.decode(WellKnownBinary.encode(.multiPoint([])) + [0])
        }
    }

    @Test("Infinite ordinates are carried, half a NaN is no empty point")
    func notFinite() throws {
        let line = Geometry.lineString(LineString(positions: [Position(x: .infinity, y: 0)]))
        #expect(try WellKnownBinary.decode(WellKnownBinary.encode(line)) == line)
        let half = try WellKnownBinary.decode(WellKnownBinary.encode(.point(Position(x: .nan, y: 3))))
        #expect(half.positionCount == 1)
    }

    @Test(
        "Any geometry comes back from either byte order",
        arguments: [WellKnownBinary.ByteOrder.littleEndian, .bigEndian])
    func roundTrip(order: WellKnownBinary.ByteOrder) throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<200 {
            let geometry = randomGeometry(depth: 3, using: &generator)
            #expect(try WellKnownBinary.decode(WellKnownBinary.encode(geometry, byteOrder: order)) == geometry)
        }
    }

    @Test("Cut or damaged bytes throw or read, and never trap", arguments: UInt64(1)...8)
    func damage(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let whole = WellKnownBinary.encode(randomGeometry(depth: 3, using: &generator))
        for length in 0..<whole.count {
            #expect(throws: WellKnownBinaryError.self) { try WellKnownBinary.decode(Array(whole.prefix(length))) }
        }
        for _ in 0..<500 {
            var damaged = whole
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                damaged[Int.random(in: damaged.indices, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            _ = try? WellKnownBinary.decode(damaged)
        }
    }

    @Test("A polygon of 300 000 vertices comes back")
    func large() throws {
        let ring = (0..<300_000).map { Position(x: Double($0), y: Double($0 % 7)) }
        let polygon = Geometry.polygon(Polygon(exteriorRing: ring + [ring[0]]))
        #expect(try WellKnownBinary.decode(WellKnownBinary.encode(polygon)) == polygon)
    }

    private func randomGeometry(depth: Int, using generator: inout SeededGenerator) -> Geometry {
        func positions() -> [Position] {
            (0..<Int.random(in: 0...5, using: &generator)).map { _ in
                Position(x: .random(in: -180...180, using: &generator), y: .random(in: -90...90, using: &generator))
            }
        }
        func polygon() -> Polygon {
            let exteriorRing = positions()
            let holes = exteriorRing.isEmpty ? 0 : Int.random(in: 0...2, using: &generator)
            return Polygon(exteriorRing: exteriorRing, interiorRings: (0..<holes).map { _ in positions() })
        }
        let size = Int.random(in: 0...3, using: &generator)
        switch Int.random(in: 0...(depth > 0 ? 6 : 5), using: &generator) {
        case 0: return .point(positions().first)
        case 1: return .lineString(LineString(positions: positions()))
        case 2: return .polygon(polygon())
        case 3: return .multiPoint(positions())
        case 4: return .multiLineString((0..<size).map { _ in LineString(positions: positions()) })
        case 5: return .multiPolygon((0..<size).map { _ in polygon() })
        default: return .collection((0..<size).map { _ in randomGeometry(depth: depth - 1, using: &generator) })
        }
    }

    private func bytes(_ hex: String) -> [UInt8] {
        stride(from: 0, to: hex.count, by: 2).compactMap { UInt8(hex.dropFirst($0).prefix(2), radix: 16) }
    }

    private func header(_ code: UInt32) -> [UInt8] { [1] + count(code) }

    private func count(_ count: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: count >> (8 * UInt32($0))) }
    }

    private func number(_ value: Double) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt64($0))) }
    }
}

/// Geometries as well-known binary (WKB): OGC 06-103r4 clause 8 with the codes of ISO 13249-3 for Z and M, and the
/// flags of EWKB as PostGIS writes them.
public enum WellKnownBinary {
    /// What the bytes hold.
    public struct Contents: Hashable, Sendable {
        /// The geometry in two dimensions.
        public var geometry: Geometry
        /// Whether any part had a third ordinate, which was dropped.
        public var hasZ = false
        /// Whether any part had measures, which were dropped.
        public var hasM = false
        /// The spatial reference identifier of the outermost geometry; nil where the bytes have none.
        public var srid: Int32?

        /// Creates contents from their parts.
        public init(geometry: Geometry, hasZ: Bool = false, hasM: Bool = false, srid: Int32? = nil) {
            self.geometry = geometry
            self.hasZ = hasZ
            self.hasM = hasM
            self.srid = srid
        }
    }

    /// How deep collections may be nested; a bound on the stack that hostile bytes can use.
    public static let depthLimit = 64

    /// Returns the geometry that `bytes` hold.
    ///
    /// - Parameter bytes: Exactly one geometry, in either byte order.
    /// - Returns: The geometry in two dimensions. ``contents(of:)-(Span<UInt8>)`` also tells what was dropped.
    /// - Throws: ``WellKnownBinaryError``, never a trap, for bytes of any kind.
    public static func decode(_ bytes: Span<UInt8>) throws(WellKnownBinaryError) -> Geometry {
        try contents(of: bytes).geometry
    }

    /// Returns the geometry that `bytes` hold, as ``decode(_:)-(Span<UInt8>)``.
    ///
    /// - Parameter bytes: Exactly one geometry, in either byte order.
    /// - Returns: The geometry in two dimensions.
    /// - Throws: ``WellKnownBinaryError`` for bytes that are no such geometry.
    public static func decode(_ bytes: [UInt8]) throws(WellKnownBinaryError) -> Geometry {
        try contents(of: bytes.span).geometry
    }

    /// Returns the geometry that `bytes` hold, as ``contents(of:)-(Span<UInt8>)``.
    ///
    /// - Parameter bytes: Exactly one geometry, in either byte order.
    /// - Returns: The geometry and what was dropped.
    /// - Throws: ``WellKnownBinaryError`` for bytes that are no such geometry.
    public static func contents(of bytes: [UInt8]) throws(WellKnownBinaryError) -> Contents {
        try contents(of: bytes.span)
    }

    /// Returns the geometry that `bytes` hold, and what of them it leaves out.
    ///
    /// `POINT EMPTY` is a point with two NaN; a multi-point leaves such members out. Other values that are not finite
    /// are carried, to be judged where they are used. Rings are taken as they are, closed or not.
    ///
    /// - Parameter bytes: Exactly one geometry, in either byte order, which may differ from part to part.
    /// - Returns: The geometry, whether it had Z or M, and its identifier.
    /// - Throws: ``WellKnownBinaryError``, never a trap, for bytes of any kind: truncated ones, counts that promise
    ///   more than is there (nothing is allocated for them), kinds that are not supported, bytes left over.
    /// - Complexity: O(*n*) in the number of bytes.
    public static func contents(of bytes: Span<UInt8>) throws(WellKnownBinaryError) -> Contents {
        var cursor = Cursor()
        let geometry = try geometry(in: bytes, at: &cursor, depth: 0)
        guard cursor.offset == bytes.count else { throw .trailingBytes(count: bytes.count - cursor.offset) }
        return Contents(geometry: geometry, hasZ: cursor.hasZ, hasM: cursor.hasM, srid: cursor.srid)
    }
}

// MARK: - Reading

extension WellKnownBinary {
    /// The kinds that can be read, by type code.
    enum Kind: UInt32 {
        case point = 1
        case lineString, polygon, multiPoint, multiLineString, multiPolygon, collection

        var name: String { WellKnownBinary.names[Int(rawValue)] }
    }

    /// The names of the type codes from 0 to 17.
    private static let names = [
        "GEOMETRY", "POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON",
        "GEOMETRYCOLLECTION", "CIRCULARSTRING", "COMPOUNDCURVE", "CURVEPOLYGON", "MULTICURVE", "MULTISURFACE", "CURVE",
        "SURFACE", "POLYHEDRALSURFACE", "TIN", "TRIANGLE",
    ]

    /// Where reading stands, and what was met on the way.
    private struct Cursor {
        var offset = 0
        var hasZ = false
        var hasM = false
        var srid: Int32?
    }

    /// The start of a geometry: how to read what follows.
    private struct Header {
        var kind: Kind
        var isBigEndian: Bool
        var bytesPerPosition: Int
    }

    private static func header(
        in bytes: Span<UInt8>, at cursor: inout Cursor, depth: Int
    ) throws(WellKnownBinaryError) -> Header {
        let start = cursor.offset
        guard bytes.count - start >= 5 else { throw .truncated(offset: bytes.count) }
        let mark = bytes[start]
        guard mark <= 1 else { throw .unknownByteOrder(mark, offset: start) }
        cursor.offset += 1
        let code = try word(in: bytes, at: &cursor, isBigEndian: mark == 0)
        // EWKB sets the three highest bits; ISO adds 1000 for Z and 2000 for M.
        let (thousands, base) = (code & 0x1FFF_FFFF).quotientAndRemainder(dividingBy: 1000)
        guard thousands <= 3, base > 0, base < names.count else { throw .unknownType(code: code, offset: start + 1) }
        guard let kind = Kind(rawValue: base) else { throw .unsupportedType(name: names[Int(base)]) }
        let hasZ = code & 0x8000_0000 != 0 || thousands & 1 == 1
        let hasM = code & 0x4000_0000 != 0 || thousands & 2 == 2
        if code & 0x2000_0000 != 0 {
            let srid = Int32(bitPattern: try word(in: bytes, at: &cursor, isBigEndian: mark == 0))
            if depth == 0 { cursor.srid = srid }
        }
        cursor.hasZ = cursor.hasZ || hasZ
        cursor.hasM = cursor.hasM || hasM
        return Header(kind: kind, isBigEndian: mark == 0, bytesPerPosition: 16 + (hasZ ? 8 : 0) + (hasM ? 8 : 0))
    }

    private static func geometry(
        in bytes: Span<UInt8>, at cursor: inout Cursor, depth: Int
    ) throws(WellKnownBinaryError) -> Geometry {
        guard depth <= depthLimit else { throw .nestedTooDeeply(limit: depthLimit) }
        let header = try header(in: bytes, at: &cursor, depth: depth)
        switch header.kind {
        case .point: return .point(try point(in: bytes, at: &cursor, header))
        case .lineString: return .lineString(LineString(positions: try run(in: bytes, at: &cursor, header)))
        case .polygon: return .polygon(try polygon(in: bytes, at: &cursor, header))
        case .multiPoint:
            let points = try members(.point, of: header, in: bytes, at: &cursor, depth, point)
            return .multiPoint(points.compactMap(\.self))
        case .multiLineString:
            let runs = try members(.lineString, of: header, in: bytes, at: &cursor, depth, run)
            return .multiLineString(runs.map(LineString.init(positions:)))
        case .multiPolygon:
            return .multiPolygon(try members(.polygon, of: header, in: bytes, at: &cursor, depth, polygon))
        case .collection:
            let count = try count(in: bytes, at: &cursor, header, bytesPerElement: smallestMember)
            var geometries: [Geometry] = []
            geometries.reserveCapacity(count)
            for _ in 0..<count { geometries.append(try geometry(in: bytes, at: &cursor, depth: depth + 1)) }
            return .collection(geometries)
        }
    }

    /// The size in bytes of the smallest geometry, an empty line: byte order, type and a count of 0.
    private static let smallestMember = 9

    private static func members<T>(
        _ kind: Kind, of header: Header, in bytes: Span<UInt8>, at cursor: inout Cursor, _ depth: Int,
        _ body: (Span<UInt8>, inout Cursor, Header) throws(WellKnownBinaryError) -> T
    ) throws(WellKnownBinaryError) -> [T] {
        let count = try count(in: bytes, at: &cursor, header, bytesPerElement: smallestMember)
        var members: [T] = []
        members.reserveCapacity(count)
        for _ in 0..<count {
            let start = cursor.offset
            let member = try Self.header(in: bytes, at: &cursor, depth: depth + 1)
            guard member.kind == kind else {
                throw .misplacedMember(name: member.kind.name, collection: header.kind.name, offset: start)
            }
            members.append(try body(bytes, &cursor, member))
        }
        return members
    }

    private static func polygon(
        in bytes: Span<UInt8>, at cursor: inout Cursor, _ header: Header
    ) throws(WellKnownBinaryError) -> Polygon {
        let count = try count(in: bytes, at: &cursor, header, bytesPerElement: 4)
        guard count > 0 else { return Polygon(exteriorRing: []) }
        let exteriorRing = try run(in: bytes, at: &cursor, header)
        var interiorRings: [[Position]] = []
        interiorRings.reserveCapacity(count - 1)
        for _ in 1..<count { interiorRings.append(try run(in: bytes, at: &cursor, header)) }
        return Polygon(exteriorRing: exteriorRing, interiorRings: interiorRings)
    }

    private static func point(
        in bytes: Span<UInt8>, at cursor: inout Cursor, _ header: Header
    ) throws(WellKnownBinaryError) -> Position? {
        guard bytes.count - cursor.offset >= header.bytesPerPosition else { throw .truncated(offset: bytes.count) }
        let position = position(in: bytes, at: cursor.offset, isBigEndian: header.isBigEndian)
        cursor.offset += header.bytesPerPosition
        return position.x.isNaN && position.y.isNaN ? nil : position
    }

    /// Reads a count and as many positions.
    private static func run(
        in bytes: Span<UInt8>, at cursor: inout Cursor, _ header: Header
    ) throws(WellKnownBinaryError) -> [Position] {
        let size = header.bytesPerPosition
        let count = try count(in: bytes, at: &cursor, header, bytesPerElement: size)
        let start = cursor.offset
        cursor.offset += count * size
        // The byte order is settled outside the loop, so that each number becomes one load.
        return header.isBigEndian
            ? positions(in: bytes, from: start, count: count, size: size, isBigEndian: true)
            : positions(in: bytes, from: start, count: count, size: size, isBigEndian: false)
    }

    @inline(__always)
    private static func positions(
        in bytes: Span<UInt8>, from start: Int, count: Int, size: Int, isBigEndian: Bool
    ) -> [Position] {
        [Position](capacity: count) { output in
            var offset = start
            for _ in 0..<count {
                output.append(position(in: bytes, at: offset, isBigEndian: isBigEndian))
                offset += size
            }
        }
    }

    @inline(__always)
    private static func position(in bytes: Span<UInt8>, at offset: Int, isBigEndian: Bool) -> Position {
        let pair = bytes.extracting(offset..<offset + 16)
        var (x, y): (UInt64, UInt64) = (0, 0)
        // Two loads once the compiler has seen that the span has 16 bytes.
        for index in 0..<8 {
            x |= UInt64(pair[index]) << UInt64(8 * index)
            y |= UInt64(pair[8 + index]) << UInt64(8 * index)
        }
        return Position(
            x: Double(bitPattern: isBigEndian ? x.byteSwapped : x),
            y: Double(bitPattern: isBigEndian ? y.byteSwapped : y))
    }

    /// Reads a count of elements that take at least `bytesPerElement` each, and checks that they can be there.
    private static func count(
        in bytes: Span<UInt8>, at cursor: inout Cursor, _ header: Header, bytesPerElement: Int
    ) throws(WellKnownBinaryError) -> Int {
        let count = Int(try word(in: bytes, at: &cursor, isBigEndian: header.isBigEndian))
        guard count <= (bytes.count - cursor.offset) / bytesPerElement else { throw .truncated(offset: cursor.offset) }
        return count
    }

    private static func word(
        in bytes: Span<UInt8>, at cursor: inout Cursor, isBigEndian: Bool
    ) throws(WellKnownBinaryError) -> UInt32 {
        guard bytes.count - cursor.offset >= 4 else { throw .truncated(offset: bytes.count) }
        var word: UInt32 = 0
        for index in 0..<4 { word |= UInt32(bytes[cursor.offset + index]) << UInt32(8 * index) }
        cursor.offset += 4
        return isBigEndian ? word.byteSwapped : word
    }
}

extension WellKnownBinary {
    /// The order of the bytes of a number.
    public enum ByteOrder: Hashable, Sendable {
        /// Least significant byte first, as nearly all software writes.
        case littleEndian
        /// Most significant byte first.
        case bigEndian
    }

    /// Returns `geometry` as bytes, in two dimensions.
    ///
    /// - Parameters:
    ///   - geometry: Any geometry; `POINT EMPTY` becomes a point with two NaN.
    ///   - byteOrder: The byte order of every number.
    ///   - srid: Where given, an EWKB with this identifier; else the form of OGC and ISO.
    /// - Returns: Bytes that ``decode(_:)-([UInt8])`` turns into an equal geometry.
    /// - Complexity: O(*n*) in the number of positions.
    public static func encode(
        _ geometry: Geometry, byteOrder: ByteOrder = .littleEndian, srid: Int32? = nil
    ) -> [UInt8] {
        let size = encodedSize(geometry) + (srid == nil ? 0 : 4)
        return [UInt8](capacity: size) { output in
            write(geometry, byteOrder, srid: srid, to: &output)
        }
    }

    private static func encodedSize(_ geometry: Geometry) -> Int {
        switch geometry {
        case .point: 21
        case .lineString(let line): 9 + 16 * line.positions.count
        case .polygon(let polygon): encodedSize(polygon)
        case .multiPoint(let positions): 9 + 21 * positions.count
        case .multiLineString(let lines): lines.reduce(9) { $0 + 9 + 16 * $1.positions.count }
        case .multiPolygon(let polygons): polygons.reduce(9) { $0 + encodedSize($1) }
        case .collection(let members): members.reduce(9) { $0 + encodedSize($1) }
        }
    }

    private static func encodedSize(_ polygon: Polygon) -> Int {
        guard !polygon.isEmpty else { return 9 }
        return polygon.interiorRings.reduce(13 + 16 * polygon.exteriorRing.count) { $0 + 4 + 16 * $1.count }
    }

    private static func write(
        _ geometry: Geometry, _ order: ByteOrder, srid: Int32? = nil, to output: inout OutputSpan<UInt8>
    ) {
        func start(_ kind: Kind) { writeHeader(kind, order, srid: srid, to: &output) }
        switch geometry {
        case .point(let position):
            start(.point)
            write(position ?? Position(x: .nan, y: .nan), order, to: &output)
        case .lineString(let line):
            start(.lineString)
            write(line.positions, order, to: &output)
        case .polygon(let polygon):
            start(.polygon)
            write(polygon, order, to: &output)
        case .multiPoint(let positions):
            start(.multiPoint)
            write(positions.count, order, to: &output)
            for position in positions {
                writeHeader(.point, order, to: &output)
                write(position, order, to: &output)
            }
        case .multiLineString(let lines):
            start(.multiLineString)
            write(lines.count, order, to: &output)
            for line in lines {
                writeHeader(.lineString, order, to: &output)
                write(line.positions, order, to: &output)
            }
        case .multiPolygon(let polygons):
            start(.multiPolygon)
            write(polygons.count, order, to: &output)
            for polygon in polygons {
                writeHeader(.polygon, order, to: &output)
                write(polygon, order, to: &output)
            }
        case .collection(let members):
            start(.collection)
            write(members.count, order, to: &output)
            for member in members { write(member, order, to: &output) }
        }
    }

    private static func writeHeader(
        _ kind: Kind, _ order: ByteOrder, srid: Int32? = nil, to output: inout OutputSpan<UInt8>
    ) {
        output.append(order == .littleEndian ? 1 : 0)
        write(kind.rawValue | (srid == nil ? 0 : 0x2000_0000), order, to: &output)
        if let srid { write(UInt32(bitPattern: srid), order, to: &output) }
    }

    private static func write(_ polygon: Polygon, _ order: ByteOrder, to output: inout OutputSpan<UInt8>) {
        guard !polygon.isEmpty else { return write(0, order, to: &output) }
        write(1 + polygon.interiorRings.count, order, to: &output)
        write(polygon.exteriorRing, order, to: &output)
        for ring in polygon.interiorRings { write(ring, order, to: &output) }
    }

    private static func write(_ positions: [Position], _ order: ByteOrder, to output: inout OutputSpan<UInt8>) {
        write(positions.count, order, to: &output)
        for position in positions { write(position, order, to: &output) }
    }

    private static func write(_ position: Position, _ order: ByteOrder, to output: inout OutputSpan<UInt8>) {
        write(position.x.bitPattern, order, to: &output)
        write(position.y.bitPattern, order, to: &output)
    }

    private static func write(_ count: Int, _ order: ByteOrder, to output: inout OutputSpan<UInt8>) {
        write(UInt32(count), order, to: &output)
    }

    @inline(__always)
    private static func write<T: FixedWidthInteger>(_ number: T, _ order: ByteOrder, to output: inout OutputSpan<UInt8>)
    {
        var rest = order == .littleEndian ? number : number.byteSwapped
        for _ in 0..<MemoryLayout<T>.size {
            output.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }
}

/// Numbers one after the other, least significant byte first.
package struct LittleEndianBytes {
    /// All that was appended.
    package private(set) var bytes: [UInt8] = []

    /// Creates an empty row of bytes.
    package init() {}

    package mutating func append(_ value: Int32) { append(UInt64(UInt32(bitPattern: value)), size: 4) }

    package mutating func append(_ value: UInt64) { append(value, size: 8) }

    package mutating func append(_ value: Double) { append(value.bitPattern, size: 8) }

    package mutating func append(_ envelope: Envelope) {
        for side in [envelope.minX, envelope.minY, envelope.maxX, envelope.maxY] { append(side) }
    }

    package mutating func append(_ text: some Sequence<UInt8>) { bytes.append(contentsOf: text) }

    private mutating func append(_ value: UInt64, size: Int) {
        for place in 0..<size { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * place))) }
    }
}

extension Span<UInt8> {
    /// The number in the four bytes from `offset` on.
    @inlinable @inline(__always)
    package func int32(at offset: Int) -> Int32 { Int32(bitPattern: UInt32(truncatingIfNeeded: word(at: offset, 4))) }

    /// The number in the eight bytes from `offset` on.
    @inlinable @inline(__always)
    package func uint64(at offset: Int) -> UInt64 { word(at: offset, 8) }

    /// The number in the eight bytes from `offset` on.
    @inlinable @inline(__always)
    package func double(at offset: Int) -> Double { Double(bitPattern: word(at: offset, 8)) }

    /// The rectangle in the 32 bytes from `offset` on.
    @inlinable @inline(__always)
    package func envelope(at offset: Int) -> Envelope {
        let bytes = extracting(offset..<offset + 32)
        return Envelope(
            minX: bytes.double(at: 0), minY: bytes.double(at: 8), maxX: bytes.double(at: 16), maxY: bytes.double(at: 24)
        )
    }

    @inlinable @inline(__always)
    package func word(at offset: Int, _ size: Int) -> UInt64 {
        // One load once the compiler has seen that the span has so many bytes.
        let bytes = extracting(offset..<offset + size)
        var value: UInt64 = 0
        for place in 0..<size { value |= UInt64(bytes[place]) << (8 * UInt64(place)) }
        return value
    }
}

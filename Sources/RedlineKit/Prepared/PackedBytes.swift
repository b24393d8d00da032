import Crypto
import Foundation
import RedlineGeometry

/// Writes numbers and texts one after the other, least significant byte first.
struct PackedWriter {
    private var bytes = LittleEndianBytes()

    /// All that was written.
    var data: Data { Data(bytes.bytes) }

    mutating func write(_ value: Int32) { bytes.append(value) }

    mutating func write(_ value: UInt64) { bytes.append(value) }

    mutating func write(_ value: Double) { bytes.append(value) }

    mutating func write(_ envelope: Envelope) { bytes.append(envelope) }

    /// Writes a text; nil is told from an empty one.
    mutating func write(_ text: String?) {
        write(Int32(text.map(\.utf8.count) ?? -1))
        if let text { bytes.append(text.utf8) }
    }
}

/// Reads what ``PackedWriter`` wrote; never beyond the end.
struct PackedReader {
    /// The bytes end too early, or are not what they should be.
    struct Damaged: Error {}

    private let data: Data
    private var offset = 0

    init(_ data: Data) { self.data = data }

    /// Whether everything has been read.
    var isAtEnd: Bool { offset == data.count }

    /// What has not been read.
    var rest: Data { data.suffix(data.count - offset) }

    mutating func int32() throws -> Int32 { Int32(bitPattern: UInt32(truncatingIfNeeded: try next(4))) }

    mutating func uint64() throws -> UInt64 { try next(8) }

    mutating func envelope() throws -> Envelope {
        guard data.count - offset >= 32 else { throw Damaged() }
        defer { offset += 32 }
        return data.span.envelope(at: offset)
    }

    /// A number of things that take at least `size` bytes each, so that a wrong one asks for no memory.
    mutating func count(ofSize size: Int) throws -> Int {
        let count = Int(try int32())
        guard count >= 0, count <= (data.count - offset) / size else { throw Damaged() }
        return count
    }

    /// As many things of the same size.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - size: Of each, in bytes.
    ///   - element: Makes one of the bytes from an offset on.
    /// - Returns: All of them, in order.
    /// - Throws: ``Damaged`` where there are fewer.
    @inline(__always)
    mutating func array<Element>(
        _ count: Int, ofSize size: Int, _ element: (Span<UInt8>, Int) -> Element
    ) throws -> [Element] {
        guard count >= 0, count <= (data.count - offset) / size else { throw Damaged() }
        let bytes = data.span.extracting(offset..<offset + size * count)
        offset += size * count
        return [Element](capacity: count) { output in
            for place in 0..<count { output.append(element(bytes, size * place)) }
        }
    }

    mutating func text() throws -> String? {
        let length = Int(try int32())
        if length == -1 { return nil }
        guard length >= 0, length <= data.count - offset,
            let text = try? UTF8Span(validating: data.span.extracting(offset..<offset + length))
        else { throw Damaged() }
        offset += length
        return String(copying: text)
    }

    private mutating func next(_ size: Int) throws -> UInt64 {
        guard size <= data.count - offset else { throw Damaged() }
        defer { offset += size }
        return data.span.word(at: offset, size)
    }
}

/// The first 64 bits of SHA-256: enough to notice any damage, small enough to keep beside everything.
enum Checksum {
    static func of(_ parts: Data...) -> UInt64 {
        var hash = SHA256()
        for part in parts { hash.update(data: part) }
        var value: UInt64 = 0
        for byte in hash.finalize().prefix(8) { value = value << 8 | UInt64(byte) }
        return value
    }
}

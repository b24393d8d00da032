import Crypto
import Foundation

/// Writes numbers and texts one after the other, least significant byte first.
struct PackedWriter {
    private var bytes: [UInt8] = []

    /// All that was written.
    var data: Data { Data(bytes) }

    mutating func write(_ value: Int32) { append(UInt64(UInt32(bitPattern: value)), bytes: 4) }

    mutating func write(_ value: UInt64) { append(value, bytes: 8) }

    mutating func write(_ value: Double) { append(value.bitPattern, bytes: 8) }

    /// Writes a text; nil is told from an empty one.
    mutating func write(_ text: String?) {
        write(Int32(text.map(\.utf8.count) ?? -1))
        if let text { bytes.append(contentsOf: text.utf8) }
    }

    private mutating func append(_ value: UInt64, bytes count: Int) {
        for place in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * place))) }
    }
}

/// Reads what ``PackedWriter`` wrote; never beyond the end.
struct PackedReader {
    /// The bytes end too early, or are not what they should be.
    struct Damaged: Error {}

    private let bytes: [UInt8]
    private var offset = 0

    init(_ data: Data) { bytes = [UInt8](data) }

    /// Whether everything has been read.
    var isAtEnd: Bool { offset == bytes.count }

    mutating func int32() throws -> Int32 { Int32(bitPattern: UInt32(truncatingIfNeeded: try next(4))) }

    mutating func uint64() throws -> UInt64 { try next(8) }

    @inline(__always)
    mutating func double() throws -> Double { Double(bitPattern: try next(8)) }

    /// A number of things that take at least `size` bytes each, so that a wrong one asks for no memory.
    mutating func count(ofSize size: Int) throws -> Int {
        let count = Int(try int32())
        guard count >= 0, count <= (bytes.count - offset) / size else { throw Damaged() }
        return count
    }

    mutating func text() throws -> String? {
        let length = Int(try int32())
        if length == -1 { return nil }
        guard length >= 0, length <= bytes.count - offset,
            let text = String(validating: bytes[offset..<(offset + length)], as: UTF8.self)
        else { throw Damaged() }
        offset += length
        return text
    }

    @inline(__always)
    private mutating func next(_ count: Int) throws -> UInt64 {
        guard count <= bytes.count - offset else { throw Damaged() }
        defer { offset += count }
        // A span knows its bounds once for all bytes of the word.
        let word = bytes.span.extracting(offset..<offset + count)
        var value: UInt64 = 0
        for place in 0..<count { value |= UInt64(word[place]) << (8 * UInt64(place)) }
        return value
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

import Crypto
import Foundation

/// Writes numbers and texts one after the other, least significant byte first.
struct PackedWriter {
    private(set) var data = Data()

    mutating func write(_ value: Int32) { append(UInt64(UInt32(bitPattern: value)), bytes: 4) }

    mutating func write(_ value: UInt64) { append(value, bytes: 8) }

    mutating func write(_ value: Double) { append(value.bitPattern, bytes: 8) }

    /// Writes a text; nil is told from an empty one.
    mutating func write(_ text: String?) {
        write(Int32(text.map(\.utf8.count) ?? -1))
        if let text { data.append(contentsOf: text.utf8) }
    }

    private mutating func append(_ value: UInt64, bytes: Int) {
        for place in 0..<bytes { data.append(UInt8(truncatingIfNeeded: value >> (8 * place))) }
    }
}

/// Reads what ``PackedWriter`` wrote; never beyond the end.
struct PackedReader {
    /// The bytes end too early, or are not what they should be.
    struct Damaged: Error {}

    private let data: Data
    private var offset: Int

    init(_ data: Data) {
        self.data = data
        offset = data.startIndex
    }

    /// Whether everything has been read.
    var isAtEnd: Bool { offset == data.endIndex }

    mutating func int32() throws -> Int32 { Int32(bitPattern: UInt32(truncatingIfNeeded: try next(4))) }

    mutating func uint64() throws -> UInt64 { try next(8) }

    mutating func double() throws -> Double { Double(bitPattern: try next(8)) }

    /// A number of things that take at least `size` bytes each, so that a wrong one asks for no memory.
    mutating func count(ofSize size: Int) throws -> Int {
        let count = Int(try int32())
        guard count >= 0, count <= (data.endIndex - offset) / size else { throw Damaged() }
        return count
    }

    mutating func text() throws -> String? {
        let length = Int(try int32())
        if length == -1 { return nil }
        guard length >= 0, length <= data.endIndex - offset,
            let text = String(validating: data[offset..<(offset + length)], as: UTF8.self)
        else { throw Damaged() }
        offset += length
        return text
    }

    private mutating func next(_ bytes: Int) throws -> UInt64 {
        guard bytes <= data.endIndex - offset else { throw Damaged() }
        var value: UInt64 = 0
        for place in 0..<bytes { value |= UInt64(data[offset + place]) << (8 * UInt64(place)) }
        offset += bytes
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

/// Takes the bytes of a report, a chunk at a time and in order; throws where they cannot be kept.
public typealias ByteWriter = ([UInt8]) throws -> Void

/// JSON text (RFC 8259) in the making: members in the order in which they are written, without spaces.
///
/// Every number is written in the shortest form that reads back as the same double. The caller keeps objects and
/// arrays balanced and gives each member of an object a key; nothing checks that.
package struct JSONText {
    /// What is written so far and not handed on.
    package var bytes: [UInt8] = []
    private var needsComma = false
    private var needsLineBreak = false

    package init() {}

    /// Begins anew, and keeps the room it has.
    mutating func restart() {
        bytes.removeAll(keepingCapacity: true)
        (needsComma, needsLineBreak) = (false, false)
    }

    /// Hands everything on once more than `limit` bytes have gathered, so that memory stays bounded.
    package mutating func drain(above limit: Int = 1 << 18, to write: ByteWriter) throws {
        guard bytes.count > limit else { return }
        try write(bytes)
        bytes.removeAll(keepingCapacity: true)
    }

    package mutating func beginObject() {
        separate()
        bytes.append(UInt8(ascii: "{"))
        needsComma = false
    }

    package mutating func endObject() {
        bytes.append(UInt8(ascii: "}"))
        needsComma = true
    }

    package mutating func beginArray() {
        separate()
        bytes.append(UInt8(ascii: "["))
        needsComma = false
    }

    package mutating func endArray() {
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    /// Puts the next member or element, or the end of the text, on a line of its own.
    package mutating func breakLine() { needsLineBreak = true }

    /// Ends the text with a line feed.
    package mutating func end() { bytes.append(UInt8(ascii: "\n")) }

    /// Writes the key of the next value; keys are the program's own and need no escaping.
    package mutating func key(_ name: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: name.utf8)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a key with its quotes and colon.
    mutating func key(_ text: [UInt8]) {
        separate()
        bytes.append(contentsOf: text)
        needsComma = false
    }

    package mutating func null() {
        separate()
        bytes.append(contentsOf: "null".utf8)
        needsComma = true
    }

    package mutating func bool(_ value: Bool) {
        separate()
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
        needsComma = true
    }

    package mutating func integer(_ value: Int) {
        separate()
        bytes.append(contentsOf: value.description.utf8)
        needsComma = true
    }

    /// Writes a number; null for NaN and infinity, which JSON has not.
    package mutating func number(_ value: Double) {
        separate()
        appendNumber(value)
        needsComma = true
    }

    package mutating func string(_ text: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            bytes.append(contentsOf: text.utf8)
        } else {
            for byte in text.utf8 { appendEscaped(byte) }
        }
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    package mutating func string(_ text: String?) {
        if let text { string(text) } else { null() }
    }

    package mutating func integer(_ value: Int?) {
        if let value { integer(value) } else { null() }
    }

    package mutating func number(_ value: Double?) {
        if let value { number(value) } else { null() }
    }

    /// Writes text that already is JSON.
    package mutating func raw(_ json: String) {
        separate()
        bytes.append(contentsOf: json.utf8)
        needsComma = true
    }

    /// Writes text that already is JSON.
    mutating func raw(_ json: [UInt8]) {
        separate()
        bytes.append(contentsOf: json)
        needsComma = true
    }

    /// Appends the bytes of a number alone, without a comma before it.
    mutating func appendNumber(_ value: Double) {
        // Swift's description is the shortest text that reads back as the same double, and within JSON's grammar.
        bytes.append(contentsOf: (value.isFinite ? value.description : "null").utf8)
    }

    mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        if needsLineBreak { bytes.append(UInt8(ascii: "\n")) }
        needsComma = false
        needsLineBreak = false
    }

    mutating func closeValue() { needsComma = true }

    /// Puts a line break asked for before a closing bracket, where no comma may stand.
    package mutating func breakBeforeEnd() {
        bytes.append(UInt8(ascii: "\n"))
        needsLineBreak = false
    }

    private mutating func appendEscaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        case 0x08: bytes.append(contentsOf: "\\b".utf8)
        case 0x09: bytes.append(contentsOf: "\\t".utf8)
        case 0x0A: bytes.append(contentsOf: "\\n".utf8)
        case 0x0C: bytes.append(contentsOf: "\\f".utf8)
        case 0x0D: bytes.append(contentsOf: "\\r".utf8)
        case 0..<0x20: bytes.append(contentsOf: ((byte < 0x10 ? "\\u000" : "\\u00") + String(byte, radix: 16)).utf8)
        default: bytes.append(byte)
        }
    }
}

/// Where and how a text breaks the grammar of JSON.
struct JSONFault: Error, Hashable {
    var offset: Int
    var message: String
    /// Whether the text ends before the value does.
    var isTruncation = false

    /// The fault in a text of which this one is a part that begins at `offset`.
    func moved(by offset: Int) -> JSONFault {
        JSONFault(offset: self.offset + offset, message: message, isTruncation: isTruncation)
    }
}

/// Walks over a JSON text (RFC 8259) without building a tree of it.
///
/// More lenient than the standard where common writers are: control characters in strings, `NaN` and `Infinity`.
struct JSONCursor {
    let bytes: [UInt8]
    var index: Int

    /// How deep values may be nested: a bound on the stack that hostile text can use.
    static let depthLimit = 256

    init(_ bytes: [UInt8], at index: Int = 0) {
        self.bytes = bytes
        self.index = index
    }

    /// Whether nothing but white space follows.
    var isAtEnd: Bool {
        mutating get {
            skipSpace()
            return index >= bytes.count
        }
    }

    /// The next byte that is not white space, without taking it.
    mutating func peek() throws(JSONFault) -> UInt8 {
        skipSpace()
        guard index < bytes.count else { throw truncation }
        return bytes[index]
    }

    /// Takes `byte`, after white space.
    mutating func expect(_ byte: UInt8) throws(JSONFault) {
        guard try peek() == byte else {
            throw fault("'\(Character(UnicodeScalar(byte)))' is expected where '\(shownCharacter)' stands")
        }
        index += 1
    }

    /// Takes `byte` if it is next, after white space.
    mutating func take(_ byte: UInt8) throws(JSONFault) -> Bool {
        guard try peek() == byte else { return false }
        index += 1
        return true
    }

    @inline(__always)
    mutating func skipSpace() {
        while index < bytes.count {
            let byte = bytes[index]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            index += 1
        }
    }

    var truncation: JSONFault {
        JSONFault(offset: bytes.count, message: "the text ends inside a value", isTruncation: true)
    }

    func fault(_ message: String) -> JSONFault { JSONFault(offset: index, message: message) }

    private var shownCharacter: String {
        String(decoding: bytes[index..<min(bytes.count, index + 4)], as: UTF8.self).first.map(String.init) ?? ""
    }
}

// MARK: - Objects and arrays

extension JSONCursor {
    /// Takes an object; `body` gets each key and must take the value.
    mutating func forEachMember(
        _ body: (inout JSONCursor, JSONKey) throws(JSONFault) -> Void
    ) throws(JSONFault) {
        try expect(UInt8(ascii: "{"))
        if try take(UInt8(ascii: "}")) { return }
        repeat {
            let key = try key()
            try expect(UInt8(ascii: ":"))
            try body(&self, key)
        } while try take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
    }

    /// Takes an array; `body` must take each element.
    mutating func forEachElement(_ body: (inout JSONCursor) throws(JSONFault) -> Void) throws(JSONFault) {
        try expect(UInt8(ascii: "["))
        if try take(UInt8(ascii: "]")) { return }
        repeat { try body(&self) } while try take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"))
    }

    /// Takes any value and returns where it lies.
    mutating func skipValue(depth: Int = 0) throws(JSONFault) -> Range<Int> {
        let first = try peek()
        let start = index
        switch first {
        case UInt8(ascii: "{"):
            guard depth < Self.depthLimit else { throw fault("values are nested too deeply") }
            try forEachMember { cursor, _ throws(JSONFault) in _ = try cursor.skipValue(depth: depth + 1) }
        case UInt8(ascii: "["):
            if try skipNumbers() { break }
            guard depth < Self.depthLimit else { throw fault("values are nested too deeply") }
            try forEachElement { cursor throws(JSONFault) in _ = try cursor.skipValue(depth: depth + 1) }
        case UInt8(ascii: "\""): _ = try key()
        default: _ = try scalar()
        }
        return start..<index
    }
}

extension JSONCursor {
    /// Takes an array that has nothing but numbers and such arrays, as coordinates do; false for any other, and then
    /// nothing is taken. That the numbers are well formed is seen when they are read.
    private mutating func skipNumbers() throws(JSONFault) -> Bool {
        var depth = 0
        var position = index
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 {
                    index = position + 1
                    return true
                }
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: "-"),
                UInt8(ascii: "+"), UInt8(ascii: "e"), UInt8(ascii: "E"), 0x20, 0x0A, 0x0D, 0x09:
                break
            default: return false
            }
            position += 1
        }
        // What follows may be anything, so that the strict way must not judge what is there.
        throw truncation
    }
}

// MARK: - Strings, numbers, words

/// A string as it stands in the text, between its quotes.
struct JSONKey {
    var range: Range<Int>
    var hasEscapes: Bool
}

extension JSONCursor {
    /// Takes a string without decoding it.
    mutating func key() throws(JSONFault) -> JSONKey {
        try expect(UInt8(ascii: "\""))
        let start = index
        var hasEscapes = false
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                index += 1
                return JSONKey(range: start..<index - 1, hasEscapes: hasEscapes)
            }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                index += 1
            }
            index += 1
        }
        throw truncation
    }

    /// Whether a string is `word`, which has no character that needs an escape.
    func isKey(_ key: JSONKey, _ word: String) -> Bool {
        key.range.count == word.utf8.count && bytes[key.range].elementsEqual(word.utf8)
    }

    /// The text of a string.
    func text(_ key: JSONKey) throws(JSONFault) -> String {
        guard key.hasEscapes else { return String(decoding: bytes[key.range], as: UTF8.self) }
        var units: [UInt8] = []
        var index = key.range.lowerBound
        while index < key.range.upperBound {
            let byte = bytes[index]
            index += 1
            guard byte == UInt8(ascii: "\\") else {
                units.append(byte)
                continue
            }
            let mark = bytes[index]
            index += 1
            switch mark {
            case UInt8(ascii: "n"): units.append(0x0A)
            case UInt8(ascii: "t"): units.append(0x09)
            case UInt8(ascii: "r"): units.append(0x0D)
            case UInt8(ascii: "b"): units.append(0x08)
            case UInt8(ascii: "f"): units.append(0x0C)
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): units.append(mark)
            case UInt8(ascii: "u"):
                guard var code = hexadecimal(at: index, before: key.range.upperBound) else {
                    throw JSONFault(offset: index, message: "\\u is not followed by four hexadecimal digits")
                }
                index += 4
                if code & 0xFC00 == 0xD800, index + 1 < key.range.upperBound, bytes[index] == UInt8(ascii: "\\"),
                    bytes[index + 1] == UInt8(ascii: "u"),
                    let low = hexadecimal(at: index + 2, before: key.range.upperBound), low & 0xFC00 == 0xDC00
                {
                    code = 0x10000 + (code & 0x3FF) << 10 + low & 0x3FF
                    index += 6
                }
                // Half of a pair alone is no character.
                units += Array(String(UnicodeScalar(code).map(Character.init) ?? "\u{FFFD}").utf8)
            default: throw JSONFault(offset: index - 1, message: "a string has an unknown escape")
            }
        }
        return String(decoding: units, as: UTF8.self)
    }

    private func hexadecimal(at index: Int, before end: Int) -> UInt32? {
        guard index + 4 <= end else { return nil }
        var code: UInt32 = 0
        for byte in bytes[index..<index + 4] {
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue else { return nil }
            code = code << 4 | UInt32(digit)
        }
        return code
    }

    /// A value that is neither a string nor has parts.
    enum Scalar: Hashable {
        case null
        case boolean(Bool)
        /// A number; the range holds its characters.
        case number(Range<Int>)
    }

    /// Takes a number or one of the words `null`, `true`, `false`.
    mutating func scalar() throws(JSONFault) -> Scalar {
        let first = try peek()
        let start = index
        while index < bytes.count, Self.isWordByte(bytes[index]) { index += 1 }
        let word = bytes[start..<index]
        func isWord(_ text: String) -> Bool { word.elementsEqual(text.utf8) }
        switch first {
        case UInt8(ascii: "n") where isWord("null"): return .null
        case UInt8(ascii: "t") where isWord("true"): return .boolean(true)
        case UInt8(ascii: "f") where isWord("false"): return .boolean(false)
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): return .number(start..<index)
        case UInt8(ascii: "N") where isWord("NaN"): return .number(start..<index)
        case UInt8(ascii: "I") where isWord("Infinity"): return .number(start..<index)
        default: break
        }
        let text = String(decoding: word.prefix(20), as: UTF8.self)
        if index >= bytes.count, ["null", "true", "false"].contains(where: { $0.hasPrefix(text) }) { throw truncation }
        index = start
        throw fault(
            text.isEmpty ? "'\(shownCharacter)' stands where a value is expected" : "'\(text)' is no JSON value")
    }

    @inline(__always)
    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"):
            true
        default: false
        }
    }
}

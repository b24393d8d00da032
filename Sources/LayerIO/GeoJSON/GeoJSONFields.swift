import RedlineGeometry

/// The names of all properties of a text, in the order in which they first appear, and what their values are.
struct GeoJSONFields {
    private(set) var descriptions: [FieldDescription] = []
    private var positions: [String: Int] = [:]
    private var hasValue: [Bool] = []
    /// The raw names of the last object: most objects have the same.
    private var lastNames: [[UInt8]] = []
    private var lastPositions: [Int] = []

    /// Takes an object of properties and notes its fields.
    mutating func note(_ cursor: inout JSONCursor) throws(JSONFault) {
        var ordinal = 0
        try cursor.forEachMember { cursor, key throws(JSONFault) in
            let position = try self.position(of: key, at: ordinal, in: cursor)
            ordinal += 1
            guard let kind = try Self.kind(&cursor) else { return }
            let merged = hasValue[position] ? Self.merge(descriptions[position].type, kind) : kind
            hasValue[position] = true
            if descriptions[position].type != merged {
                descriptions[position] = FieldDescription(name: descriptions[position].name, type: merged)
            }
        }
    }

    /// Takes an object of properties; `body` gets each field's position and must take the value.
    mutating func forEachValue(
        _ cursor: inout JSONCursor, _ body: (inout JSONCursor, Int) throws(JSONFault) -> Void
    ) throws(JSONFault) {
        var ordinal = 0
        try cursor.forEachMember { cursor, key throws(JSONFault) in
            let position = try self.position(of: key, at: ordinal, in: cursor)
            ordinal += 1
            try body(&cursor, position)
        }
    }

    private mutating func position(
        of key: JSONKey, at ordinal: Int, in cursor: JSONCursor
    ) throws(JSONFault) -> Int {
        let raw = cursor.bytes[key.range]
        if ordinal < lastNames.count, lastNames[ordinal].elementsEqual(raw) { return lastPositions[ordinal] }
        let name = try cursor.text(key)
        let position = positions[name] ?? descriptions.count
        if position == descriptions.count {
            positions[name] = position
            descriptions.append(FieldDescription(name: name, type: .string))
            hasValue.append(false)
        }
        if ordinal < lastNames.count {
            lastNames[ordinal] = Array(raw)
            lastPositions[ordinal] = position
        } else {
            lastNames.append(Array(raw))
            lastPositions.append(position)
        }
        return position
    }

    /// Takes a value and says what it is; nil for null.
    private static func kind(_ cursor: inout JSONCursor) throws(JSONFault) -> FieldDescription.Kind? {
        switch try cursor.peek() {
        case UInt8(ascii: "\""):
            _ = try cursor.key()
            return .string
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            _ = try cursor.skipValue()
            return .list
        default: break
        }
        switch try cursor.scalar() {
        case .null: return nil
        case .boolean: return .boolean
        case .number(let range):
            if cursor.integer(in: range) != nil { return .integer }
            // Whole numbers beyond 64 bits are codes: as a double they would lose digits.
            let isLongCode = cursor.bytes[range].allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            if isLongCode { return .string }
            _ = try cursor.double(in: range)
            return .real
        }
    }

    private static func merge(_ a: FieldDescription.Kind, _ b: FieldDescription.Kind) -> FieldDescription.Kind {
        if a == b { return a }
        return Set([a, b]) == [.integer, .real] ? .real : .string
    }

    /// Takes a value as the field's kind has it: numbers among texts become text, as they are written.
    static func value(_ cursor: inout JSONCursor, kind: FieldDescription.Kind) throws(JSONFault) -> AttributeValue {
        let first = try cursor.peek()
        if first == UInt8(ascii: "\"") { return .string(try cursor.text(try cursor.key())) }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
            let range = try cursor.skipValue()
            return .string(String(decoding: cursor.bytes[range], as: UTF8.self))
        }
        switch try cursor.scalar() {
        case .null: return .null
        case .boolean(let value): return .string(value ? "true" : "false")
        case .number(let range):
            if kind == .integer, let value = cursor.integer(in: range) { return .integer(value) }
            if kind == .real { return .real(try cursor.double(in: range)) }
            return .string(String(decoding: cursor.bytes[range], as: UTF8.self))
        }
    }
}

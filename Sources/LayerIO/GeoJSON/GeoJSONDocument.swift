import RedlineGeometry

/// A GeoJSON text (RFC 7946), or a sequence of them (RFC 8142, or one for each line), checked and indexed.
///
/// The text is walked once, so that what is cut short or broken is found before the first row is handed over, and so
/// that rows keep the order, the number and the ids that they have in the file.
struct GeoJSONDocument {
    let text: GeoJSONText
    private(set) var rows: [Row] = []
    private(set) var fields = GeoJSONFields()
    /// Whether any feature has an id of its own.
    private(set) var hasIDs = false
    private(set) var name: String?
    private(set) var crs: CRSEvidence?
    private(set) var isSequence = false
    /// The types of the geometries that are not null.
    private(set) var geometryTypes: Set<String> = []
    private(set) var hasZ = false

    /// Indexes a text; nil where it is JSON of another kind: TopoJSON, Esri's, or anything else.
    init?(_ text: GeoJSONText) throws(GeoJSONFault) {
        self.text = text
        var window = try GeoJSONWindow(text)
        try window.take { cursor throws(JSONFault) in
            if cursor.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { cursor.index = 3 }
        }
        var texts = 0
        while try !window.take({ cursor throws(JSONFault) in cursor.isAtEndOfTexts }) {
            let start = window.offset
            let isObject = try window.take { cursor throws(JSONFault) in try cursor.peek() == UInt8(ascii: "{") }
            guard isObject, try readText(&window) else {
                if texts == 0 {
                    // A broken text of another kind is refused as such.
                    if !isObject { try Self.skipOther(&window) }
                    return nil
                }
                throw .grammar(JSONFault(offset: start, message: "what follows the first text is no GeoJSON"))
            }
            texts += 1
        }
        isSequence = texts > 1
    }

    /// What the members of a text say of its kind.
    private struct Kind {
        var type: String?
        var hasElements = false
        var isOther = false
    }

    /// A member of a text, with its value taken, but for the elements of `features`.
    private enum Member {
        case elements
        case type(String)
        case name(String)
        case crs(CRSEvidence)
        /// One that TopoJSON and Esri's JSON have.
        case foreign
        case other
    }

    /// Takes one text; false where it is not GeoJSON.
    private mutating func readText(_ window: inout GeoJSONWindow) throws(GeoJSONFault) -> Bool {
        let start = window.offset
        let rowCount = rows.count
        var kind = Kind()
        if try window.take({ cursor throws(JSONFault) in try cursor.isEmptied("{", "}") }) { return false }
        repeat {
            switch try window.take({ cursor throws(JSONFault) in try Self.member(&cursor) }) {
            case .elements:
                kind.hasElements = true
                try readElements(&window)
            case .type(let type): kind.type = type
            case .name(let word): name = word
            case .crs(let evidence): crs = evidence
            case .foreign: kind.isOther = true
            case .other: break
            }
        } while try window.take { cursor throws(JSONFault) in try cursor.take(UInt8(ascii: ",")) }
        try window.take { cursor throws(JSONFault) in try cursor.expect(UInt8(ascii: "}")) }
        let end = window.offset
        switch kind.type {
        case "FeatureCollection":
            guard kind.hasElements else {
                throw .grammar(JSONFault(offset: start, message: "the FeatureCollection has no array of features"))
            }
        case "Feature":
            rows.removeSubrange(rowCount...)
            try window.move(to: start)
            try readElement(&window)
        case "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection":
            try window.move(to: start)
            let range = try window.take { cursor throws(JSONFault) in try cursor.skipValue() }
            try add(Row(geometry: range), window.piece)
        case "Topology": return false
        case .some(let type) where !kind.isOther && !kind.hasElements:
            throw .grammar(JSONFault(offset: start, message: "'\(type.prefix(40))' is no type of GeoJSON"))
        default: return false
        }
        try window.move(to: end)
        return !kind.isOther
    }

    /// Takes a member of a text; of `features` only its name.
    private static func member(_ cursor: inout JSONCursor) throws(JSONFault) -> Member {
        let key = try cursor.key()
        try cursor.expect(UInt8(ascii: ":"))
        let first = try cursor.peek()
        let isText = first == UInt8(ascii: "\"")
        if cursor.isKey(key, "features"), first == UInt8(ascii: "[") { return .elements }
        if cursor.isKey(key, "type"), isText { return .type(try cursor.text(try cursor.key())) }
        if cursor.isKey(key, "name"), isText { return .name(try cursor.text(try cursor.key())) }
        let value = try cursor.skipValue()
        if cursor.isKey(key, "crs") {
            return .crs(try GeoJSONCRS.evidence(JSONCursor(cursor.bytes, at: value.lowerBound)))
        }
        return cursor.isKey(key, "arcs") || cursor.isKey(key, "geometryType") ? .foreign : .other
    }

    /// Takes the elements of `features`, each with no more than itself in memory.
    private mutating func readElements(_ window: inout GeoJSONWindow) throws(GeoJSONFault) {
        try Self.forEachElement(&window) { window throws(GeoJSONFault) in try readElement(&window) }
    }

    /// Takes a text that is no object.
    private static func skipOther(_ window: inout GeoJSONWindow) throws(GeoJSONFault) {
        func skip(_ window: inout GeoJSONWindow) throws(GeoJSONFault) {
            _ = try window.take { cursor throws(JSONFault) in try cursor.skipValue() }
        }
        let isArray = try window.take { cursor throws(JSONFault) in try cursor.peek() == UInt8(ascii: "[") }
        if isArray { try forEachElement(&window, skip) } else { try skip(&window) }
    }

    /// Takes an array; `body` must take each element.
    private static func forEachElement(
        _ window: inout GeoJSONWindow, _ body: (inout GeoJSONWindow) throws(GeoJSONFault) -> Void
    ) throws(GeoJSONFault) {
        if try window.take({ cursor throws(JSONFault) in try cursor.isEmptied("[", "]") }) { return }
        repeat {
            try body(&window)
        } while try window.take { cursor throws(JSONFault) in try cursor.take(UInt8(ascii: ",")) }
        try window.take { cursor throws(JSONFault) in try cursor.expect(UInt8(ascii: "]")) }
    }

    private mutating func readElement(_ window: inout GeoJSONWindow) throws(GeoJSONFault) {
        let row = try window.take { cursor throws(JSONFault) in try Self.element(&cursor) }
        try add(row, window.piece)
    }

    private static func take(_ key: JSONKey, _ cursor: inout JSONCursor, into row: inout Row) throws(JSONFault) {
        let value = try cursor.skipValue()
        if cursor.isKey(key, "geometry") { row.geometry = value }
        if cursor.isKey(key, "properties") { row.properties = value }
        if cursor.isKey(key, "id") { row.id = value }
        if cursor.isKey(key, "place"), cursor.bytes[value.lowerBound] == UInt8(ascii: "{") {
            row.problem = "its only geometry is a 'place' of JSON-FG, which is not read"
        }
    }

    /// Takes one element of `features`; its places are those of the cursor.
    private static func element(_ cursor: inout JSONCursor) throws(JSONFault) -> Row {
        guard try cursor.peek() == UInt8(ascii: "{") else {
            _ = try cursor.skipValue()
            return Row(problem: "the element of 'features' is no object")
        }
        var row = Row()
        var type: String?
        try cursor.forEachMember { cursor, key throws(JSONFault) in
            if cursor.isKey(key, "type"), try cursor.peek() == UInt8(ascii: "\"") {
                type = try cursor.text(try cursor.key())
            } else {
                try take(key, &cursor, into: &row)
            }
        }
        if let geometry = row.geometry, cursor.bytes[geometry.lowerBound] != UInt8(ascii: "n") { row.problem = nil }
        if type != "Feature" {
            let shown = type.map { "'\($0.prefix(40))'" } ?? "missing"
            row.problem = "its type is \(shown) where 'Feature' is expected"
        }
        return row
    }

    /// Adds a row whose places are those of a piece.
    private mutating func add(_ row: Row, _ piece: GeoJSONText.Piece) throws(GeoJSONFault) {
        rows.append(row.moved(by: piece.base))
        do throws(JSONFault) {
            try note(row, in: piece.bytes)
        } catch {
            throw .grammar(error.moved(by: piece.base))
        }
    }

    private mutating func note(_ row: Row, in bytes: [UInt8]) throws(JSONFault) {
        if let id = row.id, bytes[id.lowerBound] != UInt8(ascii: "n") { hasIDs = true }
        if let geometry = row.geometry { try noteType(geometry, in: bytes) }
        if let properties = row.properties, bytes[properties.lowerBound] == UInt8(ascii: "{") {
            var cursor = JSONCursor(bytes, at: properties.lowerBound)
            try fields.note(&cursor)
        }
    }

    /// Notes the type of a geometry, and whether the first of its positions has a third number.
    private mutating func noteType(_ range: Range<Int>, in bytes: [UInt8]) throws(JSONFault) {
        guard bytes[range.lowerBound] == UInt8(ascii: "{") else { return }
        var cursor = JSONCursor(bytes, at: range.lowerBound)
        var type: String?
        var coordinates: Int?
        // The type nearly always comes first: then the coordinates are not walked again.
        while coordinates == nil || type == nil {
            let isFirst = cursor.index == range.lowerBound
            guard try cursor.take(UInt8(ascii: isFirst ? "{" : ",")) else { break }
            if isFirst, try cursor.peek() == UInt8(ascii: "}") { break }
            let key = try cursor.key()
            try cursor.expect(UInt8(ascii: ":"))
            if cursor.isKey(key, "type"), try cursor.peek() == UInt8(ascii: "\"") {
                type = try cursor.text(try cursor.key())
                continue
            }
            if cursor.isKey(key, "coordinates") {
                cursor.skipSpace()
                coordinates = cursor.index
                if type != nil { break }
            }
            _ = try cursor.skipValue()
        }
        if let type { geometryTypes.insert(type) }
        guard let coordinates, !hasZ else { return }
        cursor.index = coordinates
        while try cursor.take(UInt8(ascii: "[")) {}
        var numbers = 1
        while let byte = try? cursor.peek(), byte != UInt8(ascii: "]"), (try? cursor.skipValue()) != nil {
            guard (try? cursor.take(UInt8(ascii: ","))) == true else { break }
            numbers += 1
        }
        hasZ = numbers > 2
    }
}

extension JSONCursor {
    /// Whether nothing but white space follows, and the byte that RFC 8142 puts before every text.
    fileprivate var isAtEndOfTexts: Bool {
        mutating get {
            while !isAtEnd, bytes[index] == 0x1E { index += 1 }
            return index >= bytes.count
        }
    }

    /// Takes the opening sign of an array or object, and the closing one if that is next.
    fileprivate mutating func isEmptied(
        _ opening: Unicode.Scalar, _ closing: Unicode.Scalar
    ) throws(JSONFault) -> Bool {
        try expect(UInt8(ascii: opening))
        return try take(UInt8(ascii: closing))
    }
}

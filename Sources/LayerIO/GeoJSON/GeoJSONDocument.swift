import RedlineGeometry

/// A GeoJSON text (RFC 7946), or a sequence of them (RFC 8142, or one for each line), checked and indexed.
///
/// The text is walked once, so that what is cut short or broken is found before the first row is handed over, and so
/// that rows keep the order, the number and the ids that they have in the file.
struct GeoJSONDocument {
    /// One row: where its parts lie.
    struct Row {
        var geometry: Range<Int>?
        var properties: Range<Int>?
        var id: Range<Int>?
        /// Why the element is no feature at all.
        var problem: String?
    }

    private(set) var bytes: [UInt8]
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
    init?(_ bytes: [UInt8]) throws(JSONFault) {
        self.bytes = bytes
        var cursor = JSONCursor(bytes, at: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
        var texts = 0
        while true {
            // RFC 8142 puts this byte before every text.
            while !cursor.isAtEnd, bytes[cursor.index] == 0x1E { cursor.index += 1 }
            if cursor.isAtEnd { break }
            let start = cursor.index
            guard try cursor.peek() == UInt8(ascii: "{"), try readText(&cursor) else {
                if texts == 0 {
                    _ = try cursor.skipValue()
                    return nil
                }
                throw JSONFault(offset: start, message: "what follows the first text is no GeoJSON")
            }
            texts += 1
        }
        isSequence = texts > 1
    }

    /// The number of the line of a byte, from 1.
    func line(of offset: Int) -> Int { 1 + bytes[..<min(offset, bytes.count)].count { $0 == 0x0A } }

    /// Takes one text; false where it is not GeoJSON, and then the cursor has not moved.
    private mutating func readText(_ cursor: inout JSONCursor) throws(JSONFault) -> Bool {
        let start = cursor.index
        var type: String?
        var hasElements = false
        let rowCount = rows.count
        var isOther = false
        var row = Row()
        try cursor.forEachMember { cursor, key throws(JSONFault) in
            if cursor.isKey(key, "type"), try cursor.peek() == UInt8(ascii: "\"") {
                type = try cursor.text(try cursor.key())
            } else if cursor.isKey(key, "features") {
                guard try cursor.peek() == UInt8(ascii: "[") else {
                    _ = try cursor.skipValue()
                    return
                }
                hasElements = true
                try cursor.forEachElement { cursor throws(JSONFault) in try readElement(&cursor) }
            } else if cursor.isKey(key, "crs") {
                let value = try cursor.skipValue()
                crs = try GeoJSONCRS.evidence(JSONCursor(cursor.bytes, at: value.lowerBound))
            } else if cursor.isKey(key, "name"), try cursor.peek() == UInt8(ascii: "\"") {
                name = try cursor.text(try cursor.key())
            } else if cursor.isKey(key, "arcs") || cursor.isKey(key, "geometryType") {
                isOther = true
                _ = try cursor.skipValue()
            } else {
                try Self.take(key, &cursor, into: &row)
            }
        }
        switch type {
        case "FeatureCollection":
            guard hasElements else {
                throw JSONFault(offset: start, message: "the FeatureCollection has no array of features")
            }
        case "Feature":
            rows.removeSubrange(rowCount...)
            var inner = JSONCursor(bytes, at: start)
            try readElement(&inner)
        case "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection":
            try add(Row(geometry: start..<cursor.index))
        case "Topology": isOther = true
        case .some(let type) where !isOther && !hasElements:
            throw JSONFault(offset: start, message: "'\(type.prefix(40))' is no type of GeoJSON")
        default: isOther = true
        }
        if isOther { cursor.index = start }
        return !isOther
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

    /// Takes one element of `features`.
    private mutating func readElement(_ cursor: inout JSONCursor) throws(JSONFault) {
        guard try cursor.peek() == UInt8(ascii: "{") else {
            _ = try cursor.skipValue()
            return rows.append(Row(problem: "the element of 'features' is no object"))
        }
        var row = Row()
        var type: String?
        try cursor.forEachMember { cursor, key throws(JSONFault) in
            if cursor.isKey(key, "type"), try cursor.peek() == UInt8(ascii: "\"") {
                type = try cursor.text(try cursor.key())
            } else {
                try Self.take(key, &cursor, into: &row)
            }
        }
        if let geometry = row.geometry, bytes[geometry.lowerBound] != UInt8(ascii: "n") { row.problem = nil }
        if type != "Feature" {
            let shown = type.map { "'\($0.prefix(40))'" } ?? "missing"
            row.problem = "its type is \(shown) where 'Feature' is expected"
        }
        try add(row)
    }

    private mutating func add(_ row: Row) throws(JSONFault) {
        rows.append(row)
        if let id = row.id, bytes[id.lowerBound] != UInt8(ascii: "n") { hasIDs = true }
        if let geometry = row.geometry { try noteType(geometry) }
        if let properties = row.properties, bytes[properties.lowerBound] == UInt8(ascii: "{") {
            var cursor = JSONCursor(bytes, at: properties.lowerBound)
            try fields.note(&cursor)
        }
    }

    /// Notes the type of a geometry, and whether the first of its positions has a third number.
    private mutating func noteType(_ range: Range<Int>) throws(JSONFault) {
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

/// The `crs` member of GeoJSON 2008, which RFC 7946 removed and files still have.
enum GeoJSONCRS {
    /// What the member says; ``CRSEvidence/none`` for null, as the old text has it.
    static func evidence(_ start: JSONCursor) throws(JSONFault) -> CRSEvidence {
        var cursor = start
        guard try cursor.peek() == UInt8(ascii: "{") else { return .none }
        var name: String?
        var code: String?
        try cursor.forEachMember { cursor, key throws(JSONFault) in
            guard cursor.isKey(key, "properties"), try cursor.peek() == UInt8(ascii: "{") else {
                _ = try cursor.skipValue()
                return
            }
            try cursor.forEachMember { cursor, key throws(JSONFault) in
                let isText = try cursor.peek() == UInt8(ascii: "\"")
                if cursor.isKey(key, "name"), isText {
                    name = try cursor.text(try cursor.key())
                } else {
                    let value = try cursor.skipValue()
                    if cursor.isKey(key, "code"), !isText {
                        code = String(decoding: cursor.bytes[value], as: UTF8.self)
                    }
                }
            }
        }
        if let name { return CRSEvidence(authority: authority(name), how: .file) }
        if let code { return CRSEvidence(authority: "EPSG:\(code)", how: .file) }
        return .none
    }

    /// `EPSG:4490` for `urn:ogc:def:crs:EPSG::4490` and the address of the same; other names as they are.
    static func authority(_ name: String) -> String {
        if let match = name.wholeMatch(of: /(?i)urn:(?:x-)?ogc:def:crs:([a-z]+):[^:]*:([0-9a-z]+)/) {
            return "\(match.1.uppercased()):\(match.2)"
        }
        if let match = name.wholeMatch(of: /(?i)https?:\/\/www\.opengis\.net\/def\/crs\/([a-z]+)\/[^\/]+\/([0-9a-z]+)/)
        {
            return "\(match.1.uppercased()):\(match.2)"
        }
        return name
    }
}

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

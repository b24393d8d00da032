/// Why bytes are not a geometry in well-known binary.
@nonexhaustive
public enum WellKnownBinaryError: Error, Hashable, Sendable {
    /// The bytes end, or a count promises more than is left of them.
    case truncated(offset: Int)
    /// A byte order mark that is neither 0 (big-endian) nor 1 (little-endian).
    case unknownByteOrder(UInt8, offset: Int)
    /// A type code of no known kind.
    case unknownType(code: UInt32, offset: Int)
    /// A kind that the standard names and this library does not read: curves and surfaces other than polygons.
    case unsupportedType(name: String)
    /// A member of a kind that its multi-geometry cannot hold.
    case misplacedMember(name: String, collection: String, offset: Int)
    /// Collections inside collections, deeper than `limit`.
    case nestedTooDeeply(limit: Int)
    /// Bytes after the end of the geometry.
    case trailingBytes(count: Int)
}

extension WellKnownBinaryError: CustomStringConvertible {
    /// What is wrong, where, and what helps.
    public var description: String {
        switch self {
        case .truncated(let offset):
            "WKB: the bytes end too early, at or after byte \(offset). The geometry is damaged; write it anew."
        case .unknownByteOrder(let mark, let offset):
            "WKB: byte \(offset) is \(mark), where 0 or 1 must tell the byte order. This is not well-known binary."
        case .unknownType(let code, let offset):
            "WKB: type code \(code) at byte \(offset) is unknown. This is not well-known binary, or it is damaged."
        case .unsupportedType(let name):
            "WKB: \(name) is not supported. Convert it to lines or polygons with straight edges."
        case .misplacedMember(let name, let collection, let offset):
            "WKB: \(collection) holds a \(name) at byte \(offset). The geometry is damaged; write it anew."
        case .nestedTooDeeply(let limit):
            "WKB: collections are nested more than \(limit) deep. Flatten them."
        case .trailingBytes(let count):
            "WKB: \(count) bytes follow the end of the geometry. Its length is wrong; write it anew."
        }
    }
}

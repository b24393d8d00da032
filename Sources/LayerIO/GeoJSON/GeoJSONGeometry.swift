import RedlineGeometry

/// Reads the geometry objects of RFC 7946, section 3.1.
enum GeoJSONGeometry {
    /// Takes a geometry, or null.
    ///
    /// Heights and further numbers of a position are left out. Rings are taken as they are, closed or not.
    static func read(_ cursor: inout JSONCursor, depth: Int = 0) throws(FeatureProblem) -> Geometry? {
        do {
            return try geometry(&cursor, depth: depth)
        } catch {
            throw .malformed(message: error.message)
        }
    }

    private static func geometry(_ cursor: inout JSONCursor, depth: Int) throws(JSONFault) -> Geometry? {
        guard depth < 64 else { throw cursor.fault("collections are nested too deeply") }
        if try cursor.peek() != UInt8(ascii: "{") {
            if try cursor.peek() == UInt8(ascii: "n"), case .null = try cursor.scalar() { return nil }
            throw cursor.fault("the geometry is no object")
        }
        var type: String?
        var geometry: Geometry?
        var coordinates: Range<Int>?
        var members: Range<Int>?
        try cursor.forEachMember { cursor, key throws(JSONFault) in
            if cursor.isKey(key, "type"), try cursor.peek() == UInt8(ascii: "\"") {
                type = try cursor.text(try cursor.key())
            } else if cursor.isKey(key, "coordinates") {
                // The type nearly always comes first; else the coordinates are read when it is known.
                if let type, type != "GeometryCollection" {
                    geometry = try Self.geometry(type, &cursor)
                } else {
                    coordinates = try cursor.skipValue()
                }
            } else if cursor.isKey(key, "geometries") {
                members = try cursor.skipValue()
            } else {
                _ = try cursor.skipValue()
            }
        }
        guard let type else { throw cursor.fault("the geometry has no type") }
        if type == "GeometryCollection" {
            guard let members else { throw cursor.fault("a GeometryCollection has no geometries") }
            var collection: [Geometry] = []
            var inner = JSONCursor(cursor.bytes, at: members.lowerBound)
            try inner.forEachElement { cursor throws(JSONFault) in
                guard let member = try Self.geometry(&cursor, depth: depth + 1) else {
                    throw cursor.fault("a GeometryCollection has a null geometry")
                }
                collection.append(member)
            }
            return .collection(collection)
        }
        if let geometry { return geometry }
        guard let coordinates else { throw cursor.fault("a \(type) has no coordinates") }
        var inner = JSONCursor(cursor.bytes, at: coordinates.lowerBound)
        return try Self.geometry(type, &inner)
    }

    private static func geometry(_ type: String, _ cursor: inout JSONCursor) throws(JSONFault) -> Geometry {
        switch type {
        case "Point":
            if try isEmptyArray(cursor) {
                _ = try cursor.skipValue()
                return .point(nil)
            }
            return .point(try position(&cursor))
        case "MultiPoint": return .multiPoint(try positions(&cursor))
        case "LineString": return .lineString(LineString(positions: try positions(&cursor)))
        case "MultiLineString":
            return .multiLineString(
                try array(&cursor) { cursor throws(JSONFault) in
                    LineString(positions: try positions(&cursor))
                })
        case "Polygon": return .polygon(try polygon(&cursor))
        case "MultiPolygon": return .multiPolygon(try array(&cursor, polygon))
        default: throw cursor.fault("'\(type.prefix(40))' is no type of geometry")
        }
    }

    private static func isEmptyArray(_ cursor: JSONCursor) throws(JSONFault) -> Bool {
        var ahead = cursor
        guard try ahead.take(UInt8(ascii: "[")) else { return false }
        return try ahead.peek() == UInt8(ascii: "]")
    }

    private static func polygon(_ cursor: inout JSONCursor) throws(JSONFault) -> Polygon {
        var rings = try array(&cursor, positions)
        guard !rings.isEmpty else { return Polygon(exteriorRing: []) }
        let exteriorRing = rings.removeFirst()
        return Polygon(exteriorRing: exteriorRing, interiorRings: rings)
    }

    private static func array<T>(
        _ cursor: inout JSONCursor, _ element: (inout JSONCursor) throws(JSONFault) -> T
    ) throws(JSONFault) -> [T] {
        var elements: [T] = []
        try expectArray(&cursor)
        try cursor.forEachElement { cursor throws(JSONFault) in elements.append(try element(&cursor)) }
        return elements
    }

    private static func positions(_ cursor: inout JSONCursor) throws(JSONFault) -> [Position] {
        try expectArray(&cursor)
        cursor.index += 1
        var positions: [Position] = []
        if try cursor.take(UInt8(ascii: "]")) { return positions }
        repeat { positions.append(try position(&cursor)) } while try cursor.take(UInt8(ascii: ","))
        try cursor.expect(UInt8(ascii: "]"))
        return positions
    }

    @inline(__always)
    private static func position(_ cursor: inout JSONCursor) throws(JSONFault) -> Position {
        guard try cursor.take(UInt8(ascii: "[")) else { throw cursor.fault("a position is no array of numbers") }
        guard try cursor.peek() != UInt8(ascii: "]") else { throw cursor.fault("a position has no numbers") }
        let x = try cursor.number()
        guard try cursor.take(UInt8(ascii: ",")) else { throw cursor.fault("a position has only one number") }
        let y = try cursor.number()
        while try cursor.take(UInt8(ascii: ",")) { _ = try cursor.skipValue() }
        try cursor.expect(UInt8(ascii: "]"))
        return Position(x: x, y: y)
    }

    private static func expectArray(_ cursor: inout JSONCursor) throws(JSONFault) {
        guard try cursor.peek() == UInt8(ascii: "[") else { throw cursor.fault("the coordinates are no array") }
    }
}

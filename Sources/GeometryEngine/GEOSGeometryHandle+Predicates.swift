import CRedlineGEOS

/// The spatial predicates of OGC 06-103r4 clause 6.1.15, by GEOS.
///
/// Collections (not multi-geometries) are refused with ``GeometryError/engineFailure(operation:message:location:)``,
/// except by ``intersects(_:)`` and ``disjoint(_:)``. Invalid polygons may give a wrong answer without an error.
extension GEOSGeometryHandle {
    /// Whether both share a position.
    ///
    /// - Parameter other: A valid geometry of the same context.
    /// - Returns: The answer; false for an empty one.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public borrowing func intersects(_ other: borrowing GEOSGeometryHandle) throws(GeometryError) -> Bool {
        try unsafe test("GEOSIntersects_r", other) { unsafe GEOSIntersects_r($0, $1, $2) }
    }

    /// Whether both share no position.
    ///
    /// - Parameter other: A valid geometry of the same context.
    /// - Returns: The answer; false for an empty one, except that everything is disjoint from it.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public borrowing func disjoint(_ other: borrowing GEOSGeometryHandle) throws(GeometryError) -> Bool {
        try unsafe test("GEOSDisjoint_r", other) { unsafe GEOSDisjoint_r($0, $1, $2) }
    }

    /// Whether both share positions of their boundaries only.
    ///
    /// - Parameter other: A valid geometry of the same context.
    /// - Returns: The answer; false for an empty one.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public borrowing func touches(_ other: borrowing GEOSGeometryHandle) throws(GeometryError) -> Bool {
        try unsafe test("GEOSTouches_r", other) { unsafe GEOSTouches_r($0, $1, $2) }
    }

    /// Whether their interiors meet in less than the higher of both dimensions, and neither holds the other.
    ///
    /// - Parameter other: A valid geometry of the same context.
    /// - Returns: The answer; false for an empty one.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public borrowing func crosses(_ other: borrowing GEOSGeometryHandle) throws(GeometryError) -> Bool {
        try unsafe test("GEOSCrosses_r", other) { unsafe GEOSCrosses_r($0, $1, $2) }
    }

    /// Whether this one lies in `other`, and not in its boundary alone.
    ///
    /// - Parameter other: A valid geometry of the same context.
    /// - Returns: The answer; false for an empty one.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public borrowing func within(_ other: borrowing GEOSGeometryHandle) throws(GeometryError) -> Bool {
        try unsafe test("GEOSWithin_r", other) { unsafe GEOSWithin_r($0, $1, $2) }
    }

    /// Whether `other` lies in this one, and not in its boundary alone.
    ///
    /// - Parameter other: A valid geometry of the same context.
    /// - Returns: The answer; false for an empty one.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public borrowing func contains(_ other: borrowing GEOSGeometryHandle) throws(GeometryError) -> Bool {
        try unsafe test("GEOSContains_r", other) { unsafe GEOSContains_r($0, $1, $2) }
    }

    /// Whether both, of one dimension, share a part of that dimension and neither holds the other.
    ///
    /// - Parameter other: A valid geometry of the same context.
    /// - Returns: The answer; false for an empty one.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public borrowing func overlaps(_ other: borrowing GEOSGeometryHandle) throws(GeometryError) -> Bool {
        try unsafe test("GEOSOverlaps_r", other) { unsafe GEOSOverlaps_r($0, $1, $2) }
    }

    /// Whether every position of `other` is in this one, boundaries included.
    ///
    /// - Parameter other: A valid geometry of the same context.
    /// - Returns: The answer; false for an empty one.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public borrowing func covers(_ other: borrowing GEOSGeometryHandle) throws(GeometryError) -> Bool {
        try unsafe test("GEOSCovers_r", other) { unsafe GEOSCovers_r($0, $1, $2) }
    }

    /// Whether every position of this one is in `other`, boundaries included.
    ///
    /// - Parameter other: A valid geometry of the same context.
    /// - Returns: The answer; false for an empty one.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public borrowing func coveredBy(_ other: borrowing GEOSGeometryHandle) throws(GeometryError) -> Bool {
        try unsafe test("GEOSCoveredBy_r", other) { unsafe GEOSCoveredBy_r($0, $1, $2) }
    }

    /// Whether both are the same set of positions, whatever their vertices.
    ///
    /// - Parameter other: A valid geometry of the same context.
    /// - Returns: The answer; false for an empty one, except that empty ones are equal.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public borrowing func equalsTopologically(_ other: borrowing GEOSGeometryHandle) throws(GeometryError) -> Bool {
        try unsafe test("GEOSEquals_r", other) { unsafe GEOSEquals_r($0, $1, $2) }
    }

    /// Whether both have the same kind, parts and positions in the same order.
    ///
    /// - Parameters:
    ///   - other: A geometry of the same context.
    ///   - tolerance: How far positions may lie apart, in units of the coordinates.
    /// - Returns: The answer.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public borrowing func equalsExact(
        _ other: borrowing GEOSGeometryHandle, tolerance: Double = 0
    ) throws(GeometryError) -> Bool {
        precondition(context === other.context, "Geometries of two contexts cannot meet.")
        // Empty members count here, so nothing is left out.
        return try unsafe withPointer { pointer throws(GeometryError) in
            try unsafe other.withPointer { second throws(GeometryError) in
                try unsafe context.test("GEOSEqualsExact_r") {
                    unsafe GEOSEqualsExact_r($0, pointer, second, tolerance)
                }
            }
        }
    }

    /// Returns how interior, boundary and exterior of both meet: the nine dimensions of DE-9IM, as in `212101212`.
    ///
    /// - Parameter other: A valid geometry of the same context.
    /// - Returns: Nine letters of `0`, `1`, `2` and `F`, row by row.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public borrowing func relate(_ other: borrowing GEOSGeometryHandle) throws(GeometryError) -> String {
        try unsafe withPointers(other) { pointer, second throws(GeometryError) in
            try unsafe context.text("GEOSRelate_r") { unsafe GEOSRelate_r($0, pointer, second) }
        }
    }

    /// Whether ``relate(_:)`` matches a pattern.
    ///
    /// - Parameters:
    ///   - other: A valid geometry of the same context.
    ///   - pattern: Nine letters of `0`, `1`, `2`, `F`, `T` (any of the digits) and `*` (anything).
    /// - Returns: The answer.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``, also for a malformed pattern.
    public borrowing func relate(
        _ other: borrowing GEOSGeometryHandle, pattern: String
    ) throws(GeometryError) -> Bool {
        let letters = pattern.utf8.count == 9 && pattern.utf8.allSatisfy { "012FfTt*".utf8.contains($0) }
        guard letters else {
            throw .engineFailure(operation: "GEOSRelatePattern_r", message: "'\(pattern)' is not a DE-9IM pattern")
        }
        return try unsafe test("GEOSRelatePattern_r", other) { raw, pointer, second in
            unsafe pattern.withCString { unsafe GEOSRelatePattern_r(raw, pointer, second, $0) }
        }
    }
}

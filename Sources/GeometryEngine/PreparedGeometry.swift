import CRedlineGEOS
public import RedlineGeometry

/// A geometry indexed for many questions about it, by one task.
///
/// Prepare what is asked more than a handful of times: 1 000 point tests on a polygon of 10 000 vertices take seconds
/// without and less than a millisecond with the index.
@safe  // Not `Sendable`: GEOS builds the index on first use and without a lock.
public final class PreparedGeometry {
    private let base: GEOSGeometryHandle
    private let pointer: OpaquePointer

    /// Takes a geometry over, to index it on first use.
    ///
    /// - Parameter base: A valid geometry; empty members of a collection are left out.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)`` where memory runs out.
    public init(preparing base: consuming GEOSGeometryHandle) throws(GeometryError) {
        let base = base.hasEmptyParts ? try base.withoutEmptyParts() : base
        let raw = unsafe base.context.raw
        guard let pointer = unsafe base.withPointer({ unsafe GEOSPrepare_r(raw, $0) }) else {
            throw base.context.failure(of: "GEOSPrepare_r")
        }
        unsafe self.pointer = unsafe pointer
        self.base = base
    }

    // Runs before the properties go: the index, then the geometry it points into, then the context.
    deinit { unsafe GEOSPreparedGeom_destroy_r(base.context.raw, pointer) }

    /// The context that every geometry it meets must share.
    public var context: GeometryContext { base.context }

    /// The smallest envelope of the geometry.
    public var envelope: Envelope { base.envelope }

    /// Lends the geometry itself, for overlay and whatever needs no index.
    ///
    /// - Parameter body: Gets the geometry.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    public func withBase<R: ~Copyable, E: Error>(
        _ body: (borrowing GEOSGeometryHandle) throws(E) -> R
    ) throws(E) -> R {
        try body(base)
    }

    private func test(
        _ operation: String, _ other: borrowing GEOSGeometryHandle,
        _ body: (GEOSContextHandle_t, OpaquePointer, OpaquePointer?) -> CChar
    ) throws(GeometryError) -> Bool {
        precondition(context === other.context, "Geometries of two contexts cannot meet.")
        return try unsafe other.withPointerToFullParts { second throws(GeometryError) in
            try unsafe context.test(operation) { unsafe body($0, pointer, second) }
        }
    }
}

// MARK: - Predicates

extension PreparedGeometry {
    /// Whether both share a position.
    ///
    /// - Parameter other: A valid geometry of the same context.
    /// - Returns: The same as without the index.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public func intersects(_ other: borrowing GEOSGeometryHandle) throws(GeometryError) -> Bool {
        precondition(context === other.context, "Geometries of two contexts cannot meet.")
        return try unsafe other.withPointer { pointer throws(GeometryError) in try unsafe intersects(pointer) }
    }

    /// GEOS 3.11 overlooks the points of a collection that also holds lines, so its members are asked one by one.
    private func intersects(_ other: OpaquePointer?) throws(GeometryError) -> Bool {
        guard unsafe GEOSGeomTypeId_r(context.raw, other) == 7 else {
            return try unsafe context.test("GEOSPreparedIntersects_r") {
                unsafe GEOSPreparedIntersects_r($0, pointer, other)
            }
        }
        let count = unsafe GEOSGetNumGeometries_r(context.raw, other)
        for index in 0..<count where try unsafe intersects(GEOSGetGeometryN_r(context.raw, other, index)) {
            return true
        }
        return false
    }

    /// Whether both share no position.
    ///
    /// - Parameter other: A valid geometry of the same context.
    /// - Returns: The same as without the index.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public func disjoint(_ other: borrowing GEOSGeometryHandle) throws(GeometryError) -> Bool {
        try !intersects(other)
    }

    /// Whether every position of `other` is in this one, boundaries included.
    ///
    /// - Parameter other: A valid geometry of the same context.
    /// - Returns: The same as without the index.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public func covers(_ other: borrowing GEOSGeometryHandle) throws(GeometryError) -> Bool {
        try unsafe test("GEOSPreparedCovers_r", other) { unsafe GEOSPreparedCovers_r($0, $1, $2) }
    }

    /// Whether every position of this one is in `other`, boundaries included.
    ///
    /// - Parameter other: A valid geometry of the same context.
    /// - Returns: The same as without the index.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public func coveredBy(_ other: borrowing GEOSGeometryHandle) throws(GeometryError) -> Bool {
        try unsafe test("GEOSPreparedCoveredBy_r", other) { unsafe GEOSPreparedCoveredBy_r($0, $1, $2) }
    }

    /// Whether `other` lies in this one, and not in its boundary alone.
    ///
    /// - Parameter other: A valid geometry of the same context.
    /// - Returns: The same as without the index.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public func contains(_ other: borrowing GEOSGeometryHandle) throws(GeometryError) -> Bool {
        try unsafe test("GEOSPreparedContains_r", other) { unsafe GEOSPreparedContains_r($0, $1, $2) }
    }

    /// Whether `other` lies in the interior of this one, without touching the boundary.
    ///
    /// - Parameter other: A valid geometry of the same context.
    /// - Returns: The same as without the index.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public func containsProperly(_ other: borrowing GEOSGeometryHandle) throws(GeometryError) -> Bool {
        try unsafe test("GEOSPreparedContainsProperly_r", other) { unsafe GEOSPreparedContainsProperly_r($0, $1, $2) }
    }

    /// Whether this one lies in `other`, and not in its boundary alone.
    ///
    /// - Parameter other: A valid geometry of the same context.
    /// - Returns: The same as without the index.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public func within(_ other: borrowing GEOSGeometryHandle) throws(GeometryError) -> Bool {
        try unsafe test("GEOSPreparedWithin_r", other) { unsafe GEOSPreparedWithin_r($0, $1, $2) }
    }

    /// Whether both share positions of their boundaries only.
    ///
    /// - Parameter other: A valid geometry of the same context.
    /// - Returns: The same as without the index.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public func touches(_ other: borrowing GEOSGeometryHandle) throws(GeometryError) -> Bool {
        try unsafe test("GEOSPreparedTouches_r", other) { unsafe GEOSPreparedTouches_r($0, $1, $2) }
    }

    /// Whether their interiors meet in less than the higher of both dimensions, and neither holds the other.
    ///
    /// - Parameter other: A valid geometry of the same context.
    /// - Returns: The same as without the index.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public func crosses(_ other: borrowing GEOSGeometryHandle) throws(GeometryError) -> Bool {
        try unsafe test("GEOSPreparedCrosses_r", other) { unsafe GEOSPreparedCrosses_r($0, $1, $2) }
    }

    /// Whether both, of one dimension, share a part of that dimension and neither holds the other.
    ///
    /// - Parameter other: A valid geometry of the same context.
    /// - Returns: The same as without the index.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public func overlaps(_ other: borrowing GEOSGeometryHandle) throws(GeometryError) -> Bool {
        try unsafe test("GEOSPreparedOverlaps_r", other) { unsafe GEOSPreparedOverlaps_r($0, $1, $2) }
    }

    /// Whether a position is in the geometry, boundary included.
    ///
    /// - Parameter position: Where to ask.
    /// - Returns: The answer.
    /// - Throws: ``GeometryError/nonFinite(positionIndex:)`` or ``GeometryError/tooLarge(_:)``.
    public func intersects(_ position: Position) throws(GeometryError) -> Bool {
        try intersects(context.point(position))
    }
}

// MARK: - Distance

extension PreparedGeometry {
    /// Returns the smallest distance in the plane, in units of the coordinates.
    ///
    /// - Parameter other: A geometry of the same context.
    /// - Returns: 0 where both share a position; infinity where one is empty.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public func distance(to other: borrowing GEOSGeometryHandle) throws(GeometryError) -> Double {
        precondition(context === other.context, "Geometries of two contexts cannot meet.")
        guard !base.isEmpty, !other.isEmpty else { return .infinity }
        guard base.hasExtent, other.hasExtent else { return try base.distance(to: other) }
        return try unsafe other.withPointerToFullParts { second throws(GeometryError) in
            try unsafe context.measure("GEOSPreparedDistance_r") {
                unsafe GEOSPreparedDistance_r($0, pointer, second, &$1)
            }
        }
    }

    /// Whether both come as near to each other in the plane as `distance`; cheaper than to measure it.
    ///
    /// - Parameters:
    ///   - distance: In units of the coordinates; exactly this far counts.
    ///   - other: A geometry of the same context.
    /// - Returns: The answer; false where one is empty.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public func isWithinDistance(
        _ distance: Double, of other: borrowing GEOSGeometryHandle
    ) throws(GeometryError) -> Bool {
        guard !base.isEmpty, !other.isEmpty else { return false }
        guard base.hasExtent, other.hasExtent else { return try base.distance(to: other) <= distance }
        return try unsafe test("GEOSPreparedDistanceWithin_r", other) {
            unsafe GEOSPreparedDistanceWithin_r($0, $1, $2, distance)
        }
    }

    /// Returns the positions, on this one and on `other`, that are nearest to each other in the plane.
    ///
    /// - Parameter other: A geometry of the same context.
    /// - Returns: The position on this one and that on `other`; nil where one of them is empty.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public func nearestPositions(
        to other: borrowing GEOSGeometryHandle
    ) throws(GeometryError) -> (Position, Position)? {
        precondition(context === other.context, "Geometries of two contexts cannot meet.")
        guard !base.isEmpty, !other.isEmpty else { return nil }
        guard base.hasExtent, other.hasExtent else { return try base.nearestPositions(to: other) }
        return try unsafe other.withPointerToFullParts { second throws(GeometryError) in
            try unsafe context.pair("GEOSPreparedNearestPoints_r") {
                unsafe GEOSPreparedNearestPoints_r($0, pointer, second)
            }
        }
    }
}

extension GEOSGeometryHandle {
    /// False for lines and polygons that are a single place: GEOS' index leaves edges without length out, and GEOS 3.11
    /// crashes where none remain.
    fileprivate var hasExtent: Bool { dimension <= 0 || planarLength > 0 }
}

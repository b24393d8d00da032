import CRedlineGEOS
public import RedlineGeometry

/// Overlay by GEOS' OverlayNG, in floating precision.
///
/// Where floating noding fails, GEOS by itself snaps vertices and lines together with a tolerance of some 1e-12 of the
/// magnitude of the coordinates, and as a last resort rounds all to a grid; the result is then off by as much. What
/// still fails throws ``GeometryError/engineFailure(operation:message:location:)``, and nearly always means an invalid
/// input: judge and repair first. Invalid polygons may also give a wrong result without an error. Collections that mix
/// dimensions are refused, except by ``unaryUnion()``.
///
/// The variants with `gridSize` round inputs and result to multiples of it, without losing validity.
extension GEOSGeometryHandle {
    /// Returns what both share, also where it is a line or point.
    ///
    /// - Parameter other: A valid geometry of the same context.
    /// - Returns: The intersection, a collection where dimensions mix; empty where they are disjoint.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``, mostly for invalid input.
    public borrowing func intersection(
        _ other: borrowing GEOSGeometryHandle
    ) throws(GeometryError) -> GEOSGeometryHandle {
        try unsafe combine("GEOSIntersection_r", other) { unsafe GEOSIntersection_r($0, $1, $2) }
    }

    /// Returns what lies in either.
    ///
    /// - Parameter other: A valid geometry of the same context.
    /// - Returns: The union.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``, mostly for invalid input.
    public borrowing func union(_ other: borrowing GEOSGeometryHandle) throws(GeometryError) -> GEOSGeometryHandle {
        try unsafe combine("GEOSUnion_r", other) { unsafe GEOSUnion_r($0, $1, $2) }
    }

    /// Returns what of this one is not in `other`.
    ///
    /// - Parameter other: A valid geometry of the same context.
    /// - Returns: The difference.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``, mostly for invalid input.
    public borrowing func difference(
        _ other: borrowing GEOSGeometryHandle
    ) throws(GeometryError) -> GEOSGeometryHandle {
        try unsafe combine("GEOSDifference_r", other) { unsafe GEOSDifference_r($0, $1, $2) }
    }

    /// Returns what lies in exactly one of both.
    ///
    /// - Parameter other: A valid geometry of the same context.
    /// - Returns: The symmetric difference.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``, mostly for invalid input.
    public borrowing func symmetricDifference(
        _ other: borrowing GEOSGeometryHandle
    ) throws(GeometryError) -> GEOSGeometryHandle {
        try unsafe combine("GEOSSymDifference_r", other) { unsafe GEOSSymDifference_r($0, $1, $2) }
    }

    /// Unites the members: ground, lines and points that several share count once, lines are noded.
    ///
    /// - Returns: The union; a collection where several dimensions remain.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``, mostly for invalid input.
    public borrowing func unaryUnion() throws(GeometryError) -> GEOSGeometryHandle {
        try unsafe derive("GEOSUnaryUnion_r") { unsafe GEOSUnaryUnion_r($0, $1) }
    }

    /// Returns what of this one lies in a rectangle; much faster than ``intersection(_:)``.
    ///
    /// An invalid geometry may give an invalid result without an error. Where this one only touches the rectangle, the
    /// result is empty or a part of lower dimension.
    ///
    /// - Parameter envelope: The rectangle; one without width or height is met by ``intersection(_:)``, an empty one
    ///   gives an empty polygon.
    /// - Returns: The part inside.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``, mostly for invalid input.
    public borrowing func clipped(to envelope: Envelope) throws(GeometryError) -> GEOSGeometryHandle {
        guard envelope.width > 0, envelope.height > 0 else {
            return try intersection(context.rectangle(envelope))
        }
        guard !isEmpty else { return try clone() }
        return try unsafe derive("GEOSClipByRect_r") {
            unsafe GEOSClipByRect_r($0, $1, envelope.minX, envelope.minY, envelope.maxX, envelope.maxY)
        }
    }
}

// MARK: - On a grid

extension GEOSGeometryHandle {
    /// Returns what both share, on a grid.
    ///
    /// - Parameters:
    ///   - other: A valid geometry of the same context.
    ///   - gridSize: The distance of grid lines, in units of the coordinates; 0 for none.
    /// - Returns: The intersection of both as rounded to the grid.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``, mostly for invalid input,
    ///   and for a grid that is not finite or below 0.
    public borrowing func intersection(
        _ other: borrowing GEOSGeometryHandle, gridSize: Double
    ) throws(GeometryError) -> GEOSGeometryHandle {
        try checkGrid(gridSize)
        return try unsafe combine("GEOSIntersectionPrec_r", other) {
            unsafe GEOSIntersectionPrec_r($0, $1, $2, gridSize)
        }
    }

    /// Returns what lies in either, on a grid.
    ///
    /// - Parameters:
    ///   - other: A valid geometry of the same context.
    ///   - gridSize: The distance of grid lines, in units of the coordinates; 0 for none.
    /// - Returns: The union of both as rounded to the grid.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``, mostly for invalid input,
    ///   and for a grid that is not finite or below 0.
    public borrowing func union(
        _ other: borrowing GEOSGeometryHandle, gridSize: Double
    ) throws(GeometryError) -> GEOSGeometryHandle {
        try checkGrid(gridSize)
        return try unsafe combine("GEOSUnionPrec_r", other) { unsafe GEOSUnionPrec_r($0, $1, $2, gridSize) }
    }

    /// Returns what of this one is not in `other`, on a grid.
    ///
    /// - Parameters:
    ///   - other: A valid geometry of the same context.
    ///   - gridSize: The distance of grid lines, in units of the coordinates; 0 for none.
    /// - Returns: The difference of both as rounded to the grid.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``, mostly for invalid input,
    ///   and for a grid that is not finite or below 0.
    public borrowing func difference(
        _ other: borrowing GEOSGeometryHandle, gridSize: Double
    ) throws(GeometryError) -> GEOSGeometryHandle {
        try checkGrid(gridSize)
        return try unsafe combine("GEOSDifferencePrec_r", other) { unsafe GEOSDifferencePrec_r($0, $1, $2, gridSize) }
    }

    /// Returns what lies in exactly one of both, on a grid.
    ///
    /// - Parameters:
    ///   - other: A valid geometry of the same context.
    ///   - gridSize: The distance of grid lines, in units of the coordinates; 0 for none.
    /// - Returns: The symmetric difference of both as rounded to the grid.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``, mostly for invalid input,
    ///   and for a grid that is not finite or below 0.
    public borrowing func symmetricDifference(
        _ other: borrowing GEOSGeometryHandle, gridSize: Double
    ) throws(GeometryError) -> GEOSGeometryHandle {
        try checkGrid(gridSize)
        return try unsafe combine("GEOSSymDifferencePrec_r", other) {
            unsafe GEOSSymDifferencePrec_r($0, $1, $2, gridSize)
        }
    }

    /// Unites the members, on a grid.
    ///
    /// - Parameter gridSize: The distance of grid lines, in units of the coordinates; 0 for none.
    /// - Returns: The union of the members as rounded to the grid.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``, mostly for invalid input,
    ///   and for a grid that is not finite or below 0.
    public borrowing func unaryUnion(gridSize: Double) throws(GeometryError) -> GEOSGeometryHandle {
        try checkGrid(gridSize)
        return try unsafe derive("GEOSUnaryUnionPrec_r") { unsafe GEOSUnaryUnionPrec_r($0, $1, gridSize) }
    }

    /// Rounds the positions to a grid, and keeps the geometry valid: what collapses goes.
    ///
    /// - Parameter gridSize: The distance of grid lines in units of the coordinates; 0 gives back full precision.
    /// - Returns: The rounded geometry, which further operations keep on the grid.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``, mostly for invalid input,
    ///   and for a grid that is not finite or below 0.
    public borrowing func withPrecision(gridSize: Double) throws(GeometryError) -> GEOSGeometryHandle {
        try checkGrid(gridSize)
        return try unsafe derive("GEOSGeom_setPrecision_r") { unsafe GEOSGeom_setPrecision_r($0, $1, gridSize, 0) }
    }

    private borrowing func checkGrid(_ gridSize: Double) throws(GeometryError) {
        guard gridSize >= 0, gridSize.isFinite else {
            throw .engineFailure(operation: "GEOSGeom_setPrecision_r", message: "the grid size is \(gridSize)")
        }
    }
}

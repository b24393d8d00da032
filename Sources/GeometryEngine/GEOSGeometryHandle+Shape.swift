import CRedlineGEOS
public import RedlineGeometry

extension GEOSGeometryHandle {
    /// Returns all places within a distance in the plane; with a negative one, all places inside that are farther from
    /// the boundary.
    ///
    /// - Parameters:
    ///   - distance: In units of the coordinates. Degrees give no circle on the ground: project first.
    ///   - quadrantSegments: The number of chords for a quarter circle, at least 1; 8 stays within 2 % of the distance.
    /// - Returns: A polygon or multi-polygon, empty where nothing remains.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``, also for a distance that is not finite.
    public borrowing func buffer(
        distance: Double, quadrantSegments: Int = 8
    ) throws(GeometryError) -> GEOSGeometryHandle {
        guard distance.isFinite else {
            throw .engineFailure(operation: "GEOSBuffer_r", message: "the distance is \(distance)")
        }
        let segments = CInt(clamping: max(1, quadrantSegments))
        return try unsafe derive("GEOSBuffer_r") { unsafe GEOSBuffer_r($0, $1, distance, segments) }
    }

    /// Returns the smallest convex shape that holds it.
    ///
    /// - Returns: A polygon; a line or point where all positions lie on one.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public borrowing func convexHull() throws(GeometryError) -> GEOSGeometryHandle {
        try unsafe derive("GEOSConvexHull_r") { unsafe GEOSConvexHull_r($0, $1) }
    }

    /// Returns the boundary: the rings of polygons, the ends of lines that an odd number of lines share.
    ///
    /// - Returns: Lines or points; empty for points.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``, among others for collections.
    public borrowing func boundary() throws(GeometryError) -> GEOSGeometryHandle {
        try unsafe derive("GEOSBoundary_r") { unsafe GEOSBoundary_r($0, $1) }
    }

    /// Returns the centre of mass in the plane of the parts of highest dimension.
    ///
    /// - Returns: A point, possibly outside; empty for an empty geometry.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public borrowing func centroid() throws(GeometryError) -> GEOSGeometryHandle {
        try unsafe derive("GEOSGetCentroid_r") { unsafe GEOSGetCentroid_r($0, $1) }
    }

    /// Returns a point inside, where a label can stand; on a line or one of the points where there is no area.
    ///
    /// - Returns: A point; empty for an empty geometry.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public borrowing func pointOnSurface() throws(GeometryError) -> GEOSGeometryHandle {
        try unsafe derive("GEOSPointOnSurface_r") { unsafe GEOSPointOnSurface_r($0, $1) }
    }

    /// Returns the same geometry with rings, parts and positions in GEOS' normal order, so that equal shapes with equal
    /// positions compare equal one by one.
    ///
    /// - Returns: The normal form.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)`` where memory runs out.
    public borrowing func normalized() throws(GeometryError) -> GEOSGeometryHandle {
        let copy = try clone()
        let answer = unsafe copy.withPointer { unsafe GEOSNormalize_r(copy.context.raw, $0) }
        guard answer == 0 else { throw context.failure(of: "GEOSNormalize_r") }
        return copy
    }

    /// Returns the polygons in it, at any depth; points and lines are left out.
    ///
    /// - Returns: A multi-polygon, possibly empty.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)`` where memory runs out.
    public borrowing func polygonalPart() throws(GeometryError) -> GEOSGeometryHandle {
        var list = GEOSGeometryList(in: context)
        try unsafe withPointer { pointer throws(GeometryError) in
            try unsafe context.appendPolygons(of: pointer, to: &list)
        }
        return try list.collection(GEOS_MULTIPOLYGON)
    }
}

extension GeometryContext {
    fileprivate func appendPolygons(
        of pointer: OpaquePointer?, to list: inout GEOSGeometryList
    ) throws(GeometryError) {
        switch unsafe GEOSGeomTypeId_r(raw, pointer) {
        case 3:
            guard unsafe GEOSisEmpty_r(raw, pointer) == 0 else { return }
            list.append(try unsafe make("GEOSGeom_clone_r") { unsafe GEOSGeom_clone_r($0, pointer) })
        case 6, 7:
            let count = unsafe GEOSGetNumGeometries_r(raw, pointer)
            for index in 0..<count {
                try unsafe appendPolygons(of: GEOSGetGeometryN_r(raw, pointer, index), to: &list)
            }
        default: return
        }
    }
}

// MARK: - Distance

extension GEOSGeometryHandle {
    /// Returns the smallest distance in the plane, in units of the coordinates.
    ///
    /// - Parameter other: A geometry of the same context.
    /// - Returns: 0 where both share a position; infinity where one is empty.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    /// - Complexity: O(*n* · *m*); index one with ``PreparedGeometry`` where it is asked more than once.
    public borrowing func distance(to other: borrowing GEOSGeometryHandle) throws(GeometryError) -> Double {
        guard !isEmpty, !other.isEmpty else { return .infinity }
        return try unsafe withPointers(other) { pointer, second throws(GeometryError) in
            try unsafe context.measure("GEOSDistance_r") { unsafe GEOSDistance_r($0, pointer, second, &$1) }
        }
    }

    /// Returns the positions, on this one and on `other`, that are nearest to each other in the plane.
    ///
    /// - Parameter other: A geometry of the same context.
    /// - Returns: The position on this one and that on `other`; nil where one of them is empty.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)``.
    public borrowing func nearestPositions(
        to other: borrowing GEOSGeometryHandle
    ) throws(GeometryError) -> (Position, Position)? {
        guard !isEmpty, !other.isEmpty else { return nil }
        return try unsafe withPointers(other) { pointer, second throws(GeometryError) in
            try unsafe context.pair("GEOSNearestPoints_r") { unsafe GEOSNearestPoints_r($0, pointer, second) }
        }
    }
}

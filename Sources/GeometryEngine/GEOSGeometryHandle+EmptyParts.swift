import CRedlineGEOS
import RedlineGeometry

/// GEOS 3.11 reads the missing coordinate of an empty member, and crashes, in distances, points inside, simplicity and
/// unions. Such members mean nothing to any operation, so GEOS gets the geometry without them.
extension GEOSGeometryHandle {
    /// Lends the geometry without empty members to `body`, which must not keep it.
    borrowing func withPointerToFullParts<R: ~Copyable>(
        _ body: (OpaquePointer?) throws(GeometryError) -> R
    ) throws(GeometryError) -> R {
        guard !isEmpty, hasEmptyParts else { return try unsafe withPointer(body) }
        return try unsafe withoutEmptyParts().withPointer(body)
    }

    /// Lends this geometry and `other` without empty members to `body`, which must not keep them.
    borrowing func withPointers<R: ~Copyable>(
        _ other: borrowing GEOSGeometryHandle,
        _ body: (OpaquePointer?, OpaquePointer?) throws(GeometryError) -> R
    ) throws(GeometryError) -> R {
        precondition(context === other.context, "Geometries of two contexts cannot meet.")
        return try unsafe withPointerToFullParts { pointer throws(GeometryError) in
            try unsafe other.withPointerToFullParts { second throws(GeometryError) in
                try unsafe body(pointer, second)
            }
        }
    }

    /// Whether a member of a collection is empty, at any depth.
    var hasEmptyParts: Bool { unsafe withPointer { unsafe context.hasEmptyParts($0) } }

    /// A copy without empty members, in two dimensions.
    borrowing func withoutEmptyParts() throws(GeometryError) -> GEOSGeometryHandle {
        try context.geometry(value().withoutEmptyParts)
    }
}

extension GeometryContext {
    fileprivate func hasEmptyParts(_ pointer: OpaquePointer?) -> Bool {
        guard unsafe GEOSGeomTypeId_r(raw, pointer) >= 4 else { return false }
        let count = unsafe GEOSGetNumGeometries_r(raw, pointer)
        for index in 0..<count {
            let member = unsafe GEOSGetGeometryN_r(raw, pointer, index)
            if unsafe GEOSisEmpty_r(raw, member) == 1 { return true }
            if unsafe hasEmptyParts(member) { return true }
        }
        return false
    }
}

extension Geometry {
    fileprivate var withoutEmptyParts: Geometry {
        switch self {
        case .point, .lineString, .polygon, .multiPoint: self
        case .multiLineString(let lines): .multiLineString(lines.filter { !$0.positions.isEmpty })
        case .multiPolygon(let polygons): .multiPolygon(polygons.filter { !$0.isEmpty })
        case .collection(let members): .collection(members.filter { !$0.isEmpty }.map(\.withoutEmptyParts))
        }
    }
}

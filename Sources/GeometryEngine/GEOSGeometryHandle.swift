import CRedlineGEOS
public import RedlineGeometry

/// The sole owner of one geometry in GEOS' memory.
///
/// Made by ``GeometryContext/geometry(_:)`` and its relatives, and by the operations on it; it keeps its context alive
/// and frees the geometry when it goes. Numbers are in the plane of the coordinates: degrees where these are degrees.
@safe
public struct GEOSGeometryHandle: ~Copyable {
    /// The context that every geometry it meets must share.
    public let context: GeometryContext
    private var pointer: OpaquePointer?

    init(adopting pointer: OpaquePointer, in context: GeometryContext) {
        self.context = context
        unsafe self.pointer = unsafe pointer
    }

    deinit { if let pointer = unsafe pointer { unsafe GEOSGeom_destroy_r(context.raw, pointer) } }

    /// Gives the pointer up, for GEOS functions that take their arguments over.
    consuming func release() -> OpaquePointer? {
        defer { unsafe pointer = nil }
        return unsafe pointer
    }

    /// Lends the pointer to `body`, which must not keep it.
    borrowing func withPointer<R: ~Copyable, E: Error>(_ body: (OpaquePointer?) throws(E) -> R) throws(E) -> R {
        try unsafe body(pointer)
    }

    /// Makes a geometry of this one alone, without its empty members.
    borrowing func derive(
        _ operation: String, _ body: (GEOSContextHandle_t, OpaquePointer?) -> OpaquePointer?
    ) throws(GeometryError) -> GEOSGeometryHandle {
        try unsafe withPointerToFullParts { pointer throws(GeometryError) in
            try unsafe context.make(operation) { unsafe body($0, pointer) }
        }
    }

    /// Makes a geometry of this one and `other`, without their empty members.
    borrowing func combine(
        _ operation: String, _ other: borrowing GEOSGeometryHandle,
        _ body: (GEOSContextHandle_t, OpaquePointer?, OpaquePointer?) -> OpaquePointer?
    ) throws(GeometryError) -> GEOSGeometryHandle {
        try unsafe withPointers(other) { pointer, second throws(GeometryError) in
            try unsafe context.make(operation) { unsafe body($0, pointer, second) }
        }
    }

    /// Asks GEOS a question about this geometry and `other`, without their empty members.
    borrowing func test(
        _ operation: String, _ other: borrowing GEOSGeometryHandle,
        _ body: (GEOSContextHandle_t, OpaquePointer?, OpaquePointer?) -> CChar
    ) throws(GeometryError) -> Bool {
        try unsafe withPointers(other) { pointer, second throws(GeometryError) in
            try unsafe context.test(operation) { unsafe body($0, pointer, second) }
        }
    }

    /// Returns a copy of its own.
    ///
    /// - Returns: An equal geometry.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)`` where memory runs out.
    public borrowing func clone() throws(GeometryError) -> GEOSGeometryHandle {
        try unsafe context.make("GEOSGeom_clone_r") { unsafe GEOSGeom_clone_r($0, pointer) }
    }
}

// MARK: - Properties

extension GEOSGeometryHandle {
    /// Whether it has no position.
    public var isEmpty: Bool { unsafe GEOSisEmpty_r(context.raw, pointer) == 1 }

    /// 0 for points, 1 for lines, 2 for polygons, the highest of the members for collections; -1 for an empty
    /// collection.
    public var dimension: Int { unsafe Int(GEOSGeom_getDimensions_r(context.raw, pointer)) }

    /// The OGC name of the kind, as in `MultiPolygon`; `LinearRing` is possible too.
    public var typeName: String {
        guard let text = unsafe GEOSGeomType_r(context.raw, pointer) else { return "Geometry" }
        defer { unsafe GEOSFree_r(context.raw, text) }
        return unsafe String(cString: text)
    }

    /// The number of positions at any depth, closing ones included.
    public var positionCount: Int { unsafe Int(GEOSGetNumCoordinates_r(context.raw, pointer)) }

    /// The number of members of a collection or multi-geometry; 1 for a single geometry, even an empty one.
    public var partCount: Int { unsafe Int(GEOSGetNumGeometries_r(context.raw, pointer)) }

    /// The smallest envelope; empty where there is no position.
    public var envelope: Envelope {
        guard !isEmpty else { return .empty }
        var (minX, minY, maxX, maxY) = (0.0, 0.0, 0.0, 0.0)
        let answer = unsafe GEOSGeom_getExtent_r(context.raw, pointer, &minX, &minY, &maxX, &maxY)
        return answer == 1 ? Envelope(minX: minX, minY: minY, maxX: maxX, maxY: maxY) : .empty
    }

    /// The area in the plane, in squared units of the coordinates; 0 for points and lines.
    public var planarArea: Double {
        var area = 0.0
        _ = unsafe GEOSArea_r(context.raw, pointer, &area)
        return area
    }

    /// The length of lines, or of all rings of polygons, in the plane and in units of the coordinates.
    public var planarLength: Double {
        var length = 0.0
        _ = unsafe GEOSLength_r(context.raw, pointer, &length)
        return length
    }
}

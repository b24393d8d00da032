import CRedlineGEOS

/// The sole owner of several geometries on their way into a collection or polygon.
///
/// An array cannot hold what is not copyable, and GEOS takes bare pointers over.
@safe
struct GEOSGeometryList: ~Copyable {
    private let context: GeometryContext
    private var pointers: [OpaquePointer?] = unsafe []

    init(in context: GeometryContext) { self.context = context }

    deinit { unsafe pointers.forEach { unsafe GEOSGeom_destroy_r(context.raw, $0) } }

    mutating func append(_ geometry: consuming GEOSGeometryHandle) {
        precondition(context === geometry.context, "Geometries of two contexts cannot meet.")
        unsafe pointers.append(geometry.release())
    }

    /// Gives the pointers to `body`, a GEOS function that takes them over even where it fails, and forgets them.
    mutating func handOver(
        _ body: (UnsafeMutablePointer<OpaquePointer?>?, CUnsignedInt) -> OpaquePointer?
    ) -> OpaquePointer? {
        defer { unsafe pointers = [] }
        let count = unsafe CUnsignedInt(pointers.count)
        return unsafe pointers.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress, count) }
    }

    /// Makes a collection of all of them.
    consuming func collection(_ type: GEOSGeomTypes) throws(GeometryError) -> GEOSGeometryHandle {
        var list = self
        return try unsafe list.context.make("GEOSGeom_createCollection_r") { raw in
            unsafe list.handOver { unsafe GEOSGeom_createCollection_r(raw, CInt(type.rawValue), $0, $1) }
        }
    }
}

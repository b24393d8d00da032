import CRedlineGEOS
import RedlineGeometry

extension GeometryContext {
    /// Reads well-known text.
    ///
    /// - Parameter text: One geometry, as in `POLYGON ((0 0, 1 0, 0 1, 0 0))`; Z and M may be there.
    /// - Returns: The geometry.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)`` for text that is none, curves included;
    ///   and as ``geometry(_:)``.
    public func geometry(wellKnownText text: String) throws(GeometryError) -> GEOSGeometryHandle {
        // GEOS reads by recursion. A polygon in a multi-polygon takes three levels of its own.
        guard nesting(of: text) <= Self.depthLimit + 3 else { throw .nestedTooDeeply(limit: Self.depthLimit) }
        let geometry = try unsafe make("GEOSWKTReader_read_r") { raw in
            guard let reader = unsafe GEOSWKTReader_create_r(raw) else { return nil }
            defer { unsafe GEOSWKTReader_destroy_r(raw, reader) }
            return unsafe text.withCString { unsafe GEOSWKTReader_read_r(raw, reader, $0) }
        }
        try checkOrdinates(of: geometry)
        return geometry
    }

    private func nesting(of text: String) -> Int {
        var (depth, deepest) = (0, 0)
        for byte in text.utf8 {
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
            deepest = max(deepest, depth)
        }
        return deepest
    }

    /// GEOS reads `nan` and `1e999`, which later operations may never return from.
    private func checkOrdinates(of geometry: borrowing GEOSGeometryHandle) throws(GeometryError) {
        var positions: [Position] = []
        try geometry.value().forEachPosition { positions.append($0) }
        try check(positions)
    }
}

extension GEOSGeometryHandle {
    /// Returns the geometry as well-known text, in two dimensions and with the 17 digits that carry every number
    /// through unchanged.
    ///
    /// - Returns: The text, as in `POINT (1 2.5)`.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)`` where memory runs out.
    public borrowing func wellKnownText() throws(GeometryError) -> String {
        try unsafe withPointer { pointer throws(GeometryError) in
            try unsafe context.text("GEOSWKTWriter_write_r") { raw in
                guard let writer = unsafe GEOSWKTWriter_create_r(raw) else { return nil }
                defer { unsafe GEOSWKTWriter_destroy_r(raw, writer) }
                unsafe GEOSWKTWriter_setTrim_r(raw, writer, 1)
                unsafe GEOSWKTWriter_setRoundingPrecision_r(raw, writer, 17)
                unsafe GEOSWKTWriter_setOutputDimension_r(raw, writer, 2)
                return unsafe GEOSWKTWriter_write_r(raw, writer, pointer)
            }
        }
    }
}

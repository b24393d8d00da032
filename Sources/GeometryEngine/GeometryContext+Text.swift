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
        try checkParentheses(of: text)
        let geometry = try unsafe make("GEOSWKTReader_read_r") { raw in
            guard let reader = unsafe GEOSWKTReader_create_r(raw) else { return nil }
            defer { unsafe GEOSWKTReader_destroy_r(raw, reader) }
            return unsafe text.withCString { unsafe GEOSWKTReader_read_r(raw, reader, $0) }
        }
        try checkOrdinates(of: geometry)
        return geometry
    }

    /// GEOS reads by recursion, and takes no notice of what follows the end.
    private func checkParentheses(of text: String) throws(GeometryError) {
        var depth = 0
        var isOver = false
        for byte in text.utf8 {
            if isOver, !" \t\r\n".utf8.contains(byte) {
                throw .engineFailure(operation: "GEOSWKTReader_read_r", message: "text follows the end of the geometry")
            }
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
            isOver = isOver || byte == UInt8(ascii: ")") && depth == 0
            // The innermost polygon of a multi-polygon takes three levels of its own.
            guard depth <= Self.depthLimit + 3 else { throw .nestedTooDeeply(limit: Self.depthLimit) }
        }
    }

    /// GEOS reads `nan` and `1e999`, which later operations may never return from.
    private func checkOrdinates(of geometry: borrowing GEOSGeometryHandle) throws(GeometryError) {
        var positions: [Position] = []
        try geometry.value().forEachPosition { positions.append($0) }
        try check(positions)
    }
}

extension GEOSGeometryHandle {
    /// Returns the geometry as well-known text, in two dimensions and with the digits that bring every number back.
    ///
    /// GEOS' own writer rounds to decimal places and so loses small numbers; this is
    /// ``/RedlineGeometry/Geometry/wellKnownText``.
    ///
    /// - Returns: The text, as in `POINT (1 2.5)`.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)`` where memory runs out.
    public borrowing func wellKnownText() throws(GeometryError) -> String { try value().wellKnownText }
}

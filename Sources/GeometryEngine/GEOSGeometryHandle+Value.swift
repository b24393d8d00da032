import CRedlineGEOS
public import RedlineGeometry

extension GEOSGeometryHandle {
    /// Returns the geometry as a value, without Z and M.
    ///
    /// - Returns: The value. A `LinearRing` becomes a line; empty members of a multi-point are left out.
    /// - Throws: ``GeometryError/engineFailure(operation:message:location:)`` where memory runs out.
    /// - Complexity: O(*n*) in the number of positions, a few nanoseconds for each.
    public borrowing func value() throws(GeometryError) -> Geometry {
        let context = context
        return try unsafe withPointer { pointer throws(GeometryError) in try unsafe context.value(of: pointer) }
    }
}

extension GeometryContext {
    /// Reads a geometry that someone else owns.
    func value(of pointer: OpaquePointer?) throws(GeometryError) -> Geometry {
        switch unsafe GEOSGeomTypeId_r(raw, pointer) {
        case 0: return .point(try unsafe positions(ofSingle: pointer).first)
        case 1, 2: return .lineString(LineString(positions: try unsafe positions(ofSingle: pointer)))
        case 3: return .polygon(try unsafe polygon(of: pointer))
        case 4: return .multiPoint(try unsafe members(of: pointer, positions(ofSingle:)).flatMap(\.self))
        case 5: return .multiLineString(try unsafe members(of: pointer, positions(ofSingle:)).map(LineString.init))
        case 6: return .multiPolygon(try unsafe members(of: pointer, polygon(of:)))
        case 7: return .collection(try unsafe members(of: pointer, value(of:)))
        default: throw failure(of: "GEOSGeomTypeId_r")
        }
    }

    private func members<T>(
        of pointer: OpaquePointer?, _ body: (OpaquePointer?) throws(GeometryError) -> T
    ) throws(GeometryError) -> [T] {
        var members: [T] = []
        let count = unsafe GEOSGetNumGeometries_r(raw, pointer)
        members.reserveCapacity(Int(count))
        for index in 0..<count {
            members.append(try unsafe body(GEOSGetGeometryN_r(raw, pointer, index)))
        }
        return members
    }

    private func polygon(of pointer: OpaquePointer?) throws(GeometryError) -> Polygon {
        guard unsafe GEOSisEmpty_r(raw, pointer) != 1 else { return Polygon(exteriorRing: []) }
        var polygon = Polygon(exteriorRing: try unsafe positions(ofSingle: GEOSGetExteriorRing_r(raw, pointer)))
        let count = unsafe GEOSGetNumInteriorRings_r(raw, pointer)
        for index in 0..<count {
            polygon.interiorRings.append(
                try unsafe positions(ofSingle: GEOSGetInteriorRingN_r(raw, pointer, index)))
        }
        return polygon
    }

    /// The positions of a point, line or ring.
    private func positions(ofSingle pointer: OpaquePointer?) throws(GeometryError) -> [Position] {
        guard unsafe GEOSisEmpty_r(raw, pointer) != 1 else { return [] }
        guard let sequence = unsafe GEOSGeom_getCoordSeq_r(raw, pointer) else {
            throw failure(of: "GEOSGeom_getCoordSeq_r")
        }
        return try unsafe positions(of: sequence)
    }

    /// The positions of a coordinate sequence.
    func positions(of sequence: OpaquePointer) throws(GeometryError) -> [Position] {
        var size: CUnsignedInt = 0
        guard unsafe GEOSCoordSeq_getSize_r(raw, sequence, &size) == 1 else {
            throw failure(of: "GEOSCoordSeq_getSize_r")
        }
        let count = Int(size)
        let positions = unsafe [Position](unsafeUninitializedCapacity: count) { buffer, filled in
            guard let start = buffer.baseAddress, count > 0 else { return }
            // A position is two numbers, x first, without padding: the layout of GEOS' buffer.
            let copied = unsafe start.withMemoryRebound(to: Double.self, capacity: 2 * count) { numbers in
                unsafe GEOSCoordSeq_copyToBuffer_r(raw, sequence, numbers, 0, 0)
            }
            filled = copied == 1 ? count : 0
        }
        guard positions.count == count else { throw failure(of: "GEOSCoordSeq_copyToBuffer_r") }
        return positions
    }
}

import CRedlineGEOS
public import RedlineGeometry

extension GeometryContext {
    /// How deep collections may be nested; GEOS recurses, and its stack is the thread's.
    public static let depthLimit = 64

    /// The largest magnitude of a coordinate: beyond it, products of four of them (GEOS' in-circle and
    /// intersection determinants) are no longer finite.
    public static let coordinateLimit = 1e75

    /// Builds any geometry.
    ///
    /// - Parameter value: The geometry; empty parts are fine, holes of a polygon without exterior ring are ignored.
    /// - Returns: The geometry in GEOS' memory; nothing but its structure was checked, not its validity.
    /// - Throws: ``GeometryError/malformedRing(positionCount:isClosed:start:)``,
    ///   ``GeometryError/malformedLine(positionCount:start:)``, ``GeometryError/nonFinite(positionIndex:)``,
    ///   ``GeometryError/tooLarge(_:)`` or ``GeometryError/nestedTooDeeply(limit:)``.
    /// - Complexity: O(*n*) in the number of positions.
    public func geometry(_ value: Geometry) throws(GeometryError) -> GEOSGeometryHandle {
        var seen = 0
        return try geometry(value, &seen, depth: 0)
    }

    /// Builds a polygon.
    ///
    /// - Parameter polygon: Its rings, closed and of four positions or more, or none at all.
    /// - Returns: The polygon, not checked for validity.
    /// - Throws: As ``geometry(_:)``.
    public func polygon(_ polygon: Polygon) throws(GeometryError) -> GEOSGeometryHandle {
        var seen = 0
        return try self.polygon(polygon, &seen)
    }

    /// Builds a point.
    ///
    /// - Parameter position: Where it lies.
    /// - Returns: The point.
    /// - Throws: ``GeometryError/nonFinite(positionIndex:)`` or ``GeometryError/tooLarge(_:)``.
    public func point(_ position: Position) throws(GeometryError) -> GEOSGeometryHandle {
        var seen = 0
        return try point(position, &seen)
    }

    /// Builds a rectangle.
    ///
    /// - Parameter envelope: Its sides. Without width or height it becomes a line or a point, an empty one an empty
    ///   polygon.
    /// - Returns: The rectangle.
    /// - Throws: ``GeometryError/nonFinite(positionIndex:)`` or ``GeometryError/tooLarge(_:)``.
    public func rectangle(_ envelope: Envelope) throws(GeometryError) -> GEOSGeometryHandle {
        guard !envelope.isEmpty else { return try polygon(Polygon(exteriorRing: [])) }
        let low = Position(x: envelope.minX, y: envelope.minY)
        let high = Position(x: envelope.maxX, y: envelope.maxY)
        switch (envelope.width > 0, envelope.height > 0) {
        case (false, false): return try point(low)
        case (true, true):
            let ring = [low, Position(x: high.x, y: low.y), high, Position(x: low.x, y: high.y), low]
            return try polygon(Polygon(exteriorRing: ring))
        default: return try geometry(.lineString(LineString(positions: [low, high])))
        }
    }

    /// Unites polygons; ground that several share counts once.
    ///
    /// - Parameter polygons: Valid polygons, in any number.
    /// - Returns: A polygon or multi-polygon; an empty one for no polygons.
    /// - Throws: As ``geometry(_:)``, and ``GeometryError/engineFailure(operation:message:location:)`` at invalid
    ///   polygons, at some of which GEOS gives a wrong answer instead: repair first.
    public func unaryUnion(_ polygons: [Polygon]) throws(GeometryError) -> GEOSGeometryHandle {
        try geometry(.multiPolygon(polygons)).unaryUnion()
    }

    /// Unites geometries of any kind: points, lines and polygons each, less what those of higher dimension cover.
    ///
    /// - Parameter geometries: Valid geometries, in any number; lines are noded and dissolved.
    /// - Returns: The union; a collection where several dimensions remain.
    /// - Throws: As ``unaryUnion(_:)``.
    public func union(of geometries: [Geometry]) throws(GeometryError) -> GEOSGeometryHandle {
        try geometry(.collection(geometries)).unaryUnion()
    }
}

// MARK: - Parts

extension GeometryContext {
    // `seen` is the number of positions before this part, for errors to name the place.
    private func geometry(
        _ value: Geometry, _ seen: inout Int, depth: Int
    ) throws(GeometryError) -> GEOSGeometryHandle {
        guard depth <= Self.depthLimit else { throw .nestedTooDeeply(limit: Self.depthLimit) }
        var list = GEOSGeometryList(in: self)
        switch value {
        case .point(let position):
            guard let position else {
                return try unsafe make("GEOSGeom_createEmptyPoint_r") { unsafe GEOSGeom_createEmptyPoint_r($0) }
            }
            return try point(position, &seen)
        case .lineString(let line): return try self.line(line, &seen)
        case .polygon(let polygon): return try self.polygon(polygon, &seen)
        case .multiPoint(let positions):
            for position in positions { list.append(try point(position, &seen)) }
            return try list.collection(GEOS_MULTIPOINT)
        case .multiLineString(let lines):
            for line in lines { list.append(try self.line(line, &seen)) }
            return try list.collection(GEOS_MULTILINESTRING)
        case .multiPolygon(let polygons):
            for polygon in polygons { list.append(try self.polygon(polygon, &seen)) }
            return try list.collection(GEOS_MULTIPOLYGON)
        case .collection(let members):
            for member in members { list.append(try geometry(member, &seen, depth: depth + 1)) }
            return try list.collection(GEOS_GEOMETRYCOLLECTION)
        }
    }

    private func point(_ position: Position, _ seen: inout Int) throws(GeometryError) -> GEOSGeometryHandle {
        try check(CollectionOfOne(position), &seen)
        return try unsafe make("GEOSGeom_createPointFromXY_r") {
            unsafe GEOSGeom_createPointFromXY_r($0, position.x, position.y)
        }
    }

    private func line(_ line: LineString, _ seen: inout Int) throws(GeometryError) -> GEOSGeometryHandle {
        let positions = line.positions
        try check(positions, &seen)
        if positions.count == 1 { throw .malformedLine(positionCount: 1, start: positions[0]) }
        return try unsafe make("GEOSGeom_createLineString_r") {
            unsafe GEOSGeom_createLineString_r($0, sequence(of: positions))
        }
    }

    private func polygon(_ polygon: Polygon, _ seen: inout Int) throws(GeometryError) -> GEOSGeometryHandle {
        guard !polygon.isEmpty else {
            return try unsafe make("GEOSGeom_createEmptyPolygon_r") { unsafe GEOSGeom_createEmptyPolygon_r($0) }
        }
        let shell = try ring(polygon.exteriorRing, &seen)
        var holes = GEOSGeometryList(in: self)
        for ring in polygon.interiorRings where !ring.isEmpty { holes.append(try self.ring(ring, &seen)) }
        let released = unsafe shell.release()
        return try unsafe make("GEOSGeom_createPolygon_r") { raw in
            unsafe holes.handOver { unsafe GEOSGeom_createPolygon_r(raw, released, $0, $1) }
        }
    }

    private func ring(_ positions: [Position], _ seen: inout Int) throws(GeometryError) -> GEOSGeometryHandle {
        try check(positions, &seen)
        guard positions.count >= 4, positions.first == positions.last else {
            throw .malformedRing(
                positionCount: positions.count, isClosed: positions.first == positions.last, start: positions[0])
        }
        return try unsafe make("GEOSGeom_createLinearRing_r") {
            unsafe GEOSGeom_createLinearRing_r($0, sequence(of: positions))
        }
    }

    /// A new coordinate sequence, which the caller must hand to a geometry at once; GEOS takes null for a failure.
    private func sequence(of positions: [Position]) -> OpaquePointer? {
        unsafe positions.withUnsafeBufferPointer { buffer in
            // GEOS refuses a null buffer and needs no position of an empty one.
            guard let start = buffer.baseAddress else { return unsafe GEOSCoordSeq_create_r(raw, 0, 2) }
            // A position is two numbers, x first, without padding: the layout of GEOS' buffer.
            return unsafe start.withMemoryRebound(to: Double.self, capacity: 2 * buffer.count) { numbers in
                unsafe GEOSCoordSeq_copyFromBuffer_r(raw, numbers, CUnsignedInt(buffer.count), 0, 0)
            }
        }
    }

    /// Throws at the first position that is not finite or too large.
    func check(_ positions: some Collection<Position>) throws(GeometryError) {
        var seen = 0
        try check(positions, &seen)
    }

    private func check(_ positions: some Collection<Position>, _ seen: inout Int) throws(GeometryError) {
        for (index, position) in positions.enumerated() {
            // False for a NaN too.
            let isUsable = abs(position.x) <= Self.coordinateLimit && abs(position.y) <= Self.coordinateLimit
            guard !isUsable else { continue }
            throw position.isFinite ? .tooLarge(position) : .nonFinite(positionIndex: seen + index)
        }
        seen += positions.count
    }
}

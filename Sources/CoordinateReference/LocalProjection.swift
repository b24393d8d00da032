internal import CRedlinePROJ
public import RedlineGeometry

/// A plane in metres around one position, for distances and shapes near it.
///
/// It is azimuthal equidistant on the ellipsoid of CGCS2000: distances from the centre are exact, others within 50 km
/// of it are off by less than 2·10⁻⁵ (10⁻⁵ at 50 km, falling with the square).
public final class LocalProjection {
    /// The origin of the plane, in longitude and latitude in degrees.
    public let center: Position
    private let operation: PositionOperation

    /// Builds the projection; it needs no database, so it costs microseconds in a `context` that exists.
    ///
    /// - Parameters:
    ///   - center: Longitude and latitude in degrees.
    ///   - context: Reused where given.
    /// - Throws: ``CoordinateReferenceError`` where the centre is not finite or lies beyond the degrees.
    public init(center: Position, context: ProjectionContext? = nil) throws(CoordinateReferenceError) {
        guard center.isFinite else { throw .positionNotFinite(center, crs: "EPSG:4490") }
        guard abs(center.x) <= 360, abs(center.y) <= 90 else {
            throw .positionBeyondDegrees(center, crs: "EPSG:4490")
        }
        let context = try ProjectionContext.reusing(context)
        self.center = center
        // Swift writes the shortest text that reads back as the same number.
        let definition = "+proj=aeqd +a=6378137 +rf=298.257222101 +lon_0=\(center.x) +lat_0=\(center.y)"
        guard
            let projection = unsafe context.make({ unsafe proj_create($0, "+proj=pipeline +step +inv " + definition) })
        else {
            throw .unknownCRS(definition: definition, message: context.lastMessage)
        }
        operation = PositionOperation(projection, crs: definition)
    }

    /// Returns metres east and north of the centre for each position.
    ///
    /// - Parameter positions: Longitude and latitude in degrees.
    /// - Returns: One position for each, in the same order.
    /// - Throws: ``CoordinateReferenceError`` that names the first position without a place in the plane.
    public func project(_ positions: [Position]) throws(CoordinateReferenceError) -> [Position] {
        for position in positions where !(abs(position.x) <= 720 && abs(position.y) <= 90) {
            guard position.isFinite else { throw .positionNotFinite(position, crs: "EPSG:4490") }
            throw .positionBeyondDegrees(position, crs: "EPSG:4490")
        }
        var result = positions
        operation.applyInverse(&result)
        try check(result, of: positions)
        return result
    }

    /// Returns longitude and latitude in degrees for each position in the plane; longitudes lie within 180° of the
    /// centre's, also beyond ±180°.
    ///
    /// - Parameter positions: Metres east and north of the centre.
    /// - Returns: One position for each, in the same order.
    /// - Throws: ``CoordinateReferenceError`` that names the first position without a place on the ellipsoid.
    public func unproject(_ positions: [Position]) throws(CoordinateReferenceError) -> [Position] {
        var result = positions
        operation.apply(&result)
        try check(result, of: positions)
        for index in result.indices {
            let turns = ((result[index].x - center.x) / 360).rounded()
            if turns != 0 { result[index].x -= turns * 360 }
        }
        return result
    }

    private func check(_ result: [Position], of positions: [Position]) throws(CoordinateReferenceError) {
        for (index, place) in result.enumerated() where !place.isFinite {
            let position = positions[index]
            guard position.isFinite else { throw .positionNotFinite(position, crs: operation.crs) }
            throw .positionOutsideDomain(position, crs: operation.crs, message: operation.lastMessage)
        }
    }
}

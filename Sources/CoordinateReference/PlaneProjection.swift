internal import CRedlinePROJ
public import RedlineGeometry

/// Brings CGCS2000 longitude and latitude into the plane of a projected CRS.
public final class PlaneProjection {
    /// The CRS of the plane.
    public let target: CRSDefinition
    /// Metres in one unit of the plane.
    public let linearUnitInMeters: Double
    private let operation: PositionOperation
    private var domain = DomainCheck()

    /// Builds the projection; keep it.
    ///
    /// - Parameters:
    ///   - target: A projected CRS in any text that ``CRSDefinition`` reads.
    ///   - context: Reused where given.
    /// - Throws: ``CoordinateReferenceError/notProjected(crs:)``, and what ``CoordinateTransformation`` throws: the
    ///   same datums are refused.
    public init(to target: String, context: ProjectionContext? = nil) throws(CoordinateReferenceError) {
        // Said without starting PROJ for the common names of degrees.
        if WellKnownCRS(target) != nil { throw .notProjected(crs: target) }
        let context = try ProjectionContext.reusing(context)
        let reading = try CRSReading(target, in: context)
        self.target = CRSDefinition(reading, text: target)
        guard let unit = self.target.linearUnitInMeters else { throw .notProjected(crs: target) }
        linearUnitInMeters = unit
        operation = try PositionOperation.toLongitudeLatitude(reading, text: target)
    }

    /// Returns easting and northing of each position, in the unit of the plane.
    ///
    /// - Parameter positions: Longitude and latitude in degrees.
    /// - Returns: One position for each, in the same order.
    /// - Throws: ``CoordinateReferenceError`` that names the first position that is not finite, lies beyond the
    ///   degrees, or has no place in the plane.
    public func project(_ positions: [Position]) throws(CoordinateReferenceError) -> [Position] {
        for position in positions where !(abs(position.x) <= 360 && abs(position.y) <= 90) {
            guard position.isFinite else { throw .positionNotFinite(position, crs: "EPSG:4490") }
            throw .positionBeyondDegrees(position, crs: "EPSG:4490")
        }
        var result = positions
        operation.applyInverse(&result)
        for (index, place) in result.enumerated() where !place.isFinite {
            throw .positionOutsideDomain(positions[index], crs: target.text, message: operation.lastMessage)
        }
        // A centimetre, or 200 m where the way back may take another formula; whole turns are the same place.
        let tolerance = operation.isSmooth ? 1e-7 : 2e-3
        let lost = domain.firstLost(positions, result, tolerance: tolerance, period: 360) { operation.apply(&$0) }
        if let lost {
            throw .positionOutsideDomain(
                lost, crs: target.text, message: "its easting and northing lead to another place")
        }
        return result
    }
}

public import RedlineGeometry

/// Why a coordinate reference system could not be read, or positions could not be brought to another one.
@nonexhaustive
public enum CoordinateReferenceError: Error, Hashable, Sendable {
    /// PROJ could not start or does not find its database.
    case engineUnavailable(message: String)
    /// The text is not a CRS that PROJ knows.
    case unknownCRS(definition: String, message: String)
    /// The text is a CRS, but of a kind that gives no place on a map (geocentric, vertical, local).
    case unsupportedCRS(definition: String, reason: String)
    /// There is no transformation to CGCS2000 that could be trusted.
    case noTransformation(crs: String, reason: String)
    /// A projected CRS was needed.
    case notProjected(crs: String)
    /// A position with a NaN or an infinity.
    case positionNotFinite(Position, crs: String)
    /// A latitude beyond ±90° or a longitude beyond ±360°.
    case positionBeyondDegrees(Position, crs: String)
    /// A position that the projection cannot bring to the ellipsoid and back.
    case positionOutsideDomain(Position, crs: String, message: String)
    /// A ring that runs around a pole, which no ring of longitudes and latitudes can show.
    case ringAroundPole(start: Position, crs: String)
}

extension CoordinateReferenceError: CustomStringConvertible {
    /// What was asked, why it failed, and the remedy where there is one.
    public var description: String {
        switch self {
        case .engineUnavailable(let message):
            return "Starting PROJ failed: \(message). Is proj-data installed, and does PROJ_DATA name no other folder?"
        case .unknownCRS(let definition, let message):
            return "Reading the CRS failed: '\(Self.shortened(definition))' is not known (\(message)). "
                + "Give an authority code such as EPSG:4490, WKT, or a PROJ string with --crs."
        case .unsupportedCRS(let definition, let reason):
            return "The CRS '\(Self.shortened(definition))' cannot be used: \(reason). "
                + "Give a geographic or projected CRS with --crs."
        case .noTransformation(let crs, let reason):
            return "Bringing positions from '\(Self.shortened(crs))' to CGCS2000 is refused: \(reason). "
                + "Give your own parameters with --crs: a PROJ string with +towgs84=dx,dy,dz,rx,ry,rz,ds or a "
                + "+proj=pipeline that ends in longitude and latitude."
        case .notProjected(let crs):
            return "'\(Self.shortened(crs))' is not a projected CRS, and plane measures need one, such as EPSG:4520."
        case .positionNotFinite(let position, let crs):
            return "Position (\(position.x), \(position.y)) in '\(Self.shortened(crs))' has a coordinate that is no "
                + "finite number. Repair or leave out the feature."
        case .positionBeyondDegrees(let position, let crs):
            return "Position (\(position.x), \(position.y)) lies beyond the degrees of '\(Self.shortened(crs))': the "
                + "axes may be swapped (longitude comes first), or the numbers are metres. Check them, or give the "
                + "right CRS with --crs."
        case .positionOutsideDomain(let position, let crs, let message):
            return "Position (\(position.x), \(position.y)) lies outside what '\(Self.shortened(crs))' can show "
                + "(\(message)): the axes may be swapped (easting comes first), the easting may carry or lack its "
                + "zone number, or the CRS is another one; give it with --crs."
        case .ringAroundPole(let start, let crs):
            return "The ring that starts at (\(start.x), \(start.y)) in '\(Self.shortened(crs))' runs around a pole "
                + "and has no shape in longitude and latitude. Cut it along a meridian."
        }
    }

    // WKT runs over many lines; its beginning is enough to recognise it.
    private static func shortened(_ definition: String) -> String {
        let line = definition.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count <= 100 ? line : line.prefix(97) + "..."
    }
}

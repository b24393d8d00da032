/// A place in the plane of its layer: longitude and latitude in degrees, or easting and northing.
///
/// Longitude or easting always comes first, whatever order the CRS declares.
@frozen
public struct Position: Hashable, Sendable {
    /// Longitude in degrees, or easting in the unit of the CRS.
    public var x: Double
    /// Latitude in degrees, or northing in the unit of the CRS.
    public var y: Double

    /// Creates a position; nothing is checked, not even that the numbers are finite.
    @inlinable
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }

    /// Whether both numbers are finite.
    @inlinable
    public var isFinite: Bool { x.isFinite && y.isFinite }
}

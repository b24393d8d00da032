/// An ellipsoid of revolution, by its two defining numbers.
public enum Ellipsoid: Hashable, Sendable {
    /// CGCS2000: a = 6378137 m, f = 1/298.257222101.
    case cgcs2000
    /// WGS 84: a = 6378137 m, f = 1/298.257223563. Areas differ from those on CGCS2000 by 2·10⁻¹² of them.
    case wgs84

    /// The semi-major axis a in metres.
    public var equatorialRadiusInMeters: Double { 6_378_137 }

    /// f = (a − b)/a.
    public var flattening: Double {
        switch self {
        case .cgcs2000: 1 / 298.257222101
        case .wgs84: 1 / 298.257223563
        }
    }

    /// The semi-minor axis b in metres.
    public var polarRadiusInMeters: Double { equatorialRadiusInMeters * (1 - flattening) }

    /// e² = f(2 − f).
    public var eccentricitySquared: Double { flattening * (2 - flattening) }
}

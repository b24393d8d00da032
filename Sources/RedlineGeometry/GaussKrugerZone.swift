/// A zone of the Gauss–Krüger projections in which Chinese plans and surveys give their coordinates (高斯-克吕格投影分带).
///
/// 3-degree zone n lies around 3n° E, 6-degree zone n around (6n − 3)° E; both have the scale 1 on their central
/// meridian, so that zones of either width around the same meridian give the same numbers. An easting begins with the
/// zone's number ("zone prefix", 32 500 000) or does not (500 000). The numbers of the two series in China, 25 to 45 and
/// 13 to 23, do not meet. Source of the codes: EPSG registry.
public struct GaussKrugerZone: Hashable, Sendable {
    /// The datums that have such zones in the EPSG registry.
    public enum Datum: String, Hashable, Sendable, CaseIterable {
        /// CGCS2000 (2000国家大地坐标系).
        case cgcs2000
        /// Xian 1980 (1980西安坐标系).
        case xian1980
        /// Beijing 1954 (1954年北京坐标系).
        case beijing1954
    }

    /// The width in degrees, 3 or 6.
    public let width: Int
    /// The number, 25 to 45 or 13 to 23.
    public let number: Int
    /// Whether eastings begin with the number.
    public let hasPrefix: Bool

    /// The zone of this number; nil where China has none. The number tells the width.
    public init?(number: Int, hasPrefix: Bool) {
        switch number {
        case 25...45: width = 3
        case 13...23: width = 6
        default: return nil
        }
        self.number = number
        self.hasPrefix = hasPrefix
    }

    /// The 3-degree zone around a meridian, without prefix; nil where there is none.
    public init?(centralMeridian: Double) {
        let number = (centralMeridian / 3).rounded()
        guard number * 3 == centralMeridian, (25...45).contains(number) else { return nil }
        self.init(number: Int(number), hasPrefix: false)
    }

    /// The central meridian in degrees east.
    public var centralMeridian: Int { width == 3 ? 3 * number : 6 * number - 3 }

    /// The easting of the central meridian in metres.
    public var falseEasting: Double { hasPrefix ? Double(number) * 1e6 + 500_000 : 500_000 }

    /// The code of the projected CRS on a datum: `EPSG:4520`.
    public func code(on datum: Datum) -> String {
        // The first codes of: 3 degrees with prefix, 3 degrees, 6 degrees with prefix, 6 degrees.
        let series: [Int] =
            switch datum {
            case .cgcs2000: [4513, 4534, 4491, 4502]
            case .xian1980: [2349, 2370, 2327, 2338]
            case .beijing1954: [2401, 2422, 21413, 21453]
            }
        let offset = number - (width == 3 ? 25 : 13)
        return "EPSG:\(series[(width == 3 ? 0 : 2) + (hasPrefix ? 0 : 1)] + offset)"
    }

    /// The easting without its prefix, and the prefix; nil for a number that is no easting of such a zone.
    ///
    /// Eastings reach 400 km to either side of the central meridian: a 6-degree zone at 15° N and an overlap with the
    /// next one.
    public static func split(easting: Double) -> (zone: Int?, rest: Double)? {
        if (100_000...900_000).contains(easting) { return (nil, easting) }
        let number = (easting / 1e6).rounded(.down)
        let rest = easting - number * 1e6
        guard (100_000...900_000).contains(rest), number.isFinite,
            GaussKrugerZone(number: Int(number), hasPrefix: true) != nil
        else { return nil }
        return (Int(number), rest)
    }

    /// The northings of China's land in metres, 15° to 55° N.
    public static let northings = 1_600_000.0...6_110_000.0
}

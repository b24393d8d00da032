import Glibc
public import RedlineGeometry

/// The shifted longitudes and latitudes of Chinese web maps: WGS 84 moved by some hundred metres.
///
/// Both formulas are known from reverse engineering only, are not official, and hold in mainland China. Source: the
/// public implementations of eviltransform, gcoord and coordtransform, which agree.
public enum WebMapDatum: String, Hashable, Sendable, CaseIterable {
    /// GCJ-02 (火星坐标), of AMap, Tencent and others.
    case gcj02 = "GCJ-02"
    /// BD-09, of Baidu: GCJ-02 shifted once more.
    case bd09 = "BD-09"

    /// Recognises a name as people write it: `GCJ-02`, `gcj02`, `BD09`, `BD-09LL`, 火星坐标系, 百度坐标系.
    public init?(_ text: String) {
        switch text.uppercased().filter({ $0.isLetter || $0.isNumber }) {
        case "GCJ02", "GCJ", "火星坐标", "火星坐标系": self = .gcj02
        case "BD09", "BD09LL", "BD", "百度坐标", "百度坐标系": self = .bd09
        default: return nil
        }
    }

    /// Where the shift is defined; outside it the services draw WGS 84.
    public static let area = Envelope(minX: 72.004, minY: 0.8293, maxX: 137.8347, maxY: 55.8271)

    /// Returns where the map shows a place.
    ///
    /// - Parameter place: WGS 84 longitude and latitude in degrees, inside ``area``.
    /// - Returns: Longitude and latitude of the map in degrees.
    public func shifted(_ place: Position) -> Position {
        let gcj = Self.gcj(place)
        return self == .gcj02 ? gcj : Self.bd(gcj)
    }

    /// Returns the place that the map shows at `position`.
    ///
    /// The shift changes by less than a part in a thousand over its own length, so that each turn of the iteration wins
    /// three digits; it ends when nothing changes by more than 10⁻¹² degrees, a ten-thousandth of a millimetre.
    ///
    /// - Parameter position: Longitude and latitude of the map in degrees, inside ``area``.
    /// - Returns: WGS 84 longitude and latitude in degrees, to 10⁻⁶ m against ``shifted(_:)``.
    public func unshifted(_ position: Position) -> Position {
        var place = position
        for _ in 0..<20 {
            let back = shifted(place)
            let step = Position(x: position.x - back.x, y: position.y - back.y)
            place = Position(x: place.x + step.x, y: place.y + step.y)
            if abs(step.x) < 1e-12 && abs(step.y) < 1e-12 { break }
        }
        return place
    }

    private static func gcj(_ place: Position) -> Position {
        let x = place.x - 105
        let y = place.y - 35
        let ripple = (20 * sin(6 * x * .pi) + 20 * sin(2 * x * .pi)) * 2 / 3
        var north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * abs(x).squareRoot() + ripple
        north += (20 * sin(y * .pi) + 40 * sin(y / 3 * .pi)) * 2 / 3
        north += (160 * sin(y / 12 * .pi) + 320 * sin(y * .pi / 30)) * 2 / 3
        var east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * abs(x).squareRoot() + ripple
        east += (20 * sin(x * .pi) + 40 * sin(x / 3 * .pi)) * 2 / 3
        east += (150 * sin(x / 12 * .pi) + 300 * sin(x / 30 * .pi)) * 2 / 3
        // From metres to degrees on the ellipsoid of Krassovsky (1940).
        let semiMajor = 6_378_245.0
        let eccentricity = 0.006_693_421_622_965_943
        let latitude = place.y * .pi / 180
        let root = (1 - eccentricity * sin(latitude) * sin(latitude)).squareRoot()
        let meridian = semiMajor * (1 - eccentricity) / (root * root * root)
        return Position(
            x: place.x + east * 180 / (semiMajor / root * cos(latitude) * .pi),
            y: place.y + north * 180 / (meridian * .pi))
    }

    private static func bd(_ gcj: Position) -> Position {
        let turn = Double.pi * 3000 / 180
        let radius = (gcj.x * gcj.x + gcj.y * gcj.y).squareRoot() + 0.00002 * sin(gcj.y * turn)
        let angle = atan2(gcj.y, gcj.x) + 0.000003 * cos(gcj.x * turn)
        return Position(x: radius * cos(angle) + 0.0065, y: radius * sin(angle) + 0.006)
    }
}

/// Brings batches of positions to longitude and latitude.
protocol BatchOperation: AnyObject {
    /// Whether neighbouring positions follow one smooth formula.
    var isSmooth: Bool { get }
    /// Brings positions to longitude and latitude in degrees; those that fail become infinite.
    func apply(_ positions: inout [Position])
}

/// Takes the shift of a web map away.
final class WebMapOperation: BatchOperation {
    let datum: WebMapDatum
    // The formula has a kink at 105° E, where it takes the root of a distance.
    let isSmooth = false

    init(_ datum: WebMapDatum) { self.datum = datum }

    func apply(_ positions: inout [Position]) {
        for index in positions.indices { positions[index] = datum.unshifted(positions[index]) }
    }
}

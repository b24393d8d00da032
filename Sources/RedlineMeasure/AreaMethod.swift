/// What "the area of this polygon" means; every output names the one it shows.
public enum AreaMethod: Hashable, Sendable, CustomStringConvertible {
    /// On the ellipsoid, edges straight in longitude–latitude; additive. The default. See ``EllipsoidalArea``.
    case ellipsoidal
    /// One trapezoid for each edge by 国土调查办发〔2008〕32号. See ``Notice32Area``.
    case notice32
    /// On the ellipsoid, edges geodesics. See ``GeodesicArea``.
    case geodesic
    /// In the plane of a projected CRS, given as `EPSG:n`. See ``PlaneArea``.
    case plane(String)

    /// Reads a name as the command line has it; nil for every other text.
    ///
    /// - Parameter text: `ellipsoidal`, `notice32`, `geodesic` or `EPSG:n`, in any case. Whether the code exists and is
    ///   projected shows when an ``AreaMeter`` is made.
    public init?(parsing text: some StringProtocol) {
        let word = text.lowercased()
        switch word {
        case "ellipsoidal": self = .ellipsoidal
        case "notice32": self = .notice32
        case "geodesic": self = .geodesic
        default:
            let digits = word.dropFirst(5)
            guard word.hasPrefix("epsg:"), !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
                return nil
            }
            self = .plane("EPSG:" + digits)
        }
    }

    /// The name as the command line has it, for instance `notice32` or `EPSG:4520`.
    public var description: String {
        switch self {
        case .ellipsoidal: "ellipsoidal"
        case .notice32: "notice32"
        case .geodesic: "geodesic"
        case .plane(let crs): crs
        }
    }
}

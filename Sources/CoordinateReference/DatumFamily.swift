/// What kind of datum a CRS stands on, as far as bringing it to CGCS2000 goes.
enum DatumFamily: Hashable {
    /// WGS 84 in any realisation, ITRF in any year, CGCS2000: one datum at the accuracy of zoning data.
    case wgs84Like
    /// A datum without a name on the ellipsoid of CGCS2000 or WGS 84, as PROJ strings and stripped `.prj` files have.
    case unnamedOnModernEllipsoid
    /// Beijing 1954, New Beijing, Xian 1980.
    case olderChinese
    /// Everything else.
    case other

    /// Tells the family from names, since ESRI's files carry no codes.
    ///
    /// - Parameters:
    ///   - datum: The name of the datum or the datum ensemble.
    ///   - geodeticCRS: The name of the geographic CRS.
    ///   - ellipsoid: Semi-major axis in metres and inverse flattening.
    init(datum: String, geodeticCRS: String, ellipsoid: (semiMajor: Double, inverseFlattening: Double)) {
        let names = [datum, geodeticCRS].map(Self.normalized)
        // The older names first: "New_Beijing" must never be outvoted by a hopeful name beside it.
        if names.contains(where: { name in Self.olderChineseNames.contains { name.contains($0) } }) {
            self = .olderChinese
        } else if Self.wgs84LikeNames.contains(where: { names[0].hasPrefix($0) }) {
            self = .wgs84Like
        } else if Self.unnamed.contains(where: { names[0].hasPrefix($0) }), !names[0].contains("using"),
            Self.isModern(ellipsoid)
        {
            self = .unnamedOnModernEllipsoid
        } else {
            self = .other
        }
    }

    private static let olderChineseNames = [
        "beijing1954", "beijing54", "newbeijing", "xian1980", "xian80", "pekin1954",
    ]

    private static let wgs84LikeNames = [
        "worldgeodeticsystem1984", "wgs1984", "wgs84", "internationalterrestrialreferenceframe", "itrf", "china2000",
        "cgcs2000", "chinageodeticcoordinatesystem2000", "chinesegeodeticcoordinatesystem2000",
    ]

    // PROJ says "Unknown based on … ellipsoid", and adds "using towgs84=…" or "using nadgrids=…" where it was told
    // more.
    private static let unnamed = ["unknown", "notspecified", "unnamed", "undefined"]

    // ESRI writes a D_ before names, and underscores or nothing for blanks.
    private static func normalized(_ name: String) -> String {
        let lowered = name.lowercased()
        let bare = lowered.hasPrefix("d_") ? lowered.dropFirst(2) : lowered[...]
        return String(bare.filter { $0.isLetter || $0.isNumber })
    }

    // GRS 1980 and CGCS2000 share a form (1/f 298.257222101); WGS 84 differs from it by 0.1 mm in b.
    private static func isModern(_ ellipsoid: (semiMajor: Double, inverseFlattening: Double)) -> Bool {
        abs(ellipsoid.semiMajor - 6_378_137) < 1e-3 && abs(ellipsoid.inverseFlattening - 298.25722) < 1e-5
    }
}

internal import RedlineGeometry

/// The CRSs whose degrees are taken as they are, known without PROJ.
enum WellKnownCRS: Hashable {
    case cgcs2000
    case wgs84
    case crs84
    case crs84h

    /// Recognises a code, a URN, an OGC address, or WKT that closes with the code; nil for everything else.
    init?(_ text: String) {
        let text = CRSReading.trimmed(text).uppercased()
        switch text {
        case "EPSG:4490", "URN:OGC:DEF:CRS:EPSG::4490", "HTTP://WWW.OPENGIS.NET/DEF/CRS/EPSG/0/4490", "CGCS2000":
            self = .cgcs2000
        case "EPSG:4326", "URN:OGC:DEF:CRS:EPSG::4326", "HTTP://WWW.OPENGIS.NET/DEF/CRS/EPSG/0/4326", "WGS84", "WGS 84":
            self = .wgs84
        case "OGC:CRS84", "CRS84", "URN:OGC:DEF:CRS:OGC:1.3:CRS84", "URN:OGC:DEF:CRS:OGC::CRS84",
            "HTTP://WWW.OPENGIS.NET/DEF/CRS/OGC/1.3/CRS84":
            self = .crs84
        case "OGC:CRS84H", "CRS84H", "URN:OGC:DEF:CRS:OGC::CRS84H", "HTTP://WWW.OPENGIS.NET/DEF/CRS/OGC/0/CRS84H":
            self = .crs84h
        default:
            // The last identifier of WKT is that of the whole, and a geographic CRS with that code has no other
            // degrees.
            guard text.hasPrefix("GEOGC") else { return nil }
            let ending = text.suffix(40).filter { !$0.isWhitespace }
            if ending.hasSuffix("AUTHORITY[\"EPSG\",\"4490\"]]") || ending.hasSuffix(",ID[\"EPSG\",4490]]") {
                self = .cgcs2000
            } else if ending.hasSuffix("AUTHORITY[\"EPSG\",\"4326\"]]") || ending.hasSuffix(",ID[\"EPSG\",4326]]") {
                self = .wgs84
            } else {
                return nil
            }
        }
    }

    /// The facts, as PROJ would give them.
    func definition(text: String) -> CRSDefinition { CRSDefinition(wellKnown: self, text: text) }

    var name: String {
        switch self {
        case .cgcs2000: "China Geodetic Coordinate System 2000"
        case .wgs84: "WGS 84"
        case .crs84: "WGS 84 (CRS84)"
        case .crs84h: "WGS 84 (CRS84h)"
        }
    }

    var authorityCode: String {
        switch self {
        case .cgcs2000: "EPSG:4490"
        case .wgs84: "EPSG:4326"
        case .crs84: "OGC:CRS84"
        case .crs84h: "OGC:CRS84h"
        }
    }

    var datumName: String { self == .cgcs2000 ? "China 2000" : "World Geodetic System 1984" }

    var areaOfUse: Envelope {
        self == .cgcs2000
            ? Envelope(minX: 73.62, minY: 16.7, maxX: 134.77, maxY: 53.56)
            : Envelope(minX: -180, minY: -90, maxX: 180, maxY: 90)
    }

    var wkt: String {
        let ellipsoid = self == .cgcs2000 ? #""CGCS2000",6378137,298.257222101"# : #""WGS 84",6378137,298.257223563"#
        let datum = #"DATUM["\#(datumName)",ELLIPSOID[\#(ellipsoid),LENGTHUNIT["metre",1]]]"#
        let degree = #"ANGLEUNIT["degree",0.0174532925199433]"#
        let code = authorityCode.split(separator: ":")
        let latitude = #""geodetic latitude (Lat)",north"#
        let longitude = #""geodetic longitude (Lon)",east"#
        let axes = self == .cgcs2000 || self == .wgs84 ? [latitude, longitude] : [longitude, latitude]
        let height = self == .crs84h ? #","# + #"AXIS["ellipsoidal height (h)",up,ORDER[3],LENGTHUNIT["metre",1]]"# : ""
        let number = Int(code[1]) == nil ? #""\#(code[1])""# : String(code[1])
        return #"GEOGCRS["\#(name)",\#(datum),PRIMEM["Greenwich",0,\#(degree)],"#
            + #"CS[ellipsoidal,\#(self == .crs84h ? 3 : 2)],AXIS[\#(axes[0]),ORDER[1],\#(degree)],"#
            + #"AXIS[\#(axes[1]),ORDER[2],\#(degree)]\#(height),ID["\#(code[0])",\#(number)]]"#
    }
}

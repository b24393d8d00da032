import CoordinateReference
import RedlineGeometry
import Testing

let esriProjected = """
    PROJCS["CGCS2000_3_Degree_GK_CM_111E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",\
    SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],\
    PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],\
    PARAMETER["Central_Meridian",111.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],\
    UNIT["Meter",1.0]]
    """

let esriGeographic = """
    GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",\
    SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]
    """

@Test("An ESRI .prj file is recognised as its EPSG code, a byte order mark before it or not")
func esriProjectionFile() throws {
    for text in [esriProjected, "\u{FEFF}" + esriProjected + "\r\n"] {
        let crs = try CRSDefinition(parsing: text)
        #expect(crs.authorityCode == "EPSG:4546")
        #expect(crs.name == "CGCS2000 / 3-degree Gauss-Kruger CM 111E")
        #expect(crs.isProjected && !crs.isGeographic && !crs.isOperation)
        #expect(crs.isWGS84Like && !crs.isDatumAssumed)
        #expect(crs.linearUnitInMeters == 1)
    }
    let geographic = try CRSDefinition(parsing: esriGeographic)
    #expect(geographic.authorityCode == "EPSG:4490")
    #expect(geographic.isGeographic && geographic.isWGS84Like)
}

@Test("A code gives name, datum, area of use and WKT")
func authorityCode() throws {
    let crs = try CRSDefinition(parsing: "EPSG:4520")
    #expect(crs.name == "CGCS2000 / 3-degree Gauss-Kruger zone 32")
    #expect(crs.authorityCode == "EPSG:4520")
    #expect(crs.datumName == "China 2000")
    let area = try #require(crs.areaOfUse)
    #expect(area.minX == 94.5 && area.maxX == 97.51)
    let wkt = try #require(crs.wkt)
    #expect(try CRSDefinition(parsing: wkt).authorityCode == "EPSG:4520")
}

@Test(
    "Datums that count as one with CGCS2000",
    arguments: [
        "EPSG:4490", "EPSG:4480", "EPSG:4326", "EPSG:4979", "OGC:CRS84", "OGC:CRS84h", "EPSG:9057", "EPSG:9000",
        "EPSG:7789", "EPSG:3857", "EPSG:32647", "EPSG:4546", "ESRI:102025", "+proj=longlat +datum=WGS84",
        "urn:ogc:def:crs:OGC:1.3:CRS84", "WGS 84",
    ])
func wgs84Like(text: String) throws {
    // EPSG:7789 is geocentric: of the right datum, and still no place on a map.
    if text == "EPSG:7789" {
        #expect(throws: CoordinateReferenceError.self) { try CRSDefinition(parsing: text) }
    } else {
        let crs = try CRSDefinition(parsing: text)
        #expect(crs.isWGS84Like && !crs.isDatumAssumed)
    }
}

@Test(
    "Datums that do not",
    arguments: [
        "EPSG:4214", "EPSG:4610", "EPSG:4555", "EPSG:2433", "EPSG:2383", "EPSG:4269", "EPSG:4258", "EPSG:28992",
        "+proj=longlat +ellps=krass", "+proj=longlat +ellps=GRS80 +towgs84=1,2,3",
    ])
func otherDatums(text: String) throws {
    let crs = try CRSDefinition(parsing: text)
    #expect(!crs.isWGS84Like)
}

@Test("A PROJ string without a datum on the ellipsoid of CGCS2000 says that its datum is assumed")
func assumedDatum() throws {
    let crs = try CRSDefinition(parsing: "+proj=tmerc +lon_0=96 +x_0=32500000 +ellps=GRS80 +units=m +no_defs")
    #expect(crs.isWGS84Like && crs.isDatumAssumed && crs.isProjected)
}

@Test(
    "The definitions that need no PROJ are those that PROJ gives", arguments: ["EPSG:4490", "EPSG:4326", "OGC:CRS84"])
func wellKnown(code: String) throws {
    let quick = try CRSDefinition(parsing: code)
    // A blank inside keeps the quick way out of it.
    let slow = try CRSDefinition(parsing: try #require(quick.wkt).replacing("]]", with: "] ]"))
    #expect(slow.name == quick.name)
    #expect(slow.authorityCode == quick.authorityCode)
    #expect(slow.isGeographic && slow.isWGS84Like)
    #expect(slow.datumName?.hasPrefix(quick.datumName ?? "-") == true)
}

@Test("WKT as GDAL writes it for longitude and latitude needs no PROJ and keeps its code")
func wellKnownText() throws {
    let wkt = """
        GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],
            AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],
            AUTHORITY["EPSG","4326"]]
        """
    #expect(try CRSDefinition(parsing: wkt).authorityCode == "EPSG:4326")
}

@Test("An operation is told from a CRS")
func operation() throws {
    let crs = try CRSDefinition(parsing: "+proj=pipeline +step +inv +proj=tmerc +lon_0=96 +ellps=GRS80")
    #expect(crs.isOperation && !crs.isProjected && !crs.isGeographic && crs.wkt == nil)
}

@Test(
    "An unknown CRS is refused with what was asked and a remedy",
    arguments: ["EPSG:999999", "", "Xian", "4520", "GEOGCS[\"broken", "+proj=nonsense", "\u{0}", "EPSG:"])
func unknownCRS(text: String) {
    let error = #expect(throws: CoordinateReferenceError.self) { try CRSDefinition(parsing: text) }
    let message = error?.description ?? ""
    #expect(message.contains("--crs"))
    #expect(message.contains("'\(text)'"))
}

@Test(
    "Parameters that are no numbers are refused by name, not taken for something else",
    arguments: [
        ("dx,dy,dz,rx,ry,rz,ds", "'dx' is none"), ("12,-97,x", "'x' is none"), ("12,-97", "there are 2"),
        ("12,-97,,0,0,0,0", "'' is none"), ("nan,0,0", "'nan' is none"), ("", "'' is none"),
    ])
func shiftParameters(values: String, words: String) {
    let text =
        "+proj=tmerc +lat_0=0 +lon_0=96 +k=1 +x_0=32500000 +y_0=0 +a=6378140 +rf=298.257 +towgs84=\(values) +units=m"
    let error = #expect(throws: CoordinateReferenceError.self) { try CoordinateTransformation(from: text) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
}

@Test("A kind of CRS without a place on the map is refused", arguments: ["EPSG:4978", "EPSG:5773"])
func unsupportedCRS(text: String) {
    let error = #expect(throws: CoordinateReferenceError.self) { try CRSDefinition(parsing: text) }
    #expect(error == .unsupportedCRS(definition: text, reason: "it is neither geographic nor projected"))
}

@Test("The versions of PROJ and of its EPSG dataset are known")
func versions() throws {
    #expect(ProjectionContext.version.split(separator: ".").count == 3)
    #expect(try ProjectionContext().registryVersion?.hasPrefix("v") == true)
}

internal import CRedlinePROJ
public import RedlineGeometry

/// What a coordinate reference system is called and stands on, read from any text that names one.
///
/// Whatever axis order the CRS declares, positions of this project have longitude or easting first.
public struct CRSDefinition: Hashable, Sendable {
    /// The text it was read from.
    public let text: String
    /// The name, for instance `CGCS2000 / 3-degree Gauss-Kruger CM 111E`; empty where the text gives none.
    public let name: String
    /// The code, for instance `EPSG:4546`: the text's own, or the one that PROJ recognises with at least 90 %
    /// confidence.
    public let authorityCode: String?
    /// Whether positions are longitude and latitude.
    public let isGeographic: Bool
    /// Whether positions are easting and northing.
    public let isProjected: Bool
    /// Whether the text is an operation such as `+proj=pipeline`, which ends in longitude and latitude of CGCS2000.
    public let isOperation: Bool
    /// The name of the datum or datum ensemble; nil for an operation.
    public let datumName: String?
    /// Whether it counts as one datum with CGCS2000: WGS 84 in any realisation, ITRF in any year, CGCS2000 itself.
    public let isWGS84Like: Bool
    /// Whether ``isWGS84Like`` rests on the ellipsoid alone (GRS 1980, CGCS2000 or WGS 84), for the text names no
    /// datum.
    public let isDatumAssumed: Bool
    /// Metres in one unit of easting and northing; nil where it is not projected.
    public let linearUnitInMeters: Double?
    /// Where the registry says it is meant to be used, in degrees; nil where it does not say. `minX` is above `maxX`
    /// where the area crosses the antimeridian.
    public let areaOfUse: Envelope?
    /// WKT 2 (ISO 19162:2019) on one line; nil for an operation.
    public let wkt: String?

    /// Reads a CRS.
    ///
    /// The common names of longitude and latitude (`EPSG:4490`, `EPSG:4326`, `OGC:CRS84`, their URNs) cost no start of
    /// PROJ; others cost some milliseconds, much less in a `context` that was used before.
    ///
    /// - Parameters:
    ///   - text: An authority code, WKT 1 or 2, the text of an ESRI `.prj` file, PROJJSON, a PROJ string, a
    ///     `+proj=pipeline`, the exact name of a CRS, or `GCJ-02` or `BD-09`.
    ///   - context: Reused where given.
    /// - Throws: ``CoordinateReferenceError/unknownCRS(definition:message:)`` or
    ///   ``CoordinateReferenceError/unsupportedCRS(definition:reason:)``.
    public init(parsing text: String, context: ProjectionContext? = nil) throws(CoordinateReferenceError) {
        if let known = WellKnownCRS(text) {
            self = known.definition(text: text)
            return
        }
        if let datum = WebMapDatum(text) {
            self.init(webMap: datum, text: text)
            return
        }
        let context = try ProjectionContext.reusing(context)
        self.init(try CRSReading(text, in: context), text: text)
    }

    init(_ reading: borrowing CRSReading, text: String) {
        self.text = text
        guard let systems = reading.systems else {
            name = reading.object.name
            authorityCode = nil
            (isGeographic, isProjected, isOperation, isWGS84Like, isDatumAssumed) = (false, false, true, false, false)
            (datumName, linearUnitInMeters, areaOfUse, wkt) = (nil, nil, nil, nil)
            return
        }
        name = systems.horizontal.name
        isGeographic = !systems.isProjected
        isProjected = systems.isProjected
        isOperation = false
        datumName = systems.datumName
        isWGS84Like = systems.isWGS84Like
        isDatumAssumed = systems.isWGS84Like && systems.family == .unnamedOnModernEllipsoid
        linearUnitInMeters = systems.isProjected ? CRSReading.axisUnit(of: systems.horizontal) : nil
        wkt = reading.object.wkt
        let own = Self.areaOfUse(of: systems.horizontal)
        if let code = systems.horizontal.authorityCode {
            authorityCode = code
            areaOfUse = own
        } else if !systems.isBound, let recognized = Self.identify(systems.horizontal) {
            authorityCode = recognized.authorityCode
            areaOfUse = own ?? Self.areaOfUse(of: recognized)
        } else {
            authorityCode = nil
            areaOfUse = own
        }
    }

    init(wellKnown: WellKnownCRS, text: String) {
        self.text = text
        name = wellKnown.name
        authorityCode = wellKnown.authorityCode
        (isGeographic, isProjected, isOperation, isWGS84Like, isDatumAssumed) = (true, false, false, true, false)
        datumName = wellKnown.datumName
        linearUnitInMeters = nil
        areaOfUse = wellKnown.areaOfUse
        wkt = wellKnown.wkt
    }

    init(webMap datum: WebMapDatum, text: String) {
        self.text = text
        name = datum.rawValue
        authorityCode = nil
        (isGeographic, isProjected, isOperation, isWGS84Like, isDatumAssumed) = (true, false, false, false, false)
        datumName = datum.rawValue
        linearUnitInMeters = nil
        areaOfUse = WebMapDatum.area
        wkt = nil
    }

    private static func areaOfUse(of crs: borrowing ProjectionObject) -> Envelope? {
        var area = Envelope(minX: -1000, minY: -1000, maxX: -1000, maxY: -1000)
        let isKnown = unsafe crs.withPointer {
            unsafe proj_get_area_of_use(crs.context.raw, $0, &area.minX, &area.minY, &area.maxX, &area.maxY, nil) != 0
        }
        return isKnown && area.minX > -1000 ? area : nil  // PROJ's own mark for unknown.
    }

    // Below 90 PROJ found a CRS of the same shape under another name, or one of several.
    private static func identify(_ crs: borrowing ProjectionObject) -> ProjectionObject? {
        var confidences: UnsafeMutablePointer<Int32>?
        let list = unsafe crs.withPointer { unsafe proj_identify(crs.context.raw, $0, "EPSG", nil, &confidences) }
        defer {
            unsafe proj_int_list_destroy(confidences)
            unsafe proj_list_destroy(list)
        }
        guard let list = unsafe list, let confidences = unsafe confidences, unsafe proj_list_get_count(list) > 0,
            unsafe confidences[0] >= 90
        else { return nil }
        return unsafe crs.context.make { unsafe proj_list_get($0, list, 0) }
    }
}

extension CRSReading.Systems {
    /// Whether its degrees are those of CGCS2000. Parameters of its own (`+towgs84`) say that an unnamed datum is not.
    var isWGS84Like: Bool { family == .wgs84Like || (family == .unnamedOnModernEllipsoid && !isBound) }
}

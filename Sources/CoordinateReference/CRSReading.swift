internal import CRedlinePROJ
internal import RedlineGeometry

/// A CRS text as PROJ read it: the objects that transformations are built from, and the facts they depend on.
struct CRSReading: ~Copyable {
    /// The whole, a bound or compound CRS included; or the operation.
    let object: ProjectionObject
    /// The geographic or projected CRS inside, and the geographic CRS under that; nil for an operation.
    let systems: Systems?

    /// The horizontal part of a CRS; a class, since what owns a C object cannot be borrowed out of an optional.
    final class Systems {
        let horizontal: ProjectionObject
        /// The geographic CRS under a projected one; the CRS itself where it is geographic.
        let geodetic: ProjectionObject
        let isProjected: Bool
        /// Whether the CRS brings parameters to WGS 84 of its own.
        let isBound: Bool
        let datumName: String
        let family: DatumFamily
        /// Degrees in one unit of the geographic CRS.
        let degreesPerUnit: Double
        /// Longitude of the prime meridian in degrees.
        let primeMeridian: Double

        init(horizontal: consuming ProjectionObject, geodetic: consuming ProjectionObject, isBound: Bool) {
            isProjected = horizontal.type == PJ_TYPE_PROJECTED_CRS
            self.isBound = isBound
            // A datum ensemble such as that of WGS 84 comes here as the datum that stands for it.
            datumName = unsafe geodetic.derive({ unsafe proj_crs_get_datum_forced($0, $1) })?.name ?? ""
            family = DatumFamily(
                datum: datumName, geodeticCRS: geodetic.name, ellipsoid: CRSReading.ellipsoid(of: geodetic))
            degreesPerUnit = CRSReading.degreesPerUnit(of: geodetic)
            primeMeridian = CRSReading.primeMeridian(of: geodetic)
            self.horizontal = horizontal
            self.geodetic = geodetic
        }
    }

    init(_ text: String, in context: ProjectionContext) throws(CoordinateReferenceError) {
        let text = Self.trimmed(text)
        guard !text.isEmpty else { throw .unknownCRS(definition: text, message: "the text is empty") }
        if let fault = Self.shiftFault(in: text) { throw .unknownCRS(definition: text, message: fault) }
        let object = try Self.create(text, in: context)
        switch object.type {
        case PJ_TYPE_CONVERSION, PJ_TYPE_TRANSFORMATION, PJ_TYPE_CONCATENATED_OPERATION,
            PJ_TYPE_OTHER_COORDINATE_OPERATION:
            systems = nil
        default:
            systems = try Self.systems(of: object, text: text)
        }
        self.object = object
    }

    /// Drops blanks around the text, and the byte order mark of some `.prj` files.
    static func trimmed(_ text: String) -> String {
        let isPadding = { (character: Character) in character.isWhitespace || character == "\u{FEFF}" }
        let start = text.drop(while: isPadding)
        guard let end = start.lastIndex(where: { !isPadding($0) }) else { return "" }
        return String(start[...end])
    }

    /// What is wrong with the parameters to WGS 84 in a PROJ string; PROJ takes such a string for something else.
    private static func shiftFault(in text: String) -> String? {
        guard isPROJString(text), let start = text.firstRange(of: "towgs84=") else { return nil }
        let values = text[start.upperBound...].prefix { !$0.isWhitespace }
            .split(separator: ",", omittingEmptySubsequences: false)
        if let word = values.first(where: { Double($0)?.isFinite != true }) {
            return "+towgs84 takes the numbers of your parameters, and '\(word)' is none"
        }
        return [3, 7].contains(values.count)
            ? nil : "+towgs84 takes three or seven numbers, and there are \(values.count)"
    }

    /// Whether `text` is a PROJ string rather than a code, a name or WKT.
    static func isPROJString(_ text: String) -> Bool { text.hasPrefix("+") || text.hasPrefix("proj=") }

    private static func create(
        _ text: String, in context: ProjectionContext
    ) throws(CoordinateReferenceError) -> ProjectionObject {
        // Without the type, PROJ reads "+proj=tmerc …" as a bare projection that knows no datum.
        let mayBeCRS = isPROJString(text) && !text.contains("proj=pipeline") && !text.contains("type=crs")
        if mayBeCRS, let object = unsafe context.make({ unsafe proj_create($0, text + " +type=crs") }) { return object }
        guard let object = unsafe context.make({ unsafe proj_create($0, text) }) else {
            throw .unknownCRS(definition: text, message: context.lastMessage)
        }
        // PROJ guesses: it takes "Xian" for "Xian 1980". A guess is not an answer.
        let isBareName = !text.contains { ":[{+=".contains($0) }
        if isBareName, object.name.lowercased() != text.lowercased() {
            let guess = object.authorityCode ?? object.name
            throw .unknownCRS(definition: text, message: "the nearest name is '\(object.name)', \(guess)")
        }
        return object
    }

    private static func systems(
        of object: borrowing ProjectionObject, text: String
    ) throws(CoordinateReferenceError) -> Systems {
        guard var horizontal = unsafe object.derive({ unsafe proj_clone($0, $1) }) else {
            throw .unknownCRS(definition: text, message: object.context.lastMessage)
        }
        var isBound = false
        while true {
            switch horizontal.type {
            case PJ_TYPE_COMPOUND_CRS:
                guard let part = unsafe horizontal.derive({ unsafe proj_crs_get_sub_crs($0, $1, 0) }) else {
                    throw .unsupportedCRS(definition: text, reason: "it is compound and has no parts")
                }
                horizontal = part
                continue
            case PJ_TYPE_BOUND_CRS:
                guard let base = unsafe horizontal.derive({ unsafe proj_get_source_crs($0, $1) }) else {
                    throw .unsupportedCRS(definition: text, reason: "it is bound and has no base")
                }
                isBound = true
                horizontal = base
                continue
            default: break
            }
            break
        }
        let isProjected = horizontal.type == PJ_TYPE_PROJECTED_CRS
        guard
            isProjected || horizontal.type == PJ_TYPE_GEOGRAPHIC_2D_CRS
                || horizontal.type == PJ_TYPE_GEOGRAPHIC_3D_CRS,
            let geodetic = unsafe horizontal.derive({ unsafe proj_crs_get_geodetic_crs($0, $1) })
        else {
            throw .unsupportedCRS(definition: text, reason: "it is neither geographic nor projected")
        }
        return Systems(horizontal: horizontal, geodetic: geodetic, isBound: isBound)
    }

    private static func ellipsoid(of crs: borrowing ProjectionObject) -> (semiMajor: Double, inverseFlattening: Double)
    {
        var semiMajor = 0.0
        var inverseFlattening = 0.0
        if let ellipsoid = unsafe crs.derive({ unsafe proj_get_ellipsoid($0, $1) }) {
            unsafe ellipsoid.withPointer {
                _ = unsafe proj_ellipsoid_get_parameters(
                    ellipsoid.context.raw, $0, &semiMajor, nil, nil, &inverseFlattening)
            }
        }
        return (semiMajor, inverseFlattening)
    }

    private static func primeMeridian(of crs: borrowing ProjectionObject) -> Double {
        var longitude = 0.0
        var radiansPerUnit = 0.0
        if let meridian = unsafe crs.derive({ unsafe proj_get_prime_meridian($0, $1) }) {
            unsafe meridian.withPointer {
                _ = unsafe proj_prime_meridian_get_parameters(
                    meridian.context.raw, $0, &longitude, &radiansPerUnit, nil)
            }
        }
        return longitude == 0 ? 0 : longitude * radiansPerUnit * 180 / .pi
    }

    // The degree as WKT writes it, 0.0174532925199433, is a degree and needs no factor.
    private static func degreesPerUnit(of crs: borrowing ProjectionObject) -> Double {
        let degrees = (axisUnit(of: crs) ?? .pi / 180) * 180 / .pi
        return abs(degrees - 1) < 1e-12 ? 1 : degrees
    }

    /// The unit of the first axis in metres or radians; nil where PROJ does not tell.
    static func axisUnit(of crs: borrowing ProjectionObject) -> Double? {
        guard let system = unsafe crs.derive({ unsafe proj_crs_get_coordinate_system($0, $1) }) else { return nil }
        var factor = 0.0
        let isKnown = unsafe system.withPointer {
            unsafe proj_cs_get_axis_info(system.context.raw, $0, 0, nil, nil, nil, &factor, nil, nil, nil) != 0
        }
        return isKnown && factor > 0 ? factor : nil
    }
}

import CRedlineGDAL

/// A CRS that GDAL holds, borrowed from its layer or data set.
@safe
struct SpatialReference {
    private let raw: OGRSpatialReferenceH
    private let gdal: GDALLibrary
    private let log: MessageLog

    init(borrowing raw: OGRSpatialReferenceH, gdal: GDALLibrary, log: MessageLog) {
        unsafe self.raw = raw
        self.gdal = gdal
        self.log = log
    }

    /// The definition as WKT2, and authority and code; nil for a system that says "unknown".
    var definition: (wkt: String?, authority: String?)? {
        // GeoPackage has two such systems: srs_id 0 and -1.
        let name = unsafe text(gdal.functions.pointee.OSRGetName(raw)) ?? ""
        if name.hasPrefix("Undefined ") && name.hasSuffix(" SRS") { return nil }
        var wkt: UnsafeMutablePointer<CChar>?
        _ = log.collecting(gdal) {
            unsafe withCStrings(["FORMAT=WKT2_2019"]) { options in
                unsafe gdal.functions.pointee.OSRExportToWktEx(raw, &wkt, options)
            }
        }
        defer { unsafe gdal.functions.pointee.VSIFree(wkt) }
        let definition = unsafe text(wkt)
        return (definition, unsafe code(of: raw) ?? bestMatch)
    }

    /// Authority and code of a CRS that states them.
    private func code(of system: OGRSpatialReferenceH) -> String? {
        guard let authority = unsafe text(gdal.functions.pointee.OSRGetAuthorityName(system, nil)),
            let code = unsafe text(gdal.functions.pointee.OSRGetAuthorityCode(system, nil))
        else { return nil }
        return "\(authority):\(code)"
    }

    /// Authority and code of the known CRS that is equivalent to one without a code; nil where none is near certain.
    private var bestMatch: String? {
        var count: Int32 = 0
        var confidences: UnsafeMutablePointer<Int32>?
        let matches = unsafe log.collecting(gdal) {
            unsafe gdal.functions.pointee.OSRFindMatches(raw, nil, &count, &confidences)
        }
        defer {
            unsafe gdal.functions.pointee.OSRFreeSRSArray(matches)
            unsafe gdal.functions.pointee.VSIFree(confidences)
        }
        // From 90 on, all that matters is the same and only the name may differ. (OSRFindMatches)
        guard count > 0, let confidence = unsafe confidences?.pointee, confidence >= 90,
            let match = unsafe matches?.pointee
        else { return nil }
        return unsafe code(of: match)
    }

    /// The text at `pointer`; nil where there is none or it is empty.
    private func text(_ pointer: UnsafePointer<CChar>?) -> String? {
        guard let pointer = unsafe pointer, unsafe pointer.pointee != 0 else { return nil }
        return unsafe String(cString: pointer)
    }
}

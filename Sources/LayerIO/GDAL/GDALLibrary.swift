import CRedlineGDAL

/// GDAL, loaded when the first value is made; having one proves that the library is there.
@safe
struct GDALLibrary {
    /// The table of functions; lives as long as the process.
    let functions: UnsafePointer<RedlineGDALTable>

    init() throws(LayerError) {
        guard let table = unsafe redline_gdal_table() else {
            throw .libraryMissing(message: unsafe String(cString: redline_gdal_problem()))
        }
        unsafe functions = unsafe table
        _ = Self.setUp
    }

    /// GDAL's version, `3.6.2`.
    var version: String {
        unsafe functions.pointee.GDALVersionInfo("RELEASE_NAME").map { unsafe String(cString: $0) } ?? ""
    }

    /// Settings for the whole process, made once.
    private static let setUp: Void = {
        guard let table = unsafe redline_gdal_table() else { return }
        // First of all: messages are collected where they arise, and none reaches standard error.
        _ = unsafe table.pointee.CPLSetErrorHandler(table.pointee.CPLQuietErrorHandler)
        for (key, value) in options { unsafe table.pointee.CPLSetConfigOption(key, value) }
        unsafe table.pointee.OSRSetPROJEnableNetwork(0)
        unsafe table.pointee.GDALAllRegister()
    }()

    private static let options = [
        // No network: only names with this ending may be fetched, and none has it.
        ("CPL_VSIL_CURL_ALLOWED_EXTENSIONS", ".nothing-is-fetched"),
        // Drivers that do nothing but fetch, which a virtual raster could name.
        ("GDAL_SKIP", "WMS,WMTS,WCS,HTTP,PLMosaic,DAAS,EEDA,EEDAI,OGCAPI,STACTA,STACIT,NGW,RASTERLITE"),
        ("GML_DOWNLOAD_SCHEMA", "NO"),
        ("GML_SKIP_RESOLVE_ELEMS", "ALL"),
        // A shapefile without its index is reported, not guessed at.
        ("SHAPE_RESTORE_SHX", "NO"),
        // One GeoJSON object, in megabytes: a province's outline may be large, a bomb is larger.
        ("OGR_GEOJSON_MAX_OBJ_SIZE", "1024"),
        // Longitude or easting first, whatever the CRS declares.
        ("OSR_DEFAULT_AXIS_MAPPING_STRATEGY", "TRADITIONAL_GIS_ORDER"),
        // No files beside the user's.
        ("GDAL_PAM_ENABLED", "NO"),
        // Blocks are read once each, so that a cache holds no more than what a driver needs of it; in MB.
        ("GDAL_CACHEMAX", "64"),
        // Written files carry this moment, so that the same rows give the same bytes.
        ("OGR_CURRENT_DATE", "2000-01-01T00:00:00.000Z"),
    ]
}

/// Lends `strings` to C as an array that ends with a null pointer.
func withCStrings<R>(_ strings: [String], _ body: (UnsafeMutablePointer<UnsafePointer<CChar>?>?) -> R) -> R {
    unsafe withCStrings(strings.map { Array($0.utf8) }, body)
}

/// Lends texts to C as an array that ends with a null pointer.
func withCStrings<R>(_ texts: [[UInt8]], _ body: (UnsafeMutablePointer<UnsafePointer<CChar>?>?) -> R) -> R {
    var bytes: [CChar] = []
    var offsets: [Int] = []
    for text in texts {
        offsets.append(bytes.count)
        bytes += text.map { CChar(bitPattern: $0) } + [0]
    }
    return unsafe bytes.withUnsafeBufferPointer { buffer in
        var pointers: [UnsafePointer<CChar>?] = unsafe offsets.map { offset in
            unsafe buffer.baseAddress.map { unsafe $0 + offset }
        }
        unsafe pointers.append(nil)
        return unsafe pointers.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress) }
    }
}

extension GDALLibrary {
    /// The short name of the driver that recognises a file; nil where none does.
    func driver(identifying path: String, isRaster: Bool) -> String? {
        let flags = UInt32(isRaster ? GDAL_OF_RASTER : GDAL_OF_VECTOR)
        return MessageLog().collecting(self) {
            guard let driver = unsafe functions.pointee.GDALIdentifyDriverEx(path, flags, nil, nil),
                let name = unsafe functions.pointee.GDALGetDriverShortName(driver)
            else { return nil }
            return unsafe String(cString: name)
        }
    }
}

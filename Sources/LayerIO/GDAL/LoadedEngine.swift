import CRedlineGDAL

/// What is known of GDAL without loading it.
public enum LoadedEngine {
    /// GDAL's version, `3.6.2`; nil where nothing needed it yet.
    public static var gdalVersion: String? {
        guard redline_gdal_is_loaded() != 0, let library = try? GDALLibrary() else { return nil }
        return library.version
    }
}

import CRedlineGDAL

/// The sole owner of one open GDAL data set, for one task at a time.
@safe
final class GDALDataset {
    let gdal: GDALLibrary
    let log: MessageLog
    private var handle: GDALDatasetH?

    /// Adopts a data set.
    init(adopting handle: GDALDatasetH, gdal: GDALLibrary, log: MessageLog) {
        unsafe self.handle = unsafe handle
        self.gdal = gdal
        self.log = log
    }

    deinit { close() }

    /// Opens a file for reading; nil where no driver takes it, and then the log says why.
    convenience init?(
        opening path: String, drivers: [String], options: [String], isRaster: Bool = false, gdal: GDALLibrary,
        log: MessageLog
    ) {
        let flags = UInt32((isRaster ? GDAL_OF_RASTER : GDAL_OF_VECTOR) | GDAL_OF_VERBOSE_ERROR)
        let handle = unsafe log.collecting(gdal) {
            unsafe withCStrings(drivers) { names in
                unsafe withCStrings(options) { options in
                    // Without names any driver may try; an empty list would let none.
                    unsafe gdal.functions.pointee.GDALOpenEx(path, flags, drivers.isEmpty ? nil : names, options, nil)
                }
            }
        }
        guard let handle = unsafe handle else { return nil }
        unsafe self.init(adopting: handle, gdal: gdal, log: log)
    }

    /// Writes what is pending and gives the data set back; its messages are in the log.
    func close() {
        guard let closing = unsafe handle else { return }
        unsafe handle = nil
        log.collecting(gdal) { unsafe gdal.functions.pointee.GDALClose(closing) }
    }

    /// The short name of the driver: `GPKG`.
    var driverName: String {
        guard let driver = unsafe gdal.functions.pointee.GDALGetDatasetDriver(handle),
            let name = unsafe gdal.functions.pointee.GDALGetDriverShortName(driver)
        else { return "" }
        return unsafe String(cString: name)
    }

    /// The layers in the order of the file; listing them may read much of it.
    var layers: [GDALLayer] {
        let count = log.collecting(gdal) { unsafe gdal.functions.pointee.GDALDatasetGetLayerCount(handle) }
        return (0..<max(0, count)).compactMap { index in
            let layer = unsafe log.collecting(gdal) { unsafe gdal.functions.pointee.GDALDatasetGetLayer(handle, index) }
            guard let layer = unsafe layer else { return nil }
            return unsafe GDALLayer(raw: layer, dataset: self)
        }
    }

    /// Calls `body` with the result of an SQL query in the data set's own dialect, nil where it fails.
    func withResult<R>(of query: String, _ body: (GDALLayer?) -> R) -> R {
        let result = unsafe log.collecting(gdal) {
            unsafe gdal.functions.pointee.GDALDatasetExecuteSQL(handle, query, nil, nil)
        }
        guard let result = unsafe result else { return body(nil) }
        defer { unsafe gdal.functions.pointee.GDALDatasetReleaseResultSet(handle, result) }
        return unsafe body(GDALLayer(raw: result, dataset: self))
    }

    /// Lends the handle to `body`, which must not keep it, and notes the messages.
    func withHandle<R>(_ body: (GDALDatasetH?) -> R) -> R {
        log.collecting(gdal) { unsafe body(handle) }
    }
}

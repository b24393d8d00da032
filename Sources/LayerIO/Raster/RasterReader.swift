import CRedlineGDAL

/// Reads one band of a raster block by block.
///
/// Belongs to one task at a time; open the source again for each task.
public final class RasterReader {
    /// What the band is.
    public let description: RasterDescription

    private let band: GDALRasterBand
    private let source: RasterSource

    /// Opens a band.
    ///
    /// - Parameter source: A file that GDAL reads as a raster. It needs a geotransform; a CRS is not asked for here.
    /// - Throws: ``LayerError`` that says what is wrong with the file or the band.
    public init(_ source: RasterSource) throws(LayerError) {
        let path = source.path
        try SourceLocation.refuseNetwork(path)
        switch FileSystem.status(of: path) {
        case .missing: throw .fileMissing(path: path)
        case .refused(let reason): throw .unreadable(path: path, reason: reason)
        case .file(0): throw .fileEmpty(path: path)
        case .file, .folder, .stream: break
        }
        let gdal = try GDALLibrary()
        let log = MessageLog()
        let location = try RasterLocation.find(path, member: source.member)
        guard
            let dataset = GDALDataset(opening: location, drivers: [], options: [], isRaster: true, gdal: gdal, log: log)
        else {
            let message = log.firstFailure ?? ""
            if let driver = gdal.driver(identifying: location, isRaster: true) {
                throw .malformed(path: path, detail: "\(driver): \(message)")
            }
            throw .unknownFormat(path: path, message: message)
        }
        band = try GDALRasterBand(dataset, source)
        description = try band.describe(source)
        self.source = source
        try checkRawSize()
    }

    /// Refuses a raw file that is shorter than its header says, whose end GDAL would read as zeros.
    private func checkRawSize() throws(LayerError) {
        guard description.driver == "ENVI", PathName(source.path).ending != "zip",
            case .file(let size) = FileSystem.status(of: source.path)
        else { return }
        // ENVI files may be compressed as a whole.
        let start = try FileSystem.read(source.path, limit: 2)
        guard start != [0x1F, 0x8B] else { return }
        let expected = description.width * description.height * description.bandCount * description.valueSize
        guard size < expected else { return }
        throw .truncated(path: source.path, detail: "it has \(size) bytes, its cells need \(expected)")
    }

    /// Whether the file is a raster and holds no vector layers, by what its drivers recognise.
    public static func recognizes(_ path: String) throws(LayerError) -> Bool {
        // GeoJSON and the like are told without GDAL.
        guard case .file(let size) = FileSystem.status(of: path), size > 0 else { return false }
        let start = try FileSystem.read(path, limit: 16)
        if let first = start.first(where: { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }),
            first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        {
            return false
        }
        if let isRaster = try RasterLocation.holdsRasters(path) { return isRaster }
        let gdal = try GDALLibrary()
        guard gdal.driver(identifying: path, isRaster: true) != nil else { return false }
        guard gdal.driver(identifying: path, isRaster: false) != nil else { return true }
        // A GeoPackage may hold either.
        let log = MessageLog()
        let vector = GDALDataset(opening: path, drivers: [], options: [], gdal: gdal, log: log)
        return vector?.layers.isEmpty ?? true
    }

    /// Reads a block.
    ///
    /// - Parameters:
    ///   - column: The column of blocks, from 0.
    ///   - row: The row of blocks, from 0.
    ///   - block: Gets the cells; its memory is used again.
    /// - Throws: ``LayerError/blockFailed(path:band:column:row:message:)``.
    public func read(column: Int, row: Int, into block: inout RasterBlock) throws(LayerError) {
        block.width = min(description.blockWidth, description.width - column * description.blockWidth)
        block.height = min(description.blockHeight, description.height - row * description.blockHeight)
        block.stride = description.blockWidth
        if let message = band.read(column: column, row: row, description, into: &block) {
            throw .blockFailed(
                path: source.path, band: description.band, column: column * description.blockWidth,
                row: row * description.blockHeight, message: message)
        }
    }
}

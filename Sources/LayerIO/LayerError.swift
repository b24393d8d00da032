/// Why a layer could not be opened, read or written.
///
/// Every case carries the path as the caller gave it; passwords of database connections are masked.
@nonexhaustive
public enum LayerError: Error, Hashable, Sendable {
    /// GDAL is not installed, or misses a function; `message` is the loader's.
    case libraryMissing(message: String)
    /// There is nothing at the path.
    case fileMissing(path: String)
    /// The file has no bytes.
    case fileEmpty(path: String)
    /// The operating system refuses the file, or breaks off while it is read.
    case unreadable(path: String, reason: String)
    /// The file was written to, cut or replaced in place between two readings.
    case changed(path: String)
    /// The database does not answer or lets nobody in; `message` is its own.
    case connectionFailed(path: String, message: String)
    /// A file that belongs to a shapefile is not there: `.shp`, `.shx` or `.dbf`.
    case missingSibling(path: String, sibling: String)
    /// A file ends earlier than its own header or syntax says.
    case truncated(path: String, detail: String)
    /// A file can be read in several ways, and nothing in it says which.
    case undecided(path: String, reason: String, remedy: String)
    /// The text of a file breaks the grammar of its format.
    case malformed(path: String, detail: String)
    /// A folder or archive without anything that can be read as layers.
    case noDataset(path: String, contents: [String])
    /// A folder or archive with several data sets, of which one has to be named.
    case severalDatasets(path: String, names: [String])
    /// No driver reads the file.
    case unknownFormat(path: String, message: String)
    /// The file is a raster.
    case rasterFile(path: String, driver: String)
    /// The file can be read, but has no layer.
    case noLayers(path: String, driver: String)
    /// The file has several layers and none was named.
    case layerNotNamed(path: String, names: [String])
    /// The file has no layer of that name; `names` has the nearest first.
    case layerNotFound(path: String, layer: String, names: [String])
    /// The layer has no field of that name; `names` has the nearest first.
    case fieldNotFound(path: String, layer: String, field: String, names: [String])
    /// The attribute filter is no valid SQL condition on the layer.
    case invalidFilter(path: String, layer: String, filter: String, message: String)
    /// Reading broke off after `rowsRead` rows.
    case readFailed(path: String, layer: String, rowsRead: Int, message: String)
    /// The layer announces another number of rows than it gives.
    case countDiffers(path: String, layer: String, announced: Int, rowsRead: Int)
    /// The name of a text encoding is unknown.
    case unknownEncoding(path: String, name: String)
    /// The path is an address on a network, which is never asked.
    case networkRefused(path: String)
    /// A path of GDAL's own file systems, such as `/vsizip/…`.
    case virtualPath(path: String)
    /// Standard input holds more than is accepted, or nothing that can be read from there.
    case standardInput(reason: String)
    /// The file could not be written; nothing of it was left behind.
    case writeFailed(path: String, message: String)
    /// The raster does not say where on the ground it lies.
    case notGeoreferenced(path: String)
    /// The raster has several bands and none was named, or it has no band of that number, from 1.
    case bandNotFound(path: String, band: Int?, count: Int)
    /// The values of the band are of a kind that is not read.
    case unsupportedBand(path: String, band: Int, type: String)
    /// A block of the raster could not be read; column and row are those of its first cell, from 0.
    case blockFailed(path: String, band: Int, column: Int, row: Int, message: String)
}

extension LayerError: CustomStringConvertible {
    /// What failed, on which file and layer, and what helps.
    public var description: String {
        switch self {
        case .libraryMissing(let message):
            "GDAL cannot be loaded (\(message)). Install libgdal32 (Debian: apt install libgdal-dev)."
        case .fileMissing(let path): "\(path): no such file or folder. Check the path."
        case .fileEmpty(let path): "\(path): the file is empty. Fetch or export it again."
        case .unreadable(let path, let reason):
            "\(path): cannot be read: \(reason). Check its permissions and its disk."
        case .changed(let path): "\(path): was changed while it was read. Run again once it is whole."
        case .connectionFailed(let path, let message):
            "\(path): no connection: \(message). Check host, database, user and password."
        case .missingSibling(let path, let sibling):
            "\(path): the shapefile lacks its file '\(sibling)'. Copy .shp, .shx and .dbf together."
        case .truncated(let path, let detail):
            "\(path): the file is cut short: \(detail). Fetch or export it again."
        case .malformed(let path, let detail): "\(path): the file breaks its format: \(detail). Export it again."
        case .undecided(let path, let reason, let remedy):
            "\(path): cannot be read in one way only: \(reason). \(remedy)"
        case .noDataset(let path, let contents):
            "\(path): holds no data set that can be read\(Self.list(" (it holds ", contents, ")")). "
                + "Name a shapefile, .gdb, .gpkg, .geojson or another vector file."
        case .severalDatasets(let path, let names):
            "\(path): holds several data sets\(Self.list(": ", names, "")). Name one of them as the layer."
        case .unknownFormat(let path, let message):
            "\(path): no driver reads this as vector data\(message.isEmpty ? "" : " (\(message))"). "
                + "Convert it to GeoPackage or GeoJSON."
        case .rasterFile(let path, let driver):
            "\(path): is a raster (\(driver)), and vector data are wanted here."
        case .noLayers(let path, let driver): "\(path): is a \(driver) file without any layer. Export it again."
        case .layerNotNamed(let path, let names):
            "\(path): has several layers\(Self.list(": ", names, "")). Name the one to read."
        case .layerNotFound(let path, let layer, let names):
            "\(path): has no layer '\(layer)'\(Self.list("; there is ", names, ""))."
        case .fieldNotFound(let path, let layer, let field, let names):
            "\(path): layer '\(layer)' has no field '\(field)'"
                + (names.isEmpty ? "; it has no fields at all." : "\(Self.list("; the nearest are ", names, "")).")
        case .invalidFilter(let path, let layer, let filter, let message):
            "\(path): layer '\(layer)' does not take the filter \"\(filter)\" (\(message)). "
                + "Write an SQL condition such as: NAME = 'text' AND SIZE > 3."
        case .readFailed(let path, let layer, let rowsRead, let message):
            "\(path): reading layer '\(layer)' broke off after \(rowsRead) rows: \(message). "
                + "The file is damaged; fetch or export it again."
        case .countDiffers(let path, let layer, let announced, let rowsRead):
            "\(path): layer '\(layer)' announces \(announced) rows and gives \(rowsRead). "
                + "The file is damaged or its counts are stale; export it again."
        case .unknownEncoding(let path, let name):
            "\(path): there is no text encoding '\(name)'. Use a name such as UTF-8, GBK, GB18030 or CP1252."
        case .virtualPath(let path):
            "\(path): is a path in GDAL's own way of writing. Give the archive itself; where it holds several data sets, "
                + "name one of them as the layer."
        case .networkRefused(let path):
            "\(path): is an address on a network; nothing is fetched. Download the file first."
        case .standardInput(let reason): "-: \(reason)"
        case .writeFailed(let path, let message): "\(path): could not be written: \(message)."
        case .notGeoreferenced(let path):
            "\(path): the raster has no geotransform, so nothing says where it lies. "
                + "Georeference it, or put its world file beside it."
        case .bandNotFound(let path, .none, let count):
            "\(path): the raster has \(count) bands. Name the one to read with --band."
        case .bandNotFound(let path, .some(let band), let count):
            "\(path): the raster has no band \(band); it has \(count)"
                + (count == 1 ? ", the band 1." : ", from 1 to \(count).")
        case .unsupportedBand(let path, let band, let type):
            "\(path): band \(band) holds values of type \(type), which are no classes and no cover. "
                + "Convert it to whole or real numbers."
        case .blockFailed(let path, let band, let column, let row, let message):
            "\(path): the block of band \(band) at column \(column), row \(row) cannot be read: \(message). "
                + "The file is damaged; fetch or export it again."
        }
    }

    /// At most twelve names between quotes, with a word before and after; nothing where there are none.
    private static func list(_ start: String, _ names: [String], _ end: String) -> String {
        guard !names.isEmpty else { return "" }
        let shown = names.prefix(12).map { "'\($0)'" }.joined(separator: ", ")
        return start + shown + (names.count > 12 ? " and \(names.count - 12) more" : "") + end
    }
}

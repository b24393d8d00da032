/// What to read of a raster file, and what the user says of it.
public struct RasterSource: Hashable, Sendable {
    /// The file; one in an archive (`.zip`, `.gz`) is read there.
    public var path: String
    /// The member of an archive with several rasters, by path, name, or name without its ending.
    public var member: String?
    /// The band, from 1; nil for the only one.
    public var band: Int?
    /// The CRS, where the user knows better than the file.
    public var crs: String?

    /// Creates a source; nothing is opened.
    public init(path: String, member: String? = nil, band: Int? = nil, crs: String? = nil) {
        self.path = path
        self.member = member
        self.band = band
        self.crs = crs
    }
}

/// One band of a raster, without its cells.
public struct RasterDescription: Hashable, Sendable {
    /// The format, by the short name of GDAL's driver: `GTiff`.
    public var driver: String
    /// The number of columns.
    public var width: Int
    /// The number of rows.
    public var height: Int
    /// The number of bands of the file.
    public var bandCount: Int
    /// The band, from 1.
    public var band: Int
    /// The type of the values as GDAL calls it: `Byte`, `Int16`, `Float32`.
    public var valueType: String
    /// The bytes of a value.
    public var valueSize: Int
    /// The columns of a block, the unit that is decoded at once.
    public var blockWidth: Int
    /// The rows of a block.
    public var blockHeight: Int
    /// Where the cells lie.
    public var transform: GeoTransform
    /// The CRS and where it was found.
    public var crs: CRSEvidence
    /// The value of cells without data; nil where the file names none.
    public var noData: Double?
    /// What a stored value is multiplied with to give the amount that it stands for; 1 where the file says nothing.
    public var scale: Double
    /// What is then added.
    public var offset: Double
    /// Whether a mask beside the values says which cells have data.
    public var hasMask: Bool

    /// The number of blocks from west to east.
    public var blockColumns: Int { (width + blockWidth - 1) / blockWidth }
    /// The number of blocks from the first row to the last.
    public var blockRows: Int { (height + blockHeight - 1) / blockHeight }
}

/// The cells of one block.
public struct RasterBlock: Sendable {
    /// How many columns of the block lie in the raster.
    public internal(set) var width = 0
    /// How many rows of the block lie in the raster.
    public internal(set) var height = 0
    /// How far apart the values of neighbouring rows are.
    public internal(set) var stride = 0
    /// The values row by row where the band has bytes and no mask; else empty. Cells without data have the nodata value.
    public internal(set) var bytes: [UInt8] = []
    /// The values row by row where ``bytes`` is empty, NaN where a cell has no data.
    public internal(set) var numbers: [Double] = []

    /// Creates a block without cells.
    public init() {}
}

public import RedlineGeometry

/// What to open, and what the user says of it.
public struct LayerSource: Hashable, Sendable {
    /// A file, a folder (`.gdb`, or one with shapefiles), an archive (`.zip`), a PostGIS connection (`PG:…`), `-` for
    /// GeoJSON on standard input; or, where there is no such file, well-known text or positions as they are typed.
    public var path: String
    /// The layer inside a container; inside an archive also the path of a member.
    public var layer: String?
    /// The text encoding, where the user knows better than the file: `GBK`.
    public var encoding: String?
    /// The CRS, where the user knows better than the file: an authority code, WKT, or a PROJ pipeline.
    public var crs: String?
    /// An SQL condition; only rows that meet it are read.
    public var attributeFilter: String?
    /// What a list of coordinates draws, where it does not say.
    public var listShape: ListShape?

    /// Creates a source; nothing is opened.
    public init(
        path: String, layer: String? = nil, encoding: String? = nil, crs: String? = nil, attributeFilter: String? = nil,
        listShape: ListShape? = nil
    ) {
        self.path = path
        self.layer = layer
        self.encoding = encoding
        self.crs = crs
        self.attributeFilter = attributeFilter
        self.listShape = listShape
    }

    /// The path for messages: the password of a database connection is masked.
    var shownPath: String {
        guard isDatabase else { return path }
        return path.replacing(/(?i)(password|passwd|pwd)\s*=\s*('[^']*'|\S+)/) { "\($0.output.1)=***" }
    }

    /// Whether the path is no file but well-known text or positions.
    package var isTyped: Bool {
        guard case .missing = FileSystem.status(of: path) else { return false }
        return TypedCoordinates.isWellKnownText(path) || TypedCoordinates.isList(path)
    }

    /// Whether the path is a connection to a database.
    var isDatabase: Bool {
        let start = path.prefix(11).lowercased()
        return start.hasPrefix("pg:") || start.hasPrefix("postgresql:")
    }
}

public import RedlineGeometry

/// The files that hold sites, and how to read them.
public struct SiteInput: Sendable {
    /// The files in order; `-` is GeoJSON or newline-delimited GeoJSON on standard input, and well-known text or positions
    /// stand for themselves.
    public var paths: [String]
    /// The layer inside a container.
    public var layer: String?
    /// The text encoding, where the file does not say or is wrong.
    public var encoding: String?
    /// The CRS (an EPSG code, WKT, a PROJ string or pipeline), where the file has none or a wrong one.
    public var crs: String?
    /// A condition in SQL that rows must meet.
    public var filter: String?
    /// What a list of coordinates draws, where it does not say.
    public var listShape: ListShape?
    /// The field of the identifier; rows with the same value are one site.
    public var idField: String?
    /// The field of the name.
    public var nameField: String?

    /// Sites from files whose every property is to be found by itself.
    public init(paths: [String]) { self.paths = paths }
}

/// How far a run has come, for people who wait.
public struct ScreeningProgress: Sendable {
    /// What is being done.
    public enum Phase: Sendable {
        /// Reading the sites.
        case sites
        /// Reading the layer with this id.
        case reading(layer: String)
        /// Comparing sites with all layers.
        case screening(done: Int, of: Int)
    }

    /// What is being done.
    public var phase: Phase

    /// Creates a state of progress.
    public init(phase: Phase) { self.phase = phase }
}

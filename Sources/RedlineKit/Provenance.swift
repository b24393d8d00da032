import CoordinateReference
import GeometryEngine
import LayerIO
public import RedlineGeometry
public import RedlineMeasure

/// What a result was made from and with: enough to repeat it, without times and paths.
public struct Provenance: Sendable {
    /// The job, as the command line calls it.
    public var verb: String
    /// The method of the areas shown; nil where there are none.
    public var areaMethod: AreaMethod?
    /// The day whose editions were used; nil for the newest.
    public var asOf: CalendarDate?
    /// The catalog's name.
    public var catalogName = LocalizedText()
    /// SHA-256 of the catalog file; nil where there was no catalog.
    public var catalogSHA256: String?
    /// The layers that were used, in a fixed order.
    public var layers: [UsedLayer] = []
    /// What the user should know, in order, without paths and times.
    public var warnings: [Remark] = []
    /// The versions of the engines; nil for one that was not used.
    public var engines = EngineVersions()

    /// Creates the record of a job that used nothing yet.
    public init(verb: String, areaMethod: AreaMethod? = nil, asOf: CalendarDate? = nil) {
        self.verb = verb
        self.areaMethod = areaMethod
        self.asOf = asOf
    }
}

/// A layer as a result used it.
public struct UsedLayer: Hashable, Sendable {
    /// The id in the catalog.
    public var id: String
    /// What people call it.
    public var title: LocalizedText
    /// The edition that was used; nil where it has no date or the layer is missing.
    public var edition: CalendarDate?
    /// The number of its features; nil where the layer is missing on the day asked for.
    public var features: Int?
    /// How many features were repaired.
    public var repaired: Int
    /// SHA-256 of its file; nil for a database. For several files that of the list of their names and digests.
    public var sha256: String?

    /// Creates a record.
    public init(
        id: String, title: LocalizedText = LocalizedText(), edition: CalendarDate? = nil, features: Int? = nil,
        repaired: Int = 0, sha256: String? = nil
    ) {
        self.id = id
        self.title = title
        self.edition = edition
        self.features = features
        self.repaired = repaired
        self.sha256 = sha256
    }
}

extension EngineVersions {
    /// The versions of this process; GDAL's only once it was loaded.
    static var current: EngineVersions {
        EngineVersions(
            geos: GeometryContext.engineVersion, proj: ProjectionContext.version, gdal: LoadedEngine.gdalVersion)
    }
}

public import RedlineGeometry

/// An edition of a layer as the user names it: a file, or a catalog that holds the layer.
public struct EditionInput: Hashable, Sendable {
    /// The file or catalog.
    public var path: String
    /// The layer: its id in a catalog, its name inside a container; for a file beside a catalog it does not count.
    public var layer: String?
    /// The text encoding, where the user knows better than the file.
    public var encoding: String?
    /// The CRS, where the user knows better than the file.
    public var crs: String?
    /// An SQL condition; only rows that meet it are read.
    public var filter: String?
    /// The field of the code.
    public var codeField: String?
    /// The field of the class.
    public var classField: String?
    /// Whether a prepared catalog is taken although a source has changed since.
    public var ignoresStale = false
    /// The day whose edition is taken from a catalog; nil for that of ``ComparisonOptions/asOf``.
    public var asOf: CalendarDate?

    /// Names an edition; nothing is opened.
    public init(path: String) { self.path = path }
}

/// How two editions are compared.
public struct ComparisonOptions: Sendable {
    /// Lost or gained ground of at most this width is re-digitising noise; nil for the accuracy that the layers declare,
    /// the larger of both, else 1 m.
    public var accuracy: Length?
    /// The day whose editions are taken from catalogs; nil for the catalog's, else the newest.
    public var asOf: CalendarDate?
    /// Whether lost and gained ground is given as polygons.
    public var hasPieces = false
    /// How many tasks work at once; the result does not depend on it.
    public var threads = 1

    /// The defaults of the command line, on one thread.
    public init() {}
}

/// What a catalog says of a layer whose editions are compared (性质不改变、功能不降低).
public struct ComparisonRules: Hashable, Sendable {
    /// Which scores are good.
    public enum Better: String, Hashable, Sendable, CaseIterable {
        /// A score that rises is a gain.
        case higher
        /// A score that falls is a gain: a grade of which 1 is the best.
        case lower
    }

    /// Whether a zone that changes its class has changed its nature.
    public var classIsNature = false
    /// The field with a score of the zone's function; nil where there is none.
    public var functionField: String?
    /// Which scores are good.
    public var betterFunction: Better = .higher
    /// How the plan words the duty, where it is softer than plain: 原则上不减少.
    public var wording: LocalizedText?

    /// Rules that say nothing.
    public init() {}
}

public import RedlineGeometry
public import RedlineMeasure

/// What is to be tabulated, and how.
public struct ShareOptions: Sendable {
    /// The method of the areas shown; shares are always made of ellipsoidal areas.
    public var areaMethod: AreaMethod = .ellipsoidal
    /// Whether the areas of the other methods stand beside.
    public var showsAllAreas = false
    /// The day whose editions are used; nil for the catalog's, else the newest.
    public var asOf: CalendarDate?
    /// Whether each layer has rows by class as well.
    public var byClass = false
    /// Whether there is an entry for each zone and region.
    public var hasLedger = false
    /// Whether the entries of the ledger have a geometry.
    public var hasGeometry = false
    /// Only the part of each region in these layers counts, for instance the built-up area.
    public var within: [LayerPart] = []
    /// The part of each region in these layers does not count, for instance water.
    public var without: [LayerPart] = []
    /// How many tasks work at once; the result does not depend on it.
    public var threads = 1

    /// The defaults of the command line, on one thread.
    public init() {}
}

/// A layer of the catalog, or its zones of one class.
public struct LayerPart: Hashable, Sendable, CustomStringConvertible {
    /// The id of the layer.
    public var layer: String
    /// The standard class; nil for all zones.
    public var zoneClass: String?

    /// Names a layer or a class of it.
    public init(layer: String, zoneClass: String? = nil) {
        self.layer = layer
        self.zoneClass = zoneClass
    }

    /// `layer`, or `layer:class`.
    public var description: String { layer + (zoneClass.map { ":" + $0 } ?? "") }
}

/// An area by the chosen method and, where asked for, by the others.
public struct AreaFigures: Hashable, Sendable {
    /// By the method of the run.
    public var chosen: Area
    /// On the ellipsoid, edges straight in longitude and latitude; what shares are made of.
    public var ellipsoidal: Area
    /// By the trapezoids of the 2008 notice; nil unless all areas were asked for.
    public var notice32: Area?
    /// Under geodesic edges; nil unless all areas were asked for.
    public var geodesic: Area?

    /// The ellipsoidal area as the chosen one.
    init(squareMeters: Double) {
        chosen = Area(squareMeters: squareMeters)
        ellipsoidal = chosen
    }

    /// Combines two by each method; a method that one of them lacks is left out.
    static func combined(
        _ first: AreaFigures, _ second: AreaFigures, _ operation: (Area, Area) -> Area
    ) -> AreaFigures {
        func both(_ path: KeyPath<AreaFigures, Area?>) -> Area? {
            guard let a = first[keyPath: path], let b = second[keyPath: path] else { return nil }
            return operation(a, b)
        }
        var figures = AreaFigures(squareMeters: 0)
        figures.chosen = operation(first.chosen, second.chosen)
        figures.ellipsoidal = operation(first.ellipsoidal, second.ellipsoidal)
        figures.notice32 = both(\.notice32)
        figures.geodesic = both(\.geodesic)
        return figures
    }
}

/// The zones that a row counts.
public enum ZoneGroup: Hashable, Sendable {
    /// All zones of a layer.
    case layer(String)
    /// The zones of a layer of one class; nil for those without.
    case zoneClass(String?, layer: String)
    /// All zones of all layers asked for.
    case allLayers

    /// The id of the layer; `*` for all.
    public var layerID: String {
        switch self {
        case .layer(let id), .zoneClass(_, let id): id
        case .allLayers: "*"
        }
    }
}

/// How much of a region lies in zones.
public struct ShareRow: Sendable {
    /// The place of the region in ``ShareTable/regions``; nil for the row of all regions together.
    public var region: Int?
    /// The zones that are counted.
    public var group: ZoneGroup
    /// The region's area: the denominator.
    public var regionArea: AreaFigures
    /// The ground in at least one zone: the numerator.
    public var zoneArea: AreaFigures
    /// The sum of what each zone has in the region; ground in two zones counts twice.
    public var grossArea: AreaFigures
    /// What the gross area counts more than once: gross less union.
    public var doubleCountedArea: AreaFigures
    /// The ground in exactly one zone, in exactly two, and so on, in ellipsoidal areas.
    public var exactly: [Area]
    /// Union over region, from 0 to 1, of ellipsoidal areas; nil where nothing is left of the region.
    public var share: Double?
    /// The zones that overlap the region by more than 1 mm of width.
    public var zones: Int
}

/// Whether the rows of a group add up to the whole.
public struct ShareClosure: Sendable {
    /// The zones that are counted.
    public var group: ZoneGroup
    /// The sum of the rows' union areas.
    public var sum: Area
    /// The union of the zones inside the union of the regions, measured from the whole.
    public var whole: Area
    /// The sum less the whole.
    public var residual: Area { sum - whole }
    /// The union of the zones in no region.
    public var outside: Area
}

/// Ground of a region that a layer does not claim to cover.
public struct UncoveredRegion: Sendable {
    /// The layer of zones.
    public var layer: String
    /// The place of the region.
    public var region: Int
    /// How much of it lies outside the extent that the layer declares.
    public var area: Area
}

/// A table of shares, with what it was made from.
public struct ShareTable: Sendable {
    /// The options of the run.
    public var options: ShareOptions
    /// The id of the region layer.
    public var regionLayer: String
    /// The regions.
    public var regions: [TableRegion]
    /// For each group a row for each region, then the row of all together.
    public var rows: [ShareRow]
    /// For each group.
    public var closures: [ShareClosure]
    /// The ground that two regions or more share: it counts in each of their rows and once in the whole.
    public var sharedByRegions: Area
    /// Regions where a share is less than known, because the layer does not cover them.
    public var uncovered: [UncoveredRegion]
    /// An entry for each zone and region; empty unless asked for.
    public var ledger: Ledger?
    /// What was used, and what the user should know.
    public var provenance: Provenance
}

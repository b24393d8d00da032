public import RedlineGeometry

/// Land cover (土地覆盖) by region: areas and shares of classes, and what they mean.
public struct CoverageResult: Sendable {
    /// What it was made from.
    public var provenance: Provenance
    /// What was asked for.
    public var options: CoverageOptions
    /// What the land-cover layer is called.
    public var title: LocalizedText
    /// How the land cover was given.
    public var source: LandCoverSource
    /// The classes that occur in any region, in the order of the class map, then by name; unknown values last.
    public var classes: [LandCoverClass]
    /// What `unclassified` is.
    public var unclassifiedDefinition: LocalizedText
    /// The regions in the order of their file.
    public var regions: [RegionLandCover]
}

/// What land cover came from.
public enum LandCoverSource: Hashable, Sendable {
    /// Cells of a raster, of so many columns and rows.
    case raster(width: Int, height: Int, isGraticule: Bool)
    /// Polygons, so many of them.
    case polygons(count: Int)
}

/// How coverage is reckoned.
public struct CoverageOptions: Hashable, Sendable {
    /// The id of the land-cover layer.
    public var landCover: String
    /// The id of the region layer; nil for the one that the catalog names.
    public var regions: String?
    /// How cells on the boundary count.
    public var edge: EdgeRule = .exact
    /// What a cell weighs.
    public var weight: CellWeight = .ellipsoidal
    /// The band, from 1; nil for the catalog's, else the only one.
    public var band: Int?
    /// The field with cover values of polygons.
    public var coverField: String?
    /// The day whose editions are read; nil for the catalog's, else the newest.
    public var asOf: CalendarDate?
    /// How many tasks work at once; the result does not depend on it.
    public var threads: Int

    /// Creates options with the defaults of the command line.
    public init(landCover: String, threads: Int = 1) {
        self.landCover = landCover
        self.threads = threads
    }
}

/// What a cell of a raster weighs in shares.
public enum CellWeight: String, Hashable, Sendable, CaseIterable {
    /// Its area on the ellipsoid.
    case ellipsoidal
    /// The same as any other.
    case cell
}

/// A class of land cover.
public struct LandCoverClass: Hashable, Sendable {
    /// The class: of the class map, a raw value where there is none, `unknown:` and the value where the map lacks it.
    public var id: String
    /// What people call it.
    public var title: LocalizedText
    /// What its share is called, which values were counted, and of what it is a share.
    public var definition: LocalizedText
    /// The official indicator that the class map declares the class to implement.
    public var implements: ClassMap.Indicator?
    /// Whether the class map has it; a raw value or an unknown one has a row only where it occurs.
    public var isMapped: Bool

    /// Creates a class.
    public init(
        id: String, title: LocalizedText, definition: LocalizedText, implements: ClassMap.Indicator? = nil,
        isMapped: Bool = true
    ) {
        self.id = id
        self.title = title
        self.definition = definition
        self.implements = implements
        self.isMapped = isMapped
    }
}

/// A region (统计区) and what covers it.
public struct RegionLandCover: Sendable {
    /// The code; nil where the layer gives none but a name.
    public var code: String?
    /// The name.
    public var name: String?
    /// Its own area in square metres.
    public var area: Double
    /// What it is, in longitude and latitude.
    public var geometry: Geometry?
    /// What is known of each class, in the order of ``CoverageResult/classes``; nil where the region lies wholly outside
    /// the data.
    public var classes: [ClassArea]?
    /// The ground without data or in no patch.
    public var unclassified: ClassArea?
    /// The part of `unclassified` inside a raster, in square metres.
    public var noDataArea: Double?
    /// The ground in more than one patch, in square metres, as often as it was not counted; nil for rasters.
    public var doubleCountedArea: Double?
    /// Why nothing is known of it; nil where something is.
    public var reason: LocalizedText?
}

/// What a region has of a class.
public struct ClassArea: Hashable, Sendable {
    /// The area in square metres on the ellipsoid.
    public var area: Double
    /// The share of the region, 0…1, by ``CoverageOptions/weight``.
    public var share: Double
    /// The mean of cover values weighted by area, in the unit of the data; nil where none are given.
    public var meanCover: Double?
    /// The area with cover values in square metres; nil where none were asked for.
    public var coveredArea: Double?

    /// Creates a value.
    public init(area: Double, share: Double, meanCover: Double? = nil, coveredArea: Double? = nil) {
        self.area = area
        self.share = share
        self.meanCover = meanCover
        self.coveredArea = coveredArea
    }
}

public import RedlineGeometry

/// A catalog (图层目录): the layers of a territory and what they mean.
public struct Catalog: Sendable {
    /// What the catalog is called.
    public var name: LocalizedText
    /// The path of the catalog file.
    public var path: String
    /// SHA-256 of the catalog file, hexadecimal.
    public var sha256: String
    /// The layer whose regions label findings.
    public var regions: String?
    /// The territory that the catalog claims to cover; nil where it claims none.
    public var extent: CatalogExtent?
    /// The files of the rule packs that it names, resolved against the catalog's folder.
    public var rules: [String]
    /// What it fixes of what rules leave open.
    public var parameters: [RuleSetting]
    /// Which effect counts as stronger.
    public var effectOrder: EffectOrder
    /// The day on which rules and editions count, where the catalog fixes one.
    public var asOf: CalendarDate?
    /// The layers in the order of the file.
    public var layers: [CatalogLayer]
    /// The texts of the rule packs, by path, where a prepared catalog brings them along.
    var packTexts: [String: String] = [:]

    /// The layer called `id`.
    public func layer(_ id: String) -> CatalogLayer? { layers.first { $0.id == id } }

    /// The layers that sites are screened against, in order: all but regions and land cover.
    public var zoneLayers: [CatalogLayer] { layers.filter { !$0.isBackdrop } }
}

/// The territory that data claim to cover.
public enum CatalogExtent: Hashable, Sendable {
    /// All ground of the features of a layer of the catalog.
    case layer(String)
    /// A rectangle in longitude and latitude.
    case box(Envelope)
}

/// A layer of a catalog: one set of zones (管控区), regions (统计区) or land cover.
public struct CatalogLayer: Sendable {
    /// The name that commands and outputs use.
    public var id: String
    /// What the layer is, for instance `ecological-redline`; an open set.
    public var family: String
    /// What people call it.
    public var title: LocalizedText
    /// The dated states of the layer, oldest first; one without a date where the catalog gives none.
    public var editions: [Edition]
    /// The layer inside a container.
    public var sourceLayer: String?
    /// The CRS, where the file has none or a wrong one.
    public var crs: String?
    /// The text encoding, where the file does not say.
    public var encoding: String?
    /// A condition in SQL that rows must meet.
    public var filter: String?
    /// The territory, where it differs from the catalog's.
    public var extent: CatalogExtent?
    /// How well its lines lie on the ground.
    public var accuracy: Length?
    /// The width below which a meeting is a touch.
    public var tolerance: Length?
    /// Whether its zones cover the extent without gap or overlap.
    public var isTiling: Bool
    /// The fields of code, name and class.
    public var fields: FieldMapping
    /// The standard class for each raw value; empty where raw values stand for themselves.
    public var classes: [String: String]
    /// What the values of land cover mean, from `class_map` or `classes`; nil where raw values stand for themselves.
    public var classMap: ClassMap?
    /// The band of a raster, from 1; nil for its only one.
    public var band: Int?
    /// What the values of land cover are; nil for classes.
    public var content: LandCoverContent?
    /// What else rules ask of its zones, by name: category, level, degree of degradation.
    public var attributes: [ZoneAttributeMapping]
    /// What its editions are compared by, besides area and place.
    public var comparison = ComparisonRules()

    /// The prepared catalog that holds its zones; nil where they come from its source.
    var prepared: PreparedCatalog?
    /// What the prepared catalog calls it, where ``id`` is another name; nil where it is the same.
    var preparedID: String?

    /// Whether sites are not screened against it.
    public var isBackdrop: Bool { family == "region" || family == "land-cover" }

    /// The edition in force on `day`, or the newest without a day; nil where none was in force yet.
    public func edition(asOf day: CalendarDate?) -> Edition? {
        editions.last { edition in
            guard let day, let date = edition.date else { return true }
            return date <= day
        }
    }
}

/// What the values of a land-cover layer are.
public enum LandCoverContent: String, Hashable, Sendable {
    /// Classes.
    case classes
    /// Amounts of vegetation cover.
    case cover
}

/// An edition (版本): the dated state of a layer.
public struct Edition: Hashable, Sendable {
    /// The day of the state; nil where the catalog gives none.
    public var date: CalendarDate?
    /// The file, folder or connection, resolved against the catalog's folder.
    public var source: String
}

/// A field of a file that holds an attribute which rules ask of zones.
public struct ZoneAttributeMapping: Hashable, Sendable {
    /// The attribute, as rules call it.
    public var name: String
    /// The field.
    public var field: String
    /// The standard word for each raw value; a value that is not in it stands for itself.
    public var values: [String: String]
}

/// A parameter that rules leave open, and its value: `distance.NAME` and a length.
public struct RuleSetting: Hashable, Sendable {
    /// The parameter.
    public var name: String
    /// Its value.
    public var value: String

    /// Creates a setting.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// Which fields of a file hold the code, the name and the class of a feature.
public struct FieldMapping: Hashable, Sendable {
    /// The field of the code.
    public var code: String?
    /// The field of the name.
    public var name: String?
    /// The field of the class.
    public var `class`: String?

    /// Creates a mapping.
    public init(code: String? = nil, name: String? = nil, class: String? = nil) {
        self.code = code
        self.name = name
        self.class = `class`
    }
}

public import RedlineGeometry

/// How a site and a zone stand to each other.
public enum Relation: String, Hashable, Sendable, CaseIterable {
    /// They share ground wider than the tolerance.
    case overlaps
    /// They meet within the tolerance only.
    case touches
    /// They are apart, within the distance asked for.
    case near
    /// The data cannot tell: outside the extent, in no unit of a tiling layer, or the layer is missing.
    case notAssessable = "not-assessable"
    /// A rule speaks of ground outside the zones of a layer, and some of the site lies there.
    case outside
    /// Rules speak of any ground.
    case anywhere
}

/// Why a finding stands as it does.
public enum FindingReason: String, Hashable, Sendable, CaseIterable {
    /// The ground lies outside the extent that the layer declares.
    case outsideExtent = "outside-extent"
    /// The ground lies in no unit of a layer that should cover its extent: a fault of the data.
    case noUnit = "no-unit"
    /// The layer has no data for the day asked for.
    case layerMissing = "layer-missing"
    /// The ground, or a part of it, lies in two units of a layer that should have one: a fault of the data.
    case twoUnits = "two-units"
    /// The zone's rules are not loaded, so its effect was not judged.
    case rulesNotLoaded = "rules-not-loaded"
    /// A rule speaks of what lies around a zone, gives no distance, and none is set.
    case distanceNotSet = "distance-not-set"
    /// The site or the zone lacks an attribute that a rule asks for.
    case attributeMissing = "attribute-missing"
}

/// The zone of a finding, as its layer names it.
public struct ZoneReference: Hashable, Sendable {
    /// The file's feature identifier, else the row number from 1.
    public var id: String
    /// The code.
    public var code: String?
    /// The name.
    public var name: String?
    /// The standard class; the raw value where the catalog has no class map, `unknown:` and the raw value where its map
    /// lacks it.
    public var `class`: String?
    /// Whether the zone's geometry was invalid and is repaired here.
    public var isRepaired: Bool
}

/// The region that a finding is counted to.
public struct RegionReference: Hashable, Sendable {
    /// The region's code.
    public var code: String?
    /// The region's name.
    public var name: String?
}

/// An area by the chosen method and, where asked for, by the others.
public struct MeasuredArea: Hashable, Sendable {
    /// In square metres, by the method of the run; nil where the polygons that another method than `ellipsoidal` needs
    /// could not be made.
    public var chosen: Double?
    /// On the ellipsoid, edges straight in longitude and latitude; what shares are made of.
    public var ellipsoidal: Double
    /// By the trapezoids of the 2008 notice; nil unless all areas were asked for.
    public var notice32: Double?
    /// Under geodesic edges; nil unless all areas were asked for.
    public var geodesic: Double?
}

/// A finding (冲突项): one site meets one zone, or a part of one site that a layer cannot judge.
public struct Finding: Sendable {
    /// Stable: the same site, layer and zone give the same identifier on every run and machine; in another edition too,
    /// where no other zone of the layer has the zone's code, else while its geometry stays.
    public var id: String
    /// The place of the layer in ``ScreeningResult/layers``; nil for rules on any ground.
    public var layerIndex: Int?
    /// The zone; nil for ground that cannot be judged, outside zones, and anywhere.
    public var zone: ZoneReference?
    /// How site and zone stand to each other.
    public var relation: Relation
    /// Why; nil where nothing needs saying.
    public var reason: FindingReason?
    /// In longitude and latitude: for `overlaps` what both share, for `touches` and `near` the site, for
    /// `not-assessable` the part that can't be judged; else nil.
    public var geometry: Geometry?
    /// What the polygons of the site share with the zone; nil where the site has none, and for `not-assessable`.
    public var area: MeasuredArea?
    /// The length in metres of the site's lines inside the zone; nil where the site has none.
    public var length: Double?
    /// The site's points inside the zone; nil where the site has none.
    public var points: Int?
    /// The site's lines from one crossing of the zone's boundary to the next; none where no line lies in the zone, or
    /// where lines run twice along one way.
    public var sections: [LineSection] = []
    /// The site's points one by one, where it has several or is more than a point.
    public var structures: [SiteStructure] = []
    /// The part of the site's area, or of its length for a site of lines, from 0 to 1; nil where it has neither.
    public var siteShare: Double?
    /// The part of the zone's area, from 0 to 1; nil where it has none.
    public var zoneShare: Double?
    /// In metres, 0 where they meet; nil for `not-assessable`.
    public var distance: Double?
    /// The region with the largest part of the overlap; nil where the catalog names no regions or none is met.
    public var region: RegionReference?
    /// Whether it survives a shift as large as the accuracies of site and layer together; nil where the layer declares
    /// none.
    public var certainty: Certainty?
    /// The smallest shift of the site, in metres, that would remove it; nil where there is none to measure.
    public var margin: Double?
    /// How it stands to an earlier screening; nil where none was named.
    public var change: FindingChange?
    /// Who accepted it and why; nil where nobody has.
    public var suppression: Suppression?
    /// What rules say of it.
    public var verdict = RuleVerdict()
}

/// How sure a finding is, given how well site and zone lie on the ground.
public enum Certainty: String, Hashable, Sendable {
    /// It survives a shift as large as both accuracies together.
    case certain
    /// Such a shift may remove it.
    case possible
}

extension Finding {
    /// How many times the site's lines go through the zone; nil where ``sections`` do not tell.
    public var crossings: Int? { sections.isEmpty ? nil : sections.count(where: \.isInside) }

    /// The strongest effect of the rules that apply; nil where it was not judged, or where no rule applies.
    public var effect: Effect? { verdict.effect }
}

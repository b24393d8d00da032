public import RedlineGeometry

/// What became of a layer from one edition (版本) to the next.
public struct ChangeTable: Sendable {
    /// The regions, in the order of their file.
    public var regions: [TableRegion]
    /// A row for each region, then the row of all together, measured from the whole.
    public var rows: [ChangeRow]
    /// Whether the rows add up, for lost, gained and unchanged ground.
    public var closures: [ChangeClosure]
    /// Zones of the old edition with those of the new one that they became, and zones without a counterpart.
    public var zones: [ZoneChange]
    /// Where the ground of zones went whose counterpart is not the same.
    public var flows: [ZoneFlow]
    /// What each class has in both editions, wherever it lies; by the name of the class, zones without one last.
    public var classes: [ClassChange]
    /// The lost and gained ground in connected pieces; empty unless asked for.
    public var pieces: [ChangedPiece]
    /// The width up to which a change is re-digitising noise.
    public var accuracy: Length
    /// Where that width comes from: an option, the layers, or the default.
    public var accuracySource: AccuracySource
    /// What the catalog says of the layer.
    public var rules: ComparisonRules
    /// What the catalog's rule packs demand of those who keep the layer; nil where the catalog of the new edition names no
    /// packs.
    public var duties: [ZoneDuty]?
    /// Attributes that only one edition has, which were not compared.
    public var uncomparedFields: [String]
    /// What was used.
    public var provenance: Provenance
    /// What the user should know.
    public var warnings: [Remark]

    /// Where an accuracy comes from.
    public enum AccuracySource: String, Hashable, Sendable {
        /// The user set it.
        case option
        /// A catalog declares it.
        case declared
        /// Nothing says it: 1 m.
        case standard
    }
}

/// What became of the layer in a region.
public struct ChangeRow: Sendable {
    /// The place of the region in ``ChangeTable/regions``; nil for the row of all together.
    public var region: Int?
    /// The union of the zones in the old edition.
    public var old: Area
    /// The union of the zones in the new edition.
    public var new: Area
    /// Old ground that is in no zone any more.
    public var lost: Area
    /// New ground that was in no zone before.
    public var gained: Area
    /// Ground in zones of both.
    public var unchanged: Area
    /// What of the lost ground is no wider than the accuracy.
    public var lostNoise: Area
    /// What of the gained ground is no wider than the accuracy.
    public var gainedNoise: Area
    /// The old zones that overlap the region by more than 1 mm of width.
    public var oldCount: Int
    /// The new zones that overlap the region by more than 1 mm of width.
    public var newCount: Int
    /// The places in ``ChangeTable/zones`` of the zones here whose attributes changed.
    public var changedZones: [Int]
    /// Whether the area is no smaller, noise apart.
    public var areaVerdict: Verdict
    /// Whether no ground was lost, noise apart.
    public var locationVerdict: Verdict
    /// Whether every zone kept its nature.
    public var natureVerdict: Verdict
    /// Whether no zone's function fell.
    public var functionVerdict: Verdict

    /// New less old.
    public var net: Area { gained - lost }

    /// The part of the old ground that is still in a zone, from 0 to 1; nil where there was none.
    public var keptShare: Double? {
        old.squareMeters > 0 ? min(1, unchanged.squareMeters / old.squareMeters) : nil
    }

    /// Whether there are as many zones as before; part of no duty but that of water-ecology space.
    public var countVerdict: Verdict { newCount >= oldCount ? .kept : .lost }

    /// Whether nothing changed but what re-digitising explains.
    public var isUnchangedWithinAccuracy: Bool {
        areaVerdict == .kept && locationVerdict == .kept && gained - gainedNoise <= Self.rounding(of: new)
    }

    /// What rounding leaves of an area: a part in a thousand million, or 1 cm².
    static func rounding(of area: Area) -> Area { Area(squareMeters: max(1e-4, 1e-9 * area.squareMeters)) }
}

/// Whether a dimension of a zone layer was kept.
public enum Verdict: String, Hashable, Sendable, CaseIterable {
    /// It was.
    case kept
    /// It was not.
    case lost
    /// The data do not say.
    case notEvaluable = "not-evaluable"
}

/// Whether the rows of a column add up to the whole.
public struct ChangeClosure: Sendable {
    /// `lost`, `gained` or `unchanged`.
    public var measure: String
    /// The sum of the rows.
    public var sum: Area
    /// The ground inside the union of the regions, measured from the whole.
    public var whole: Area
    /// The ground in no region.
    public var outside: Area

    /// The sum less the whole.
    public var residual: Area { sum - whole }
}

/// A zone of the old edition and the one that it became.
public struct ZoneChange: Sendable {
    /// How the two were found to belong together.
    public enum Match: String, Hashable, Sendable {
        /// By their code.
        case code
        /// By the largest area that they share.
        case area
        /// There is no counterpart.
        case none
    }

    /// An attribute that changed.
    public struct Attribute: Hashable, Sendable {
        /// The field; `code`, `name` and `class` by what they are.
        public var name: String
        /// The value before; nil where it was empty.
        public var old: String?
        /// The value now; nil where it is empty.
        public var new: String?
    }

    /// The zone of the old edition; nil for one that is new.
    public var old: ZoneReference?
    /// The zone of the new edition; nil for one that is gone.
    public var new: ZoneReference?
    /// How they were matched.
    public var match: Match
    /// The area of the old zone.
    public var oldArea: Area?
    /// The area of the new zone.
    public var newArea: Area?
    /// What they share; nil without a counterpart.
    public var sharedArea: Area?
    /// The attributes that changed, in the order of the fields.
    public var changed: [Attribute]
    /// Whether both have exactly the same geometry.
    public var isSameGeometry: Bool
}

/// Ground that went from a zone of the old edition to one of the new one.
public struct ZoneFlow: Sendable {
    /// The zone of the old edition.
    public var old: ZoneReference
    /// The zone of the new edition; nil for ground in none.
    public var new: ZoneReference?
    /// How much.
    public var area: Area
}

/// What a class of zones has in both editions.
public struct ClassChange: Sendable {
    /// The standard class; nil for zones without one.
    public var name: String?
    /// The sum of the areas of its zones in the old edition.
    public var old: Area
    /// The sum of the areas of its zones in the new edition.
    public var new: Area
    /// The number of its zones in the old edition.
    public var oldCount: Int
    /// The number of its zones in the new edition.
    public var newCount: Int
}

/// A connected piece of lost or gained ground.
public struct ChangedPiece: Sendable {
    /// Whether it was lost; else it was gained.
    public var isLost: Bool
    /// The piece in longitude and latitude.
    public var polygon: Polygon
    /// Its area.
    public var area: Area
    /// Its mean width: 2 · area / perimeter.
    public var width: Length
    /// Whether it is no wider than the accuracy.
    public var isNoise: Bool
    /// The zones whose ground it is: of the old edition where it was lost, of the new one where it was gained.
    public var zones: [ZoneReference]
    /// The place of the region with the largest part of it; nil where it lies in none.
    public var region: Int?
}

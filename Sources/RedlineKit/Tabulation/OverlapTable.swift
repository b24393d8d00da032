public import RedlineGeometry
public import RedlineMeasure

/// Which overlaps are looked for, and how they are measured.
public struct OverlapOptions: Sendable {
    /// The method of the areas shown; shares are always made of ellipsoidal areas.
    public var areaMethod: AreaMethod = .ellipsoidal
    /// Whether pairs that only touch are listed too.
    public var listsTouching = false
    /// The width up to which a meeting is a touch, in place of the layers' own.
    public var tolerance: Length?
    /// The day whose editions are used; nil for the catalog's, else the newest.
    public var asOf: CalendarDate?
    /// How many tasks work at once; the result does not depend on it.
    public var threads = 1

    /// The defaults of the command line, on one thread.
    public init() {}
}

/// Two zones that share ground or a border (交叉重叠).
public struct ZoneOverlap: Sendable {
    /// The id of the first zone's layer.
    public var firstLayer: String
    /// The first zone; within one layer the one that comes first in the file.
    public var first: ZoneReference
    /// What the first zone is called: its code, else its id; both where others of its layer have the code.
    public var firstName: String
    /// The id of the second zone's layer.
    public var secondLayer: String
    /// The second zone.
    public var second: ZoneReference
    /// What the second zone is called.
    public var secondName: String
    /// `overlaps`, or `touches` where what they share is at most as wide as the tolerance.
    public var relation: Relation
    /// The shared area.
    public var area: Area
    /// The shared area over the first zone's, from 0 to 1.
    public var shareOfFirst: Double
    /// The shared area over the second zone's, from 0 to 1.
    public var shareOfSecond: Double
    /// The mean width of the widest connected piece, twice its area over its boundary; 0 where they share a border only.
    public var width: Length
    /// What they share, in longitude and latitude: for a touch what is shared of their borders.
    public var geometry: Geometry?
}

/// How the pairs explain what a layer counts more than once.
public struct DoubleCounting: Sendable {
    /// The ground in at least one zone.
    public var union: Area
    /// The sum of the zones.
    public var gross: Area
    /// Gross less union.
    public var doubleCounted: Area { gross - union }
    /// The ground in exactly one zone, exactly two, and so on.
    public var exactly: [Area]
    /// The sum of what pairs share, touches included: ground in three zones counts for three pairs.
    public var pairs: Area
    /// What the pairs should sum to by ``exactly``: ground in *k* zones counts for k (k − 1) / 2 pairs.
    public var expectedPairs: Area {
        Area(
            squareMeters: exactly.enumerated().reduce(0) {
                $0 + Double(($1.offset + 1) * $1.offset / 2) * $1.element.squareMeters
            })
    }
}

/// The pairs of zones that meet.
public struct OverlapTable: Sendable {
    /// The options of the run.
    public var options: OverlapOptions
    /// The pairs, each once: overlaps before touches, the largest first.
    public var pairs: [ZoneOverlap]
    /// Within one layer: what it counts more than once; nil between two.
    public var doubleCounting: DoubleCounting?
    /// Between two layers: the ground in both, counted once; nil within one.
    public var sharedGround: Area?
    /// What was used, and what the user should know.
    public var provenance: Provenance
}

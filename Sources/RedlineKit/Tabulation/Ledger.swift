public import RedlineGeometry

/// The part of a zone in a region (台账行).
public struct LedgerEntry: Sendable {
    /// Stable: the same zone and region have the same key in every edition, on every run and machine, while the zone's
    /// code is its own in the layer; else while its geometry stays.
    public var key: String
    /// The place of the region in ``ShareTable/regions``; nil for ground in no region.
    public var region: Int?
    /// The id of the layer.
    public var layer: String
    /// The zone.
    public var zone: ZoneReference
    /// The part of the zone in the region.
    public var area: AreaFigures
    /// The part over the region's area, from 0 to 1; nil in no region.
    public var shareOfRegion: Double?
    /// The part over the zone's area, from 0 to 1.
    public var shareOfZone: Double
    /// The zone's whole area.
    public var zoneArea: AreaFigures
    /// The part in longitude and latitude; nil unless asked for.
    public var geometry: Geometry?
}

/// An entry for each zone and region, zones split at the regions' borders.
public struct Ledger: Sendable {
    /// By layer, then by region in the order of the table, then by zone in the order of the file; what lies in no region
    /// comes last.
    public var entries: [LedgerEntry]
    /// Parts of at most 1 mm of width, which have no entry: what the entries lack of zones and regions.
    public var slivers: Area
    /// How many such parts there are.
    public var sliverCount: Int
}

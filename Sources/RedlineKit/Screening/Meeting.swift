import RedlineGeometry

/// How one site and one zone stand to each other, before it is made a finding.
struct Meeting: Sendable {
    /// The place of the zone in its layer.
    var zone: Int
    /// `overlaps`, `touches` or `near`.
    var relation: Relation
    /// What both share; nil where nothing is shared or all of the site is.
    var shared: Ground?
    /// What of the site's lines runs along the zone's boundary, within the tolerance: in it no more than beside it.
    var alongBoundary: [LineString] = []
    /// Whether all of the site lies in the zone.
    var isWhole: Bool
    /// Why the shared polygons are missing, in the words of the engine; nil where they are there or nothing is shared.
    var fault: String?
    /// The shared area; nil where the site has no polygons.
    var area: MeasuredArea?
    /// The length inside in metres; nil where the site has no lines.
    var length: Double?
    /// The points inside; nil where the site has none.
    var points: Int?
    /// The geodesic distance in metres; 0 where they meet.
    var distance: Double
    /// The zone's ellipsoidal area in square metres; nil where it has none.
    var zoneArea: Double?

    /// What of `site` lies in the zone: all of it, or what both share; empty where they are apart.
    func ground(of site: Site) -> Ground { isWhole ? site.ground : shared ?? Ground() }
}

/// A site with what is asked of it again and again; an object, because a value would be copied each time.
final class MeasuredSite: Sendable {
    let site: Site
    let scale: LocalScale
    let area: MeasuredArea?
    let length: Double?
    /// The width in metres of its narrowest polygon, by which no overlap is a sliver; nil where it has none.
    let width: Double?

    init(_ site: Site, meter: Meter) throws {
        self.site = site
        scale = LocalScale(around: site.ground.envelope)
        let ground = site.ground
        let isUsable = site.problem == nil
        area = isUsable && !ground.polygons.isEmpty ? try meter.area(of: ground.polygons) : nil
        length = isUsable && !ground.lines.isEmpty ? meter.length(of: ground.lines) : nil
        width =
            isUsable && !site.isRepaired ? Self.narrowest(ground.polygons, area: area?.ellipsoidal, scale, meter) : nil
    }

    /// How wide the narrowest polygon is.
    ///
    /// - Parameters:
    ///   - polygons: The polygons.
    ///   - area: The area of all in square metres, where it is known.
    ///   - scale: Of the place.
    ///   - meter: Measures each of several.
    /// - Returns: The width in metres; nil where no polygon has an area.
    static func narrowest(
        _ polygons: [Polygon], area: Double? = nil, _ scale: LocalScale, _ meter: Meter
    ) -> Double? {
        if polygons.count == 1, let area {
            let width = scale.width(of: polygons[0], area: area)
            return width > 0 ? width : nil
        }
        return polygons.map { scale.width(of: $0, area: meter.ellipsoidalArea(of: [$0])) }.filter { $0 > 0 }.min()
    }
}

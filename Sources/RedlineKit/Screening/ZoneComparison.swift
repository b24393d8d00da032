import GeometryEngine
import RedlineCells
import RedlineGeometry
import RedlineMeasure

/// A site and a zone that are to be compared.
struct Encounter {
    let site: MeasuredSite
    let zone: MeasuredZone
    /// The places of the layer and the zone in the run.
    let key: CutZones.Key
    /// The width in metres below which a meeting is a touch.
    let tolerance: Double
    /// The distance in metres within which the zone is reported; nil where only a meeting counts.
    let nearDistance: Double?
    /// The shared area in square metres as cells tell it, which needs no overlay; nil where they do not tell all.
    var area: Double?
}

/// Compares sites with zones by GEOS; one for each task.
final class ZoneComparison {
    let context: GeometryContext
    let meter: Meter
    private let areaMethod: AreaMethod
    private let cut = CutZones()

    init(_ context: GeometryContext, _ meter: Meter, areaMethod: AreaMethod) {
        (self.context, self.meter, self.areaMethod) = (context, meter, areaMethod)
    }

    /// How site and zone meet; nil where they do not. Where GEOS fails, cells answer for sites of polygons.
    ///
    /// - Complexity: As ``CutZone``; then about the cost of the site alone.
    func meeting(of encounter: Encounter) throws -> Meeting? {
        do {
            let reach = encounter.site.scale.degrees(
                coveringMeters: max(encounter.tolerance, encounter.nearDistance ?? 0))
            let pieces = try cut.pieces(
                of: encounter.zone.zone.ground, encounter.key,
                near: encounter.site.site.ground.envelope.expanded(dx: reach, dy: reach), in: context)
            let meeting = try pieces.isEmpty ? nil : meeting(of: encounter, pieces)
            return checked(meeting, of: encounter)
        } catch let error as GeometryError {
            guard let area = encounter.area else { throw error }
            return shapeless("\(error)", area, of: encounter)
        }
    }

    /// Two ways to the same area that are this far apart, in square metres and as a part of it, are not both right. The
    /// engine may move what it joins by more than the rounding of either.
    private static let disagreement = (absolute: 1e-2, relative: 1e-7)

    /// What GEOS found, where its area is that of the cells: these need no overlay, and cannot fail.
    func checked(_ meeting: Meeting?, of encounter: Encounter) -> Meeting? {
        guard let known = encounter.area else { return meeting }
        let found = meeting?.area?.ellipsoidal ?? 0
        let margin = max(Self.disagreement.absolute, Self.disagreement.relative * max(known, found))
        guard abs(found - known) > margin else { return meeting }
        return shapeless("GEOS: \(found) m², cells: \(known) m²", known, of: encounter)
    }

    /// A meeting of which only the area is known, and that on the ellipsoid alone.
    private func shapeless(_ fault: String, _ area: Double, of encounter: Encounter) -> Meeting {
        let isSliver = LayerCoverage.isSliver(
            area, of: encounter.site.area?.ellipsoidal ?? 0, tolerance: encounter.tolerance)
        return Meeting(
            zone: encounter.key.zone, relation: isSliver ? .touches : .overlaps, isWhole: false, fault: fault,
            area: MeasuredArea(chosen: areaMethod == .ellipsoidal ? area : nil, ellipsoidal: area), distance: 0,
            zoneArea: encounter.zone.area)
    }

    private func meeting(of encounter: Encounter, _ pieces: [ZonePiece]) throws -> Meeting? {
        let site = encounter.site
        let window = site.scale.expanded(site.site.ground.envelope, byMeters: encounter.tolerance)
        if !pieces.contains(where: { $0.hasBoundary(in: window) }) {
            // No boundary is near: the site lies wholly inside, across cut lines maybe, or wholly outside.
            if let position = site.site.ground.firstPosition,
                try pieces.contains(where: { try $0.prepared.intersects(position) })
            {
                return wholeMeeting(of: encounter)
            }
            if encounter.nearDistance == nil { return nil }
        }
        let overlay = try SiteOverlay(context: context, site: site.site.ground)
        for piece in pieces { try overlay.add(piece) }
        guard overlay.meets else {
            guard let distance = try distance(of: encounter, overlay, to: pieces) else { return nil }
            let isTouch = distance <= encounter.tolerance
            let touched = isTouch ? Ground(points: touched(encounter, by: pieces, besides: [])) : Ground()
            return Meeting(
                zone: encounter.key.zone, relation: isTouch ? .touches : .near,
                shared: touched.isEmpty ? nil : touched,
                alongBoundary: isTouch ? try runs(of: site.site.ground.lines, encounter, pieces) : [],
                isWhole: false, area: site.area.map { .zero(like: $0) }, length: site.length.map { _ in 0 },
                points: site.site.ground.points.isEmpty ? nil : 0, distance: isTouch ? 0 : distance,
                zoneArea: encounter.zone.area)
        }
        let shared = try overlay.shared(with: encounter.zone, siteArea: site.area?.ellipsoidal, meter)
        return try judged(shared, of: encounter, pieces)
    }

    /// A site that lies wholly inside, off every boundary.
    private func wholeMeeting(of encounter: Encounter) -> Meeting {
        let site = encounter.site
        let points = site.site.ground.points
        return Meeting(
            zone: encounter.key.zone, relation: .overlaps, shared: nil, isWhole: true, area: site.area,
            length: site.length, points: points.isEmpty ? nil : points.count, distance: 0,
            zoneArea: encounter.zone.area)
    }

    /// Where lines run along the boundary of a zone.
    private func runs(
        of lines: [LineString], _ encounter: Encounter, _ pieces: [ZonePiece]
    ) throws -> [LineString] {
        try BoundaryRuns(context: context, scale: encounter.site.scale, tolerance: encounter.tolerance).runs(
            of: lines, along: encounter.zone.zone.ground, near: pieces)
    }

    /// Tells overlaps from touches, by width.
    private func judged(
        _ shared: SharedGround, of encounter: Encounter, _ pieces: [ZonePiece]
    ) throws -> Meeting {
        let (site, zone) = (encounter.site, encounter.zone)
        var ground = shared.isWhole ? site.site.ground : shared.ground
        let siteGround = site.site.ground
        let area = try site.area.map { whole in
            shared.isWhole ? whole : ground.polygons.isEmpty ? .zero(like: whole) : try meter.area(of: ground.polygons)
        }
        let judge = WidthJudge(tolerance: encounter.tolerance, scale: site.scale, meter: meter)
        let runs = try runs(of: siteGround.lines, encounter, pieces)
        if !runs.isEmpty {
            ground.lines = try LineCover(runs, scale: site.scale, in: context).rest(of: ground.lines)
        }
        let goesIn = ground.lines.contains { judge.leavesBoundary($0, of: zone.zone.ground, near: pieces) }
        let pointsInside = judge.inside(ground.points, of: zone.zone.ground, near: pieces)
        let touched = shared.isWhole ? [] : touched(encounter, by: pieces, besides: ground.points)
        let isOverlap =
            judge.isWide(ground.polygons, siteWidth: site.width, zoneWidth: zone.width) || goesIn
            || !pointsInside.isEmpty
        let isWhole = shared.isWhole && runs.isEmpty
        return Meeting(
            zone: encounter.key.zone, relation: isOverlap ? .overlaps : .touches,
            shared: isWhole
                ? nil : Ground(polygons: ground.polygons, lines: ground.lines, points: ground.points + touched),
            alongBoundary: runs, isWhole: isWhole, area: area,
            length: siteGround.lines.isEmpty && zone.zone.ground.lines.isEmpty
                ? nil : meter.length(of: ground.lines),
            points: siteGround.points.isEmpty && zone.zone.ground.points.isEmpty ? nil : pointsInside.count,
            distance: 0, zoneArea: zone.area)
    }

    /// The site's points outside the zone, but within the tolerance of it.
    private func touched(
        _ encounter: Encounter, by pieces: [ZonePiece], besides shared: [Position]
    ) -> [Position] {
        let points = encounter.site.site.ground.points
        guard points.count > shared.count else { return [] }
        let polygons = pieces.flatMap(\.geometry.parts.polygons)
        return points.filter {
            !shared.contains($0)
                && encounter.site.scale.isOnBoundary($0, of: polygons, within: encounter.tolerance)
        }
    }

    /// The geodesic distance in metres; nil where it is beyond what is asked for.
    private func distance(
        of encounter: Encounter, _ overlay: SiteOverlay, to pieces: [ZonePiece]
    ) throws -> Double? {
        let site = encounter.site
        let limit = max(encounter.tolerance, encounter.nearDistance ?? 0)
        let near: [ZonePiece]
        if encounter.nearDistance == nil {
            near = pieces.filter { Proximity(limit, site.scale).holds(site.site.ground, $0.geometry) }
        } else {
            let degrees = site.scale.degrees(coveringMeters: limit)
            near = try pieces.filter { try overlay.isWithin(degrees, of: $0) }
        }
        guard !near.isEmpty else { return nil }
        let distance = try NearestGround(context: context).distance(from: site, to: near, within: limit)
        return distance.flatMap { $0 <= limit ? $0 : nil }
    }
}

/// A zone with what is asked of it for each site.
struct MeasuredZone: Sendable {
    let zone: Zone
    /// The ellipsoidal area in square metres; nil where it has no polygons.
    let area: Double?
    /// The width in metres of its narrowest polygon; nil where it has none or is repaired.
    let width: Double?

    init(_ zone: Zone, area: Double?, width: Double?) {
        self.zone = zone
        self.area = area
        self.width = width
    }

    init(_ zone: Zone, _ meter: Meter) throws {
        self.zone = zone
        let polygons = zone.ground.polygons
        area = polygons.isEmpty ? nil : meter.ellipsoidalArea(of: polygons)
        let scale = LocalScale(around: zone.ground.envelope)
        width = zone.isRepaired ? nil : MeasuredSite.narrowest(polygons, area: area, scale, meter)
    }
}

extension MeasuredArea {
    /// No area, with the same methods as `other`.
    static func zero(like other: MeasuredArea?) -> MeasuredArea {
        MeasuredArea(
            chosen: 0, ellipsoidal: 0, notice32: other?.notice32.map { _ in 0 },
            geodesic: other?.geodesic.map { _ in 0 })
    }
}

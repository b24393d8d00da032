import RedlineCells
import RedlineGeometry

/// What one site has with the zones of a layer, as far as cells and clean crossings tell.
struct SiteOutcome: Sendable {
    /// By zone, ascending.
    var meetings: [Meeting] = []
    /// What GEOS has to settle, by zone, ascending.
    var undecided: [Undecided] = []

    struct Undecided {
        var zone: Int
        /// The shared area in square metres as cells tell it, which needs no overlay; nil where they do not tell all.
        var area: Double?
    }
}

/// Compares one site after the other with a layer; one for each task, because it keeps its working memory.
///
/// Only what needs no judgement is settled here: sites of polygons, of lines or of points that lie wholly inside, wholly
/// apart, or share something between clean crossings; for polygons the area of the result must be what the cells say.
/// Everything else is left to ``ZoneComparison``.
final class SiteComparison {
    let sites: [MeasuredSite]
    let layer: IndexedLayer
    /// In metres.
    let tolerance: Double
    /// The distance in metres within which zones are reported; nil where only meetings count.
    let nearDistance: Double?
    let meter: Meter
    private var query = CellQuery()
    private var overlay = CleanOverlay()
    private var distance = NearestEdges()

    /// How far two ways to the same area may be apart: in square metres, and as a part of it.
    private static let areaMargin = (absolute: 1e-4, relative: 1e-9)

    init(
        sites: [MeasuredSite], layer: IndexedLayer, tolerance: Double, nearDistance: Double?, options: ScreeningOptions
    ) throws {
        self.sites = sites
        self.layer = layer
        self.tolerance = tolerance
        self.nearDistance = nearDistance
        meter = try Meter(options)
        overlay.tolerance = tolerance
    }

    /// What the site at `place` has with each zone.
    ///
    /// - Complexity: O(log *n* + *k*) for *n* cells of the layer and *k* edges near the site; the size of the zones that
    ///   it meets plays no part.
    func outcome(of place: Int) throws -> SiteOutcome {
        let site = sites[place]
        guard site.site.problem == nil else { return SiteOutcome() }
        let reach = max(tolerance, nearDistance ?? 0) * 1.01
        let (reachX, reachY) = (reach / site.scale.metersPerDegreeX, reach / site.scale.metersPerDegreeY)
        let ground = site.site.ground
        overlay.metersPerDegree = (site.scale.metersPerDegreeX, site.scale.metersPerDegreeY)
        switch (ground.polygons.isEmpty, ground.lines.isEmpty, ground.points.isEmpty) {
        case (false, true, true): return try polygonOutcome(site, place, reachX, reachY)
        case (true, false, true): return lineOutcome(site, place, reachX, reachY)
        case (true, true, false): return pointOutcome(site, place, reachX, reachY)
        default:
            let zones = zones(near: [ground.envelope.expanded(dx: reachX, dy: reachY)])
            return SiteOutcome(undecided: zones.map { .init(zone: $0) })
        }
    }

    private func polygonOutcome(
        _ site: MeasuredSite, _ place: Int, _ reachX: Double, _ reachY: Double
    ) throws -> SiteOutcome {
        var outcome = SiteOutcome()
        let polygons = site.site.ground.polygons
        let area = site.area?.ellipsoidal ?? 0
        let cells = SiteCells(polygons, area: area)
        var outline: ZoneOutline?
        for met in query.meetings(of: cells, in: layer.cells, reachX: reachX, reachY: reachY) {
            let zone = layer.entries[met.zone]
            guard zone.isOnlyPolygons else { continue }  // Found by their rectangles.
            if met.isWhole {
                outcome.meetings.append(whole(site, place, met.zone))
                continue
            }
            let siteOutline = outline ?? ZoneOutline(polygons)
            outline = siteOutline
            switch overlay.outcome(of: siteOutline, with: zone.outline) {
            case .apart: append(near(site, place, met.zone, siteOutline), met.zone, met.area, to: &outcome)
            case .whole where isEqual(met.area, area): outcome.meetings.append(whole(site, place, met.zone))
            case .shared(let shared):
                let area = try meter.area(of: shared)
                if isEqual(area.ellipsoidal, met.area) {
                    outcome.meetings.append(self.shared(shared, area, site, place, met.zone))
                } else {
                    outcome.undecided.append(.init(zone: met.zone, area: met.area))
                }
            case .whole, .sharedLines, .unclear: outcome.undecided.append(.init(zone: met.zone, area: met.area))
            }
        }
        return outcome
    }

    private func lineOutcome(_ site: MeasuredSite, _ place: Int, _ reachX: Double, _ reachY: Double) -> SiteOutcome {
        var outcome = SiteOutcome()
        let outline = ZoneOutline(site.site.ground.lines)
        for zone in zones(near: outline.boxes.map { $0.expanded(dx: reachX, dy: reachY) }) {
            switch overlay.outcome(ofLines: outline, with: layer.entries[zone].outline) {
            case .apart: append(near(site, place, zone, outline), zone, nil, to: &outcome)
            case .whole: outcome.meetings.append(whole(site, place, zone))
            case .sharedLines(let lines):
                outcome.meetings.append(
                    Meeting(
                        site: place, zone: zone, relation: .overlaps, shared: Ground(lines: lines), isWhole: false,
                        length: meter.length(of: lines), distance: 0, zoneArea: layer.entries[zone].measured.area))
            case .shared, .unclear: outcome.undecided.append(.init(zone: zone))
            }
        }
        return outcome
    }

    private func pointOutcome(_ site: MeasuredSite, _ place: Int, _ reachX: Double, _ reachY: Double) -> SiteOutcome {
        var outcome = SiteOutcome()
        let points = site.site.ground.points
        zones: for zone in zones(near: points.map { Envelope([$0]).expanded(dx: reachX, dy: reachY) }) {
            var inside: [Position] = []
            for point in points {
                switch overlay.outcome(of: point, with: layer.entries[zone].outline) {
                case .apart: break
                case .whole: inside.append(point)
                case .shared, .sharedLines, .unclear:
                    outcome.undecided.append(.init(zone: zone))
                    continue zones
                }
            }
            if inside.count == points.count {
                outcome.meetings.append(whole(site, place, zone))
            } else if !inside.isEmpty {
                outcome.meetings.append(
                    Meeting(
                        site: place, zone: zone, relation: .overlaps, shared: Ground(points: inside), isWhole: false,
                        points: inside.count, distance: 0, zoneArea: layer.entries[zone].measured.area))
            } else {
                let outline = ZoneOutline(polygons: [], lines: [], points: points)
                append(near(site, place, zone, outline), zone, nil, to: &outcome)
            }
        }
        return outcome
    }

    /// How far a zone is that a site does not meet.
    private enum Nearness {
        case beyond
        case near(Meeting)
        /// Within the tolerance after all.
        case unclear
    }

    private func near(_ site: MeasuredSite, _ place: Int, _ zone: Int, _ outline: ZoneOutline) -> Nearness {
        guard let nearDistance else { return .beyond }
        let entry = layer.entries[zone]
        guard let found = distance.distance(from: outline, to: entry.outline, within: nearDistance) else {
            return .beyond
        }
        guard found > tolerance else { return .unclear }
        let ground = site.site.ground
        return .near(
            Meeting(
                site: place, zone: zone, relation: .near, shared: nil, isWhole: false,
                area: site.area.map { .zero(like: $0) }, length: site.length.map { _ in 0 },
                points: ground.points.isEmpty ? nil : 0, distance: found, zoneArea: entry.measured.area))
    }

    private func append(_ nearness: Nearness, _ zone: Int, _ area: Double?, to outcome: inout SiteOutcome) {
        switch nearness {
        case .beyond: break
        case .near(let meeting): outcome.meetings.append(meeting)
        case .unclear: outcome.undecided.append(.init(zone: zone, area: area))
        }
    }

    /// The zones of polygons alone with a cell in one of the windows, ascending.
    private func zones(near windows: [Envelope]) -> [Int] {
        var zones: Set<Int> = []
        for window in windows {
            layer.cells.index.forEachIndex(intersecting: window) { zones.insert(Int(layer.cells.owners[$0])) }
        }
        return zones.filter { layer.entries[$0].isOnlyPolygons }.sorted()
    }

    private func isEqual(_ a: Double, _ b: Double) -> Bool {
        abs(a - b) <= max(Self.areaMargin.absolute, Self.areaMargin.relative * max(a, b))
    }

    private func whole(_ site: MeasuredSite, _ place: Int, _ zone: Int) -> Meeting {
        let points = site.site.ground.points.count
        return Meeting(
            site: place, zone: zone, relation: .overlaps, shared: nil, isWhole: true, area: site.area,
            length: site.length, points: points == 0 ? nil : points, distance: 0,
            zoneArea: layer.entries[zone].measured.area)
    }

    private func shared(
        _ polygons: [Polygon], _ area: MeasuredArea, _ site: MeasuredSite, _ place: Int, _ zone: Int
    ) -> Meeting {
        let measured = layer.entries[zone].measured
        let judge = WidthJudge(tolerance: tolerance, scale: site.scale, meter: meter)
        let isWide = judge.isWide(polygons, siteWidth: site.width, zoneWidth: measured.width)
        return Meeting(
            site: place, zone: zone, relation: isWide ? .overlaps : .touches, shared: Ground(polygons: polygons),
            isWhole: false, area: area, distance: 0, zoneArea: measured.area)
    }
}

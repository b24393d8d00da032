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

/// Compares one site after the other with layers; one for each task, because it keeps its working memory.
///
/// Only what needs no judgement is settled here: sites of polygons, of lines or of points that lie wholly inside, wholly
/// apart, or share something between clean crossings; for polygons the area of the result must be what the cells say.
/// Everything else is left to ``ZoneComparison``.
final class SiteComparison {
    let meter: Meter
    private var query = CellQuery()
    private var overlay = CleanOverlay()
    private var distance = NearestEdges()

    /// How far two ways to the same area may be apart: in square metres, and as a part of it.
    private static let areaMargin = (absolute: 1e-4, relative: 1e-9)

    init(_ meter: Meter) { self.meter = meter }

    /// What a site has with each zone of a layer.
    ///
    /// - Complexity: O(log *n* + *k*) for *n* cells of the layer and *k* edges near the site; the size of the zones that
    ///   it meets plays no part.
    func outcome(of site: SiteShape, with layer: ReadyLayer) throws -> SiteOutcome {
        let (reachX, reachY) = site.scale.reach(ofMeters: layer.reach)
        let ground = site.ground
        overlay.metersPerDegree = (site.scale.metersPerDegreeX, site.scale.metersPerDegreeY)
        overlay.tolerance = layer.tolerance
        switch (ground.polygons.isEmpty, ground.lines.isEmpty, ground.points.isEmpty) {
        case (false, true, true): return try polygonOutcome(site, layer, reachX, reachY)
        case (true, false, true): return lineOutcome(site, layer, reachX, reachY)
        case (true, true, false): return pointOutcome(site, layer, reachX, reachY)
        default:
            let zones = zones(of: layer, near: [ground.envelope.expanded(dx: reachX, dy: reachY)])
            return SiteOutcome(undecided: zones.map { .init(zone: $0) })
        }
    }

    private func polygonOutcome(
        _ site: SiteShape, _ layer: ReadyLayer, _ reachX: Double, _ reachY: Double
    ) throws -> SiteOutcome {
        var outcome = SiteOutcome()
        let area = site.measured.area?.ellipsoidal ?? 0
        for met in query.meetings(of: site.cells, in: layer.indexed.cells, reachX: reachX, reachY: reachY) {
            let zone = layer.indexed.entries[met.zone]
            guard zone.isOnlyPolygons else { continue }  // Found by their rectangles.
            if met.isWhole {
                outcome.meetings.append(whole(site, layer, met.zone))
                continue
            }
            switch overlay.outcome(of: site.polygonOutline, with: zone.outline) {
            case .apart: append(near(site, layer, met.zone), met.zone, met.area, to: &outcome)
            case .whole where isEqual(met.area, area): outcome.meetings.append(whole(site, layer, met.zone))
            case .shared(let shared):
                let area = try meter.area(of: shared)
                if isEqual(area.ellipsoidal, met.area) {
                    outcome.meetings.append(self.shared(shared, area, site, layer, met.zone))
                } else {
                    outcome.undecided.append(.init(zone: met.zone, area: met.area))
                }
            case .whole, .sharedLines, .unclear: outcome.undecided.append(.init(zone: met.zone, area: met.area))
            }
        }
        return outcome
    }

    private func lineOutcome(
        _ site: SiteShape, _ layer: ReadyLayer, _ reachX: Double, _ reachY: Double
    ) -> SiteOutcome {
        var outcome = SiteOutcome()
        let windows = site.lineOutline.boxes.map { $0.expanded(dx: reachX, dy: reachY) }
        for zone in zones(of: layer, near: windows) {
            let entry = layer.indexed.entries[zone]
            switch overlay.outcome(ofLines: site.lineOutline, with: entry.outline) {
            case .apart: append(near(site, layer, zone), zone, nil, to: &outcome)
            case .whole: outcome.meetings.append(whole(site, layer, zone))
            case .sharedLines(let lines):
                outcome.meetings.append(
                    Meeting(
                        zone: zone, relation: .overlaps, shared: Ground(lines: lines), isWhole: false,
                        length: meter.length(of: lines), distance: 0, zoneArea: entry.measured.area))
            case .shared, .unclear: outcome.undecided.append(.init(zone: zone))
            }
        }
        return outcome
    }

    private func pointOutcome(
        _ site: SiteShape, _ layer: ReadyLayer, _ reachX: Double, _ reachY: Double
    ) -> SiteOutcome {
        var outcome = SiteOutcome()
        let points = site.ground.points
        let windows = points.map { Envelope([$0]).expanded(dx: reachX, dy: reachY) }
        zones: for zone in zones(of: layer, near: windows) {
            let entry = layer.indexed.entries[zone]
            var inside: [Position] = []
            for point in points {
                switch overlay.outcome(of: point, with: entry.outline) {
                case .apart: break
                case .whole: inside.append(point)
                case .shared, .sharedLines, .unclear:
                    outcome.undecided.append(.init(zone: zone))
                    continue zones
                }
            }
            if inside.count == points.count {
                outcome.meetings.append(whole(site, layer, zone))
            } else if !inside.isEmpty {
                outcome.meetings.append(
                    Meeting(
                        zone: zone, relation: .overlaps, shared: Ground(points: inside), isWhole: false,
                        points: inside.count, distance: 0, zoneArea: entry.measured.area))
            } else {
                append(near(site, layer, zone), zone, nil, to: &outcome)
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

    private func near(_ site: SiteShape, _ layer: ReadyLayer, _ zone: Int) -> Nearness {
        guard let nearDistance = layer.nearDistance else { return .beyond }
        let entry = layer.indexed.entries[zone]
        guard let found = distance.distance(from: site.outline, to: entry.outline, within: nearDistance) else {
            return .beyond
        }
        guard found > layer.tolerance else { return .unclear }
        return .near(
            Meeting(
                zone: zone, relation: .near, shared: nil, isWhole: false,
                area: site.measured.area.map { .zero(like: $0) }, length: site.measured.length.map { _ in 0 },
                points: site.ground.points.isEmpty ? nil : 0, distance: found, zoneArea: entry.measured.area))
    }

    private func append(_ nearness: Nearness, _ zone: Int, _ area: Double?, to outcome: inout SiteOutcome) {
        switch nearness {
        case .beyond: break
        case .near(let meeting): outcome.meetings.append(meeting)
        case .unclear: outcome.undecided.append(.init(zone: zone, area: area))
        }
    }

    /// The zones of polygons alone with a cell in one of the windows, ascending.
    private func zones(of layer: ReadyLayer, near windows: [Envelope]) -> [Int] {
        let cells = layer.indexed.cells
        var zones: Set<Int> = []
        for window in windows {
            cells.index.forEachIndex(intersecting: window) { zones.insert(Int(cells.owners[$0])) }
        }
        return zones.filter { layer.indexed.entries[$0].isOnlyPolygons }.sorted()
    }

    private func isEqual(_ a: Double, _ b: Double) -> Bool {
        abs(a - b) <= max(Self.areaMargin.absolute, Self.areaMargin.relative * max(a, b))
    }

    private func whole(_ site: SiteShape, _ layer: ReadyLayer, _ zone: Int) -> Meeting {
        let points = site.ground.points.count
        return Meeting(
            zone: zone, relation: .overlaps, shared: nil, isWhole: true, area: site.measured.area,
            length: site.measured.length, points: points == 0 ? nil : points, distance: 0,
            zoneArea: layer.indexed.entries[zone].measured.area)
    }

    private func shared(
        _ polygons: [Polygon], _ area: MeasuredArea, _ site: SiteShape, _ layer: ReadyLayer, _ zone: Int
    ) -> Meeting {
        let measured = layer.indexed.entries[zone].measured
        let judge = WidthJudge(tolerance: layer.tolerance, scale: site.scale, meter: meter)
        let isWide = judge.isWide(polygons, siteWidth: site.measured.width, zoneWidth: measured.width)
        return Meeting(
            zone: zone, relation: isWide ? .overlaps : .touches, shared: Ground(polygons: polygons), isWhole: false,
            area: area, distance: 0, zoneArea: measured.area)
    }
}

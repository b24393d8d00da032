import RedlineCells
import RedlineGeometry

/// What one site has with the zones of a layer, as far as cells and clean crossings tell.
struct SiteOutcome: Sendable {
    /// By zone, ascending.
    var meetings: [Meeting] = []
    /// The zones that GEOS has to settle, ascending.
    var undecided: [Int] = []
}

/// Compares one site after the other with a layer; one for each task, because it keeps its working memory.
///
/// Only what needs no judgement is settled here: sites of polygons that lie wholly inside, wholly apart, or share ground
/// between clean crossings, where the area of the result is also what the cells say. Everything else is left to
/// ``ZoneComparison``.
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
        guard let area = site.area, ground.lines.isEmpty, ground.points.isEmpty else {
            return SiteOutcome(
                undecided: zones(near: ground.envelope.expanded(dx: reachX, dy: reachY)))
        }
        var outcome = SiteOutcome()
        let cells = SiteCells(ground.polygons, area: area.ellipsoidal)
        var outline: ZoneOutline?
        overlay.metersPerDegree = (site.scale.metersPerDegreeX, site.scale.metersPerDegreeY)
        for met in query.meetings(of: cells, in: layer.cells, reachX: reachX, reachY: reachY) {
            let zone = layer.entries[met.zone]
            guard zone.isOnlyPolygons else { continue }  // Found by their rectangles.
            if met.isWhole {
                outcome.meetings.append(whole(site, place, zone, met.zone))
                continue
            }
            let siteOutline = outline ?? ZoneOutline(ground.polygons)
            outline = siteOutline
            switch overlay.outcome(of: siteOutline, with: zone.outline) {
            case .apart where nearDistance == nil: break
            case .whole where isEqual(met.area, area.ellipsoidal):
                outcome.meetings.append(whole(site, place, zone, met.zone))
            case .shared(let polygons):
                let shared = try meter.area(of: polygons)
                if isEqual(shared.ellipsoidal, met.area) {
                    outcome.meetings.append(self.shared(polygons, shared, site, place, zone, met.zone))
                } else {
                    outcome.undecided.append(met.zone)
                }
            case .apart, .whole, .unclear: outcome.undecided.append(met.zone)
            }
        }
        return outcome
    }

    /// The zones of polygons alone with a cell in `window`, ascending.
    private func zones(near window: Envelope) -> [Int] {
        var zones: Set<Int> = []
        layer.cells.index.forEachIndex(intersecting: window) { zones.insert(Int(layer.cells.owners[$0])) }
        return zones.filter { layer.entries[$0].isOnlyPolygons }.sorted()
    }

    private func isEqual(_ a: Double, _ b: Double) -> Bool {
        abs(a - b) <= max(Self.areaMargin.absolute, Self.areaMargin.relative * max(a, b))
    }

    private func whole(
        _ site: MeasuredSite, _ place: Int, _ zone: IndexedLayer.Entry, _ zonePlace: Int
    ) -> Meeting {
        Meeting(
            site: place, zone: zonePlace, relation: .overlaps, shared: nil, isWhole: true, area: site.area, distance: 0,
            zoneArea: zone.measured.area)
    }

    private func shared(
        _ polygons: [Polygon], _ area: MeasuredArea, _ site: MeasuredSite, _ place: Int, _ zone: IndexedLayer.Entry,
        _ zonePlace: Int
    ) -> Meeting {
        let judge = WidthJudge(tolerance: tolerance, scale: site.scale, meter: meter)
        let isWide = judge.isWide(polygons, siteWidth: site.width, zoneWidth: zone.measured.width)
        return Meeting(
            site: place, zone: zonePlace, relation: isWide ? .overlaps : .touches, shared: Ground(polygons: polygons),
            isWhole: false, area: area, distance: 0, zoneArea: zone.measured.area)
    }
}

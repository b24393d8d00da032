import RedlineCells
import RedlineGeometry

/// The nearest zone in which a site would be stopped that no rule stops where it stands.
public struct NearestProhibition: Sendable {
    /// The place of the layer in ``ScreeningResult/layers``.
    public var layerIndex: Int
    /// The zone.
    public var zone: ZoneReference
    /// The rules that stop the site there, or may do so for all that is known.
    public var rules: [Rule]
    /// In metres, to 10⁻⁵; 0 where they touch.
    public var distance: Double
    /// Whether it is no farther than layer and site may be wrong.
    public var isWithinAccuracy: Bool
}

extension Effect {
    /// Whether it stops a site, at least in principle.
    public var isProhibition: Bool {
        switch self {
        case .forbid, .remove, .forbidOrRestrict, .presumptionAgainst: true
        case .restrict, .condition, .advise, .noLoss, .enforce: false
        }
    }
}

/// Finds the nearest prohibitions of sites that none stops.
struct ProhibitionSearch: Sendable {
    let sites: [MeasuredSite]
    /// The layers screened against, with their places among all.
    let layers: [(index: Int, layer: ComparedLayer)]
    let rules: RuleRun
    let threads: Int

    /// What one task keeps.
    private final class Worker {
        let nearest = NearestZone()
        let rules: RuleWorker

        init(_ run: RuleRun) { rules = RuleWorker(run) }
    }

    /// Adds the nearest prohibition to each site that has none among its findings.
    ///
    /// - Complexity: O(log *n* + *k*) for each site and layer, with *n* cells of the layer and *k* edges as near as the
    ///   nearest.
    /// - Throws: `CancellationError`.
    func adding(to found: [ScreenedSite]) async throws -> [ScreenedSite] {
        let places = found.indices.filter { place in
            found[place].state != .skipped
                && !found[place].findings.contains { $0.verdict.rules.contains(where: \.effect.isProhibition) }
        }
        let nearest = try await concurrentMap(count: places.count, threads: threads) { [rules] in
            Worker(rules)
        } _: { worker, place in
            self.nearest(of: places[place], worker)
        }
        var result = found
        for (place, prohibition) in zip(places, nearest) { result[place].prohibition = prohibition }
        return result
    }

    private func nearest(of place: Int, _ worker: Worker) -> NearestProhibition? {
        let site = sites[place]
        let ground = site.site.ground
        let outline = ZoneOutline(polygons: ground.polygons, lines: ground.lines, points: ground.points)
        var best: NearestProhibition?
        for (index, layer) in layers where worker.rules.mayStop(place, in: layer.loaded.layer.family) {
            let met = Set(layer.meetings[place].lazy.filter { $0.relation == .overlaps }.map(\.zone))
            let found = worker.nearest.nearest(
                from: outline, site.scale, in: layer.indexed, within: best?.distance ?? Clearance.reach
            ) { zone in
                !met.contains(zone) && !stopping(place, layer.zoneFacts[zone], worker.rules).isEmpty
            }
            guard let found, found.distance < best?.distance ?? .infinity else { continue }
            let zone = layer.loaded.zones[found.zone]
            let accuracy = (layer.loaded.layer.accuracy?.meters ?? 0) + site.accuracy
            best = NearestProhibition(
                layerIndex: index, zone: zone.reference,
                rules: stopping(place, layer.zoneFacts[found.zone], worker.rules), distance: found.distance,
                isWithinAccuracy: found.distance <= accuracy)
        }
        return best
    }

    /// The rules that stop the site in a zone, or may do so.
    private func stopping(_ place: Int, _ zone: ZoneFacts, _ rules: RuleWorker) -> [Rule] {
        let verdict = rules.verdict(of: place, zone, ZoneMeetingKind(relation: .overlaps, distance: 0))
        return (verdict.rules + verdict.open.map(\.rule)).filter(\.effect.isProhibition)
    }
}

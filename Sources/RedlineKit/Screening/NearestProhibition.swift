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

/// Finds the nearest prohibition of a site that none stops.
struct ProhibitionSearch {
    /// The layers screened against.
    let layers: [ReadyLayer]
    /// Turned to the site.
    let rules: RuleWorker
    let nearest: NearestZone

    /// The nearest prohibition; nil where none lies within 10 km, or where the site has one among its findings.
    ///
    /// - Complexity: O(log *n* + *k*) for each layer, with *n* cells of the layer and *k* edges as near as the nearest.
    func prohibition(of site: SiteShape, _ findings: [Finding], _ meetings: [[Meeting]]) -> NearestProhibition? {
        guard !findings.contains(where: { $0.verdict.rules.contains(where: \.effect.isProhibition) }) else {
            return nil
        }
        var best: NearestProhibition?
        for layer in layers where rules.mayStop(in: layer.layer.family) {
            let met = Set(meetings[layer.place].lazy.filter { $0.relation == .overlaps }.map(\.zone))
            let found = nearest.nearest(
                from: site.outline, site.scale, in: layer.indexed, within: best?.distance ?? Clearance.reach
            ) { zone in
                !met.contains(zone) && !stopping(layer.zoneFacts[zone]).isEmpty
            }
            guard let found, found.distance < best?.distance ?? .infinity else { continue }
            let accuracy = (layer.layer.accuracy?.meters ?? 0) + site.measured.accuracy
            best = NearestProhibition(
                layerIndex: layer.place, zone: layer.loaded.zones[found.zone].reference,
                rules: stopping(layer.zoneFacts[found.zone]), distance: found.distance,
                isWithinAccuracy: found.distance <= accuracy)
        }
        return best
    }

    /// The rules that stop the site in a zone, or may do so.
    private func stopping(_ zone: ZoneFacts) -> [Rule] {
        let verdict = rules.verdict(zone, ZoneMeetingKind(relation: .overlaps, distance: 0))
        return (verdict.rules + verdict.open.map(\.rule)).filter(\.effect.isProhibition)
    }
}

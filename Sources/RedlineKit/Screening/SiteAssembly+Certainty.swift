import RedlineCells
import RedlineGeometry

/// How sure findings are, given how well sites and zones lie on the ground.
extension SiteAssembly {
    /// Overlaps of which no shift of this many metres is certain to matter: where a layer declares no accuracy, only what
    /// a metre would remove is said to be possible.
    private static let usualAccuracy = 1.0

    /// Adds margin and certainty.
    ///
    /// Margins are measured for layers that declare their accuracy, and for overlaps so narrow that a metre may matter.
    func assure(_ finding: inout Finding, _ layer: ReadyLayer, zone: Int) {
        let accuracy = layer.layer.accuracy.map { $0.meters + site.accuracy }
        switch finding.relation {
        case .overlaps:
            guard accuracy != nil || mayBeNarrow(finding) else { return }
            let entry = layer.indexed.entries[zone]
            let ground = entry.measured.zone.ground
            finding.margin = Margin(
                site: site.site.ground,
                boundary: entry.isOnlyPolygons ? entry.outline : ZoneOutline(ground.polygons), scale: site.scale
            ).meters()
        case .touches: finding.margin = 0
        case .near: finding.margin = nearMargin(finding, layer.layer)
        case .notAssessable, .outside, .anywhere: return
        }
        if finding.verdict.isLoose {
            finding.certainty = .possible
        } else if let accuracy {
            // What could not be measured is not said to be certain.
            finding.certainty = finding.margin.map { $0 > accuracy ? .certain : .possible } ?? .possible
        } else if let margin = finding.margin, margin <= Self.usualAccuracy {
            finding.certainty = .possible
        }
    }

    /// Whether what is shared is so narrow that a metre may remove it: a disc of half the mean width fits in, and no
    /// smaller shift removes that.
    private func mayBeNarrow(_ finding: Finding) -> Bool {
        guard let area = finding.area?.ellipsoidal, area > 0 else { return false }
        // One polygon, as nearly always, has the area that is known.
        if case .polygon(let polygon) = finding.geometry {
            return site.scale.width(of: polygon, area: area) <= 2 * Self.usualAccuracy
        }
        guard let polygons = finding.geometry?.parts.polygons, !polygons.isEmpty else { return false }
        return polygons.allSatisfy {
            site.scale.width(of: $0, area: meter.ellipsoidalArea(of: [$0])) <= 2 * Self.usualAccuracy
        }
    }

    /// The shift that makes a near zone met, or takes it out of reach.
    private func nearMargin(_ finding: Finding, _ layer: CatalogLayer) -> Double? {
        guard let distance = finding.distance else { return nil }
        var (low, high) = (0.0, run.options.distance.map(\.meters) ?? 0)
        guard high < distance, let parameters = rules?.book.parameters else { return min(distance, high - distance) }
        for rule in finding.verdict.rules + finding.verdict.open.map(\.rule) {
            for place in rule.places where place.family == layer.family {
                guard let reach = place.reach(fixed: parameters.distance(of: rule, place)), reach >= distance else {
                    continue
                }
                if reach > high {
                    high = reach
                    if case .ring(let least, _) = place.distance, parameters.distance(of: rule, place) == nil {
                        low = least
                    } else {
                        low = 0
                    }
                }
            }
        }
        return max(0, min(distance - low, high - distance))
    }
}

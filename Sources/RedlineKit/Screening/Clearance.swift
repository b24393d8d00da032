import RedlineCells
import RedlineGeometry

/// Finds how far sites that meet nothing are from the nearest zone, and from the edge of what the layers cover.
struct Clearance: Sendable {
    /// The layers screened against.
    let layers: [ReadyLayer]
    /// The edge of the territory of each; nil where it declares none.
    private let edges: [ZoneOutline?]

    /// How far is looked, in metres: farther away no accuracy matters.
    static let reach = 10_000.0

    /// What is known of a clear site.
    struct Found: Sendable {
        /// In metres; nil where nothing lies within reach.
        var margin: Double?
        var certainty: Certainty?
    }

    /// - Parameters:
    ///   - layers: The layers screened against.
    ///   - all: All layers of the run.
    /// - Complexity: As ``TerritoryEdge`` for each layer that serves as territory.
    init(_ layers: [ReadyLayer], among all: [ReadyLayer]) {
        self.layers = layers
        var known: [Int: ZoneOutline] = [:]
        edges = layers.map { layer in
            switch layer.extent {
            case nil: return nil
            case .box(let box): return ZoneOutline([Polygon(box)])
            case .layer(let place):
                let edge = known[place] ?? TerritoryEdge(all[place].indexed).outline
                known[place] = edge
                return edge
            }
        }
    }

    /// The clearance of a site.
    ///
    /// - Complexity: O(log *n* + *k*), with *n* cells of the layers and *k* edges as near as the nearest.
    func found(for site: SiteShape, _ nearest: NearestZone) -> Found {
        var found = Found(margin: nil, certainty: .certain)
        for (layer, edge) in zip(layers, edges) {
            let toZone = nearest.distance(from: site.outline, site.scale, in: layer.indexed, within: Self.reach)
            let toEdge = edge.flatMap {
                nearest.distance(from: site.outline, to: $0, within: toZone ?? Self.reach)
            }
            let least = toEdge ?? toZone
            if let least { found.margin = min(least, found.margin ?? .infinity) }
            found.certainty = Self.certainty(
                found.certainty, layer.layer.accuracy.map { $0.meters + site.measured.accuracy }, least)
        }
        return found
    }

    /// Possible where one layer may reach the site, else not known where one declares no accuracy.
    private static func certainty(_ before: Certainty?, _ accuracy: Double?, _ distance: Double?) -> Certainty? {
        guard before != .possible, let accuracy else { return before == .possible ? .possible : nil }
        if let distance, distance <= accuracy { return .possible }
        return before
    }
}

extension MeasuredSite {
    /// How well the site lies on the ground, in metres: the worst that its rows say, 0 where they are silent.
    var accuracy: Double { site.attributes["accuracy"]?.compactMap { Length(parsing: $0)?.meters }.max() ?? 0 }
}

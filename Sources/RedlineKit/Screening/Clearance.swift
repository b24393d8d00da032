import RedlineCells
import RedlineGeometry

/// Finds how far sites that meet nothing are from the nearest zone, and from the edge of what the layers cover.
struct Clearance {
    let catalog: Catalog
    let options: ScreeningOptions
    /// The layers screened against.
    let layers: [ComparedLayer]
    /// All layers that were read, by id.
    let compared: [String: ComparedLayer]

    /// How far is looked, in metres: farther away no accuracy matters.
    static let reach = 10_000.0

    /// What is known of a clear site.
    struct Found: Sendable {
        /// In metres; nil where nothing lies within reach.
        var margin: Double?
        var certainty: Certainty?
    }

    /// The clearances of sites, in their order.
    ///
    /// - Complexity: O(log *n* + *k*) for each site, with *n* cells of the layers and *k* edges as near as the nearest.
    /// - Throws: `CancellationError`.
    func found(for sites: [MeasuredSite]) async throws -> [Found] {
        guard !sites.isEmpty else { return [] }
        let edges = edges()
        return try await concurrentMap(count: sites.count, threads: options.threads) {
            NearestZone()
        } _: { nearest, place in
            found(for: sites[place], nearest, edges)
        }
    }

    private func found(for site: MeasuredSite, _ nearest: NearestZone, _ edges: [ZoneOutline?]) -> Found {
        var found = Found(margin: nil, certainty: .certain)
        let ground = site.site.ground
        let outline = ZoneOutline(polygons: ground.polygons, lines: ground.lines, points: ground.points)
        for (layer, edge) in zip(layers, edges) {
            let toZone = nearest.distance(from: outline, site.scale, in: layer.indexed, within: Self.reach)
            let toEdge = edge.flatMap { nearest.distance(from: outline, to: $0, within: toZone ?? Self.reach) }
            let least = toEdge ?? toZone
            if let least { found.margin = min(least, found.margin ?? .infinity) }
            found.certainty = Self.certainty(
                found.certainty, layer.loaded.layer.accuracy.map { $0.meters + site.accuracy }, least)
        }
        return found
    }

    /// Possible where one layer may reach the site, else not known where one declares no accuracy.
    private static func certainty(_ before: Certainty?, _ accuracy: Double?, _ distance: Double?) -> Certainty? {
        guard before != .possible, let accuracy else { return before == .possible ? .possible : nil }
        if let distance, distance <= accuracy { return .possible }
        return before
    }

    /// The edge of the territory of each layer; nil where it declares none.
    private func edges() -> [ZoneOutline?] {
        var known: [String: ZoneOutline] = [:]
        return layers.map { layer in
            switch layer.loaded.layer.extent ?? catalog.extent {
            case nil: return nil
            case .box(let box): return ZoneOutline([Polygon(box)])
            case .layer(let id):
                if let edge = known[id] { return edge }
                guard let territory = compared[id]?.indexed else { return nil }
                let edge = TerritoryEdge(territory).outline
                known[id] = edge
                return edge
            }
        }
    }
}

extension MeasuredSite {
    /// How well the site lies on the ground, in metres: the worst that its rows say, 0 where they are silent.
    var accuracy: Double { site.attributes["accuracy"]?.compactMap { Length(parsing: $0)?.meters }.max() ?? 0 }
}

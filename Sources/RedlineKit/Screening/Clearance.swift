import GeometryEngine
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
    /// - Throws: `GeometryError` where GEOS fails; `CancellationError`.
    func found(for sites: [MeasuredSite]) async throws -> [Found] {
        var found = sites.map { _ in Found(margin: nil, certainty: .certain) }
        guard !sites.isEmpty else { return found }
        let comparison = LayerComparison(
            sites: sites, index: PackedRTree(sites.map(\.site.ground.envelope)), options: options)
        for layer in layers {
            let meetings = try await comparison.compared(
                with: layer.loaded, nearDistance: Self.reach, book: nil
            ).meetings
            let edge = try self.edge(of: layer.loaded.layer)
            for (place, site) in sites.enumerated() {
                let nearest = meetings[place].map(\.distance).min()
                let distances = [nearest, edge.flatMap { Self.distance(of: site, to: $0) }].compactMap(\.self)
                let least = distances.min().flatMap { $0 <= Self.reach ? $0 : nil }
                if let least { found[place].margin = min(least, found[place].margin ?? .infinity) }
                found[place].certainty = Self.certainty(
                    found[place].certainty, layer.loaded.layer.accuracy.map { $0.meters + site.accuracy }, least)
            }
        }
        return found
    }

    /// Possible where one layer may reach the site, else not known where one declares no accuracy.
    private static func certainty(_ before: Certainty?, _ accuracy: Double?, _ distance: Double?) -> Certainty? {
        guard before != .possible, let accuracy else { return before == .possible ? .possible : nil }
        if let distance, distance <= accuracy { return .possible }
        return before
    }

    /// The boundary of the territory of a layer; nil where it declares none.
    private func edge(of layer: CatalogLayer) throws -> ZoneBoundary? {
        switch layer.extent ?? catalog.extent {
        case nil: return nil
        case .box(let box): return ZoneBoundary([Polygon(box)])
        case .layer(let id):
            guard let polygons = compared[id]?.loaded.zones.flatMap(\.ground.polygons), !polygons.isEmpty else {
                return nil
            }
            return ZoneBoundary(try GeometryContext().unaryUnion(polygons).value().parts.polygons)
        }
    }

    /// The distance in metres from a site to a boundary that it does not cross, from places along its edges.
    private static func distance(of site: MeasuredSite, to boundary: ZoneBoundary) -> Double? {
        let ground = site.site.ground
        var places = ground.points
        for run in ground.polygons.map(\.exteriorRing) + ground.lines.map(\.positions) {
            for index in run.indices.dropFirst() {
                let (a, b) = (run[index - 1], run[index])
                for part in 0..<16 {
                    let t = Double(part) / 16
                    places.append(Position(x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t))
                }
            }
            if let last = run.last { places.append(last) }
        }
        return places.compactMap { boundary.nearest(to: $0, site.scale)?.distance }.min()
    }
}

extension MeasuredSite {
    /// How well the site lies on the ground, in metres: the worst that its rows say, 0 where they are silent.
    var accuracy: Double { site.attributes["accuracy"]?.compactMap { Length(parsing: $0)?.meters }.max() ?? 0 }
}

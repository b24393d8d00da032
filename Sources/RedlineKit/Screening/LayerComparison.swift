import RedlineCells
import RedlineGeometry

/// Compares all sites with one layer, on several tasks.
struct LayerComparison {
    let sites: [MeasuredSite]
    /// Over the rectangles of the sites; skipped ones are empty.
    let index: PackedRTree
    let options: ScreeningOptions

    /// The meetings of each site with the zones of `layer`, in the order of the zones.
    ///
    /// - Parameters:
    ///   - layer: The layer, with its zones.
    ///   - nearDistance: In metres; nil where only meetings count.
    /// - Returns: The meetings, by site.
    /// - Throws: `GeometryError` where GEOS fails; `CancellationError`.
    func meetings(with layer: LoadedLayer, nearDistance: Double?) async throws -> [[Meeting]] {
        let tolerance = Self.tolerance(of: layer.layer, options)
        let reach = reach(inDegrees: max(tolerance, nearDistance ?? 0))
        let zones = layer.zones
        // The largest zones first, so that none is left to one task at the end.
        let order = zones.indices.sorted {
            (zones[$1].ground.positionCount, $0) < (zones[$0].ground.positionCount, $1)
        }
        let found = try await concurrentMap(count: zones.count, threads: options.threads, chunk: 1) {
            [sites, index, options] in
            try ZoneComparison(
                sites: sites, index: index, tolerance: tolerance, nearDistance: nearDistance, reach: reach,
                options: options)
        } _: { comparison, place in
            let zone = order[place]
            do {
                return try comparison.meetings(of: zones[zone], at: zone)
            } catch {
                throw RedlineError("\(error)", layer: layer.layer.id, feature: zones[zone].code ?? zones[zone].id)
            }
        }
        var meetings = Array(repeating: [Meeting](), count: sites.count)
        var byZone = Array(repeating: 0, count: zones.count)
        for (place, zone) in order.enumerated() { byZone[zone] = place }
        for place in byZone {
            for meeting in found[place] { meetings[meeting.site].append(meeting) }
        }
        return meetings
    }

    /// The width in metres below which a meeting is a touch: the run's, else the layer's, else 1 mm.
    static func tolerance(of layer: CatalogLayer, _ options: ScreeningOptions) -> Double {
        (options.tolerance ?? layer.tolerance)?.meters ?? 0.001
    }

    /// Degrees that hold `meters` wherever a site lies.
    private func reach(inDegrees meters: Double) -> Double {
        sites.lazy.filter { $0.site.problem == nil }
            .map { $0.scale.degrees(coveringMeters: meters) }.max() ?? 0
    }
}

extension Ground {
    /// The number of positions of all parts.
    var positionCount: Int {
        polygons.reduce(0) { $0 + $1.positionCount } + lines.reduce(0) { $0 + $1.positions.count } + points.count
    }
}

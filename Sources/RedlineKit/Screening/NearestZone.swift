import RedlineCells
import RedlineGeometry

/// Finds how far the nearest zone of a layer is from a site that meets none, to 10⁻⁵; one for each task, because it keeps its
/// working memory.
final class NearestZone {
    private var between = NearestEdges()
    /// For each zone the question in which it was last looked at.
    private var seen: [Int] = []
    private var question = 0

    init() { between.isExact = false }

    /// How far the nearest zone is.
    ///
    /// - Parameters:
    ///   - site: The site's edges; the site meets no zone of the layer.
    ///   - scale: The site's own.
    ///   - layer: The zones.
    ///   - limit: In metres.
    /// - Returns: The distance in metres; nil where none lies within `limit`.
    func distance(
        from site: ZoneOutline, _ scale: LocalScale, in layer: IndexedLayer, within limit: Double
    ) -> Double? {
        nearest(from: site, scale, in: layer, within: limit) { _ in true }?.distance
    }

    /// The nearest of the zones that are wanted, and how far it is.
    ///
    /// - Parameters:
    ///   - site: The site's edges; the site meets none of the zones that are wanted.
    ///   - scale: The site's own.
    ///   - layer: The zones.
    ///   - limit: In metres.
    ///   - isWanted: Whether a zone counts; asked of those alone that are nearer than what was found before.
    /// - Returns: The place of the zone, of two at one distance the first that was found, and the distance in metres; nil
    ///   where none lies within `limit`.
    func nearest(
        from site: ZoneOutline, _ scale: LocalScale, in layer: IndexedLayer, within limit: Double,
        where isWanted: (Int) -> Bool
    ) -> (zone: Int, distance: Double)? {
        question += 1
        if seen.count < layer.entries.count {
            seen += Array(repeating: 0, count: layer.entries.count - seen.count)
        }
        var best: (zone: Int, distance: Double)?
        let reach = scale.reach(ofMeters: limit)
        let metersPerDegree = (x: limit / reach.x, y: limit / reach.y)
        layer.cells.index.forEachIndex(nearestTo: site.envelope, metersPerDegree, within: limit) { cell in
            add(Int(layer.cells.owners[cell]), site, layer, limit, isWanted, &best)
            return best?.distance ?? limit
        }
        layer.othersIndex.forEachIndex(
            nearestTo: site.envelope, metersPerDegree, within: best?.distance ?? limit
        ) { place in
            add(layer.others[place], site, layer, limit, isWanted, &best)
            return best?.distance ?? limit
        }
        return best
    }

    /// The distance in metres to an outline that the site does not meet; nil beyond `limit`.
    func distance(from site: ZoneOutline, to outline: ZoneOutline, within limit: Double) -> Double? {
        between.distance(from: site, to: outline, within: limit)
    }

    private func add(
        _ zone: Int, _ site: ZoneOutline, _ layer: IndexedLayer, _ limit: Double, _ isWanted: (Int) -> Bool,
        _ best: inout (zone: Int, distance: Double)?
    ) {
        guard seen[zone] != question else { return }
        seen[zone] = question
        let outline = layer.entries[zone].outline
        if let found = between.distance(from: site, to: outline, within: best?.distance ?? limit),
            found < best?.distance ?? .infinity, isWanted(zone)
        {
            best = (zone, found)
        }
    }
}

import GeometryEngine
import RedlineCells
import RedlineGeometry

/// What one task needs to put findings together, and may not share.
final class AssemblyWorker {
    let context: GeometryContext
    let meter: Meter
    /// Nil where the catalog names no rule packs.
    let rules: RuleWorker?
    private var query = CellQuery()

    init(_ context: GeometryContext, _ meter: Meter, rules: RuleWorker?) {
        (self.context, self.meter, self.rules) = (context, meter, rules)
    }

    /// How often the zones of a layer cover the polygons of a site; nil where cells do not tell all of it.
    func coverage(of site: SiteShape, by layer: ReadyLayer) -> LayerCoverage? {
        let ground = site.ground
        guard site.measured.area != nil, ground.lines.isEmpty, ground.points.isEmpty, layer.indexed.isOnlyPolygons
        else { return nil }
        return query.coverage(of: layer.indexed.cells, inRegion: 0, of: CellLayer([site.cells.cells]))
    }

    /// The zone that holds most of some polygons, where it holds clearly more than any other.
    func clearlyLargest(of layer: ReadyLayer, in polygons: [Polygon]) -> Int? {
        let whole = meter.ellipsoidalArea(of: polygons)
        guard whole > Self.clearDifference else { return nil }
        let met = query.meetings(of: SiteCells(polygons, area: whole), in: layer.indexed.cells)
        guard let best = met.max(by: { $0.area < $1.area }) else { return nil }
        let second = met.lazy.filter { $0.zone != best.zone }.map(\.area).max() ?? 0
        return best.area - second > max(Self.clearDifference, 1e-6 * best.area) ? best.zone : nil
    }

    /// In square metres: far above what rounding leaves, far below what anyone would dispute.
    private static let clearDifference = 1e-3
}

extension LayerCoverage {
    /// Whether `area` square metres of a site are too little for any piece as wide as `tolerance` metres: the width of a
    /// piece, 2 · area / perimeter, is greatest for a disk, whose width is its radius.
    static func isSliver(_ area: Double, of whole: Double, tolerance: Double) -> Bool {
        let smallest = 3 * tolerance * tolerance
        // Where rounding of the whole is as large, the area says nothing.
        return 1e-13 * whole < smallest && area < smallest
    }
}

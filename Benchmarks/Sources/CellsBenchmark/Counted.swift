import RedlineCells
import RedlineGeometry
import RedlineMeasure

/// The inner loops, each once and each in a function of its own, so that `callgrind` can count its instructions: a number
/// that other work on the machine does not change.
enum Counted {
    private static let zoneCount = 16
    private static let vertices = 4_000
    private static let siteCount = 2_000

    /// Runs every loop over one seeded workload and prints how many units each went through.
    static func run() {
        var generator = SplitMix(state: 20_261_121)
        let zones = zones(count: zoneCount, vertices: vertices, &generator)
        let sites = sites(count: siteCount, vertices: 12, &generator)
        let region = blob(x: 97, y: 37, radius: 2, vertices: 4_000, &generator)
        let areas = countedAreas(sites)
        let cut = countedCut(zones)
        let layer = countedIndex(cut)
        let prepared = countedPrepare(sites, areas)
        let pairs = countedAsk(prepared, layer)
        let overlays = countedOverlays(sites, zones)
        let tiles = countedTiles(layer)
        let union = countedCover(tiles, CellLayer([CellBuilder().cells(of: [region])]))
        precondition(pairs > 0 && overlays > 0 && union > 0, "The workload meets nothing.")
        for (name, unit, count) in [
            ("countedAreas", "site", siteCount), ("countedCut", "edge", zoneCount * vertices),
            ("countedIndex", "cell", layer.count), ("countedPrepare", "site", siteCount),
            ("countedAsk", "site", siteCount), ("countedOverlays", "pair", overlays),
            ("countedTiles", "cell", layer.count), ("countedCover", "region", 1),
        ] {
            print(name, unit, count)
        }
    }

    @inline(never)
    private static func countedAreas(_ sites: [Polygon]) -> [Double] {
        let measure = EllipsoidalArea()
        return sites.map { measure.area(of: $0).squareMeters }
    }

    @inline(never)
    private static func countedCut(_ zones: [Polygon]) -> [ZoneCells] { zones.map { CellBuilder().cells(of: [$0]) } }

    @inline(never)
    private static func countedIndex(_ zones: [ZoneCells]) -> CellLayer { CellLayer(zones) }

    @inline(never)
    private static func countedPrepare(_ sites: [Polygon], _ areas: [Double]) -> [SiteCells] {
        zip(sites, areas).map { SiteCells([$0], area: $1) }
    }

    @inline(never)
    private static func countedAsk(_ sites: [SiteCells], _ layer: CellLayer) -> Int {
        var query = CellQuery()
        return sites.reduce(0) { $0 + query.meetings(of: $1, in: layer).count }
    }

    /// Clean crossings of all sites with the zones whose rectangles they meet.
    @inline(never)
    private static func countedOverlays(_ sites: [Polygon], _ zones: [Polygon]) -> Int {
        let outlines = zones.map { ZoneOutline([$0]) }
        var overlay = CleanOverlay()
        overlay.metersPerDegree = (90_000, 111_000)
        var count = 0
        for site in sites {
            let outline = ZoneOutline([site])
            for zone in outlines where zone.envelope.intersects(outline.envelope) {
                if case .unclear = overlay.outcome(of: outline, with: zone) { continue }
                count += 1
            }
        }
        return count
    }

    @inline(never)
    private static func countedTiles(_ layer: CellLayer) -> CellTiles { CellTiles(layer) }

    @inline(never)
    private static func countedCover(_ tiles: CellTiles, _ region: CellLayer) -> Double {
        var query = CellQuery()
        return query.coverage(of: IndexedTiles(tiles), inCells: 0..<region.count, of: region, tracing: false).union
    }
}

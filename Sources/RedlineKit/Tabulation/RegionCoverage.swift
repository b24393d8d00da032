import RedlineCells
import RedlineGeometry

/// Measures how zones cover regions, on several tasks and the same on any number of them.
struct RegionCoverage: Sendable {
    /// The cells of the regions, by place.
    let regions: CellLayer
    /// How many tasks work at once.
    let threads: Int

    /// How many cells of a region are one piece of work; sums are made by pieces, so it is part of the result.
    private static let chunk = 64

    /// How the zones cover each region.
    ///
    /// - Parameters:
    ///   - zones: The cells of the zones.
    ///   - tracing: Whether it is told which zones have ground there.
    /// - Returns: The coverage by region.
    /// - Throws: `CancellationError`.
    func byRegion(_ zones: CellLayer, tracing: Bool) async throws -> [LayerCoverage] {
        var pieces: [(region: Int, cells: Range<Int>)] = []
        for region in 0..<regions.zoneCount {
            let cells = regions.cells(ofZone: region)
            for start in stride(from: cells.lowerBound, to: cells.upperBound, by: Self.chunk) {
                pieces.append((region, start..<min(start + Self.chunk, cells.upperBound)))
            }
        }
        let work = pieces
        let found = try await concurrentMap(count: work.count, threads: threads, chunk: 1) {
            QueryBox()
        } _: { [regions] box, place in
            box.query.coverage(of: zones, inCells: work[place].cells, of: regions, tracing: tracing)
        }
        var coverages = Array(repeating: LayerCoverage(), count: regions.zoneCount)
        var traces = Array(repeating: [ZoneTrace](), count: regions.zoneCount)
        for (piece, coverage) in zip(work, found) {
            traces[piece.region] += coverage.zones
            var areas = coverage
            areas.zones = []
            coverages[piece.region].add(areas)
        }
        // Put together once, for a large region has many pieces with the same zones.
        for region in traces.indices { coverages[region].zones = ZoneTrace.gathered(traces[region]) }
        return coverages
    }

    /// How the zones cover the ground of all regions together, measured from the whole and not from the regions' rows.
    ///
    /// - Parameter zones: The cells of the zones.
    /// - Returns: The areas; ground in several regions counts once.
    /// - Throws: `CancellationError`.
    func together(_ zones: CellLayer) async throws -> TerritoryCoverage {
        var box = Envelope.empty
        for rectangle in zones.rectangles { box.formUnion(rectangle) }
        for rectangle in regions.rectangles { box.formUnion(rectangle) }
        guard !box.isEmpty else { return TerritoryCoverage() }
        let windows = Self.windows(over: box, cells: zones.count + regions.count)
        let found = try await concurrentMap(count: windows.count, threads: threads, chunk: 1) {
            QueryBox()
        } _: { [regions] box, place in
            box.query.territory(of: zones, and: regions, in: windows[place])
        }
        return found.reduce(into: TerritoryCoverage()) { $0.add($1) }
    }

    /// A grid of rectangles, finer for more cells.
    static func windows(over box: Envelope, cells: Int) -> [Envelope] {
        let count = min(max(1, Int((Double(cells) / 512).squareRoot().rounded(.up))), 512)
        func line(_ low: Double, _ high: Double, _ place: Int) -> Double {
            place == count ? high : low + (high - low) * (Double(place) / Double(count))
        }
        var windows: [Envelope] = []
        for row in 0..<count {
            for column in 0..<count {
                let window = Envelope(
                    minX: line(box.minX, box.maxX, column), minY: line(box.minY, box.maxY, row),
                    maxX: line(box.minX, box.maxX, column + 1), maxY: line(box.minY, box.maxY, row + 1))
                if window.width > 0, window.height > 0 { windows.append(window) }
            }
        }
        return windows
    }
}

/// A query that belongs to one task.
final class QueryBox {
    var query = CellQuery()
}

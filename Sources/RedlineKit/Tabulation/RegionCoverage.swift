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
    /// How many cells or tiles are one piece of work, where each is looked at by itself.
    private static let tileChunk = 1024

    /// How the zones cover each region.
    ///
    /// - Parameters:
    ///   - zones: The tiles of the zones.
    ///   - tracing: Whether it is told which zones have ground there.
    /// - Returns: The coverage by region.
    /// - Throws: `CancellationError`.
    func byRegion(_ zones: CellTiles, tracing: Bool) async throws -> [LayerCoverage] {
        let work = Self.pieces(of: regions)
        let indexed = IndexedTiles(zones)
        let found = try await concurrentMap(count: work.count, threads: threads, chunk: 1) {
            QueryBox()
        } _: { [regions] box, place in
            box.query.coverage(of: indexed, inCells: work[place].cells, of: regions, tracing: tracing)
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

    /// How the zones cover the ground of all regions together, measured from the whole and not from the regions' rows
    /// (decision record 6).
    ///
    /// - Parameter zones: The tiles of the zones.
    /// - Returns: The areas; ground in several regions counts once.
    /// - Throws: `CancellationError`.
    func together(_ zones: CellTiles) async throws -> TerritoryCoverage { try await territory(zones, regions) }

    /// The ground of the regions themselves, by how many of them it lies in.
    ///
    /// - Parameter known: The tiles of the regions, where they were kept.
    /// - Returns: The areas.
    /// - Throws: `CancellationError`.
    func ground(_ known: CellTiles? = nil) async throws -> TerritoryCoverage {
        if let known { return try await territory(known, nil) }
        return try await territory(try await tiles(of: regions), nil)
    }

    private func territory(_ zones: CellTiles, _ regions: CellLayer?) async throws -> TerritoryCoverage {
        let pieces = Self.pieces(of: 0..<zones.count, by: Self.tileChunk)
        let found = try await concurrentMap(count: pieces.count, threads: threads, chunk: 1) {
            QueryBox()
        } _: { box, place in
            box.query.territory(of: zones, in: pieces[place], and: regions)
        }
        return found.reduce(into: TerritoryCoverage()) { $0.add($1) }
    }

    /// What a layer keeps of its ground, or what is measured now.
    ///
    /// - Throws: ``RedlineError`` where what is kept is damaged; `CancellationError`.
    func tiles(of layer: TableLayer) async throws -> CellTiles {
        if let known = try layer.knownTiles { return known }
        return try await tiles(of: layer.cells)
    }

    /// Measures a layer once for all that is asked of it.
    ///
    /// - Throws: `CancellationError`.
    func tiles(of layer: CellLayer) async throws -> CellTiles {
        let pieces = Self.pieces(of: 0..<layer.count, by: Self.tileChunk)
        let lone = try await concurrentMap(count: pieces.count, threads: threads, chunk: 1) {
            QueryBox()
        } _: { box, place in
            box.query.loneTiles(of: pieces[place], in: layer)
        }
        var isLone = Array(repeating: false, count: layer.count)
        for block in lone { block.mark(in: &isLone) }
        var box = Envelope.empty
        var count = 0
        for cell in 0..<layer.count where !isLone[cell] {
            box.formUnion(layer.rectangles[cell])
            count += 1
        }
        let (windows, flags) = (box.isEmpty ? [] : Self.windows(over: box, cells: count), isLone)
        let others = try await concurrentMap(count: windows.count, threads: threads, chunk: 1) {
            QueryBox()
        } _: { box, place in
            box.query.tiles(of: layer, in: windows[place], besides: flags)
        }
        return CellTiles(layer, lone + others)
    }

    /// Some cells of one region each, all of them in order.
    static func pieces(of regions: CellLayer) -> [(region: Int, cells: Range<Int>)] {
        (0..<regions.zoneCount).flatMap { region in
            pieces(of: regions.cells(ofZone: region), by: chunk).map { (region, $0) }
        }
    }

    private static func pieces(of cells: Range<Int>, by size: Int) -> [Range<Int>] {
        stride(from: cells.lowerBound, to: cells.upperBound, by: size).map {
            $0..<min($0 + size, cells.upperBound)
        }
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

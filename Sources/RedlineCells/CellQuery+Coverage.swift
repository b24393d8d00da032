import RedlineGeometry

extension CellQuery {
    /// How often the zones of a layer cover a region.
    ///
    /// - Parameters:
    ///   - layer: The zones.
    ///   - region: The place of the region in its layer.
    ///   - regions: The layer of the region.
    /// - Returns: Areas that add up: regions that share no ground have together what their union has, to rounding.
    /// - Complexity: O(*m* log *n*) for a region of *m* cells, and a slab walk wherever a cell of the region and one of
    ///   the layer meet that are not both full.
    package mutating func coverage(
        of layer: CellLayer, inRegion region: Int, of regions: CellLayer
    ) -> LayerCoverage {
        coverage(of: layer, inCells: regions.cells(ofZone: region), of: regions)
    }

    /// How often the zones of a layer cover some of the cells of one region, so that a large one can be shared out.
    ///
    /// - Parameters:
    ///   - layer: The zones.
    ///   - cells: Cells of one region.
    ///   - regions: The layer of the region.
    /// - Returns: What these cells contribute.
    package mutating func coverage(
        of layer: CellLayer, inCells cells: Range<Int>, of regions: CellLayer
    ) -> LayerCoverage {
        var coverage = LayerCoverage()
        for cell in cells {
            let region = RegionCell(regions, cell)
            let window = regions.rectangles[cell]
            coverage.region += area(of: region, regions, window)
            findCells(of: layer, in: window)
            cut(window, 0..<stack.count, { layer.rectangles[Int($0)] }) { query, leaf, cells in
                query.measure(leaf, cells, region, regions, layer, &coverage)
            }
        }
        return coverage
    }

    /// How often the zones of a layer cover some of the cells of one region, from tiles: where the region's cell holds
    /// the whole of one, it is only added up.
    ///
    /// - Parameters:
    ///   - zones: The tiles of the zones.
    ///   - cells: Cells of one region.
    ///   - regions: The layer of the region.
    ///   - tracing: Whether it is told which zones have ground there.
    /// - Returns: What these cells contribute.
    /// - Complexity: O(log *n*) for each cell of the region, and a slab walk for each tile on its border.
    package mutating func coverage(
        of zones: IndexedTiles, inCells cells: Range<Int>, of regions: CellLayer, tracing: Bool
    ) -> LayerCoverage {
        let tiles = zones.tiles
        var coverage = LayerCoverage()
        if tracing { tracer.begin(zoneCount: tiles.layer.zoneCount) }
        defer { tracer.isOn = false }
        for cell in cells {
            let region = RegionCell(regions, cell)
            let window = regions.rectangles[cell]
            coverage.region += area(of: region, regions, window)
            found.removeAll(keepingCapacity: true)
            zones.index.appendIndices(intersecting: window, to: &found)
            found.sort()
            for place in found.indices { add(Int(found[place]), of: tiles, window, region, regions, &coverage) }
        }
        if tracing { coverage.zones = tracer.traces.sorted { $0.zone < $1.zone } }
        return coverage
    }

    /// Adds what a tile has in a cell of a region, whose rectangle is `window`.
    private mutating func add(
        _ tile: Int, of tiles: CellTiles, _ window: Envelope, _ region: RegionCell, _ regions: CellLayer,
        _ coverage: inout LayerCoverage
    ) {
        let rectangle = tiles.rectangles[tile]
        guard rectangle.overlaps(window) else { return }
        let range = tiles.range(tile)
        let isHeld = region.edges.isEmpty && window.contains(rectangle)
        if isHeld {
            for (place, area) in tiles.areas[range].enumerated() { coverage.add(area, times: place + 1) }
            guard tracer.isOn else { return }
        }
        stack.removeAll(keepingCapacity: true)
        for place in range { stack.append(tiles.cells[place]) }
        let cells = 0..<stack.count
        if isHeld {
            trace(cells, rectangle, region, regions, tiles.layer)
        } else {
            measure(rectangle.shared(with: window), cells, region, regions, tiles.layer, &coverage)
        }
    }

    /// A cell of the region, and how to read its edges.
    struct RegionCell {
        var edges: Range<Int>
        var origin: Position
        var rule: FillRule

        init(_ regions: CellLayer, _ cell: Int) {
            edges = regions.edgeRange(cell)
            origin = regions.origins[Int(regions.owners[cell])]
            rule = regions.rules[Int(regions.owners[cell])]
        }
    }

    /// Measures a window that each of the cells covers.
    private mutating func measure(
        _ window: Envelope, _ cells: Range<Int>, _ region: RegionCell, _ regions: CellLayer, _ layer: CellLayer,
        _ coverage: inout LayerCoverage
    ) {
        walker.begin(window)
        var regionRule: FillRule?
        switch add(region, regions) {
        case .empty: return
        case .full: break
        case .partial: regionRule = region.rule
        }
        depths.begin(region: regionRule)
        var base = 0
        var sets: Int32 = 0
        for place in cells {
            let cell = Int(stack[place])
            switch add(cell, of: layer, set: sets + 1) {
            case .empty: break
            case .full: base += 1
            case .partial:
                sets += 1
                depths.addSet(layer.rules[Int(layer.owners[cell])])
            }
        }
        if sets == 0, regionRule == nil {
            coverage.add(walker.windowArea(), times: base)
        } else if sets > 0 || base > 0 {
            walker.walk(&depths)
            for depth in 0...Int(sets) { coverage.add(depths.areas[depth], times: base + depth) }
        }
        if tracer.isOn { trace(cells, window, region, regions, layer) }
    }

    /// Takes in the edges of a cell that covers the window.
    mutating func add(_ cell: Int, of layer: CellLayer, set: Int32) -> SlabWalker.Content {
        guard !layer.isFull(cell) else { return .full }
        let zone = Int(layer.owners[cell])
        return walker.add(
            layer.edges.span.extracting(layer.edgeRange(cell)), origin: layer.origins[zone], set: set,
            rule: layer.rules[zone])
    }

    mutating func add(_ region: RegionCell, _ regions: CellLayer) -> SlabWalker.Content {
        guard !region.edges.isEmpty else { return .full }
        return walker.add(
            regions.edges.span.extracting(region.edges), origin: region.origin, set: 0, rule: region.rule)
    }

    /// The area of a cell of the region inside a window.
    mutating func area(of region: RegionCell, _ regions: CellLayer, _ window: Envelope) -> Double {
        walker.begin(window)
        switch add(region, regions) {
        case .empty: return 0
        case .full: return walker.windowArea()
        case .partial:
            var tally = SharedTally(region.rule, nil)
            walker.walk(&tally)
            return tally.area
        }
    }
}

/// Looks for the side of a rectangle nearest to the middle of a window, to cut it there.
struct WindowCut {
    private let window: Envelope
    private var bestDistance = 1.0
    private var line = 0.0
    private var isVertical = false

    init(_ window: Envelope) { self.window = window }

    mutating func consider(_ rectangle: Envelope) {
        consider(rectangle.minX, window.minX, window.maxX, isVertical: true)
        consider(rectangle.maxX, window.minX, window.maxX, isVertical: true)
        consider(rectangle.minY, window.minY, window.maxY, isVertical: false)
        consider(rectangle.maxY, window.minY, window.maxY, isVertical: false)
    }

    private mutating func consider(_ value: Double, _ low: Double, _ high: Double, isVertical: Bool) {
        guard value > low, value < high else { return }
        let distance = abs((value - low) / (high - low) - 0.5)
        guard distance < bestDistance else { return }
        bestDistance = distance
        line = value
        self.isVertical = isVertical
    }

    /// The two parts; nil where no side lies in the window.
    var halves: (Envelope, Envelope)? {
        guard bestDistance < 1 else { return nil }
        var halves = (window, window)
        if isVertical {
            (halves.0.maxX, halves.1.minX) = (line, line)
        } else {
            (halves.0.maxY, halves.1.minY) = (line, line)
        }
        return halves
    }
}

extension Envelope {
    /// Whether the two share ground, not only a side.
    @inline(__always)
    func overlaps(_ other: Envelope) -> Bool {
        minX < other.maxX && other.minX < maxX && minY < other.maxY && other.minY < maxY
    }

    /// The ground that both have.
    func shared(with other: Envelope) -> Envelope {
        Envelope(
            minX: max(minX, other.minX), minY: max(minY, other.minY), maxX: min(maxX, other.maxX),
            maxY: min(maxY, other.maxY))
    }
}

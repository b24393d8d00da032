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
    ///   - tracing: Whether it is told which zones have ground there.
    /// - Returns: What these cells contribute.
    package mutating func coverage(
        of layer: CellLayer, inCells cells: Range<Int>, of regions: CellLayer, tracing: Bool = false
    ) -> LayerCoverage {
        var coverage = LayerCoverage()
        if tracing { tracer.begin(zoneCount: layer.zoneCount) }
        defer { tracer.isOn = false }
        for cell in cells {
            let region = RegionCell(
                edges: regions.edgeRange(cell), origin: regions.origins[Int(regions.owners[cell])],
                rule: regions.rules[Int(regions.owners[cell])])
            let window = regions.rectangles[cell]
            coverage.region += area(of: region, regions, window)
            found.removeAll(keepingCapacity: true)
            layer.index.appendIndices(intersecting: window, to: &found)
            // The tree's order is none of the caller's business.
            found.sort()
            stack.removeAll(keepingCapacity: true)
            stack += found
            fullZones.removeAll(keepingCapacity: true)
            cover(window, 0..<stack.count, region, regions, layer, &coverage)
        }
        if tracing { coverage.zones = tracer.traces.sorted { $0.zone < $1.zone } }
        return coverage
    }

    /// A cell of the region, and how to read its edges.
    struct RegionCell {
        var edges: Range<Int>
        var origin: Position
        var rule: FillRule
    }

    /// Cuts the window along the sides of cells until each that is left covers the whole of it, and measures there.
    ///
    /// The cells that may meet the window lie on the stack at `parent`; in each of `fullZones` the whole window lies
    /// besides.
    private mutating func cover(
        _ window: Envelope, _ parent: Range<Int>, _ region: RegionCell, _ regions: CellLayer, _ layer: CellLayer,
        _ coverage: inout LayerCoverage
    ) {
        let start = stack.count
        let base = fullZones.count
        defer {
            stack.removeLast(stack.count - start)
            fullZones.removeLast(fullZones.count - base)
        }
        var cut = WindowCut(window)
        for place in parent {
            let cell = Int(stack[place])
            let rectangle = layer.rectangles[cell]
            guard rectangle.overlaps(window) else { continue }
            if rectangle.contains(window) {
                if layer.isFull(cell) { fullZones.append(layer.owners[cell]) } else { stack.append(Int32(cell)) }
            } else {
                stack.append(Int32(cell))
                cut.consider(rectangle)
            }
        }
        let cells = start..<stack.count
        guard !cells.isEmpty else {
            guard !fullZones.isEmpty else { return }
            coverage.add(area(of: region, regions, window), times: fullZones.count)
            if tracer.isOn { traceFullZones(window, region, regions) }
            return
        }
        if let halves = cut.halves {
            cover(halves.0, cells, region, regions, layer, &coverage)
            cover(halves.1, cells, region, regions, layer, &coverage)
            return
        }
        measure(window, cells, region, regions, layer, &coverage)
        guard tracer.isOn else { return }
        traceFullZones(window, region, regions)
        trace(cells, window, region, regions, layer)
    }

    /// Walks a window that each of the cells covers.
    private mutating func measure(
        _ window: Envelope, _ cells: Range<Int>, _ region: RegionCell, _ regions: CellLayer, _ layer: CellLayer,
        _ coverage: inout LayerCoverage
    ) {
        var base = fullZones.count
        walker.begin(window)
        var regionRule: FillRule?
        switch add(region, regions) {
        case .empty: return
        case .full: break
        case .partial: regionRule = region.rule
        }
        depths.begin(region: regionRule)
        var sets: Int32 = 0
        for place in cells {
            let cell = Int(stack[place])
            let zone = Int(layer.owners[cell])
            switch add(cell, of: layer, set: sets + 1) {
            case .empty: break
            case .full: base += 1
            case .partial:
                sets += 1
                depths.addSet(layer.rules[zone])
            }
        }
        if sets == 0, regionRule == nil { return coverage.add(walker.windowArea(), times: base) }
        walker.walk(&depths)
        for depth in 0...Int(sets) { coverage.add(depths.areas[depth], times: base + depth) }
    }

    /// Takes in the edges of a cell.
    mutating func add(_ cell: Int, of layer: CellLayer, set: Int32) -> SlabWalker.Content {
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
}

package import RedlineGeometry

extension CellQuery {
    /// The region that holds all of a rectangle.
    ///
    /// - Parameters:
    ///   - rectangle: In degrees.
    ///   - regions: The regions.
    /// - Returns: The place of the only region with ground in the rectangle, if all of it is; −1 where no region has any
    ///   there; nil where a border runs through it, or regions overlap.
    /// - Complexity: O(log *n*), and the few edges of each cell that meets the rectangle.
    package mutating func holder(of rectangle: Envelope, in regions: CellLayer) -> Int? {
        found.removeAll(keepingCapacity: true)
        regions.index.appendIndices(intersecting: rectangle, to: &found)
        var holder = -1
        var covered = 0.0
        for cell in found {
            let cell = Int(cell)
            guard regions.rectangles[cell].overlaps(rectangle) else { continue }
            let window = regions.rectangles[cell].shared(with: rectangle)
            walker.begin(window)
            switch add(RegionCell(regions, cell), regions) {
            case .empty: continue
            case .partial: return nil
            case .full: break
            }
            let owner = Int(regions.owners[cell])
            guard holder < 0 || holder == owner else { return nil }
            holder = owner
            covered += window.width * window.height
        }
        guard holder >= 0 else { return -1 }
        // Cells share their sides to the last bit, so that only the sum is rounded; a gap is a cell, and far wider.
        return covered >= rectangle.width * rectangle.height * (1 - 1e-12) ? holder : nil
    }

    /// What regions have in some windows beyond what their patches have, each by itself: ground in several patches counts
    /// for the one of lowest rank, so that the others have less.
    ///
    /// - Parameters:
    ///   - windows: Rectangles that share no ground, in degrees.
    ///   - layer: All patches that reach into any of them.
    ///   - ranks: What each patch stands for, by its place in the layer.
    ///   - groups: The number of groups.
    ///   - regions: The regions.
    /// - Returns: The regions that the windows meet, ascending, with the differences in area, mostly below zero.
    /// - Complexity: O(log *n*) for each window, and slab walks through the patches in it.
    package mutating func corrections(
        in windows: [Envelope], of layer: CellLayer, ranks: [PatchRank], groups: Int, regions: CellLayer
    ) -> [(region: Int, coverage: PatchCoverage)] {
        var coverages: [Int: PatchCoverage] = [:]
        for window in windows {
            for cell in regions.index.indices(intersecting: window) where regions.rectangles[cell].overlaps(window) {
                let region = Int(regions.owners[cell])
                let patches = Patches(layer: layer, ranks: ranks, regions: regions, region: RegionCell(regions, cell))
                let part = regions.rectangles[cell].shared(with: window)
                var coverage = coverages.removeValue(forKey: region) ?? PatchCoverage(groups: groups)
                findCells(of: layer, in: part)
                cut(part, 0..<stack.count, { layer.rectangles[Int($0)] }) { query, leaf, cells in
                    query.measure(leaf, cells, patches, &coverage)
                }
                coverages[region] = coverage
            }
        }
        return coverages.keys.sorted().compactMap { region in coverages[region].map { (region, $0) } }
    }

    private struct Patches {
        let layer: CellLayer
        let ranks: [PatchRank]
        let regions: CellLayer
        let region: RegionCell
    }

    /// The patches that cover all of a window.
    private struct Base {
        var depth = 0
        /// The one of lowest rank, by its place.
        var winner = -1

        mutating func add(_ zone: Int, _ ranks: [PatchRank]) {
            depth += 1
            if winner < 0 || ranks[zone].rank < ranks[winner].rank { winner = zone }
        }
    }

    /// Walks a window that each of the cells covers, the patches in the order of their ranks.
    private mutating func measure(
        _ window: Envelope, _ cells: Range<Int>, _ patches: Patches, _ coverage: inout PatchCoverage
    ) {
        guard cells.count > 1 else { return }
        let layer = patches.layer
        walker.begin(window)
        var regionRule: FillRule?
        switch add(patches.region, patches.regions) {
        case .empty: return
        case .full: break
        case .partial: regionRule = patches.region.rule
        }
        winners.begin(region: regionRule)
        rank(cells, patches)
        var base = Base()
        var edgeSets: [Int] = []
        var present: [Int] = []
        for (_, cell) in ranked {
            let zone = Int(layer.owners[cell])
            switch add(cell, of: layer, set: Int32(edgeSets.count + 1)) {
            case .empty: continue
            case .full: base.add(zone, patches.ranks)
            case .partial: edgeSets.append(zone)
            }
            present.append(cell)
        }
        guard present.count > 1 else { return }
        tally(edgeSets, base, regionRule, patches, &coverage)
        for cell in present {
            let area = area(of: cell, patches, regionRule, window)
            coverage.add(-area, patches.ranks[Int(layer.owners[cell])])
        }
    }

    /// Puts cells into the order of the ranks of their patches.
    private mutating func rank(_ cells: Range<Int>, _ patches: Patches) {
        ranked.removeAll(keepingCapacity: true)
        for place in cells {
            let cell = Int(stack[place])
            ranked.append((patches.ranks[Int(patches.layer.owners[cell])].rank, cell))
        }
        // Insertion sort: a handful, and often in order.
        for index in ranked.indices.dropFirst() {
            let item = ranked[index]
            var place = index
            while place > 0, ranked[place - 1].rank > item.rank {
                ranked[place] = ranked[place - 1]
                place -= 1
            }
            ranked[place] = item
        }
    }

    private mutating func tally(
        _ edgeSets: [Int], _ base: Base, _ regionRule: FillRule?, _ patches: Patches, _ coverage: inout PatchCoverage
    ) {
        if edgeSets.isEmpty, regionRule == nil {
            guard base.depth > 0 else { return }
            let area = walker.windowArea()
            coverage.add(area, patches.ranks[base.winner])
            coverage.doubleCounted += area * Double(base.depth - 1)
            return
        }
        for zone in edgeSets { winners.addSet(patches.layer.rules[zone]) }
        if base.depth > 0 {
            let rank = patches.ranks[base.winner].rank
            let before = edgeSets.prefix { patches.ranks[$0].rank < rank }.count
            winners.addFull(others: base.depth - 1, before: before)
        }
        walker.walk(&winners)
        for (place, zone) in edgeSets.enumerated() { coverage.add(winners.areas[place + 1], patches.ranks[zone]) }
        if base.depth > 0 { coverage.add(winners.baseArea, patches.ranks[base.winner]) }
        coverage.doubleCounted += winners.doubleCounted
    }

    /// What a cell of a patch has of the region in a window, whatever other patches have.
    private mutating func area(
        of cell: Int, _ patches: Patches, _ regionRule: FillRule?, _ window: Envelope
    ) -> Double {
        walker.begin(window)
        if regionRule != nil { _ = add(patches.region, patches.regions) }
        switch add(cell, of: patches.layer, set: 1) {
        case .empty: return 0
        case .full:
            guard let regionRule else { return walker.windowArea() }
            var tally = SharedTally(regionRule, nil)
            walker.walk(&tally)
            return tally.area
        case .partial:
            var tally = SharedTally(regionRule, patches.layer.rules[Int(patches.layer.owners[cell])])
            walker.walk(&tally)
            return tally.area
        }
    }
}

import RedlineGeometry

extension CellQuery {
    /// For which patches the ground of some cells of a region counts.
    ///
    /// - Parameters:
    ///   - layer: The patches.
    ///   - ranks: What each patch stands for, by its place in the layer.
    ///   - groups: The number of groups.
    ///   - cells: Cells of the region.
    ///   - regions: The layer of the region.
    /// - Returns: Areas that add up over the cells of a region, and over regions that share no ground.
    /// - Complexity: As ``coverage(of:inCells:of:)``.
    package mutating func patchCoverage(
        of layer: CellLayer, ranks: [PatchRank], groups: Int, inCells cells: Range<Int>, of regions: CellLayer
    ) -> PatchCoverage {
        var coverage = PatchCoverage(groups: groups)
        for cell in cells {
            let region = RegionCell(regions, cell)
            let window = regions.rectangles[cell]
            coverage.region += area(of: region, regions, window)
            findCells(of: layer, in: window)
            let patches = Patches(layer: layer, ranks: ranks, regions: regions, region: region)
            cut(window, 0..<stack.count, { layer.rectangles[Int($0)] }) { query, leaf, cells in
                query.measure(leaf, cells, patches, &coverage)
            }
        }
        return coverage
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
        let layer = patches.layer
        walker.begin(window)
        var regionRule: FillRule?
        switch add(patches.region, patches.regions) {
        case .empty: return
        case .full: break
        case .partial: regionRule = patches.region.rule
        }
        winners.begin(region: regionRule)
        ranked.removeAll(keepingCapacity: true)
        for place in cells {
            let cell = Int(stack[place])
            ranked.append((patches.ranks[Int(layer.owners[cell])].rank, cell))
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
        var base = Base()
        var edgeSets: [Int] = []
        for (_, cell) in ranked {
            let zone = Int(layer.owners[cell])
            switch add(cell, of: layer, set: Int32(edgeSets.count + 1)) {
            case .empty: break
            case .full: base.add(zone, patches.ranks)
            case .partial: edgeSets.append(zone)
            }
        }
        tally(edgeSets, base, regionRule, patches, &coverage)
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
}

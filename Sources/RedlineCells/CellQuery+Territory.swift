import RedlineGeometry

extension CellQuery {
    /// How the zones of a layer cover the ground of all regions together, and what of them lies in no region.
    ///
    /// Regions may overlap: ground counts once. The sums of ``coverage(of:inCells:of:tracing:)`` play no part, so that
    /// the one can be held against the other; both take the area of a tile that no region's border crosses from it.
    ///
    /// - Parameters:
    ///   - tiles: The zones.
    ///   - range: The tiles to look at; what several ranges have adds up.
    ///   - regions: The regions; nil for all ground.
    /// - Returns: The areas.
    /// - Complexity: O(log *n*) for each tile and *n* cells of regions, and slab walks for tiles on borders.
    package mutating func territory(
        of tiles: CellTiles, in range: Range<Int>, and regions: CellLayer?
    ) -> TerritoryCoverage {
        var coverage = TerritoryCoverage()
        for tile in range {
            let rectangle = tiles.rectangles[tile]
            let places = tiles.range(tile)
            found.removeAll(keepingCapacity: true)
            regions?.index.appendIndices(intersecting: rectangle, to: &found)
            guard let regions, !found.isEmpty, !isHeld(rectangle, by: regions) else {
                let count = regions == nil || !found.isEmpty ? 1 : 0
                for place in places {
                    coverage.add(tiles.areas[place], zones: place - places.lowerBound + 1, regions: count)
                }
                continue
            }
            found.sort()
            stack.removeAll(keepingCapacity: true)
            for place in places { stack.append(tiles.cells[place]) }
            // Below zero: cells of regions.
            for cell in found { stack.append(-1 - cell) }
            let layers = TerritoryLayers(zones: tiles.layer, regions: regions)
            cut(rectangle, 0..<stack.count, { layers.rectangle($0) }) { query, leaf, cells in
                query.measure(leaf, cells, layers, &coverage)
            }
        }
        return coverage
    }

    /// Whether the only cell found is full and holds a rectangle.
    private func isHeld(_ rectangle: Envelope, by regions: CellLayer) -> Bool {
        guard found.count == 1, let cell = found.first.map(Int.init) else { return false }
        return regions.isFull(cell) && regions.rectangles[cell].contains(rectangle)
    }

    /// Measures a window that each of the cells covers.
    private mutating func measure(
        _ window: Envelope, _ cells: Range<Int>, _ layers: TerritoryLayers, _ coverage: inout TerritoryCoverage
    ) {
        var (zones, regions) = (0, 0)
        walker.begin(window)
        var sets: [(rule: FillRule, isRegion: Bool)] = []
        for place in cells {
            let code = stack[place]
            let set = Int32(sets.count)
            let content =
                code < 0
                ? add(Int(-1 - code), of: layers.regions, set: set) : add(Int(code), of: layers.zones, set: set)
            switch content {
            case .empty: break
            case .full: if code < 0 { regions += 1 } else { zones += 1 }
            case .partial: sets.append((layers.rule(code), code < 0))
            }
        }
        guard zones > 0 || sets.contains(where: { !$0.isRegion }) else { return }
        guard !sets.isEmpty else { return coverage.add(walker.windowArea(), zones: zones, regions: regions) }
        territory.begin(regions: regions)
        for set in sets { territory.addSet(set.rule, isRegion: set.isRegion) }
        walker.walk(&territory)
        for (place, area) in territory.areas.enumerated() {
            coverage.add(area, zones: zones + place / 2, regions: place % 2)
        }
    }
}

/// The two layers of a question; codes below zero are cells of regions.
struct TerritoryLayers {
    let zones: CellLayer
    let regions: CellLayer

    @inline(__always)
    func rectangle(_ code: Int32) -> Envelope {
        code < 0 ? regions.rectangles[Int(-1 - code)] : zones.rectangles[Int(code)]
    }

    @inline(__always)
    func rule(_ code: Int32) -> FillRule {
        code < 0
            ? regions.rules[Int(regions.owners[Int(-1 - code)])] : zones.rules[Int(zones.owners[Int(code)])]
    }
}

package import RedlineGeometry

extension CellQuery {
    /// How the zones of a layer cover the ground of all regions together, and what of them lies in no region.
    ///
    /// Regions may overlap: ground counts once. Neither the cells nor the sums of ``coverage(of:inRegion:of:)`` play a
    /// part, so that the one can be held against the other.
    ///
    /// - Parameters:
    ///   - layer: The zones.
    ///   - regions: The regions.
    ///   - window: Only ground in this rectangle counts; those of windows that share none add up.
    /// - Returns: The areas.
    /// - Complexity: As for covering a region, with the cells of both layers.
    package mutating func territory(
        of layer: CellLayer, and regions: CellLayer, in window: Envelope
    ) -> TerritoryCoverage {
        var coverage = TerritoryCoverage()
        stack.removeAll(keepingCapacity: true)
        found.removeAll(keepingCapacity: true)
        layer.index.appendIndices(intersecting: window, to: &found)
        found.sort()
        stack += found
        found.removeAll(keepingCapacity: true)
        regions.index.appendIndices(intersecting: window, to: &found)
        found.sort()
        // Below zero: cells of regions.
        for cell in found { stack.append(-1 - cell) }
        cover(window, 0..<stack.count, zones: 0, regions: 0, TerritoryLayers(zones: layer, regions: regions), &coverage)
        return coverage
    }

    private mutating func cover(
        _ window: Envelope, _ parent: Range<Int>, zones: Int, regions: Int, _ layers: TerritoryLayers,
        _ coverage: inout TerritoryCoverage
    ) {
        let start = stack.count
        defer { stack.removeLast(stack.count - start) }
        var zones = zones
        var regions = regions
        var cut = WindowCut(window)
        for place in parent {
            let code = stack[place]
            let rectangle = layers.rectangle(code)
            guard rectangle.overlaps(window) else { continue }
            if rectangle.contains(window) {
                guard layers.isFull(code) else {
                    stack.append(code)
                    continue
                }
                if code < 0 { regions += 1 } else { zones += 1 }
            } else {
                stack.append(code)
                cut.consider(rectangle)
            }
        }
        let cells = start..<stack.count
        guard !cells.isEmpty else {
            guard zones > 0 || regions > 0 else { return }
            walker.begin(window)
            return coverage.add(walker.windowArea(), zones: zones, regions: regions)
        }
        if let halves = cut.halves {
            cover(halves.0, cells, zones: zones, regions: regions, layers, &coverage)
            cover(halves.1, cells, zones: zones, regions: regions, layers, &coverage)
            return
        }
        measure(window, cells, zones: zones, regions: regions, layers, &coverage)
    }

    private mutating func measure(
        _ window: Envelope, _ cells: Range<Int>, zones: Int, regions: Int, _ layers: TerritoryLayers,
        _ coverage: inout TerritoryCoverage
    ) {
        var zones = zones
        var regions = regions
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
        guard !sets.isEmpty else { return coverage.add(walker.windowArea(), zones: zones, regions: regions) }
        territory.begin(regions: regions)
        for set in sets { territory.addSet(set.rule, isRegion: set.isRegion) }
        walker.walk(&territory)
        for (place, area) in territory.areas.enumerated() {
            coverage.add(area, zones: zones + place / 3, regions: place % 3)
        }
    }
}

/// The two layers of a question; codes below zero are cells of regions.
private struct TerritoryLayers {
    let zones: CellLayer
    let regions: CellLayer

    @inline(__always)
    func rectangle(_ code: Int32) -> Envelope {
        code < 0 ? regions.rectangles[Int(-1 - code)] : zones.rectangles[Int(code)]
    }

    @inline(__always)
    func isFull(_ code: Int32) -> Bool { code < 0 ? regions.isFull(Int(-1 - code)) : zones.isFull(Int(code)) }

    @inline(__always)
    func rule(_ code: Int32) -> FillRule {
        code < 0
            ? regions.rules[Int(regions.owners[Int(-1 - code)])] : zones.rules[Int(zones.owners[Int(code)])]
    }
}

package import RedlineGeometry

extension CellQuery {
    /// What two editions of a layer have in some cells of one region.
    ///
    /// Edges that both editions share enclose nothing, so that ground whose borders were not touched is not lost and
    /// gained by rounding.
    ///
    /// - Parameters:
    ///   - old: The zones of the old edition.
    ///   - new: The zones of the new edition.
    ///   - cells: Cells of one region.
    ///   - regions: The layer of the region.
    /// - Returns: The areas; those of cells that share no ground add up.
    /// - Complexity: As for covering a region, with the cells of both editions.
    package mutating func change(
        from old: CellLayer, to new: CellLayer, inCells cells: Range<Int>, of regions: CellLayer
    ) -> EditionChange {
        let layers = ChangeLayers(old: old, new: new, regions: regions)
        var change = ChangeSums()
        for cell in cells {
            let window = regions.rectangles[cell]
            stack.removeAll(keepingCapacity: true)
            push(old, as: .old, in: window)
            push(new, as: .new, in: window)
            guard !stack.isEmpty else { continue }
            stack.append(ChangeLayers.code(cell, .region))
            cover(window, 0..<stack.count, [], layers, &change)
        }
        return change.inside
    }

    /// What two editions of a layer have in the ground of all regions together, and in no region.
    ///
    /// Regions may overlap: ground counts once.
    ///
    /// - Parameters:
    ///   - old: The zones of the old edition.
    ///   - new: The zones of the new edition.
    ///   - regions: The regions.
    ///   - window: Only ground in this rectangle counts; those of windows that share none add up.
    /// - Returns: The areas inside and outside of regions.
    /// - Complexity: As for covering a region, with the cells of all three layers.
    package mutating func change(
        from old: CellLayer, to new: CellLayer, among regions: CellLayer, in window: Envelope
    ) -> (inside: EditionChange, outside: EditionChange) {
        let layers = ChangeLayers(old: old, new: new, regions: regions)
        var change = ChangeSums()
        stack.removeAll(keepingCapacity: true)
        push(old, as: .old, in: window)
        push(new, as: .new, in: window)
        guard !stack.isEmpty else { return (change.inside, change.outside) }
        push(regions, as: .region, in: window)
        cover(window, 0..<stack.count, [], layers, &change)
        return (change.inside, change.outside)
    }

    private mutating func push(_ layer: CellLayer, as presence: Presence, in window: Envelope) {
        found.removeAll(keepingCapacity: true)
        layer.index.appendIndices(intersecting: window, to: &found)
        // The tree's order is none of the caller's business.
        found.sort()
        for cell in found { stack.append(ChangeLayers.code(Int(cell), presence)) }
    }

    /// Cuts the window along the sides of cells until each that is left covers the whole of it, and measures there.
    ///
    /// The cells that may meet the window lie on the stack at `parent`; the whole window lies in the layers of `full`.
    private mutating func cover(
        _ window: Envelope, _ parent: Range<Int>, _ full: Presence, _ layers: ChangeLayers, _ sums: inout ChangeSums
    ) {
        let start = stack.count
        defer { stack.removeLast(stack.count - start) }
        var full = full
        var near: Presence = full
        for place in parent {
            let code = stack[place]
            guard layers.rectangle(code).contains(window), layers.isFull(code) else { continue }
            full.formUnion(ChangeLayers.presence(code))
        }
        var cut = WindowCut(window)
        for place in parent {
            let code = stack[place]
            let presence = ChangeLayers.presence(code)
            // Where the whole window lies in a layer, its other cells add nothing.
            guard !full.contains(presence) else { continue }
            let rectangle = layers.rectangle(code)
            guard rectangle.overlaps(window) else { continue }
            stack.append(code)
            near.formUnion(presence)
            if !rectangle.contains(window) { cut.consider(rectangle) }
        }
        guard !near.union(full).isDisjoint(with: [.old, .new]) else { return }
        let cells = start..<stack.count
        guard !cells.isEmpty else {
            walker.begin(window)
            return sums.add(walker.windowArea(), full)
        }
        if let halves = cut.halves {
            cover(halves.0, cells, full, layers, &sums)
            cover(halves.1, cells, full, layers, &sums)
            return
        }
        measure(window, cells, full, layers, &sums)
    }

    /// Walks a window that each of the cells covers.
    private mutating func measure(
        _ window: Envelope, _ cells: Range<Int>, _ full: Presence, _ layers: ChangeLayers, _ sums: inout ChangeSums
    ) {
        walker.begin(window)
        var full = full
        var sets: [(rule: FillRule, presence: Presence)] = []
        for place in cells {
            let code = stack[place]
            let (cell, layer) = (ChangeLayers.cell(code), layers.layer(code))
            switch add(cell, of: layer, set: Int32(sets.count)) {
            case .empty: break
            case .full: full.formUnion(ChangeLayers.presence(code))
            case .partial: sets.append((layer.rules[Int(layer.owners[cell])], ChangeLayers.presence(code)))
            }
        }
        guard !sets.isEmpty else { return sums.add(walker.windowArea(), full) }
        presences.begin(full: full)
        for set in sets { presences.addSet(set.rule, of: set.presence) }
        walker.walk(&presences)
        for (place, area) in presences.areas.enumerated() { sums.add(area, Presence(rawValue: UInt8(place))) }
    }
}

/// Sums inside and outside of regions.
private struct ChangeSums {
    var inside = EditionChange()
    var outside = EditionChange()

    mutating func add(_ area: Double, _ presence: Presence) {
        if presence.contains(.region) { inside.add(area, presence) } else { outside.add(area, presence) }
    }
}

/// The three layers of a question; a code tells the layer and the cell.
private struct ChangeLayers {
    let old: CellLayer
    let new: CellLayer
    let regions: CellLayer

    static func code(_ cell: Int, _ presence: Presence) -> Int32 {
        Int32(cell << 2 | presence.rawValue.trailingZeroBitCount)
    }

    @inline(__always)
    static func cell(_ code: Int32) -> Int { Int(code >> 2) }

    @inline(__always)
    static func presence(_ code: Int32) -> Presence { Presence(rawValue: 1 << UInt8(code & 3)) }

    @inline(__always)
    func layer(_ code: Int32) -> CellLayer {
        switch code & 3 {
        case 0: old
        case 1: new
        default: regions
        }
    }

    @inline(__always)
    func rectangle(_ code: Int32) -> Envelope {
        switch code & 3 {
        case 0: old.rectangles[Self.cell(code)]
        case 1: new.rectangles[Self.cell(code)]
        default: regions.rectangles[Self.cell(code)]
        }
    }

    @inline(__always)
    func isFull(_ code: Int32) -> Bool {
        switch code & 3 {
        case 0: old.isFull(Self.cell(code))
        case 1: new.isFull(Self.cell(code))
        default: regions.isFull(Self.cell(code))
        }
    }
}

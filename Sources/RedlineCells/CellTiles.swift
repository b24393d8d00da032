package import RedlineGeometry

/// The ground of a layer in rectangles that share none, each covered wholly by the cells of it that have ground there.
///
/// Where zones do not overlap nearly every cell is a tile by itself; where they do, windows are cut along the sides of
/// cells. What lies in a tile is measured once, and then only added up wherever a region holds the whole tile.
package struct CellTiles: Sendable {
    /// The zones.
    package let layer: CellLayer
    /// The rectangle of each tile, in degrees.
    package let rectangles: [Envelope]
    /// Where the cells of each tile begin in `cells`, and, last, where they end.
    let starts: [Int32]
    /// The cells of all tiles, by place in `layer`.
    let cells: [Int32]
    /// The area of each tile that lies in exactly one zone, in exactly two, and so on: as many as it has cells.
    let areas: [Double]

    /// Puts tiles together; those of different blocks share no ground.
    package init(_ layer: CellLayer, _ blocks: [TileBlock]) {
        var (rectangles, starts, cells, areas): ([Envelope], [Int32], [Int32], [Double]) = ([], [0], [], [])
        let count = blocks.reduce(0) { $0 + $1.rectangles.count }
        let places = blocks.reduce(0) { $0 + $1.cells.count }
        rectangles.reserveCapacity(count)
        starts.reserveCapacity(count + 1)
        cells.reserveCapacity(places)
        areas.reserveCapacity(places)
        for block in blocks {
            let start = Int32(cells.count)
            rectangles += block.rectangles
            for end in block.ends { starts.append(start + end) }
            cells += block.cells
            areas += block.areas
        }
        (self.layer, self.rectangles, self.starts, self.cells, self.areas) = (layer, rectangles, starts, cells, areas)
    }

    /// Measures a layer on one task.
    package init(_ layer: CellLayer) {
        var query = CellQuery()
        let lone = query.loneTiles(of: 0..<layer.count, in: layer)
        var box = Envelope.empty
        for rectangle in layer.rectangles { box.formUnion(rectangle) }
        var isLone = Array(repeating: false, count: layer.count)
        lone.mark(in: &isLone)
        self.init(layer, [lone, query.tiles(of: layer, in: box, besides: isLone)])
    }

    /// All tiles without their layer.
    package var block: TileBlock {
        var block = TileBlock()
        (block.rectangles, block.ends, block.cells, block.areas) = (rectangles, Array(starts.dropFirst()), cells, areas)
        return block
    }

    /// The number of tiles.
    package var count: Int { rectangles.count }

    /// Where the cells and areas of a tile lie.
    @inline(__always)
    func range(_ tile: Int) -> Range<Int> { Int(starts[tile])..<Int(starts[tile + 1]) }
}

/// Tiles that can be asked what lies where; what adds up all of them needs no index.
package struct IndexedTiles: Sendable {
    /// The tiles.
    package let tiles: CellTiles
    /// Over their rectangles.
    let index: PackedRTree

    /// Indexes tiles.
    ///
    /// - Complexity: O(*n*) in the number of tiles.
    package init(_ tiles: CellTiles) {
        self.tiles = tiles
        index = PackedRTree(tiles.rectangles)
    }
}

/// Tiles in the making, and as they are kept in files.
package struct TileBlock: Sendable {
    /// The rectangle of each tile, in degrees.
    package var rectangles: [Envelope] = []
    /// Where the cells of each tile end in `cells`.
    package var ends: [Int32] = []
    /// The cells of all tiles, by place in their layer.
    package var cells: [Int32] = []
    /// The area of each tile that lies in exactly one zone, in exactly two, and so on: as many as it has cells.
    package var areas: [Double] = []

    /// Creates a block without tiles.
    package init() {}

    mutating func close(_ rectangle: Envelope) {
        rectangles.append(rectangle)
        ends.append(Int32(cells.count))
    }

    /// Marks the cells that are in tiles of the block.
    package func mark(in flags: inout [Bool]) {
        for cell in cells { flags[Int(cell)] = true }
    }
}

extension CellQuery {
    /// The tiles that are cells which no other cell reaches into.
    ///
    /// - Parameters:
    ///   - cells: Cells of the layer.
    ///   - layer: The zones.
    /// - Returns: A tile for each such cell.
    /// - Complexity: O(log *n*) for each of *n* cells, and the walk through its few edges.
    package mutating func loneTiles(of cells: Range<Int>, in layer: CellLayer) -> TileBlock {
        var block = TileBlock()
        for cell in cells {
            let rectangle = layer.rectangles[cell]
            found.removeAll(keepingCapacity: true)
            layer.index.appendIndices(intersecting: rectangle, to: &found)
            let isShared = found.contains { Int($0) != cell && layer.rectangles[Int($0)].overlaps(rectangle) }
            guard !isShared, rectangle.width > 0, rectangle.height > 0 else { continue }
            block.cells.append(Int32(cell))
            block.areas.append(area(of: RegionCell(layer, cell), layer, rectangle))
            block.close(rectangle)
        }
        return block
    }

    /// The tiles that other cells make in a window.
    ///
    /// - Parameters:
    ///   - layer: The zones.
    ///   - window: Only ground in this rectangle counts.
    ///   - lone: The cells that are tiles by themselves, marked.
    /// - Returns: The tiles, in an order that depends on the window and the layer alone.
    package mutating func tiles(of layer: CellLayer, in window: Envelope, besides lone: [Bool]) -> TileBlock {
        var block = TileBlock()
        findCells(of: layer, in: window)
        stack.removeAll { lone[Int($0)] }
        cut(window, 0..<stack.count, { layer.rectangles[Int($0)] }) { query, leaf, cells in
            query.close(leaf, cells, layer, in: &block)
        }
        return block
    }

    /// Measures a window that each of some cells covers, and keeps those that have ground there.
    private mutating func close(_ window: Envelope, _ cells: Range<Int>, _ layer: CellLayer, in block: inout TileBlock)
    {
        let first = block.cells.count
        walker.begin(window)
        depths.begin(region: nil)
        var base = 0
        var sets: Int32 = 0
        for place in cells {
            let cell = stack[place]
            switch add(Int(cell), of: layer, set: sets + 1) {
            case .empty: continue
            case .full: base += 1
            case .partial:
                sets += 1
                depths.addSet(layer.rules[Int(layer.owners[Int(cell)])])
            }
            block.cells.append(cell)
        }
        guard block.cells.count > first else { return }
        for _ in first..<block.cells.count { block.areas.append(0) }
        if sets == 0 {
            block.areas[first + base - 1] = walker.windowArea()
        } else {
            walker.walk(&depths)
            for depth in 0...Int(sets) where base + depth > 0 {
                block.areas[first + base + depth - 1] = depths.areas[depth]
            }
        }
        block.close(window)
    }

    /// Puts the cells of a layer that meet a window on the stack, alone and ascending: the tree's order is none of the
    /// caller's business.
    mutating func findCells(of layer: CellLayer, in window: Envelope) {
        stack.removeAll(keepingCapacity: true)
        layer.index.appendIndices(intersecting: window, to: &stack)
        stack.sort()
    }

    /// Cuts a window along the sides of cells until each that is left covers the whole of it.
    ///
    /// - Parameters:
    ///   - window: The window.
    ///   - parent: Where on the stack the cells lie that may meet it.
    ///   - rectangle: The rectangle of what lies on the stack.
    ///   - body: Gets each leaf that is covered by any, and where on the stack these lie; what it puts there it removes.
    mutating func cut(
        _ window: Envelope, _ parent: Range<Int>, _ rectangle: (Int32) -> Envelope,
        _ body: (inout CellQuery, Envelope, Range<Int>) -> Void
    ) {
        let start = stack.count
        var line = WindowCut(window)
        for place in parent {
            let cell = stack[place]
            let other = rectangle(cell)
            guard other.overlaps(window) else { continue }
            stack.append(cell)
            if !other.contains(window) { line.consider(other) }
        }
        let cells = start..<stack.count
        if let halves = line.halves {
            cut(halves.0, cells, rectangle, body)
            cut(halves.1, cells, rectangle, body)
        } else if !cells.isEmpty {
            body(&self, window, cells)
        }
        stack.removeLast(stack.count - start)
    }
}

package import RedlineGeometry

/// Cells of several zones that were cut before, in flat arrays.
package struct CellBlock: Sendable {
    /// The zone of each cell; a negative one is left out.
    package var owners: [Int32] = []
    /// The rectangle of each cell, in degrees.
    package var rectangles: [Envelope] = []
    /// How many edges each cell has.
    package var edgeCounts: [Int32] = []
    /// The edges of all cells, counted from the origins of their zones.
    package var edges: [CellEdge] = []

    /// Creates a block without cells.
    package init() {}
}

extension CellLayer {
    /// Puts cells that were cut before together by zone, even–odd; those of a zone stay in their order.
    ///
    /// - Parameters:
    ///   - blocks: The cells.
    ///   - origins: From where the places of each zone's edges are counted.
    /// - Complexity: That of copying the cells and indexing them.
    package init(_ blocks: [CellBlock], origins: [Position]) {
        var cellStarts = Array(repeating: Int32(0), count: origins.count + 1)
        for block in blocks { for owner in block.owners where owner >= 0 { cellStarts[Int(owner) + 1] += 1 } }
        for zone in origins.indices { cellStarts[zone + 1] += cellStarts[zone] }
        let count = Int(cellStarts[origins.count])
        // Where each cell comes from: its block, its place there, and where its edges begin.
        var sources = Array(repeating: (block: Int32(0), cell: Int32(0), edge: Int32(0)), count: count)
        var next = cellStarts
        for (number, block) in blocks.enumerated() {
            var edge: Int32 = 0
            for (cell, owner) in block.owners.enumerated() {
                if owner >= 0 {
                    sources[Int(next[Int(owner)])] = (Int32(number), Int32(cell), edge)
                    next[Int(owner)] += 1
                }
                edge += block.edgeCounts[cell]
            }
        }
        var (rectangles, owners, edgeStarts, edges): ([Envelope], [Int32], [Int32], [CellEdge]) = ([], [], [0], [])
        rectangles.reserveCapacity(count)
        owners.reserveCapacity(count)
        edgeStarts.reserveCapacity(count + 1)
        edges.reserveCapacity(blocks.reduce(0) { $0 + $1.edges.count })
        for source in sources {
            let block = blocks[Int(source.block)]
            let (cell, first) = (Int(source.cell), Int(source.edge))
            rectangles.append(block.rectangles[cell])
            owners.append(block.owners[cell])
            edges.append(contentsOf: block.edges[first..<first + Int(block.edgeCounts[cell])])
            edgeStarts.append(Int32(edges.count))
        }
        self.init(
            rectangles: rectangles, owners: owners, edgeStarts: edgeStarts, edges: edges, zoneStarts: cellStarts,
            rules: Array(repeating: .evenOdd, count: origins.count), origins: origins)
    }
}

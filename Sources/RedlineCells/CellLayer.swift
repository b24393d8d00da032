package import RedlineGeometry

/// The cells of all zones of a layer and the index over them, in flat arrays.
package struct CellLayer: Sendable {
    /// The rectangle of each cell, in degrees; the cells of a zone follow each other.
    package let rectangles: [Envelope]
    /// The place of each cell's zone in its layer.
    package let owners: [Int32]
    /// Where the edges of each cell begin in `edges`, and, last, where they end; a full cell has none.
    package let edgeStarts: [Int32]
    /// The edges of all cells.
    package let edges: [CellEdge]
    /// Where the cells of each zone begin, and, last, where they end.
    package let zoneStarts: [Int32]
    /// What counts as inside, for each zone.
    package let rules: [FillRule]
    /// From where the places of the edges are counted, for each zone.
    package let origins: [Position]
    /// The index over `rectangles`.
    package let index: PackedRTree

    /// Puts the cells of all zones together, in the order of the zones, and indexes them.
    package init(_ zones: [ZoneCells]) {
        var rectangles: [Envelope] = []
        var owners: [Int32] = []
        var edgeStarts: [Int32] = [0]
        var edges: [CellEdge] = []
        var zoneStarts: [Int32] = [0]
        let cellCount = zones.reduce(0) { $0 + $1.count }
        rectangles.reserveCapacity(cellCount)
        owners.reserveCapacity(cellCount)
        edgeStarts.reserveCapacity(cellCount + 1)
        edges.reserveCapacity(zones.reduce(0) { $0 + $1.edges.count })
        zoneStarts.reserveCapacity(zones.count + 1)
        for (place, zone) in zones.enumerated() {
            let start = Int32(edges.count)
            rectangles += zone.rectangles
            owners += repeatElement(Int32(place), count: zone.count)
            for end in zone.edgeStarts.dropFirst() { edgeStarts.append(start + end) }
            edges += zone.edges
            zoneStarts.append(Int32(rectangles.count))
        }
        self.init(
            rectangles: rectangles, owners: owners, edgeStarts: edgeStarts, edges: edges, zoneStarts: zoneStarts,
            rules: zones.map(\.rule), origins: zones.map(\.origin))
    }

    init(
        rectangles: [Envelope], owners: [Int32], edgeStarts: [Int32], edges: [CellEdge], zoneStarts: [Int32],
        rules: [FillRule], origins: [Position]
    ) {
        (self.rectangles, self.owners, self.edgeStarts) = (rectangles, owners, edgeStarts)
        (self.edges, self.zoneStarts, self.rules, self.origins) = (edges, zoneStarts, rules, origins)
        index = PackedRTree(rectangles)
    }

    /// The number of cells.
    package var count: Int { rectangles.count }

    /// The number of zones.
    package var zoneCount: Int { rules.count }

    /// The cells of a zone.
    package func cells(ofZone zone: Int) -> Range<Int> { Int(zoneStarts[zone])..<Int(zoneStarts[zone + 1]) }

    /// Whether the whole rectangle of a cell lies inside its zone.
    @inline(__always)
    package func isFull(_ cell: Int) -> Bool { edgeStarts[cell] == edgeStarts[cell + 1] }

    /// Where the edges of a cell lie in `edges`.
    @inline(__always)
    package func edgeRange(_ cell: Int) -> Range<Int> { Int(edgeStarts[cell])..<Int(edgeStarts[cell + 1]) }
}

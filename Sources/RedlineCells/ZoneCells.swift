package import RedlineGeometry

/// The cells of one zone: disjoint rectangles that hold all its ground.
///
/// A cell without edges is *full*: the whole rectangle lies inside. In any other one the ground is what its edges
/// separate from the left side of the rectangle, under ``rule``; edges further left were projected onto the left side,
/// edges further right are not there. Rectangles without ground are not stored.
package struct ZoneCells: Hashable, Sendable {
    /// What counts as inside.
    package var rule: FillRule
    /// From where the places of the edges are counted, in degrees.
    package var origin = Position(x: 0, y: 0)
    /// The rectangle of each cell, in degrees.
    package var rectangles: [Envelope] = []
    /// Where the edges of each cell begin in `edges`, and, last, where they end.
    package var edgeStarts: [Int32] = [0]
    /// The edges of all cells.
    package var edges: [CellEdge] = []

    /// Creates a zone without ground.
    package init(rule: FillRule) { self.rule = rule }

    /// Takes in a polygon as one cell, whatever the number of its edges; it shares no ground with the others.
    mutating func appendUncut(_ polygon: Polygon) {
        var box = Envelope.empty
        append(polygon.exteriorRing, &box)
        for ring in polygon.interiorRings { append(ring, &box) }
        guard box.minX < box.maxX, edges.count > Int(edgeStarts[count]) else {
            edges.removeLast(edges.count - Int(edgeStarts[count]))
            return
        }
        close(box)
    }

    /// Takes in the cells of a polygon that shares no ground with the others; both count from the same origin.
    mutating func append(_ other: ZoneCells) {
        let start = edgeStarts[count]
        rectangles += other.rectangles
        edges += other.edges
        for end in other.edgeStarts.dropFirst() { edgeStarts.append(start + end) }
    }

    private mutating func append(_ ring: [Position], _ box: inout Envelope) {
        guard var previous = ring.last(where: \.isFinite) else { return }
        for position in ring where position.isFinite {
            box.insert(position)
            if previous.y != position.y {
                edges.append(
                    CellEdge(
                        startX: previous.x - origin.x, startY: previous.y - origin.y, endX: position.x - origin.x,
                        endY: position.y - origin.y))
            }
            previous = position
        }
    }

    /// Ends the cell whose edges were appended last.
    mutating func close(_ rectangle: Envelope) {
        rectangles.append(rectangle)
        edgeStarts.append(Int32(edges.count))
    }

    /// The cells whose rectangles meet any of some windows.
    package func near(_ windows: ArraySlice<Envelope>) -> ZoneCells {
        var near = ZoneCells(rule: rule)
        near.origin = origin
        for (cell, rectangle) in rectangles.enumerated() where windows.contains(where: rectangle.intersects) {
            near.edges += edges[Int(edgeStarts[cell])..<Int(edgeStarts[cell + 1])]
            near.close(rectangle)
        }
        return near
    }

    /// The number of cells.
    package var count: Int { rectangles.count }

    /// The area of all rectangles in square degrees.
    var rectangleArea: Double { rectangles.reduce(0) { $0 + $1.width * $1.height } }

    /// The smallest rectangle around all cells.
    package var envelope: Envelope { rectangles.reduce(into: .empty) { $0.formUnion($1) } }
}

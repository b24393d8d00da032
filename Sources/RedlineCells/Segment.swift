import RedlineGeometry

/// A straight piece of a line, reckoned by the part from 0 at its start to 1 at its end.
struct Segment {
    var start: Position
    var change: Position

    init(_ start: Position, _ end: Position, shiftedBy shift: Position) {
        self.start = Position(x: start.x + shift.x, y: start.y + shift.y)
        change = Position(x: end.x - start.x, y: end.y - start.y)
    }

    var envelope: Envelope {
        Envelope([start, Position(x: start.x + change.x, y: start.y + change.y)])
    }

    /// The segment with its place counted from another origin.
    func shifted(by origin: Position) -> Segment {
        var segment = self
        segment.start = Position(x: start.x - origin.x, y: start.y - origin.y)
        return segment
    }

    /// The part inside a rectangle, after [Liang and Barsky 1984]; nil where it has no length.
    ///
    /// [Liang and Barsky 1984]: https://doi.org/10.1145/357332.357333
    func clipped(to box: Envelope) -> Range<Double>? {
        var low = 0.0
        var high = 1.0
        func clip(_ start: Double, _ change: Double, _ minimum: Double, _ maximum: Double) -> Bool {
            guard change != 0 else { return start >= minimum && start <= maximum }
            let first = (minimum - start) / change
            let second = (maximum - start) / change
            low = max(low, min(first, second))
            high = min(high, max(first, second))
            return low < high
        }
        guard clip(start.x, change.x, box.minX, box.maxX), clip(start.y, change.y, box.minY, box.maxY) else {
            return nil
        }
        return low..<high
    }

    /// Calls `body` with each stretch inside the ground of a cell, in whose rectangle `range` lies.
    func appendInside(
        _ edges: Span<CellEdge>, _ range: Range<Double>, rule: FillRule, _ breaks: inout [Double],
        _ body: (Double, Double) -> Void
    ) {
        breaks.removeAll(keepingCapacity: true)
        breaks.append(range.lowerBound)
        breaks.append(range.upperBound)
        for index in edges.indices { appendBreaks(edges[index], range) { breaks.append($0) } }
        breaks.sort()
        var open: Double?
        for (first, second) in zip(breaks, breaks.dropFirst()) where first < second {
            let middle = first + (second - first) / 2
            let isInside = winding(at: middle, edges) & rule.mask != 0
            if isInside {
                if open == nil { open = first }
            } else if let begin = open {
                body(begin, first)
                open = nil
            }
        }
        if let begin = open { body(begin, range.upperBound) }
    }

    /// Where the segment crosses an edge, and where it passes the heights of its ends: there a horizontal edge, of which
    /// a cell keeps no more than that, may begin or end the ground.
    private func appendBreaks(_ edge: CellEdge, _ range: Range<Double>, _ append: (Double) -> Void) {
        if change.y != 0 {
            for y in [edge.startY, edge.endY] {
                let part = (y - start.y) / change.y
                if range.contains(part) { append(part) }
            }
        }
        let edgeX = edge.endX - edge.startX
        let edgeY = edge.endY - edge.startY
        let cross = change.x * edgeY - change.y * edgeX
        guard cross != 0 else { return }
        let part = ((edge.startX - start.x) * edgeY - (edge.startY - start.y) * edgeX) / cross
        if range.contains(part) { append(part) }
    }

    /// The winding number of a cell's edges at a part of the segment.
    private func winding(at part: Double, _ edges: Span<CellEdge>) -> Int32 {
        let x = start.x + part * change.x
        let y = start.y + part * change.y
        var winding: Int32 = 0
        for index in edges.indices {
            let edge = edges[index]
            let isUpward = edge.startY < edge.endY
            guard isUpward ? edge.startY <= y && y < edge.endY : edge.endY <= y && y < edge.startY else { continue }
            if edge.x(atY: y) <= x { winding += isUpward ? 1 : -1 }
        }
        return winding
    }
}

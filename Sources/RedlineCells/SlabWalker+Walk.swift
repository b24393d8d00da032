import RedlineGeometry

extension SlabWalker {
    /// Walks all slabs of the window from bottom to top.
    ///
    /// - Complexity: O(*n* · *k* + *c* · *k*) for *n* edges of which *k* reach through a slab, and *c* crossings.
    mutating func walk(_ tally: inout some SlabTally) {
        let count = edges.count
        guard count > 0 else { return }
        sortEdges()
        if active.count < count { active = Array(repeating: ActiveEdge(low: 0, high: 0, edge: 0), count: 2 * count) }
        // Moved out and back: as locals the two don't overlap with the rest of the walker.
        let edgeStorage = edges
        var activeStorage: [ActiveEdge] = []
        swap(&active, &activeStorage)
        defer { swap(&active, &activeStorage) }
        let edges = edgeStorage.span
        var active = activeStorage.mutableSpan
        var activeCount = 0
        var next = 0
        var y = 0.0
        while next < count || activeCount > 0 {
            if activeCount == 0, edges[next].lowY > y {
                let gap = Slab(width: width, base: window.minY, bottom: y, top: edges[next].lowY)
                tally.open()
                tally.close(gap, &weight)
                y = gap.top
            }
            while next < count, edges[next].lowY <= y {
                active[activeCount] = ActiveEdge(low: edges[next].lowX, high: 0, edge: Int32(truncatingIfNeeded: next))
                activeCount += 1
                next += 1
            }
            var top = next < count ? edges[next].lowY : .infinity
            for place in 0..<activeCount { top = min(top, edges[Int(active[place].edge)].highY) }
            for place in 0..<activeCount {
                let edge = edges[Int(active[place].edge)]
                active[place].high = edge.highY == top ? edge.highX : edge.x(atY: top)
            }
            let isOrdered = Self.sort(&active, activeCount)
            let slab = Slab(width: width, base: window.minY, bottom: y, top: top)
            if isOrdered {
                tally.open()
                for place in 0..<activeCount {
                    let item = active[place]
                    let edge = edges[Int(item.edge)]
                    tally.cross(set: edge.set, sign: edge.sign, low: item.low, high: item.high)
                }
                tally.close(slab, &weight)
            } else {
                crossing.removeAll(keepingCapacity: true)
                for place in 0..<activeCount { crossing.append(active[place]) }
                Self.walkCrossings(&crossing, &crossings, edges, slab, &tally, &weight)
            }
            var kept = 0
            for place in 0..<activeCount {
                let item = active[place]
                guard edges[Int(item.edge)].highY > top else { continue }
                active[kept] = ActiveEdge(low: item.high, high: 0, edge: item.edge)
                kept += 1
            }
            activeCount = kept
            y = top
        }
        guard y < height else { return }
        tally.open()
        tally.close(Slab(width: width, base: window.minY, bottom: y, top: height), &weight)
    }

    /// Sorts edges by their lower ends.
    private mutating func sortEdges() {
        guard edges.count <= 48 else { return edges.sort { $0.lowY < $1.lowY } }
        var span = edges.mutableSpan
        for index in 1..<max(1, span.count) where span[index].lowY < span[index - 1].lowY {
            let edge = span[index]
            var place = index
            while place > 0, span[place - 1].lowY > edge.lowY {
                span[place] = span[place - 1]
                place -= 1
            }
            span[place] = edge
        }
    }

    /// Sorts the active edges by their middles, for the order there is that of the whole slab unless edges cross.
    ///
    /// - Returns: Whether none do.
    @inline(__always)
    private static func sort(_ active: inout MutableSpan<ActiveEdge>, _ count: Int) -> Bool {
        guard count > 1 else { return true }
        for index in 1..<count {
            let item = active[index]
            let key = item.low + item.high
            var place = index
            while place > 0, active[place - 1].low + active[place - 1].high > key {
                active[place] = active[place - 1]
                place -= 1
            }
            if place != index { active[place] = item }
        }
        var isOrdered = true
        for index in 1..<count {
            let isBehind = active[index].low < active[index - 1].low || active[index].high < active[index - 1].high
            if isBehind { isOrdered = false }
        }
        return isOrdered
    }

    /// Walks the parts of a slab between the crossings in it.
    @inline(never)
    private static func walkCrossings(
        _ active: inout [ActiveEdge], _ crossings: inout [Double], _ edges: Span<SlabEdge>, _ slab: Slab,
        _ tally: inout some SlabTally, _ weight: inout LatitudeWeight
    ) {
        findCrossings(&active, &crossings)
        var start = 0.0
        for index in 0...crossings.count {
            let end = index < crossings.count ? crossings[index] : 1
            guard end > start else { continue }
            let middle = start + (end - start) / 2
            // By the place in the middle of the part; nearly sorted already.
            for index in active.indices.dropFirst() {
                let item = active[index]
                let key = item.low + (item.high - item.low) * middle
                var place = index
                while place > 0 {
                    let other = active[place - 1]
                    guard other.low + (other.high - other.low) * middle > key else { break }
                    active[place] = other
                    place -= 1
                }
                active[place] = item
            }
            tally.open()
            for item in active {
                let edge = edges[Int(item.edge)]
                let span = item.high - item.low
                tally.cross(
                    set: edge.set, sign: edge.sign, low: item.low + span * start,
                    high: end == 1 ? item.high : item.low + span * end)
            }
            var part = slab
            part.bottom = slab.bottom + (slab.top - slab.bottom) * start
            if end < 1 { part.top = slab.bottom + (slab.top - slab.bottom) * end }
            tally.close(part, &weight)
            start = end
        }
    }

    /// Finds where edges cross, as parts of the slab's height, ascending.
    ///
    /// Brought from their order at the bottom into that at the top, edges change places once for each crossing.
    private static func findCrossings(_ active: inout [ActiveEdge], _ crossings: inout [Double]) {
        crossings.removeAll(keepingCapacity: true)
        active.sort { ($0.low, $0.high) < ($1.low, $1.high) }
        for index in active.indices.dropFirst() {
            let item = active[index]
            var place = index
            while place > 0, active[place - 1].high > item.high {
                let other = active[place - 1]
                let apart = item.low - other.low
                let part = apart / (apart + (other.high - item.high))
                if part > 0, part < 1 { crossings.append(part) }
                active[place] = other
                place -= 1
            }
            active[place] = item
        }
        crossings.sort()
    }
}

import RedlineGeometry

/// Asks layers what they share with sites; one for each task, because it keeps its working memory.
///
/// Answers depend on the site and the layer alone, not on what was asked before.
package struct CellQuery: Sendable {
    var walker = SlabWalker()
    var depths = DepthTally()
    var winners = WinnerTally()
    var balance = EdgeBalance()
    var ranked: [(rank: Int32, place: Int)] = []
    var found: [Int32] = []
    var stack: [Int32] = []
    var breaks: [Double] = []
    var tracer = ZoneTracer()
    var territory = TerritoryTally()
    var presences = PresenceTally()
    private var pairs: [CellPair] = []

    /// Creates a query without memory.
    package init() {}

    /// The area that a site shares with each zone whose cells it meets.
    ///
    /// - Parameters:
    ///   - site: The site.
    ///   - layer: The zones.
    ///   - reachX: How far beyond the site cells are looked for, in degrees of longitude.
    ///   - reachY: The same in degrees of latitude.
    /// - Returns: One meeting for each zone with a cell within reach of the site's own, by place. With an area of 0 (or
    ///   of rounding) it is no more than a candidate for touching.
    /// - Complexity: O(log *n*) for *n* cells, and for each cell met that is not full about what its few edges and the
    ///   site's take to be sorted; the size of the zone plays no part.
    package mutating func meetings(
        of site: SiteCells, in layer: CellLayer, reachX: Double = 0, reachY: Double = 0
    ) -> [ZoneMeeting] {
        pairs.removeAll(keepingCapacity: true)
        for place in 0..<site.cells.count {
            found.removeAll(keepingCapacity: true)
            layer.index.appendIndices(
                intersecting: site.cells.rectangles[place].expanded(dx: reachX, dy: reachY), to: &found)
            for cell in found {
                pairs.append(CellPair(zone: layer.owners[Int(cell)], site: Int32(place), cell: cell))
            }
        }
        // The tree's order is none of the caller's business.
        if pairs.count > 1 { pairs.sort { $0.isBefore($1) } }
        var meetings: [ZoneMeeting] = []
        var start = 0
        while start < pairs.count {
            var end = start + 1
            while end < pairs.count, pairs[end].zone == pairs[start].zone { end += 1 }
            meetings.append(meeting(of: site, in: layer, start..<end))
            start = end
        }
        return meetings
    }

    private mutating func meeting(of site: SiteCells, in layer: CellLayer, _ range: Range<Int>) -> ZoneMeeting {
        let zone = pairs[range.lowerBound].zone
        if isWhole(site, in: layer, range) { return ZoneMeeting(zone: Int(zone), area: site.area, isWhole: true) }
        var sum = 0.0
        for index in range {
            let pair = pairs[index]
            sum += sharedArea(site.cells, Int(pair.site), layer, Int(pair.cell), zone: Int(zone))
        }
        return ZoneMeeting(zone: Int(zone), area: sum, isWhole: false)
    }

    /// Whether the cells are full and leave nothing of the site's own out.
    private func isWhole(_ site: SiteCells, in layer: CellLayer, _ range: Range<Int>) -> Bool {
        var covered = 0.0
        for index in range {
            let pair = pairs[index]
            let own = site.cells.rectangles[Int(pair.site)]
            let other = layer.rectangles[Int(pair.cell)]
            let width = min(own.maxX, other.maxX) - max(own.minX, other.minX)
            let height = min(own.maxY, other.maxY) - max(own.minY, other.minY)
            guard width > 0, height > 0 else { continue }
            guard layer.isFull(Int(pair.cell)) else { return false }
            covered += width * height
        }
        let whole = site.rectangleArea
        // Cells share their sides to the last bit, so that only the sum is rounded; a gap is a cell, and far wider.
        return whole > 0 && covered >= whole * (1 - 1e-12)
    }

    /// The area of what two cells share.
    private mutating func sharedArea(
        _ first: ZoneCells, _ firstCell: Int, _ layer: CellLayer, _ cell: Int, zone: Int
    ) -> Double {
        let own = first.rectangles[firstCell]
        let other = layer.rectangles[cell]
        let window = own.shared(with: other)
        guard window.minX < window.maxX, window.minY < window.maxY else { return 0 }
        walker.begin(window)
        let ownEdges = Int(first.edgeStarts[firstCell])..<Int(first.edgeStarts[firstCell + 1])
        var firstRule: FillRule? = first.rule
        if ownEdges.isEmpty {
            firstRule = nil
        } else {
            switch walker.add(first.edges.span.extracting(ownEdges), origin: first.origin, set: 0, rule: first.rule) {
            case .empty: return 0
            case .full: firstRule = nil
            case .partial: break
            }
        }
        let edges = layer.edgeRange(cell)
        var secondRule: FillRule? = layer.rules[zone]
        if edges.isEmpty {
            secondRule = nil
        } else {
            switch walker.add(
                layer.edges.span.extracting(edges), origin: layer.origins[zone], set: 1, rule: layer.rules[zone])
            {
            case .empty: return 0
            case .full: secondRule = nil
            case .partial: break
            }
        }
        guard firstRule != nil || secondRule != nil else { return walker.windowArea() }
        var tally = SharedTally(firstRule, secondRule)
        walker.walk(&tally)
        return tally.area
    }
}

/// A cell of the site and a cell of a zone that may meet.
struct CellPair {
    var zone: Int32
    var site: Int32
    var cell: Int32

    func isBefore(_ other: CellPair) -> Bool {
        (zone, site, cell) < (other.zone, other.site, other.cell)
    }
}

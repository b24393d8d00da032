import RedlineGeometry

/// The recursive halving of one zone.
///
/// Two stacks hold the edges and the runs on the left side of every rectangle on the way down; each child is put on top
/// of its parent and taken off when it is done.
struct CellCutter {
    private let edgeLimit: Int
    private let rule: FillRule
    private var edges: [CellEdge] = []
    private var runs: [SideRun] = []
    private var events: [SideEvent] = []
    private var envelope = Envelope.empty
    private var origin: Position?
    private var growthLimit = 0.0
    private var output: ZoneCells
    /// Whether only cells matter in which the edges may wind around ground neither once nor not at all.
    private var seeksOverlaps = false

    // 2⁻³² of the box on each side: a hand's width for a zone around the globe.
    private static let depthLimit = 64

    /// Starts without edges; places are counted from `origin`, or else from the first position.
    init(edgeLimit: Int, rule: FillRule, origin: Position? = nil) {
        self.edgeLimit = edgeLimit
        self.rule = rule
        self.origin = origin
        output = ZoneCells(rule: rule)
    }

    /// Makes room for edges; once for all rings, because each time everything is copied.
    mutating func reserve(_ count: Int) { edges.reserveCapacity(count) }

    /// Takes the edges of a polygon.
    mutating func append(_ polygon: Polygon) {
        guard !polygon.isEmpty else { return }
        append(polygon.exteriorRing)
        for ring in polygon.interiorRings { append(ring) }
    }

    private mutating func append(_ ring: [Position]) {
        guard let start = ring.first(where: \.isFinite) else { return }
        let origin = origin ?? start
        self.origin = origin
        var previous = start
        for position in ring where position.isFinite {
            append(previous, position, origin)
            previous = position
        }
        append(previous, start, origin)
    }

    private mutating func append(_ start: Position, _ end: Position, _ origin: Position) {
        envelope.insert(end)
        guard start.y != end.y else { return }
        edges.append(
            CellEdge(
                startX: start.x - origin.x, startY: start.y - origin.y, endX: end.x - origin.x,
                endY: end.y - origin.y))
    }

    /// Cuts, and gives up the cells.
    mutating func finish() -> ZoneCells {
        guard !edges.isEmpty, envelope.minX < envelope.maxX, let origin else { return output }
        output.origin = origin
        growthLimit = 8 + 10_000 / Double(edges.count)
        let count = edges.count
        dropSides()
        let top = (edges: edges.count, runs: runs.count)
        cut(
            Frame(box: envelope, edges: 0..<top.edges, runs: 0..<top.runs, depth: 0, growth: 1))
        assert(edges.count == top.edges && count >= top.edges)
        return output
    }

    /// Takes an edge.
    mutating func append(_ start: Position, _ end: Position) {
        let origin = origin ?? start
        self.origin = origin
        append(start, end, origin)
    }

    /// Takes what lies left of the window of ``finishOverlaps(in:)``.
    mutating func append(_ run: SideRun) { SideRuns.append(run, to: &runs, from: 0) }

    /// Cuts a window, and gives up the rectangles in which ground may lie that the edges wind around neither once nor not
    /// at all; where one has no edges, it does.
    mutating func finishOverlaps(in window: Envelope) -> ZoneCells {
        seeksOverlaps = true
        guard let origin else { return output }
        output.origin = origin
        growthLimit = 8 + 10_000 / Double(max(1, edges.count))
        var frame = Frame(box: window, edges: 0..<edges.count, runs: 0..<runs.count, depth: 0, growth: 1)
        pushAbove(window.minY - origin.y, frame)
        frame = onTop(of: frame)
        _ = pushBelow(window.maxY - origin.y, frame)
        frame = onTop(of: frame)
        let top = edges.count
        _ = pushLeft(of: window.maxX - origin.x, frame)
        frame.edges = top..<edges.count
        pushRight(of: window.minX - origin.x, frame)
        cut(onTop(of: frame))
        return output
    }

    /// The frame of what was pushed onto a frame.
    private func onTop(of frame: Frame) -> Frame {
        var next = frame
        next.edges = frame.edges.upperBound..<edges.count
        next.runs = frame.runs.upperBound..<runs.count
        return next
    }

    /// Stores the rectangle if edges in it or runs left of it may wind around ground more than once.
    private mutating func emitOverlap(_ frame: Frame) {
        guard !frame.edges.isEmpty else {
            var reached = -Double.infinity
            for run in runs[frame.runs] {
                guard run.start < run.end, run.start >= reached else { return output.close(frame.box) }
                reached = run.end
            }
            return
        }
        let side = frame.box.minX - output.origin.x
        for run in runs[frame.runs] {
            output.edges.append(CellEdge(startX: side, startY: run.start, endX: side, endY: run.end))
        }
        output.edges += edges[frame.edges]
        output.close(frame.box)
    }

    /// Brings the edges on the left and right side of the whole box into the form that every other box has them in.
    private mutating func dropSides() {
        let (minX, maxX) = (envelope.minX - output.origin.x, envelope.maxX - output.origin.x)
        var kept = 0
        for index in edges.indices {
            let edge = edges[index]
            if edge.startX == edge.endX, edge.startX == minX || edge.startX == maxX {
                guard edge.startX == minX else { continue }
                SideRuns.append(SideRun(start: edge.startY, end: edge.endY), to: &runs, from: 0)
            } else {
                edges[kept] = edge
                kept += 1
            }
        }
        edges.removeLast(edges.count - kept)
        SideRuns.reduce(&runs, from: 0, rule: rule, &events)
    }

    /// A rectangle on the way down, and where its edges and runs lie on the stacks.
    private struct Frame {
        var box: Envelope
        var edges: Range<Int>
        var runs: Range<Int>
        var depth: Int
        /// What all rectangles would hold against what the first one held, if all were like this one's ancestors.
        ///
        /// The sum of edges over growth stays the same from level to level, which bounds the copies of an edge.
        var growth: Double
    }

    private mutating func cut(_ frame: Frame) {
        let box = frame.box
        let count = frame.edges.count + frame.runs.count
        guard count > edgeLimit, frame.depth < Self.depthLimit, frame.growth <= growthLimit else { return emit(frame) }
        let isWide = box.maxX - box.minX > box.maxY - box.minY && !frame.edges.isEmpty
        let low = isWide ? box.minX : box.minY
        let high = isWide ? box.maxX : box.maxY
        let middle = low + (high - low) / 2
        guard middle > low, middle < high else { return emit(frame) }
        let top = (edges: edges.count, runs: runs.count)
        var first = Frame(box: box, edges: frame.edges, runs: frame.runs, depth: frame.depth + 1, growth: frame.growth)
        var second = first
        if isWide {
            first.box.maxX = middle
            second.box.minX = middle
        } else {
            first.box.maxY = middle
            second.box.minY = middle
        }
        let cut = middle - (isWide ? output.origin.x : output.origin.y)
        let onlyInFirst = isWide ? pushLeft(of: cut, frame) : pushBelow(cut, frame)
        first.edges = top.edges..<edges.count
        if !isWide { first.runs = top.runs..<runs.count }
        let heldEdges = first.edges.count + frame.edges.count - onlyInFirst
        let secondRuns = isWide ? frame.runs.count : runs[frame.runs].count { max($0.start, $0.end) > cut }
        let held = heldEdges + first.runs.count + secondRuns
        let growth = frame.growth * max(1, Double(held) / Double(count))
        first.growth = growth
        self.cut(first)
        edges.removeLast(edges.count - top.edges)
        runs.removeLast(runs.count - top.runs)
        if isWide { pushRight(of: cut, frame) } else { pushAbove(cut, frame) }
        second.edges = top.edges..<edges.count
        second.runs = top.runs..<runs.count
        second.growth = growth
        self.cut(second)
        edges.removeLast(edges.count - top.edges)
        runs.removeLast(runs.count - top.runs)
    }

    /// Stores the rectangle as a cell, unless there is no ground in it.
    private mutating func emit(_ frame: Frame) {
        guard !seeksOverlaps else { return emitOverlap(frame) }
        let box = frame.box
        let isCrowded = frame.edges.count > edgeLimit && rule == .evenOdd
        let kept = isCrowded ? Self.withoutPairs(edges[frame.edges])[...] : edges[frame.edges]
        if kept.isEmpty {
            // A cell without edges is full, so that one without ground must not become a cell.
            guard !frame.runs.isEmpty else { return }
            let isFull = SideRuns.cover(
                runs, frame.runs, low: box.minY - output.origin.y, high: box.maxY - output.origin.y)
            guard !isFull else { return output.close(box) }
        }
        let side = box.minX - output.origin.x
        for run in runs[frame.runs] {
            output.edges.append(CellEdge(startX: side, startY: run.start, endX: side, endY: run.end))
        }
        output.edges += kept
        output.close(tightened(box, output.edges[Int(output.edgeStarts[output.count])...]))
    }

    /// The smallest rectangle around the ground that edges separate in a box, so that others meet it less often.
    ///
    /// There is none below or above all edges, nor left of them. It reaches the right side where at some height the
    /// edges that start or end it have no counterpart.
    private mutating func tightened(_ box: Envelope, _ edges: ArraySlice<CellEdge>) -> Envelope {
        var ground = Envelope.empty
        var ends: UInt64 = 0
        for edge in edges {
            ground.insert(Position(x: edge.startX, y: edge.startY))
            ground.insert(Position(x: edge.endX, y: edge.endY))
            ends ^= Self.mixed(edge.startY) ^ Self.mixed(edge.endY)
        }
        // Without ground on the right side every height ends an even number of edges, which most cells rule out.
        let reachesRight = ends != 0 || isOpen(edges)
        let origin = output.origin
        // A step outwards, for the sums are rounded.
        return Envelope(
            minX: max(box.minX, (origin.x + ground.minX).nextDown),
            minY: max(box.minY, (origin.y + ground.minY).nextDown),
            maxX: reachesRight ? box.maxX : min(box.maxX, (origin.x + ground.maxX).nextUp),
            maxY: min(box.maxY, (origin.y + ground.maxY).nextUp))
    }

    /// Whether at some height edges of a cell have ground between the last of them and the right side.
    private mutating func isOpen(_ edges: ArraySlice<CellEdge>) -> Bool {
        let first = runs.count
        for edge in edges { runs.append(SideRun(start: edge.startY, end: edge.endY)) }
        SideRuns.reduce(&runs, from: first, rule: rule, &events)
        defer { runs.removeLast(runs.count - first) }
        return runs.count > first
    }

    /// A number that is the same for the same height, and whose bits differ for others (the last step of SplitMix64).
    private static func mixed(_ height: Double) -> UInt64 {
        var bits = (height + 0).bitPattern  // No negative zero.
        bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
        bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
        return bits ^ (bits >> 31)
    }

    /// Leaves out edges that occur an even number of times, in whatever direction.
    private static func withoutPairs(_ edges: ArraySlice<CellEdge>) -> [CellEdge] {
        let upward = edges.map { edge in
            edge.startY < edge.endY
                ? edge : CellEdge(startX: edge.endX, startY: edge.endY, endX: edge.startX, endY: edge.startY)
        }
        let sorted = upward.sorted {
            ($0.startY, $0.startX, $0.endY, $0.endX) < ($1.startY, $1.startX, $1.endY, $1.endX)
        }
        var kept: [CellEdge] = []
        for edge in sorted {
            if kept.last == edge { kept.removeLast() } else { kept.append(edge) }
        }
        return kept
    }
}

// MARK: - Halves

extension CellCutter {
    /// Pushes what lies left of `x`; returns how many edges lie nowhere else.
    private mutating func pushLeft(of x: Double, _ frame: Frame) -> Int {
        var onlyHere = 0
        for index in frame.edges {
            let edge = edges[index]
            if edge.startX >= x {
                guard edge.endX < x else { continue }
                edges.appendUnlessFlat(CellEdge(startX: x, startY: edge.y(atX: x), endX: edge.endX, endY: edge.endY))
            } else if edge.endX <= x {
                edges.append(edge)
                onlyHere += 1
            } else {
                edges.appendUnlessFlat(
                    CellEdge(startX: edge.startX, startY: edge.startY, endX: x, endY: edge.y(atX: x)))
            }
        }
        return onlyHere
    }

    /// Pushes what lies right of `x`, and what lies left of it as runs on the left side.
    private mutating func pushRight(of x: Double, _ frame: Frame) {
        let firstRun = runs.count
        for index in frame.runs { runs.append(runs[index]) }
        let newRuns = runs.count
        for index in frame.edges {
            let edge = edges[index]
            if edge.startX <= x {
                if edge.endX <= x {
                    SideRuns.append(SideRun(start: edge.startY, end: edge.endY), to: &runs, from: newRuns)
                } else {
                    let y = edge.y(atX: x)
                    SideRuns.append(SideRun(start: edge.startY, end: y), to: &runs, from: newRuns)
                    edges.appendUnlessFlat(CellEdge(startX: x, startY: y, endX: edge.endX, endY: edge.endY))
                }
            } else if edge.endX >= x {
                edges.append(edge)
            } else {
                let y = edge.y(atX: x)
                edges.appendUnlessFlat(CellEdge(startX: edge.startX, startY: edge.startY, endX: x, endY: y))
                SideRuns.append(SideRun(start: y, end: edge.endY), to: &runs, from: newRuns)
            }
        }
        SideRuns.reduce(&runs, from: firstRun, rule: rule, &events)
    }

    /// Pushes what lies below `y`; returns how many edges lie nowhere else.
    private mutating func pushBelow(_ y: Double, _ frame: Frame) -> Int {
        var onlyHere = 0
        for index in frame.edges {
            let edge = edges[index]
            if edge.startY >= y {
                guard edge.endY < y else { continue }
                edges.append(CellEdge(startX: edge.x(atY: y), startY: y, endX: edge.endX, endY: edge.endY))
            } else if edge.endY <= y {
                edges.append(edge)
                onlyHere += 1
            } else {
                edges.append(CellEdge(startX: edge.startX, startY: edge.startY, endX: edge.x(atY: y), endY: y))
            }
        }
        for index in frame.runs {
            let run = runs[index]
            guard min(run.start, run.end) < y else { continue }
            runs.append(SideRun(start: min(run.start, y), end: min(run.end, y)))
        }
        return onlyHere
    }

    /// Pushes what lies above `y`.
    private mutating func pushAbove(_ y: Double, _ frame: Frame) {
        for index in frame.edges {
            let edge = edges[index]
            if edge.startY <= y {
                guard edge.endY > y else { continue }
                edges.append(CellEdge(startX: edge.x(atY: y), startY: y, endX: edge.endX, endY: edge.endY))
            } else if edge.endY >= y {
                edges.append(edge)
            } else {
                edges.append(CellEdge(startX: edge.startX, startY: edge.startY, endX: edge.x(atY: y), endY: y))
            }
        }
        for index in frame.runs {
            let run = runs[index]
            guard max(run.start, run.end) > y else { continue }
            runs.append(SideRun(start: max(run.start, y), end: max(run.end, y)))
        }
    }
}

extension [CellEdge] {
    @inline(__always)
    fileprivate mutating func appendUnlessFlat(_ edge: CellEdge) {
        if edge.startY != edge.endY { append(edge) }
    }
}

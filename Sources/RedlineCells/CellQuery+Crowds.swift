package import RedlineGeometry

extension CellQuery {
    /// Finds where patches may share ground.
    ///
    /// The rings, all turned the same way, are added up: edges that neighbours share cancel, and what is left winds once
    /// around ground in one patch and twice around ground in two. So only the outline of what they cover is looked at,
    /// and no ground in two patches is missed.
    ///
    /// - Parameters:
    ///   - window: Only ground in this rectangle is looked at.
    ///   - forEachRing: Calls what it is given with each ring of all patches that reach into the window, and whether it
    ///     bounds a hole; they are valid.
    /// - Returns: Rectangles in the window that share no ground and hold all of it that lies in several patches.
    /// - Complexity: O(*n*) for *n* edges, and O(*m* log *m*) for the *m* that do not cancel.
    package mutating func crowdedWindows(
        in window: Envelope, _ forEachRing: ((Span<Position>, Bool) -> Void) -> Void
    ) -> [Envelope] {
        let origin = Position(x: window.minX, y: window.minY)
        var cutter = CellCutter(edgeLimit: 32, rule: .nonzero, origin: origin)
        balance.begin()
        forEachRing { ring, isHole in balance.add(ring, isHole: isHole, window, &cutter) }
        balance.forEachEdge { cutter.append($0, $1) }
        let cells = cutter.finishOverlaps(in: window)
        var windows: [Envelope] = []
        for place in 0..<cells.count where isCrowded(cells, place) { windows.append(cells.rectangles[place]) }
        return windows
    }

    /// Whether a cell has ground that its edges wind around neither once nor not at all.
    private mutating func isCrowded(_ cells: ZoneCells, _ place: Int) -> Bool {
        let edges = Int(cells.edgeStarts[place])..<Int(cells.edgeStarts[place + 1])
        guard !edges.isEmpty else { return true }
        walker.begin(cells.rectangles[place])
        switch walker.add(cells.edges.span.extracting(edges), origin: cells.origin, set: 0, rule: .nonzero) {
        case .empty: return false
        // Once or more often; the patches themselves will tell.
        case .full: return true
        case .partial: break
        }
        var tally = CrowdTally()
        walker.walk(&tally)
        return tally.isCrowded
    }
}

extension EdgeBalance {
    /// Adds the edges of a ring that lie in a window, ground on their right; those left of it go to the cutter as runs.
    mutating func add(_ positions: Span<Position>, isHole: Bool, _ window: Envelope, _ cutter: inout CellCutter) {
        guard positions.count > 2 else { return }
        // Upward edges count up when they are crossed from the left, so that ground lies on their right.
        let isForward = Self.isCounterclockwise(positions) == isHole
        let step = isForward ? 1 : -1
        var index = isForward ? 0 : positions.count - 1
        let first = positions[index]
        var previous = first
        for place in 0..<positions.count {
            index += step
            let position = place + 1 < positions.count ? positions[index] : first
            defer { previous = position }
            guard previous.y != position.y, min(previous.y, position.y) < window.maxY,
                max(previous.y, position.y) > window.minY, min(previous.x, position.x) < window.maxX
            else { continue }
            if max(previous.x, position.x) <= window.minX {
                cutter.append(SideRun(start: previous.y - window.minY, end: position.y - window.minY))
            } else {
                add(previous, position)
            }
        }
    }

    /// Whether a ring of at least one position runs counter-clockwise in the plane of its coordinates.
    package static func isCounterclockwise(_ ring: Span<Position>) -> Bool {
        let origin = ring[0]
        var sum = 0.0
        var previous = Position(x: 0, y: 0)
        for index in 1..<ring.count {
            let position = Position(x: ring[index].x - origin.x, y: ring[index].y - origin.y)
            sum += previous.x * position.y - position.x * previous.y
            previous = position
        }
        return sum > 0
    }
}

/// Whether there is ground that edges wind around neither once nor not at all.
struct CrowdTally: SlabTally {
    private var winding: Int32 = 0
    private var width = SIMD2<Double>.zero
    private(set) var isCrowded = false

    mutating func open() {
        winding = 0
        width = .zero
    }

    @inline(__always)
    mutating func cross(set: Int32, sign: Int32, low: Double, high: Double) {
        let before = winding & ~1 != 0
        winding &+= sign
        let after = winding & ~1 != 0
        guard before != after else { return }
        let ends = SIMD2(low, high)
        width += after ? -ends : ends
    }

    mutating func close(_ slab: Slab, _ weight: inout LatitudeWeight) {
        if winding & ~1 != 0 { width += SIMD2(slab.width, slab.width) }
        if width != .zero { isCrowded = true }
    }
}

/// The ground inside set 0 by the first of the other sets that it lies in.
struct WinnerTally: SlabTally {
    private var masks: [Int32] = []
    private var windings: [Int32] = []
    private var isRegionFull = true
    private var isInRegion = true
    /// How many sets go before the one that covers the whole window; nil where none does.
    private var setsBeforeBase: Int?
    private var baseDepth = 0
    private var depth = 0
    /// The lowest set that the place lies in, or `limit`.
    private var winner = 0
    /// The widths that each set wins at both ends of the slab.
    private var widths: [SIMD2<Double>] = []
    private var doubleWidth = SIMD2<Double>.zero
    /// In square metres, by set from 0, which wins nothing.
    private(set) var areas: [Double] = []
    /// What the set wins that covers the whole window.
    private(set) var baseArea = 0.0
    /// What lies in more than one set, as often as it lies in another.
    private(set) var doubleCounted = 0.0

    /// Starts anew, with the rule of set 0; nil where it is full everywhere in the window.
    mutating func begin(region: FillRule?) {
        isRegionFull = region == nil
        masks.removeAll(keepingCapacity: true)
        masks.append(region?.mask ?? 0)
        areas.removeAll(keepingCapacity: true)
        areas.append(0)
        setsBeforeBase = nil
        baseDepth = 0
        baseArea = 0
        doubleCounted = 0
    }

    /// Adds the next set, which has edges.
    mutating func addSet(_ rule: FillRule) {
        masks.append(rule.mask)
        areas.append(0)
    }

    /// Adds what covers the whole window: a set that wins wherever none of the first `before` does, and `others` that
    /// never win.
    mutating func addFull(others: Int, before: Int) {
        setsBeforeBase = before
        baseDepth = others + 1
    }

    mutating func open() {
        windings.removeAll(keepingCapacity: true)
        windings.append(contentsOf: repeatElement(0, count: masks.count))
        widths.removeAll(keepingCapacity: true)
        widths.append(contentsOf: repeatElement(.zero, count: masks.count + 2))
        doubleWidth = .zero
        depth = baseDepth
        winner = 1
        findWinner()
        isInRegion = isRegionFull
    }

    @inline(__always)
    mutating func cross(set: Int32, sign: Int32, low: Double, high: Double) {
        let place = Int(set)
        let before = windings[place]
        let after = before &+ sign
        windings[place] = after
        let wasInside = before & masks[place] != 0
        let isInside = after & masks[place] != 0
        guard wasInside != isInside else { return }
        let ends = SIMD2(low, high)
        if isInRegion {
            widths[winner] += ends
            if depth > 1 { doubleWidth += ends * Double(depth - 1) }
        }
        if place == 0 {
            isInRegion = isInside
        } else if isInside {
            depth += 1
            if place < limit { winner = min(winner, place) }
        } else {
            depth -= 1
            if winner == place { findWinner() }
        }
        if isInRegion {
            widths[winner] -= ends
            if depth > 1 { doubleWidth -= ends * Double(depth - 1) }
        }
    }

    /// The place behind all sets that may win; what covers the whole window has it, else what lies in no set.
    private var limit: Int { (setsBeforeBase ?? masks.count - 1) + 1 }

    private mutating func findWinner() {
        winner = 1
        while winner < limit, windings[winner] & masks[winner] == 0 { winner += 1 }
    }

    mutating func close(_ slab: Slab, _ weight: inout LatitudeWeight) {
        if isInRegion {
            let ends = SIMD2(slab.width, slab.width)
            widths[winner] += ends
            if depth > 1 { doubleWidth += ends * Double(depth - 1) }
        }
        func area(_ widths: SIMD2<Double>, _ weight: inout LatitudeWeight) -> Double {
            weight.area(
                base: slab.base, low: slab.bottom, high: slab.top, widthAtLow: widths.x, widthAtHigh: widths.y)
        }
        for place in 0..<limit where widths[place] != .zero { areas[place] += area(widths[place], &weight) }
        if setsBeforeBase != nil, widths[limit] != .zero { baseArea += area(widths[limit], &weight) }
        if doubleWidth != .zero { doubleCounted += area(doubleWidth, &weight) }
    }
}

/// The ground inside set 0 by the number of other sets that it lies in.
struct DepthTally: SlabTally {
    private var masks: [Int32] = []
    private var windings: [Int32] = []
    private var isRegionFull = true
    private var depth = 0
    private var isInRegion = true
    /// The widths of each depth at both ends of the slab.
    private var widths: [SIMD2<Double>] = []
    /// In square metres, by depth from 0.
    private(set) var areas: [Double] = []

    /// Starts anew, with the rule of set 0; nil where it is full everywhere in the window.
    mutating func begin(region: FillRule?) {
        isRegionFull = region == nil
        masks.removeAll(keepingCapacity: true)
        masks.append(region?.mask ?? 0)
        areas.removeAll(keepingCapacity: true)
        areas.append(0)
    }

    /// Adds the next set.
    mutating func addSet(_ rule: FillRule) {
        masks.append(rule.mask)
        areas.append(0)
    }

    mutating func open() {
        windings.removeAll(keepingCapacity: true)
        windings.append(contentsOf: repeatElement(0, count: masks.count))
        widths.removeAll(keepingCapacity: true)
        widths.append(contentsOf: repeatElement(.zero, count: masks.count))
        depth = 0
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
        if isInRegion { widths[depth] += ends }
        if place == 0 { isInRegion = isInside } else { depth += isInside ? 1 : -1 }
        if isInRegion { widths[depth] -= ends }
    }

    mutating func close(_ slab: Slab, _ weight: inout LatitudeWeight) {
        if isInRegion { widths[depth] += SIMD2(slab.width, slab.width) }
        for place in widths.indices where widths[place] != .zero {
            areas[place] += weight.area(
                base: slab.base, low: slab.bottom, high: slab.top, widthAtLow: widths[place].x,
                widthAtHigh: widths[place].y)
        }
    }
}

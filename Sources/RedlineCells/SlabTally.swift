/// A strip of a window between two parallels, in degrees from the window's lower left corner.
struct Slab {
    /// The width of the window.
    var width: Double
    /// The latitude of the window's lower side.
    var base: Double
    var bottom: Double
    var top: Double
}

/// What a slab walk adds up.
///
/// In each slab the walk crosses the edges from left to right; the tally keeps the winding numbers of the sets and the
/// widths, at both ends of the slab, of what it wants.
protocol SlabTally {
    /// Starts at the left side of a slab.
    mutating func open()
    /// Crosses an edge of a set, which has `low` and `high` as its places at the ends of the slab.
    mutating func cross(set: Int32, sign: Int32, low: Double, high: Double)
    /// Ends at the right side of the window, and adds the slab.
    mutating func close(_ slab: Slab, _ weight: inout LatitudeWeight)
}

/// The ground that all wanted sets share; sets that are not wanted must have no edges.
struct SharedTally: SlabTally {
    private let firstMask: Int32
    private let secondMask: Int32
    private var firstWinding: Int32 = 0
    private var secondWinding: Int32 = 0
    private var widthAtLow = 0.0
    private var widthAtHigh = 0.0
    /// In square metres.
    private(set) var area = 0.0

    /// Starts with the rules of set 0 and set 1; nil for one that is full everywhere in the window.
    init(_ first: FillRule?, _ second: FillRule?) {
        firstMask = first?.mask ?? 0
        secondMask = second?.mask ?? 0
    }

    @inline(__always)
    mutating func open() {
        // A full set has the winding number 1 everywhere and crosses no edge.
        firstWinding = 0
        secondWinding = 0
        widthAtLow = 0
        widthAtHigh = 0
    }

    @inline(__always)
    private var isInside: Bool {
        (firstMask == 0 || firstWinding & firstMask != 0) && (secondMask == 0 || secondWinding & secondMask != 0)
    }

    @inline(__always)
    mutating func cross(set: Int32, sign: Int32, low: Double, high: Double) {
        let before = isInside
        if set == 0 { firstWinding &+= sign } else { secondWinding &+= sign }
        let after = isInside
        guard before != after else { return }
        widthAtLow += after ? -low : low
        widthAtHigh += after ? -high : high
    }

    @inline(__always)
    mutating func close(_ slab: Slab, _ weight: inout LatitudeWeight) {
        if isInside {
            widthAtLow += slab.width
            widthAtHigh += slab.width
        }
        guard widthAtLow != 0 || widthAtHigh != 0 else { return }
        area += weight.area(
            base: slab.base, low: slab.bottom, high: slab.top, widthAtLow: widthAtLow, widthAtHigh: widthAtHigh)
    }
}

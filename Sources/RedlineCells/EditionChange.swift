/// What two editions of a layer have of some ground, in square metres on the CGCS2000 ellipsoid.
package struct EditionChange: Hashable, Sendable {
    /// In a zone of the old edition and in none of the new one.
    package var lost = 0.0
    /// In a zone of the new edition and in none of the old one.
    package var gained = 0.0
    /// In zones of both.
    package var unchanged = 0.0

    /// Creates the change of no ground.
    package init() {}

    /// The union of the old zones.
    package var old: Double { unchanged + lost }

    /// The union of the new zones.
    package var new: Double { unchanged + gained }

    /// Takes in what other ground has.
    package mutating func add(_ other: EditionChange) {
        lost += other.lost
        gained += other.gained
        unchanged += other.unchanged
    }

    /// Adds ground of a presence.
    mutating func add(_ area: Double, _ presence: Presence) {
        switch presence.intersection([.old, .new]) {
        case .old: lost += area
        case .new: gained += area
        case [.old, .new]: unchanged += area
        default: break
        }
    }
}

/// In which of three layers ground lies.
struct Presence: OptionSet, Hashable {
    let rawValue: UInt8

    static let old = Presence(rawValue: 1)
    static let new = Presence(rawValue: 2)
    static let region = Presence(rawValue: 4)
}

/// The ground by the layers that it lies in.
struct PresenceTally: SlabTally {
    private var full: Presence = []
    private var masks: [Int32] = []
    private var layers: [Presence] = []
    private var windings: [Int32] = []
    /// In how many sets of each layer the walk is.
    private var depths = SIMD4<Int32>()
    private var presence: Presence = []
    /// The widths at both ends of the slab, by presence.
    private var widths: [SIMD2<Double>] = Array(repeating: .zero, count: 8)
    /// In square metres, by presence.
    private(set) var areas: [Double] = Array(repeating: 0, count: 8)

    /// Starts anew, in a window that lies wholly in some layers.
    mutating func begin(full: Presence) {
        self.full = full
        masks.removeAll(keepingCapacity: true)
        layers.removeAll(keepingCapacity: true)
        for place in areas.indices { areas[place] = 0 }
    }

    /// Adds the next set.
    mutating func addSet(_ rule: FillRule, of layer: Presence) {
        masks.append(rule.mask)
        layers.append(layer)
    }

    mutating func open() {
        windings.removeAll(keepingCapacity: true)
        windings.append(contentsOf: repeatElement(0, count: masks.count))
        depths = .zero
        presence = full
        for place in widths.indices { widths[place] = .zero }
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
        let layer = layers[place]
        let index = layer.rawValue.trailingZeroBitCount
        depths[index] &+= isInside ? 1 : -1
        guard !full.contains(layer), depths[index] == (isInside ? 1 : 0) else { return }
        let ends = SIMD2(low, high)
        widths[Int(presence.rawValue)] += ends
        presence.formSymmetricDifference(layer)
        widths[Int(presence.rawValue)] -= ends
    }

    mutating func close(_ slab: Slab, _ weight: inout LatitudeWeight) {
        widths[Int(presence.rawValue)] += SIMD2(slab.width, slab.width)
        // Ground in neither edition is nobody's business.
        for place in widths.indices where place & 3 != 0 && widths[place] != .zero {
            areas[place] += weight.area(
                base: slab.base, low: slab.bottom, high: slab.top, widthAtLow: widths[place].x,
                widthAtHigh: widths[place].y)
        }
    }
}

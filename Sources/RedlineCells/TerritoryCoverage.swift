/// How zones cover the ground of all regions together, in square metres on the CGCS2000 ellipsoid.
package struct TerritoryCoverage: Hashable, Sendable {
    /// In at least one region, and in exactly one zone, exactly two, and so on.
    package var exactly: [Double] = []
    /// In at least one zone, and in no region.
    package var outside: Double = 0

    /// Creates the coverage of no ground.
    package init() {}

    /// The ground in at least one region and at least one zone.
    package var union: Double { exactly.reduce(0, +) }

    /// The ground in at least one region and in two zones or more.
    package var shared: Double { exactly.dropFirst().reduce(0, +) }

    /// The sum of what each zone has in the regions; ground in two zones counts twice, in two regions once.
    package var gross: Double {
        exactly.enumerated().reduce(0) { $0 + Double($1.offset + 1) * $1.element }
    }

    /// Takes in other ground.
    package mutating func add(_ other: TerritoryCoverage) {
        outside += other.outside
        for (place, area) in other.exactly.enumerated() { addInside(area, times: place + 1) }
    }

    /// Adds ground in so many zones and regions; ground in no zone is left out.
    mutating func add(_ area: Double, zones: Int, regions: Int) {
        guard zones > 0, area != 0 else { return }
        if regions > 0 { addInside(area, times: zones) } else { outside += area }
    }

    private mutating func addInside(_ area: Double, times: Int) {
        while exactly.count < times { exactly.append(0) }
        exactly[times - 1] += area
    }
}

/// The ground of a window by the number of zones and of regions that it lies in.
struct TerritoryTally: SlabTally, Sendable {
    private var masks: [Int32] = []
    private var isRegion: [Bool] = []
    private var windings: [Int32] = []
    private var baseRegions = 0
    private var zoneDepth = 0
    private var regionDepth = 0
    private var widths: [SIMD2<Double>] = []
    /// In square metres; two for each number of zones: in no region, in one or more.
    private(set) var areas: [Double] = []

    /// Starts anew in a window that lies wholly in so many regions.
    mutating func begin(regions: Int) {
        baseRegions = regions
        masks.removeAll(keepingCapacity: true)
        isRegion.removeAll(keepingCapacity: true)
        areas.removeAll(keepingCapacity: true)
        areas.append(contentsOf: repeatElement(0, count: 2))
    }

    /// Adds the next set.
    mutating func addSet(_ rule: FillRule, isRegion: Bool) {
        masks.append(rule.mask)
        self.isRegion.append(isRegion)
        if !isRegion { areas.append(contentsOf: repeatElement(0, count: 2)) }
    }

    mutating func open() {
        windings.removeAll(keepingCapacity: true)
        windings.append(contentsOf: repeatElement(0, count: masks.count))
        widths.removeAll(keepingCapacity: true)
        widths.append(contentsOf: repeatElement(.zero, count: areas.count))
        zoneDepth = 0
        regionDepth = baseRegions
    }

    @inline(__always)
    private var place: Int { zoneDepth * 2 + min(regionDepth, 1) }

    @inline(__always)
    mutating func cross(set: Int32, sign: Int32, low: Double, high: Double) {
        let set = Int(set)
        let before = windings[set]
        let after = before &+ sign
        windings[set] = after
        let wasInside = before & masks[set] != 0
        let isInside = after & masks[set] != 0
        guard wasInside != isInside else { return }
        let ends = SIMD2(low, high)
        widths[place] += ends
        if isRegion[set] { regionDepth += isInside ? 1 : -1 } else { zoneDepth += isInside ? 1 : -1 }
        widths[place] -= ends
    }

    mutating func close(_ slab: Slab, _ weight: inout LatitudeWeight) {
        widths[place] += SIMD2(slab.width, slab.width)
        for place in widths.indices where widths[place] != .zero {
            areas[place] += weight.area(
                base: slab.base, low: slab.bottom, high: slab.top, widthAtLow: widths[place].x,
                widthAtHigh: widths[place].y)
        }
    }
}

/// How the zones of a layer cover a region, in square metres on the CGCS2000 ellipsoid.
package struct LayerCoverage: Hashable, Sendable {
    /// The area of the region itself.
    package var region: Double = 0
    /// The area that lies in exactly one zone, in exactly two, and so on.
    package var exactly: [Double] = []
    /// The zones with ground there, by place; empty unless asked for.
    package var zones: [ZoneTrace] = []

    /// Creates the coverage of no region.
    package init() {}

    /// The area that lies in at least one zone.
    package var union: Double { exactly.reduce(0, +) }

    /// The sum of what each zone has in the region; ground in two zones counts twice.
    package var gross: Double {
        var sum = 0.0
        for (place, area) in exactly.enumerated() { sum += Double(place + 1) * area }
        return sum
    }

    /// The area that ``gross`` counts more than once: what it has beyond ``union``.
    package var doubleCounted: Double {
        var sum = 0.0
        for (place, area) in exactly.enumerated() { sum += Double(place) * area }
        return sum
    }

    /// Takes in what another part of the region has; parts share no ground.
    package mutating func add(_ other: LayerCoverage) {
        region += other.region
        for (place, area) in other.exactly.enumerated() { add(area, times: place + 1) }
        if !other.zones.isEmpty { zones = ZoneTrace.gathered(zones + other.zones) }
    }

    /// Adds ground that lies in `times` zones; for none nothing is kept.
    mutating func add(_ area: Double, times: Int) {
        guard times > 0, area != 0 else { return }
        while exactly.count < times { exactly.append(0) }
        exactly[times - 1] += area
    }
}

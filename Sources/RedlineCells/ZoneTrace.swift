/// What is known of the ground that a zone has in a region, short of measuring it.
package struct ZoneTrace: Hashable, Sendable {
    /// The place of the zone in its layer.
    package var zone: Int32
    /// Whether some of that ground is for certain wider than two millimetres.
    package var isWide: Bool
    /// Unless it is wide: all of that ground, in square metres.
    package var area: Double

    /// Joins two lists that are in the order of the zones.
    static func merged(_ first: [ZoneTrace], _ second: [ZoneTrace]) -> [ZoneTrace] {
        guard !first.isEmpty else { return second }
        guard !second.isEmpty else { return first }
        var merged: [ZoneTrace] = []
        merged.reserveCapacity(first.count + second.count)
        var (i, j) = (0, 0)
        while i < first.count || j < second.count {
            if j == second.count || (i < first.count && first[i].zone < second[j].zone) {
                merged.append(first[i])
                i += 1
            } else if i == first.count || second[j].zone < first[i].zone {
                merged.append(second[j])
                j += 1
            } else {
                merged.append(
                    ZoneTrace(
                        zone: first[i].zone, isWide: first[i].isWide || second[j].isWide,
                        area: first[i].area + second[j].area))
                i += 1
                j += 1
            }
        }
        return merged
    }
}

/// Keeps the traces of one question.
struct ZoneTracer: Sendable {
    var isOn = false
    private(set) var traces: [ZoneTrace] = []
    /// The place of each zone's trace, valid where the stamp is that of this question.
    private var places: [(stamp: Int, place: Int)] = []
    private var stamp = 0

    mutating func begin(zoneCount: Int) {
        isOn = true
        stamp += 1
        traces.removeAll(keepingCapacity: true)
        if places.count < zoneCount { places += Array(repeating: (0, 0), count: zoneCount - places.count) }
    }

    func isWide(_ zone: Int32) -> Bool {
        let entry = places[Int(zone)]
        return entry.stamp == stamp && traces[entry.place].isWide
    }

    mutating func add(_ zone: Int32, isWide: Bool, area: Double) {
        let entry = places[Int(zone)]
        if entry.stamp == stamp {
            traces[entry.place].isWide = traces[entry.place].isWide || isWide
            traces[entry.place].area += area
        } else {
            places[Int(zone)] = (stamp, traces.count)
            traces.append(ZoneTrace(zone: zone, isWide: isWide, area: area))
        }
    }
}

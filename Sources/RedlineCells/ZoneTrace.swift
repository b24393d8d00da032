/// What is known of the ground that a zone has in a region, short of measuring it.
package struct ZoneTrace: Hashable, Sendable {
    /// The place of the zone in its layer.
    package var zone: Int32
    /// Whether some of that ground is for certain wider than two millimetres.
    package var isWide: Bool
    /// Unless it is wide: all of that ground, in square metres.
    package var area: Double

    /// One trace for each zone, in the order of the zones, from any number of them.
    ///
    /// - Complexity: O(*n* log *n*).
    package static func gathered(_ traces: [ZoneTrace]) -> [ZoneTrace] {
        // By place as well, so that sums are made in the same order every time.
        let order = traces.indices.sorted { (traces[$0].zone, $0) < (traces[$1].zone, $1) }
        var gathered: [ZoneTrace] = []
        for place in order {
            let trace = traces[place]
            if let last = gathered.last, last.zone == trace.zone {
                gathered[gathered.count - 1].isWide = last.isWide || trace.isWide
                gathered[gathered.count - 1].area += trace.area
            } else {
                gathered.append(trace)
            }
        }
        return gathered
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

package import RedlineGeometry

/// The edges of many rings added up: an edge that occurs as often forwards as backwards is gone.
///
/// Neighbours that share a border have its edges in opposite directions, so that little more is left than the outline of
/// the ground that they cover. What is left has the same winding number everywhere as all rings together.
package struct EdgeBalance {
    private struct Entry {
        var low: Position
        var high: Position
        /// How often it occurs upwards, or eastwards where it is level, less how often the other way.
        var count: Int32
    }

    private var entries: [Entry] = []
    /// Places in `entries` by hash, one more than each; 0 where there is none.
    private var slots: [Int32] = Array(repeating: 0, count: 1024)

    /// Creates a balance without edges.
    package init() {}

    /// Forgets all edges.
    mutating func begin() {
        entries.removeAll(keepingCapacity: true)
        var span = slots.mutableSpan
        for place in span.indices { span[place] = 0 }
    }

    /// Adds an edge, of which only the ends and the direction count.
    @inline(__always)
    package mutating func add(_ start: Position, _ end: Position) {
        let isUpward = start.y < end.y || start.y == end.y && start.x < end.x
        let (low, high) = isUpward ? (start, end) : (end, start)
        if 2 * entries.count >= slots.count { grow() }
        var slot = Self.hash(low, high) & (slots.count - 1)
        while slots[slot] != 0 {
            let place = Int(slots[slot]) - 1
            if entries[place].low == low, entries[place].high == high {
                entries[place].count += isUpward ? 1 : -1
                return
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        entries.append(Entry(low: low, high: high, count: isUpward ? 1 : -1))
        slots[slot] = Int32(entries.count)
    }

    /// Calls `body` with the start and the end of each edge that is left, as often as it is, in the order in which they
    /// first came.
    package func forEachEdge(_ body: (Position, Position) -> Void) {
        for entry in entries where entry.count != 0 {
            for _ in 0..<abs(entry.count) {
                if entry.count > 0 { body(entry.low, entry.high) } else { body(entry.high, entry.low) }
            }
        }
    }

    @inline(never)
    private mutating func grow() {
        slots = Array(repeating: 0, count: 2 * slots.count)
        for (place, entry) in entries.enumerated() {
            var slot = Self.hash(entry.low, entry.high) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(place + 1)
        }
    }

    @inline(__always)
    private static func hash(_ low: Position, _ high: Position) -> Int {
        // No negative zero, which equals zero; then the steps of SplitMix64.
        var bits = (low.x + 0).bitPattern &+ (low.y + 0).bitPattern &* 0x9e37_79b9_7f4a_7c15
        bits =
            bits &+ (high.x + 0).bitPattern &* 0xbf58_476d_1ce4_e5b9 &+ (high.y + 0).bitPattern &* 0x94d0_49bb_1331_11eb
        bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
        bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
        return Int(truncatingIfNeeded: bits ^ (bits >> 31))
    }
}

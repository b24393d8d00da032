public import RedlineGeometry

/// An index over rectangles that is built once and asked many times, also by several tasks at once.
///
/// Rectangles are sorted along a Hilbert curve and packed into full nodes, after [Flatbush]; a node's box and the
/// place of its children lie in flat arrays. Order and answers depend on the rectangles alone.
///
/// [Flatbush]: https://github.com/mourner/flatbush
public struct PackedRTree: Sendable {
    private static let nodeSize = 16

    /// The number of rectangles.
    public let count: Int
    /// Leaves first, in Hilbert order, then level by level up to the root: (minX, minY, −maxX, −maxY).
    private let boxes: [SIMD4<Double>]
    /// For a leaf the index of its rectangle, for a node the place of its first child.
    private let links: [Int32]
    /// Where the children of each node end; nodes begin after the leaves.
    private let childEnds: [Int32]

    /// Builds the index.
    ///
    /// - Parameter envelopes: The rectangles; an empty one is never found.
    /// - Complexity: O(*n* log *n*).
    public init(_ envelopes: [Envelope]) {
        precondition(envelopes.count < Int(Int32.max) / 2, "An index holds less than a thousand million rectangles.")
        count = envelopes.count
        var links = Self.hilbertOrder(envelopes)
        var boxes = links.map { Self.box(envelopes[Int($0)]) }
        var childEnds: [Int32] = []
        var level = 0..<boxes.count
        while level.count > 1 {
            for first in stride(from: level.lowerBound, to: level.upperBound, by: Self.nodeSize) {
                let end = min(first + Self.nodeSize, level.upperBound)
                var box = boxes[first]
                for child in first + 1..<end { box = pointwiseMin(box, boxes[child]) }
                boxes.append(box)
                links.append(Int32(first))
                childEnds.append(Int32(end))
            }
            level = level.upperBound..<boxes.count
        }
        self.boxes = boxes
        self.links = links
        self.childEnds = childEnds
    }

    /// Calls `body` with the index of each rectangle that shares a position with `envelope`, in an order that depends
    /// on the rectangles alone.
    ///
    /// - Complexity: O(log *n* + found) for rectangles that overlap little.
    public func forEachIndex(intersecting envelope: Envelope, _ body: (Int) -> Void) {
        visit(envelope) { body(Int($0)) }
    }

    /// The indices of the rectangles that share a position with `envelope`, ascending.
    public func indices(intersecting envelope: Envelope) -> [Int] {
        var found: [Int] = []
        visit(envelope) { found.append(Int($0)) }
        return found.sorted()
    }

    /// Appends the indices of the rectangles that share a position with `envelope`, in the order of
    /// ``forEachIndex(intersecting:_:)``.
    package func appendIndices(intersecting envelope: Envelope, to found: inout [Int32]) {
        visit(envelope) { found.append($0) }
    }

    /// Calls `body` with the indices of rectangles from the nearest to `envelope` outwards; of those at one distance in an
    /// order that depends on the rectangles alone.
    ///
    /// - Parameters:
    ///   - envelope: From where; not empty.
    ///   - metersPerDegree: What distances along both axes count.
    ///   - limit: How far is looked at first.
    ///   - body: Gets an index; returns how far is looked from there on.
    /// - Complexity: O(*k* log *k*) for *k* rectangles and nodes as near as the last answer of `body`.
    package func forEachIndex(
        nearestTo envelope: Envelope, _ metersPerDegree: (x: Double, y: Double), within limit: Double,
        _ body: (Int) -> Double
    ) {
        guard count > 0, !envelope.isEmpty else { return }
        var limit = limit
        var open = NearestQueue()
        func distance(_ place: Int) -> Double {
            let box = boxes[place]
            let dx = max(0, box.x - envelope.maxX, envelope.minX + box.z) * metersPerDegree.x
            let dy = max(0, box.y - envelope.maxY, envelope.minY + box.w) * metersPerDegree.y
            return (dx * dx + dy * dy).squareRoot()
        }
        open.push(Int32(boxes.count - 1), distance(boxes.count - 1))
        while let (place, nearest) = open.pop(), nearest <= limit {
            let place = Int(place)
            if place < count {
                limit = body(Int(links[place]))
                continue
            }
            for child in Int(links[place])..<Int(childEnds[place - count]) {
                let distance = distance(child)
                if distance <= limit { open.push(Int32(child), distance) }
            }
        }
    }

    @inline(__always)
    private func visit(_ envelope: Envelope, _ body: (Int32) -> Void) {
        guard count > 0, !envelope.isEmpty else { return }
        let query = SIMD4(envelope.maxX, envelope.maxY, -envelope.minX, -envelope.minY)
        let boxes = boxes.span
        let links = links.span
        let childEnds = childEnds.span
        guard count > 1 else {
            if all(boxes[0] .<= query) { body(links[0]) }
            return
        }
        // Nodes of 16 make 8 levels of less than 2³¹ rectangles; each leaves at most 15 behind.
        var stack = InlineArray<128, Int32>(repeating: 0)
        stack[0] = Int32(boxes.count - 1)
        var depth = 1
        while depth > 0 {
            depth -= 1
            let node = Int(stack[depth])
            for child in Int(links[node])..<Int(childEnds[node - count]) where all(boxes[child] .<= query) {
                if child < count {
                    body(links[child])
                } else {
                    stack[depth] = Int32(child)
                    depth += 1
                }
            }
        }
    }

    // Empty rectangles, and those with a NaN, become boxes that meet nothing.
    private static func box(_ envelope: Envelope) -> SIMD4<Double> {
        envelope.isEmpty
            ? SIMD4(repeating: .infinity)
            : SIMD4(envelope.minX, envelope.minY, -envelope.maxX, -envelope.maxY)
    }

    /// The indices of rectangles along a Hilbert curve, so that neighbours follow each other.
    package static func hilbertOrder(_ envelopes: [Envelope]) -> [Int32] {
        let whole = envelopes.reduce(into: Envelope.empty) { $0.formUnion($1) }
        let scaleX = whole.width > 0 ? 65535 / whole.width : 0
        let scaleY = whole.height > 0 ? 65535 / whole.height : 0
        // The place along the curve above, the index below: one number to sort by.
        var keyed: [UInt64] = []
        keyed.reserveCapacity(envelopes.count)
        for (index, envelope) in envelopes.enumerated() {
            guard !envelope.isEmpty, envelope.center.isFinite else {
                keyed.append(UInt64(index))
                continue
            }
            let center = envelope.center
            let x = (center.x - whole.minX) * scaleX
            let y = (center.y - whole.minY) * scaleY
            // False for a NaN, which sides near the largest `Double` leave.
            guard x >= 0, y >= 0 else {
                keyed.append(UInt64(index))
                continue
            }
            let distance = hilbertDistance(x: UInt32(min(x, 65535)), y: UInt32(min(y, 65535)))
            keyed.append(UInt64(distance) << 32 | UInt64(index))
        }
        sortByKey(&keyed)
        return keyed.map { Int32(truncatingIfNeeded: $0) }
    }

    /// Sorts by the upper halves; those of the same stay in their order, which is that of the lower halves.
    private static func sortByKey(_ keyed: inout [UInt64]) {
        // Below this counting takes longer than comparing.
        guard keyed.count > 4096 else { return keyed.sort() }
        var sorted = keyed
        // From the lowest digit on, eleven bits at a time (LSD radix sort).
        for shift in [UInt64(32), 43, 54] {
            var starts = Array(repeating: 0, count: 2048)
            for key in keyed { starts[Int(key >> shift & 2047)] += 1 }
            var sum = 0
            for digit in starts.indices {
                let count = starts[digit]
                starts[digit] = sum
                sum += count
            }
            for key in keyed {
                let digit = Int(key >> shift & 2047)
                sorted[starts[digit]] = key
                starts[digit] += 1
            }
            swap(&keyed, &sorted)
        }
    }

    /// The place of a cell of the 65 536 × 65 536 grid along the Hilbert curve.
    ///
    /// Each pair of bits names a quarter, seen through the turns of the quarters above it: whether both axes are reversed,
    /// and whether they have changed places.
    static func hilbertDistance(x: UInt32, y: UInt32) -> UInt32 {
        var distance: UInt32 = 0
        var (isReversed, isSwapped): (UInt32, UInt32) = (0, 0)
        for shift in stride(from: UInt32(15), through: 0, by: -1) {
            let (first, second) = (x >> shift & 1 ^ isReversed, y >> shift & 1 ^ isReversed)
            let change = (first ^ second) & isSwapped
            let (right, upper) = (first ^ change, second ^ change)
            distance = distance << 2 | (3 &* right) ^ upper
            isSwapped ^= upper ^ 1
            isReversed ^= right & (upper ^ 1)
        }
        return distance
    }
}

/// Places with their distances, of which the nearest is taken first: a binary heap.
private struct NearestQueue {
    private var entries: [(place: Int32, distance: Double)] = []

    mutating func push(_ place: Int32, _ distance: Double) {
        entries.append((place, distance))
        var child = entries.count - 1
        while child > 0, entries[child].distance < entries[(child - 1) / 2].distance {
            entries.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func pop() -> (place: Int32, distance: Double)? {
        guard let first = entries.first else { return nil }
        let last = entries.removeLast()
        guard !entries.isEmpty else { return first }
        entries[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in 2 * parent + 1...2 * parent + 2
            where child < entries.count && entries[child].distance < entries[least].distance { least = child }
            guard least != parent else { return first }
            entries.swapAt(parent, least)
            parent = least
        }
    }
}

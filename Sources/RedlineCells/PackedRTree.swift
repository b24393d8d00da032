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
    /// Leaves first, in Hilbert order, then level by level up to the root.
    private let boxes: [Envelope]
    /// For a leaf the index of its rectangle, for a node the place of its first child.
    private let links: [Int32]
    /// Where each level ends in `boxes`.
    private let levelEnds: [Int]

    /// Builds the index.
    ///
    /// - Parameter envelopes: The rectangles; an empty one is never found.
    /// - Complexity: O(*n* log *n*).
    public init(_ envelopes: [Envelope]) {
        count = envelopes.count
        let order = Self.hilbertOrder(envelopes)
        var boxes = order.map { envelopes[$0] }
        var links = order.map { Int32($0) }
        var levelEnds = [boxes.count]
        var start = 0
        while levelEnds[levelEnds.count - 1] - start > 1 {
            let end = levelEnds[levelEnds.count - 1]
            for first in stride(from: start, to: end, by: Self.nodeSize) {
                var box = Envelope.empty
                for child in first..<min(first + Self.nodeSize, end) { box.formUnion(boxes[child]) }
                boxes.append(box)
                links.append(Int32(first))
            }
            start = end
            levelEnds.append(boxes.count)
        }
        self.boxes = boxes
        self.links = links
        self.levelEnds = levelEnds
    }

    /// Calls `body` with the index of each rectangle that shares a position with `envelope`, in the order of the tree.
    ///
    /// - Complexity: O(log *n* + found) for rectangles that overlap little.
    public func forEachIndex(intersecting envelope: Envelope, _ body: (Int) -> Void) {
        guard count > 0, !envelope.isEmpty else { return }
        visit(boxes.count - 1, level: levelEnds.count - 1, envelope, body)
    }

    /// The indices of the rectangles that share a position with `envelope`, ascending.
    public func indices(intersecting envelope: Envelope) -> [Int] {
        var found: [Int] = []
        forEachIndex(intersecting: envelope) { found.append($0) }
        return found.sorted()
    }

    /// Appends the indices of the rectangles that share a position with `envelope`, in the order of the tree.
    package func appendIndices(intersecting envelope: Envelope, to found: inout [Int32]) {
        forEachIndex(intersecting: envelope) { found.append(Int32($0)) }
    }

    private func visit(_ node: Int, level: Int, _ envelope: Envelope, _ body: (Int) -> Void) {
        guard boxes[node].intersects(envelope) else { return }
        guard level > 0 else { return body(Int(links[node])) }
        let first = Int(links[node])
        for child in first..<min(first + Self.nodeSize, levelEnds[level - 1]) {
            visit(child, level: level - 1, envelope, body)
        }
    }

    private static func hilbertOrder(_ envelopes: [Envelope]) -> [Int] {
        let whole = envelopes.reduce(into: Envelope.empty) { $0.formUnion($1) }
        let scaleX = whole.width > 0 ? 65535 / whole.width : 0
        let scaleY = whole.height > 0 ? 65535 / whole.height : 0
        var keyed: [(key: UInt32, index: Int)] = []
        keyed.reserveCapacity(envelopes.count)
        for (index, envelope) in envelopes.enumerated() {
            guard !envelope.isEmpty, envelope.center.isFinite else {
                keyed.append((0, index))
                continue
            }
            let center = envelope.center
            let x = UInt32(clamping: Int((center.x - whole.minX) * scaleX))
            let y = UInt32(clamping: Int((center.y - whole.minY) * scaleY))
            keyed.append((hilbertDistance(x: min(x, 65535), y: min(y, 65535)), index))
        }
        keyed.sort { ($0.key, $0.index) < ($1.key, $1.index) }
        return keyed.map(\.index)
    }

    /// The place of a cell of the 65 536 × 65 536 grid along the Hilbert curve (the classic rotate-and-flip walk).
    static func hilbertDistance(x: UInt32, y: UInt32) -> UInt32 {
        var x = x
        var y = y
        var distance: UInt32 = 0
        var side: UInt32 = 32768
        while side > 0 {
            let right: UInt32 = x & side == 0 ? 0 : 1
            let upper: UInt32 = y & side == 0 ? 0 : 1
            distance &+= side &* side &* ((3 &* right) ^ upper)
            if upper == 0 {
                if right == 1 {
                    x = 65535 &- x
                    y = 65535 &- y
                }
                swap(&x, &y)
            }
            side /= 2
        }
        return distance
    }
}

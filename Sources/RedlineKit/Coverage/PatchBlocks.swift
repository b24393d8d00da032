import RedlineCells
import RedlineGeometry

/// Rectangles that share no ground, each with all patches that reach into it: pieces of work of about the same size.
struct PatchBlocks: Sendable {
    /// One rectangle.
    struct Block: Sendable {
        var window: Envelope
        /// The patches whose rectangles meet it, ascending.
        var patches: [Int32]
    }

    /// The blocks, in an order that depends on the patches and the window alone.
    private(set) var blocks: [Block] = []

    /// About so many positions are in a block, so that what is known of them fits into the cache of a core.
    private static let size = 16_384.0

    /// Cuts a window.
    ///
    /// - Parameters:
    ///   - window: Only ground in this rectangle matters.
    ///   - envelopes: The rectangles of the patches.
    ///   - sizes: The number of positions of each; 0 for one that does not matter.
    init(_ window: Envelope, _ envelopes: [Envelope], sizes: [Int32]) {
        let all = envelopes.indices.filter { sizes[$0] > 0 && envelopes[$0].intersects(window) }.map(Int32.init)
        cut(window, all, depth: 0) { place, box in
            let envelope = envelopes[place]
            let (width, height) = (envelope.width, envelope.height)
            let shared = (
                min(envelope.maxX, box.maxX) - max(envelope.minX, box.minX),
                min(envelope.maxY, box.maxY) - max(envelope.minY, box.minY)
            )
            guard shared.0 >= 0, shared.1 >= 0 else { return nil }
            // The part of its positions that the box may hold.
            let part = (width > 0 ? shared.0 / width : 1) * (height > 0 ? shared.1 / height : 1)
            return Double(sizes[place]) * part
        }
    }

    private mutating func cut(
        _ box: Envelope, _ patches: [Int32], depth: Int, _ size: (Int, Envelope) -> Double?
    ) {
        var inside: [Int32] = []
        inside.reserveCapacity(patches.count)
        var sum = 0.0
        for place in patches {
            guard let part = size(Int(place), box) else { continue }
            inside.append(place)
            sum += part
        }
        // Ground of one patch is shared with none.
        guard inside.count > 1 else { return }
        let middle = box.center
        guard sum > Self.size, depth < 24, middle.x > box.minX, middle.y > box.minY else {
            return blocks.append(Block(window: box, patches: inside))
        }
        var halves = (box, box)
        if box.width > box.height {
            (halves.0.maxX, halves.1.minX) = (middle.x, middle.x)
        } else {
            (halves.0.maxY, halves.1.minY) = (middle.y, middle.y)
        }
        cut(halves.0, inside, depth: depth + 1, size)
        cut(halves.1, inside, depth: depth + 1, size)
    }
}

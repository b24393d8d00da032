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
    fileprivate static let size = 8192.0

    /// Cuts a window.
    ///
    /// - Parameters:
    ///   - window: Only ground in this rectangle matters.
    ///   - envelopes: The rectangles of the patches.
    ///   - sizes: The number of positions of each; 0 for one that does not matter.
    ///   - threads: How many tasks work at once.
    /// - Throws: `CancellationError`.
    init(_ window: Envelope, _ envelopes: [Envelope], sizes: [Int32], threads: Int) async throws {
        let all = envelopes.indices.filter { sizes[$0] > 0 && envelopes[$0].intersects(window) }.map(Int32.init)
        var pieces = [Piece(block: Block(window: window, patches: all), isWhole: false)]
        // All pieces are halved at once, and stay in order.
        for depth in 0...Self.depth where pieces.contains(where: { !$0.isWhole }) {
            pieces = try await concurrentMap(count: pieces.count, threads: threads, chunk: 1) {
            } _: { [pieces] _, place in
                pieces[place].isWhole
                    ? [pieces[place]] : pieces[place].block.halves(envelopes, sizes, mayHalve: depth < Self.depth)
            }.flatMap(\.self)
        }
        blocks = pieces.map(\.block)
    }

    /// A block in the making.
    fileprivate struct Piece: Sendable {
        var block: Block
        /// Whether it is small enough.
        var isWhole: Bool
    }

    /// How often a window is halved at most.
    private static let depth = 24
}

extension PatchBlocks.Block {
    /// Itself with the patches that reach into it, its halves where these are too many, nothing where one is alone.
    fileprivate func halves(_ envelopes: [Envelope], _ sizes: [Int32], mayHalve: Bool) -> [PatchBlocks.Piece] {
        var inside: [Int32] = []
        inside.reserveCapacity(patches.count)
        var sum = 0.0
        for patch in patches {
            let envelope = envelopes[Int(patch)]
            let (width, height) = (envelope.width, envelope.height)
            let sharedWidth = min(envelope.maxX, window.maxX) - max(envelope.minX, window.minX)
            let sharedHeight = min(envelope.maxY, window.maxY) - max(envelope.minY, window.minY)
            guard sharedWidth >= 0, sharedHeight >= 0 else { continue }
            inside.append(patch)
            // The part of its positions that the window may hold.
            let part = (width > 0 ? sharedWidth / width : 1) * (height > 0 ? sharedHeight / height : 1)
            sum += Double(sizes[Int(patch)]) * part
        }
        // Ground of one patch is shared with none.
        guard inside.count > 1 else { return [] }
        let middle = window.center
        guard mayHalve, sum > PatchBlocks.size, middle.x > window.minX, middle.y > window.minY else {
            return [PatchBlocks.Piece(block: PatchBlocks.Block(window: window, patches: inside), isWhole: true)]
        }
        var halves = (window, window)
        if window.width > window.height {
            (halves.0.maxX, halves.1.minX) = (middle.x, middle.x)
        } else {
            (halves.0.maxY, halves.1.minY) = (middle.y, middle.y)
        }
        return [halves.0, halves.1].map { half in
            PatchBlocks.Piece(block: PatchBlocks.Block(window: half, patches: inside), isWhole: false)
        }
    }
}

import RedlineCells
import RedlineGeometry

/// The cells of patches, cut where and when they are asked for: half a million patches at once would fill gigabytes.
struct PatchCells: Sendable {
    private let patches: LandCoverPatches
    /// Over the rectangles of the patches.
    private let index: PackedRTree
    /// The cells of patches so large that they reach into many places.
    private let large: [Int: ZoneCells]

    /// Patches of more positions are cut once.
    private static let largeSize = 2000

    /// Makes patches ready that reach into any of some windows; cuts the large ones.
    ///
    /// - Throws: ``RedlineError`` where what is kept of them is damaged; `CancellationError`.
    init(_ patches: inout LandCoverPatches, near windows: [[Envelope]], threads: Int) async throws {
        index = PackedRTree(patches.envelopes)
        var isNear = Array(repeating: false, count: patches.count)
        for window in windows.joined() { index.forEachIndex(intersecting: window) { isNear[$0] = true } }
        let near = isNear.indices.filter { isNear[$0] }
        try await patches.readPolygons(of: near)
        let places = near.filter { patches.sizes[$0] > Self.largeSize }
        self.patches = patches
        let cut = try await concurrentMap(count: places.count, threads: threads, chunk: 1) {
            CellBuilder()
        } _: { [patches] builder, place in
            builder.cells(of: patches.polygons(of: places[place]))
        }
        large = Dictionary(uniqueKeysWithValues: zip(places, cut))
    }

    /// Finds the patches whose rectangles meet any of some windows, of those that it was made ready for.
    ///
    /// - Parameter windows: In degrees.
    /// - Returns: The cells, and which patches they are of, ascending.
    func near(_ windows: [Envelope]) -> (cells: CellLayer, places: [Int]) {
        var found: Set<Int> = []
        for window in windows { index.forEachIndex(intersecting: window) { found.insert($0) } }
        let places = found.sorted()
        let builder = CellBuilder()
        let cells = places.map { place -> ZoneCells in
            guard let whole = large[place] else { return builder.cells(of: patches.polygons(of: place)) }
            return whole.near(windows[...])
        }
        return (CellLayer(cells), places)
    }
}

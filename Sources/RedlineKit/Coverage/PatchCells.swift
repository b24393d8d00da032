import RedlineCells
import RedlineGeometry

/// The cells of patches, cut where and when they are asked for: half a million patches at once would fill gigabytes.
struct PatchCells: Sendable {
    private let patches: [Zone]
    /// Over the rectangles of the patches.
    private let index: PackedRTree
    /// The cells of patches so large that they reach into many places.
    private let large: [Int: ZoneCells]

    /// Patches of more positions are cut once.
    private static let largeSize = 2000

    /// Takes in patches; cuts the large ones.
    ///
    /// - Throws: `CancellationError`.
    init(_ loaded: LoadedLayer, _ loader: LayerLoader) async throws {
        let patches = loaded.zones
        self.patches = patches
        index = PackedRTree(patches.map(\.ground.envelope))
        let places = patches.indices.filter { patches[$0].ground.positionCount > Self.largeSize }
        let cut = try await concurrentMap(count: places.count, threads: loader.threads, chunk: 1) {
            CellBuilder()
        } _: { builder, place in
            builder.cells(of: patches[places[place]].ground.polygons)
        }
        large = Dictionary(uniqueKeysWithValues: zip(places, cut))
    }

    /// Finds the patches whose rectangles meet any of some windows.
    ///
    /// - Parameter windows: In degrees.
    /// - Returns: The cells, and which patches they are of, ascending.
    func near(_ windows: ArraySlice<Envelope>) -> (cells: CellLayer, places: [Int]) {
        var found: Set<Int> = []
        for window in windows { index.forEachIndex(intersecting: window) { found.insert($0) } }
        let places = found.sorted()
        let builder = CellBuilder()
        let cells = places.map { place -> ZoneCells in
            guard let whole = large[place] else { return builder.cells(of: patches[place].ground.polygons) }
            return whole.near(windows)
        }
        return (CellLayer(cells), places)
    }
}

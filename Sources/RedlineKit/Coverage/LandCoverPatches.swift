import RedlineCells
import RedlineGeometry

/// The patches of a land-cover layer that reach near the regions, by place.
///
/// In columns, because nearly all of half a million patches lie inside one region and share no ground: of those a prepared
/// catalog needs to tell no more than class, rectangle and area.
struct LandCoverPatches: Sendable {
    /// What is known of the layer besides its zones.
    var layer: LoadedLayer
    /// The rectangle of each patch, in degrees.
    let envelopes: [Envelope]
    /// The ellipsoidal area of each patch in square metres; NaN or 0 where it has no polygons.
    let areas: [Double]
    /// The class of each patch, by its place in `classNames`.
    let classes: [Int32]
    /// The classes that occur; nil for patches without.
    let classNames: [String?]
    /// The cover value of each patch, NaN where it has none; empty where none are asked for.
    let amounts: [Double]
    /// How many patches have values that are no amounts.
    let oddAmounts: Int
    /// How many positions the polygons of each patch have.
    let sizes: [Int32]
    /// What a prepared catalog keeps; nil where all polygons were read.
    private let kept: Kept?
    private var rings: [PatchRings]
    /// Where the rings of each patch are, in `rings` and in the element of it; those not read are in none.
    private var places: [SIMD2<Int32>]

    /// What a prepared catalog knows beforehand.
    struct Kept: Sendable {
        /// Rectangles that hold all ground that lies in several patches.
        var crowds: [Envelope]
        /// Reads the polygons of some patches, by place, ascending.
        var read: @Sendable ([Int]) async throws -> [[Polygon]]
    }

    /// Takes over patches that were read.
    init(_ layer: LoadedLayer, _ columns: PatchColumns) {
        self.layer = layer
        (envelopes, areas, sizes) = (columns.envelopes, columns.areas, columns.sizes)
        (classes, classNames) = (columns.classes, columns.classNames)
        (amounts, oddAmounts) = (columns.amounts, columns.oddAmounts)
        (rings, kept) = (columns.rings, nil)
        places = []
        places.reserveCapacity(envelopes.count)
        for (chunk, rings) in rings.enumerated() {
            for place in 0..<rings.count { places.append(SIMD2(Int32(chunk), Int32(place))) }
        }
    }

    /// Takes over what a prepared catalog keeps.
    init(
        _ layer: LoadedLayer, envelopes: [Envelope], areas: [Double], classes: [Int32], classNames: [String?],
        sizes: [Int32], kept: Kept
    ) {
        self.layer = layer
        (self.envelopes, self.areas, self.sizes) = (envelopes, areas, sizes)
        (self.classes, self.classNames, self.kept) = (classes, classNames, kept)
        (amounts, oddAmounts, rings) = ([], 0, [])
        places = Array(repeating: SIMD2(-1, -1), count: envelopes.count)
    }

    /// The number of patches.
    var count: Int { envelopes.count }

    /// Reads the polygons of some patches, where they were not read before.
    ///
    /// - Parameter wanted: In any order, and as often as they come.
    /// - Throws: ``RedlineError`` where what is kept is damaged; `CancellationError`.
    mutating func readPolygons(of wanted: some Sequence<Int>) async throws {
        guard let kept else { return }
        let missing = Set(wanted).filter { places[$0].x < 0 && sizes[$0] > 0 }.sorted()
        for (place, polygons) in zip(missing, try await kept.read(missing)) {
            if rings.last?.hasRoom(for: Int(sizes[place])) != true { rings.append(PatchRings()) }
            places[place] = SIMD2(Int32(rings.count - 1), Int32(rings[rings.count - 1].count))
            rings[rings.count - 1].append(polygons)
        }
    }

    /// The polygons of a patch; none where they were not read.
    func polygons(of patch: Int) -> [Polygon] {
        let place = places[patch]
        return place.x < 0 ? [] : rings[Int(place.x)].polygons(of: Int(place.y))
    }

    /// Rectangles that hold all ground in a window that lies in several patches, by blocks, each in order.
    ///
    /// - Parameters:
    ///   - window: Only ground in this rectangle matters.
    ///   - sizes: The number of positions of each patch; 0 for one that does not matter.
    ///   - threads: How many tasks work at once.
    ///   - isNear: Whether ground in a rectangle matters.
    /// - Returns: For each block where there are any.
    /// - Throws: ``RedlineError`` where what is kept is damaged; `CancellationError`.
    mutating func crowds(
        in window: Envelope, sizes: [Int32], threads: Int, where isNear: (Envelope) -> Bool
    ) async throws -> [[Envelope]] {
        let known = kept.map { PackedRTree($0.crowds.filter { $0.intersects(window) }) }
        if known?.count == 0 { return [] }
        let all = try await PatchBlocks(window, envelopes, sizes: sizes, threads: threads)
        let blocks = all.blocks.filter { block in
            isNear(block.window) && known.map { !$0.indices(intersecting: block.window).isEmpty } ?? true
        }
        try await readPolygons(of: blocks.lazy.flatMap { $0.patches.lazy.map { Int($0) } })
        return try await concurrentMap(count: blocks.count, threads: threads, chunk: 1) {
            QueryBox()
        } _: { [rings, places] box, block in
            box.query.crowdedWindows(in: blocks[block].window) { body in
                for patch in blocks[block].patches {
                    let place = places[Int(patch)]
                    if place.x >= 0 { rings[Int(place.x)].forEachRing(of: Int(place.y), body) }
                }
            }
        }.filter { !$0.isEmpty }
    }
}

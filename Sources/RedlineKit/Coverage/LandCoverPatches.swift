import RedlineCells
import RedlineGeometry
import RedlineMeasure

/// The patches of a land-cover layer that reach near the regions, by place.
///
/// In columns, because nearly all of half a million patches lie inside one region and share no ground: of those a prepared
/// catalog needs to tell no more than class, rectangle and area.
struct LandCoverPatches: Sendable {
    /// What is known of the layer besides its zones.
    var layer: LoadedLayer
    /// The rectangle of each patch, in degrees.
    var envelopes: [Envelope] = []
    /// The class of each patch, by its place in `classNames`.
    var classes: [Int32] = []
    /// The classes that occur; nil for patches without.
    var classNames: [String?] = []
    /// The cover value of each patch, NaN where it has none; empty where none are asked for.
    var amounts: [Double] = []
    /// How many patches have values that are no amounts.
    var oddAmounts = 0
    /// How many positions the polygons of each patch have.
    var sizes: [Int32] = []
    /// The polygons of those patches that were read.
    private(set) var polygons: [[Polygon]] = []
    /// What a prepared catalog keeps; nil where all polygons were read.
    var kept: Kept?

    /// What a prepared catalog knows beforehand.
    struct Kept: Sendable {
        /// The ellipsoidal area of each patch in square metres; NaN where it has no polygons.
        var areas: [Double]
        /// Rectangles that hold all ground that lies in several patches.
        var crowds: [Envelope]
        /// Reads the polygons of some patches, by place, ascending.
        var read: @Sendable ([Int]) async throws -> [[Polygon]]
    }

    /// Takes over patches that were read.
    ///
    /// - Parameters:
    ///   - layer: The patches.
    ///   - amountName: The attribute that holds cover values; nil where none are asked for.
    init(_ layer: LoadedLayer, amountName: String? = nil) {
        self.layer = layer
        let count = layer.zones.count
        envelopes.reserveCapacity(count)
        polygons.reserveCapacity(count)
        sizes.reserveCapacity(count)
        classes.reserveCapacity(count)
        var places: [String?: Int32] = [:]
        for zone in layer.zones {
            envelopes.append(zone.ground.envelope)
            polygons.append(zone.ground.polygons)
            sizes.append(Int32(zone.ground.polygons.reduce(0) { $0 + $1.positionCount }))
            let known = places[zone.class]
            classes.append(known ?? Int32(classNames.count))
            if known == nil {
                places[zone.class] = Int32(classNames.count)
                classNames.append(zone.class)
            }
            if let amountName { amounts.append(amount(zone.attributes[amountName])) }
        }
        self.layer.zones = []
    }

    /// Takes over what a prepared catalog keeps.
    init(
        _ layer: LoadedLayer, envelopes: [Envelope], classes: [Int32], classNames: [String?], sizes: [Int32],
        kept: Kept
    ) {
        self.layer = layer
        (self.envelopes, self.classes, self.classNames) = (envelopes, classes, classNames)
        (self.sizes, self.kept) = (sizes, kept)
        polygons = Array(repeating: [], count: envelopes.count)
    }

    /// Amounts beyond 0…100 are no cover and count as missing.
    private mutating func amount(_ text: String?) -> Double {
        guard let text else { return .nan }
        if let amount = Double(text), (0...100).contains(amount) { return amount }
        oddAmounts += 1
        return .nan
    }

    /// The number of patches.
    var count: Int { envelopes.count }

    /// Reads the polygons of some patches, where they were not read before.
    ///
    /// - Parameter places: In any order, and as often as they come.
    /// - Throws: ``RedlineError`` where what is kept is damaged; `CancellationError`.
    mutating func readPolygons(of places: some Sequence<Int>) async throws {
        guard let kept else { return }
        let missing = Set(places).filter { polygons[$0].isEmpty && sizes[$0] > 0 }.sorted()
        for (place, read) in zip(missing, try await kept.read(missing)) { polygons[place] = read }
    }

    /// The ellipsoidal area of some patches in square metres; of the others no matter what.
    ///
    /// - Throws: `CancellationError`.
    func areas(of isWanted: @escaping @Sendable (Int) -> Bool, threads: Int) async throws -> [Double] {
        if let kept { return kept.areas }
        let measure = EllipsoidalArea()
        return try await concurrentPieces(of: count, threads: threads) {
        } _: { [polygons] _, place in
            isWanted(place) ? measure.area(of: .multiPolygon(polygons[place])).squareMeters : 0
        }
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
        let blocks = PatchBlocks(window, envelopes, sizes: sizes).blocks.filter { block in
            isNear(block.window) && known.map { !$0.indices(intersecting: block.window).isEmpty } ?? true
        }
        try await readPolygons(of: blocks.lazy.flatMap { $0.patches.lazy.map { Int($0) } })
        return try await concurrentMap(count: blocks.count, threads: threads, chunk: 1) {
            QueryBox()
        } _: { [polygons] box, place in
            box.query.crowdedWindows(
                of: blocks[place].patches.lazy.map { polygons[Int($0)] }, in: blocks[place].window)
        }.filter { !$0.isEmpty }
    }
}

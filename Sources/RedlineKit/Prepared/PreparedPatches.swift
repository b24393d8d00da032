import Foundation
import RedlineGeometry

/// What a prepared file knows of the patches of land cover besides the directory of their layer.
struct PreparedPatches {
    /// The classes that occur; nil for patches without.
    var classNames: [String?]
    /// The class of each patch, by its place in `classNames`.
    var classes: [Int32]
    /// How many positions the polygons of each patch have.
    var sizes: [Int32]
    /// Rectangles that hold all ground that lies in several patches.
    var crowds: [Envelope]

    /// Looks where patches share ground.
    ///
    /// - Throws: `CancellationError`.
    init(_ zones: [Zone], of layer: LoadedLayer, threads: Int) async throws {
        var columns = PatchColumns(isMeasured: false)
        for zone in zones { columns.take(zone) }
        var patches = LandCoverPatches(layer, columns)
        (classNames, classes, sizes) = (patches.classNames, patches.classes, patches.sizes)
        let window = patches.envelopes.reduce(into: Envelope.empty) { $0.formUnion($1) }
        crowds = try await patches.crowds(in: window, sizes: sizes, threads: threads) { _ in true }.flatMap(\.self)
    }

    /// The classes of some patches: what occurs far from the regions does not occur.
    func occurring(at patches: [Int]) -> (names: [String?], places: [Int32]) {
        var numbers = Array(repeating: Int32(-1), count: classNames.count)
        var names: [String?] = []
        let places = patches.map { patch in
            let name = Int(classes[patch])
            if numbers[name] < 0 {
                numbers[name] = Int32(names.count)
                names.append(classNames[name])
            }
            return numbers[name]
        }
        return (names, places)
    }

    var data: Data {
        var writer = PackedWriter()
        writer.write(Int32(classNames.count))
        for name in classNames { writer.write(name) }
        writer.write(Int32(classes.count))
        for place in classes { writer.write(place) }
        for size in sizes { writer.write(size) }
        writer.write(Int32(crowds.count))
        for crowd in crowds { writer.write(crowd) }
        return writer.data
    }

    /// Reads what ``data`` gave.
    ///
    /// - Throws: ``PackedReader/Damaged``.
    init(_ data: Data) throws {
        var reader = PackedReader(data)
        classNames = []
        for _ in 0..<(try reader.count(ofSize: 4)) { classNames.append(try reader.text()) }
        let count = try reader.count(ofSize: 8)
        classes = try reader.array(count, ofSize: 4) { $0.int32(at: $1) }
        sizes = try reader.array(count, ofSize: 4) { $0.int32(at: $1) }
        crowds = try reader.array(try reader.count(ofSize: 32), ofSize: 32) { $0.envelope(at: $1) }
        guard reader.isAtEnd, sizes.allSatisfy({ $0 >= 0 }),
            classes.allSatisfy({ $0 >= 0 && Int($0) < classNames.count })
        else { throw PackedReader.Damaged() }
    }
}

extension PreparedCatalog {
    /// What is kept of a layer of land cover.
    struct KeptPatches: Sendable {
        var entry: Entry
        var patches: PreparedPatches
    }

    /// Reads what is kept of the patches of a layer of land cover; nil for other layers.
    ///
    /// - Throws: ``RedlineError`` where what is read is damaged.
    func keptPatches(_ layer: CatalogLayer, _ edition: Edition) async throws -> KeptPatches? {
        try await checked {
            let entry = try entry(layer.preparedID ?? layer.id, edition)
            guard let patches = try block("redline_patches", of: entry.number, { try PreparedPatches($0) }) else {
                return nil
            }
            guard patches.classes.count == entry.directory.envelopes.count else { throw PackedReader.Damaged() }
            return KeptPatches(entry: entry, patches: patches)
        }
    }

    /// The patches that reach into a window.
    func patches(
        _ kept: KeptPatches, _ layer: CatalogLayer, _ edition: Edition, window: Envelope, threads: Int
    ) -> LandCoverPatches {
        let (entry, directory, patches) = (kept.entry, kept.entry.directory, kept.patches)
        let places = directory.envelopes.indices.filter { directory.envelopes[$0].intersects(window) }
        let isAll = places.count == directory.envelopes.count
        func near<Value>(_ column: [Value]) -> [Value] { isAll ? column : places.map { column[$0] } }
        let classes = patches.occurring(at: places)
        return LandCoverPatches(
            LoadedLayer(layer: layer, edition: edition, zones: [], summary: entry.summary),
            envelopes: near(directory.envelopes), areas: near(directory.areas), classes: classes.places,
            classNames: classes.names, sizes: near(patches.sizes),
            kept: LandCoverPatches.Kept(crowds: patches.crowds) { wanted in
                try await self.checked {
                    try await self.zones(entry, wanted.map { places[$0] }, threads: threads).map(\.ground.polygons)
                }
            })
    }
}

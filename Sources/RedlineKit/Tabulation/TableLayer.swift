import RedlineCells
import RedlineGeometry

/// A layer made ready for tables: its zones with their attributes, and their cells.
struct TableLayer: Sendable {
    /// The zones, in the order of the file, and what is to be said of them.
    var loaded: LoadedLayer
    /// The cells of the zones, by place in ``LoadedLayer/zones``.
    var cells: CellLayer

    /// How its ground is measured, where that was kept; else nil.
    var knownTiles: CellTiles? {
        get throws { try loaded.prepared?.tiles?().map { CellTiles(cells, [$0]) } }
    }

    /// The id in the catalog.
    var id: String { loaded.layer.id }

    /// What results record of it.
    var used: UsedLayer {
        UsedLayer(
            id: id, title: loaded.layer.title, edition: loaded.edition?.date, features: loaded.featureCount,
            repaired: loaded.repairedCount, sha256: loaded.sha256)
    }
}

extension LayerLoader {
    /// Reads whole layers of a catalog, judges them and cuts their zones: the door through which tables get their data.
    ///
    /// - Parameters:
    ///   - layers: The layers, each once.
    ///   - withCells: Whether their cells are wanted; else they have none.
    /// - Returns: A ready layer for each, in the same order.
    /// - Throws: ``RedlineError`` if a source cannot be read, or none is in force on the day asked for.
    func tableLayers(_ layers: [CatalogLayer], withCells: Bool = true) async throws -> [TableLayer] {
        var ready: [TableLayer] = []
        func loading(_ layer: CatalogLayer) -> Task<LoadedLayer, any Error> {
            Task { try await load(layer, withCells: withCells) }
        }
        var upcoming = threads > 1 ? layers.first.map(loading) : nil
        defer { upcoming?.cancel() }
        for (place, layer) in layers.enumerated() {
            let loaded = try await (upcoming ?? loading(layer)).value
            // The next layer is read while this one is cut.
            upcoming = threads > 1 && place + 1 < layers.count ? loading(layers[place + 1]) : nil
            guard loaded.edition != nil else {
                throw RedlineError(
                    "the layer has no edition in force on \(asOf?.description ?? "that day").", layer: layer.id,
                    remedy: "Choose a later day with --as-of, or name an older edition in the catalog.")
            }
            let cells: CellLayer
            if let prepared = loaded.prepared {
                cells = prepared.cells
            } else if !withCells {
                cells = CellLayer([])
            } else {
                cells = try await self.cells(of: loaded.zones.map(\.ground.polygons))
            }
            ready.append(TableLayer(loaded: loaded, cells: cells))
        }
        return ready
    }

    /// Cuts zones into cells, each the same on any number of threads.
    func cells(of zones: [[Polygon]]) async throws -> CellLayer {
        // The largest first, so that none is left to one task at the end.
        let sizes = zones.map { $0.reduce(0) { $0 + $1.positionCount } }
        let order = zones.indices.sorted { (sizes[$1], $0) < (sizes[$0], $1) }
        let cut = try await concurrentMap(count: zones.count, threads: threads, chunk: 4) {
            CellBuilder()
        } _: { builder, place in
            builder.cells(of: zones[order[place]])
        }
        var cells = Array(repeating: ZoneCells(rule: .evenOdd), count: zones.count)
        for (place, zone) in order.enumerated() { cells[zone] = cut[place] }
        return try CellLayer(cells, threads: threads)
    }
}

extension CellLayer {
    /// Puts the cells of all zones together, in the order of the zones, and indexes them, on several threads.
    init(_ zones: [ZoneCells], threads: Int) throws {
        let runs = zones.enumerated().map { place, zone in
            [CellRun(zone: Int32(place), cells: Int32(zone.count), edges: Int32(zone.edges.count))]
        }
        let joined = try CellLayer(runs, origins: zones.map(\.origin), rules: zones.map(\.rule)) { room in
            try concurrentRanges(count: zones.count, threads: threads, chunk: 64) { range in
                range.allSatisfy { room.take(zones[$0], ofChunk: $0) }
            }
        }
        self = joined ?? CellLayer(zones)
    }
}

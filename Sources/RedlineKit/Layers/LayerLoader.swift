import CoordinateReference
import LayerIO
import RedlineGeometry

/// Reads layers of a catalog into CGCS2000 longitude and latitude, on several tasks.
struct LayerLoader {
    /// The day whose editions are read; nil for the newest.
    let asOf: CalendarDate?
    /// How many tasks work at once.
    let threads: Int

    /// A window that every zone reaches into.
    static let everywhere = Envelope(minX: -.infinity, minY: -.infinity, maxX: .infinity, maxY: .infinity)

    /// Reads and judges a layer, and keeps the zones that reach into a window.
    ///
    /// All rows are read and judged, so that what is said of a layer does not depend on where the sites lie; the geometry
    /// of those beyond the window is given up at once. Zones with invalid geometry are repaired and marked, because a zone
    /// left out is a conflict missed; where even that fails, or a row has no geometry, a warning says so.
    ///
    /// - Parameters:
    ///   - layer: The layer.
    ///   - window: In degrees.
    ///   - withCells: Whether the cells of a prepared catalog are wanted, which may be larger than the zones.
    /// - Returns: The zones; without an edition where none was in force.
    /// - Throws: ``RedlineError`` if the source cannot be read, has no CRS or lacks a field, or for coordinates that the
    ///   CRS cannot mean; `CancellationError`.
    func load(
        _ layer: CatalogLayer, window: Envelope = everywhere, withCells: Bool = true
    ) async throws -> LoadedLayer {
        if let prepared = layer.prepared, let edition = layer.edition(asOf: asOf) {
            return try await prepared.load(layer, edition, window: window, withCells: withCells, threads: threads)
        }
        var (loaded, zones) = try await load(layer, window: window) { [Zone]() }
        loaded.zones = zones
        return loaded
    }

    /// Reads and judges a layer as ``load(_:window:withCells:)`` does, and gives the zones to a store.
    ///
    /// - Parameters:
    ///   - layer: The layer.
    ///   - window: In degrees.
    ///   - start: Gives an empty store; each task fills stores of its own.
    /// - Returns: The layer without its zones, and the store that took all of them.
    /// - Throws: As ``load(_:window:withCells:)``.
    func load<Store: ZoneStore>(
        _ layer: CatalogLayer, window: Envelope, into start: @escaping @Sendable () -> Store
    ) async throws -> (layer: LoadedLayer, store: Store) {
        guard let edition = layer.edition(asOf: asOf) else { return (.init(empty: layer, nil), start()) }
        if let prepared = layer.prepared {
            var loaded = try await prepared.load(layer, edition, window: window, withCells: false, threads: threads)
            var store = start()
            for zone in loaded.zones { store.take(zone) }
            loaded.zones = []
            return (loaded, store)
        }
        let source = layer.source(of: edition)
        do {
            async let digest = FileDigest.sha256(of: source.constituentFiles)
            let reader = try ZoneRowReader(source, layer: layer)
            var tally = RowTally(layer, edition, start())
            try await reader.forEachPart(near: window, threads: threads) {
                RowTally(layer, edition, start())
            } _: {
                tally.take(contentsOf: $0)
            }
            try check(tally.rows, reader.crs, source, layer)
            return (try tally.rows.layer(sha256: await digest), tally.store)
        } catch let error as CancellationError {
            throw error
        } catch let error as CoordinateReferenceError {
            throw RedlineError("\(error)", file: edition.source, layer: layer.id)
        } catch {
            throw RedlineError(inLayer: layer.id, error)
        }
    }

    /// Refuses coordinates that the CRS cannot mean.
    private func check(_ tally: RowCount, _ crs: String, _ source: LayerSource, _ layer: CatalogLayer) throws {
        func doubt() -> String { CoordinateDoubt.summary(of: source, known: KnownPlaces()) }
        let transformation = try CoordinateTransformation(from: crs)
        if let contradiction = CoordinateDoubt.contradiction(tally.envelope, transformation) {
            throw RedlineError(
                contradiction + doubt(), file: source.path, layer: layer.id,
                remedy: "Say what they are with 'crs' in the catalog.")
        }
        if let (id, reason) = tally.misplaced {
            throw RedlineError(reason + doubt(), file: source.path, layer: layer.id, feature: id)
        }
    }
}

extension LoadedLayer {
    /// A layer of which nothing was read yet.
    init(empty layer: CatalogLayer, _ edition: Edition?) {
        self.init(
            layer: layer, edition: edition, zones: [], featureCount: 0, repairedCount: 0, codeCounts: [:], sha256: nil,
            warnings: [])
    }

    /// The same with the zones alone that reach into a window; those of a prepared catalog stay with their cells.
    func narrowed(to window: Envelope) -> LoadedLayer {
        guard prepared == nil else { return self }
        var narrow = self
        narrow.zones.removeAll { !window.intersects($0.ground.envelope) }
        return narrow
    }
}

extension RedlineError {
    /// Wraps what a reader threw, with the layer's id in the catalog.
    init(inLayer id: String?, _ error: any Error) {
        if let own = error as? RedlineError {
            self = own
            layer = layer ?? id
        } else {
            self.init("\(error)", layer: id)
        }
    }
}

extension CatalogLayer {
    /// Where an edition of it is read from, and how.
    func source(of edition: Edition) -> LayerSource {
        LayerSource(
            path: edition.source, layer: sourceLayer, encoding: encoding, crs: crs, attributeFilter: filter)
    }
}

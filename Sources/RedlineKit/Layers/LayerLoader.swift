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
        guard let edition = layer.edition(asOf: asOf) else {
            return LoadedLayer(
                layer: layer, edition: nil, zones: [], featureCount: 0, repairedCount: 0, codeCounts: [:], sha256: nil,
                warnings: [])
        }
        if let prepared = layer.prepared {
            return try await prepared.load(
                layer, edition, window: window, withCells: withCells, threads: threads)
        }
        let source = layer.source(of: edition)
        do {
            async let digest = FileDigest.sha256(of: source.constituentFiles)
            let reader = try ZoneRowReader(source, layer: layer)
            var tally = RowTally(layer, edition)
            try await reader.forEachRow(near: window, threads: threads) { tally.take($0) }
            try check(tally, reader.crs, source, layer)
            return try tally.layer(sha256: await digest)
        } catch let error as CancellationError {
            throw error
        } catch let error as CoordinateReferenceError {
            throw RedlineError("\(error)", file: edition.source, layer: layer.id)
        } catch {
            throw RedlineError(inLayer: layer.id, error)
        }
    }

    /// Refuses coordinates that the CRS cannot mean.
    private func check(_ tally: RowTally, _ crs: String, _ source: LayerSource, _ layer: CatalogLayer) throws {
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

/// What the rows of a layer come to.
private struct RowTally {
    /// In the CRS of the file.
    private(set) var envelope = Envelope.empty
    /// The first row whose positions the CRS cannot mean, and why.
    private(set) var misplaced: (id: String, reason: String)?
    private var loaded: LoadedLayer
    private var faults: [String] = []
    private var unknownClasses: [String: Int] = [:]

    init(_ layer: CatalogLayer, _ edition: Edition) {
        loaded = LoadedLayer(
            layer: layer, edition: edition, zones: [], featureCount: 0, repairedCount: 0, codeCounts: [:], sha256: nil,
            warnings: [])
    }

    mutating func take(_ row: consuming ZoneRow) {
        loaded.featureCount += 1
        envelope.formUnion(row.envelope)
        if let code = row.code { loaded.codeCounts[code, default: 0] += 1 }
        switch row.state {
        case .misplaced(let reason):
            if misplaced == nil { misplaced = (row.id, reason) }
            return
        case .fault(let reason):
            faults.append("\(row.id) (\(reason))")
            return
        case .away(let isRepaired): if isRepaired { loaded.repairedCount += 1 }
        case .zone(let zone):
            if zone.isRepaired { loaded.repairedCount += 1 }
            loaded.zones.append(zone)
        }
        if let unknown = row.unknownClass { unknownClasses[unknown, default: 0] += 1 }
    }

    /// The layer, with what is to be said of it.
    func layer(sha256: String?) -> LoadedLayer {
        var loaded = loaded
        loaded.sha256 = sha256
        loaded.hasUnusableZones = !faults.isEmpty
        let id = loaded.layer.id
        if !faults.isEmpty {
            let list = faults.prefix(5).joined(separator: "; ") + (faults.count > 5 ? "; …" : "")
            loaded.warnings.append(
                Remark(
                    zh: "图层 '\(id)'：\(faults.count) 个要素的几何不可用，未参与比对：\(list)。",
                    en:
                        "Layer '\(id)': \(faults.count) features without usable geometry, not screened against: \(list)."
                )
            )
        }
        for (value, count) in unknownClasses.sorted(by: { $0.key < $1.key }) {
            loaded.warnings.append(
                Remark(
                    zh: "图层 '\(id)'：\(count) 个要素的类别 '\(value)' 不在类别对照表中。",
                    en: "Layer '\(id)': class '\(value)' of \(count) features is not in the class map."))
        }
        return loaded
    }
}

extension LoadedLayer {
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

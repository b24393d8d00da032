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
            let rows = try await reader.rows(near: window, threads: threads)
            try check(rows, reader.crs, source, layer)
            return try layered(rows, layer, edition, sha256: await digest)
        } catch let error as CancellationError {
            throw error
        } catch let error as CoordinateReferenceError {
            throw RedlineError("\(error)", file: edition.source, layer: layer.id)
        } catch {
            throw RedlineError(inLayer: layer.id, error)
        }
    }

    /// Refuses coordinates that the CRS cannot mean.
    private func check(_ rows: [ZoneRow], _ crs: String, _ source: LayerSource, _ layer: CatalogLayer) throws {
        let envelope = rows.reduce(into: Envelope.empty) { $0.formUnion($1.envelope) }
        func doubt() -> String { CoordinateDoubt.summary(of: source, known: KnownPlaces()) }
        if let contradiction = CoordinateDoubt.contradiction(envelope, try CoordinateTransformation(from: crs)) {
            throw RedlineError(
                contradiction + doubt(), file: source.path, layer: layer.id,
                remedy: "Say what they are with 'crs' in the catalog.")
        }
        for row in rows {
            guard case .misplaced(let reason) = row.state else { continue }
            throw RedlineError(reason + doubt(), file: source.path, layer: layer.id, feature: row.id)
        }
    }

    private func layered(
        _ rows: [ZoneRow], _ layer: CatalogLayer, _ edition: Edition, sha256: String?
    ) -> LoadedLayer {
        var loaded = LoadedLayer(
            layer: layer, edition: edition, zones: [], featureCount: rows.count, repairedCount: 0, codeCounts: [:],
            sha256: sha256, warnings: [])
        var faults: [String] = []
        var unknownClasses: [String: Int] = [:]
        for row in rows {
            if let code = row.code { loaded.codeCounts[code, default: 0] += 1 }
            switch row.state {
            case .misplaced(let reason), .fault(let reason): faults.append("\(row.id) (\(reason))")
            case .away(let isRepaired):
                if isRepaired { loaded.repairedCount += 1 }
                _ = standardClass(row.class, layer: layer, unknown: &unknownClasses)
            case .ground(let ground, let isRepaired):
                if isRepaired { loaded.repairedCount += 1 }
                loaded.zones.append(
                    Zone(
                        id: row.id, code: row.code, name: row.name,
                        class: standardClass(row.class, layer: layer, unknown: &unknownClasses),
                        attributes: row.attributes, ground: ground, isRepaired: isRepaired))
            }
        }
        loaded.hasUnusableZones = !faults.isEmpty
        loaded.warnings = warnings(faults, unknownClasses, layer)
        return loaded
    }

    private func warnings(
        _ faults: [String], _ unknownClasses: [String: Int], _ layer: CatalogLayer
    ) -> [Remark] {
        var warnings: [Remark] = []
        if !faults.isEmpty {
            let list = faults.prefix(5).joined(separator: "; ") + (faults.count > 5 ? "; …" : "")
            warnings.append(
                Remark(
                    zh: "图层 '\(layer.id)'：\(faults.count) 个要素的几何不可用，未参与比对：\(list)。",
                    en: "Layer '\(layer.id)': \(faults.count) features without usable geometry, not screened against: "
                        + "\(list)."))
        }
        for (value, count) in unknownClasses.sorted(by: { $0.key < $1.key }) {
            warnings.append(
                Remark(
                    zh: "图层 '\(layer.id)'：\(count) 个要素的类别 '\(value)' 不在类别对照表中。",
                    en: "Layer '\(layer.id)': class '\(value)' of \(count) features is not in the class map."))
        }
        return warnings
    }

    private func standardClass(_ raw: String?, layer: CatalogLayer, unknown: inout [String: Int]) -> String? {
        guard let raw, !layer.classes.isEmpty else { return raw }
        if let standard = layer.classes[raw] { return standard }
        unknown[raw, default: 0] += 1
        return "unknown:\(raw)"
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

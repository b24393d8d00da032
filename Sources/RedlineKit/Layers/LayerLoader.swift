import CoordinateReference
import GeometryEngine
import LayerIO
import RedlineGeometry

/// Reads layers of a catalog into CGCS2000 longitude and latitude, on several tasks.
struct LayerLoader {
    /// The day whose editions are read; nil for the newest.
    let asOf: CalendarDate?
    /// How many tasks work at once.
    let threads: Int

    /// Reads the rows of a layer, and the digest of its source meanwhile.
    ///
    /// - Throws: ``RedlineError`` if the source cannot be read, has no CRS or lacks a field; `CancellationError`.
    func read(_ layer: CatalogLayer) async throws -> RawLayer {
        guard let edition = layer.edition(asOf: asOf) else { return RawLayer(layer: layer) }
        if layer.prepared != nil { return RawLayer(layer: layer, edition: edition) }
        let source = layer.source(of: edition)
        do {
            async let digest = FileDigest.sha256(of: source.constituentFiles)
            let table = try await ZoneTable(source, layer: layer, threads: threads)
            return RawLayer(layer: layer, edition: edition, table: table, sha256: try await digest)
        } catch let error as CancellationError {
            throw error
        } catch {
            throw RedlineError(inLayer: layer.id, error)
        }
    }

    /// Judges what was read, and keeps the zones that reach into `window`.
    ///
    /// All rows are read and judged, so that what is said of a layer does not depend on where the sites lie. Zones with
    /// invalid geometry are repaired and marked, because a zone left out is a conflict missed; where even that fails, or
    /// a row has no geometry, a warning says so.
    ///
    /// - Parameters:
    ///   - raw: The layer.
    ///   - window: In degrees.
    ///   - withCells: Whether the cells of a prepared catalog are wanted, which may be larger than the zones.
    /// - Returns: The zones.
    /// - Throws: ``RedlineError`` for coordinates that the CRS cannot mean.
    func judge(_ raw: RawLayer, window: Envelope, withCells: Bool = true) async throws -> LoadedLayer {
        let layer = raw.layer
        if let edition = raw.edition, let prepared = layer.prepared {
            return try await prepared.load(
                layer, edition, window: window, withCells: withCells, threads: threads)
        }
        guard let edition = raw.edition, let table = raw.table else {
            return LoadedLayer(
                layer: layer, edition: nil, zones: [], featureCount: 0, repairedCount: 0, codeCounts: [:], sha256: nil,
                warnings: [])
        }
        let shaped = try await shape(table, layer: layer, file: edition.source)
        var warnings: [Remark] = []
        let repaired = shaped.count { if case .ground(_, isRepaired: true) = $0 { true } else { false } }
        let zones = zones(table.rows, shaped, layer: layer, window: window, warnings: &warnings)
        return LoadedLayer(
            layer: layer, edition: edition, zones: zones, featureCount: table.rows.count, repairedCount: repaired,
            codeCounts: table.codeCounts, sha256: raw.sha256,
            hasUnusableZones: shaped.contains { if case .fault = $0 { true } else { false } }, warnings: warnings)
    }

    /// Transforms and judges the geometries; a fault stands in for what cannot be used.
    private func shape(_ table: ZoneTable, layer: CatalogLayer, file: String) async throws -> [ShapedGround] {
        let crs = table.crs
        let rows = table.rows
        do {
            let transformation = try CoordinateTransformation(from: crs)
            var envelope = Envelope.empty
            for row in rows { if case .success(let geometry?) = row.geometry { envelope.formUnion(geometry.envelope) } }
            if let contradiction = CoordinateDoubt.contradiction(envelope, transformation) {
                throw RedlineError(
                    contradiction + (try summary(table)), file: file, layer: layer.id,
                    remedy: "Say what they are with 'crs' in the catalog.")
            }
            return try await concurrentMap(count: rows.count, threads: threads, chunk: 16) {
                try GroundMaker(crs: crs)
            } _: { maker, index in
                do {
                    return try maker.ground(of: rows[index].geometry, repairing: true)
                } catch let error as CoordinateReferenceError {
                    let summary = try summary(table)
                    throw RedlineError("\(error)\(summary)", file: file, layer: layer.id, feature: rows[index].id)
                }
            }
        } catch let error as CoordinateReferenceError {
            throw RedlineError("\(error)", file: file, layer: layer.id)
        }
    }

    /// What the numbers of a table can be, where its CRS does not fit them.
    private func summary(_ table: ZoneTable) throws -> String {
        var sample = CoordinateSample()
        for row in table.rows {
            guard case .success(let geometry?) = row.geometry else { continue }
            sample.add(geometry, claims: [row.code, row.name].compactMap(\.self))
        }
        let diagnosis = try CoordinateDetective(known: KnownPlaces()).diagnose(sample)
        return diagnosis.hypotheses.isEmpty ? "" : " " + diagnosis.summary.en
    }

    private func zones(
        _ rows: [ZoneTable.Row], _ shaped: [ShapedGround], layer: CatalogLayer, window: Envelope,
        warnings: inout [Remark]
    ) -> [Zone] {
        var zones: [Zone] = []
        zones.reserveCapacity(rows.count)
        var faults: [String] = []
        var unknownClasses: [String: Int] = [:]
        for (row, shape) in zip(rows, shaped) {
            switch shape {
            case .fault(let reason): faults.append("\(row.id) (\(reason))")
            case .ground(let ground, let isRepaired):
                let standard = standardClass(row.class, layer: layer, unknown: &unknownClasses)
                if !window.intersects(ground.envelope) { continue }
                zones.append(
                    Zone(
                        id: row.id, code: row.code, name: row.name, class: standard, attributes: row.attributes,
                        ground: ground, isRepaired: isRepaired))
            }
        }
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
        return zones
    }

    private func standardClass(_ raw: String?, layer: CatalogLayer, unknown: inout [String: Int]) -> String? {
        guard let raw, !layer.classes.isEmpty else { return raw }
        if let standard = layer.classes[raw] { return standard }
        unknown[raw, default: 0] += 1
        return "unknown:\(raw)"
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

/// A layer as its file gives it, before its geometry is judged.
struct RawLayer: Sendable {
    var layer: CatalogLayer
    /// Nil where none was in force.
    var edition: Edition?
    var table: ZoneTable?
    /// SHA-256 of the source; nil for a database.
    var sha256: String?
}

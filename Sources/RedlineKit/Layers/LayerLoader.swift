import CoordinateReference
import GeometryEngine
import LayerIO
import RedlineGeometry

/// Reads layers of a catalog into CGCS2000 longitude and latitude, on several tasks.
struct LayerLoader {
    /// The catalog, for messages.
    let catalog: Catalog
    /// The day whose editions are read; nil for the newest.
    let asOf: CalendarDate?
    /// How many tasks work at once.
    let threads: Int

    /// Reads the zones of `layer` that lie in `window`, or all of them.
    ///
    /// Zones with invalid geometry are repaired and marked, because a zone left out is a conflict missed; where even
    /// that fails, or a row has no geometry, a warning counts it.
    ///
    /// - Throws: ``RedlineError`` if the source cannot be read, has no CRS or lacks a field.
    func load(_ layer: CatalogLayer, window: Envelope?) async throws -> LoadedLayer {
        guard let edition = layer.edition(asOf: asOf) else {
            return LoadedLayer(
                layer: layer, edition: nil, zones: [], featureCount: 0, codeCounts: [:], sha256: nil, warnings: [])
        }
        let source = LayerSource(
            path: edition.source, layer: layer.sourceLayer, encoding: layer.encoding, crs: layer.crs,
            attributeFilter: layer.filter)
        let reader = try Self.opened(source, layer: layer)
        let fields = try fieldMapping(of: layer, among: reader.description.fields.map(\.name), file: edition.source)
        let crs = try Self.crs(of: reader.description, source, layer: layer)
        let rows = try read(reader, fields, within: Self.filter(window, crs: crs), layer: layer, edition: edition)
        var loaded = LoadedLayer(
            layer: layer, edition: edition, zones: [], featureCount: rows.count, codeCounts: rows.codeCounts,
            sha256: try FileDigest.sha256(of: source.constituentFiles), warnings: [])
        let shaped = try await shape(rows.near, crs: crs, layer: layer, file: edition.source)
        loaded.zones = zones(rows.near, shaped, layer: layer, window: window, warnings: &loaded.warnings)
        loaded.hasUnusableZones = shaped.contains { if case .fault = $0 { true } else { false } }
        return loaded
    }

    private static func opened(_ source: LayerSource, layer: CatalogLayer) throws -> LayerReader {
        do {
            return try LayerReader(source)
        } catch {
            throw RedlineError(inLayer: layer.id, error)
        }
    }

    /// The fields that the catalog names, else those that bear a usual name; a named field must be there.
    private func fieldMapping(of layer: CatalogLayer, among names: [String], file: String) throws -> FieldMapping {
        func resolve(_ named: String?, _ aliases: [String], _ key: String) throws -> String? {
            guard let named else { return FieldAliases.find(aliases, among: names) }
            if names.contains(named) { return named }
            if let match = names.first(where: { FieldAliases.matches($0, named) }) { return match }
            let near = names.sorted { editDistance($0.lowercased(), named.lowercased())
                < editDistance($1.lowercased(), named.lowercased()) }.prefix(5).joined(separator: ", ")
            throw RedlineError(
                "the catalog names the field '\(named)' for '\(key)', which the file does not have.", file: file,
                layer: layer.id,
                remedy: names.isEmpty ? "The file has no fields." : "Nearest fields of the file: \(near).")
        }
        return FieldMapping(
            code: try resolve(layer.fields.code, FieldAliases.code, "code"),
            name: try resolve(layer.fields.name, FieldAliases.name, "name"),
            class: try resolve(layer.fields.class, FieldAliases.class, "class"))
    }

    static func crs(of description: LayerDescription, _ source: LayerSource, layer: CatalogLayer) throws -> String {
        if let given = source.crs { return given }
        guard let own = description.crs.authority ?? description.crs.wkt else {
            throw RedlineError(
                "the layer has no CRS.", file: source.path, layer: layer.id,
                remedy: "Say what its coordinates are with 'crs: EPSG:n' in the catalog.")
        }
        return own
    }

    /// The window as a filter for the file; nil where the file's plane is another one and its rows must all be read.
    private static func filter(_ window: Envelope?, crs: String) throws -> Envelope? {
        guard let window, try CoordinateReferenceSystem(crs).isWGS84LikeGeographic else { return nil }
        return window
    }

    /// Reads codes of all rows, and whole rows in the window.
    private func read(
        _ reader: LayerReader, _ fields: FieldMapping, within filter: Envelope?, layer: CatalogLayer, edition: Edition
    ) throws -> (near: [NamedRow], codeCounts: [String: Int], count: Int) {
        let asked = [fields.code, fields.name, fields.class].compactMap { $0 }
        var near: [NamedRow] = []
        var codeCounts: [String: Int] = [:]
        var count = 0
        func note(_ code: String?) {
            count += 1
            if let code { codeCounts[code, default: 0] += 1 }
        }
        do {
            try reader.read(fields: asked, within: filter) { rows in
                for row in rows {
                    var texts = row.attributes.map { Self.trimmed($0.text) }[...]
                    let code = fields.code == nil ? nil : texts.removeFirst()
                    let name = fields.name == nil ? nil : texts.removeFirst()
                    let rawClass = fields.class == nil ? nil : texts.removeFirst()
                    if filter == nil { note(code) }
                    near.append(
                        NamedRow(id: row.identifier, code: code, name: name, class: rawClass, geometry: row.geometry))
                }
            }
            if filter != nil {
                try reader.readAttributes(fields: fields.code.map { [$0] } ?? []) { rows in
                    for row in rows { note(fields.code == nil ? nil : Self.trimmed(row.attributes[0].text)) }
                }
            }
        } catch {
            throw RedlineError(inLayer: layer.id, error)
        }
        return (near, codeCounts, count)
    }

    private static func trimmed(_ text: String?) -> String? {
        guard let text else { return nil }
        var part = Substring(text)
        while let last = part.last, last.isWhitespace { part.removeLast() }
        while let first = part.first, first.isWhitespace { part.removeFirst() }
        return part.isEmpty ? nil : String(part)
    }

    /// Transforms and judges the geometries; a fault stands in for what cannot be used.
    private func shape(
        _ rows: [NamedRow], crs: String, layer: CatalogLayer, file: String
    ) async throws -> [ShapedGround] {
        try await concurrentMap(count: rows.count, threads: threads, chunk: 16) {
            try GroundMaker(crs: crs)
        } _: { maker, index in
            do {
                return try maker.ground(of: rows[index].geometry, repairing: true)
            } catch let error as CoordinateReferenceError {
                throw RedlineError(
                    "\(error)", file: file, layer: layer.id, feature: "\(rows[index].id)")
            }
        }
    }

    private func zones(
        _ rows: [NamedRow], _ shaped: [ShapedGround], layer: CatalogLayer, window: Envelope?, warnings: inout [String]
    ) -> [Zone] {
        var zones: [Zone] = []
        var faults: [String] = []
        var unknownClasses: [String: Int] = [:]
        for (row, shape) in zip(rows, shaped) {
            switch shape {
            case .fault(let reason): faults.append("\(row.id) (\(reason))")
            case .ground(let ground, let isRepaired):
                if let window, !window.intersects(ground.envelope) { continue }
                let standard = standardClass(row.class, layer: layer, unknown: &unknownClasses)
                zones.append(
                    Zone(
                        id: String(row.id), code: row.code, name: row.name, class: standard, ground: ground,
                        isRepaired: isRepaired))
            }
        }
        if !faults.isEmpty {
            warnings.append(
                "Layer '\(layer.id)': \(faults.count) features without usable geometry, not screened against: "
                    + faults.prefix(5).joined(separator: "; ") + (faults.count > 5 ? "; …" : "") + ".")
        }
        for (value, count) in unknownClasses.sorted(by: { $0.key < $1.key }) {
            warnings.append("Layer '\(layer.id)': class '\(value)' of \(count) features is not in the class map.")
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

/// A row before its geometry is judged.
private struct NamedRow: Sendable {
    var id: Int64
    var code: String?
    var name: String?
    var `class`: String?
    var geometry: Result<Geometry?, FeatureProblem>
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

import CoordinateReference
import GeometryEngine
import LayerIO
import RedlineGeometry

/// A row as it is checked: what the file says, and the ground that was made of it.
struct CheckedRow: Sendable {
    /// The file's feature identifier, else the row number from 1.
    var id: String
    var code: String?
    var name: String?
    /// The class as the file has it.
    var rawClass: String?
    /// The values of all fields, in their order.
    var attributes: [AttributeValue]
    /// The geometry in the CRS of the file.
    var source: Result<Geometry?, FeatureProblem>
    /// What it covers, repaired where needed; empty where nothing can be made of it.
    var ground = Ground()
    /// Why the geometry is not taken as it is.
    var geometryFaults: [GroundFault] = []
    /// Why the CRS cannot mean its coordinates.
    var misfit: String?
    /// The ellipsoidal area in square metres.
    var area = 0.0
}

/// A layer as it is checked.
struct CheckedLayer: Sendable {
    let layer: CatalogLayer
    let edition: Edition
    let description: LayerDescription
    /// What the coordinates are; nil where nothing says.
    let crs: String?
    /// The fields of code, name and class, by place in the description; nil where there is none.
    let codeField: Int?
    let nameField: Int?
    let classField: Int?
    /// The fields that the catalog names and the file does not have, by key.
    let missingFields: [(key: String, field: String)]
    var rows: [CheckedRow]
    let sha256: String?

    /// How often each code occurs.
    var codeCounts: [String: Int] {
        rows.reduce(into: [:]) { counts, row in if let code = row.code { counts[code, default: 0] += 1 } }
    }

    /// How well its lines lie on the ground, in metres: what is narrower in comparison with other layers is no fault.
    var accuracyInMeters: Double { layer.accuracy?.meters ?? 1 }

    /// The value of a field of a row, without space around it; nil where there is none.
    func text(_ field: Int?, of row: CheckedRow) -> String? {
        field.flatMap { row.attributes[$0].text?.trimmed }
    }
}

extension CheckedLayer {
    /// Reads a layer with all its fields.
    ///
    /// - Throws: ``RedlineError`` or `LayerError` if the source cannot be read.
    init(reading layer: CatalogLayer, _ edition: Edition) throws {
        let source = layer.source(of: edition)
        let reader = try LayerReader(source)
        let description = reader.description
        let names = description.fields.map(\.name)
        var missing: [(key: String, field: String)] = []
        func resolve(_ named: String?, _ aliases: [String], _ key: String) -> Int? {
            guard let named else { return FieldAliases.find(aliases, among: names).flatMap(names.firstIndex) }
            if let match = FieldAliases.field(named: named, among: names) { return names.firstIndex(of: match) }
            missing.append((key, named))
            return nil
        }
        let code = resolve(layer.fields.code, FieldAliases.code, "code")
        let name = resolve(layer.fields.name, FieldAliases.name, "name")
        let rawClass = resolve(layer.fields.class, FieldAliases.class, "class")
        let ownID = reader.fieldName(like: LayerReader.featureIDField)
        var rows: [CheckedRow] = []
        try reader.read(fields: (ownID.map { [$0] } ?? []) + names) { batch in
            for row in batch {
                let values = ownID == nil ? row.attributes : Array(row.attributes.dropFirst())
                func text(_ field: Int?) -> String? { field.flatMap { values[$0].text?.trimmed } }
                rows.append(
                    CheckedRow(
                        id: (ownID == nil ? nil : row.attributes[0].text?.trimmed) ?? String(row.identifier),
                        code: text(code), name: text(name), rawClass: text(rawClass), attributes: values,
                        source: row.geometry))
            }
        }
        self.init(
            layer: layer, edition: edition, description: description, crs: description.crs.shortestDefinition,
            codeField: code, nameField: name, classField: rawClass, missingFields: missing, rows: rows,
            sha256: try FileDigest.sha256(of: source.constituentFiles))
    }

    /// Brings the geometries to the inside plane and judges them.
    ///
    /// - Throws: `CoordinateReferenceError` where the CRS is not understood.
    mutating func shape(threads: Int) async throws {
        guard let crs else { return }
        let read = rows
        rows = try await concurrentMap(count: read.count, threads: threads, chunk: 16) {
            try RowJudge(crs: crs)
        } _: { judge, index in
            try judge.judged(read[index])
        }
    }
}

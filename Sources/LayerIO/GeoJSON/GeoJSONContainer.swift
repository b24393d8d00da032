import RedlineGeometry

/// A GeoJSON file, read without GDAL: in the order of the file, with each feature's own id, and with a reason for
/// each geometry that is broken.
final class GeoJSONContainer: LayerContainer {
    var driver: String { document.isSequence ? "GeoJSONSeq" : "GeoJSON" }
    let layerNames: [String]
    private var document: GeoJSONDocument
    private let source: LayerSource
    private let encoding: EncodingEvidence

    /// Reads the bytes of a file; nil where they are JSON of another kind.
    init?(_ bytes: [UInt8], source: LayerSource) throws(LayerError) {
        let (text, encoding) = try Self.decoded(bytes, source: source)
        self.source = source
        self.encoding = encoding
        do {
            guard let document = try GeoJSONDocument(text) else { return nil }
            self.document = document
        } catch {
            // GDAL reads the JSON of others, and some of what is not quite JSON.
            if Self.isForeign(text) { return nil }
            throw Self.error(error, in: text, path: source.shownPath)
        }
        let stem = source.path == "-" ? "stdin" : PathName(source.path).stem
        layerNames = [document.name ?? stem]
    }

    /// The bytes as UTF-8, which the standard wants; a file in another encoding is recognised and converted.
    private static func decoded(
        _ bytes: [UInt8], source: LayerSource
    ) throws(LayerError) -> ([UInt8], EncodingEvidence) {
        let isUTF8 = (try? UTF8Span(validating: bytes.span)) != nil
        var evidence = EncodingEvidence.utf8
        if let word = source.encoding {
            guard let name = TextEncoding.canonicalName(word) else {
                throw .unknownEncoding(path: source.shownPath, name: word)
            }
            evidence = EncodingEvidence(name: name, how: .user)
        } else if !isUTF8 {
            var detection = EncodingDetection()
            for line in bytes.split(separator: 0x0A) { detection.add(line) }
            evidence = detection.verdict
        }
        if isUTF8 && (evidence.name == "UTF-8" || evidence.name == "ASCII") { return (bytes, evidence) }
        guard var decoder = TextDecoder(evidence.name) else {
            throw .unknownEncoding(path: source.shownPath, name: evidence.name)
        }
        let text = Array(decoder.decode(bytes).utf8)
        evidence.invalidTexts = decoder.invalidTexts
        return (text, evidence)
    }

    /// Whether the start of a text names TopoJSON or Esri's JSON.
    private static func isForeign(_ text: [UInt8]) -> Bool {
        let start = String(decoding: text.prefix(4096), as: UTF8.self)
        return ["\"Topology\"", "\"geometryType\"", "\"esriGeometry"].contains { start.contains($0) }
    }

    private static func error(_ fault: JSONFault, in bytes: [UInt8], path: String) -> LayerError {
        let before = bytes[..<min(fault.offset, bytes.count)]
        let line = 1 + before.count { $0 == 0x0A }
        if fault.isTruncation {
            return .truncated(path: path, detail: "the JSON text ends inside a value, in line \(line)")
        }
        let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
        return .malformed(path: path, detail: "line \(line), column \(column): \(fault.message)")
    }

    func hasGeometry(_ layer: Int) -> Bool { true }

    func describe(_ layer: Int, isThorough: Bool) throws(LayerError) -> LayerDescription {
        var fields = document.fields.descriptions
        if document.hasIDs { fields.append(FieldDescription(name: LayerReader.featureIDField, type: .string)) }
        let types = document.geometryTypes
        var description = LayerDescription(
            name: layerNames[0], driver: driver, geometryTypeName: types.count == 1 ? types.first ?? "" : "Unknown",
            hasZ: document.hasZ, hasM: false, featureCount: document.rows.count, fields: fields, crs: crs,
            encoding: encoding)
        if isThorough { inspectGeometries(for: &description) }
        return description
    }

    /// Reads every geometry, for the extent and for those that are broken.
    private func inspectGeometries(for description: inout LayerDescription) {
        var envelope = Envelope.empty
        var count = 0
        for (index, row) in document.rows.enumerated() {
            switch geometry(of: row) {
            case .success(let geometry?): envelope.formUnion(geometry.envelope)
            case .success(nil): break
            case .failure(let problem):
                if count == 0 { description.firstBrokenGeometry = "row \(index + 1): \(problem)" }
                count += 1
            }
        }
        description.extent = envelope.isEmpty ? nil : envelope
        description.brokenGeometryCount = count
    }

    private var crs: CRSEvidence {
        if let word = source.crs { return .user(word) }
        return document.crs ?? CRSEvidence(authority: "OGC:CRS84", how: .geoJSONDefault)
    }

    func read(_ layer: Int, _ request: ReadRequest, _ body: ([FeatureRow]) throws -> Void) throws {
        let kinds = document.fields.descriptions.map(\.type)
        // Where each wanted field goes; one may be wanted more than once.
        var targets: [[Int]] = Array(repeating: [], count: kinds.count + 1)
        for (target, field) in request.fields.enumerated() { targets[field].append(target) }
        let filter = try request.filter.map { filter throws(LayerError) in
            try AttributeFilter(
                filter, path: source.shownPath, layer: layerNames[0], fields: describe(0, isThorough: false).fields)
        }
        var fields = document.fields
        var start = 0
        while start < document.rows.count {
            let end = min(start + ReadRequest.batchSize, document.rows.count)
            var batch: [FeatureRow] = []
            batch.reserveCapacity(end - start)
            let passing = try filter.map { filter throws(LayerError) in
                try filter.passing(values(of: start..<end, kinds: kinds, fields: &fields))
            }
            for number in start..<end {
                if let passing, !passing.contains(number - start) { continue }
                let row = document.rows[number]
                let geometry = geometry(of: row)
                if let envelope = request.within, case .success(let geometry) = geometry {
                    guard let geometry, geometry.envelope.intersects(envelope) else { continue }
                }
                var attributes = [AttributeValue](repeating: .null, count: request.fields.count)
                try values(of: row, kinds: kinds, fields: &fields) { position, value in
                    for target in targets[position] { attributes[target] = value }
                }
                batch.append(FeatureRow(identifier: Int64(number) + 1, geometry: geometry, attributes: attributes))
            }
            if !batch.isEmpty { try body(batch) }
            start = end
        }
    }

    private func geometry(of row: GeoJSONDocument.Row) -> Result<Geometry?, FeatureProblem> {
        if let problem = row.problem { return .failure(.malformed(message: problem)) }
        guard let range = row.geometry else { return .success(nil) }
        var cursor = JSONCursor(document.bytes, at: range.lowerBound)
        return Result { () throws(FeatureProblem) in try GeoJSONGeometry.read(&cursor) }
    }

    /// Gives the values of a row with their positions; the id comes last.
    private func values(
        of row: GeoJSONDocument.Row, kinds: [FieldDescription.Kind], fields: inout GeoJSONFields,
        _ body: (Int, AttributeValue) -> Void
    ) throws(LayerError) {
        do {
            if let range = row.properties, document.bytes[range.lowerBound] == UInt8(ascii: "{") {
                var cursor = JSONCursor(document.bytes, at: range.lowerBound)
                try fields.forEachValue(&cursor) { cursor, position throws(JSONFault) in
                    body(position, try GeoJSONFields.value(&cursor, kind: kinds[position]))
                }
            }
            if let range = row.id {
                var cursor = JSONCursor(document.bytes, at: range.lowerBound)
                let isWhole = cursor.integer(in: range) != nil
                body(kinds.count, try GeoJSONFields.value(&cursor, kind: isWhole ? .integer : .string))
            }
        } catch {
            throw Self.error(error, in: document.bytes, path: source.shownPath)
        }
    }

    private func values(
        of numbers: Range<Int>, kinds: [FieldDescription.Kind], fields: inout GeoJSONFields
    ) throws(LayerError) -> [[AttributeValue]] {
        var table: [[AttributeValue]] = []
        for number in numbers {
            var all = [AttributeValue](repeating: .null, count: kinds.count + 1)
            try values(of: document.rows[number], kinds: kinds, fields: &fields) { all[$0] = $1 }
            table.append(all)
        }
        return table
    }
}

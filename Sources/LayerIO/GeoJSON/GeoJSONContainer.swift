import RedlineGeometry

/// A GeoJSON file, read without GDAL: in the order of the file, with each feature's own id, and with a reason for
/// each geometry that is broken.
final class GeoJSONContainer: LayerContainer {
    var driver: String { document.isSequence ? "GeoJSONSeq" : "GeoJSON" }
    let layerNames: [String]
    private var document: GeoJSONDocument
    private let source: LayerSource
    private let encoding: EncodingEvidence

    /// Reads a text; nil where it is JSON of another kind.
    init?(_ text: GeoJSONText, source: LayerSource) throws(LayerError) {
        var (text, encoding) = try Self.decoded(text, source: source)
        var indexed: GeoJSONDocument?
        while indexed == nil {
            do throws(GeoJSONFault) {
                indexed = try GeoJSONDocument(text)
                if indexed == nil { return nil }
            } catch {
                switch error {
                case .file(let error): throw error
                case .encoding: (text, encoding) = try Self.decoded(GeoJSONText(try text.all()), source: source)
                case .grammar(let fault):
                    // GDAL reads the JSON of others, and some of what is not quite JSON.
                    let start = try text.start(4096)
                    if ["\"Topology\"", "\"geometryType\"", "\"esriGeometry"].contains(where: start.contains) {
                        return nil
                    }
                    throw try Self.error(fault, in: text, path: source.shownPath)
                }
            }
        }
        guard let indexed else { return nil }
        document = indexed
        self.encoding = encoding
        self.source = source
        let stem = source.path == "-" ? "stdin" : PathName(source.path).stem
        layerNames = [indexed.name ?? stem]
    }

    /// The text as UTF-8, which the standard wants; one in another encoding is recognised and converted.
    ///
    /// A text that stays in its file is taken for UTF-8 until a piece of it is not.
    private static func decoded(
        _ text: GeoJSONText, source: LayerSource
    ) throws(LayerError) -> (GeoJSONText, EncodingEvidence) {
        var evidence = EncodingEvidence.utf8
        if let word = source.encoding {
            guard let name = TextEncoding.canonicalName(word) else {
                throw .unknownEncoding(path: source.shownPath, name: word)
            }
            evidence = EncodingEvidence(name: name, how: .user)
        }
        let mayBeUTF8 = evidence.name == "UTF-8" || evidence.name == "ASCII"
        if !text.isHeld && mayBeUTF8 { return (text, evidence) }
        let bytes = try text.all()
        let isUTF8 = (try? UTF8Span(validating: bytes.span)) != nil
        if isUTF8 && mayBeUTF8 { return (text, evidence) }
        if source.encoding == nil {
            var detection = EncodingDetection()
            for line in bytes.split(separator: 0x0A) { detection.add(line) }
            evidence = detection.verdict
        }
        guard var decoder = TextDecoder(evidence.name) else {
            throw .unknownEncoding(path: source.shownPath, name: evidence.name)
        }
        let decoded = Array(decoder.decode(bytes).utf8)
        evidence.invalidTexts = decoder.invalidTexts
        return (GeoJSONText(decoded), evidence)
    }

    private static func error(
        _ fault: JSONFault, in text: GeoJSONText, path: String
    ) throws(LayerError) -> LayerError {
        let place = try text.place(of: fault.offset)
        if fault.isTruncation {
            return .truncated(path: path, detail: "the JSON text ends inside a value, in line \(place.line)")
        }
        return .malformed(path: path, detail: "line \(place.line), column \(place.column): \(fault.message)")
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
        if isThorough { try inspectGeometries(for: &description) }
        return description
    }

    /// Reads every geometry, for the extent and for those that are broken.
    private func inspectGeometries(for description: inout LayerDescription) throws(LayerError) {
        var envelope = Envelope.empty
        var count = 0
        var start = 0
        while let (numbers, piece) = try document.batch(from: start) {
            for number in numbers {
                switch geometry(of: document.rows[number], in: piece) {
                case .success(let geometry?): envelope.formUnion(geometry.envelope)
                case .success(nil): break
                case .failure(let problem):
                    if count == 0 { description.firstBrokenGeometry = "row \(number + 1): \(problem)" }
                    count += 1
                }
            }
            start = numbers.upperBound
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
        while let (numbers, piece) = try document.batch(from: start) {
            var batch: [FeatureRow] = []
            batch.reserveCapacity(numbers.count)
            let passing = try filter.map { filter throws(LayerError) in
                try filter.passing(values(of: numbers, in: piece, kinds: kinds, fields: &fields))
            }
            for number in numbers {
                if let passing, !passing.contains(number - start) { continue }
                let row = document.rows[number]
                let geometry = geometry(of: row, in: piece)
                if let envelope = request.within, case .success(let geometry) = geometry {
                    guard let geometry, geometry.envelope.intersects(envelope) else { continue }
                }
                var attributes = [AttributeValue](repeating: .null, count: request.fields.count)
                try values(of: row, in: piece, kinds: kinds, fields: &fields) { position, value in
                    for target in targets[position] { attributes[target] = value }
                }
                batch.append(FeatureRow(identifier: Int64(number) + 1, geometry: geometry, attributes: attributes))
            }
            if !batch.isEmpty { try body(batch) }
            start = numbers.upperBound
        }
    }

    private func geometry(
        of row: GeoJSONDocument.Row, in piece: GeoJSONText.Piece
    ) -> Result<Geometry?, FeatureProblem> {
        if let problem = row.problem { return .failure(.malformed(message: problem)) }
        guard let range = row.geometry else { return .success(nil) }
        var cursor = piece.cursor(at: range.lowerBound)
        return Result { () throws(FeatureProblem) in try GeoJSONGeometry.read(&cursor) }
    }

    /// Gives the values of a row with their positions; the id comes last.
    private func values(
        of row: GeoJSONDocument.Row, in piece: GeoJSONText.Piece, kinds: [FieldDescription.Kind],
        fields: inout GeoJSONFields, _ body: (Int, AttributeValue) -> Void
    ) throws(LayerError) {
        do throws(JSONFault) {
            if let range = row.properties {
                var cursor = piece.cursor(at: range.lowerBound)
                if try cursor.peek() == UInt8(ascii: "{") {
                    try fields.forEachValue(&cursor) { cursor, position throws(JSONFault) in
                        body(position, try GeoJSONFields.value(&cursor, kind: kinds[position]))
                    }
                }
            }
            if let range = row.id {
                var cursor = piece.cursor(at: range.lowerBound)
                let isWhole = cursor.integer(in: cursor.index..<cursor.index + range.count) != nil
                body(kinds.count, try GeoJSONFields.value(&cursor, kind: isWhole ? .integer : .string))
            }
        } catch {
            throw try Self.error(error.moved(by: piece.base), in: document.text, path: source.shownPath)
        }
    }

    private func values(
        of numbers: Range<Int>, in piece: GeoJSONText.Piece, kinds: [FieldDescription.Kind],
        fields: inout GeoJSONFields
    ) throws(LayerError) -> [[AttributeValue]] {
        var table: [[AttributeValue]] = []
        for number in numbers {
            var all = [AttributeValue](repeating: .null, count: kinds.count + 1)
            try values(of: document.rows[number], in: piece, kinds: kinds, fields: &fields) { all[$0] = $1 }
            table.append(all)
        }
        return table
    }
}

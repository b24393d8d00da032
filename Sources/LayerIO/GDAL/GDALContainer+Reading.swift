import RedlineGeometry

extension GDALContainer {
    func read(_ index: Int, _ request: ReadRequest, _ body: ([FeatureRow]) throws -> Void) throws {
        let encoding = try encoding(index)
        guard let decoder = TextDecoder(encoding.name) else {
            throw LayerError.unknownEncoding(path: source.shownPath, name: encoding.name)
        }
        var cursor = RowCursor(container: self, index: index, decoder: decoder)
        try cursor.prepare(request, encoding: encoding.name)
        defer { cursor.finish() }
        var batch: [FeatureRow] = []
        batch.reserveCapacity(ReadRequest.batchSize)
        while let row = try cursor.next() {
            batch.append(row)
            if batch.count == ReadRequest.batchSize {
                try body(batch)
                batch.removeAll(keepingCapacity: true)
            }
        }
        if !batch.isEmpty { try body(batch) }
        try cursor.checkCount()
    }
}

/// One pass over the rows of a layer.
///
/// Rows come one by one and not as Arrow batches: measured with GDAL 3.6.2 and GeoPackage, the batches save 1 µs for
/// each small row and lose as much as they save on large polygons, and only some drivers have them.
private struct RowCursor {
    let container: GDALContainer
    let index: Int
    var decoder: TextDecoder
    private let layer: GDALLayer
    private var columns: [(index: Int32, kind: FieldDescription.Kind)] = []
    private var geometryText: Int32?
    private var passing: Set<Int64>?
    private var isFiltered = false
    private var firstIdentifier: Int64 = 0
    private var announced: Int?
    private var rowsRead = 0
    private var buffer: [UInt8] = []

    init(container: GDALContainer, index: Int, decoder: TextDecoder) {
        self.container = container
        self.index = index
        self.decoder = decoder
        layer = container.layers[index]
    }

    private var log: MessageLog { container.dataset.log }
    private var path: String { container.source.shownPath }
    private var name: String { container.layerNames[index] }

    /// Sets filters and columns.
    mutating func prepare(_ request: ReadRequest, encoding: String) throws(LayerError) {
        log.clear()
        finish()
        let hidden = container.hiddenField(layer)
        let all = layer.fields(decoder: &decoder)
        let shown = all.indices.filter { all[$0].field.name != hidden }
        columns = request.fields.map { (Int32(shown[$0]), all[shown[$0]].field.type) }
        geometryText = all.firstIndex { $0.field.name == hidden }.map { Int32($0) }
        try findFirstIdentifier()
        isFiltered = request.filter != nil || request.within != nil || request.identifiers != nil
        announced = isFiltered ? nil : layer.featureCount(force: false)
        if let filter = request.filter { try setFilter(filter, encoding: encoding) }
        if let range = request.identifiers, let column = layer.fidColumn {
            let name = "\"\(column.replacing("\"", with: "\"\""))\""
            let condition = "\(name) >= \(range.lowerBound) AND \(name) < \(range.upperBound)"
            guard layer.setFilter(condition) else { throw invalid(condition, log) }
        }
        if let envelope = request.within { layer.setFilter(envelope) }
        // The filter by attributes reads fields of its own; names that repeat cannot be told apart.
        if request.filter == nil, Set(all.map(\.rawName)).count == all.count {
            let wanted = Set(columns.map { Int($0.index) } + (geometryText.map { [Int($0)] } ?? []))
            layer.ignore(
                all.indices.filter { !wanted.contains($0) }.map { all[$0].rawName } + [Array("OGR_STYLE".utf8)])
        }
        layer.rewind()
        log.clear()
    }

    private mutating func setFilter(_ filter: String, encoding: String) throws(LayerError) {
        let isPlain = encoding == "UTF-8" || encoding == "ASCII" || layer.has("StringsAsUTF8")
        let target = isPlain || filter.allSatisfy(\.isASCII) && container.driver != "ESRI Shapefile"
        guard !target else {
            guard layer.setFilter(filter) else { throw invalid(filter, log) }
            return
        }
        // GDAL compares texts as bytes; a handle of its own decodes them, and tells which rows pass.
        guard let decoded = try container.decodedLayer(index, encoding: encoding) else { return }
        guard decoded.setFilter(filter) else { throw invalid(filter, decoded.dataset.log) }
        var identifiers: Set<Int64> = []
        while let identifier = decoded.withNextFeature({ $0.identifier }) { identifiers.insert(identifier) }
        if let failure = decoded.dataset.log.firstFailure { throw broken(failure) }
        passing = identifiers
    }

    private func invalid(_ filter: String, _ log: MessageLog) -> LayerError {
        .invalidFilter(path: path, layer: name, filter: filter, message: log.last ?? "it is not understood")
    }

    private func broken(_ message: String) -> LayerError {
        .readFailed(path: path, layer: name, rowsRead: rowsRead, message: message)
    }

    /// What GDAL numbers the first row with, in formats that have no identifiers of their own: 0 in most, 1 in some.
    private mutating func findFirstIdentifier() throws(LayerError) {
        guard !hasOwnIdentifiers, container.driver != "ESRI Shapefile" else { return }
        layer.rewind()
        firstIdentifier = layer.withNextFeature { $0.identifier } ?? 0
    }

    private var hasOwnIdentifiers: Bool {
        layer.fidColumn != nil || ["MapInfo File", "OSM"].contains(container.driver)
    }

    /// Whether GDAL numbers the rows one after the other, so that its number holds under filters too.
    private var isNumberedInOrder: Bool {
        ["ESRI Shapefile", "FlatGeobuf", "CSV", "LIBKML", "KML", "DXF"].contains(container.driver)
    }

    /// Removes what ``prepare(_:encoding:)`` set.
    func finish() {
        _ = layer.setFilter(nil as String?)
        layer.setFilter(nil as Envelope?)
        layer.ignore([])
        layer.rewind()
    }

    /// The next row; nil after the last.
    mutating func next() throws(LayerError) -> FeatureRow? {
        while true {
            log.clear()
            guard let (row, identifier) = layer.withNextFeature({ row(from: $0) }) else {
                if let failure = log.firstFailure { throw broken(failure) }
                return nil
            }
            rowsRead += 1
            if let passing, !passing.contains(identifier) { continue }
            return row
        }
    }

    private mutating func row(from feature: borrowing GDALFeature) -> (FeatureRow, Int64) {
        let identifier = feature.identifier
        var geometry = feature.geometry(buffer: &buffer)
        if case .success(nil) = geometry {
            if let failure = log.firstFailure { geometry = .failure(.malformed(message: failure)) }
            if let geometryText, feature.hasValue(geometryText) {
                let text = feature.text(geometryText, decoder: &decoder)
                if !text.allSatisfy(\.isWhitespace) {
                    geometry = .failure(.malformed(message: "'\(text.prefix(40))' is no well-known text"))
                }
            }
        }
        var attributes: [AttributeValue] = []
        attributes.reserveCapacity(columns.count)
        for column in columns { attributes.append(value(of: column, in: feature)) }
        let number =
            hasOwnIdentifiers
            ? identifier
            : isNumberedInOrder || isFiltered ? identifier - firstIdentifier + 1 : Int64(rowsRead) + 1
        return (FeatureRow(identifier: number, geometry: geometry, attributes: attributes), identifier)
    }

    private mutating func value(
        of column: (index: Int32, kind: FieldDescription.Kind), in feature: borrowing GDALFeature
    ) -> AttributeValue {
        guard feature.hasValue(column.index) else { return .null }
        return switch column.kind {
        case .integer: .integer(feature.integer(column.index))
        case .real: .real(feature.real(column.index))
        case .boolean: .string(feature.integer(column.index) == 0 ? "false" : "true")
        case .date, .time, .dateTime: .string(feature.moment(column.index, column.kind))
        case .string, .binary, .list: .string(feature.text(column.index, decoder: &decoder))
        }
    }

    /// Compares the number of rows with what the file announces.
    func checkCount() throws(LayerError) {
        guard let announced, rowsRead < announced else { return }
        // A database keeps its count beside its rows, and the two may differ when nothing is lost: then it is asked.
        if layer.fidColumn != nil, container.count(index) == rowsRead { return }
        throw .countDiffers(path: path, layer: name, announced: announced, rowsRead: rowsRead)
    }
}

extension GDALContainer {
    /// How many rows the table of a layer holds, counted.
    func count(_ index: Int) -> Int? {
        dataset.withResult(of: "SELECT COUNT(*) FROM \(quotedName(index))") { result in
            result?.withNextFeature { Int($0.integer(0)) }
        }
    }

    /// Whether the layer is a table, whose rows stand in the order of their identifiers and have one each; no view.
    private func isNumbered(_ index: Int, by column: String) -> Bool {
        let name = layerNames[index].replacing("'", with: "''")
        let key = column.replacing("'", with: "''")
        // Only this type makes the key of a table the number of its rows.
        return dataset.withResult(
            of: """
                SELECT COUNT(*) FROM pragma_table_info('\(name)') WHERE pk > 0 AND name = '\(key)'
                AND UPPER(type) = 'INTEGER' AND 1 = (SELECT COUNT(*) FROM pragma_table_info('\(name)') WHERE pk > 0)
                AND 1 = (SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '\(name)')
                """
        ) {
            $0?.withNextFeature { $0.integer(0) } == 1
        }
    }

    private func quotedName(_ index: Int) -> String {
        "\"\(layerNames[index].replacing("\"", with: "\"\""))\""
    }

    /// Ranges of identifiers that hold the rows of a GeoPackage in their order; nil for a few rows, and where their order
    /// is not known.
    func identifierRanges(_ index: Int, count: Int) -> [Range<Int64>]? {
        // Below this a second handle on the file takes longer than it saves; large features may be few.
        let fewest = FileSize.bytes(of: source.path) ?? 0 < 16 << 20 ? 16_384 : 256
        guard driver == "GPKG", count > 1, let column = layers[index].fidColumn,
            let rows = layers[index].featureCount(force: false), rows >= fewest, isNumbered(index, by: column)
        else { return nil }
        let name = "\"\(column.replacing("\"", with: "\"\""))\""
        let ends = dataset.withResult(of: "SELECT MIN(\(name)), MAX(\(name)) FROM \(quotedName(index))") { result in
            result?.withNextFeature { ($0.integer(0), $0.integer(1)) }
        }
        // Numbers far beyond the number of rows would make parts of very different sizes.
        guard let ends, ends.1 > ends.0, ends.1.subtractingReportingOverflow(ends.0).partialValue / 4 < Int64(rows),
            ends.0 > .min / 2, ends.1 < .max / 2
        else { return nil }
        let length = (ends.1 - ends.0) / Int64(count) + 1
        return stride(from: ends.0, through: ends.1, by: Int(length)).map { $0..<min($0 + length, ends.1 + 1) }
    }
}

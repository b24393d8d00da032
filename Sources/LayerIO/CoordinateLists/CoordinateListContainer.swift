import RedlineGeometry

/// Lists of coordinates as layers: an exchange text, tables, or what was typed.
final class CoordinateListContainer: LayerContainer {
    let driver: String
    let layerNames: [String]
    private let source: LayerSource
    private let encoding: EncodingEvidence
    private let layers: [Layer]

    /// One list, understood.
    private struct Layer {
        var fields: [FieldDescription]
        var rows: [Row]
        var crs: CRSEvidence
        var prose: String?
        var notes: [Remark] = []
        var cautions: [Remark] = []
    }

    private struct Row {
        var geometry: Result<Geometry?, FeatureProblem>
        var values: [AttributeValue]
    }

    /// The largest text file that is looked at as a list of coordinates; tables above it go to GDAL.
    static let textLimit = 256 << 20

    private init(
        _ lists: [(name: String, list: ListedPlots)], driver: String, source: LayerSource, encoding: EncodingEvidence
    ) throws(LayerError) {
        self.driver = driver
        self.source = source
        self.encoding = encoding
        layerNames = lists.map(\.name)
        var layers: [Layer] = []
        for (_, list) in lists { layers.append(try Self.layer(list, source: source)) }
        self.layers = layers
    }

    /// Reads a text file; nil where it is no list of coordinates.
    convenience init?(text bytes: [UInt8], source: LayerSource) throws(LayerError) {
        let (text, encoding) = try EncodedText.decode(bytes, source: source)
        let stem = PathName(source.path).stem
        if TypedCoordinates.isWellKnownText(text) { return nil }
        if BoundaryPointText.recognizes(text) {
            let list = try BoundaryPointText(text, path: source.shownPath).list
            try self.init([(stem, list)], driver: "BoundaryPointTXT", source: source, encoding: encoding)
            return
        }
        let table = CellTable(name: stem, text: text)
        if Self.hasGeometryColumn(table) { return nil }
        guard let list = try CoordinateTable(table, shape: source.listShape, path: source.shownPath)?.list else {
            return nil
        }
        try self.init([(stem, list)], driver: "CoordinateTable", source: source, encoding: encoding)
    }

    /// Reads the sheets of a workbook that hold coordinates; nil where none does.
    convenience init?(workbook path: String, source: LayerSource) throws(LayerError) {
        var lists: [(name: String, list: ListedPlots)] = []
        let sheets = try SpreadsheetCells.sheets(of: path, shownPath: source.shownPath)
        for sheet in sheets where !Self.hasGeometryColumn(sheet) {
            var named = sheet
            named.name += " " + PathName(source.path).stem
            guard let list = try CoordinateTable(named, shape: source.listShape, path: source.shownPath)?.list else {
                continue
            }
            lists.append((sheet.name, list))
        }
        guard !lists.isEmpty else { return nil }
        let others = sheets.count - lists.count
        if others > 0 {
            let remark = Remark(
                zh: "另有 \(others) 个工作表不含坐标，未读取。", en: "\(others) other sheets hold no coordinates and were not read.")
            for index in lists.indices { lists[index].list.cautions.append(remark) }
        }
        try self.init(lists, driver: "CoordinateTable", source: source, encoding: .utf8)
    }

    /// Reads positions typed in the place of a file.
    convenience init(typed word: String, source: LayerSource) throws(LayerError) {
        let list = try TypedCoordinates.plots(word, shape: source.listShape)
        try self.init([("typed", list)], driver: "Coordinates", source: source, encoding: .utf8)
    }

    /// Takes well-known text that was typed, or that a file holds.
    init(wellKnownText text: String, source: LayerSource) throws(LayerError) {
        driver = "WKT"
        self.source = source
        encoding = .utf8
        layerNames = ["typed"]
        var (geometry, code) = try GDALGeometryText.geometry(text, path: source.shownPath)
        var crs = CRSEvidence.none
        if let code {
            crs = CRSEvidence(authority: code, how: .file)
        } else {
            var isDegrees = true
            geometry.forEachPosition { if abs($0.x) > 360 || abs($0.y) > 90 { isDegrees = false } }
            if isDegrees { crs = CRSEvidence(authority: "EPSG:4490", how: .listDefault) }
        }
        if let word = source.crs { crs = .user(word) }
        if geometry.isEmpty { geometry = .collection([]) }
        let cautions = crs.how == .listDefault ? [Self.degreesNote] : []
        layers = [
            Layer(fields: [], rows: [Row(geometry: .success(geometry), values: [])], crs: crs, cautions: cautions)
        ]
    }

    private static let degreesNote = Remark(
        zh: "未说明坐标系，经纬度按 CGCS2000（等同 WGS 84）读取；若取自网络地图，请用 --crs GCJ-02 或 BD-09。",
        en: "No CRS is named: the degrees were taken as CGCS2000 (as WGS 84); if they come from a web map, say so with "
            + "--crs GCJ-02 or BD-09.")

    private static func hasGeometryColumn(_ table: CellTable) -> Bool {
        guard let first = table.rows.first(where: { !$0.isBlank }) else { return false }
        return first.cells.contains { ["wkt", "geometry", "geom", "the_geom"].contains(Typography.key($0)) }
    }

    private static func layer(_ list: ListedPlots, source: LayerSource) throws(LayerError) -> Layer {
        let axes = try AxisReading(list.plots, labels: list.columns, path: source.shownPath)
        var shapes = ListedGeometry(axes: axes)
        let rows = list.plots.map { Row(geometry: shapes.geometry(of: $0), values: $0.values) }
        var (crs, doubt) = list.claims.crs(of: axes)
        if crs.how == .listDefault, !list.columns.saysDegrees, axes.isDegrees != true { crs = .none }
        if let word = source.crs {
            crs = .user(word)
        } else {
            crs.doubt = doubt
        }
        let assumed = crs.how == .listDefault ? [Self.degreesNote] : []
        return Layer(
            fields: list.fields, rows: rows, crs: crs, prose: list.prose, notes: list.notes + shapes.notes,
            cautions: list.cautions + axes.notes + shapes.cautions + assumed)
    }

    func hasGeometry(_ layer: Int) -> Bool { true }

    func describe(_ layer: Int, isThorough: Bool) throws(LayerError) -> LayerDescription {
        let list = layers[layer]
        var envelope = Envelope.empty
        var kinds: Set<String> = []
        var broken = 0
        var firstBroken: String?
        for (index, row) in list.rows.enumerated() {
            switch row.geometry {
            case .success(let geometry?):
                envelope.formUnion(geometry.envelope)
                kinds.insert(geometry.typeName)
            case .success(nil): break
            case .failure(let problem):
                if broken == 0 { firstBroken = "row \(index + 1): \(problem)" }
                broken += 1
            }
        }
        var description = LayerDescription(
            name: layerNames[layer], driver: driver,
            geometryTypeName: kinds.count == 1 ? kinds.first ?? "Unknown" : "Unknown", featureCount: list.rows.count,
            extent: envelope.isEmpty ? nil : envelope, fields: list.fields, crs: list.crs, encoding: encoding)
        description.brokenGeometryCount = broken
        description.firstBrokenGeometry = firstBroken
        description.prose = list.prose
        description.notes = list.notes
        description.cautions = list.cautions
        return description
    }

    func read(_ layer: Int, _ request: ReadRequest, _ body: ([FeatureRow]) throws -> Void) throws {
        let list = layers[layer]
        let filter = try request.filter.map { filter throws(LayerError) in
            try AttributeFilter(filter, path: source.shownPath, layer: layerNames[layer], fields: list.fields)
        }
        let passing = try filter?.passing(list.rows.map(\.values))
        var batch: [FeatureRow] = []
        for (index, row) in list.rows.enumerated() {
            if let passing, !passing.contains(index) { continue }
            if let envelope = request.within, case .success(let geometry) = row.geometry {
                guard let geometry, geometry.envelope.intersects(envelope) else { continue }
            }
            batch.append(
                FeatureRow(
                    identifier: Int64(index) + 1, geometry: row.geometry,
                    attributes: request.fields.map { row.values.indices.contains($0) ? row.values[$0] : .null }))
            if batch.count == ReadRequest.batchSize {
                try body(batch)
                batch.removeAll(keepingCapacity: true)
            }
        }
        if !batch.isEmpty { try body(batch) }
    }
}

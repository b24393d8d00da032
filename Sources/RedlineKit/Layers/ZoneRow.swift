import CoordinateReference
import LayerIO
import RedlineGeometry

/// A row of a zone layer, judged.
struct ZoneRow: Sendable {
    /// What its geometry gives.
    enum State: Sendable {
        case zone(Zone)
        /// It lies beyond what is asked for.
        case away(isRepaired: Bool)
        /// Why nothing can be done with it.
        case fault(String)
        /// Why its positions cannot be what the CRS says.
        case misplaced(String)
    }

    var id: String
    var code: String?
    /// A class that the catalog's map does not have.
    var unknownClass: String?
    var state: State
    /// In the CRS of the file.
    var envelope: Envelope
}

/// Makes zones of the rows of a layer.
struct ZoneRowReader {
    private let reader: LayerReader
    private let source: LayerSource
    /// What the coordinates are.
    let crs: String
    private let fields: FieldMapping
    private let attributes: [ZoneAttributeMapping]
    private let ownID: String?
    /// The standard class of each class in the file; empty where the catalog has no map.
    private let classes: [String: String]

    /// Opens a layer.
    ///
    /// - Throws: `LayerError`, or ``RedlineError`` for a missing CRS or field.
    init(_ source: LayerSource, layer: CatalogLayer) throws {
        reader = try LayerReader(source)
        self.source = source
        guard let crs = reader.description.crs.shortestDefinition else {
            throw CoordinateDoubt.missingCRS(
                source, doubt: reader.description.crs.doubt, layer: layer.id, option: "'crs' in the catalog, such as",
                known: KnownPlaces())
        }
        self.crs = crs
        let names = reader.description.fields.map(\.name)
        fields = try FieldMapping(of: layer, among: names, file: source.path)
        attributes = try FieldMapping.attributes(of: layer, among: names, file: source.path)
        ownID = reader.fieldName(like: LayerReader.featureIDField)
        classes = layer.classes
    }

    /// Hands on all rows, a part at a time and in the order of the file; those beyond a window without their ground.
    ///
    /// - Throws: `LayerError`, `CoordinateReferenceError`; `CancellationError`.
    func forEachPart<Store: ZoneStore>(
        near window: Envelope, threads: Int, from start: @escaping @Sendable () -> RowTally<Store>,
        _ take: (consuming RowTally<Store>) -> Void
    ) async throws {
        let wanted = [ownID, fields.code, fields.name, fields.class].compactMap { $0 } + attributes.map(\.field)
        let (crs, fields, attributes, classes, hasOwnID) = (crs, fields, attributes, classes, ownID != nil)
        try await reader.forEachPart(wanted, of: source, threads: threads, from: start) {
            let maker = try GroundMaker(crs: crs)
            return { part, row in
                var texts = row.attributes.map { $0.text?.trimmed }[...]
                let id = (hasOwnID ? texts.removeFirst() : nil) ?? String(row.identifier)
                var zone = Zone(id: id, ground: Ground(), isRepaired: false)
                zone.code = fields.code == nil ? nil : texts.removeFirst()
                zone.name = fields.name == nil ? nil : texts.removeFirst()
                zone.class = fields.class == nil ? nil : texts.removeFirst()
                for (attribute, text) in zip(attributes, texts) {
                    if let text { zone.attributes[attribute.name] = attribute.values[text] ?? text }
                }
                var made = ZoneRow(id: id, code: zone.code, state: .away(isRepaired: false), envelope: .empty)
                if let raw = zone.class, !classes.isEmpty {
                    if classes[raw] == nil { made.unknownClass = raw }
                    zone.class = classes[raw] ?? "unknown:\(raw)"
                }
                if case .success(let geometry?) = row.geometry { made.envelope = geometry.envelope }
                made.state = Self.state(of: zone, row, maker, near: window)
                part.take(made)
            }
        } _: {
            take($0)
        }
    }

    private static func state(
        of zone: Zone, _ row: FeatureRow, _ maker: GroundMaker, near window: Envelope
    ) -> ZoneRow.State {
        do {
            switch try maker.ground(of: row.geometry, repairing: true) {
            case .fault(let reason): return .fault(reason)
            case .ground(let ground, let isRepaired):
                guard window.intersects(ground.envelope) else { return .away(isRepaired: isRepaired) }
                var zone = zone
                (zone.ground, zone.isRepaired) = (ground, isRepaired)
                return .zone(zone)
            }
        } catch {
            return .misplaced("\(error)")
        }
    }
}

extension CRSEvidence {
    /// The definition, as a code where that costs no start of PROJ.
    var shortestDefinition: String? {
        let free = ["EPSG:4490", "EPSG:4326", "OGC:CRS84"]
        return userWord ?? authority.flatMap { free.contains($0) ? $0 : nil } ?? definition
    }
}

extension FieldMapping {
    /// The fields that the catalog names, else those that bear a usual name; a named field must be there.
    init(of layer: CatalogLayer, among names: [String], file: String) throws {
        func resolve(_ named: String?, _ aliases: [String], _ key: String) throws -> String? {
            guard let named else { return FieldAliases.find(aliases, among: names) }
            return try Self.field(named, for: key, of: layer, among: names, file: file)
        }
        self.init(
            code: try resolve(layer.fields.code, FieldAliases.code, "code"),
            name: try resolve(layer.fields.name, FieldAliases.name, "name"),
            class: try resolve(layer.fields.class, FieldAliases.class, "class"))
    }

    /// The fields of the attributes that the catalog names, as the file writes them.
    static func attributes(
        of layer: CatalogLayer, among names: [String], file: String
    ) throws -> [ZoneAttributeMapping] {
        try layer.attributes.map { attribute in
            var own = attribute
            own.field = try field(attribute.field, for: attribute.name, of: layer, among: names, file: file)
            return own
        }
    }

    private static func field(
        _ named: String, for key: String, of layer: CatalogLayer, among names: [String], file: String
    ) throws -> String {
        if let match = FieldAliases.field(named: named, among: names) { return match }
        let near = names.sorted {
            editDistance($0.lowercased(), named.lowercased()) < editDistance($1.lowercased(), named.lowercased())
        }
        throw RedlineError(
            "the catalog names the field '\(named)' for '\(key)', which the file does not have.", file: file,
            layer: layer.id,
            remedy: names.isEmpty
                ? "The file has no fields."
                : "Nearest fields of the file: \(near.prefix(5).joined(separator: ", ")).")
    }
}

extension String {
    /// The text without white space and line ends around it; nil where nothing else is in it.
    var trimmed: String? {
        // Most begin and end with a visible character of ASCII.
        if let first = utf8.first, let last = utf8.last, (0x21...0x7E).contains(first), (0x21...0x7E).contains(last) {
            return self
        }
        // Or with a Chinese one; what a character is besides takes long to find out.
        if let first = unicodeScalars.first, let last = unicodeScalars.last, first.isIdeograph, last.isIdeograph {
            return self
        }
        var part = Substring(self)
        while let last = part.last, last.isWhitespace { part.removeLast() }
        while let first = part.first, first.isWhitespace { part.removeFirst() }
        return part.isEmpty ? nil : String(part)
    }
}

extension Unicode.Scalar {
    /// Whether it is one of the usual Chinese characters (CJK Unified Ideographs).
    fileprivate var isIdeograph: Bool { (0x4E00...0x9FFF).contains(value) }
}

import Foundation
import RedlineGeometry
import Yams

extension CatalogLayer {
    static let keys = [
        "id", "family", "title", "source", "editions", "edition", "layer", "crs", "encoding", "where", "extent",
        "accuracy", "tolerance", "tiling", "fields", "classes", "class_map", "band", "content", "attributes",
        "comparison",
    ]

    /// Reads one layer of a catalog whose sources are relative to `folder`.
    init(_ node: CatalogNode, folder: String) throws {
        let members = try node.members(known: Self.keys)
        func required(_ key: String) throws -> CatalogNode {
            guard let member = members[key] else { throw node.fault("the key '\(key)' is missing.") }
            return member
        }
        id = try required("id").text()
        // Commas separate ids, and `*` stands for all layers together.
        guard !id.contains(where: { $0 == "," || $0.isWhitespace }), id != "*" else {
            throw try required("id").fault("expected an id without commas and spaces, other than '*'.")
        }
        family = try required("family").text()
        title = try members["title"].map { try LocalizedText($0) } ?? LocalizedText()
        editions = try Self.editions(node, members, folder: folder)
        sourceLayer = try members["layer"]?.text()
        crs = try members["crs"]?.text()
        encoding = try members["encoding"]?.text()
        filter = try members["where"]?.text()
        extent = try members["extent"].map { try CatalogExtent($0) }
        accuracy = try members["accuracy"].map { try Length($0) }
        tolerance = try members["tolerance"].map { try Length($0) }
        isTiling = try members["tiling"]?.flag() ?? false
        fields = try members["fields"].map { try FieldMapping($0) } ?? FieldMapping()
        attributes = try members["attributes"]?.pairs().map { try ZoneAttributeMapping(name: $0.name, $0.node) } ?? []
        comparison = try members["comparison"].map { try ComparisonRules($0) } ?? ComparisonRules()
        classes = [:]
        let pairs = try members["classes"]?.textPairs() ?? []
        for (raw, standard) in pairs { classes[raw] = standard }
        classMap = pairs.isEmpty ? nil : ClassMap(entries: pairs.map { ClassMap.Entry(value: $0.0, class: $0.1) })
        if let map = members["class_map"] {
            guard members["classes"] == nil else {
                throw map.fault("'class_map' stands in place of 'classes'; give one or the other.")
            }
            classMap = try ClassMap(map)
        }
        band = try members["band"].map { node in
            guard let band = Int(try node.text()), band > 0 else { throw node.fault("expected a band from 1.") }
            return band
        }
        content = try members["content"].map { node in
            guard let content = LandCoverContent(rawValue: try node.text()) else {
                throw node.fault("expected 'classes' or 'cover'.")
            }
            return content
        }
    }

    private static func editions(
        _ node: CatalogNode, _ members: [String: CatalogNode], folder: String
    ) throws -> [Edition] {
        if let list = members["editions"] {
            guard members["source"] == nil, members["edition"] == nil else {
                throw list.fault("'editions' stands in place of 'source' and 'edition'; give one or the other.")
            }
            let editions = try list.elements().map { entry in
                let parts = try entry.members(known: ["edition", "source"])
                guard let date = parts["edition"] else { throw entry.fault("the key 'edition' is missing.") }
                guard let source = parts["source"] else { throw entry.fault("the key 'source' is missing.") }
                return Edition(date: try CalendarDate(date), source: resolve(try source.text(), folder: folder))
            }.sorted { ($0.date?.description ?? "") < ($1.date?.description ?? "") }
            guard !editions.isEmpty else { throw list.fault("expected at least one edition.") }
            guard Set(editions.map(\.date)).count == editions.count else {
                throw list.fault("two editions have the same day.")
            }
            return editions
        }
        guard let source = members["source"] else { throw node.fault("the key 'source' is missing.") }
        let date = try members["edition"].map { try CalendarDate($0) }
        return [Edition(date: date, source: resolve(try source.text(), folder: folder))]
    }

    /// A path relative to the catalog's folder; a database connection and an absolute path stay as they are.
    static func resolve(_ source: String, folder: String) -> String {
        if source.hasPrefix("/") || source.uppercased().hasPrefix("PG:") || folder.isEmpty || folder == "." {
            return source
        }
        return folder + "/" + source
    }
}

extension CatalogExtent {
    init(_ node: CatalogNode) throws {
        if node.isScalar {
            self = .layer(try node.text())
            return
        }
        let members = try node.members(known: ["bbox"])
        guard let box = members["bbox"] else {
            throw node.fault("expected a layer id or bbox: [west, south, east, north].")
        }
        let numbers = try box.elements().map { try $0.number() }
        guard numbers.count == 4, numbers[0] < numbers[2], numbers[1] < numbers[3],
            numbers.allSatisfy({ abs($0) <= 180 }), abs(numbers[1]) <= 90, abs(numbers[3]) <= 90
        else {
            throw box.fault("expected [west, south, east, north] in degrees, west < east and south < north.")
        }
        self = .box(Envelope(minX: numbers[0], minY: numbers[1], maxX: numbers[2], maxY: numbers[3]))
    }
}

extension FieldMapping {
    init(_ node: CatalogNode) throws {
        let members = try node.members(known: ["code", "name", "class"])
        self.init(
            code: try members["code"]?.text(), name: try members["name"]?.text(), class: try members["class"]?.text())
    }
}

extension ZoneAttributeMapping {
    /// The field alone, or the field with the standard words of its values.
    init(name: String, _ node: CatalogNode) throws {
        if node.isScalar {
            self.init(name: name, field: try node.text(), values: [:])
            return
        }
        let members = try node.members(known: ["field", "values"])
        guard let field = members["field"] else { throw node.fault("the key 'field' is missing.") }
        var values: [String: String] = [:]
        for (raw, word) in try members["values"]?.textPairs() ?? [] { values[raw] = word }
        self.init(name: name, field: try field.text(), values: values)
    }
}

extension EffectOrder {
    init(_ node: CatalogNode) throws {
        let known = EffectOrder.usual.effects.map(\.rawValue)
        let effects = try node.elements().map { element in
            guard let effect = Effect(rawValue: try element.text()), !effect.isDuty else {
                throw element.fault(RuleReader.expected(try element.text(), known, "effect on sites"))
            }
            return effect
        }
        guard let order = EffectOrder(effects) else {
            throw node.fault("expected each of \(known.joined(separator: ", ")) once, the strongest first.")
        }
        self = order
    }
}

extension LocalizedText {
    init(_ node: CatalogNode) throws {
        if node.isScalar {
            let text = try node.text()
            self.init(zh: text, en: text)
            return
        }
        let members = try node.members(known: ["zh", "en"])
        self.init(zh: try members["zh"]?.text(), en: try members["en"]?.text())
    }
}

extension CalendarDate {
    init(_ node: CatalogNode) throws {
        let text = try node.text()
        guard let date = CalendarDate(text) else { throw node.fault("expected a day as YYYY-MM-DD, found '\(text)'.") }
        self = date
    }
}

extension Length {
    init(_ node: CatalogNode) throws {
        let text = try node.text()
        guard let length = Length(parsing: text) else {
            throw node.fault("expected a length such as '5 m' or '0.5 km', found '\(text)'.")
        }
        self = length
    }
}

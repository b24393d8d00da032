import Crypto
import Foundation
import RedlineGeometry

/// Reads rule packs with the vocabularies that they use.
struct RulePackReader {
    private(set) var vocabulary = Vocabulary()
    /// The texts that were read, by path.
    private(set) var texts: [String: String] = [:]
    private var read: Set<String> = []
    /// Texts that stand for files, by path.
    private let attached: [String: String]

    init(attached: [String: String] = [:]) { self.attached = attached }

    /// Reads the pack at `path`, and its vocabularies where an earlier pack has not; nil where it is a vocabulary alone.
    ///
    /// - Throws: ``RedlineError`` if a file cannot be read, ``CatalogError`` with line, key and expectation if it is not
    ///   a pack.
    mutating func pack(at path: String) throws -> RulePack? {
        let text = try text(at: path)
        let root = try CatalogNode.root(yaml: text, path: path)
        if root.has("vocabulary"), !root.has("pack") {
            try useVocabulary(path, from: root)
            return nil
        }
        let members = try root.members(
            known: [
                "schema", "pack", "title", "document", "jurisdiction", "valid", "note", "uses", "provides", "rules",
                "not_spatial",
            ] + Vocabulary.keys)
        try CatalogNode.checkSchema(members["schema"], path: path)
        let folder = URL(filePath: path).deletingLastPathComponent().path
        for name in try members["uses"]?.texts() ?? [] {
            try useVocabulary(name.text.hasPrefix("/") ? name.text : folder + "/" + name.text, from: name.node)
        }
        try vocabulary.add(members)
        guard let id = members["pack"] else { throw root.fault("the key 'pack' is missing: the pack's id.") }
        let territory = try members["jurisdiction"]?.members(known: ["code", "zh", "en"])
        let title = try members["title"].map { try LocalizedText($0) } ?? LocalizedText()
        let origin = RulePackOrigin(
            id: try id.text(), title: title, document: try members["document"].map { try LocalizedText($0) } ?? title,
            jurisdictionCode: try territory?["code"]?.text(),
            jurisdiction: try territory.map { try LocalizedText(names: $0) } ?? LocalizedText(),
            note: try members["note"].map { try LocalizedText($0) } ?? LocalizedText())
        let reader = RuleReader(
            vocabulary: vocabulary, origin: origin,
            validity: try members["valid"].map { try Validity($0) } ?? Validity())
        var seen: Set<String> = []
        let rules = try members["rules"]?.elements().map { node in
            let rule = try reader.rule(node)
            guard seen.insert(rule.id).inserted else {
                throw node.fault("the id '\(rule.id)' is given to an earlier rule.")
            }
            return rule
        }
        let unspatial = try members["not_spatial"]?.elements().map { node in
            let parts = try node.members(known: ["id", "reason"])
            guard let id = parts["id"], let reason = parts["reason"] else {
                throw node.fault("expected 'id' and 'reason'.")
            }
            guard seen.insert(try id.text()).inserted else { throw id.fault("the id is given to a rule above.") }
            return UnspatialRule(id: try id.text(), reason: try LocalizedText(reason))
        }
        return RulePack(
            origin: origin, name: URL(filePath: path).lastPathComponent,
            sha256: SHA256.hash(data: Data(text.utf8)).hexadecimal, rules: rules ?? [], unspatial: unspatial ?? [],
            provides: try members["provides"]?.texts().map(\.text) ?? [])
    }

    private mutating func useVocabulary(_ path: String, from node: CatalogNode) throws {
        let standard = URL(filePath: path).standardizedFileURL.path
        guard read.insert(standard).inserted else { return }
        guard attached[path] != nil || FileManager.default.fileExists(atPath: path) else {
            throw node.fault("there is no file '\(path)' with the vocabulary.")
        }
        let root = try CatalogNode.root(yaml: try text(at: path), path: path)
        let members = try root.members(known: ["schema", "vocabulary", "note"] + Vocabulary.keys)
        try CatalogNode.checkSchema(members["schema"], path: path)
        try vocabulary.add(members)
    }

    private mutating func text(at path: String) throws -> String {
        let text = try attached[path] ?? Self.contents(of: path)
        texts[path] = text
        return text
    }

    private static func contents(of path: String) throws -> String {
        guard FileManager.default.fileExists(atPath: path) else {
            throw RedlineError("no such rule pack.", file: path, remedy: "Check the path; packs are YAML files.")
        }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw RedlineError("cannot be read.", file: path, remedy: "Check that it is a file you may read.")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CatalogError(file: path, line: nil, key: "", expectation: "the file is not UTF-8 text.")
        }
        return text
    }
}

extension Validity {
    init(_ node: CatalogNode) throws {
        let members = try node.members(known: ["from", "to"])
        self.init(
            from: try members["from"].map { try CalendarDate($0) }, to: try members["to"].map { try CalendarDate($0) })
        if let from, let to, to < from { throw node.fault("the last day lies before the first.") }
    }
}

/// Reads the rules of one pack.
struct RuleReader {
    let vocabulary: Vocabulary
    let origin: RulePackOrigin
    let validity: Validity

    static let keys = [
        "id", "document", "section", "at", "anywhere", "activity", "trigger", "industry", "region", "when", "unless",
        "effect",
        "wording", "summary", "terms", "grade", "valid", "dimensions", "yields_to", "supersedes", "defers_to", "tests",
    ]
    static let grades = ["stated", "stated-soft", "defers", "list-missing", "inferred-family", "unchecked"]

    func rule(_ node: CatalogNode) throws -> Rule {
        let members = try node.members(known: Self.keys)
        func required(_ key: String) throws -> CatalogNode {
            guard let member = members[key] else { throw node.fault("the key '\(key)' is missing.") }
            return member
        }
        let places = try members["at"].map { try self.places($0) } ?? []
        let isAnywhere = try members["anywhere"]?.flag() ?? false
        guard isAnywhere == places.isEmpty else {
            throw node.fault("expected 'at' with places, or 'anywhere: true' for a rule on any ground.")
        }
        let exception = try members["unless"]?.members(known: ["when", "zh", "en"])
        let id = try required("id").text()
        guard !id.contains(where: { $0.isWhitespace || $0 == "=" || $0 == "," }) else {
            throw try required("id").fault("expected an id without spaces, commas and '='.")
        }
        let effect = try self.effect(required("effect"))
        let scope = RuleScope(
            activities: try words(members["activity"], vocabulary.activities.keys.sorted(), "activity").filter {
                $0 != "any"
            },
            triggers: try words(members["trigger"], vocabulary.siteAttributes["trigger"]?.words ?? [], "trigger"),
            industries: try members["industry"]?.texts().map { try industry($0) } ?? [],
            regions: try members["region"]?.texts().map { try region($0) } ?? [])
        var origin = origin
        if let document = members["document"] { origin.document = try LocalizedText(document) }
        return Rule(
            RuleParts(
                id: id, origin: origin, section: try required("section").text(), effect: effect,
                wording: try members["wording"]?.text(), summary: try LocalizedText(required("summary")),
                terms: try members["terms"].map { try LocalizedText($0) } ?? LocalizedText(),
                grades: try words(members["grade"], Self.grades, "grade"),
                validity: try members["valid"].map { try Validity($0) } ?? validity,
                dimensions: try members["dimensions"]?.texts().map(\.text) ?? [],
                conditionText: try members["when"]?.text(),
                exceptionText: try exception.map { try LocalizedText(names: $0) } ?? LocalizedText(), places: places,
                scope: scope, condition: try members["when"].map { try ConditionParser.condition($0, vocabulary) },
                exception: try exception?["when"].map { try ConditionParser.condition($0, vocabulary) },
                yieldsTo: try members["yields_to"]?.texts().map(\.text) ?? [],
                supersedes: try members["supersedes"]?.texts().map(\.text) ?? [],
                defersTo: try members["defers_to"]?.texts().map(\.text) ?? [],
                tests: try RuleTests(try required("tests"), vocabulary, isAnywhere: isAnywhere), line: node.line))
    }

    private func effect(_ node: CatalogNode) throws -> Effect {
        let text = try node.text()
        guard let effect = Effect(rawValue: text) else {
            throw node.fault(Self.expected(text, Effect.allCases.map(\.rawValue), "effect"))
        }
        return effect
    }

    private func words(_ node: CatalogNode?, _ known: [String], _ what: String) throws -> [String] {
        try node?.texts().map { word in
            guard known.contains(word.text) else { throw word.node.fault(Self.expected(word.text, known, what)) }
            return word.text
        } ?? []
    }

    private func industry(_ code: (text: String, node: CatalogNode)) throws -> IndustryCode {
        guard let industry = IndustryCode(code.text), industry.text == code.text else {
            throw code.node.fault("expected a code of GB/T 4754 such as 2613, C26 or B, found '\(code.text)'.")
        }
        return industry
    }

    private func region(_ code: (text: String, node: CatalogNode)) throws -> String {
        guard code.text.count == 6, code.text.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            throw code.node.fault("expected a code of GB/T 2260 with six digits, found '\(code.text)'.")
        }
        return code.text
    }

    static func expected(_ word: String, _ known: [String], _ what: String) -> String {
        let near = closest(to: word, among: known).map { " Did you mean '\($0)'?" } ?? ""
        let list = known.count > 40 ? "" : " Expected one of \(known.joined(separator: ", "))."
        return "there is no \(what) '\(word)'.\(near)\(list)"
    }

    // MARK: Places

    private func places(_ node: CatalogNode) throws -> [RulePlace] {
        let places = try node.elements().map { try place($0) }
        guard !places.isEmpty else { throw node.fault("expected at least one place.") }
        return places
    }

    private func place(_ node: CatalogNode) throws -> RulePlace {
        let members = try node.members(known: ["family", "class", "name", "area", "side", "distance", "when"])
        guard let family = members["family"] else { throw node.fault("the key 'family' is missing.") }
        let name = try family.text()
        guard let known = vocabulary.families[name] else {
            throw family.fault(Self.expected(name, vocabulary.families.keys.sorted(), "family"))
        }
        let classes = try words(members["class"], known.dimensions.keys.sorted(), "class of the family '\(name)'")
        var side = RulePlace.Side.inside
        if let written = members["side"] {
            switch try written.text() {
            case "inside": side = .inside
            case "outside": side = .outside
            case let other: throw written.fault("expected inside or outside, found '\(other)'.")
            }
        }
        let distance = try members["distance"].map { try self.distance($0) } ?? .none
        if side == .outside, distance != .none {
            throw node.fault("a place outside zones has no distance.")
        }
        return RulePlace(
            family: name, classes: classes, names: try members["name"]?.texts().map(\.text) ?? [],
            areas: try members["area"]?.texts().map(\.text) ?? [], side: side,
            distance: distance, condition: try members["when"].map { try ConditionParser.condition($0, vocabulary) },
            conditionText: try members["when"]?.text())
    }

    /// `unspecified`, a length with unit, or two of them: `5-10 km`.
    private func distance(_ node: CatalogNode) throws -> RulePlace.Distance {
        let text = try node.text()
        if text == "unspecified" { return .unspecified }
        func length(_ text: String) -> Double? {
            guard text.contains(where: \.isLetter) else { return nil }
            return Length(parsing: text)?.meters
        }
        let parts = text.split(separator: "-").map(String.init)
        if parts.count == 1, let meters = length(parts[0]) { return .within(meters) }
        if parts.count == 2, let high = length(parts[1]) {
            let unit = parts[1].drop { $0.isNumber || $0 == "." || $0.isWhitespace }
            if let low = length(parts[0]) ?? length(parts[0] + unit), low < high { return .ring(low, high) }
        }
        throw node.fault("expected a length with unit (1 km), a range (5-10 km) or 'unspecified', found '\(text)'.")
    }
}

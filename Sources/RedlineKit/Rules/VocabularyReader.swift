extension Vocabulary {
    static let keys = ["families", "attributes", "zone_attributes", "activities"]

    /// Adds the words of a document.
    ///
    /// - Parameter members: The members of its root; those of ``keys`` are read.
    /// - Throws: ``CatalogError`` at the first fault.
    mutating func add(_ members: [String: CatalogNode]) throws {
        for (name, node) in try members["families"]?.pairs() ?? [] {
            try Self.put(Family(node), name, node, into: &families)
        }
        for (name, node) in try members["attributes"]?.pairs() ?? [] {
            try Self.put(Attribute(node), name, node, into: &siteAttributes)
        }
        for (name, node) in try members["zone_attributes"]?.pairs() ?? [] {
            try Self.put(Attribute(node), name, node, into: &zoneAttributes)
        }
        let new = try members["activities"]?.pairs() ?? []
        for (name, node) in new { try Self.put(Activity(node), name, node, into: &activities) }
        for (name, node) in new {
            let parts = try node.members(known: Activity.keys)
            for key in ["is", "of"] {
                for tag in try parts[key]?.texts() ?? [] where activities[tag.text] == nil {
                    throw tag.node.fault("there is no activity '\(tag.text)' that '\(name)' could name.")
                }
            }
        }
        finish()
    }

    private static func put<Value>(
        _ value: Value, _ name: String, _ node: CatalogNode, into words: inout [String: Value]
    ) throws {
        guard words.updateValue(value, forKey: name) == nil else { throw node.fault("the word stands twice.") }
    }
}

extension Vocabulary.Family {
    fileprivate init(_ node: CatalogNode) throws {
        let members = try node.members(known: ["zh", "en", "classes"])
        names = try LocalizedText(names: members)
        for (dimension, list) in try members["classes"]?.pairs() ?? [] {
            for name in try list.texts() {
                guard dimensions.updateValue(dimension, forKey: name.text) == nil else {
                    throw name.node.fault("the class '\(name.text)' stands twice.")
                }
            }
        }
    }
}

extension Vocabulary.Attribute {
    fileprivate init(_ node: CatalogNode) throws {
        let members = try node.members(
            known: ["zh", "en", "type", "values", "unit", "also", "minimum", "aliases"])
        names = try LocalizedText(names: members)
        aliases = try members["aliases"]?.texts().map(\.text) ?? []
        guard let type = members["type"] else { throw node.fault("the key 'type' is missing.") }
        var words: [String] = []
        if let values = members["values"] {
            if values.isMapping {
                for (word, list) in try values.pairs() {
                    words.append(word)
                    for synonym in try list.texts() { synonyms[synonym.text] = word }
                }
            } else {
                words = try values.texts().map(\.text)
            }
        }
        switch try type.text() {
        case "yes-no":
            kind = .yesNo
            synonyms = ["true": "yes", "false": "no", "是": "yes", "否": "no", "1": "yes", "0": "no"]
        case "choice" where !words.isEmpty: kind = .choice(words)
        case "scale" where words.count > 1: kind = .scale(words)
        case "choice", "scale": throw type.fault("a choice or scale needs 'values'.")
        case "number":
            var unit = Vocabulary.Unit(symbol: try members["unit"]?.text() ?? "")
            for (symbol, factor) in try members["also"]?.pairs() ?? [] { unit.factors[symbol] = try factor.number() }
            unit.minimum = try members["minimum"]?.number()
            kind = .number(unit)
        case "text": kind = .text
        case let other: throw type.fault("expected yes-no, choice, scale, number or text, found '\(other)'.")
        }
    }
}

extension Vocabulary.Activity {
    fileprivate static let keys = ["zh", "en", "is", "industry", "general", "trait", "of", "aliases"]

    fileprivate init(_ node: CatalogNode) throws {
        let members = try node.members(known: Self.keys)
        names = try LocalizedText(names: members)
        implies = try members["is"]?.texts().map(\.text) ?? []
        for code in try members["industry"]?.texts() ?? [] {
            guard IndustryCode(code.text) != nil else {
                throw code.node.fault("expected a code of GB/T 4754 such as 2613, C26 or B, found '\(code.text)'.")
            }
            industries.append(code.text)
        }
        isGeneral = try members["general"]?.flag() ?? false
        isTrait = try members["trait"]?.flag() ?? false
        candidates = try members["of"]?.texts().map(\.text) ?? []
        aliases = try members["aliases"]?.texts().map(\.text) ?? []
        if let zh = names.zh { aliases.append(zh) }
    }
}

/// A code of the industry classification GB/T 4754: a letter, or two to four digits with or without a letter.
struct IndustryCode: Hashable, Sendable {
    /// The code as it is written.
    var text: String

    /// Reads the code at the beginning of a text: `C2613`, `2613 无机盐制造`; nil where there is none.
    init?(_ text: some StringProtocol) {
        let code = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
        let letter = code.prefix { $0.isLetter }
        let digits = code[letter.endIndex...]
        guard letter.count <= 1, letter.allSatisfy({ ("A"..."T").contains($0) }), digits.allSatisfy(\.isNumber),
            (2...4).contains(digits.count) || (digits.isEmpty && letter.count == 1)
        else { return nil }
        self.text = String(code)
    }

    /// Whether this code lies under `other`: the same, or a branch of it.
    func isUnder(_ other: IndustryCode) -> Bool {
        let (own, above) = (text.drop { $0.isLetter }, other.text.drop { $0.isLetter })
        if above.isEmpty { return text.first == other.text.first }
        return own.hasPrefix(above)
    }
}

extension LocalizedText {
    /// The members `zh` and `en`.
    init(names members: [String: CatalogNode]) throws {
        self.init(zh: try members["zh"]?.text(), en: try members["en"]?.text())
    }
}

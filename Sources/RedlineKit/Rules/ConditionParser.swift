/// Reads conditions as people write them:
///
///     condition  = alternative { "or" alternative }
///     alternative = part { "and" part }
///     part       = "not" part | "(" condition ")" | comparison
///     comparison = attribute [ relation value { "," value } ]
///     relation   = "is" | "is not" | "=" | "!=" | "<" | "<=" | ">" | ">="
///     value      = word | number unit
///
/// An attribute alone means `is yes`. Several values after `is` are alternatives.
struct ConditionParser {
    private let vocabulary: Vocabulary
    private let node: CatalogNode
    private let text: [Character]
    private var tokens: [Token] = []
    private var place = 0
    /// How many parentheses and 'not' are open.
    private var depth = 0

    /// More are no sentence that a lawyer reads; without a bound a file could exhaust the stack.
    private static let mostDepth = 50
    /// Ways in which a condition can be met; each is tried, to find conditions that can never be true.
    private static let mostAlternatives = 1000

    private struct Token {
        var text: String
        /// The column, from 1.
        var column: Int
    }

    /// Reads the text of `node`.
    ///
    /// - Throws: ``CatalogError`` with line, key, column and what was expected.
    static func condition(_ node: CatalogNode, _ vocabulary: Vocabulary) throws -> Condition {
        var parser = ConditionParser(vocabulary: vocabulary, node: node, text: Array(try node.text()))
        try parser.split()
        let condition = try parser.alternatives()
        if let extra = parser.peek {
            throw parser.fault("expected 'and', 'or' or the end, found '\(extra.text)'", extra)
        }
        guard condition.alternativeCount(negated: false) <= Self.mostAlternatives else {
            throw node.fault(
                "the condition has more than \(Self.mostAlternatives) alternatives; write it as several rules.")
        }
        if !condition.isPossible { throw node.fault("the condition can never be true.") }
        return condition
    }

    private init(vocabulary: Vocabulary, node: CatalogNode, text: [Character]) {
        self.vocabulary = vocabulary
        self.node = node
        self.text = text
    }

    // MARK: Tokens

    private mutating func split() throws {
        var index = 0
        while index < text.count {
            let character = text[index]
            if character.isWhitespace {
                index += 1
                continue
            }
            let start = index
            if "(),".contains(character) {
                index += 1
            } else if "<>=!".contains(character) {
                index += 1
                if index < text.count, text[index] == "=" { index += 1 }
            } else {
                while index < text.count, !text[index].isWhitespace, !"(),<>=!".contains(text[index]) { index += 1 }
            }
            tokens.append(Token(text: String(text[start..<index]), column: start + 1))
        }
    }

    private var peek: Token? { place < tokens.count ? tokens[place] : nil }

    private mutating func next(_ expectation: String) throws -> Token {
        guard let token = peek else { throw fault("expected \(expectation) at the end", nil) }
        place += 1
        return token
    }

    private mutating func take(_ words: String...) -> Bool {
        guard let token = peek, words.contains(token.text.lowercased()) else { return false }
        place += 1
        return true
    }

    private func fault(_ expectation: String, _ token: Token?) -> CatalogError {
        node.fault("column \(token?.column ?? text.count + 1): \(expectation).")
    }

    // MARK: Grammar

    private mutating func alternatives() throws -> Condition {
        var parts = [try conjunction()]
        while take("or") { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func conjunction() throws -> Condition {
        var parts = [try part()]
        while take("and") { parts.append(try part()) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func part() throws -> Condition {
        guard depth < Self.mostDepth else {
            throw fault("more than \(Self.mostDepth) parentheses or 'not' inside one another", peek)
        }
        depth += 1
        defer { depth -= 1 }
        if take("not") { return .not(try part()) }
        if take("(") {
            let inner = try alternatives()
            guard take(")") else { throw fault("expected ')'", peek) }
            return inner
        }
        return .compare(try comparison())
    }

    private mutating func comparison() throws -> Comparison {
        let token = try next("an attribute")
        guard let attribute = vocabulary.attribute(token.text) else {
            throw fault(vocabulary.unknownAttribute(token.text), token)
        }
        guard let relation = try relation(token) else {
            guard case .yesNo = attribute.kind else {
                throw fault("expected a relation and a value after '\(token.text)': is, <, <=, >, >=", peek)
            }
            return Comparison(name: token.text, relation: .equal, operand: .words(["yes"]))
        }
        return Comparison(
            name: token.text, relation: relation, operand: try operand(attribute, relation, of: token.text))
    }

    private mutating func relation(_ attribute: Token) throws -> Comparison.Relation? {
        if take("is", "=", "==") { return take("not") ? .notEqual : .equal }
        if take("!=") { return .notEqual }
        for relation in [Comparison.Relation.lessOrEqual, .less, .greaterOrEqual, .greater]
        where take(relation.rawValue) { return relation }
        return nil
    }

    private mutating func operand(
        _ attribute: Vocabulary.Attribute, _ relation: Comparison.Relation, of name: String
    ) throws -> Comparison.Operand {
        let token = try next("a value")
        switch attribute.kind {
        case .number(let unit):
            var written = token.text
            // A unit may stand apart from its number.
            if let following = peek, !["and", "or", ")", ","].contains(following.text.lowercased()) {
                written += following.text
                place += 1
            }
            guard let number = unit.number(written, needsUnit: true) else {
                throw fault("expected a number with the unit \(unit.symbol), found '\(written)'", token)
            }
            return .number(number)
        case .scale(let steps) where relation != .equal && relation != .notEqual:
            guard let step = steps.firstIndex(of: token.text) else {
                throw fault("'\(name)' has the steps \(steps.joined(separator: " < ")); found '\(token.text)'", token)
            }
            return .step(step, scale: steps)
        case .scale, .choice, .yesNo, .text:
            guard relation == .equal || relation == .notEqual else {
                throw fault("'\(name)' has no order; compare it with 'is' or 'is not'", token)
            }
            var words = [try word(token, attribute, of: name)]
            while take(",") { words.append(try word(try next("a value"), attribute, of: name)) }
            return .words(words)
        }
    }

    private func word(_ token: Token, _ attribute: Vocabulary.Attribute, of name: String) throws -> String {
        guard let words = attribute.words, !words.contains(token.text) else { return token.text }
        let near = closest(to: token.text, among: words).map { " Did you mean '\($0)'?" } ?? ""
        throw fault("'\(name)' is one of \(words.joined(separator: ", ")); found '\(token.text)'\(near)", token)
    }
}

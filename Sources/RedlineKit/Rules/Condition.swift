/// A condition of a rule on what is known of a site and a zone.
indirect enum Condition: Hashable, Sendable {
    case all([Condition])
    case any([Condition])
    case not(Condition)
    case compare(Comparison)

    /// What facts say of it.
    func answer(_ facts: some FactSource) -> Answer {
        switch self {
        case .all(let parts): parts.reduce(.yes) { $0.and($1.answer(facts)) }
        case .any(let parts): parts.reduce(.no) { $0.or($1.answer(facts)) }
        case .not(let part): part.answer(facts).negated
        case .compare(let comparison): comparison.answer(facts)
        }
    }

    /// Every comparison in it.
    var comparisons: [Comparison] {
        switch self {
        case .all(let parts), .any(let parts): parts.flatMap(\.comparisons)
        case .not(let part): part.comparisons
        case .compare(let comparison): [comparison]
        }
    }
}

/// Gives the values of attributes by name.
protocol FactSource {
    /// The values of an attribute; nil where nothing is known of it.
    func values(of name: String) -> [FactValue]?
    /// Whether a tag of the vocabulary holds; nil where `name` is none.
    func answer(ofTag name: String) -> Answer?
}

/// A value of an attribute, as conditions compare it.
enum FactValue: Hashable, Sendable {
    /// A word of the vocabulary: a choice, a step of a scale, `yes` or `no`.
    case word(String)
    /// A number in the unit of the attribute.
    case number(Double)
}

/// An attribute against a value: `boiler-capacity < 35 t/h`, `zone.degraded >= medium`.
struct Comparison: Hashable, Sendable {
    enum Relation: String, Hashable, Sendable, CaseIterable {
        case less = "<"
        case lessOrEqual = "<="
        case equal = "is"
        case notEqual = "is not"
        case greaterOrEqual = ">="
        case greater = ">"
    }

    enum Operand: Hashable, Sendable {
        /// One of several words.
        case words([String])
        /// A number in the unit of the attribute.
        case number(Double)
        /// The place of a step on the scale of the attribute.
        case step(Int, scale: [String])
    }

    /// The attribute; those of the zone begin with `zone.`.
    var name: String
    var relation: Relation
    var operand: Operand

    /// Several values of one attribute are several parts of the site: one that meets the condition is enough.
    func answer(_ facts: some FactSource) -> Answer {
        if let tag = facts.answer(ofTag: name) {
            return operand == .words([relation == .equal ? "yes" : "no"]) ? tag : tag.negated
        }
        guard let values = facts.values(of: name), !values.isEmpty else { return .open([name]) }
        var isOpen = false
        for value in values {
            guard let truth = holds(value) else {
                isOpen = true
                continue
            }
            if truth { return .yes }
        }
        return isOpen ? .open([name]) : .no
    }

    /// Nil for a value that cannot be compared.
    private func holds(_ value: FactValue) -> Bool? {
        switch (operand, value) {
        case (.words(let words), .word(let word)): words.contains(word) == (relation == .equal)
        case (.number(let limit), .number(let number)): compare(number, limit)
        case (.step(let limit, let scale), .word(let word)): scale.firstIndex(of: word).map { compare($0, limit) }
        default: nil
        }
    }

    private func compare<Value: Comparable>(_ value: Value, _ limit: Value) -> Bool {
        switch relation {
        case .less: value < limit
        case .lessOrEqual: value <= limit
        case .equal: value == limit
        case .notEqual: value != limit
        case .greaterOrEqual: value >= limit
        case .greater: value > limit
        }
    }
}

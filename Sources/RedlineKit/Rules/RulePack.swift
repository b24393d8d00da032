/// Where rules come from: a document, the territory it governs, and when.
public struct RulePackOrigin: Hashable, Sendable {
    /// The pack's id.
    public var id: String
    /// What the pack is called.
    public var title: LocalizedText
    /// The document that its rules stand in.
    public var document: LocalizedText
    /// The code of the territory (GB/T 2260); nil for the whole country.
    public var jurisdictionCode: String?
    /// The name of the territory.
    public var jurisdiction: LocalizedText
    /// What a reader has to know of the pack.
    public var note: LocalizedText
}

/// When a rule is in force; open on either side.
public struct Validity: Hashable, Sendable {
    /// The first day; nil where none is given.
    public var from: CalendarDate?
    /// The last day; nil where none is given.
    public var to: CalendarDate?

    /// Whether it holds on `day`; always without a day, so that results do not change with the day they are computed.
    public func holds(on day: CalendarDate?) -> Bool {
        guard let day else { return true }
        if let from, day < from { return false }
        if let to, day > to { return false }
        return true
    }

    func overlaps(_ other: Validity) -> Bool {
        if let to, let from = other.from, to < from { return false }
        if let to = other.to, let from, to < from { return false }
        return true
    }
}

/// A rule of a pack: what a document says of sites in, near or outside zones, or anywhere.
public final class Rule: Sendable {
    /// The id, unlike every other's.
    public let id: String
    /// Where it comes from.
    public let origin: RulePackOrigin
    /// Chapter and section.
    public let section: String
    /// How strong it is.
    public let effect: Effect
    /// The modal word as printed.
    public let wording: String?
    /// What it says, in our own words.
    public let summary: LocalizedText
    /// What it asks for, or what it names and does not give; nil where the summary says it all.
    public let terms: LocalizedText
    /// How surely it is known: `stated`, `stated-soft`, `defers`, `list-missing`, `inferred-family`, `unchecked`.
    public let grades: [String]
    /// When it is in force.
    public let validity: Validity
    /// What must not fall, for `no-loss`: `area`, `quality`, …
    public let dimensions: [String]
    /// Document, period, chapter and section.
    public let citation: LocalizedText
    /// The condition as it is written.
    public let conditionText: String?
    /// The exception in words.
    public let exceptionText: LocalizedText

    /// The rules that go before it.
    public let yieldsTo: [String]
    /// The sets of rules that decide in its place.
    public let defersTo: [String]

    let places: [RulePlace]
    let scope: RuleScope
    let condition: Condition?
    let exception: Condition?
    let supersedes: [String]
    let tests: RuleTests
    /// The line of the pack's file.
    let line: Int?

    init(_ parts: RuleParts) {
        id = parts.id
        origin = parts.origin
        section = parts.section
        effect = parts.effect
        wording = parts.wording
        summary = parts.summary
        terms = parts.terms
        grades = parts.grades
        validity = parts.validity
        dimensions = parts.dimensions
        conditionText = parts.conditionText
        exceptionText = parts.exceptionText
        places = parts.places
        scope = parts.scope
        condition = parts.condition
        exception = parts.exception
        yieldsTo = parts.yieldsTo
        supersedes = parts.supersedes
        defersTo = parts.defersTo
        tests = parts.tests
        line = parts.line
        citation = parts.citation
    }

    /// Whether it holds on any ground.
    public var isAnywhere: Bool { places.isEmpty }

    /// The families that it speaks of, each once; none for a rule on any ground.
    public var families: [String] {
        var seen: Set<String> = []
        return places.map(\.family).filter { seen.insert($0).inserted }
    }

    /// Whether its distance is left open by the text.
    var isDistanceOpen: Bool { places.contains { $0.distance.isOpen } }
}

/// A kind of place that a rule speaks of.
struct RulePlace: Hashable, Sendable {
    enum Side: Hashable, Sendable {
        case inside
        case outside
    }

    enum Distance: Hashable, Sendable {
        /// The rule speaks of the zone itself.
        case none
        case within(Double)
        /// From one to the other; which of them bounds it, the text leaves open.
        case ring(Double, Double)
        /// The text says "around" and gives no number.
        case unspecified

        /// Whether a parameter can fix it.
        var isOpen: Bool {
            switch self {
            case .none, .within: false
            case .ring, .unspecified: true
            }
        }
    }

    var family: String
    /// Classes of the zone, of which one must hold; empty for any.
    var classes: [String]
    /// Parts of the zone's name, of which one must occur; empty for any.
    var names: [String]
    /// Wider areas that the zone lies in, of which one must occur in its name or its attribute `area`; empty for any.
    var areas: [String]
    var side: Side
    var distance: Distance
    /// A condition of this place alone.
    var condition: Condition?
    var conditionText: String?
}

/// The sites that a rule speaks of.
struct RuleScope: Hashable, Sendable {
    /// Tags, of which one must hold; empty for any activity.
    var activities: [String]
    /// Kinds of act, of which one must hold; empty for any.
    var triggers: [String]
    /// Codes of industries, of which one must hold; empty for any.
    var industries: [IndustryCode]
    /// Codes of regions (GB/T 2260 or beginnings of them), of which one must hold; empty for the pack's territory.
    var regions: [String]
}

/// What a rule is made of.
struct RuleParts {
    var id: String
    var origin: RulePackOrigin
    var section: String
    var effect: Effect
    var wording: String?
    var summary: LocalizedText
    var terms: LocalizedText
    var grades: [String]
    var validity: Validity
    var dimensions: [String]
    var conditionText: String?
    var exceptionText: LocalizedText
    var places: [RulePlace]
    var scope: RuleScope
    var condition: Condition?
    var exception: Condition?
    var yieldsTo: [String]
    var supersedes: [String]
    var defersTo: [String]
    var tests: RuleTests
    var line: Int?

    /// Document, period and section; the section stays as it is printed.
    var citation: LocalizedText {
        func period(_ dash: String) -> String? {
            guard let from = validity.from?.year, let to = validity.to?.year else { return nil }
            return from == to ? "\(from)" : "\(from)\(dash)\(to)"
        }
        let zh = origin.document.zh ?? origin.document.en ?? origin.id
        let en = origin.document.en.map { $0 == zh ? zh : "\(zh) (\($0))" } ?? zh
        return LocalizedText(
            zh: zh + (period("—").map { "（\($0)）" } ?? "") + "，" + section,
            en: en + (period("–").map { ", \($0)" } ?? "") + ", " + section)
    }
}

/// A row of a source that is no rule on sites and zones, and why.
public struct UnspatialRule: Hashable, Sendable {
    /// The id.
    public var id: String
    /// Why it is none.
    public var reason: LocalizedText
}

/// A rule pack (规则包): the rules of one document as dated data.
public struct RulePack: Sendable {
    /// Where its rules come from.
    public var origin: RulePackOrigin
    /// The name of its file, without folders.
    public var name: String
    /// SHA-256 of the file, hexadecimal.
    public var sha256: String
    /// Its rules, in the order of the file.
    public var rules: [Rule]
    /// Rows of its source that are no rules on sites and zones.
    public var unspatial: [UnspatialRule]
    /// The sets of rules that it holds, to which other rules may defer.
    public var provides: [String]
}

/// A place that a rule speaks of, for people.
public struct RulePlaceDescription: Hashable, Sendable {
    /// The family of zones.
    public var family: String
    /// The classes of which one must hold; empty for any.
    public var classes: [String]
    /// The names or wider areas of which one must occur; empty for any.
    public var names: [String]
    /// Whether the rule speaks of ground outside every such zone.
    public var isOutside: Bool
    /// `unspecified`, a length or a range of lengths; nil where the zone itself is meant.
    public var distance: String?
    /// The condition of this place alone.
    public var condition: String?
}

extension Rule {
    /// The tags of activities of which one must hold; empty for any.
    public var activities: [String] { scope.activities }

    /// The kinds of act of which one must hold; empty for any.
    public var triggers: [String] { scope.triggers }

    /// The codes of regions of which one must hold; empty for the territory of the pack.
    public var regions: [String] { scope.regions }

    /// The places that it speaks of; none for a rule on any ground.
    public var placeDescriptions: [RulePlaceDescription] {
        places.map { place in
            func text(_ meters: Double) -> String {
                meters >= 1000 ? "\((meters / 1000).plain) km" : "\(meters.plain) m"
            }
            let distance: String? =
                switch place.distance {
                case .none: nil
                case .within(let limit): "≤ " + text(limit)
                case .ring(let low, let high): text(low) + " – " + text(high)
                case .unspecified: "unspecified"
                }
            return RulePlaceDescription(
                family: place.family, classes: place.classes, names: place.names + place.areas,
                isOutside: place.side == .outside, distance: distance, condition: place.conditionText)
        }
    }

    /// The parameter that a user can set; nil where the rule leaves nothing open.
    public var openParameter: String? { isDistanceOpen ? distanceParameter : nil }
}

extension Double {
    /// Without a fraction where there is none.
    var plain: String { Int64(exactly: self).map(String.init) ?? description }
}

import RedlineGeometry

/// The words that rules may use: families and their classes, attributes of sites and zones, activities.
///
/// It is data: rule packs read it from files, and add to it.
struct Vocabulary: Sendable {
    /// A family of zones.
    struct Family: Sendable {
        var names: LocalizedText
        /// The dimension of each class: a zone has at most one class of each.
        var dimensions: [String: String] = [:]
    }

    /// An attribute of sites (`boiler-capacity`) or zones (`zone.level`).
    struct Attribute: Sendable {
        var names: LocalizedText
        var kind: Kind
        /// Other names of the field in files.
        var aliases: [String] = []
        /// The standard word for what files write.
        var synonyms: [String: String] = [:]

        /// The words that it may be; nil for numbers and free text.
        var words: [String]? {
            switch kind {
            case .yesNo: ["yes", "no"]
            case .choice(let words), .scale(let words): words
            case .number, .text: nil
            }
        }
    }

    enum Kind: Sendable {
        case yesNo
        case choice([String])
        /// Steps in ascending order.
        case scale([String])
        case number(Unit)
        case text
    }

    /// A unit and what others are in it.
    struct Unit: Sendable {
        var symbol: String
        /// How much of the unit one of another is.
        var factors: [String: Double] = [:]
        var minimum: Double?

        /// Reads `35 t/h`; nil where it is no number, has an unknown unit or lies below the minimum.
        func number(_ text: String, needsUnit: Bool = false) -> Double? {
            let trimmed = text.filter { !$0.isWhitespace }
            guard !trimmed.isEmpty else { return nil }
            let digits = trimmed.prefix { $0.isASCII && ($0.isNumber || ".-+".contains($0)) }
            guard let value = Double(digits) else { return nil }
            let written = String(trimmed[digits.endIndex...])
            let factor: Double
            if written == symbol || (written.isEmpty && (!needsUnit || symbol.isEmpty)) {
                factor = 1
            } else if let known = factors[written] {
                factor = known
            } else {
                return nil
            }
            let number = value * factor
            if let minimum, number < minimum { return nil }
            return number
        }
    }

    /// A tag that says what a site wants.
    struct Activity: Sendable {
        var names: LocalizedText
        /// Everything that it is as well, itself included.
        var closure: Set<String> = []
        var implies: [String] = []
        /// GB/T 4754 codes, or beginnings of them, of industries that are this.
        var industries: [String] = []
        /// A word so general that it says nothing of what else a site is.
        var isGeneral = false
        /// A trait that some activities have and others not (two-high): unknown unless said, for the activities in
        /// `candidates`; empty for all.
        var isTrait = false
        var candidates: [String] = []
        var aliases: [String] = []
    }

    var families: [String: Family] = [:]
    var siteAttributes: [String: Attribute] = [:]
    var zoneAttributes: [String: Attribute] = [:]
    var activities: [String: Activity] = [:]

    /// The attribute that conditions call `name`: those of zones begin with `zone.`; a tag is one that is yes or no.
    func attribute(_ name: String) -> Attribute? {
        if name.hasPrefix("zone.") { return zoneAttributes[String(name.dropFirst(5))] }
        return siteAttributes[name] ?? activities[name].map { Attribute(names: $0.names, kind: .yesNo) }
    }

    /// Every name that ``attribute(_:)`` knows.
    var attributeNames: [String] { siteAttributes.keys.sorted() + zoneAttributes.keys.sorted().map { "zone." + $0 } }

    func unknownAttribute(_ name: String) -> String {
        let near = closest(to: name, among: attributeNames).map { " Did you mean '\($0)'?" } ?? ""
        return "the vocabulary has no attribute '\(name)'.\(near) Known: \(attributeNames.joined(separator: ", "))"
    }

    /// The tag that a file's word stands for; nil where the vocabulary has none.
    func activity(_ word: String) -> String? {
        let key = word.lowercased()
        return activities[key] != nil ? key : activityAliases[word]
    }

    /// The activities of an industry code such as `2613` or `C26`.
    func activities(ofIndustry code: String) -> [String] {
        let digits = code.drop { $0.isLetter }
        return industryPrefixes.filter { digits.hasPrefix($0.prefix) || code == $0.prefix }.map(\.activity)
    }

    private var activityAliases: [String: String] = [:]
    private var industryPrefixes: [(prefix: String, activity: String)] = []

    /// Works out what follows from what was read.
    mutating func finish() {
        for name in activities.keys {
            var closure: Set<String> = [name]
            var open = [name]
            while let next = open.popLast() {
                for implied in activities[next]?.implies ?? [] where closure.insert(implied).inserted {
                    open.append(implied)
                }
            }
            activities[name]?.closure = closure
        }
        activityAliases = [:]
        industryPrefixes = []
        for (name, activity) in activities.sorted(by: { $0.key < $1.key }) {
            for alias in activity.aliases { activityAliases[alias] = name }
            for code in activity.industries { industryPrefixes.append((code, name)) }
        }
    }
}

import RedlineGeometry

/// What is known of a site that rules ask for.
struct SiteFacts: Hashable, Sendable {
    /// Its activities with everything that they imply.
    private(set) var activities: Set<String> = []
    /// Whether anything says what it does; where not, every rule on activities is open.
    private(set) var hasActivity = false
    /// Whether a word says more than "building" or "land take".
    private(set) var isSpecific = false
    /// Whether a word was not understood, so that other activities cannot be ruled out.
    private(set) var hasUnknownActivity = false
    private(set) var industries: [IndustryCode] = []
    private(set) var values: [String: [FactValue]] = [:]
    /// The codes of the regions that it lies in; empty where none is known.
    var regions: [String]

    /// Takes attributes as files and command lines write them.
    ///
    /// - Parameters:
    ///   - raw: Texts by the names of the vocabulary: `activity`, `industry`, attributes, and traits as `yes` or `no`.
    ///   - vocabulary: The words that are known.
    ///   - regions: Codes of the regions that the site lies in.
    ///   - problems: Gets a sentence for each value that cannot be understood; it then counts as missing.
    init(_ raw: [String: [String]], vocabulary: Vocabulary, regions: [String], problems: inout [String]) {
        self.regions = regions
        for (name, texts) in raw.sorted(by: { $0.key < $1.key }) {
            switch name {
            case "activity": for text in texts { addActivities(text, vocabulary, &problems) }
            case "industry": for text in texts { addIndustry(text, vocabulary) }
            default: for text in texts { add(name, text, vocabulary, &problems) }
            }
        }
    }

    private mutating func addActivities(_ text: String, _ vocabulary: Vocabulary, _ problems: inout [String]) {
        let words = text.split { $0.isWhitespace || ",;|、，；[]\"".contains($0) }.map(String.init)
        for word in words {
            hasActivity = true
            if let tag = vocabulary.activity(word), let activity = vocabulary.activities[tag] {
                activities.formUnion(activity.closure)
                if !activity.isGeneral { isSpecific = true }
            } else {
                hasUnknownActivity = true
                problems.append("the activity '\(word)' is not in the vocabulary")
            }
        }
    }

    private mutating func addIndustry(_ text: String, _ vocabulary: Vocabulary) {
        // Words alone ("solar power") name no code; what they would decide stays open.
        guard let code = IndustryCode(text) else { return }
        industries.append(code)
        for tag in vocabulary.activities(ofIndustry: code.text) {
            hasActivity = true
            isSpecific = true
            activities.formUnion(vocabulary.activities[tag]?.closure ?? [])
        }
    }

    private mutating func add(
        _ name: String, _ text: String, _ vocabulary: Vocabulary, _ problems: inout [String]
    ) {
        if vocabulary.activities[name] != nil {
            let yesNo = [
                "yes": true, "true": true, "1": true, "是": true, "no": false, "false": false, "0": false, "否": false,
            ]
            guard let truth = yesNo[text.lowercased()] else {
                problems.append("'\(name)' is yes or no, not '\(text)'")
                return
            }
            values[name, default: []].append(.word(truth ? "yes" : "no"))
            if truth { activities.formUnion(vocabulary.activities[name]?.closure ?? []) }
            return
        }
        guard let attribute = vocabulary.siteAttributes[name] else { return }
        guard let value = FactValue(text, attribute) else {
            problems.append("'\(text)' is no value of '\(name)'")
            return
        }
        values[name, default: []].append(value)
    }

    /// Whether the site is what a tag says.
    func answer(activity tag: String, _ vocabulary: Vocabulary) -> Answer {
        if activities.contains(tag) { return .yes }
        if values[tag] == [.word("no")] { return .no }
        guard let activity = vocabulary.activities[tag] else { return .no }
        if activity.isTrait {
            let candidates = activity.candidates
            let mayBe =
                !isSpecific || hasUnknownActivity || candidates.isEmpty
                || candidates.contains(where: activities.contains)
            return mayBe ? .open([tag]) : .no
        }
        return hasActivity && !hasUnknownActivity ? .no : .open(["activity"])
    }
}

extension FactValue {
    /// The value that a text stands for; nil where the attribute has no such value.
    init?(_ text: String, _ attribute: Vocabulary.Attribute) {
        let word = attribute.synonyms[text] ?? attribute.synonyms[text.lowercased()] ?? text
        switch attribute.kind {
        case .number(let unit):
            guard let number = unit.number(text) else { return nil }
            self = .number(number)
        case .text: self = .word(word)
        case .yesNo, .choice, .scale:
            let lower = word.lowercased()
            guard attribute.words?.contains(lower) == true else { return nil }
            self = .word(lower)
        }
    }
}

/// What is known of a zone that rules ask for.
struct ZoneFacts: Sendable {
    var family: String
    /// The class, and whatever attributes say of category and level.
    var classes: Set<String> = []
    var name: String?
    var values: [String: [FactValue]] = [:]

    init(family: String) { self.family = family }

    init(_ zone: Zone, family: String, _ vocabulary: Vocabulary) {
        self.family = family
        name = zone.name
        if let own = zone.class { classes.insert(own) }
        for (key, text) in zone.attributes {
            if let attribute = vocabulary.zoneAttributes[key] {
                add(key, text, attribute)
            } else {
                classes.insert(text)
            }
        }
    }

    /// Adds an attribute; its words count as classes as well.
    mutating func add(_ key: String, _ text: String, _ attribute: Vocabulary.Attribute) {
        guard let value = FactValue(text, attribute) else { return }
        values[key, default: []].append(value)
        if case .word(let word) = value { classes.insert(word) }
    }

    /// Whether the zone is of a class: no where it has another one of the same dimension, open where it has none.
    func answer(class name: String, _ vocabulary: Vocabulary) -> Answer {
        if classes.contains(name) { return .yes }
        guard let dimensions = vocabulary.families[family]?.dimensions, let own = dimensions[name] else { return .no }
        return classes.contains { dimensions[$0] == own } ? .no : .open(["zone." + own])
    }
}

/// How a site and a zone meet, as far as rules ask.
struct ZoneMeetingKind: Sendable {
    var relation: Relation
    /// In metres.
    var distance: Double
    /// The part of the site's area or length in the zone; nil where unknown.
    var share: Double?
    /// Whether the site takes land inside: nil where its geometry does not tell.
    var takesLand: Bool?
}

/// Where a site stands towards what a rule speaks of.
enum RuleSituation: Sendable {
    case zone(ZoneFacts, ZoneMeetingKind)
    /// Wholly or partly outside all zones of a family.
    case outside(family: String)
    case anywhere
}

/// The facts of one site in one situation.
struct SituationFacts: FactSource {
    let site: SiteFacts
    let situation: RuleSituation
    let vocabulary: Vocabulary

    func answer(ofTag name: String) -> Answer? {
        vocabulary.activities[name] == nil ? nil : site.answer(activity: name, vocabulary)
    }

    func values(of name: String) -> [FactValue]? {
        if case .zone(let zone, let meeting) = situation {
            if name.hasPrefix("zone.") { return zone.values[String(name.dropFirst(5))] }
            if name == "share", let share = meeting.share { return [.number(share)] }
            if name == "land-take-inside", let takesLand = meeting.takesLand {
                return [.word(takesLand ? "yes" : "no")]
            }
        }
        return site.values[name]
    }
}

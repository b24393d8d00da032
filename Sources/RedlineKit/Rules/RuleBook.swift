public import RedlineGeometry

/// The rules that a run judges by: those of the packs that a catalog names, as they stand on a day.
public struct RuleBook: Sendable {
    /// The packs, in the order in which they were named.
    public let packs: [RulePack]
    /// The rules in force that nothing supersedes, in the order of the packs.
    public let rules: [Rule]
    /// Which effect counts as stronger.
    public let order: EffectOrder
    /// What the user should know of the packs, without paths.
    public let warnings: [Remark]

    let vocabulary: Vocabulary
    let parameters: RuleParameters
    /// The rules on zones of each family, by their places in ``rules``.
    let byFamily: [String: [Int]]
    /// The rules on any ground.
    let anywhere: [Int]
    /// The rules on ground outside the zones of each family.
    let outside: [String: [Int]]
    /// The sets of rules that the packs hold.
    let provided: Set<String>
    private let byID: [String: Rule]

    /// Reads packs.
    ///
    /// - Parameters:
    ///   - paths: The files of the packs.
    ///   - day: The day on which rules have to be in force; nil for all.
    ///   - order: Which effect counts as stronger.
    ///   - settings: What the user fixes, as `distance.NAME` and a length; NAME is a rule or a family.
    ///   - catalog: A catalog that may bring the texts of packs along.
    /// - Throws: ``RedlineError``, or ``CatalogError`` with line, key and expectation.
    public init(
        paths: [String], asOf day: CalendarDate? = nil, order: EffectOrder = .usual,
        settings: [RuleSetting] = [], catalog: Catalog? = nil
    ) throws {
        var reader = RulePackReader(attached: catalog?.packTexts ?? [:])
        var packs: [RulePack] = []
        for path in paths {
            if let pack = try reader.pack(at: path) { packs.append(pack) }
        }
        try self.init(packs: packs, vocabulary: reader.vocabulary, asOf: day, order: order, settings: settings)
    }

    /// The rules of a catalog, as a run with these options judges them; nil where it names no packs.
    init?(_ catalog: Catalog, _ options: ScreeningOptions) throws {
        guard !catalog.rules.isEmpty else { return nil }
        try self.init(
            paths: catalog.rules, asOf: options.asOf ?? catalog.asOf, order: catalog.effectOrder,
            settings: catalog.parameters + options.settings, catalog: catalog)
    }

    init(
        packs: [RulePack], vocabulary: Vocabulary, asOf day: CalendarDate?, order: EffectOrder,
        settings: [RuleSetting]
    ) throws {
        self.packs = packs
        self.vocabulary = vocabulary
        self.order = order
        let all = packs.flatMap { pack in pack.rules.map { (pack, $0) } }
        try Self.checkReferences(all)
        var warnings = Self.contradictions(all.map(\.1))
        let inForce = all.map(\.1).filter { $0.validity.holds(on: day) }
        let superseded = Set(inForce.flatMap(\.supersedes))
        let rules = inForce.filter { !superseded.contains($0.id) }
        let expired = all.map(\.1).filter { !$0.validity.holds(on: day) }
        if let day, !expired.isEmpty {
            let packs = Self.listed(Set(expired.map(\.origin.id)).sorted())
            warnings.append(
                Remark(
                    zh: "\(expired.count) 条规则在 \(day) 不在有效期内（\(packs)），未参与判定。",
                    en: "\(expired.count) rules are not in force on \(day) and do not fire: \(packs)."))
        }
        self.rules = rules
        var byFamily: [String: [Int]] = [:]
        var outside: [String: [Int]] = [:]
        var anywhere: [Int] = []
        for (place, rule) in rules.enumerated() {
            if rule.isAnywhere { anywhere.append(place) }
            for family in Set(rule.places.filter { $0.side == .inside }.map(\.family)) {
                byFamily[family, default: []].append(place)
            }
            for family in Set(rule.places.filter { $0.side == .outside }.map(\.family)) {
                outside[family, default: []].append(place)
            }
        }
        (self.byFamily, self.outside, self.anywhere) = (byFamily, outside, anywhere)
        provided = Set(packs.filter { pack in pack.rules.contains { $0.validity.holds(on: day) } }.flatMap(\.provides))
        byID = Dictionary(rules.map { ($0.id, $0) }) { first, _ in first }
        parameters = try Self.parameters(settings, all.map(\.1))
        self.warnings = warnings
    }

    /// The rule called `id`, if it is in force.
    public func rule(_ id: String) -> Rule? { byID[id] }

    /// Whether any rule in force speaks of the zones of a family.
    func speaks(of family: String) -> Bool { byFamily[family] != nil || outside[family] != nil }

    /// Rules in force on families that are none of `families`, by family.
    func lacking(_ families: Set<String>) -> [(family: String, rules: [Rule])] {
        var found: [String: [Rule]] = [:]
        for rule in rules where !rule.effect.isDuty {
            for family in rule.families where !families.contains(family) { found[family, default: []].append(rule) }
        }
        return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    // MARK: Checks

    private static func checkReferences(_ all: [(pack: RulePack, rule: Rule)]) throws {
        var seen: [String: RulePack] = [:]
        for (pack, rule) in all {
            func fault(_ expectation: String) -> CatalogError {
                CatalogError(file: pack.name, line: rule.line, key: rule.id, expectation: expectation)
            }
            if let other = seen[rule.id] {
                throw fault("the id '\(rule.id)' is given to a rule of '\(other.name)' as well.")
            }
            seen[rule.id] = pack
        }
        let rules = Dictionary(all.map { ($0.rule.id, $0.rule) }) { first, _ in first }
        for (pack, rule) in all {
            for id in rule.yieldsTo + rule.supersedes where rules[id] == nil && rule.yieldsTo.contains(id) {
                let near = closest(to: id, among: Array(rules.keys).sorted()).map { " Did you mean '\($0)'?" } ?? ""
                throw CatalogError(
                    file: pack.name, line: rule.line, key: rule.id,
                    expectation: "it yields to '\(id)', which no pack holds.\(near)")
            }
            if let circle = circle(from: rule, rules) {
                throw CatalogError(
                    file: pack.name, line: rule.line, key: rule.id,
                    expectation: "a circular exception: \(circle.joined(separator: " yields to ")).")
            }
        }
    }

    /// A way from a rule over those that it yields to back to itself.
    private static func circle(from rule: Rule, _ rules: [String: Rule]) -> [String]? {
        var seen: Set<String> = []
        func search(_ path: [String]) -> [String]? {
            for id in rules[path[path.count - 1]]?.yieldsTo ?? [] {
                if id == rule.id { return path + [id] }
                if seen.insert(id).inserted, let found = search(path + [id]) { return found }
            }
            return nil
        }
        return search([rule.id])
    }

    /// Rules that speak of the same sites and places at the same time, one to stop them and one to let them go on.
    private static func contradictions(_ rules: [Rule]) -> [Remark] {
        struct Key: Hashable {
            var places: Set<RulePlace>
            var scope: RuleScope
            var condition: Condition?
            var exception: Condition?
        }
        let stops: Set<Effect> = [.forbid, .remove]
        let allows: Set<Effect> = [.advise, .condition]
        let groups = Dictionary(grouping: rules.filter { !$0.effect.isDuty }) {
            Key(places: Set($0.places), scope: $0.scope, condition: $0.condition, exception: $0.exception)
        }
        return groups.values.compactMap { group -> Remark? in
            for first in group where stops.contains(first.effect) {
                for second in group
                where allows.contains(second.effect) && first.validity.overlaps(second.validity)
                    && first.origin.jurisdictionCode == second.origin.jurisdictionCode
                {
                    let one = "'\(first.id)' (\(first.effect.rawValue))"
                    let other = "'\(second.id)' (\(second.effect.rawValue))"
                    return Remark(
                        zh: "规则 \(one) 与 \(other) 在同一时期相互矛盾。",
                        en: "Rules \(one) and \(other) contradict each other at the same time.")
                }
            }
            return nil
        }.sorted { $0.en < $1.en }
    }

    private static func parameters(
        _ settings: [RuleSetting], _ rules: [Rule]
    ) throws -> RuleParameters {
        var parameters = RuleParameters()
        let open = rules.filter(\.isDistanceOpen)
        let families = Set(open.flatMap { $0.places.filter(\.distance.isOpen).map(\.family) })
        for setting in settings {
            let (name, value) = (setting.name, setting.value)
            let key = name.hasPrefix("distance.") ? String(name.dropFirst(9)) : ""
            guard open.contains(where: { $0.id == key }) || families.contains(key) else {
                let known = open.map(\.id) + families.sorted()
                let near = closest(to: key, among: known).map { " Did you mean 'distance.\($0)'?" } ?? ""
                throw RedlineError(
                    "no loaded rule leaves '\(name)' open.\(near)",
                    remedy: known.isEmpty
                        ? "No rule that leaves a distance open is loaded."
                        : "To be set: " + known.map { "distance." + $0 }.joined(separator: ", ") + ".")
            }
            guard let length = Length(parsing: value) else {
                throw RedlineError(
                    "'\(value)' is no length for '\(name)'.", remedy: "Write a number with unit: 500m, 0.5 km.")
            }
            parameters.distances[key] = length.meters
        }
        return parameters
    }

    static func listed(_ words: [String], limit: Int = 12) -> String {
        words.prefix(limit).joined(separator: ", ") + (words.count > limit ? ", … (\(words.count) in all)" : "")
    }
}

extension RuleBook {
    /// What people call something that a rule lacks, with the name to set it by.
    public func words(forMissing name: String, in language: Language) -> String {
        if name.hasPrefix("distance.") { return language.pick(zh: "距离 \(name)", en: "a distance (\(name))") }
        let known = vocabulary.attribute(name)?.names.text(in: language)
        let words = [
            "activity": ("活动", "activity"), "industry": ("行业代码", "industry code"), "region": ("所在地区", "region"),
        ]
        let word = known ?? words[name].map { language.pick(zh: $0, en: $1) }
        return word.map { language.pick(zh: "“\($0)” \(name)", en: $0 == name ? name : "\($0) (\(name))") } ?? name
    }

    /// What to say to someone who asked for a rule that no pack holds.
    public func remedy(forUnknown id: String, language: Language) -> String {
        if let row = packs.lazy.flatMap(\.unspatial).first(where: { $0.id == id }) {
            return "It is listed as no spatial rule: " + (row.reason.text(in: language) ?? "")
        }
        let ids = packs.flatMap(\.rules).map(\.id)
        return closest(to: id, among: ids).map { "Did you mean '\($0)'?" } ?? "List them with 'redline rules list'."
    }
}

import RedlineGeometry

/// What a rule is tried on: in the pack, beside the rule.
struct RuleTest: Sendable {
    /// Where the site stands.
    var place: RuleSituation
    /// The attributes of the site, as files write them.
    var site: [String: [String]]
    /// The code of the region that the site lies in.
    var region: String?
    /// The distance that the test sets for the rule, in metres.
    var distance: Double?
}

/// The tests of a rule: some on which it fires, and some on which it does not.
struct RuleTests: Sendable {
    var fires: [RuleTest] = []
    var doesNotFire: [RuleTest] = []

    /// Reads `fires` and `does-not-fire`, each one test or a list.
    init(_ node: CatalogNode, _ vocabulary: Vocabulary, isAnywhere: Bool) throws {
        let members = try node.members(known: ["fires", "does-not-fire"])
        func tests(_ key: String) throws -> [RuleTest] {
            guard let member = members[key] else { throw node.fault("the key '\(key)' is missing.") }
            let nodes = member.isList ? try member.elements() : [member]
            guard !nodes.isEmpty else { throw member.fault("expected at least one test.") }
            return try nodes.map { try RuleTest($0, vocabulary, isAnywhere: isAnywhere) }
        }
        fires = try tests("fires")
        doesNotFire = try tests("does-not-fire")
    }
}

extension RuleTest {
    fileprivate init(_ node: CatalogNode, _ vocabulary: Vocabulary, isAnywhere: Bool) throws {
        let members = try node.members(
            known: ["in", "near", "outside", "class", "name", "zone", "distance", "set", "region", "site"])
        let family = members["in"] ?? members["near"] ?? members["outside"]
        if let family, vocabulary.families[try family.text()] == nil {
            throw family.fault(
                RuleReader.expected(try family.text(), vocabulary.families.keys.sorted(), "family"))
        }
        let name = try family?.text() ?? ""
        if members["outside"] != nil {
            place = .outside(family: name)
        } else if family == nil {
            guard isAnywhere else { throw node.fault("expected 'in', 'near' or 'outside' with a family.") }
            place = .anywhere
        } else {
            var zone = ZoneFacts(family: name)
            zone.name = try members["name"]?.text()
            zone.classes = Set(try members["class"]?.texts().map(\.text) ?? [])
            for (key, value) in try members["zone"]?.pairs() ?? [] {
                guard let attribute = vocabulary.zoneAttributes[key] else {
                    throw value.fault(vocabulary.unknownAttribute("zone." + key) + ".")
                }
                zone.add(key, try value.text(), attribute)
            }
            let distance = try members["distance"].map { try Length($0).meters }
            guard (members["near"] != nil) == (distance != nil) else {
                throw node.fault("'near' needs 'distance', and 'in' has none.")
            }
            place = .zone(zone, ZoneMeetingKind(relation: distance == nil ? .overlaps : .near, distance: distance ?? 0))
        }
        distance = try members["set"].map { try Length($0).meters }
        region = try members["region"]?.text()
        site = [:]
        for (key, value) in try members["site"]?.pairs() ?? [] { site[key] = try value.texts().map(\.text) }
    }
}

/// How a test of a rule came out.
public struct RuleTestOutcome: Sendable {
    /// The rule.
    public var rule: Rule
    /// Whether the rule should have fired.
    public var shouldFire: Bool
    /// What was found instead; nil where the test passed.
    public var problem: String?
}

extension RuleBook {
    /// Runs the tests of every rule, superseded ones and those out of force included.
    ///
    /// A rule fires where it applies for sure; where something is missing, it does not, and its test has to say what.
    public func runTests() -> [RuleTestOutcome] {
        packs.flatMap(\.rules).flatMap { rule in
            rule.tests.fires.map { outcome(of: rule, $0, shouldFire: true) }
                + rule.tests.doesNotFire.map { outcome(of: rule, $0, shouldFire: false) }
        }
    }

    private func outcome(of rule: Rule, _ test: RuleTest, shouldFire: Bool) -> RuleTestOutcome {
        var parameters = RuleParameters()
        if let distance = test.distance { parameters.distances[rule.id] = distance }
        var problems: [String] = []
        let facts = SiteFacts(
            test.site, vocabulary: vocabulary, regions: [test.region ?? rule.origin.jurisdictionCode].compactMap { $0 },
            problems: &problems)
        var judge = RuleJudge(book: self)
        judge.parameters = parameters
        let answer = judge.answer(rule, facts, test.place).answer
        var problem: String?
        switch answer {
        case .yes where !shouldFire: problem = "fires, and should not"
        case .no where shouldFire: problem = "does not fire, and should"
        case .open(let names) where shouldFire: problem = "is open for want of \(names.joined(separator: ", "))"
        case .open(let names) where !shouldFire:
            problem = "is open for want of \(names.joined(separator: ", ")); say what makes it not fire"
        default: problem = problems.first
        }
        return RuleTestOutcome(rule: rule, shouldFire: shouldFire, problem: problem)
    }
}

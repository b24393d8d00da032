/// A rule that cannot be told to apply or not, and what is missing.
public struct OpenRule: Sendable {
    /// The rule.
    public var rule: Rule
    /// The attributes that would decide it; those of the zone begin with `zone.`, distances to be set with `distance.`.
    public var missing: [String]
}

/// A rule that would apply, but for an exception.
public struct ExemptRule: Sendable {
    /// The rule.
    public var rule: Rule
    /// The rule that goes before it; nil where its own exception holds.
    public var byRule: Rule?
}

/// What rules say of a site where it stands.
public struct RuleVerdict: Sendable {
    /// The rules that apply, the strongest first; duties of authorities last.
    public var rules: [Rule] = []
    /// The rules that cannot be told to apply or not, the strongest first.
    public var open: [OpenRule] = []
    /// The rules that an exception keeps from applying.
    public var exempt: [ExemptRule] = []
    /// The strongest effect of the rules that apply; nil where none does.
    public var effect: Effect?
    /// Whether ``effect`` rests on a range of distances that the text does not settle.
    var isLoose = false

    /// Nothing is known.
    public init() {}

    /// Whether nothing applies and nothing is open.
    var isEmpty: Bool { rules.isEmpty && open.isEmpty && exempt.isEmpty }

    /// The open rules that would make the effect stronger.
    public func deciding(_ order: EffectOrder) -> [OpenRule] {
        open.filter { order.rank($0.rule.effect) < order.rank(effect) && !$0.rule.effect.isDuty }
    }
}

/// The rules of a run and what is known of its sites.
struct RuleRun: Sendable {
    let book: RuleBook
    /// What is known of sites, each combination once.
    let profiles: [SiteFacts]
    /// The place of each site's facts in ``profiles``.
    let profileOfSite: [Int]
}

/// Judges rules for one task, one site after the other, and keeps what does not change from site to site.
final class RuleWorker {
    let run: RuleRun
    private let judge: RuleJudge
    /// What is known of sites that were met so far, each combination once.
    private var facts: [SiteFacts] = []
    private var places: [Key: Int] = [:]
    private var bases: [[Answer?]] = []
    private var anywheres: [RuleVerdict?] = []
    /// The place of what is known of the site that is judged.
    private var profile = 0

    private struct Key: Hashable {
        var profile: Int
        var regions: [String]
    }

    /// Answers are kept for this many combinations: 215 for each of a thousand are some megabytes.
    private static let keptProfiles = 1000

    init(_ run: RuleRun) {
        self.run = run
        judge = RuleJudge(book: run.book)
    }

    /// Turns to a site.
    ///
    /// - Parameters:
    ///   - site: Its place in the run.
    ///   - regions: The codes of the regions that it lies in; empty where none is known.
    func begin(site: Int, regions: [String]) {
        let key = Key(profile: run.profileOfSite[site], regions: regions)
        if let known = places[key] {
            profile = known
            return
        }
        if facts.count >= Self.keptProfiles { (facts, places, bases, anywheres) = ([], [:], [], []) }
        var own = run.profiles[key.profile]
        own.regions = regions
        profile = facts.count
        places[key] = profile
        facts.append(own)
        bases.append(Array(repeating: nil, count: book.rules.count))
        anywheres.append(nil)
    }

    var book: RuleBook { run.book }

    /// What the rules on any ground say of the site.
    func anywhere() -> RuleVerdict {
        if let known = anywheres[profile] { return known }
        let verdict = verdict(book.anywhere, .anywhere)
        anywheres[profile] = verdict
        return verdict
    }

    /// What the rules on the zones of a family say of the site, which meets, or is near, one of them.
    func verdict(_ zone: ZoneFacts, _ meeting: ZoneMeetingKind) -> RuleVerdict {
        guard let rules = book.byFamily[zone.family] else { return RuleVerdict() }
        return verdict(rules, .zone(zone, meeting))
    }

    /// Whether any rule that stops sites may speak of the site in a zone of a family.
    func mayStop(in family: String) -> Bool {
        (book.byFamily[family] ?? []).contains { index in
            book.rules[index].effect.isProhibition && base(index) != .no
        }
    }

    /// What the rules on ground outside the zones of a family say of the site.
    ///
    /// - Parameters:
    ///   - family: The family.
    ///   - ground: Whether the site has ground outside the zones that a rule means; open where their class is not known.
    /// - Returns: The rules that apply or are open.
    func outside(family: String, _ ground: (RulePlace) throws -> Answer) rethrows -> RuleVerdict {
        var verdict = RuleVerdict()
        for index in book.outside[family] ?? [] {
            let rule = book.rules[index]
            guard base(index) != .no else { continue }
            let found = judge.answer(rule, facts[profile], .outside(family: family))
            guard found.answer != .no || found.exception != nil else { continue }
            var there = Answer.no
            for place in rule.places where place.side == .outside && place.family == family {
                let found = try ground(place)
                there = there.or(found)
            }
            guard there != .no else { continue }
            add(rule, (found.answer.and(there), found.exception, false), to: &verdict)
        }
        return finished(verdict)
    }

    /// The rules with an unset distance that speak of the zones of a family and may speak of the site.
    func unsetDistances(family: String) -> [Rule] {
        (book.byFamily[family] ?? []).compactMap { index -> Rule? in
            let rule = book.rules[index]
            guard !rule.effect.isDuty, rule.isDistanceOpen, base(index) != .no else { return nil }
            let isUnset = rule.places.contains {
                $0.family == family && $0.side == .inside && $0.distance == .unspecified
                    && book.parameters.distance(of: rule, $0) == nil
            }
            return isUnset ? rule : nil
        }
    }

    /// Whether a place means a zone.
    func answer(_ place: RulePlace, _ zone: ZoneFacts) -> Answer { judge.zone(place, zone) }

    private func base(_ index: Int) -> Answer {
        if let known = bases[profile][index] { return known }
        let answer = judge.base(book.rules[index], facts[profile])
        bases[profile][index] = answer
        return answer
    }

    private func verdict(_ rules: [Int], _ situation: RuleSituation) -> RuleVerdict {
        var verdict = RuleVerdict()
        for index in rules where base(index) != .no {
            let rule = book.rules[index]
            add(rule, judge.answer(rule, facts[profile], situation), to: &verdict)
        }
        return finished(verdict)
    }

    private func add(
        _ rule: Rule, _ found: (answer: Answer, exception: RuleException?, isLoose: Bool), to verdict: inout RuleVerdict
    ) {
        switch (found.answer, found.exception) {
        case (_, .condition?): verdict.exempt.append(ExemptRule(rule: rule, byRule: nil))
        case (_, .rule(let id)?): verdict.exempt.append(ExemptRule(rule: rule, byRule: book.rule(id)))
        case (.yes, nil):
            verdict.rules.append(rule)
            guard !rule.effect.isDuty, book.order.rank(rule.effect) <= book.order.rank(verdict.effect) else { return }
            let isStronger = rule.effect != verdict.effect
            verdict.isLoose = found.isLoose && (isStronger || verdict.isLoose)
            verdict.effect = rule.effect
        case (.open(let missing), nil):
            // What an authority has to look after is no question to a site.
            if !rule.effect.isDuty { verdict.open.append(OpenRule(rule: rule, missing: missing)) }
        case (.no, nil): break
        }
    }

    private func finished(_ verdict: RuleVerdict) -> RuleVerdict {
        func precedes(_ lhs: Rule, _ rhs: Rule) -> Bool {
            (book.order.rank(lhs.effect), lhs.id) < (book.order.rank(rhs.effect), rhs.id)
        }
        var verdict = verdict
        verdict.rules.sort(by: precedes)
        verdict.open.sort { precedes($0.rule, $1.rule) }
        verdict.exempt.sort { precedes($0.rule, $1.rule) }
        return verdict
    }
}

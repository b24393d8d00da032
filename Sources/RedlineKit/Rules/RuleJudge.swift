/// Judges rules on what is known of a site and of where it stands.
struct RuleJudge {
    let book: RuleBook
    var parameters: RuleParameters

    init(book: RuleBook) {
        self.book = book
        parameters = book.parameters
    }

    /// Whether a rule applies.
    ///
    /// - Returns: The answer; the exception that keeps the rule from applying, if one does; whether the answer rests on a
    ///   range of distances that the text does not settle.
    func answer(
        _ rule: Rule, _ facts: SiteFacts, _ situation: RuleSituation
    ) -> (answer: Answer, exception: RuleException?, isLoose: Bool) {
        let all = SituationFacts(site: facts, situation: situation, vocabulary: book.vocabulary)
        var whole = base(rule, facts)
        guard whole != .no else { return (.no, nil, false) }
        let place = self.place(rule, all)
        whole = whole.and(place.answer)
        if let condition = rule.condition { whole = whole.and(condition.answer(all)) }
        guard whole != .no else { return (.no, nil, false) }
        if let exception = rule.exception, exception.answer(all) == .yes {
            return (.no, whole == .yes ? .condition : nil, false)
        }
        for id in rule.yieldsTo {
            if let other = book.rule(id), answer(other, facts, situation).answer == .yes {
                return (.no, whole == .yes ? .rule(id) : nil, false)
            }
        }
        return (whole, nil, place.isLoose)
    }

    /// Whether a rule speaks of a site at all, wherever it stands: its territory, activities, act and industry.
    func base(_ rule: Rule, _ facts: SiteFacts) -> Answer {
        let scope = rule.scope
        var answer = territory(rule, facts)
        if answer != .no, !scope.activities.isEmpty {
            var named = Answer.no
            for tag in scope.activities {
                named = named.or(facts.answer(activity: tag, book.vocabulary))
                if named == .yes { break }
            }
            answer = answer.and(named)
        }
        if answer != .no, !scope.triggers.isEmpty {
            let values = facts.values["trigger"] ?? []
            let isOne = values.contains {
                if case .word(let word) = $0 { scope.triggers.contains(word) } else { false }
            }
            answer = answer.and(values.isEmpty ? .open(["trigger"]) : Answer(isOne))
        }
        if answer != .no, !scope.industries.isEmpty {
            let isUnder = facts.industries.contains { own in scope.industries.contains { own.isUnder($0) } }
            answer = answer.and(facts.industries.isEmpty ? .open(["industry"]) : Answer(isUnder))
        }
        return answer
    }

    /// A site of unknown region is in the territory: the catalog names the pack.
    private func territory(_ rule: Rule, _ facts: SiteFacts) -> Answer {
        func covers(_ code: String, _ region: String) -> Bool {
            let significant =
                code.hasSuffix("0000") ? code.prefix(2) : code.hasSuffix("00") ? code.prefix(4) : code[...]
            // A prefecture's or province's own code stands for all of it.
            return region.hasPrefix(significant)
                || code.hasPrefix(
                    region.hasSuffix("0000")
                        ? region.prefix(2) : region.hasSuffix("00") ? region.prefix(4) : region[...])
        }
        let known = facts.regions
        guard !known.isEmpty else { return rule.scope.regions.isEmpty ? .yes : .open(["region"]) }
        if let code = rule.origin.jurisdictionCode, !known.contains(where: { covers(code, $0) }) { return .no }
        let own = rule.scope.regions
        return own.isEmpty ? .yes : Answer(own.contains { code in known.contains { covers(code, $0) } })
    }

    private func place(_ rule: Rule, _ facts: SituationFacts) -> (answer: Answer, isLoose: Bool) {
        if rule.isAnywhere { return (.yes, false) }
        var whole = Answer.no
        var isLoose = false
        for place in rule.places {
            let found = answer(place, of: rule, facts)
            if found.answer == .yes, !found.isLoose { return (.yes, false) }
            isLoose = isLoose || found.answer == .yes
            whole = whole.or(found.answer)
        }
        return (whole, isLoose)
    }

    private func answer(
        _ place: RulePlace, of rule: Rule, _ facts: SituationFacts
    ) -> (answer: Answer, isLoose: Bool) {
        var whole: Answer
        var isLoose = false
        switch facts.situation {
        case .anywhere: return (.no, false)
        case .outside(let family):
            guard place.side == .outside, place.family == family else { return (.no, false) }
            whole = .yes
        case .zone(let zone, let meeting):
            guard place.side == .inside, place.family == zone.family else { return (.no, false) }
            let far = distance(place, of: rule, meeting)
            (whole, isLoose) = (far.answer, far.isLoose)
            guard whole != .no else { return (.no, false) }
            whole = whole.and(self.zone(place, zone))
        }
        if let condition = place.condition { whole = whole.and(condition.answer(facts)) }
        return (whole, isLoose)
    }

    /// Whether a zone is one that a place means, by class and name.
    func zone(_ place: RulePlace, _ zone: ZoneFacts) -> Answer {
        var whole = Answer.yes
        if !place.classes.isEmpty {
            var isOne = Answer.no
            for name in place.classes {
                isOne = isOne.or(zone.answer(class: name, book.vocabulary))
                if isOne == .yes { break }
            }
            whole = isOne
        }
        if whole != .no, !place.names.isEmpty {
            whole = whole.and(
                zone.name.map { name in Answer(place.names.contains { name.contains($0) }) } ?? .open(["zone.name"]))
        }
        if whole != .no, !place.areas.isEmpty { whole = whole.and(area(place.areas, zone)) }
        return whole
    }

    /// A zone that bears the name of an area lies in it; whether another one does, its attribute `area` has to say.
    private func area(_ areas: [String], _ zone: ZoneFacts) -> Answer {
        if let name = zone.name, areas.contains(where: { name.contains($0) }) { return .yes }
        guard let values = zone.values["area"] else { return .open(["zone.area"]) }
        return Answer(
            values.contains { value in
                if case .word(let word) = value { areas.contains { word.contains($0) } } else { false }
            })
    }

    /// Whether a meeting is near enough for a place.
    func distance(
        _ place: RulePlace, of rule: Rule, _ meeting: ZoneMeetingKind
    ) -> (answer: Answer, isLoose: Bool) {
        let fixed = parameters.distance(of: rule, place)
        switch place.distance {
        case .none: return (Answer(meeting.relation == .overlaps), false)
        case .within(let limit): return (Answer(meeting.distance <= limit), false)
        case .ring(let low, let high):
            if let fixed { return (Answer(meeting.distance <= fixed), false) }
            return (Answer(low <= meeting.distance && meeting.distance <= high), true)
        case .unspecified:
            if let fixed { return (Answer(meeting.distance <= fixed), false) }
            // Around a zone is at least where the zone is.
            return (meeting.distance == 0 ? .yes : .open([rule.distanceParameter]), false)
        }
    }
}

/// What keeps a rule from applying where it would.
enum RuleException: Hashable, Sendable {
    /// The rule's own exception.
    case condition
    /// A rule that goes before it.
    case rule(String)
}

extension Rule {
    /// The parameter that fixes its distance.
    var distanceParameter: String { "distance." + id }
}

/// What users fix that rules leave open.
struct RuleParameters: Hashable, Sendable {
    /// Distances in metres, by rule or family.
    var distances: [String: Double] = [:]

    /// The distance that is set for a place: the rule's own, else that of the family.
    func distance(of rule: Rule, _ place: RulePlace) -> Double? {
        guard place.distance.isOpen else { return nil }
        return distances[rule.id] ?? distances[place.family]
    }
}

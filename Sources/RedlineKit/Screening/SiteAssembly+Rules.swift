import GeometryEngine
import RedlineGeometry

/// What rules say of a site.
extension SiteAssembly {
    /// Judges a finding of the site with a zone; false where it is none, for a zone that is near and no rule reaches.
    func judge(_ finding: inout Finding, _ layer: ReadyLayer, zone: Int) -> Bool {
        if let rules {
            finding.verdict = rules.verdict(layer.zoneFacts[zone], kind(of: finding))
            let isAsked = run.options.distance.map { finding.distance ?? 0 <= $0.meters } ?? false
            if finding.relation == .near, !isAsked, finding.verdict.isEmpty { return false }
            finding.reason = reason(finding, family: layer.layer.family)
        }
        assure(&finding, layer, zone: zone)
        return true
    }

    private func kind(of finding: Finding) -> ZoneMeetingKind {
        var kind = ZoneMeetingKind(relation: finding.relation, distance: finding.distance ?? 0)
        kind.share = finding.siteShare ?? (finding.points.map { $0 > 0 ? 1 : 0 })
        let ground = site.site.ground
        // A line alone does not say whether it stands on the ground or hangs over it; its structures do.
        if !ground.polygons.isEmpty || !ground.points.isEmpty {
            kind.takesLand = (finding.area?.ellipsoidal ?? 0) > 0 || (finding.points ?? 0) > 0
        }
        return kind
    }

    /// Why the effect of a finding is not known, or not known for sure.
    private func reason(_ finding: Finding, family: String) -> FindingReason? {
        if finding.reason == .twoUnits { return .twoUnits }
        guard let rules else { return .rulesNotLoaded }
        return Self.reason(finding.verdict, rules.book, isSpokenOf: rules.book.speaks(of: family))
    }

    static func reason(_ verdict: RuleVerdict, _ book: RuleBook, isSpokenOf: Bool) -> FindingReason? {
        if let strongest = verdict.deciding(book.order).first {
            return strongest.missing.allSatisfy { $0.hasPrefix("distance.") } ? .distanceNotSet : .attributeMissing
        }
        if !isSpokenOf { return .rulesNotLoaded }
        // Where a rule hands the decision on, the rules that it hands it to may be stricter.
        let isDeferred = verdict.rules.contains { rule in rule.defersTo.contains { !book.provided.contains($0) } }
        return isDeferred && verdict.effect != book.order.effects.first ? .rulesNotLoaded : nil
    }

    // MARK: Distances that are not set

    /// Rules that speak of what lies around the zones of a layer, without a distance, and that no finding answers.
    func unsetDistances(_ layer: ReadyLayer, besides findings: ArraySlice<Finding>) -> [OpenRule] {
        guard let rules else { return [] }
        var open: [OpenRule] = []
        for rule in rules.unsetDistances(family: layer.layer.family)
        where layer.loaded.featureCount > 0 && !open.contains(where: { $0.rule === rule }) {
            let isAnswered = findings.contains { finding in
                finding.verdict.rules.contains { $0 === rule } || finding.verdict.open.contains { $0.rule === rule }
                    || finding.verdict.exempt.contains { $0.rule === rule }
            }
            if !isAnswered { open.append(OpenRule(rule: rule, missing: [rule.distanceParameter])) }
        }
        return open
    }

    /// Adds rules without a distance to what of the site the layer cannot judge: all of it, as far as they go.
    func notAssessable(_ finding: Finding?, _ open: [OpenRule], _ layer: ReadyLayer) throws -> Finding? {
        guard !open.isEmpty else { return finding }
        var whole = try finding ?? notAssessable(site.site.ground, .distanceNotSet, layer)
        whole.verdict.open = open
        return whole
    }

    // MARK: Outside zones

    /// What rules say of the site's ground outside all zones of each family.
    func outside() throws -> [Finding] {
        guard let rules, !rules.book.outside.isEmpty else { return [] }
        var found: [Finding] = []
        for family in rules.book.outside.keys.sorted() {
            let layers = run.screenedLayers.filter { $0.layer.family == family }
            // Where an edition is missing, the site may lie in one of its zones.
            guard let first = layers.first, layers.allSatisfy({ $0.loaded.edition != nil }) else { continue }
            if let finding = try outside(family, layers, first, rules) { found.append(finding) }
        }
        return found
    }

    private func outside(
        _ family: String, _ layers: [ReadyLayer], _ first: ReadyLayer, _ rules: RuleWorker
    ) throws -> Finding? {
        var rest = Ground()
        var known: [[String]: (ground: Ground, answer: Answer)] = [:]
        let verdict = try rules.outside(family: family) { rulePlace in
            if let answer = known[rulePlace.classes] { return answer.answer }
            let found = try ground(outside: rulePlace, layers, rules)
            known[rulePlace.classes] = found
            if found.answer != .no, found.ground.isLarger(than: rest) { rest = found.ground }
            return found.answer
        }
        guard !verdict.isEmpty else { return nil }
        let share =
            site.area != nil
            ? Self.share(meter.ellipsoidalArea(of: rest.polygons), of: site.area?.ellipsoidal)
            : Self.share(meter.length(of: rest.lines), of: site.length)
        var finding = Finding(
            id: FindingIdentifier.outside(site: site.site.id, layer: first.layer.id), layerIndex: first.place,
            zone: nil, relation: .outside, reason: nil, geometry: nil, siteShare: share,
            region: try region(of: rest.isEmpty ? site.site.ground : rest))
        finding.verdict = verdict
        finding.reason = Self.reason(verdict, rules.book, isSpokenOf: true)
        return finding
    }

    /// The ground of the site that no zone which a rule means covers, where the layers say what lies there.
    private func ground(
        outside rulePlace: RulePlace, _ layers: [ReadyLayer], _ rules: RuleWorker
    ) throws -> (ground: Ground, answer: Answer) {
        var certain = site.site.ground
        var doubtful = site.site.ground
        var missing: [String] = []
        for layer in layers {
            certain = try assessable(certain, layer)
            doubtful = certain
        }
        for layer in layers {
            let cover = Uncovered(context: context, judge: judge(for: layer), siteWidth: site.width)
            var inside: [Meeting] = []
            var maybe: [Meeting] = []
            for meeting in meetings[layer.place] where meeting.relation != .near {
                switch rules.answer(rulePlace, layer.zoneFacts[meeting.zone]) {
                case .yes: inside.append(meeting)
                case .open(let names):
                    maybe.append(meeting)
                    missing += names
                case .no: break
                }
            }
            if !inside.isEmpty { certain = try cover.part(of: certain, notIn: inside, with: layer.loaded) }
            if !(inside + maybe).isEmpty {
                doubtful = try cover.part(of: doubtful, notIn: inside + maybe, with: layer.loaded)
            }
        }
        if certain.isEmpty { return (certain, .no) }
        return doubtful.isEmpty && !missing.isEmpty
            ? (certain, .open(Set(missing).sorted())) : (doubtful.isEmpty ? certain : doubtful, .yes)
    }

    // MARK: Any ground

    /// What the rules on any ground say; nil where none speaks of the site.
    func anywhere() throws -> Finding? {
        guard let rules else { return nil }
        let verdict = rules.anywhere()
        guard !verdict.rules.isEmpty || !verdict.open.isEmpty else { return nil }
        var finding = Finding(
            id: FindingIdentifier.anywhere(site: site.site.id), layerIndex: nil, zone: nil, relation: .anywhere,
            reason: nil, geometry: nil, region: try region(of: site.site.ground))
        finding.verdict = verdict
        finding.reason = Self.reason(verdict, rules.book, isSpokenOf: true)
        return finding
    }
}

extension Ground {
    /// Whether it has more polygons, or more of what has less dimension: a rough order to pick what is shown.
    fileprivate func isLarger(than other: Ground) -> Bool {
        let (width, otherWidth) = (envelope.width + envelope.height, other.envelope.width + other.envelope.height)
        return other.isEmpty || width > otherWidth
    }
}

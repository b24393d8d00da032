import RedlineKit

/// What rules say of a site, as sentences: what is forbidden, what is limited or conditional, what could not be judged and
/// why.
struct SiteVerdict {
    private let site: ScreenedSite
    private let book: RuleBook
    private let layers: [ScreenedLayer]
    private let options: ScreeningOptions
    private let language: Language
    private var order: EffectOrder { book.order }

    /// Effects that stand in the way of a site; the others ask for something or recommend it.
    private static let obstacles: Set<Effect> = [
        .forbid, .remove, .forbidOrRestrict, .presumptionAgainst, .restrict,
    ]
    /// A shift of this many metres is what maps of one place differ by now and then.
    static let commonShift = 20.0
    /// How many zones are named for a rule.
    private static let namedZones = 2

    init(_ site: ScreenedSite, _ book: RuleBook, _ result: ScreeningResult, _ language: Language) {
        self.site = site
        self.book = book
        (layers, options) = (result.layers, result.options)
        self.language = language
    }

    private func pick(_ zh: @autoclosure () -> String, _ en: @autoclosure () -> String) -> String {
        language.pick(zh: zh(), en: en())
    }

    /// All sentences as one text.
    var sentence: String { sentences.joined(separator: pick("", " ")) }

    /// The sentences, at least one.
    var sentences: [String] {
        if site.state == .skipped { return [pick("未筛查。", "Not screened.")] }
        return [opening].compactMap(\.self) + order.effects.compactMap(applied)
            + order.effects.compactMap(open)
            + [exempt, unknown, unloaded, prohibition, distance, duties].compactMap(\.self)
    }

    private var findings: [Finding] { site.findings }

    private func unique<Value>(_ values: [Value], by id: (Value) -> String) -> [Value] {
        var seen: Set<String> = []
        return values.filter { seen.insert(id($0)).inserted }
    }

    private func list(_ words: [String]) -> String { words.joined(separator: pick("、", ", ")) }

    private func bracket(_ words: String) -> String { pick("（\(words)）", " (\(words))") }

    // MARK: What applies

    /// Where nothing stands in the way, whether that is known.
    private var opening: String? {
        let rules = findings.flatMap(\.verdict.rules).filter { !$0.effect.isDuty }
        guard !rules.contains(where: { Self.obstacles.contains($0.effect) }) else { return nil }
        let isOpen =
            findings.flatMap(\.verdict.open).contains { Self.obstacles.contains($0.rule.effect) }
            || findings.contains { $0.relation == .notAssessable || $0.reason == .rulesNotLoaded }
            || site.prohibition?.isWithinAccuracy == true
        if isOpen { return pick("是否禁止或限制尚不能确定。", "Whether it is forbidden or restricted is not settled.") }
        if rules.isEmpty { return pick("已加载的规则中没有适用的。", "None of the loaded rules applies.") }
        return pick("已加载的规则和图层中未见禁止或限制。", "No loaded rule forbids or restricts it on what the layers show.")
    }

    private func applied(_ effect: Effect) -> String? {
        let rules = unique(findings.flatMap(\.verdict.rules).filter { $0.effect == effect }, by: \.id)
        guard !rules.isEmpty else { return nil }
        var parts = rules.filter { !$0.isAnywhere || Self.obstacles.contains(effect) }.map(said)
        let general = rules.filter { $0.isAnywhere && !Self.obstacles.contains(effect) }.map(\.id)
        if !general.isEmpty {
            parts.append(
                pick("适用于任何用地的 \(general.count) 条", "\(counted(general.count, "rule")) on any ground")
                    + bracket(list(general)))
        }
        let words = Words.effect(effect, language)
        return words.prefix(1).uppercased() + words.dropFirst() + pick("：", ": ")
            + parts.joined(separator: pick("；", "; ")) + pick("。", ".")
    }

    /// What a rule says, its id, and for an obstacle where it was met.
    private func said(_ rule: Rule) -> String {
        let own = findings.filter { $0.verdict.rules.contains { $0 === rule } }
        let words = [rule.id] + (Self.obstacles.contains(rule.effect) ? places(own) : [])
        return summary(rule) + bracket(words.joined(separator: pick("，", ", ")))
    }

    private func summary(_ rule: Rule) -> String {
        var summary = rule.summary.text(in: language) ?? ""
        while let last = summary.last, ".。;；".contains(last) { summary.removeLast() }
        return summary
    }

    private func title(_ layer: Int) -> String { layers[layer].title.text(in: language) ?? layers[layer].id }

    /// Where findings lie, the zones of a layer together; nothing for any ground.
    private func places(_ findings: [Finding]) -> [String] {
        unique(findings.compactMap(\.layerIndex), by: String.init).map { layer in
            let own = findings.filter { $0.layerIndex == layer }
            if own.contains(where: { $0.relation == .outside }) {
                return pick("位于\(title(layer))之外", "outside every zone of \(title(layer))")
            }
            var words = title(layer) + " " + own.prefix(Self.namedZones).map(zone).joined(separator: pick("、", ", "))
            if own.count > Self.namedZones {
                words += pick("等 \(own.count) 处", " and \(own.count - Self.namedZones) more")
            }
            return words
        }
    }

    private func zone(_ finding: Finding) -> String {
        var words = finding.zone?.code ?? finding.zone?.name ?? "#" + (finding.zone?.id ?? "")
        if finding.relation == .near, let distance = finding.distance {
            words += pick("，相距 ", ", ") + PrintedNumbers.length(distance, language) + pick("", " away")
        }
        if let shift = finding.fragile(language) { words += pick("，", ", ") + shift }
        return words
    }

    private var exempt: String? {
        let rules = unique(findings.flatMap(\.verdict.exempt), by: { $0.rule.id })
        guard !rules.isEmpty else { return nil }
        let words = rules.map { exempt in
            exempt.rule.id + bracket(exempt.byRule?.id ?? exempt.rule.exceptionText.text(in: language) ?? "")
        }
        return pick("例外适用：", "Exceptions hold: ") + words.joined(separator: pick("；", "; ")) + pick("。", ".")
    }

    /// What authorities have to look after in the zones that are met.
    private var duties: String? {
        let rules = unique(findings.flatMap(\.verdict.rules).filter(\.effect.isDuty), by: \.id)
        guard !rules.isEmpty else { return nil }
        let words = [Effect.noLoss, .enforce].compactMap { effect -> String? in
            let ids = rules.filter { $0.effect == effect }.map(\.id)
            return ids.isEmpty ? nil : Words.effect(effect, language) + bracket(list(ids))
        }
        return pick("对管控区的管理要求，不是对项目的结论：", "For authorities, no verdict on the site: ")
            + words.joined(separator: pick("；", "; ")) + pick("。", ".")
    }

    // MARK: What could not be judged

    /// The rules of an effect that cannot be told to apply or not, and what would decide.
    private func open(_ effect: Effect) -> String? {
        let rules = unique(findings.flatMap(\.verdict.open).filter { $0.rule.effect == effect }, by: { $0.rule.id })
        guard !rules.isEmpty else { return nil }
        let words = rules.map { open in
            let rule = open.rule.id + (Self.obstacles.contains(effect) ? bracket(summary(open.rule)) : "")
            let missing = list(open.missing.map { book.words(forMissing: $0, in: language) })
            return rule + pick("，尚缺", ", not known: ") + missing
        }
        return pick("未能判定", "It could not be judged ") + question(effect) + pick("：", ": ")
            + words.joined(separator: pick("；", "; ")) + pick("。", ".")
    }

    private func question(_ effect: Effect) -> String {
        switch effect {
        case .forbid: pick("是否禁止", "whether it is forbidden")
        case .remove: pick("是否须清退", "whether it has to leave")
        case .forbidOrRestrict: pick("是否依法禁止或限制", "whether the law bans or limits it")
        case .presumptionAgainst: pick("是否原则上不得", "whether it is in principle not allowed")
        case .restrict: pick("是否限制", "whether it is restricted")
        case .condition: pick("是否另须满足条件", "whether it has to meet more conditions")
        case .advise, .noLoss, .enforce: pick("是否有引导要求", "whether something is recommended for it")
        }
    }

    /// The ground of which the data do not tell.
    private var unknown: String? {
        let ground = findings.filter { $0.relation == .notAssessable && $0.reason != .distanceNotSet }
        guard !ground.isEmpty else { return nil }
        let groups = unique(ground.map { cause($0) }, by: \.self)
        let words = groups.map { group in
            let titles = ground.filter { cause($0) == group }.compactMap { $0.layerIndex.map(title) }
            return list(titles) + bracket(group)
        }
        return pick("数据不能说明，不是无冲突：", "The data cannot tell, and that is no clearance: ")
            + words.joined(separator: pick("；", "; ")) + pick("。", ".")
    }

    private func cause(_ finding: Finding) -> String {
        let share = finding.siteShare.map { pick("占用地 ", "") + PrintedNumbers.percent($0) + pick("", " of the site") }
        return [share, finding.reason.map { Words.reason($0, language) }].compactMap(\.self)
            .joined(separator: pick("，", ", "))
    }

    private var unloaded: String? {
        let own = findings.filter { $0.reason == .rulesNotLoaded }
        guard !own.isEmpty else { return nil }
        let places = own.allSatisfy { $0.layerIndex == nil } ? [pick("任何地块", "any ground")] : places(own)
        let words = list(places)
        return pick(
            "\(words)的规则未加载或未全部加载，不等于允许。",
            "The rules on \(words) are not loaded, or not all of them: that is no permission.")
    }

    /// How far a site that no rule stops is from where one would.
    private var prohibition: String? {
        guard options.findsProhibitions else { return nil }
        guard let near = site.prohibition else {
            let isStopped = findings.contains { $0.verdict.rules.contains(where: \.effect.isProhibition) }
            return isStopped
                ? nil
                : pick("已加载的图层中，10 公里内没有会禁止它的管控区。", "In the loaded layers no zone within 10 km would forbid it.")
        }
        let zone = [title(near.layerIndex), near.zone.code ?? near.zone.name ?? "#" + near.zone.id]
            .joined(separator: " ")
        let distance = PrintedNumbers.length(near.distance, language)
        let ids = list(near.rules.map(\.id))
        let words = pick(
            "最近的、会或可能禁止它的管控区是\(zone)（\(ids)），相距 \(distance)",
            "The nearest zone that would or may forbid it is \(zone) (\(ids)), \(distance) away")
        guard near.isWithinAccuracy else { return words + pick("。", ".") }
        return words
            + pick("，在数据精度以内：可能已在区内。", ", which is within the accuracy of the data: it may lie inside.")
    }

    /// How far a site that meets nothing is from what it might meet.
    private var distance: String? {
        guard site.state == .clear || site.state == .clearInData else { return nil }
        return site.clearance(language) + pick("。", ".")
    }
}

extension Finding {
    /// That a shift no larger than maps differ by would remove it; nil for what stands firmer, or has no margin.
    func fragile(_ language: Language) -> String? {
        guard let margin, margin <= SiteVerdict.commonShift, relation == .overlaps || relation == .near else {
            return nil
        }
        let shift = PrintedNumbers.length(margin, language)
        return relation == .overlaps
            ? language.pick(zh: "移动 \(shift)即不再重叠", en: "a shift of \(shift) would remove it")
            : language.pick(zh: "移动 \(shift)即改变", en: "a shift of \(shift) would change it")
    }
}

extension ScreenedSite {
    /// How far a site that meets nothing is from the nearest zone, or from where the data end.
    func clearance(_ language: Language) -> String {
        guard let margin else {
            return language.pick(zh: "10 公里内没有管控区", en: "no zone within 10 km")
        }
        let length = PrintedNumbers.length(margin, language)
        let words = language.pick(
            zh: "距最近的管控区或数据边界 \(length)", en: "\(length) from the nearest zone or the edge of the data")
        guard certainty == .possible else { return words }
        return words + language.pick(zh: "，在精度以内，只是可能", en: ", within the accuracy: possible only")
    }
}

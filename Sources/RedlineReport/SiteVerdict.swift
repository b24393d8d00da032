import RedlineKit

/// What rules say of a site, as sentences: what is forbidden, what is limited or conditional, what could not be judged and
/// why.
struct SiteVerdict {
    private let site: ScreenedSite
    private let book: RuleBook
    private var order: EffectOrder { book.order }
    private let language: Language

    init(_ site: ScreenedSite, _ book: RuleBook, _ language: Language) {
        self.site = site
        self.book = book
        self.language = language
    }

    private func pick(_ zh: String, _ en: String) -> String { language.pick(zh: zh, en: en) }

    /// All sentences as one text.
    var sentence: String { sentences.joined(separator: pick("", " ")) }

    /// The sentences, at least one.
    var sentences: [String] {
        if site.state == .skipped { return [pick("未筛查。", "Not screened.")] }
        var sentences: [String] = []
        if let applied { sentences.append(applied) }
        if let open { sentences.append(open) }
        if let exempt { sentences.append(exempt) }
        let isUnknown = site.findings.contains { $0.relation == .notAssessable && $0.reason != .distanceNotSet }
        if isUnknown { sentences.append(pick("部分用地数据不能说明。", "For some ground the data cannot tell.")) }
        let unloaded = site.findings.filter { $0.reason == .rulesNotLoaded }
        if !unloaded.isEmpty {
            sentences.append(
                pick(
                    "\(unloaded.count) 处的自身规则未加载，不等于允许。",
                    "The rules of \(counted(unloaded.count, "finding")) are not loaded, or not all: that is no permission."
                ))
        }
        if sentences.isEmpty {
            sentences.append(pick("已加载的规则中没有适用的。", "None of the loaded rules applies."))
        }
        return sentences
    }

    private func unique<Value>(_ values: [Value], by id: (Value) -> String) -> [Value] {
        var seen: Set<String> = []
        return values.filter { seen.insert(id($0)).inserted }
    }

    private var applied: String? {
        let rules = unique(site.findings.flatMap(\.verdict.rules), by: \.id)
        let parts = order.effects.compactMap { effect -> String? in
            let ids = rules.filter { $0.effect == effect }.map(\.id)
            guard !ids.isEmpty else { return nil }
            return Words.effect(effect, language) + pick("（", " (") + ids.joined(separator: pick("、", ", "))
                + pick("）", ")")
        }
        guard !parts.isEmpty else { return nil }
        let text = parts.joined(separator: pick("；", "; ")) + pick("。", ".")
        return text.prefix(1).uppercased() + text.dropFirst()
    }

    private var open: String? {
        let rules = unique(site.findings.flatMap(\.verdict.open), by: { $0.rule.id }).sorted {
            (order.rank($0.rule.effect), $0.rule.id) < (order.rank($1.rule.effect), $1.rule.id)
        }
        guard !rules.isEmpty else { return nil }
        let list = rules.map { open in
            let missing = open.missing.map { book.words(forMissing: $0, in: language) }.joined(separator: ", ")
            return open.rule.id + pick("（", " (") + Words.effect(open.rule.effect, language)
                + pick("，缺 \(missing)）", ", for want of \(missing))")
        }
        return pick("未能判定：", "Not judged: ") + list.joined(separator: pick("；", "; ")) + pick("。", ".")
    }

    private var exempt: String? {
        let rules = unique(site.findings.flatMap(\.verdict.exempt), by: { $0.rule.id })
        guard !rules.isEmpty else { return nil }
        let list = rules.map { exempt in
            let why = exempt.byRule?.id ?? exempt.rule.exceptionText.text(in: language) ?? ""
            return exempt.rule.id + pick("（", " (") + why + pick("）", ")")
        }
        return pick("例外适用：", "Exceptions hold: ") + list.joined(separator: pick("；", "; ")) + pick("。", ".")
    }
}

extension ScreeningText {
    /// What has changed against an earlier screening; nothing where none was named.
    func changes(_ line: (String) throws -> Void) throws {
        guard let absent = result.absent else { return }
        var counts: [FindingChange: Int] = [.absent: absent.count]
        for site in result.sites {
            for finding in site.findings { if let change = finding.change { counts[change, default: 0] += 1 } }
        }
        let words = [FindingChange.new, .changed, .unchanged, .absent].map { change in
            "\(Words.change(change, settings.language)) \(counts[change] ?? 0)"
        }
        try line("")
        try line(pick(zh: "与基准结果比较：", en: "Against the baseline: ") + words.joined(separator: pick(zh: "，", en: ", ")))
        for finding in absent {
            let zone = [finding.zoneCode, finding.zoneName].compactMap(\.self).joined(separator: " ")
            try line(
                "  " + Words.change(.absent, settings.language) + "  "
                    + TerminalText.plain(
                        [finding.siteID, finding.layer ?? "", zone, finding.relation].filter { !$0.isEmpty }
                            .joined(separator: "  ")))
        }
    }

    /// A verdict for each site; none where no rules are loaded.
    func verdicts(_ line: (String) throws -> Void) throws {
        guard let book = result.rules else { return }
        try line("")
        try line(pick(zh: "结论（按已加载的规则）", en: "Verdict (by the rules that are loaded)"))
        for site in result.sites where site.state != .skipped {
            try line(label(site))
            for sentence in SiteVerdict(site, book, settings.language).sentences {
                try line("  " + TerminalText.plain(sentence))
            }
        }
    }

    /// Every rule that applies to a site or could not be judged, once, with its citation.
    func ruleList(_ line: (String) throws -> Void) throws {
        guard let book = result.rules else { return }
        var named: Set<String> = []
        for site in result.sites {
            for finding in site.findings {
                for rule in finding.verdict.rules { named.insert(rule.id) }
                for open in finding.verdict.open { named.insert(open.rule.id) }
                for exempt in finding.verdict.exempt { named.insert(exempt.rule.id) }
            }
        }
        let rules = book.rules.filter { named.contains($0.id) }
        guard !rules.isEmpty else { return }
        try line("")
        try line(pick(zh: "所涉规则（摘要，以原文为准）", en: "Rules (summaries; the printed text counts)"))
        for rule in rules {
            let summary = TerminalText.plain(rule.summary.text(in: settings.language) ?? "")
            try line("  \(rule.id)  \(Words.effect(rule.effect, settings.language)): \(summary)")
            try line("    " + TerminalText.plain(rule.citation.text(in: settings.language) ?? ""))
        }
        let missing = Set(
            result.sites.lazy.flatMap(\.findings).flatMap(\.verdict.open).flatMap(\.missing)
        ).filter { !$0.hasPrefix("zone.") }.sorted()
        guard !missing.isEmpty else { return }
        let settable = missing.map { $0.hasPrefix("distance.") ? "--set \($0)=500m" : "--attributes \($0)=…" }
        try line("")
        try line(
            pick(zh: "补充后可继续判定：", en: "To judge more, say what is missing: ")
                + settable.joined(separator: ", "))
    }

    /// How certainty was judged, where any finding has it.
    var certaintyNotes: [String] {
        guard result.sites.contains(where: { $0.findings.contains { $0.certainty != nil } }) else { return [] }
        return [
            pick(
                zh: "确定性：图层精度与用地精度（属性 accuracy，未给则为 0）相加；在此位移内不会消失的为确定，否则为可能。",
                en: "Certainty: the accuracy of the layer plus that of the site (its attribute 'accuracy', 0 where it "
                    + "has none); what survives a shift of that much is certain, else possible.")
        ]
    }
}

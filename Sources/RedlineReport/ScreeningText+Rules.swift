import RedlineKit

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
            for sentence in SiteVerdict(site, book, result, settings.language).sentences {
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
            if let terms = rule.terms.text(in: settings.language) {
                try line("    " + pick(zh: "须逐项核实：", en: "To be settled: ") + TerminalText.plain(terms))
            }
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
        let isJudged = result.sites.contains { site in
            site.certainty != nil || site.findings.contains { $0.certainty != nil }
        }
        guard isJudged else { return [] }
        return [
            pick(
                zh: "确定性：图层精度与用地精度（属性 accuracy，未给则为 0）相加；在此位移内不会消失的为确定，否则为可能。",
                en: "Certainty: the accuracy of the layer plus that of the site (its attribute 'accuracy', 0 where it "
                    + "has none); what survives a shift of that much is certain, else possible.")
        ]
    }
}

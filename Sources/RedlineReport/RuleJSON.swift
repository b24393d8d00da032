import RedlineKit

/// The rules of findings as JSON, the text of each made once.
struct RuleJSON: Sendable {
    private let texts: [ObjectIdentifier: String]

    init(_ book: RuleBook?, _ language: Language) {
        var texts: [ObjectIdentifier: String] = [:]
        for rule in book?.rules ?? [] {
            var json = JSONText()
            json.rule(rule, language)
            texts[ObjectIdentifier(rule)] = String(decoding: json.bytes, as: UTF8.self)
        }
        self.texts = texts
    }

    /// `[{id, effect, summary, citation}, …]`.
    func list(_ rules: [Rule]) -> String {
        guard !rules.isEmpty else { return "[]" }
        var list = "["
        for (index, rule) in rules.enumerated() {
            if index > 0 { list += "," }
            list += texts[ObjectIdentifier(rule)] ?? ""
        }
        return list + "]"
    }
}

extension JSONText {
    fileprivate mutating func rule(_ rule: Rule, _ language: Language) {
        beginObject()
        ruleMembers(rule, language)
        endObject()
    }

    private mutating func ruleMembers(_ rule: Rule, _ language: Language) {
        key("id")
        string(rule.id)
        key("effect")
        string(rule.effect.rawValue)
        key("summary")
        string(rule.summary.text(in: language))
        key("citation")
        string(rule.citation.text(in: language))
    }

    /// Writes the members `undecided`, rules that lack something, and `exempt`, rules that an exception holds off; none
    /// where there are none.
    ///
    /// - Parameters:
    ///   - findings: Whose rules.
    ///   - withIDs: Whether each names its finding.
    ///   - language: Of the prose.
    mutating func openRules(of findings: [Finding], withIDs: Bool, _ language: Language) {
        if findings.contains(where: { !$0.verdict.open.isEmpty }) {
            key("undecided")
            beginArray()
            for finding in findings {
                for open in finding.verdict.open {
                    beginObject()
                    if withIDs {
                        key("finding_id")
                        string(finding.id)
                    }
                    ruleMembers(open.rule, language)
                    key("missing")
                    beginArray()
                    for name in open.missing { string(name) }
                    endArray()
                    endObject()
                }
            }
            endArray()
        }
        if findings.contains(where: { !$0.verdict.exempt.isEmpty }) {
            key("exempt")
            beginArray()
            for finding in findings {
                for exempt in finding.verdict.exempt {
                    beginObject()
                    if withIDs {
                        key("finding_id")
                        string(finding.id)
                    }
                    ruleMembers(exempt.rule, language)
                    key("exception")
                    string(exempt.byRule?.id ?? exempt.rule.exceptionText.text(in: language))
                    endObject()
                }
            }
            endArray()
        }
    }
}

import RedlineGeometry
public import RedlineKit

/// Writes rules for people: as a list, one in full, and the outcome of their tests.
public struct RuleText {
    private let book: RuleBook
    private let language: Language

    /// Creates a writer.
    public init(_ book: RuleBook, language: Language) {
        self.book = book
        self.language = language
    }

    private func pick(_ zh: String, _ en: String) -> String { language.pick(zh: zh, en: en) }

    // MARK: List

    /// Writes every rule of the packs on a line, pack by pack, then the rows that are no rules on sites and zones.
    ///
    /// - Throws: Whatever `write` throws.
    public func writeList(to write: ByteWriter) throws {
        var lines: [String] = []
        for pack in book.packs {
            lines.append(packHeading(pack))
            if let note = pack.origin.note.text(in: language) { lines.append("  " + note) }
            var table = TextTable([("", .left), ("", .left), ("", .left), ("", .left)], indent: 2)
            let rows = pack.rules.map { rule in
                [rule.id, effect(rule.effect), TerminalText.plain(place(rule)), summary(rule) + state(rule)]
            }
            for row in rows { table.fit(row) }
            lines += rows.map(table.line)
            for row in pack.unspatial {
                let reason = row.reason.text(in: language) ?? ""
                lines.append("  \(row.id)  " + pick("不是空间规则：", "not a spatial rule: ") + TerminalText.plain(reason))
            }
            lines.append("")
        }
        let total = book.packs.reduce(0) { $0 + $1.rules.count }
        lines.append(
            pick("共 \(total) 条规则，在用 \(book.rules.count) 条。", "\(counted(total, "rule")), \(book.rules.count) in use."))
        lines += closing
        try put(lines, to: write)
    }

    private func packHeading(_ pack: RulePack) -> String {
        let title = pack.origin.title.text(in: language) ?? pack.origin.id
        return TerminalText.plain("\(title) (\(pack.origin.id), \(pack.name))")
    }

    private func summary(_ rule: Rule) -> String { TerminalText.plain(rule.summary.text(in: language) ?? "") }

    private func state(_ rule: Rule) -> String {
        book.rule(rule.id) == nil ? pick("（不在用）", " (not in use)") : ""
    }

    private func effect(_ effect: Effect) -> String { Words.effect(effect, language) + " (\(effect.rawValue))" }

    private func place(_ rule: Rule) -> String {
        rule.isAnywhere ? pick("任何地块", "any ground") : rule.families.joined(separator: ", ")
    }

    // MARK: One rule

    /// Writes a rule with all that is known of it.
    ///
    /// - Throws: Whatever `write` throws.
    public func write(_ rule: Rule, to write: ByteWriter) throws {
        var rows: [(String, String?)] = [
            (pick("规则", "Rule"), rule.id), (pick("强度", "Effect"), effect(rule.effect)),
            (pick("内容", "Says"), rule.summary.text(in: language)),
            (pick("要求", "Terms"), rule.terms.text(in: language)),
            (pick("出处", "Source"), rule.citation.text(in: language)),
            (pick("原文用词", "Wording"), rule.wording),
            (pick("适用地域", "Territory"), territory(rule)), (pick("期限", "In force"), period(rule.validity)),
        ]
        for (index, place) in rule.placeDescriptions.enumerated() {
            rows.append((index == 0 ? pick("地点", "Places") : "", words(place)))
        }
        if rule.isAnywhere { rows.append((pick("地点", "Places"), pick("任何地块", "any ground"))) }
        rows += [
            (pick("活动", "Activities"), rule.activities.isEmpty ? nil : rule.activities.joined(separator: ", ")),
            (pick("建设性质", "Kind of act"), rule.triggers.isEmpty ? nil : rule.triggers.joined(separator: ", ")),
            (pick("条件", "Condition"), rule.conditionText),
            (pick("例外", "Exception"), rule.exceptionText.text(in: language)),
            (pick("待定参数", "To be set"), rule.openParameter.map { "--set \($0)=500m" }),
            (pick("可靠程度", "Known as"), rule.grades.isEmpty ? nil : rule.grades.joined(separator: ", ")),
        ]
        if !rule.yieldsTo.isEmpty { rows.append((pick("让位于", "Yields to"), rule.yieldsTo.joined(separator: ", "))) }
        if !rule.defersTo.isEmpty { rows.append((pick("转由", "Defers to"), rule.defersTo.joined(separator: ", "))) }
        if !rule.dimensions.isEmpty {
            rows.append((pick("不得减少", "Must not fall"), rule.dimensions.joined(separator: ", ")))
        }
        if let note = rule.origin.note.text(in: language) { rows.append((pick("说明", "Note"), note)) }
        var table = TextTable([("", .left), ("", .left)])
        let cells = rows.compactMap { row in row.1.map { [row.0, TerminalText.plain($0)] } }
        for row in cells { table.fit(row) }
        try put(cells.map(table.line) + [""] + closing, to: write)
    }

    private func words(_ place: RulePlaceDescription) -> String {
        var words = place.isOutside ? pick("不在 ", "outside every ") : ""
        words += place.family
        if !place.classes.isEmpty { words += " (" + place.classes.joined(separator: ", ") + ")" }
        if !place.names.isEmpty { words += pick("，名称含 ", ", named ") + place.names.joined(separator: pick("、", ", ")) }
        if let distance = place.distance {
            words += distance == "unspecified" ? pick("，周边（未给距离）", ", around (no distance given)") : ", " + distance
        }
        if let condition = place.condition { words += pick("，且 ", ", where ") + condition }
        return words
    }

    private func territory(_ rule: Rule) -> String {
        let name = rule.origin.jurisdiction.text(in: language) ?? pick("全国", "the whole country")
        return name + (rule.origin.jurisdictionCode.map { " (\($0))" } ?? "")
            + (rule.regions.isEmpty ? "" : ": " + rule.regions.joined(separator: ", "))
    }

    private func period(_ validity: Validity) -> String {
        let (from, to) = (validity.from?.description, validity.to?.description)
        if from == nil, to == nil { return pick("未注明", "not stated") }
        return "\(from ?? "…") – \(to ?? "…")"
    }

    // MARK: Tests

    /// Writes the tests that failed, and how many there were.
    ///
    /// - Throws: Whatever `write` throws.
    public func write(_ outcomes: [RuleTestOutcome], to write: ByteWriter) throws {
        let failed = outcomes.filter { $0.problem != nil }
        var lines = failed.map { outcome in
            let kind = outcome.shouldFire ? "fires" : "does-not-fire"
            return "\(outcome.rule.id)  \(kind): \(TerminalText.plain(outcome.problem ?? ""))"
        }
        let rules = Set(outcomes.map(\.rule.id)).count
        lines.append(
            pick(
                "\(rules) 条规则，\(outcomes.count) 个测试，\(failed.count) 个未通过。",
                "\(counted(rules, "rule")), \(counted(outcomes.count, "test")), \(failed.count) failed."))
        try put(lines, to: write)
    }

    private var closing: [String] {
        book.warnings.map { pick("注意：", "Warning: ") + TerminalText.plain($0.text(in: language)) }
            + [
                pick("规则为带出处的摘要，不是现行法律文本；", "Rules are summaries with a citation, not the law itself. ")
                    + Words.noApproval(language)
            ]
    }

    private func put(_ lines: [String], to write: ByteWriter) throws {
        try write(Array((lines.joined(separator: "\n") + "\n").utf8))
    }
}

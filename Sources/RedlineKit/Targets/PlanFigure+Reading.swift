extension PlanFigure {
    /// Reads a cell as plans print it.
    ///
    /// Never fails: what is not understood is ``Kind/unreadable`` if it has digits, else ``Kind/qualitative``, so that no
    /// row is dropped and none is zero by mistake.
    ///
    /// - Parameters:
    ///   - cell: The cell. Full-width digits and marks, line breaks inside it, and dashes of all kinds are understood.
    ///   - rowUnit: The unit of the row or column, for cells without one.
    public init(reading cell: some StringProtocol, unit rowUnit: PlanUnit? = nil) {
        let raw = String(cell).trimmed ?? ""
        let text = String(cell).planNormalized
        if Self.unknowns.contains(text.lowercased()) {
            self.init(raw: raw, kind: .unknown, unit: rowUnit)
        } else if let figure = Self.ordinalClass(text, raw: raw) {
            self = figure
        } else if let figure = Self.statement(text, raw: raw, unit: rowUnit) {
            self = figure
        } else if text.contains(where: \.isDigit) {
            self = Self.number(text, raw: raw, unit: rowUnit) ?? Self(raw: raw, kind: .unreadable, unit: rowUnit)
        } else {
            self.init(raw: raw, kind: .qualitative, unit: rowUnit)
        }
    }

    private static let unknowns: Set<String> = [
        "", "-", "--", "---", "/", "\\", "*", "无", "暂无", "缺", "空", "n/a", "na", "null", "none", "unknown", "未知",
    ]

    /// Words that say what a target is without a number; the first that is found counts.
    private static let statements: [(words: [String], kind: Kind, value: Double?, comparator: Comparator?)] = [
        (["下达", "上级", "setbythehigherlevel", "setabove", "setbyhigher"], .setByHigherLevel, nil, nil),
        (["批准", "批复", "核定", "asapproved", "nationalapproval"], .approvedGeometry, nil, nil),
        (["标准", "standard"], .byReferenceStandard, nil, nil),
        (
            ["不降低", "不减少", "不下降", "不降", "不缩减", "只增不减", "notlower", "notreduced", "nodecrease"], .notLower, nil,
            .atLeast
        ),
        (["不增加", "不升高", "不上升", "不提高", "只减不增", "nothigher", "noincrease"], .notHigher, nil, .atMost),
        (["不发生", "未发生", "无发生", "零发生", "noevents"], .zeroEvents, 0, .exactly),
        (["无变化", "不变", "没有变化", "nochange", "unchanged"], .noChange, 0, .exactly),
    ]

    private static func statement(_ text: String, raw: String, unit: PlanUnit?) -> PlanFigure? {
        let lowercased = text.lowercased()
        // "Not below the level of 2020" has digits that are no figure.
        if lowercased.contains(/^(不低于|不少于)(\d{4}年)?(的?(水平|现状|基期|基准).*)?$/),
            lowercased != "不低于", lowercased != "不少于"
        {
            return PlanFigure(raw: raw, kind: .notLower, comparator: .atLeast, unit: unit)
        }
        guard !lowercased.contains(where: \.isDigit) || lowercased.contains("下达") else { return nil }
        for statement in statements where statement.words.contains(where: lowercased.contains) {
            return PlanFigure(
                raw: raw, kind: statement.kind, value: statement.value, comparator: statement.comparator, unit: unit)
        }
        return nil
    }

    private static func ordinalClass(_ text: String, raw: String) -> PlanFigure? {
        let pattern = /^(?:达到|达|优于|不低于|class)?(劣?)(IV|V|I{1,3}|[一二三四五]|[1-5])(?:类|orbetter$|$)(.*)$/
        guard let match = text.firstMatch(of: pattern), text.contains("类") || text.lowercased().hasPrefix("class")
        else { return nil }
        let places = ["I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5]
        guard let place = places[String(match.output.2)] ?? Int(match.output.2) else { return nil }
        return PlanFigure(
            raw: raw, kind: .ordinalClass, value: Double(match.output.1.isEmpty ? place : place + 1),
            comparator: .atMost, unit: .other("class"))
    }

    private static func number(_ text: String, raw: String, unit: PlanUnit?) -> PlanFigure? {
        if text.first == "[", text.last == "]" {
            guard var inner = number(String(text.dropFirst().dropLast()), raw: raw, unit: unit),
                inner.kind == .number
            else { return nil }
            inner.kind = .cumulative
            return inner
        }
        var scanner = FigureScanner(text)
        return scanner.figure(raw: raw, unit: unit)
    }
}

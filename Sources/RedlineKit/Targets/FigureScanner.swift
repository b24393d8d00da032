/// Takes a printed number apart: a comparator, digits, a unit, a suffix, a remark in brackets.
struct FigureScanner {
    private var rest: Substring

    /// Scans text that is normalised and has no white space.
    init(_ text: String) { rest = text[...] }

    private static let prefixes: [(String, PlanFigure.Comparator?)] = [
        ("≥", .atLeast), (">=", .atLeast), ("=>", .atLeast), ("不低于", .atLeast), ("不少于", .atLeast), ("不小于", .atLeast),
        ("至少", .atLeast), ("atleast", .atLeast), ("≤", .atMost), ("<=", .atMost), ("=<", .atMost), ("不高于", .atMost),
        ("不超过", .atMost), ("不大于", .atMost), ("不多于", .atMost), ("至多", .atMost), ("atmost", .atMost), (">", .moreThan),
        ("大于", .moreThan), ("高于", .moreThan), ("超过", .moreThan), ("超", .moreThan), ("多于", .moreThan),
        ("morethan", .moreThan), ("<", .lessThan), ("小于", .lessThan), ("低于", .lessThan), ("少于", .lessThan),
        ("不足", .lessThan), ("lessthan", .lessThan), ("大约", .about), ("约", .about), ("近", .about), ("about", .about),
        ("~", .about), ("=", .exactly),
    ]

    private static let suffixes: [(String, PlanFigure.Comparator)] = [
        ("及以上", .atLeast), ("或以上", .atLeast), ("以上", .atLeast), ("ormore", .atLeast), ("andabove", .atLeast),
        ("及以下", .atMost), ("或以下", .atMost), ("以下", .atMost), ("以内", .atMost), ("之内", .atMost), ("orless", .atMost),
        ("左右", .about), ("上下", .about),
    ]

    /// Words before a number that do not change what it says.
    private static let leads = ["达到", "提高到", "提升到", "增加到", "控制在", "保持在", "稳定在", "降低到", "降到", "达"]

    /// The figure; nil where anything is left that has no place in one.
    mutating func figure(raw: String, unit rowUnit: PlanUnit?) -> PlanFigure? {
        // A symbol before its comparator, as in ΔE ≥ 0.
        if let match = rest.prefixMatch(of: /\p{L}{1,4}(?=[≥≤<>=])/) { rest = rest[match.range.upperBound...] }
        while let lead = Self.leads.first(where: { rest.hasPrefix($0) }) { rest = rest.dropFirst(lead.count) }
        var comparator = takeComparator()
        while let lead = Self.leads.first(where: { rest.hasPrefix($0) }) { rest = rest.dropFirst(lead.count) }
        comparator = comparator ?? takeComparator()
        guard let (value, decimals) = takeNumber() else { return nil }
        if rest.first == "/", rest.dropFirst().first?.isDigit == true {
            rest = rest.dropFirst()
            return ratio(of: value, raw: raw)
        }
        var remark = takeRemark()
        var unit = rowUnit
        var tail = rest
        var suffix: PlanFigure.Comparator?
        if let found = Self.suffixes.first(where: { tail.lowercased().hasSuffix($0.0) }) {
            suffix = found.1
            tail = tail.dropLast(found.0.count)
        }
        // 以上 may stand before the unit, too.
        if let found = Self.suffixes.first(where: { tail.lowercased().hasPrefix($0.0) }) {
            suffix = suffix ?? found.1
            tail = tail.dropFirst(found.0.count)
        }
        if tail.last == ")", let open = tail.firstIndex(of: "(") {
            remark = remark ?? String(tail[tail.index(after: open)...].dropLast())
            tail = tail[..<open]
        }
        // A unit begins with a letter or a mark of its own; anything else is a second number, which no figure has.
        guard tail.first.map({ $0.isLetter || "%‰°".contains($0) }) ?? true, !tail.contains(where: "-~、,".contains)
        else { return nil }
        if let own = PlanUnit(parsing: tail) { unit = own }
        // Two comparators that differ say nothing together.
        if let suffix, let comparator, suffix != comparator { return nil }
        comparator = comparator ?? suffix
        return PlanFigure(
            raw: raw, kind: comparator == .about ? .approximate : .number, value: value, decimals: decimals,
            comparator: comparator, unit: unit, remark: remark)
    }

    private mutating func takeComparator() -> PlanFigure.Comparator? {
        let lowercased = rest.lowercased()
        guard let (word, comparator) = Self.prefixes.first(where: { lowercased.hasPrefix($0.0) }) else { return nil }
        rest = rest.dropFirst(word.count)
        return comparator
    }

    /// Digits with at most one point, and commas between thousands.
    private mutating func takeNumber() -> (value: Double, decimals: Int)? {
        guard let match = rest.prefixMatch(of: /([+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+))(?:\.([0-9]+))?/),
            let value = Double(match.output.0.filter { $0 != "," }), value.isFinite
        else { return nil }
        rest = rest[match.range.upperBound...]
        return (value, match.output.2?.count ?? 0)
    }

    private mutating func takeRemark() -> String? {
        guard rest.first == "(", rest.last == ")" else { return nil }
        let remark = String(rest.dropFirst().dropLast())
        rest = ""
        return remark
    }

    /// `323/366` as per cent, exactly; `0/0` as what it is.
    private mutating func ratio(of numerator: Double, raw: String) -> PlanFigure? {
        guard let (denominator, _) = takeNumber(), rest.isEmpty else { return nil }
        guard denominator != 0 else { return PlanFigure(raw: raw, kind: .noDenominator, unit: .percent) }
        return PlanFigure(
            raw: raw, kind: .number, value: 100 * numerator / denominator, unit: .percent,
            remark: "\(raw.filter { !$0.isWhitespace })")
    }
}

extension Character {
    /// Whether it is one of 0 to 9; 万 and Ⅲ are numbers to Unicode, too.
    var isDigit: Bool { isASCII && isNumber }
}

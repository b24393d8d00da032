import Foundation
public import RedlineGeometry

/// The unit of a figure in a plan.
public enum PlanUnit: Hashable, Sendable {
    /// 百分比.
    case percent
    /// An area: so many times a unit, as in 亿亩 (10⁸ mu).
    case area(AreaUnit, times: Double)
    /// A length: so many times a unit.
    case length(LengthUnit, times: Double)
    /// Things that are counted: 个, 处, 宗.
    case count
    /// A unit that geometry has no part in, as it is written: `µg/m³`, `万kW`.
    case other(String)

    /// Recognises a unit as plans write it, full-width characters and powers of ten (千, 万, 亿) included; what is not
    /// recognised is kept as ``other(_:)``. Nil for no text at all.
    ///
    /// - Parameter text: The unit alone, blanks around it allowed.
    public init?(parsing text: some StringProtocol) {
        let symbol = String(text).planNormalized
        guard !symbol.isEmpty else { return nil }
        if ["%", "百分比", "百分点", "percent"].contains(symbol.lowercased()) {
            self = .percent
        } else if let unit = AreaUnit(parsing: symbol) {
            self = .area(unit, times: 1)
        } else if let unit = LengthUnit(parsing: symbol) {
            self = .length(unit, times: 1)
        } else if Self.counters.contains(symbol.lowercased()) {
            self = .count
        } else if let (prefix, times) = Self.powers.first(where: { symbol.hasPrefix($0.0) }),
            let unit = PlanUnit(parsing: symbol.dropFirst(prefix.count)), let multiple = unit.multiplied(by: times)
        {
            self = multiple
        } else {
            self = .other(symbol)
        }
    }

    /// Longer ones first, because 千万 begins with 千.
    private static let powers: [(String, Double)] = [
        ("千万", 1e7), ("百万", 1e6), ("十万", 1e5), ("亿", 1e8), ("万", 1e4), ("千", 1e3), ("百", 1e2),
    ]

    private static let counters: Set<String> = [
        "count", "events", "个", "处", "宗", "家", "座", "条", "项", "件", "次", "起", "块",
    ]

    private func multiplied(by factor: Double) -> PlanUnit? {
        switch self {
        case .area(let unit, let times): .area(unit, times: times * factor)
        case .length(let unit, let times): .length(unit, times: times * factor)
        case .percent, .count, .other: nil
        }
    }

    /// Whether figures in both can be compared, converted or as they are.
    public func isComparable(with other: PlanUnit) -> Bool {
        switch (self, other) {
        case (.area, .area), (.length, .length): true
        default: self == other
        }
    }

    /// A number in this unit as a number in `other`; nil where they cannot be compared.
    public func convert(_ value: Double, to other: PlanUnit) -> Double? {
        guard self != other else { return value }
        switch (self, other) {
        case (.area(let from, let times), .area(let to, let otherTimes)):
            return Area(value * times, from).value(in: to) / otherTimes
        case (.length(let from, let times), .length(let to, let otherTimes)):
            return Length(value * times, from).value(in: to) / otherTimes
        default: return nil
        }
    }

    /// The unit as people write it.
    public func symbol(in language: Language) -> String {
        switch self {
        case .percent: "%"
        case .area(let unit, let times):
            Self.power(times, language) + language.pick(zh: unit.chineseSymbol, en: unit.symbol)
        case .length(let unit, let times):
            Self.power(times, language) + language.pick(zh: unit.chineseSymbol, en: unit.symbol)
        case .count: ""
        case .other(let text): text
        }
    }

    private static func power(_ times: Double, _ language: Language) -> String {
        guard times != 1 else { return "" }
        let word = powers.first { $0.1 == times }?.0 ?? String(times)
        return language.pick(zh: word, en: "×\(times) ")
    }
}

extension String {
    /// The text as plans mean it: full-width and compatibility characters (％, ㎡, Ⅲ, ．) as their plain forms, dashes as
    /// one kind, without white space anywhere, because the print breaks lines inside words and numbers.
    var planNormalized: String {
        var text = ""
        for character in precomposedStringWithCompatibilityMapping where !character.isWhitespace {
            switch character {
            case "−", "–", "—", "―", "─", "﹣": text.append("-")
            case "【", "〔": text.append("[")
            case "】", "〕": text.append("]")
            case "≧", "⩾": text.append("≥")
            case "≦", "⩽": text.append("≤")
            case "〜", "∼", "≈": text.append("~")
            case "\u{FEFF}", "\u{200B}": break
            default: text.append(character)
            }
        }
        return text
    }
}

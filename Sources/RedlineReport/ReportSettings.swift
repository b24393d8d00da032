public import RedlineKit

/// How a report is written, beyond what was computed.
public struct ReportSettings: Sendable {
    /// The language of prose and headings; keys of data formats are the same in all.
    public var language: Language = .en
    /// The unit of printed areas; data formats always carry square metres.
    public var unit: AreaUnit = .hectare
    /// How many decimals coordinates keep; nil keeps every double as it is.
    public var precision: Int?
    /// Whether CSV begins with a byte-order mark, for Excel.
    public var hasByteOrderMark = false

    /// The defaults of the command line, in English.
    public init() {}
}

/// A unit of printed areas.
public enum AreaUnit: String, Hashable, Sendable, CaseIterable {
    /// Square metre (平方米).
    case squareMeter = "m2"
    /// Hectare (公顷), 10 000 m².
    case hectare = "ha"
    /// Mu (亩), 10 000/15 m².
    case mu
    /// Square kilometre (平方公里).
    case squareKilometer = "km2"

    /// One of it in square metres.
    var inSquareMeters: Double {
        switch self {
        case .squareMeter: 1
        case .hectare: 10_000
        case .mu: 10_000 / 15
        case .squareKilometer: 1_000_000
        }
    }

    /// `squareMeters` in this unit.
    func value(_ squareMeters: Double) -> Double {
        // Multiplied first: 15 and 10 000 are exact, their quotient is not.
        self == .mu ? squareMeters * 15 / 10_000 : squareMeters / inSquareMeters
    }

    /// How many decimals are printed: to about a square metre, to 0.01 m² for square metres themselves.
    var decimals: Int {
        switch self {
        case .squareMeter: 2
        case .hectare: 4
        case .mu: 3
        case .squareKilometer: 6
        }
    }

    /// The unit as people write it.
    func symbol(in language: Language) -> String {
        switch self {
        case .squareMeter: language.pick(zh: "平方米", en: "m²")
        case .hectare: language.pick(zh: "公顷", en: "ha")
        case .mu: language.pick(zh: "亩", en: "mu")
        case .squareKilometer: language.pick(zh: "平方公里", en: "km²")
        }
    }
}

public import RedlineGeometry
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

extension AreaUnit {
    /// How many decimals are printed: to about a square metre, to 0.01 m² for square metres themselves.
    var decimals: Int {
        switch self {
        case .squareMeter: 2
        case .hectare: 4
        case .mu: 3
        case .squareKilometer, .tenThousandMu: 6
        case .tenThousandHectares: 8
        case .tenThousandSquareKilometers: 10
        }
    }

    /// The unit as people write it.
    func symbol(in language: Language) -> String { language.pick(zh: chineseSymbol, en: symbol) }
}

/// An amount of ground.
///
/// Kept in square metres and never rounded: rounding belongs to printing.
@frozen
public struct Area: Hashable, Comparable, Sendable {
    /// The amount in square metres (平方米).
    public var squareMeters: Double

    /// No ground.
    public static let zero = Area(squareMeters: 0)

    /// Creates an area from square metres.
    @inlinable
    public init(squareMeters: Double) { self.squareMeters = squareMeters }

    /// Creates an area from an amount in `unit`, correctly rounded once.
    ///
    /// A value with at most nine decimals is taken as that decimal, not as the `Double` beside it: 8.7 万亩 are exactly
    /// 58 km².
    public init(_ value: Double, _ unit: AreaUnit) {
        squareMeters = value.decimalScaled(by: unit.squareMetersNumerator, over: unit.squareMetersDenominator)
    }

    /// Creates an area from a number with its unit, as plans and command lines write it.
    ///
    /// Digits are ASCII with at most one point and an optional exponent; blanks may stand around the unit. The unit is
    /// required, since six of them are in use side by side; see ``AreaUnit/init(parsing:)``. The result is nil where the
    /// text is anything else, a length such as `33280 m` included, or is negative.
    ///
    /// - Parameter text: For instance `814.36 万公顷`, `8.7万亩`, `58 km2`.
    public init?(parsing text: some StringProtocol) {
        guard let (value, symbol) = splitQuantity(text), let unit = AreaUnit(parsing: symbol) else { return nil }
        self.init(value, unit)
        guard squareMeters.isFinite else { return nil }
    }

    /// The amount in `unit`, correctly rounded to the nearest `Double`.
    public func value(in unit: AreaUnit) -> Double {
        squareMeters.scaled(by: unit.squareMetersDenominator, over: unit.squareMetersNumerator)
    }

    /// Whether `lhs` is the smaller one.
    @inlinable
    public static func < (lhs: Area, rhs: Area) -> Bool { lhs.squareMeters < rhs.squareMeters }

    /// The sum.
    @inlinable
    public static func + (lhs: Area, rhs: Area) -> Area { Area(squareMeters: lhs.squareMeters + rhs.squareMeters) }

    /// The difference; negative where `rhs` is the larger one.
    @inlinable
    public static func - (lhs: Area, rhs: Area) -> Area { Area(squareMeters: lhs.squareMeters - rhs.squareMeters) }

    /// Adds `rhs`.
    @inlinable
    public static func += (lhs: inout Area, rhs: Area) { lhs.squareMeters += rhs.squareMeters }

    /// Subtracts `rhs`.
    @inlinable
    public static func -= (lhs: inout Area, rhs: Area) { lhs.squareMeters -= rhs.squareMeters }
}

/// A unit of area; the raw value is its name on the command line.
public enum AreaUnit: String, CaseIterable, Hashable, Sendable {
    /// 平方米.
    case squareMeter = "m2"
    /// 公顷: 10 000 m².
    case hectare = "ha"
    /// 亩: 10 000/15 m² = 666.666… m².
    case mu = "mu"
    /// 平方公里: 10⁶ m².
    case squareKilometer = "km2"
    /// 万亩: 20/3 km².
    case tenThousandMu = "10k-mu"
    /// 万公顷: 100 km².
    case tenThousandHectares = "10k-ha"
    /// 万平方公里: 10 000 km².
    case tenThousandSquareKilometers = "10k-km2"

    /// Recognises a command-line name, an English symbol or a Chinese name (`m²`, `平方米`, `公顷`, `亩`, `万km²`, …).
    ///
    /// `万m²` and `万平方米` are hectares, which they equal exactly.
    ///
    /// - Parameter text: The unit alone, blanks around it allowed.
    public init?(parsing text: some StringProtocol) {
        let symbol = String(text.filter { !$0.isWhitespace })
        if let unit = AreaUnit(rawValue: symbol.lowercased()) {
            self = unit
            return
        }
        switch symbol.lowercased() {
        case "m²", "㎡", "平方米": self = .squareMeter
        case "hm²", "hm2", "公顷", "万m²", "万m2", "万㎡", "万平方米": self = .hectare
        case "亩": self = .mu
        case "km²", "㎢", "平方公里", "平方千米": self = .squareKilometer
        case "万亩": self = .tenThousandMu
        case "万公顷", "万hm²", "万hm2", "万ha": self = .tenThousandHectares
        case "万km²", "万km2", "万㎢", "万平方公里", "万平方千米": self = .tenThousandSquareKilometers
        default: return nil
        }
    }

    /// The symbol in English text.
    public var symbol: String {
        switch self {
        case .squareMeter: "m²"
        case .hectare: "ha"
        case .mu: "mu"
        case .squareKilometer: "km²"
        case .tenThousandMu: "×10⁴ mu"
        case .tenThousandHectares: "×10⁴ ha"
        case .tenThousandSquareKilometers: "×10⁴ km²"
        }
    }

    /// The symbol in Chinese text.
    public var chineseSymbol: String {
        switch self {
        case .squareMeter: "平方米"
        case .hectare: "公顷"
        case .mu: "亩"
        case .squareKilometer: "平方公里"
        case .tenThousandMu: "万亩"
        case .tenThousandHectares: "万公顷"
        case .tenThousandSquareKilometers: "万平方公里"
        }
    }

    // Square metres in one unit, as a fraction of whole numbers, because a mu has no finite decimal.
    var squareMetersNumerator: Double {
        switch self {
        case .squareMeter: 1
        case .hectare: 1e4
        case .mu: 2e3
        case .squareKilometer: 1e6
        case .tenThousandMu: 2e7
        case .tenThousandHectares: 1e8
        case .tenThousandSquareKilometers: 1e10
        }
    }

    var squareMetersDenominator: Double {
        switch self {
        case .mu, .tenThousandMu: 3
        case .squareMeter, .hectare, .squareKilometer, .tenThousandHectares, .tenThousandSquareKilometers: 1
        }
    }
}

extension Double {
    /// `self · numerator / denominator`, `self` read as the decimal of up to nine places that it was written as.
    func decimalScaled(by numerator: Double, over denominator: Double) -> Double {
        var power = 1.0
        for _ in 0...9 {
            let digits = (self * power).rounded()
            if digits.magnitude < 0x1p53, digits / power == self {
                return digits.scaled(by: numerator, over: denominator * power)
            }
            power *= 10
        }
        return scaled(by: numerator, over: denominator)
    }

    /// `self · numerator / denominator` with one rounding: the product's and the quotient's own errors are carried along.
    func scaled(by numerator: Double, over denominator: Double) -> Double {
        let product = self * numerator
        guard product.isFinite else { return product / denominator }
        let productError = (-product).addingProduct(self, numerator)
        let quotient = product / denominator
        let remainder = product.addingProduct(-quotient, denominator) + productError
        return quotient + remainder / denominator
    }
}

/// Splits `12.5 km²` into its number and its unit; nil where no number leads or it is negative or not finite.
func splitQuantity(_ text: some StringProtocol) -> (value: Double, unit: String)? {
    let trimmed = text.drop { $0.isWhitespace }
    let digits = trimmed.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "+") }
    var number = String(digits)
    var rest = trimmed.dropFirst(digits.count)
    // An exponent counts only with digits behind it, and no unit begins with an e.
    if let mark = rest.first, mark == "e" || mark == "E" {
        let sign = rest.dropFirst().prefix { $0 == "-" || $0 == "+" }
        let exponent = rest.dropFirst(1 + sign.count).prefix { $0.isASCII && $0.isNumber }
        guard sign.count <= 1, !exponent.isEmpty else { return nil }
        number += "e" + sign + exponent
        rest = rest.dropFirst(1 + sign.count + exponent.count)
    }
    guard let value = Double(number), value.isFinite else { return nil }
    let unit = rest.drop { $0.isWhitespace }
    let end = unit.lastIndex { !$0.isWhitespace }
    return (value, end.map { String(unit[...$0]) } ?? "")
}

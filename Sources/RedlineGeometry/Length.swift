/// A distance or the length of a line.
@frozen
public struct Length: Hashable, Comparable, Sendable {
    /// The amount in metres (米).
    public var meters: Double

    /// No length.
    public static let zero = Length(meters: 0)

    /// Creates a length from metres.
    @inlinable
    public init(meters: Double) { self.meters = meters }

    /// Creates a length from an amount in `unit`, correctly rounded once; a value with at most nine decimals is taken as
    /// that decimal.
    public init(_ value: Double, _ unit: LengthUnit) {
        meters = value.decimalScaled(by: unit.metersNumerator, over: unit.metersDenominator)
    }

    /// Creates a length from a number with or without a unit, metres where it has none.
    ///
    /// Digits are ASCII with at most one point and an optional exponent; blanks may stand around the unit. The result is
    /// nil where the text is anything else or is negative.
    ///
    /// - Parameter text: For instance `500`, `500m`, `0.5 km`, `1 mm`, `2 cm`, `300米`, `5公里`, `5千米`.
    public init?(parsing text: some StringProtocol) {
        guard let (value, symbol) = splitQuantity(text) else { return nil }
        guard let unit = symbol.isEmpty ? .meter : LengthUnit(parsing: symbol) else { return nil }
        self.init(value, unit)
        guard meters.isFinite else { return nil }
    }

    /// The amount in kilometres (公里).
    public var kilometers: Double { value(in: .kilometer) }

    /// The amount in `unit`, correctly rounded to the nearest `Double`.
    public func value(in unit: LengthUnit) -> Double {
        meters.scaled(by: unit.metersDenominator, over: unit.metersNumerator)
    }

    /// Whether `lhs` is the smaller one.
    @inlinable
    public static func < (lhs: Length, rhs: Length) -> Bool { lhs.meters < rhs.meters }

    /// The sum.
    @inlinable
    public static func + (lhs: Length, rhs: Length) -> Length { Length(meters: lhs.meters + rhs.meters) }

    /// The difference; negative where `rhs` is the larger one.
    @inlinable
    public static func - (lhs: Length, rhs: Length) -> Length { Length(meters: lhs.meters - rhs.meters) }

    /// Adds `rhs`.
    @inlinable
    public static func += (lhs: inout Length, rhs: Length) { lhs.meters += rhs.meters }

    /// Subtracts `rhs`.
    @inlinable
    public static func -= (lhs: inout Length, rhs: Length) { lhs.meters -= rhs.meters }
}

/// A unit of length; the raw value is its symbol.
public enum LengthUnit: String, CaseIterable, Hashable, Sendable {
    /// 毫米.
    case millimeter = "mm"
    /// 厘米.
    case centimeter = "cm"
    /// 米.
    case meter = "m"
    /// 公里, 千米.
    case kilometer = "km"

    /// Recognises a symbol or a Chinese name.
    ///
    /// - Parameter text: The unit alone, blanks around it allowed.
    public init?(parsing text: some StringProtocol) {
        switch String(text.filter { !$0.isWhitespace }).lowercased() {
        case "mm", "毫米": self = .millimeter
        case "cm", "厘米": self = .centimeter
        case "m", "米": self = .meter
        case "km", "公里", "千米": self = .kilometer
        default: return nil
        }
    }

    /// The symbol in English text.
    public var symbol: String { rawValue }

    /// The symbol in Chinese text.
    public var chineseSymbol: String {
        switch self {
        case .millimeter: "毫米"
        case .centimeter: "厘米"
        case .meter: "米"
        case .kilometer: "公里"
        }
    }

    var metersNumerator: Double { self == .kilometer ? 1000 : 1 }

    var metersDenominator: Double {
        switch self {
        case .millimeter: 1000
        case .centimeter: 100
        case .meter, .kilometer: 1
        }
    }
}

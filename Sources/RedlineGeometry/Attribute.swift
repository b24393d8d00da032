/// The value of one field of one feature, as its file gives it.
public enum AttributeValue: Hashable, Sendable {
    /// No value.
    case null
    /// A whole number.
    case integer(Int64)
    /// A number with a fraction.
    case real(Double)
    /// Text, and every kind that has no case of its own (dates, lists), written as text.
    case string(String)

    /// The value as text; nil for null. A whole real is written without a fraction, so that a code that a file stores
    /// as a real (`632801.0`) reads as the code.
    public var text: String? {
        switch self {
        case .null: nil
        case .integer(let value): String(value)
        case .real(let value):
            if let whole = Int64(exactly: value) { String(whole) } else { String(value) }
        case .string(let value): value
        }
    }

    /// The value as a number; nil for null and text.
    public var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .real(let value): value
        case .null, .string: nil
        }
    }
}

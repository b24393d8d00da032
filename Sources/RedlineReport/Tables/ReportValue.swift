import RedlineGeometry

/// A value of a table cell.
package enum ReportValue: Hashable, Sendable {
    case null
    case text(String)
    case integer(Int)
    case real(Double)
    /// Text that is JSON itself: a list in JSON, the same as text elsewhere.
    case json(String)

    package init(_ text: String?) { self = text.map(ReportValue.text) ?? .null }
    package init(_ number: Double?) { self = number.map(ReportValue.real) ?? .null }
    package init(_ count: Int?) { self = count.map(ReportValue.integer) ?? .null }

    /// The value as files of tables hold it.
    var attribute: AttributeValue {
        switch self {
        case .null: .null
        case .text(let text), .json(let text): .string(text)
        case .integer(let count): .integer(Int64(count))
        case .real(let number): number.isFinite ? .real(number) : .null
        }
    }
}

extension JSONText {
    /// Writes the value of a cell.
    package mutating func value(_ value: ReportValue) {
        switch value {
        case .null: null()
        case .text(let text): string(text)
        case .integer(let count): integer(count)
        case .real(let number): self.number(number)
        case .json(let text): raw(text)
        }
    }
}

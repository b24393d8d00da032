package import RedlineGeometry
package import RedlineKit

/// A column of a table: the same in every format, in the same order.
package struct TableColumn: Sendable {
    /// What the values are, and so how people see them; data formats never round.
    package enum Quantity: Sendable {
        case text
        /// A whole number.
        case count
        /// In square metres; printed in the unit of the run.
        case area
        /// In metres.
        case length
        /// From 0 to 1; printed in per cent.
        case share
        /// Degrees of longitude or latitude.
        case degrees
        /// Any other number; printed with all its digits.
        case number
        /// A list or object as JSON text; left out of printed tables.
        case json
    }

    /// The key in data formats, with the unit at its end: `zone_area_m2`.
    package let name: String
    /// What the values are.
    package let quantity: Quantity
    /// The heading of the printed table, without the unit.
    package let label: LocalizedText
    /// Whether people see it.
    package var isPrinted: Bool
    /// Whether a bar at the end of the line shows the share.
    package var hasBar: Bool
    /// What people read in place of some texts.
    package var words: [String: LocalizedText]

    package init(
        _ name: String, _ quantity: Quantity, zh: String, en: String, isPrinted: Bool = true, hasBar: Bool = false,
        words: [String: LocalizedText] = [:]
    ) {
        self.name = name
        self.quantity = quantity
        label = LocalizedText(zh: zh, en: en)
        self.isPrinted = isPrinted && quantity != .json
        self.hasBar = hasBar
        self.words = words
    }
}

/// A row of a table.
package struct TableRow: Sendable {
    /// In the order of the columns.
    package var values: [ReportValue]
    /// In longitude and latitude; nil where the row has no place.
    package var geometry: Geometry?
    /// The identifier of the feature in GeoJSON; nil for none.
    package var id: String?

    package init(_ values: [ReportValue], geometry: Geometry? = nil, id: String? = nil) {
        self.values = values
        self.geometry = geometry
        self.id = id
    }
}

extension CaseIterable where Self: RawRepresentable<String> {
    /// The words of a contract as people read them, for ``TableColumn/words``: those of data formats in English.
    static func words(_ chinese: (Self) -> String) -> [String: LocalizedText] {
        Dictionary(
            uniqueKeysWithValues: allCases.map { ($0.rawValue, LocalizedText(zh: chinese($0), en: $0.rawValue)) })
    }
}

import RedlineGeometry
import RedlineKit

/// What people read around a table.
package struct TableProse: Sendable {
    /// A part of the table with a heading of its own.
    package struct Section: Sendable {
        /// Stands above the rows; nil for none.
        package var heading: String?
        /// The rows of the part.
        package var rows: Range<Int>
        /// Stand below the rows, indented.
        package var notes: [String]

        package init(heading: String? = nil, rows: Range<Int>, notes: [String] = []) {
            self.heading = heading
            self.rows = rows
            self.notes = notes
        }
    }

    /// Lines above the table.
    package var header: [String] = []
    /// The parts of the table; nil for one with all rows.
    package var sections: [Section]?
    /// Lines below the table, before the warnings.
    package var notes: [String] = []

    package init() {}
}

extension TableReport {
    /// Writes what a person reads: the header, the rows in aligned columns with areas in the unit of the run and shares
    /// in per cent, the notes, and the warnings.
    ///
    /// - Throws: Whatever `write` throws.
    package func writeText(to write: ByteWriter) throws {
        var bytes: [UInt8] = []
        func line(_ text: String) throws {
            bytes.append(contentsOf: text.utf8)
            bytes.append(UInt8(ascii: "\n"))
            guard bytes.count > 1 << 18 else { return }
            try write(bytes)
            bytes.removeAll(keepingCapacity: true)
        }
        for text in prose.header { try line(text) }
        let printed = columns.indices.filter { columns[$0].isPrinted }
        var table = TextTable(printed.map { (heading(columns[$0]), alignment(columns[$0])) }, indent: 2)
        let sections = prose.sections ?? [TableProse.Section(rows: rows.indices)]
        for section in sections {
            for row in rows[section.rows] { table.fit(printed.map { cell(row.values[$0], columns[$0]) }) }
        }
        let bar = columns.firstIndex(where: \.hasBar)
        for section in sections {
            if !prose.header.isEmpty || section.rows.lowerBound > 0 { try line("") }
            if let heading = section.heading { try line(heading) }
            if section.rows.isEmpty {
                try line("  " + settings.language.pick(zh: "（无）", en: "(none)"))
            } else {
                try line(table.headerLine)
            }
            for row in rows[section.rows] {
                let text = table.line(printed.map { cell(row.values[$0], columns[$0]) })
                guard let bar, case .real(let share) = row.values[bar] else {
                    try line(text)
                    continue
                }
                try line(TerminalText.padded(text, to: table.width) + "  " + Self.bar(share))
            }
            for note in section.notes { try line("  " + note) }
        }
        let warnings = provenance.warnings.map {
            settings.language.pick(zh: "注意：", en: "Warning: ") + TerminalText.plain($0.text(in: settings.language))
        }
        if !(prose.notes + warnings).isEmpty { try line("") }
        for note in prose.notes + warnings { try line(note) }
        if !companions.isEmpty { try line("") }
        try write(bytes)
        for companion in companions { try companion.writeText(to: write) }
    }

    /// A bar of twenty places; a part of one shows as one, and only the whole fills all.
    static func bar(_ share: Double) -> String {
        let places = 20
        var filled = Int((min(max(share, 0), 1) * Double(places)).rounded())
        if share > 0 { filled = max(filled, 1) }
        if share < 1 { filled = min(filled, places - 1) }
        return String(repeating: "█", count: filled) + String(repeating: "░", count: places - filled)
    }

    private func heading(_ column: TableColumn) -> String {
        let label = column.label.text(in: settings.language) ?? column.name
        guard column.quantity == .area else { return label }
        let unit = settings.unit.symbol(in: settings.language)
        return settings.language.pick(zh: "\(label)（\(unit)）", en: "\(label) (\(unit))")
    }

    private func alignment(_ column: TableColumn) -> TextTable.Alignment {
        column.quantity == .text ? .left : .right
    }

    private func cell(_ value: ReportValue, _ column: TableColumn) -> String {
        switch value {
        case .null: return ""
        case .text(let text), .json(let text):
            return TerminalText.plain(column.words[text]?.text(in: settings.language) ?? text)
        case .integer(let count): return String(count)
        case .real(let number):
            switch column.quantity {
            case .area:
                return PrintedNumbers.fixed(
                    Area(squareMeters: number).value(in: settings.unit), decimals: settings.unit.decimals)
            case .length: return PrintedNumbers.length(number, settings.language)
            case .share: return PrintedNumbers.percent(number)
            case .degrees: return PrintedNumbers.fixed(number, decimals: 6)
            case .text, .count, .number, .json: return String(number)
            }
        }
    }
}

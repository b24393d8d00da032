/// Text as a terminal shows it: in columns, without characters that move the cursor.
enum TerminalText {
    /// The number of columns that `text` takes: 2 for wide characters (Unicode UAX #11, classes W and F), 0 for marks
    /// that combine with the character before them, else 1.
    static func width(_ text: String) -> Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.unicodeScalars.reduce(0) { $0 + width($1) }
    }

    /// `text` with control characters replaced, so that a name from a file cannot break a line or steer a terminal.
    static func plain(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { scalars.append(isControl(scalar) ? " " : scalar) }
        return String(scalars)
    }

    /// `text` filled up to `width` columns on the right.
    static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - Self.width(text)))
    }

    /// `text` filled up to `width` columns on the left.
    static func rightAligned(_ text: String, to width: Int) -> String {
        String(repeating: " ", count: max(0, width - Self.width(text))) + text
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        // Marks that reverse the direction of the rest of the line.
        default: (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
        }
    }

    private static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0..<0x300: return scalar.value == 0xAD ? 0 : 1
        case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
            0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x3FFFD:
            return 2
        default: break
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return scalar.properties.isEmojiPresentation ? 2 : 1
        }
    }
}

/// A table of text whose columns are as wide as their widest cell.
///
/// First every row goes through `fit`, then through `line`: no row is kept, so that memory stays bounded.
struct TextTable {
    /// Where the text of a column stands.
    enum Alignment { case left, right }

    private let headers: [String]
    private let alignments: [Alignment]
    private var widths: [Int]
    private var isUsed: [Bool]
    private let indent: String

    /// Creates a table; a column without any text in its rows is left out.
    init(_ columns: [(header: String, alignment: Alignment)], indent: Int = 0) {
        headers = columns.map(\.header)
        alignments = columns.map(\.alignment)
        widths = columns.map { TerminalText.width($0.header) }
        isUsed = columns.map { _ in false }
        self.indent = String(repeating: " ", count: indent)
    }

    /// Makes room for a row.
    mutating func fit(_ cells: [String]) {
        for (index, cell) in cells.enumerated() where !cell.isEmpty {
            isUsed[index] = true
            widths[index] = max(widths[index], TerminalText.width(cell))
        }
    }

    /// The width of a full line.
    var width: Int {
        let used = widths.indices.filter { isUsed[$0] }
        return indent.count + used.reduce(0) { $0 + widths[$1] } + 2 * max(0, used.count - 1)
    }

    /// The line of the headings.
    var headerLine: String { line(headers) }

    /// The line of a row.
    func line(_ cells: [String]) -> String {
        var line = indent
        var isFirst = true
        for (index, cell) in cells.enumerated() where isUsed[index] {
            if !isFirst { line += "  " }
            isFirst = false
            line +=
                alignments[index] == .left
                ? TerminalText.padded(cell, to: widths[index])
                : TerminalText.rightAligned(cell, to: widths[index])
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}

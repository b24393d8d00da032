/// A table as rows of texts: a delimited text file, or a sheet of a workbook.
struct CellTable {
    /// One row, with its line in the file or its row in the sheet, from 1.
    struct Row {
        var line: Int
        var cells: [String]

        /// Whether nothing is written in it.
        var isBlank: Bool { cells.allSatisfy { $0.allSatisfy(\.isWhitespace) } }
    }

    var name: String
    var rows: [Row]

    init(name: String, rows: [Row]) {
        self.name = name
        self.rows = rows
    }

    /// Splits delimited text: by tab, comma, semicolon or bar, whichever stands in most lines, else by blanks. Cells may
    /// be quoted (RFC 4180); a full-width comma or semicolon parts like its half-width form.
    init(name: String, text: String) {
        self.name = name
        let delimiter = Self.delimiter(of: text)
        rows = []
        var cells: [String] = []
        var cell = ""
        var isQuoted = false
        var wasQuoted = false
        var line = 1
        var start = 1
        func endCell() {
            cells.append(wasQuoted ? cell : Self.trimmed(cell))
            cell = ""
            wasQuoted = false
        }
        func endRow() {
            endCell()
            if delimiter == nil { cells.removeAll(where: \.isEmpty) }
            rows.append(Row(line: start, cells: cells))
            cells = []
            start = line
        }
        var index = text.startIndex
        while index < text.endIndex {
            let character = text[index]
            index = text.index(after: index)
            let isBreak = character == "\n" || character == "\r" || character == "\r\n"
            if isBreak { line += 1 }
            if isQuoted {
                if character != "\"" {
                    cell.append(character)
                } else if index < text.endIndex, text[index] == "\"" {
                    cell.append("\"")
                    index = text.index(after: index)
                } else {
                    isQuoted = false
                }
            } else if character == "\"", cell.allSatisfy(\.isWhitespace), !wasQuoted, delimiter != nil {
                // A sign for seconds stands behind its digits and opens nothing.
                isQuoted = true
                wasQuoted = true
                cell = ""
            } else if isBreak {
                endRow()
            } else if Self.parts(character, delimiter) {
                endCell()
            } else {
                cell.append(character)
            }
        }
        if !cell.isEmpty || !cells.isEmpty { endRow() }
    }

    private static func parts(_ character: Character, _ delimiter: Character?) -> Bool {
        switch delimiter {
        case nil: character == " " || character == "\u{3000}" || character == "\t"
        case ",": character == "," || character == "，"
        case ";": character == ";" || character == "；"
        case let delimiter?: character == delimiter
        }
    }

    private static func delimiter(of text: String) -> Character? {
        var counts: [Character: Int] = [:]
        var lines = 0
        text.enumerateLines { line in
            lines += 1
            for delimiter in ["\t", ",", ";", "|"] as [Character] where line.contains(where: { parts($0, delimiter) }) {
                counts[delimiter, default: 0] += 1
            }
            return lines < 200
        }
        let best = (["\t", ",", ";", "|"] as [Character]).max { (counts[$0] ?? 0) < (counts[$1] ?? 0) }
        return best.flatMap { 2 * (counts[$0] ?? 0) >= max(1, lines) || (counts[$0] ?? 0) >= 3 ? $0 : nil }
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

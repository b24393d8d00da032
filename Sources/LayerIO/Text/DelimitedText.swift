/// A text file with a table in it: rows of cells behind a heading.
public struct DelimitedText: Sendable {
    /// A row that is not empty.
    public struct Row: Hashable, Sendable {
        /// The line on which it begins, from 1.
        public var line: Int
        /// Its cells, without white space around them.
        public var cells: [String]
    }

    /// The rows in the order of the file, the heading included.
    public let rows: [Row]
    /// The encoding that was used.
    public let encoding: String

    /// Reads a file as RFC 4180 describes it.
    ///
    /// Cells are parted by whichever of comma, semicolon and tab is most frequent in the first line. Quoted cells may
    /// hold line ends, separators and doubled quotes.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - encoding: The encoding, where the user knows better than the file.
    /// - Throws: ``LayerError`` if the file is missing or cannot be read, or there is no encoding of that name.
    public init(contentsOf path: String, encoding: String? = nil) throws(LayerError) {
        let decoded = try DecodedText(contentsOf: path, encoding: encoding)
        self.encoding = decoded.encoding
        rows = Self.split(decoded.text)
    }

    private static func split(_ text: String) -> [Row] {
        let separator = separator(of: text)
        var rows: [Row] = []
        var cells: [String] = []
        var cell = String.UnicodeScalarView()
        var (line, firstLine) = (1, 1)
        var (isQuoted, wasQuoted) = (false, false)
        func finish() {
            cells.append(trimmed(String(cell)))
            cell.removeAll(keepingCapacity: true)
            wasQuoted = false
        }
        var scalars = text.unicodeScalars.makeIterator()
        var pending = scalars.next()
        while let scalar = pending {
            pending = scalars.next()
            if isQuoted {
                if scalar == "\n" { line += 1 }
                if scalar != "\"" {
                    cell.append(scalar)
                } else if pending == "\"" {
                    cell.append(scalar)
                    pending = scalars.next()
                } else {
                    isQuoted = false
                }
            } else if scalar == "\"", !wasQuoted, cell.allSatisfy(\.properties.isWhitespace) {
                cell.removeAll(keepingCapacity: true)
                (isQuoted, wasQuoted) = (true, true)
            } else if scalar == separator {
                finish()
            } else if scalar == "\n" || scalar == "\r" {
                if scalar == "\r", pending == "\n" { pending = scalars.next() }
                finish()
                if cells.contains(where: { !$0.isEmpty }) { rows.append(Row(line: firstLine, cells: cells)) }
                cells = []
                line += 1
                firstLine = line
            } else {
                cell.append(scalar)
            }
        }
        finish()
        if cells.contains(where: { !$0.isEmpty }) { rows.append(Row(line: firstLine, cells: cells)) }
        return rows
    }

    private static func separator(of text: String) -> Unicode.Scalar {
        let line = text.unicodeScalars.prefix { $0 != "\n" && $0 != "\r" }
        let counts = [",", ";", "\t"].map { (mark: Unicode.Scalar) in (mark, line.count { $0 == mark }) }
        return counts.max { $0.1 < $1.1 }.flatMap { $0.1 > 0 ? $0.0 : nil } ?? ","
    }

    private static func trimmed(_ text: String) -> String {
        var part = Substring(text)
        while part.last?.isWhitespace == true { part.removeLast() }
        while part.first?.isWhitespace == true { part.removeFirst() }
        return String(part)
    }
}

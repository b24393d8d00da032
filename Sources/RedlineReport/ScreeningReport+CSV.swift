import RedlineKit

extension ScreeningReport {
    /// Writes findings as ``FindingText/Format/csv``.
    ///
    /// - Throws: Whatever `write` throws.
    public func writeCSV(to write: ByteWriter) throws {
        try FindingText(.csv, of: result, settings: settings).write(result, to: write)
    }
}

/// CSV in the making.
package struct CSVText {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func appendByteOrderMark() { bytes += [0xEF, 0xBB, 0xBF] }

    /// Appends a row; text is quoted where it has to be, and empty text always, so that it differs from null.
    package mutating func row(_ values: [ReportValue]) {
        var isFirst = true
        for value in values {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            switch value {
            case .null: break
            case .text(let text), .json(let text): append(text)
            case .integer(let count): bytes.append(contentsOf: count.description.utf8)
            case .real(let number): if number.isFinite { bytes.append(contentsOf: number.description.utf8) }
            }
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Begins anew, and keeps the room it has.
    mutating func restart() { bytes.removeAll(keepingCapacity: true) }

    package mutating func drain(above limit: Int = 1 << 18, to write: ByteWriter) throws {
        guard bytes.count > limit else { return }
        try write(bytes)
        bytes.removeAll(keepingCapacity: true)
    }

    private mutating func append(_ text: String) {
        let needsQuotes =
            text.isEmpty || text.first == " " || text.last == " "
            || text.utf8.contains { byte in
                byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
            }
        guard needsQuotes else {
            bytes.append(contentsOf: text.utf8)
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

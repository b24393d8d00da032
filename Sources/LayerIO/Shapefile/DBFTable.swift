/// The header of a DBF file, and its texts as bytes: what is needed to tell its encoding and whether it is whole.
struct DBFTable {
    /// One column.
    struct Column {
        var name: [UInt8]
        var isText: Bool
        var offset: Int
        var length: Int
    }

    let recordCount: Int
    let headerLength: Int
    let recordLength: Int
    let languageDriver: UInt8
    let columns: [Column]

    /// The number of bytes that the header promises.
    var promisedSize: Int { headerLength + recordCount * recordLength }

    /// Reads the header from the start of a file; nil where it is none. (dBASE III PLUS: "Table File Structure".)
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 32 else { return nil }
        recordCount = Int(bytes[4]) | Int(bytes[5]) << 8 | Int(bytes[6]) << 16 | Int(bytes[7]) << 24
        headerLength = Int(bytes[8]) | Int(bytes[9]) << 8
        recordLength = Int(bytes[10]) | Int(bytes[11]) << 8
        languageDriver = bytes[29]
        guard headerLength >= 32, bytes.count >= min(headerLength, 33) else { return nil }
        var columns: [Column] = []
        var position = 32
        var offset = 1  // After the mark of deletion.
        while position + 32 <= min(headerLength, bytes.count), bytes[position] != 0x0D {
            let kind = bytes[position + 11]
            // Text columns may use the decimals as the high byte of their length.
            let isText = kind == UInt8(ascii: "C")
            let length = Int(bytes[position + 16]) + (isText ? Int(bytes[position + 17]) << 8 : 0)
            let name = bytes[position..<position + 11].prefix { $0 != 0 }
            columns.append(Column(name: Array(name), isText: isText, offset: offset, length: length))
            offset += length
            position += 32
        }
        self.columns = columns
    }

    /// Recognises the encoding from the names and texts of the records in `bytes`, which follow the header.
    func detectEncoding(records bytes: [UInt8]) -> EncodingDetection {
        var detection = EncodingDetection()
        forEachText(records: bytes) { detection.add($0) }
        return detection
    }

    /// The number of texts that are not valid in the encoding of `decoder`.
    func countInvalidTexts(records bytes: [UInt8], decoder: TextDecoder) -> Int {
        var decoder = decoder
        forEachText(records: bytes) { text in
            if text.contains(where: { $0 >= 0x80 }) { _ = decoder.decode(Array(text)) }
        }
        return decoder.invalidTexts
    }

    private func forEachText(records bytes: [UInt8], _ body: (ArraySlice<UInt8>) -> Void) {
        // A name or value that fills its column may end inside a character: the last, broken one does not count.
        for column in columns { body(Self.withoutCutEnd(column.name[...], width: 10)) }
        guard recordLength > 0 else { return }
        let texts = columns.filter(\.isText)
        for start in stride(from: 0, to: bytes.count - recordLength + 1, by: recordLength) {
            for column in texts where column.offset + column.length <= recordLength {
                let value = bytes[start + column.offset..<start + column.offset + column.length]
                body(Self.withoutCutEnd(Self.trimmed(value), width: column.length))
            }
        }
    }

    private static func trimmed(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let end = value.firstIndex(of: 0) ?? value.endIndex
        let last = value[..<end].lastIndex { $0 != UInt8(ascii: " ") }
        return value[..<(last.map { $0 + 1 } ?? value.startIndex)]
    }

    /// Without the bytes above 0x7F at the end of a text that fills its width and is not valid UTF-8 only because of
    /// them; other encodings keep all their bytes.
    private static func withoutCutEnd(_ text: ArraySlice<UInt8>, width: Int) -> ArraySlice<UInt8> {
        guard text.count >= width, String(validating: text, as: UTF8.self) == nil else { return text }
        for cut in 1...min(3, text.count) where String(validating: text.dropLast(cut), as: UTF8.self) != nil {
            // A lead byte and too few bytes that continue it.
            let tail = text.suffix(cut)
            if let lead = tail.first, lead >= 0xC0, tail.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }),
                text.dropLast(cut).contains(where: { $0 >= 0x80 })
            {
                return text.dropLast(cut)
            }
        }
        return text
    }
}

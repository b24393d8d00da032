/// Recognises text that was decoded with the wrong encoding.
package enum Mojibake {
    /// What a garbled text was meant to be; nil for text that is none.
    ///
    /// Three mistakes are common: UTF-8 read as GBK (`鐢熸€佷繚鎶ょ孩绾`), UTF-8 read as Latin-1 (`ç”Ÿæ€`), and GBK read as
    /// Latin-1 (`ÉúÌ¬±£»¤`). Text is taken for garbled only where undoing the mistake gives at least two Chinese
    /// characters and no other than text; valid UTF-8 does not come about by chance.
    ///
    /// - Parameter text: A value or the name of a field.
    /// - Returns: The text that was meant, and the encoding that was used by mistake.
    package static func recognise(_ text: String) -> (meant: String, encoding: String)? {
        guard text.utf8.count < 4096, !text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        if let bytes = encoded(text, "GB18030"), let meant = utf8(bytes) { return (meant, "GBK") }
        guard let bytes = singleBytes(text) else { return nil }
        if let meant = utf8(bytes) { return (meant, "CP1252") }
        var detection = EncodingDetection()
        detection.add(bytes[...])
        guard detection.verdict.how == .content, detection.verdict.name.hasPrefix("GB"),
            var decoder = TextDecoder("GB18030")
        else { return nil }
        let meant = decoder.decode(bytes)
        return decoder.invalidTexts == 0 && hanzi(meant) >= 2 ? (meant, "CP1252") : nil
    }

    /// The text as bytes of an encoding; nil where it has other characters. A last character that was lost is left out.
    private static func encoded(_ text: String, _ encoding: String) -> [UInt8]? {
        guard let handle = IconvHandle(from: "UTF-8", to: encoding) else { return nil }
        var text = Substring(text)
        while let last = text.unicodeScalars.last, last == "\u{FFFD}" || last == "?" {
            text.unicodeScalars.removeLast()
        }
        guard !text.unicodeScalars.contains("\u{FFFD}") else { return nil }
        var bytes: [UInt8] = []
        let source = Array(text.utf8)
        let invalid = unsafe source.withUnsafeBufferPointer { unsafe handle.decode($0, to: &bytes) }
        return invalid == 0 ? bytes : nil
    }

    /// The bytes of text whose characters are all those of CP1252 or Latin-1; nil for other text.
    private static func singleBytes(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            if scalar.value <= 0xFF {
                bytes.append(UInt8(scalar.value))
            } else if let byte = extraBytes[scalar] {
                bytes.append(byte)
            } else {
                return nil
            }
        }
        return bytes
    }

    /// The characters that CP1252 has between 0x80 and 0x9F.
    private static let extraBytes: [Unicode.Scalar: UInt8] = {
        let scalars = Array("€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)
        return Dictionary(uniqueKeysWithValues: zip(scalars, 0x80...0x9F))
    }()

    /// The bytes as UTF-8 with at least two Chinese characters; a last character that was cut is left out.
    private static func utf8(_ bytes: [UInt8]) -> String? {
        for cut in 0..<min(3, bytes.count) {
            guard let text = String(validating: bytes.dropLast(cut), as: UTF8.self) else { continue }
            let isText = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x80..<0xA0).contains($0.value) }
            return isText && hanzi(text) >= 2 ? text : nil
        }
        return nil
    }

    private static func hanzi(_ text: String) -> Int {
        text.unicodeScalars.count { (0x4E00...0x9FFF).contains($0.value) }
    }
}

/// Recognises the encoding of short texts by their bytes.
struct EncodingDetection {
    /// Whether a byte above 0x7F was seen at all.
    private(set) var hasNonASCII = false
    private var isUTF8 = true
    private var isGB = true
    private var isBig5 = true
    private var is1252 = true
    private var hasFourByteGB = false
    private var pairs = 0
    private var commonHanzi = 0
    private var inGB2312 = 0
    private var kana = 0
    private var commonBig5 = 0
    private var lowTrails = 0
    private var big5Pairs = 0

    /// Takes one text into account.
    mutating func add(_ text: ArraySlice<UInt8>) {
        guard text.contains(where: { $0 >= 0x80 }) else { return }
        hasNonASCII = true
        if isUTF8 { isUTF8 = String(validating: text, as: UTF8.self) != nil }
        if isGB { isGB = addGB(text) }
        if isBig5 { isBig5 = addBig5(text) }
        // The five gaps of CP1252.
        if is1252 { is1252 = !text.contains { [0x81, 0x8D, 0x8F, 0x90, 0x9D].contains($0) } }
    }

    /// The likely encoding and how sure that is.
    ///
    /// UTF-8 that is valid by chance is rare. Pairs that are valid GBK are common in other East Asian encodings too.
    /// What tells Chinese: nine in ten characters are in GB/T 2312-1980 (both bytes from A1), and three in ten or more
    /// are among the 3 755 of its level 1 (rows 16 to 55, lead bytes B0 to D7) - a short list of names like 崆峒区 may
    /// have few of them. Japanese has kana (rows 4 and 5) between them, and in Big5 two in five characters have a
    /// second byte below 7F.
    var verdict: EncodingEvidence {
        guard hasNonASCII else { return EncodingEvidence(name: "UTF-8", how: .ascii) }
        // Text that is valid GBK or Big5 and has a byte above 7F has at least one pair.
        if isUTF8 { return EncodingEvidence(name: "UTF-8", how: .content) }
        if isGB && 10 * inGB2312 >= 9 * pairs && 10 * commonHanzi >= 3 * pairs && 5 * kana <= pairs {
            return EncodingEvidence(name: hasFourByteGB ? "GB18030" : "GBK", how: .content)
        }
        if isBig5 && 2 * commonBig5 >= big5Pairs && 5 * lowTrails >= big5Pairs {
            return EncodingEvidence(name: "BIG5-HKSCS", how: .content)
        }
        return EncodingEvidence(name: is1252 ? "CP1252" : "ISO-8859-1", how: .fallback)
    }

    private mutating func addGB(_ text: ArraySlice<UInt8>) -> Bool {
        var index = text.startIndex
        while index < text.endIndex {
            let lead = text[index]
            index += 1
            if lead < 0x80 { continue }
            guard (0x81...0xFE).contains(lead), index < text.endIndex else { return false }
            let trail = text[index]
            index += 1
            if (0x30...0x39).contains(trail) {
                guard index + 1 < text.endIndex, (0x81...0xFE).contains(text[index]),
                    (0x30...0x39).contains(text[index + 1])
                else { return false }
                index += 2
                hasFourByteGB = true
                continue
            }
            guard trail >= 0x40, trail != 0x7F, trail != 0xFF else { return false }
            pairs += 1
            if (0xA1...0xF7).contains(lead) && trail >= 0xA1 { inGB2312 += 1 }
            if (0xB0...0xD7).contains(lead) && trail >= 0xA1 { commonHanzi += 1 }
            if (0xA4...0xA5).contains(lead) && trail >= 0xA1 { kana += 1 }
        }
        return true
    }

    private mutating func addBig5(_ text: ArraySlice<UInt8>) -> Bool {
        var index = text.startIndex
        while index < text.endIndex {
            let lead = text[index]
            index += 1
            if lead < 0x80 { continue }
            guard (0xA1...0xF9).contains(lead), index < text.endIndex else { return false }
            let trail = text[index]
            index += 1
            guard (0x40...0x7E).contains(trail) || (0xA1...0xFE).contains(trail) else { return false }
            big5Pairs += 1
            if (0xA4...0xC6).contains(lead) { commonBig5 += 1 }
            if trail < 0x7F { lowTrails += 1 }
        }
        return true
    }
}

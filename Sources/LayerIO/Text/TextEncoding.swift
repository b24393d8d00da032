/// The names of text encodings, as files and people write them.
enum TextEncoding {
    /// Returns the name that `iconv` knows for what a `.cpg` file or a user says; nil for an unknown one.
    ///
    /// `65001`, `936`, `ANSI 936`, `ISO 88591`, `Big-5`, `latin2` and the like are brought to their usual names.
    static func canonicalName(_ word: String) -> String? {
        let upper = word.trimmingPrefix("\u{FEFF}").uppercased().filter { !$0.isWhitespace && $0 != "\0" }
        guard !upper.isEmpty else { return nil }
        let key = upper.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        if let known = known[key] { return known }
        for prefix in ["ANSI", "CP", "WINDOWS", "MS", "OEM", ""] {
            guard key.hasPrefix(prefix), let page = Int(key.dropFirst(prefix.count)) else { continue }
            if let name = known[String(page)] { return name }
            // ISO 8859 without its words: 88591 to 885916.
            let digits = String(page)
            if digits.hasPrefix("8859"), let part = Int(digits.dropFirst(4)), (1...16).contains(part) {
                return "ISO-8859-\(part)"
            }
            return IconvHandle(from: "CP\(page)") == nil ? nil : "CP\(page)"
        }
        if key.hasPrefix("ISO8859"), let part = Int(key.dropFirst(7)), (1...16).contains(part) {
            return "ISO-8859-\(part)"
        }
        if key.hasPrefix("LATIN"), let part = Int(key.dropFirst(5)) {
            let parts = [1: 1, 2: 2, 3: 3, 4: 4, 5: 9, 6: 10, 7: 13, 8: 14, 9: 15, 10: 16]
            return parts[part].map { "ISO-8859-\($0)" }
        }
        return IconvHandle(from: upper) == nil ? nil : upper
    }

    /// The name under which `iconv` decodes `name`: GB18030 reads all of GBK, and has no gaps.
    static func decoderName(_ name: String) -> String { name == "GBK" ? "GB18030" : name }

    private static let known = [
        "UTF8": "UTF-8", "65001": "UTF-8", "UTF16": "UTF-16LE", "1200": "UTF-16LE", "ASCII": "ASCII",
        "USASCII": "ASCII", "20127": "ASCII", "936": "GBK", "GBK": "GBK", "CP936": "GBK", "EUCCN": "GBK",
        "GB2312": "GBK", "GB18030": "GB18030", "54936": "GB18030", "950": "BIG5-HKSCS", "BIG5": "BIG5-HKSCS",
        "932": "CP932", "SJIS": "CP932", "SHIFTJIS": "CP932", "949": "CP949", "KOI8R": "KOI8-R", "20866": "KOI8-R",
        "EUCJP": "EUC-JP", "EUCKR": "CP949", "10000": "MACINTOSH", "28591": "ISO-8859-1",
    ]

    /// The encoding that the language driver byte of a DBF names; nil for 0, for 0x57 ("the machine's own"), which
    /// says nothing on another machine, and for unknown values.
    ///
    /// Source: ESRI, "dBASE code page values", as in GDAL's `ogrshapelayer.cpp`.
    static func ofLanguageDriver(_ byte: UInt8) -> String? {
        switch byte {
        case 0x01, 0x09, 0x0B, 0x0D, 0x0F, 0x11, 0x15, 0x18, 0x19, 0x1B: "CP437"
        case 0x02, 0x0A, 0x0E, 0x10, 0x12, 0x14, 0x16, 0x1A, 0x1D, 0x25, 0x37: "CP850"
        case 0x03, 0x58, 0x59: "CP1252"
        case 0x04: "MACINTOSH"
        case 0x08, 0x17, 0x66: "CP865"
        case 0x13, 0x7B: "CP932"
        case 0x1C, 0x6C: "CP863"
        case 0x1F, 0x22, 0x23, 0x40, 0x64, 0x87: "CP852"
        case 0x24: "CP860"
        case 0x26, 0x65: "CP866"
        case 0x4D, 0x7A: "GBK"
        case 0x4E, 0x79: "CP949"
        case 0x4F, 0x78: "BIG5-HKSCS"
        case 0x50, 0x7C: "CP874"
        case 0x67: "CP861"
        case 0x6A, 0x86: "CP737"
        case 0x6B, 0x88: "CP857"
        case 0xC8: "CP1250"
        case 0xC9: "CP1251"
        case 0xCA: "CP1254"
        case 0xCB: "CP1253"
        case 0xCC: "CP1257"
        default: nil
        }
    }
}

extension TextEncoding {
    /// Whether every byte is a character, so that nearly all bytes are valid and validity says little.
    static func isSingleByte(_ name: String) -> Bool {
        ["ISO-", "KOI", "MAC", "CP4", "CP7", "CP85", "CP86", "CP874", "CP12"].contains { name.hasPrefix($0) }
    }
}

/// The code of a control unit (环境管控单元): `ZH`, the county by GB/T 2260, the class digit, and a serial number.
///
/// The grammar is inferred from codes in use, no specification was available; so a code that breaks it is a warning, and
/// other prefixes (`HY` at sea, `YS` element zones) are read leniently.
struct ControlUnitCode: Hashable, Sendable {
    /// The county, six digits.
    var county: String
    /// The standard class that the digit stands for; nil for a digit other than 1, 2, 3.
    var standardClass: String?
    /// The digit.
    var classDigit: Character

    /// Why a text is not such a code.
    enum Misfit: Hashable, Sendable {
        /// Right but for its writing: the code as it should be.
        case writing(String)
        /// Another beginning than `ZH`.
        case prefix(String)
        /// So many characters in place of 13.
        case length(Int)
        /// A character that is no digit.
        case characters
        /// A class digit other than 1, 2, 3.
        case classDigit(Character)
    }

    /// Reads a code that follows the grammar to the letter.
    static func parse(_ text: String) -> Result<ControlUnitCode, Fault> {
        let folded = fold(text)
        guard folded.hasPrefix("ZH") else { return .failure(Fault(.prefix(String(folded.prefix { !$0.isNumber })))) }
        guard folded.count == 13 else { return .failure(Fault(.length(folded.count))) }
        let digits = folded.dropFirst(2)
        guard digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return .failure(Fault(.characters)) }
        let digit = digits[digits.index(digits.startIndex, offsetBy: 6)]
        guard let standard = classes[digit] else { return .failure(Fault(.classDigit(digit))) }
        guard folded == text else { return .failure(Fault(.writing(folded))) }
        return .success(
            ControlUnitCode(county: String(digits.prefix(6)), standardClass: standard, classDigit: digit))
    }

    /// A misfit as an error.
    struct Fault: Error, Hashable {
        let misfit: Misfit

        init(_ misfit: Misfit) { self.misfit = misfit }
    }

    /// Reads what can be read of a code, whatever is wrong with it; nil without six digits after the letters.
    static func county(in text: String) -> String? {
        let rest = fold(text).drop { $0.isASCII && $0.isLetter }
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        return digits.count >= 6 ? String(digits.prefix(6)) : nil
    }

    private static let classes: [Character: String] = ["1": "priority", "2": "key", "3": "general"]

    /// Without spaces, in capitals, full-width letters and digits as ASCII.
    private static func fold(_ text: String) -> String {
        var folded = ""
        for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
            if (0xFF01...0xFF5E).contains(scalar.value), let ascii = Unicode.Scalar(scalar.value - 0xFEE0) {
                folded.unicodeScalars.append(ascii)
            } else {
                folded.unicodeScalars.append(scalar)
            }
        }
        return folded.uppercased()
    }
}

/// Numbers as people write them in lists of coordinates.
enum CoordinateNumber {
    /// A number and what its notation tells.
    struct Reading: Hashable {
        var value: Double
        /// Whether it is written with degree signs.
        var isAngle = false
        /// The axis that a letter or word names: `E`, 北纬.
        var axis: Axis?
    }

    /// An axis by name.
    enum Axis: Hashable { case east, north }

    /// Reads a plain number, degrees, or degrees, minutes and seconds: `95.5`, `95°30′00″E`, `东经95度30分`, `95:30:00`,
    /// `X=4112345.678`, `4,112,345.678`; full-width digits and signs count as the usual ones.
    ///
    /// - Parameter text: One cell or one word.
    /// - Returns: The number; nil for anything else, for minutes or seconds of 60 and more, and for what is not finite.
    static func read(_ text: some StringProtocol) -> Reading? {
        var isPlain = true
        for byte in text.utf8 where !(byte >= 0x30 && byte <= 0x39 || byte == 0x2E || byte == 0x2D || byte == 0x2B) {
            isPlain = false
            break
        }
        if isPlain { return finite(Double(String(text))) }
        var scanner = Scanner(Array(Typography.halfWidth(String(text)).unicodeScalars))
        return scanner.read()
    }

    private static func finite(_ value: Double?) -> Reading? {
        guard let value, value.isFinite else { return nil }
        return Reading(value: value)
    }

    private struct Scanner {
        private var text: ArraySlice<Unicode.Scalar>

        init(_ text: [Unicode.Scalar]) {
            self.text = text[...]
            trim()
        }

        private mutating func trim() {
            while let first = text.first, first.properties.isWhitespace { text.removeFirst() }
            while let last = text.last, last.properties.isWhitespace { text.removeLast() }
        }

        mutating func read() -> Reading? {
            var axis = takeName()
            var sign = takeHemisphere(&axis)
            if text.first == "-" || text.first == "+" { if text.removeFirst() == "-" { sign = -sign } }
            guard var reading = readAngle() ?? readNumber() else { return nil }
            reading.value *= sign
            reading.axis = axis
            return reading.value.isFinite ? reading : nil
        }

        /// `X=`, `Y:`: a label that names no axis, since X is north for surveyors and east for others.
        private mutating func takeName() -> Axis? {
            guard text.count > 2, let first = text.first, "xyXY".unicodeScalars.contains(first),
                let second = text.dropFirst().first, second == "=" || second == ":"
            else { return nil }
            text.removeFirst(2)
            trim()
            return nil
        }

        private mutating func takeHemisphere(_ axis: inout Axis?) -> Double {
            let words: [(String, Axis, Double)] = [
                ("东经", .east, 1), ("西经", .east, -1), ("北纬", .north, 1), ("南纬", .north, -1), ("E", .east, 1),
                ("W", .east, -1), ("N", .north, 1), ("S", .north, -1), ("e", .east, 1), ("w", .east, -1),
                ("n", .north, 1), ("s", .north, -1),
            ]
            for (word, named, sign) in words {
                let scalars = Array(word.unicodeScalars)
                if text.starts(with: scalars) {
                    text.removeFirst(scalars.count)
                } else if text.count > scalars.count, text.suffix(scalars.count).elementsEqual(scalars) {
                    // The `s` of 30s stands for seconds.
                    if word == "s" { continue }
                    text.removeLast(scalars.count)
                } else {
                    continue
                }
                trim()
                if text.first == ":" || text.first == "=" { text.removeFirst() }
                trim()
                axis = named
                return sign
            }
            return 1
        }

        /// A number with thousands between commas or blanks, or none.
        private func readNumber() -> Reading? {
            let groups = text.split(omittingEmptySubsequences: false) { $0 == "," || $0 == " " }
            guard groups.count > 1 else { return finite(Double(string(text))) }
            let isGrouped =
                (1...3).contains(groups[0].count)
                && groups.dropFirst().enumerated().allSatisfy { index, group in
                    index == groups.count - 2
                        ? group.count >= 3 && (group.count == 3 || group.dropFirst(3).first == ".") : group.count == 3
                }
            guard isGrouped else { return nil }
            return finite(Double(groups.map { string($0) }.joined()))
        }

        private func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars)
            return String(text)
        }

        private static let degreeMarks = Set("°º˚度dD:-".unicodeScalars)
        private static let minuteMarks = Set("′'’‘´`分mM:-".unicodeScalars)
        private static let secondMarks = Set("″\"”“秒′'’sS".unicodeScalars)

        /// Degrees with a mark, maybe minutes and seconds.
        private func readAngle() -> Reading? {
            var rest = text
            guard let degrees = Self.takeDigits(&rest), let mark = rest.first, Self.degreeMarks.contains(mark) else {
                return nil
            }
            // `95-30` may be anything; `95-30-00` is an angle.
            let isWeak = mark == "-" || mark == ":"
            rest.removeFirst()
            Self.skipBlanks(&rest)
            if rest.isEmpty { return isWeak ? nil : Reading(value: degrees.value, isAngle: true) }
            guard degrees.isWhole, let minutes = Self.takeDigits(&rest), minutes.value < 60 else { return nil }
            var value = degrees.value + minutes.value / 60
            let hasMark = rest.first.map(Self.minuteMarks.contains) ?? false
            if hasMark { rest.removeFirst() }
            Self.skipBlanks(&rest)
            if rest.isEmpty { return isWeak ? nil : Reading(value: value, isAngle: true) }
            guard minutes.isWhole, hasMark, let seconds = Self.takeDigits(&rest), seconds.value < 60 else { return nil }
            while let mark = rest.first, Self.secondMarks.contains(mark) || mark.properties.isWhitespace {
                rest.removeFirst()
            }
            guard rest.isEmpty else { return nil }
            value = degrees.value + (minutes.value * 60 + seconds.value) / 3600
            return Reading(value: value, isAngle: true)
        }

        private static func skipBlanks(_ rest: inout ArraySlice<Unicode.Scalar>) {
            while let first = rest.first, first.properties.isWhitespace { rest.removeFirst() }
        }

        private static func takeDigits(_ rest: inout ArraySlice<Unicode.Scalar>) -> (value: Double, isWhole: Bool)? {
            var digits = String.UnicodeScalarView()
            var hasPoint = false
            while let next = rest.first, (next >= "0" && next <= "9") || (next == "." && !hasPoint), digits.count < 32 {
                if next == "." { hasPoint = true }
                digits.append(next)
                rest.removeFirst()
            }
            skipBlanks(&rest)
            guard let value = Double(String(digits)) else { return nil }
            return (value, !hasPoint)
        }
    }
}

/// How text is typed: full-width and half-width forms of the same characters.
enum Typography {
    /// The text with full-width letters, digits and punctuation as their ASCII forms, other blanks as spaces, and
    /// characters without width left out.
    static func halfWidth(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: result.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
            case 0x3000, 0x00A0, 0x2002...0x200A, 0x202F: result.append(" ")
            case 0x200B...0x200F, 0xFEFF, 0x2060: break
            case 0x3002: result.append(".")
            case 0x3001: result.append(",")
            case 0x3010, 0x3014: result.append("[")
            case 0x3011, 0x3015: result.append("]")
            case 0x2212, 0x2013, 0x2014: result.append("-")
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// The text as labels are compared: half-width, lower case, without blanks.
    static func key(_ text: String) -> String {
        var key = halfWidth(text).lowercased()
        key.removeAll(where: \.isWhitespace)
        return key
    }
}

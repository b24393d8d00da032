extension JSONCursor {
    /// Takes a number; throws for any other value.
    @inline(__always)
    mutating func number() throws(JSONFault) -> Double {
        skipSpace()
        let start = index
        var position = index
        let end = bytes.count
        let isNegative = position < end && bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        var mantissa: UInt64 = 0
        var digits = 0
        var scale = 0
        while position < end, case let digit = bytes[position] &- UInt8(ascii: "0"), digit < 10 {
            mantissa = mantissa &* 10 &+ UInt64(digit)
            digits += 1
            position += 1
        }
        if position < end, bytes[position] == UInt8(ascii: ".") {
            position += 1
            while position < end, case let digit = bytes[position] &- UInt8(ascii: "0"), digit < 10 {
                mantissa = mantissa &* 10 &+ UInt64(digit)
                digits += 1
                scale += 1
                position += 1
            }
        }
        // Both the digits and the power of ten are exact doubles here, so that one division rounds once. [Clinger 1990]
        let isPlain = position < end && Self.endsNumber(bytes[position])
        if isPlain, digits > 0, digits <= 19, mantissa <= 1 << 53, scale <= 22 {
            index = position
            let value = Double(mantissa) / Self.powersOfTen[scale]
            return isNegative ? -value : value
        }
        guard case .number(let range)? = try? scalar() else {
            index = start
            throw fault("a coordinate is no number")
        }
        return try double(in: range)
    }

    /// The number that the characters of `range` write, rounded once.
    func double(in range: Range<Int>) throws(JSONFault) -> Double {
        let text = String(decoding: bytes[range], as: UTF8.self)
        guard let value = Double(text), !text.lowercased().hasPrefix("0x") else {
            throw JSONFault(offset: range.lowerBound, message: "'\(text.prefix(40))' is no number")
        }
        return value
    }

    /// The whole number that the characters of `range` write without fraction or exponent; nil for any other.
    func integer(in range: Range<Int>) -> Int64? {
        Int64(String(decoding: bytes[range], as: UTF8.self))
    }

    @inline(__always)
    private static func endsNumber(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") || byte <= 0x20
    }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
}

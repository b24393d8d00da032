import RedlineKit

/// Numbers as people read them; data formats never round.
enum PrintedNumbers {
    /// `value` with a fixed number of decimals; what is above zero never prints as zero.
    static func fixed(_ value: Double, decimals: Int) -> String {
        let smallest = (0..<decimals).reduce(1.0) { power, _ in power / 10 }
        if value > 0, value < smallest / 2 { return "<" + fixed(smallest, decimals: decimals) }
        let scaled = (abs(value) * (0..<decimals).reduce(1.0) { power, _ in power * 10 }).rounded()
        // Above 2^53 there are no decimals to print.
        guard scaled < 9e15 else { return String(value) }
        let digits = String(Int64(scaled))
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let whole = padded.dropLast(decimals)
        let sign = value < 0 && scaled > 0 ? "-" : ""
        return sign + whole + (decimals > 0 ? "." + padded.suffix(decimals) : "")
    }

    /// A length or distance: to the centimetre below a kilometre, then in kilometres to the metre.
    static func length(_ meters: Double, _ language: Language) -> String {
        meters < 1000
            ? fixed(meters, decimals: 2) + language.pick(zh: " 米", en: " m")
            : fixed(meters / 1000, decimals: 3) + language.pick(zh: " 公里", en: " km")
    }

    /// A length that a person chose, with no more digits than it has.
    static func chosenLength(_ meters: Double, _ language: Language) -> String {
        func plain(_ value: Double) -> String { Int64(exactly: value).map(String.init) ?? String(value) }
        return meters < 1000
            ? plain(meters) + language.pick(zh: " 米", en: " m")
            : plain(meters / 1000) + language.pick(zh: " 公里", en: " km")
    }

    /// A share from 0 to 1 in per cent; neither a part nor almost all of the whole prints as nothing or all of it.
    static func percent(_ share: Double) -> String {
        if share < 1, share > 0.99995 { return ">99.99%" }
        return fixed(share * 100, decimals: 2) + "%"
    }
}

/// What is known of the county-level codes of GB/T 2260, in its edition of 2024 and before.
///
/// Codes change nearly every year, and the same unit can bear two: boundary files of map services call 大柴旦行委 632825,
/// code tables 632857. So a code that is not in the table is a hint, never a proof.
struct AdministrativeCodes: Sendable {
    /// The table that ships with the program.
    static let standard = AdministrativeCodes()

    /// How a code stands to the edition of 2024.
    enum Standing: Equatable {
        /// In force.
        case current(name: String)
        /// Of an older table or a map service; what took its place, as far as known.
        case former(name: String, successors: [String])
        /// In no table.
        case unknown
    }

    private let current: [String: String]
    private let former: [String: String]

    private init() {
        var current: [String: String] = [:]
        var prefix = ""
        for token in AdministrativeCodeTable.current.split(whereSeparator: \.isWhitespace) {
            let digits = token.prefix { $0.isASCII && $0.isNumber }
            let name = String(token[digits.endIndex...])
            if digits.count == 6 {
                prefix = String(digits.prefix(4))
                current[String(digits)] = name
            } else {
                current[prefix + digits] = name
            }
        }
        self.current = current
        var former: [String: String] = [:]
        for token in AdministrativeCodeTable.former.split(whereSeparator: \.isWhitespace) {
            former[String(token.prefix(6))] = String(token.dropFirst(6))
        }
        self.former = former
    }

    /// Looks up a code of six digits; of a longer one (township, village) its first six.
    func standing(of code: some StringProtocol) -> Standing {
        let county = String(code.prefix(6))
        if let name = current[county] { return .current(name: name) }
        guard let name = former[county] else { return .unknown }
        return .former(name: name, successors: Self.successors[county] ?? successors(of: county, name: name))
    }

    /// The name that the table has for a code, in force or not; nil where it has none.
    func name(of code: some StringProtocol) -> String? {
        let county = String(code.prefix(6))
        return current[county] ?? former[county]
    }

    /// The codes under which ground that `code` names may stand in a layer of regions: itself, what took its place, and
    /// what it took the place of.
    func equivalents(of code: String) -> Set<String> {
        var codes: Set<String> = [code]
        for (old, new) in Self.successors {
            if old == code { codes.formUnion(new) }
            if new.contains(code) { codes.insert(old) }
        }
        if case .former(_, let successors) = standing(of: code) { codes.formUnion(successors) }
        return codes
    }

    /// Counties of Haixi before the reform of 2018, and the code of map services for what is not a city or county.
    private static let successors = [
        "632856": ["632803"], "632858": ["632803"], "632825": ["632803", "632857"],
    ]

    /// The county of the same province whose name is the old one with another ending: 华亭县, 华亭市.
    private func successors(of code: String, name: String) -> [String] {
        let base = PlaceName(name).base
        return current.filter { $0.key.prefix(2) == code.prefix(2) && PlaceName($0.value).base == base }
            .map(\.key).filter { !$0.hasSuffix("00") }.sorted()
    }
}

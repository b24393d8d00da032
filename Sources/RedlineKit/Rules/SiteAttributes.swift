import RedlineGeometry

/// The attributes of sites that a run reads: those that rules know, and how well sites lie on the ground.
struct SiteAttributes: Sendable {
    /// The names of rules, and what fields may be called.
    private let names: [(name: String, aliases: [String])]
    /// What the command line says of sites whose file is silent.
    let added: [String: [String]]

    /// The attributes that the vocabulary of `book` knows; the accuracy of sites alone without rules.
    ///
    /// - Throws: ``RedlineError`` for an attribute of the command line that nothing asks for.
    init(_ book: RuleBook?, added: [RuleSetting]) throws {
        var names: [(name: String, aliases: [String])] = []
        if let vocabulary = book?.vocabulary {
            names = vocabulary.siteAttributes.map { ($0.key, $0.value.aliases) }
            names += vocabulary.activities.filter(\.value.isTrait).map { ($0.key, $0.value.aliases) }
            names += [("activity", ["活动", "活动类型"]), ("industry", ["行业代码", "行业", "国民经济行业代码"])]
        }
        if !names.contains(where: { $0.name == "accuracy" }) { names.append(("accuracy", [])) }
        self.names = names.sorted { $0.name < $1.name }
        var values: [String: [String]] = [:]
        for setting in added {
            guard let name = names.first(where: { $0.name == setting.name || $0.aliases.contains(setting.name) })?.name
            else {
                let known = names.map(\.name).sorted()
                let near = closest(to: setting.name, among: known).map { " Did you mean '\($0)'?" } ?? ""
                throw RedlineError(
                    "no rule asks for the site attribute '\(setting.name)'.\(near)",
                    remedy: book == nil
                        ? "The catalog names no rule packs." : "Known attributes: \(known.joined(separator: ", ")).")
            }
            values[name, default: []].append(setting.value)
        }
        self.added = values
    }

    /// The fields of a file that hold attributes, each with the name that rules use.
    func fields(among fields: [String]) -> [(name: String, field: String)] {
        guard !fields.isEmpty else { return [] }
        let lowered = Dictionary(fields.map { ($0.lowercased(), $0) }) { first, _ in first }
        return names.compactMap { name, aliases in
            for spelling in [name] + aliases {
                let underscored = spelling.replacing("-", with: "_")
                if let field = lowered[spelling.lowercased()] ?? lowered[underscored.lowercased()] {
                    return (name, field)
                }
            }
            return nil
        }
    }
}

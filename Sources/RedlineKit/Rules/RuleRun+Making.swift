import RedlineGeometry

extension RuleRun {
    /// Puts together what is known of sites: what their files say, and what the command line adds.
    ///
    /// - Parameters:
    ///   - book: The rules.
    ///   - sites: The sites.
    ///   - remarks: Gets a sentence for each kind of value that cannot be understood.
    init(_ book: RuleBook, sites: [MeasuredSite], remarks: inout [Remark]) {
        var places: [[String: [String]]: Int] = [:]
        var profiles: [SiteFacts] = []
        var profileOfSite: [Int] = []
        profileOfSite.reserveCapacity(sites.count)
        var faults: [String: (count: Int, example: String)] = [:]
        var faultsOfProfile: [[String]] = []
        for site in sites {
            var attributes = site.site.attributes
            attributes["geometry"] = site.site.ground.kinds
            let profile: Int
            if let known = places[attributes] {
                profile = known
            } else {
                var problems: [String] = []
                profiles.append(
                    SiteFacts(attributes, vocabulary: book.vocabulary, regions: [], problems: &problems))
                faultsOfProfile.append(problems)
                profile = profiles.count - 1
                places[attributes] = profile
            }
            profileOfSite.append(profile)
            guard site.site.problem == nil else { continue }
            for fault in faultsOfProfile[profile] { faults[fault, default: (0, site.site.id)].count += 1 }
        }
        for (fault, found) in faults.sorted(by: { $0.key < $1.key }) {
            remarks.append(
                Remark(
                    zh: "用地属性：\(fault)（\(found.count) 个用地，例如 '\(found.example)'）；按未提供处理。",
                    en: "Site attributes: \(fault) (\(found.count) sites, for instance '\(found.example)'); "
                        + "counted as missing."))
        }
        (self.book, self.profiles, self.profileOfSite) = (book, profiles, profileOfSite)
    }

    /// How far, in metres, rules look around the zones of a family for any of the sites; nil where none does.
    func reach(family: String) -> Double? {
        let judge = RuleJudge(book: book)
        var reach: Double?
        for index in book.byFamily[family] ?? [] {
            let rule = book.rules[index]
            let distances = rule.places.filter { $0.family == family && $0.side == .inside }
                .compactMap { $0.reach(fixed: book.parameters.distance(of: rule, $0)) }
            guard let farthest = distances.max(), farthest > reach ?? -1 else { continue }
            if profiles.contains(where: { judge.base(rule, $0) != .no }) { reach = farthest }
        }
        return reach
    }

    /// What the user should know: of the packs, and of rules that no layer answers.
    func remarks(_ screened: [CatalogLayer]) -> [Remark] {
        book.warnings + [remark(onFamiliesBeside: Set(screened.map(\.family)))].compactMap(\.self)
    }

    /// Says of which families rules speak that the catalog has no layer of.
    private func remark(onFamiliesBeside families: Set<String>) -> Remark? {
        let judge = RuleJudge(book: book)
        let lacking = book.lacking(families).compactMap { family, rules -> String? in
            let open = rules.filter { rule in profiles.contains { judge.base(rule, $0) != .no } }
            return open.isEmpty ? nil : "\(family) (\(RuleBook.listed(open.map(\.id), limit: 4)))"
        }
        guard !lacking.isEmpty else { return nil }
        let list = lacking.joined(separator: "; ")
        return Remark(
            zh: "无法判定：图层目录没有下列要素类型的图层，其规则不能判定：\(list)。",
            en: "Not assessable: the catalog has no layer of these families, whose rules cannot be judged: \(list).")
    }
}

extension RulePlace {
    /// How far it reaches around zones, in metres; nil where it means the zones themselves or no distance is set.
    func reach(fixed: Double?) -> Double? {
        switch distance {
        case .none: nil
        case .within(let limit): limit
        case .ring(_, let high): fixed ?? high
        case .unspecified: fixed
        }
    }
}

extension Ground {
    /// The kinds of geometry in it, as conditions call them.
    var kinds: [String] {
        (polygons.isEmpty ? [] : ["polygon"]) + (lines.isEmpty ? [] : ["line"]) + (points.isEmpty ? [] : ["point"])
    }
}

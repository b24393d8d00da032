/// Says of some zones whether they kept nature and function.
struct ZoneVerdicts {
    private let zones: [ZoneChange]
    private let rules: ComparisonRules
    /// The function's scores before and now, by pair.
    private let scores: [(old: Double?, new: Double?)]
    private let oldPlaces: [Int: Int]
    private let newPlaces: [Int: Int]

    init(
        pairs: [ZoneMatching.Pair], zones: [ZoneChange], rules: ComparisonRules, old: TableLayer, new: TableLayer
    ) {
        self.zones = zones
        self.rules = rules
        func score(_ layer: TableLayer, _ place: Int?) -> Double? {
            guard let place, let field = rules.functionField else { return nil }
            let zone = layer.loaded.zones[place]
            let text = zone.attributes.first { $0.key.lowercased() == field.lowercased() }?.value
            return text.flatMap { PlanFigure(reading: $0).value }
        }
        scores = pairs.map { (score(old, $0.old), score(new, $0.new)) }
        oldPlaces = Dictionary(pairs.enumerated().compactMap { pair in pair.element.old.map { ($0, pair.offset) } }) {
            first, _ in first
        }
        newPlaces = Dictionary(pairs.enumerated().compactMap { pair in pair.element.new.map { ($0, pair.offset) } }) {
            first, _ in first
        }
    }

    /// The pairs that some zones belong to, ascending.
    func members(old: Set<Int>, new: Set<Int>) -> [Int] {
        Set(old.compactMap { oldPlaces[$0] } + new.compactMap { newPlaces[$0] }).sorted()
    }

    /// Those with a changed attribute.
    func changed(_ members: [Int]) -> [Int] { members.filter { !zones[$0].changed.isEmpty } }

    /// Whether every matched zone keeps its class; where one does not, only the catalog says what that means.
    func nature(_ members: [Int]) -> Verdict {
        let matched = members.filter { zones[$0].match != .none }
        guard !matched.isEmpty else { return .notEvaluable }
        let classes = matched.map { (zones[$0].old?.class, zones[$0].new?.class) }
        if classes.contains(where: { $0.0 != nil && $0.1 != nil && $0.0 != $0.1 }) {
            return rules.classIsNature ? .lost : .notEvaluable
        }
        return classes.allSatisfy { $0.0 != nil && $0.1 != nil } ? .kept : .notEvaluable
    }

    /// Whether no matched zone's score gets worse.
    func function(_ members: [Int]) -> Verdict {
        guard rules.functionField != nil else { return .notEvaluable }
        let matched = members.filter { zones[$0].match != .none }.map { scores[$0] }
        guard !matched.isEmpty else { return .notEvaluable }
        let sign = rules.betterFunction == .higher ? 1.0 : -1.0
        if matched.contains(where: {
            ($0.old.map { $0 * sign } ?? -.infinity) > ($0.new.map { $0 * sign } ?? .infinity)
        }) {
            return .lost
        }
        return matched.allSatisfy { $0.old != nil && $0.new != nil } ? .kept : .notEvaluable
    }
}

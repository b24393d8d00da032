/// Finds conditions that can never be true, so that a slip of the pen does not become a rule that never fires.
extension Condition {
    /// Whether some values of the attributes meet it, each attribute having one.
    var isPossible: Bool { alternatives(negated: false).contains { Self.isPossible($0) } }

    /// How many alternatives the condition has, up to a million million.
    func alternativeCount(negated: Bool) -> Int {
        let most = 1_000_000_000_000
        switch self {
        case .compare: return 1
        case .not(let part): return part.alternativeCount(negated: !negated)
        case .all(let parts), .any(let parts):
            let isConjunction = if case .all = self { !negated } else { negated }
            let counts = parts.map { $0.alternativeCount(negated: negated) }
            guard isConjunction else { return min(most, counts.reduce(0, +)) }
            return counts.reduce(1) { whole, count in
                let (product, isTooLarge) = whole.multipliedReportingOverflow(by: count)
                return isTooLarge ? most : min(most, product)
            }
        }
    }

    /// The condition as alternatives of comparisons that all have to hold (disjunctive form).
    private func alternatives(negated: Bool) -> [[Comparison]] {
        switch self {
        case .compare(let comparison): return [[negated ? comparison.negated : comparison]]
        case .not(let part): return part.alternatives(negated: !negated)
        case .all(let parts), .any(let parts):
            let isConjunction = if case .all = self { !negated } else { negated }
            let members = parts.map { $0.alternatives(negated: negated) }
            guard isConjunction else { return members.flatMap(\.self) }
            return members.reduce([[]]) { whole, part in whole.flatMap { head in part.map { head + $0 } } }
        }
    }

    private static func isPossible(_ comparisons: [Comparison]) -> Bool {
        Dictionary(grouping: comparisons, by: \.name).values.allSatisfy { group in
            var range = (low: -Double.infinity, isLowIn: true, high: Double.infinity, isHighIn: true)
            var excluded: Set<Double> = []
            var words: Set<String>?
            var refused: Set<String> = []
            for comparison in group {
                switch comparison.operand {
                case .words(let list) where comparison.relation == .equal:
                    words = words.map { $0.intersection(list) } ?? Set(list)
                case .words(let list): refused.formUnion(list)
                case .number(let value): narrow(&range, &excluded, comparison.relation, value)
                case .step(let step, let scale):
                    narrow(&range, &excluded, comparison.relation, Double(step))
                    let steps = scale.indices.filter { comparison.holds(step: $0) }.map { scale[$0] }
                    words = words.map { $0.intersection(steps) } ?? Set(steps)
                }
            }
            if let words, words.subtracting(refused).isEmpty { return false }
            if range.low == range.high { return range.isLowIn && range.isHighIn && !excluded.contains(range.low) }
            return range.low < range.high
        }
    }

    private static func narrow(
        _ range: inout (low: Double, isLowIn: Bool, high: Double, isHighIn: Bool), _ excluded: inout Set<Double>,
        _ relation: Comparison.Relation, _ value: Double
    ) {
        func raise(_ isIn: Bool) {
            if value > range.low { range = (value, isIn, range.high, range.isHighIn) }
            if value == range.low { range.isLowIn = range.isLowIn && isIn }
        }
        func lower(_ isIn: Bool) {
            if value < range.high { range = (range.low, range.isLowIn, value, isIn) }
            if value == range.high { range.isHighIn = range.isHighIn && isIn }
        }
        switch relation {
        case .less: lower(false)
        case .lessOrEqual: lower(true)
        case .greater: raise(false)
        case .greaterOrEqual: raise(true)
        case .equal:
            raise(true)
            lower(true)
        case .notEqual: excluded.insert(value)
        }
    }
}

extension Comparison {
    fileprivate var negated: Comparison {
        var other = self
        other.relation =
            switch relation {
            case .less: .greaterOrEqual
            case .lessOrEqual: .greater
            case .equal: .notEqual
            case .notEqual: .equal
            case .greaterOrEqual: .less
            case .greater: .lessOrEqual
            }
        return other
    }

    fileprivate func holds(step: Int) -> Bool {
        guard case .step(let limit, _) = operand else { return false }
        return switch relation {
        case .less: step < limit
        case .lessOrEqual: step <= limit
        case .equal: step == limit
        case .notEqual: step != limit
        case .greaterOrEqual: step >= limit
        case .greater: step > limit
        }
    }
}

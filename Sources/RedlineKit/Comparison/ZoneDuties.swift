import RedlineGeometry

/// What a rule demands of the authorities that keep a layer (不减少, 监管), held against two editions.
public struct ZoneDuty: Sendable {
    /// The rule: `no-loss` or `enforce`.
    public var rule: Rule
    /// For `no-loss`, what must not fall and whether it did, over all regions together; none for `enforce`.
    public var dimensions: [(name: String, verdict: Verdict)]
}

/// Holds the duties of a catalog's rules against what became of a layer.
struct ZoneDuties {
    private let book: RuleBook

    /// The rules of the new edition's catalog in force on the day; nil where it names no packs.
    ///
    /// - Throws: ``RedlineError`` or ``CatalogError`` where a pack cannot be read.
    init?(_ catalog: Catalog?, asOf: CalendarDate?) throws {
        guard let catalog, !catalog.rules.isEmpty else { return nil }
        book = try RuleBook(
            paths: catalog.rules, asOf: asOf ?? catalog.asOf, order: catalog.effectOrder, catalog: catalog)
    }

    /// What the user should know of the packs.
    var warnings: [Remark] { book.warnings }

    /// The duties that speak of the zones of a family, in the order of the packs.
    ///
    /// - Parameters:
    ///   - family: The layer's.
    ///   - total: What became of it in all regions together.
    /// - Returns: Each rule with its verdicts.
    func duties(of family: String, _ total: ChangeRow) -> [ZoneDuty] {
        (book.byFamily[family] ?? []).map { book.rules[$0] }.filter(\.effect.isDuty).map { rule in
            // A rule on some zones of the layer says nothing of all of them together.
            let isOnAll = rule.places.contains { $0.family == family && $0.isOnAll } && rule.condition == nil
            let names = rule.effect == .noLoss && rule.dimensions.isEmpty ? ["area"] : rule.dimensions
            return ZoneDuty(
                rule: rule,
                dimensions: rule.effect == .noLoss
                    ? names.map { ($0, isOnAll ? Self.verdict($0, total) : .notEvaluable) } : [])
        }
    }

    /// The verdict on what a rule calls a dimension; the regions being the same, a share falls with the area.
    private static func verdict(_ dimension: String, _ total: ChangeRow) -> Verdict {
        switch dimension {
        case "area", "area-share": total.areaVerdict
        case "location": total.locationVerdict
        case "nature": total.natureVerdict
        case "function": total.functionVerdict
        case "count": total.countVerdict
        default: .notEvaluable
        }
    }
}

extension RulePlace {
    /// Whether it means every zone of its family.
    fileprivate var isOnAll: Bool {
        side == .inside && classes.isEmpty && names.isEmpty && areas.isEmpty && condition == nil
    }
}

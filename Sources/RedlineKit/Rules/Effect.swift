/// How strong a rule is (管控强度), as its text words it; never flattened to yes or no.
public enum Effect: String, Hashable, Sendable, CaseIterable {
    /// Not allowed (禁止).
    case forbid
    /// What is there has to leave (清退).
    case remove
    /// Banned or limited by law; a person decides which (依法禁止或限制).
    case forbidOrRestrict = "forbid-or-restrict"
    /// In principle not (原则上不得).
    case presumptionAgainst = "presumption-against"
    /// Limited or strictly controlled (限制).
    case restrict
    /// Allowed under a condition, or something has to be shown (条件).
    case condition
    /// Encouraged or guided (鼓励, 引导).
    case advise
    /// The zone may not lose: looked at when editions are compared, no verdict on a site (不减少).
    case noLoss = "no-loss"
    /// A duty of an authority, no verdict on a site (监管).
    case enforce

    /// Whether it says nothing about a site: such rules are listed with the zone.
    public var isDuty: Bool { self == .noLoss || self == .enforce }
}

/// Which effect counts as stronger: it sorts findings and picks the headline, and judges nothing.
public struct EffectOrder: Hashable, Sendable {
    /// The effects on sites, the strongest first.
    public let effects: [Effect]

    /// As the project orders them: what stops a site, what limits it, what it has to meet, what is recommended.
    public static let usual = EffectOrder(unchecked: Effect.allCases.filter { !$0.isDuty })

    private init(unchecked effects: [Effect]) { self.effects = effects }

    /// Creates an order; nil unless every effect on sites stands in it once.
    public init?(_ effects: [Effect]) {
        guard effects.count == Self.usual.effects.count, Set(effects) == Set(Self.usual.effects) else { return nil }
        self.effects = effects
    }

    /// 0 for the strongest; duties come last, no effect after them.
    public func rank(_ effect: Effect?) -> Int {
        guard let effect else { return effects.count + 1 }
        return effects.firstIndex(of: effect) ?? effects.count
    }

    /// The strongest of `effects` that is no duty; nil where there is none.
    public func strongest(_ effects: some Sequence<Effect>) -> Effect? {
        effects.lazy.filter { !$0.isDuty }.min { rank($0) < rank($1) }
    }

    /// Whether `effect` is as strong as `level` or stronger.
    public func isAtLeast(_ effect: Effect?, _ level: Effect) -> Bool {
        guard let effect, !effect.isDuty else { return false }
        return rank(effect) <= rank(level)
    }
}

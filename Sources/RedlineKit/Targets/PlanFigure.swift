/// A cell of a plan's table of indicators: as it is printed, and what it says.
public struct PlanFigure: Hashable, Sendable {
    /// What kind of statement a cell makes.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A number, maybe with a comparator.
        case number
        /// A number that is about right: 90%左右.
        case approximate
        /// A sum over a period, printed in brackets: [300].
        case cumulative
        /// Not below the baseline: 不降低.
        case notLower = "not-lower"
        /// Not above the baseline: 不增加.
        case notHigher = "not-higher"
        /// As it was: 无变化.
        case noChange = "no-change"
        /// Nothing of the kind happens: 不发生.
        case zeroEvents = "zero-events"
        /// A quality class, 1 being the best: Ⅱ类及以上.
        case ordinalClass = "ordinal-class"
        /// A number that a higher level hands down and the plan does not print: 省级下达指标.
        case setByHigherLevel = "set-by-higher-level"
        /// Whatever is approved: 以国家批准面积为准.
        case approvedGeometry = "approved-geometry"
        /// A standard that the plan does not print: 市控标准以内.
        case byReferenceStandard = "by-reference-standard"
        /// Words without a measure: 稳中向好.
        case qualitative
        /// A ratio whose denominator is zero: 0/0.
        case noDenominator = "no-denominator"
        /// Nothing: a dash or an empty cell. Never zero.
        case unknown
        /// Digits that make no figure that is understood.
        case unreadable
    }

    /// How a number is meant.
    public enum Comparator: String, Hashable, Sendable {
        /// ≥, 不低于, 以上.
        case atLeast = ">="
        /// >, 超过.
        case moreThan = ">"
        /// ≤, 不超过, 以内.
        case atMost = "<="
        /// <, 低于.
        case lessThan = "<"
        /// 左右, 近, 约.
        case about = "~"
        /// =.
        case exactly = "="
    }

    /// The cell as printed, without white space around it.
    public var raw: String
    /// What kind of statement it is.
    public var kind: Kind
    /// The number in ``unit``; nil where there is none.
    public var value: Double?
    /// How many decimals are printed, which says how well the number is known; nil for one that is exact, a ratio or a
    /// count of events for instance.
    public var decimals: Int?
    /// How the number is meant; nil where it stands alone.
    public var comparator: Comparator?
    /// The unit: that of the cell, else that of the row.
    public var unit: PlanUnit?
    /// What stands in brackets behind the number: 较2015年.
    public var remark: String?

    /// Creates a figure from its parts.
    public init(
        raw: String, kind: Kind, value: Double? = nil, decimals: Int? = nil, comparator: Comparator? = nil,
        unit: PlanUnit? = nil, remark: String? = nil
    ) {
        self.raw = raw
        self.kind = kind
        self.value = value
        self.decimals = decimals
        self.comparator = comparator
        self.unit = unit
        self.remark = remark
    }

    /// By how much the number may be off because it is rounded: half a unit of its last printed place; 0 where it is
    /// exact.
    public var roundingHalfWidth: Double {
        guard let decimals else { return 0 }
        return (0..<decimals).reduce(0.5) { half, _ in half / 10 }
    }

    /// Whether the cell holds a level that others can be compared with.
    public var isLevel: Bool {
        switch kind {
        case .number, .approximate, .ordinalClass, .zeroEvents: value != nil
        default: false
        }
    }

    /// The number in `unit`; nil where there is none or the units cannot be compared. Without a unit on either side the
    /// number is taken as it is.
    public func value(in unit: PlanUnit?) -> Double? {
        guard let value, let own = self.unit, let unit else { return value }
        return own.convert(value, to: unit)
    }
}

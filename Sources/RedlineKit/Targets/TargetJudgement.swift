/// What is known of a target on the day of the data.
public struct TargetJudgement: Hashable, Sendable {
    /// The state of a target.
    public enum State: String, Hashable, Sendable, CaseIterable {
        /// The value satisfies the target.
        case met
        /// The value does not, and the target was due, or holds at any time.
        case notMet = "not-met"
        /// Not yet there, but on or beyond the straight path from baseline to target.
        case onPath = "on-path"
        /// Not yet there, and short of the straight path.
        case behindPath = "behind-path"
        /// The target is words without a measure: no verdict.
        case qualitative
        /// Cannot be told; the reasons say why.
        case notEvaluable = "not-evaluable"
    }

    /// What stands beside the state.
    public enum Flag: String, Hashable, Sendable, CaseIterable {
        /// The value is worse than the baseline, whether or not the target is met; without a value, the target is.
        case worseThanBaseline = "worse-than-baseline"
        /// The plan calls its figures provisional.
        case provisional
    }

    /// Why a target cannot be judged.
    public enum Reason: String, Hashable, Sendable, CaseIterable {
        /// A higher level sets the target, and the plan does not print it.
        case targetSetAbove = "target-set-above"
        /// The target is the approved geometry, which was not given.
        case approvedGeometryMissing = "approved-geometry-missing"
        /// The standard that the target points to was not given.
        case standardNotSupplied = "standard-not-supplied"
        /// The target is empty or a dash.
        case targetUnknown = "target-unknown"
        /// The target has digits that make no figure.
        case targetNotRead = "target-not-read"
        /// The baseline is a dash or empty: unknown, not zero.
        case baselineUnknown = "baseline-unknown"
        /// The plan has no baseline, so that there is no path; the target is not due.
        case noBaseline = "no-baseline"
        /// The plan prints several values for the baseline.
        case twoBaselines = "two-baselines"
        /// Whether the value is below the baseline is hidden by the rounding of the baseline.
        case withinRounding = "within-rounding"
        /// The target is approximate, and how far from it still counts is not given.
        case noBand = "no-band"
        /// Both parts of the ratio are zero: neither 0 nor 100.
        case noDenominator = "no-denominator"
        /// There is no value: no layer gives it and the file has none.
        case notMeasured = "not-measured"
        /// The region is not in the layer of regions.
        case regionNotInLayer = "region-not-in-layer"
        /// The layer does not claim to cover all of the region, so that its value there is less than known.
        case regionNotCovered = "region-not-covered"
        /// The unit of the plan is none that the value can be brought to.
        case unitNotComparable = "unit-not-comparable"
        /// A plain number does not say whether it is to be reached at least or at most, and the indicator is not known.
        case directionUnknown = "direction-unknown"
        /// A sum or a class has no straight path to its target, which is not due.
        case noPath = "no-path"
        /// The data are older than the baseline.
        case beforeBaseline = "before-baseline"
        /// Value and baseline count different things.
        case basesDiffer = "bases-differ"
        /// The verdict depends on whether ground in two zones counts once or twice, which the plan does not say.
        case denominatorNotStated = "denominator-not-stated"
        /// The indicator has a legal definition that land cover alone does not meet.
        case definitionNotDeclared = "definition-not-declared"
    }

    /// What should be known beside a verdict.
    public enum Note: String, Hashable, Sendable, CaseIterable {
        /// Printed like the plan, the value shows the target's digits; what is compared is not rounded.
        case printsAsTarget = "prints-as-target"
        /// The day of the data is not known; the value is judged against the target itself.
        case dateUnknown = "date-unknown"
        /// The plan prints several values for the baseline.
        case twoBaselines = "two-baselines"
        /// The target itself is worse than the baseline.
        case targetWorseThanBaseline = "target-worse-than-baseline"
        /// The region is the total of the layer of regions.
        case regionIsTotal = "region-is-total"
        /// No whole number of the things makes the printed rate.
        case noCountFits = "no-count-fits"
        /// The change that the plan prints is not that from its baseline to its target.
        case statedChangeDiffers = "stated-change-differs"
        /// The value is to the baseline as one unit of area is to another.
        case unitMayBeOff = "unit-may-be-off"
    }

    /// A value that was found, in the unit of ``unit``.
    public struct Value: Hashable, Sendable {
        /// The number.
        public var number: Double
        /// What was measured: a layer's id, `union`, `sum`; nil for a value of the file itself.
        public var source: String?

        /// Creates a value.
        public init(number: Double, source: String? = nil) {
            self.number = number
            self.source = source
        }
    }

    /// The target.
    public var target: PlanTarget
    /// The state.
    public var state: State
    /// Why it cannot be judged; empty for every other state.
    public var reasons: [Reason]
    /// What stands beside the state.
    public var flags: [Flag]
    /// What should be known beside it.
    public var notes: [Note]
    /// The unit of the numbers below.
    public var unit: PlanUnit?
    /// The value that was judged: none, one, or one for each possible denominator.
    public var values: [Value]
    /// When the value holds; nil where that is not known.
    public var moment: PlanMoment?
    /// What the straight path asks for at that moment; nil where there is none.
    public var pathNumber: Double?
    /// The relative change from baseline to target: −0.288; nil where there is none.
    public var plannedChange: Double?
    /// The whole numbers of ``PlanTarget/total`` things that make the printed target; empty without a total.
    public var fittingCounts: [Int]
}

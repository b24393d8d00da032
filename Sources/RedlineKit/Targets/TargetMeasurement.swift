public import RedlineGeometry

/// A value of an indicator, as layers give it.
public struct TargetMeasurement: Hashable, Sendable {
    /// What was found.
    public enum Quantity: Hashable, Sendable {
        /// From 0 to 1.
        case share(Double)
        /// An area.
        case area(Area)
        /// A number of things.
        case count(Int)
        /// There is nothing to take a share of.
        case noDenominator
    }

    /// A value and what was measured.
    public struct Value: Hashable, Sendable {
        /// The value.
        public var quantity: Quantity
        /// The layer's id, or the denominator where several are possible.
        public var source: String

        /// Creates a value.
        public init(_ quantity: Quantity, source: String) {
            self.quantity = quantity
            self.source = source
        }
    }

    /// One value, or one for each possible denominator (`union`, `sum`).
    public var values: [Value]
    /// When they hold; nil where that is not known.
    public var moment: PlanMoment?
    /// Whether the region is the total of the layer of regions.
    public var isOfTotal: Bool

    /// Creates a measurement.
    public init(_ values: [Value], moment: PlanMoment?, isOfTotal: Bool = false) {
        self.values = values
        self.moment = moment
        self.isOfTotal = isOfTotal
    }
}

/// What layers say of a target before it is judged.
public enum TargetEvidence: Hashable, Sendable {
    /// They give its value.
    case measured(TargetMeasurement)
    /// They do not; a value in the file of targets is judged instead.
    case none
    /// They should and cannot, for this reason; a value in the file of targets is judged instead.
    case missing(TargetJudgement.Reason)
}

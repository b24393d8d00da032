/// What a target asks for, as a number in the unit of the comparison.
struct TargetAim {
    var comparator: PlanFigure.Comparator
    var number: Double
    /// Whether it holds at any time, so that there is no path to it.
    var isStanding = false
    /// How far the number may be off because it is the rounded baseline.
    var roundingHalfWidth = 0.0
    /// Which way is good for an approximate number.
    var direction: Indicator.Direction?

    /// Shares and areas are good to a part in a thousand million, and so is the comparison.
    static let tolerance = 1e-9

    /// Whether a value satisfies the aim, unrounded.
    func isSatisfied(by value: Double) -> Bool {
        let slack = Self.tolerance * abs(number)
        return switch comparator {
        case .atLeast: value >= number - slack
        case .moreThan: value > number + slack
        case .atMost: value <= number + slack
        case .lessThan: value < number - slack
        case .exactly: abs(value - number) <= slack
        case .about:
            switch direction {
            case .up: value >= number - slack
            case .down: value <= number + slack
            case nil: abs(value - number) <= slack
            }
        }
    }

    /// Which way is good, as the comparator says.
    var ownDirection: Indicator.Direction? {
        switch comparator {
        case .atLeast, .moreThan: .up
        case .atMost, .lessThan: .down
        case .about, .exactly: direction
        }
    }
}

extension PlanTarget {
    /// What the target asks for.
    ///
    /// - Parameters:
    ///   - unit: The unit of the comparison.
    ///   - approved: The number that the approved geometry gives.
    /// - Returns: The bound, and how it is meant.
    /// - Throws: ``AimFailure`` with the reasons why there is no number to compare with.
    func aim(in unit: PlanUnit?, approved: Double?) throws(AimFailure) -> TargetAim {
        let figure = target.figure
        switch figure.kind {
        case .setByHigherLevel: throw AimFailure([.targetSetAbove] + unknownBaseline)
        case .byReferenceStandard: throw AimFailure([.standardNotSupplied])
        case .unknown, .noDenominator: throw AimFailure([.targetUnknown] + unknownBaseline)
        case .unreadable: throw AimFailure([.targetNotRead])
        case .qualitative: throw AimFailure([])
        case .approvedGeometry:
            guard let approved else { throw AimFailure([.approvedGeometryMissing] + unknownBaseline) }
            return TargetAim(
                comparator: direction == .down ? .atMost : .atLeast, number: approved, isStanding: true,
                direction: direction)
        case .notLower: return try baselineAim(.atLeast, unit)
        case .notHigher: return try baselineAim(.atMost, unit)
        case .noChange:
            guard let direction else { throw AimFailure([.directionUnknown]) }
            return try baselineAim(direction == .up ? .atLeast : .atMost, unit)
        case .zeroEvents: return TargetAim(comparator: .atMost, number: 0, isStanding: true)
        case .number, .approximate, .cumulative, .ordinalClass: break
        }
        guard let number = figure.value(in: unit) else { throw AimFailure([.unitNotComparable]) }
        if let comparator = figure.comparator {
            return TargetAim(comparator: comparator, number: number, direction: direction)
        }
        // A plain number is a bound whose side the indicator's good direction tells.
        guard let direction else { throw AimFailure([.directionUnknown]) }
        return TargetAim(comparator: direction == .up ? .atLeast : .atMost, number: number, direction: direction)
    }

    private var unknownBaseline: [TargetJudgement.Reason] {
        baselines.contains { $0.figure.kind == .unknown } ? [.baselineUnknown] : []
    }

    private func baselineAim(
        _ comparator: PlanFigure.Comparator, _ unit: PlanUnit?
    ) throws(AimFailure) -> TargetAim {
        guard baselines.count <= 1 else { throw AimFailure([.twoBaselines]) }
        guard let baseline = baselines.first, baseline.figure.isLevel else { throw AimFailure([.baselineUnknown]) }
        guard let number = baseline.figure.value(in: unit) else { throw AimFailure([.unitNotComparable]) }
        return TargetAim(
            comparator: comparator, number: number, isStanding: true,
            roundingHalfWidth: baseline.figure.roundingHalfWidth(in: unit), direction: direction)
    }
}

/// Why a target asks for no number; no reason at all for words without a measure.
struct AimFailure: Error {
    var reasons: [TargetJudgement.Reason]

    init(_ reasons: [TargetJudgement.Reason]) { self.reasons = reasons }
}

extension PlanFigure {
    /// By how much the number in `unit` may be off because it is rounded.
    func roundingHalfWidth(in unit: PlanUnit?) -> Double {
        guard let own = self.unit, let unit else { return roundingHalfWidth }
        return own.convert(roundingHalfWidth, to: unit) ?? roundingHalfWidth
    }

    /// Whether `number`, printed with as many decimals as this figure, shows the same digits.
    public func isPrinted(of number: Double) -> Bool {
        guard let value else { return false }
        return abs(number - value) <= roundingHalfWidth * (1 + 1e-9) + abs(value) * TargetAim.tolerance
    }

    /// The whole numbers of `total` things that a printed rate in per cent can come from; empty where none does, or
    /// this is no rate.
    public func counts(of total: Int) -> [Int] {
        guard let value, unit == .percent, total > 0 else { return [] }
        let middle = Int((value / 100 * Double(total)).rounded())
        let reach = Int((roundingHalfWidth / 100 * Double(total)).rounded(.up)) + 1
        return (max(0, middle - reach)...max(0, min(total, middle + reach))).filter {
            isPrinted(of: 100 * Double($0) / Double(total))
        }
    }
}

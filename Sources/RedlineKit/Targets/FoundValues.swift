import RedlineGeometry

/// The values of a target, from layers or from its own file, on the way to one unit.
struct FoundValues {
    private(set) var numbers: [TargetJudgement.Value] = []
    private(set) var moment: PlanMoment?
    private(set) var isOfTotal = false
    /// Whether the value is only a bound, as in ≥30.
    private(set) var isBound = false
    /// What the value counts; nil where it does not say.
    private(set) var basis: String?
    /// Why there is none.
    private(set) var failure: TargetJudgement.Reason?
    /// The unit of the comparison: that of the target, else of the row, else of the baseline, else of the value.
    let unit: PlanUnit?
    private var quantities: [TargetMeasurement.Value] = []
    private var figure: PlanFigure?

    init(target: PlanTarget, evidence: TargetEvidence, asOf: CalendarDate?) {
        let own = target.target.figure.unit ?? target.unit ?? target.baselines.lazy.compactMap(\.figure.unit).first
        var natural: PlanUnit?
        if case .measured(let measurement) = evidence {
            quantities = measurement.values
            moment = measurement.moment
            isOfTotal = measurement.isOfTotal
            if case .share = quantities.first?.quantity {
                // Without a unit, a number up to 1 may be a fraction or per cent.
                let known = [target.target.figure.value, target.baselines.first?.figure.value].compactMap { $0 }
                natural = known.allSatisfy { $0 > 1 } ? .percent : nil
            } else if case .area = quantities.first?.quantity, target.target.figure.value == nil, own == nil {
                natural = .area(.squareMeter, times: 1)
            } else if case .count = quantities.first?.quantity {
                natural = .count
            }
        } else {
            if case .missing(let reason) = evidence { failure = reason }
            if let latest = Self.latest(of: target, asOf: asOf) {
                failure = nil
                figure = latest.figure
                basis = latest.basis
                moment = latest.period.map { PlanMoment(endOf: $0.end) }
                natural = latest.figure.unit
            }
        }
        unit = own ?? natural
    }

    /// The latest value of the file that can stand beside the target: a sum only for the same years.
    private static func latest(of target: PlanTarget, asOf: CalendarDate?) -> DatedFigure? {
        let usable = target.measured.filter { value in
            guard value.period?.start == target.target.period?.start else { return false }
            if let period = value.period, period.start != nil, period != target.target.period { return false }
            if let asOf, let year = value.period?.end, PlanMoment(endOf: year) > PlanMoment(endOf: asOf) {
                return false
            }
            return value.figure.kind != .unknown && value.figure.kind != .unreadable
        }
        let year = usable.compactMap { $0.period?.end }.max()
        let candidates = usable.filter { $0.period?.end == year }
        // Of several values for one year the worst one counts.
        return candidates.min {
            let (a, b) = ($0.figure.value ?? 0, $1.figure.value ?? 0)
            return target.direction == .down ? a > b : a < b
        }
    }

    /// Brings all values to `unit`; one that cannot be is the failure.
    mutating func bringNumbers(to unit: PlanUnit?) {
        if let figure {
            isBound =
                [.atLeast, .moreThan, .atMost, .lessThan].contains(figure.comparator)
                && figure.kind != .ordinalClass
            guard figure.kind != .noDenominator else { return failure = .noDenominator }
            guard figure.value != nil else { return failure = .notMeasured }
            guard let number = figure.value(in: unit) else { return failure = .unitNotComparable }
            numbers = [TargetJudgement.Value(number: number)]
        }
        for value in quantities {
            guard value.quantity != .noDenominator else { return failure = .noDenominator }
            guard let number = value.quantity.number(in: unit) else { return failure = .unitNotComparable }
            numbers.append(TargetJudgement.Value(number: number, source: value.source))
        }
    }
}

extension TargetMeasurement.Quantity {
    /// The number in `unit`; nil where it is none for this quantity.
    fileprivate func number(in unit: PlanUnit?) -> Double? {
        switch (self, unit) {
        case (.share(let share), .percent): share * 100
        case (.area(let area), .area): PlanUnit.area(.squareMeter, times: 1).value(area.squareMeters, in: unit)
        case (.count(let count), .count), (.count(let count), nil): Double(count)
        default: nil
        }
    }
}

extension PlanUnit {
    /// A number in this unit as one in `unit`; nil where they cannot be compared.
    func value(_ number: Double, in unit: PlanUnit?) -> Double? { unit.flatMap { convert(number, to: $0) } }
}

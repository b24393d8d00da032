public import RedlineGeometry

/// The denominator that an area and its printed share imply: 3 178 万亩 that are 65.5 % are a part of 4 848 to 4 856 万亩.
public struct ImpliedDenominator: Hashable, Sendable {
    /// The least denominator whose share prints as given.
    public var lower: Area
    /// The largest one.
    public var upper: Area
    /// By how much of itself the printed area may be off.
    private let slack: Double

    /// What an area and its share imply; nil where one of them is no plain number above zero in such a unit.
    ///
    /// - Parameters:
    ///   - area: The area, as printed.
    ///   - share: The share, in per cent, as printed; its rounding makes the interval.
    public init?(area: PlanFigure, share: PlanFigure) {
        guard area.kind == .number, share.kind == .number, area.comparator == nil, share.comparator == nil,
            let squareMeters = area.unit.flatMap({ _ in area.value(in: .area(.squareMeter, times: 1)) }),
            let percent = share.value(in: .percent), share.unit == .percent,
            squareMeters > 0, percent > share.roundingHalfWidth, let printed = area.value
        else { return nil }
        lower = Area(squareMeters: squareMeters / ((percent + share.roundingHalfWidth) / 100))
        upper = Area(squareMeters: squareMeters / ((percent - share.roundingHalfWidth) / 100))
        slack = area.roundingHalfWidth / printed
    }

    /// Whether one denominator can stand behind both, the rounding of the areas included.
    public func agrees(with other: ImpliedDenominator) -> Bool {
        lower.squareMeters * (1 - slack) <= other.upper.squareMeters * (1 + other.slack)
            && other.lower.squareMeters * (1 - other.slack) <= upper.squareMeters * (1 + slack)
    }
}

extension PlanTarget {
    /// What is printed as area and share of one thing in one year, by indicator: `redline-area` and `redline-share`.
    static func impliedDenominators(of targets: [PlanTarget]) -> [(share: PlanTarget, year: Int, ImpliedDenominator)] {
        func figures(_ target: PlanTarget) -> [DatedFigure] {
            target.baselines + [target.target] + target.measured
        }
        var found: [(share: PlanTarget, year: Int, ImpliedDenominator)] = []
        for share in targets {
            guard let id = share.indicator?.id, id.hasSuffix("-share") else { continue }
            let areas = targets.filter {
                $0.indicator?.id == id.dropLast("share".count) + "area" && $0.document == share.document
                    && $0.regionCode == share.regionCode && $0.regionName == share.regionName
            }
            for figure in figures(share) {
                for area in areas.flatMap(figures) {
                    guard let period = figure.period, period.start == nil, area.period == period,
                        let implied = ImpliedDenominator(area: area.figure, share: figure.figure)
                    else { continue }
                    found.append((share, period.end, implied))
                }
            }
        }
        return found
    }
}

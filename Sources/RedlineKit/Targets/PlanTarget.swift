/// A target of a plan: one indicator in one region, with its baseline, as the plan words it.
public struct PlanTarget: Hashable, Sendable {
    /// How strongly the plan means it.
    public enum Attribute: String, Hashable, Sendable, CaseIterable {
        /// 约束性.
        case binding
        /// 预期性.
        case expected
        /// The plan does not say.
        case unmarked
    }

    /// What is measured on a layer.
    public enum Quantity: String, Hashable, Sendable, CaseIterable {
        /// The union of the zones over the area of the region.
        case share
        /// The area of the union of the zones.
        case area
        /// The number of zones.
        case zones
    }

    /// Of what a share of a class of zones is taken.
    public enum Denominator: String, Hashable, Sendable, CaseIterable {
        /// Ground in two zones counts once.
        case union
        /// Ground in two zones counts twice.
        case sum
    }

    /// Where it stands: `line 5`.
    public var place: String
    /// Its own identifier in the file; nil where it has none.
    public var id: String?
    /// The plan; nil where the file does not say.
    public var document: String?
    /// The name of the indicator, as written.
    public var name: String
    /// What the indicator means; nil for one that is not known.
    public var indicator: Indicator?
    /// The code of the region; nil where only a name is given.
    public var regionCode: String?
    /// The name of the region.
    public var regionName: String?
    /// How strongly it is meant.
    public var attribute: Attribute = .unmarked
    /// Which way is good, where the file says so, else as the indicator means it; nil where neither is known.
    public var direction: Indicator.Direction?
    /// The unit of the row.
    public var unit: PlanUnit?
    /// The baseline: none, one, or several that contradict each other.
    public var baselines: [DatedFigure] = []
    /// What is to be reached.
    public var target: DatedFigure
    /// What the file itself says was reached, in its order.
    public var measured: [DatedFigure] = []
    /// The layer that the file names to measure it on.
    public var layer: String?
    /// The class of the zones that count; nil for all.
    public var zoneClass: String?
    /// What is measured on the layer; nil for what the indicator means.
    public var quantity: Quantity?
    /// Of what a share of a class is taken; nil where the plan does not say.
    public var denominator: Denominator?
    /// By how much a value may differ from an approximate target, in the unit of the target.
    public var band: Double?
    /// The number of things that a printed rate is a share of.
    public var total: Int?
    /// The change from baseline to target that the plan prints.
    public var statedChange: PlanFigure?
    /// The layer with the approved geometry, for a target that is whatever is approved.
    public var approvedLayer: String?
    /// Whether the plan calls its figures provisional.
    public var isProvisional = false

    /// Creates a target with nothing but what it must have.
    public init(place: String, name: String, target: DatedFigure) {
        self.place = place
        self.name = name
        self.target = target
        indicator = Indicator(named: name)
        direction = indicator?.direction
    }
}

/// A figure and when it counts.
public struct DatedFigure: Hashable, Sendable {
    /// What is printed.
    public var figure: PlanFigure
    /// The year or the years; nil where none is given.
    public var period: PlanPeriod?
    /// What the figure counts, where that changes between plans: `13 sections`.
    public var basis: String?
    /// Where it stands.
    public var place: String

    /// Creates a dated figure.
    public init(_ figure: PlanFigure, period: PlanPeriod? = nil, basis: String? = nil, place: String = "") {
        self.figure = figure
        self.period = period
        self.basis = basis
        self.place = place
    }
}

/// A year, or the years of a sum: `2025`, `2021-2025`.
public struct PlanPeriod: Hashable, Sendable, CustomStringConvertible {
    /// The first year of a sum; nil for a single year.
    public var start: Int?
    /// The last or only year.
    public var end: Int

    /// Creates a year.
    public init(_ year: Int) { end = year }

    /// Reads `2025`, `2025年`, `2025-12-31`, `2021-2025`, `2021—2025年`; nil for anything else.
    public init?(parsing text: some StringProtocol) {
        let plain = String(text).planNormalized.filter { $0 != "年" }
        let match = plain.wholeMatch(of: /([0-9]{4})(?:[-~至到]([0-9]{4}))?/)
        if let match, let first = Int(match.output.1) {
            guard let second = match.output.2 else {
                end = first
                return
            }
            guard let last = Int(second), last >= first else { return nil }
            start = first
            end = last
        } else if let day = CalendarDate(plain) {
            end = day.year
        } else {
            return nil
        }
    }

    /// `2025` or `2021-2025`.
    public var description: String { (start.map { "\($0)-" } ?? "") + String(end) }
}

/// A moment on the straight path between two figures, in years.
///
/// A figure of a year holds at its end, so that 2023 and 2023-12-31 are the same moment, 2023.0.
public struct PlanMoment: Hashable, Comparable, Sendable {
    /// Years; 2023.0 is the end of 2023.
    public var years: Double

    /// The end of a year.
    public init(endOf year: Int) { years = Double(year) }

    /// The end of a day.
    public init(endOf day: CalendarDate) {
        years = Double(day.year - 1) + Double(day.dayOfYear) / Double(day.daysInYear)
    }

    /// Whether `lhs` is the earlier one.
    public static func < (lhs: PlanMoment, rhs: PlanMoment) -> Bool { lhs.years < rhs.years }
}

extension CalendarDate {
    private var isInLeapYear: Bool { (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 }

    var daysInYear: Int { isInLeapYear ? 366 : 365 }

    /// 1 for the first of January.
    var dayOfYear: Int {
        let lengths = [31, isInLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return lengths[..<(month - 1)].reduce(day, +)
    }
}

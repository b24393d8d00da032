public import RedlineGeometry

/// What the targets of a file say about each other.
public struct TargetChecks: Sendable {
    /// Something that a person should look at; no value is changed by it.
    public struct Note: Hashable, Sendable {
        /// What kind of note it is.
        public enum Kind: String, Hashable, Sendable {
            /// A lower level asks for less than the level above it.
            case belowHigherLevel = "below-higher-level"
            /// An area may be printed in mu that are hectares.
            case unitSlip = "unit-slip"
            /// A part has more than the whole.
            case partExceedsWhole = "part-exceeds-whole"
            /// One plan prints several values for a baseline.
            case twoBaselines = "two-baselines"
            /// Figures of one row count different things.
            case basesDiffer = "bases-differ"
            /// Areas and shares of one region and year cannot have the same denominator.
            case denominatorsDiffer = "denominators-differ"
        }

        /// The kind.
        public var kind: Kind
        /// The places of the targets it is about.
        public var places: [String]
        /// A sentence.
        public var text: Remark
    }

    /// The notes, in the order of the targets.
    public private(set) var notes: [Note] = []

    /// The notes as warnings.
    public var warnings: [Remark] { notes.map(\.text) }

    /// Checks targets against each other.
    ///
    /// - Complexity: O(*n*²) in the number of targets of one indicator.
    public init(_ targets: [PlanTarget]) {
        for target in targets { checkRow(target) }
        let groups = Dictionary(grouping: targets.indices) { targets[$0].indicator?.id ?? targets[$0].name }
        for index in targets.indices {
            for other in groups[targets[index].indicator?.id ?? targets[index].name] ?? [] where other != index {
                checkLevels(targets[index], above: targets[other])
                checkUnits(targets[index], beside: targets[other])
            }
        }
        checkDenominators(targets)
    }

    /// Areas and shares that one plan prints for a region and year imply what the shares are taken of.
    private mutating func checkDenominators(_ targets: [PlanTarget]) {
        let implied = PlanTarget.impliedDenominators(of: targets)
        for (index, first) in implied.enumerated() {
            for second in implied[(index + 1)...] {
                guard first.year == second.year, first.share.region == second.share.region,
                    first.share.document == second.share.document, !first.2.agrees(with: second.2)
                else { continue }
                let (a, b) = (Self.span(first.2), Self.span(second.2))
                notes.append(
                    Note(
                        kind: .denominatorsDiffer, places: [first.share.place, second.share.place],
                        text: Remark(
                            zh: "指标表：\(first.year) 年“\(first.share.name)”（\(first.share.place)）的分母应为 \(a)，"
                                + "“\(second.share.name)”（\(second.share.place)）的应为 \(b)：两个占比的分母不同。",
                            en: "Targets, \(first.year): '\(first.share.name)' (\(first.share.place)) is a share of "
                                + "\(a), '\(second.share.name)' (\(second.share.place)) of \(b): their denominators "
                                + "differ.")))
            }
        }
    }

    /// `32321–32371 km²`.
    private static func span(_ implied: ImpliedDenominator) -> String {
        let ends = [implied.lower, implied.upper].map { $0.value(in: .squareKilometer) }
        let digits = (ends[0] < 100 ? 100.0 : 1)
        let words = ends.map { end in
            let rounded = (end * digits).rounded() / digits
            return Int(exactly: rounded).map(String.init) ?? String(rounded)
        }
        return words.joined(separator: "–") + " km²"
    }

    private mutating func checkRow(_ target: PlanTarget) {
        if target.baselines.count > 1 {
            let values = target.baselines.map { "\($0.figure.raw) (\($0.place))" }
            notes.append(
                Note(
                    kind: .twoBaselines, places: target.baselines.map(\.place),
                    text: Remark(
                        zh: "指标表 \(target.place)“\(target.name)”：以哪个为基期值，\(values.joined(separator: " 还是 "))？"
                            + "均予保留，均未采用。",
                        en: "Targets, \(target.place), '\(target.name)': which is the baseline, "
                            + "\(values.joined(separator: " or "))? All are kept, none is used.")))
        }
        if let basis = target.baselines.first?.basis, let other = target.target.basis, basis != other {
            notes.append(
                Note(
                    kind: .basesDiffer, places: [target.place],
                    text: Remark(
                        zh: "指标表 \(target.place)“\(target.name)”：基期值的口径为 \(basis)，目标值为 \(other)，两者之间不计算变化。",
                        en: "Targets, \(target.place), '\(target.name)': the baseline counts \(basis), the target "
                            + "\(other); no change is computed across them.")))
        }
    }

    /// A county or prefecture that asks for less than its prefecture or province.
    private mutating func checkLevels(_ lower: PlanTarget, above higher: PlanTarget) {
        guard let code = lower.regionCode, let outer = higher.regionCode,
            RegionCode(code)?.lies(in: outer) == true,
            lower.target.period?.end == higher.target.period?.end || lower.target.period == nil
                || higher.target.period == nil,
            let aim = try? lower.aim(in: lower.target.figure.unit, approved: nil), !aim.isStanding,
            let bound = try? higher.aim(in: lower.target.figure.unit, approved: nil), !bound.isStanding,
            let direction = lower.direction ?? aim.ownDirection
        else { return }
        let number = "\(lower.target.figure.raw) (\(lower.place))"
        if case .area = lower.target.figure.unit {
            guard direction == .up, aim.number > bound.number * (1 + TargetAim.tolerance) else { return }
            notes.append(
                Note(
                    kind: .partExceedsWhole, places: [lower.place, higher.place],
                    text: Remark(
                        zh: "指标表“\(lower.name)”：\(lower.region)为 \(number)，大于其所在的\(higher.region)的总量 "
                            + "\(higher.target.figure.raw)（\(higher.place)）。请核对单位；数值按原文保留。",
                        en: "Targets, '\(lower.name)': \(lower.region) has \(number), more than \(higher.region), "
                            + "in which it lies, has altogether: \(higher.target.figure.raw) (\(higher.place)). "
                            + "Check the units; the values stay as printed.")))
            return
        }
        let isLess = direction == .up ? aim.number < bound.number : aim.number > bound.number
        guard isLess, lower.target.figure.unit == .percent else { return }
        notes.append(
            Note(
                kind: .belowHigherLevel, places: [lower.place, higher.place],
                text: Remark(
                    zh: "指标表“\(lower.name)”：\(lower.region)的目标 \(number) 低于其所在的\(higher.region)的目标 "
                        + "\(higher.target.figure.raw)（\(higher.place)）。",
                    en: "Targets, '\(lower.name)': \(lower.region) asks for \(number), less than \(higher.region), "
                        + "in which it lies: \(higher.target.figure.raw) (\(higher.place)).")))
    }

    /// A number of mu that is what a round number of mu makes in hectares, while others speak of hectares.
    private mutating func checkUnits(_ target: PlanTarget, beside other: PlanTarget) {
        let figure = target.target.figure
        guard let value = figure.value, value > 0, case .area(let unit, let times)? = figure.unit,
            let hectares = unit.hectareTwin, case .area(let otherUnit, _)? = other.target.figure.unit,
            otherUnit.hectareTwin == nil, figure.roundingHalfWidth <= 0.002 * value,
            let round = Self.roundNumber(near: value * 15, within: figure.roundingHalfWidth * 15),
            !notes.contains(where: { $0.kind == .unitSlip && $0.places.first == target.place })
        else { return }
        let area = Area(value * times, unit).value(in: .squareKilometer)
        let shown = String((area * 100).rounded() / 100)
        let power = PlanUnit.area(unit, times: times).symbol(in: .zh)
        let twin = PlanUnit.area(hectares, times: times).symbol(in: .zh)
        notes.append(
            Note(
                kind: .unitSlip, places: [target.place, other.place],
                text: Remark(
                    zh:
                        "指标表 \(target.place)“\(target.name)”：\(figure.raw) 合 \(shown) km²，而 \(Self.plain(round)) \(power)"
                        + "等于 \(Self.plain(value)) \(twin)，\(other.place)为 \(other.target.figure.raw)：单位可能差 15 倍。"
                        + "数值按原文保留。",
                    en: "Targets, \(target.place), '\(target.name)': \(figure.raw) are \(shown) km², while "
                        + "\(Self.plain(round)) \(power) are \(Self.plain(value)) \(twin), and \(other.place) speaks of "
                        + "\(other.target.figure.raw): the unit may be off by 15. The value stays as printed.")))
    }

    /// A number of at most two significant digits within reach; nil where there is none.
    private static func roundNumber(near value: Double, within reach: Double) -> Double? {
        var power = 1.0
        while power * 100 <= value { power *= 10 }
        while power * 10 > value { power /= 10 }
        let candidate = (value / power).rounded() * power
        return abs(candidate - value) <= reach ? candidate : nil
    }

    private static func plain(_ value: Double) -> String { Int(exactly: value).map(String.init) ?? String(value) }
}

extension PlanTarget {
    /// The region by name and code, for messages.
    var region: String { [regionName, regionCode].compactMap { $0 }.joined(separator: " ") }
}

extension AreaUnit {
    /// The unit that a number of mu is mistaken for; nil for units that are no mu.
    fileprivate var hectareTwin: AreaUnit? {
        switch self {
        case .mu: .hectare
        case .tenThousandMu: .tenThousandHectares
        default: nil
        }
    }
}

/// A code of GB/T 2260: two digits each of province, prefecture and county.
struct RegionCode {
    private let digits: String

    /// Nil for text that is no such code.
    init?(_ text: String) {
        guard text.count >= 6, text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        digits = text
    }

    /// Whether the region is a part of that of `outer`, and not the same.
    func lies(in outer: String) -> Bool {
        guard RegionCode(outer) != nil, digits != outer else { return false }
        var prefix = Substring(outer)
        while prefix.hasSuffix("00"), prefix.count > 2 { prefix.removeLast(2) }
        return prefix.count < digits.count && digits.hasPrefix(prefix)
    }
}

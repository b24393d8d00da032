public import RedlineGeometry

extension PlanTarget {
    /// Judges the target.
    ///
    /// Values are compared unrounded. A value that satisfies the target meets it, early or not. One that does not is
    /// `not-met` once the target is due, or at once where it holds at any time (不降低, 不发生); before that it is on or
    /// behind the straight path from the baseline, a figure of a year holding at its end. Unknown is never zero.
    ///
    /// - Parameters:
    ///   - evidence: What layers say.
    ///   - approved: The area of the approved geometry, for a target that is whatever is approved.
    ///   - asOf: The day up to which values of the file count; nil for all.
    /// - Returns: The state and its reasons.
    public func judged(
        by evidence: TargetEvidence = .none, approved: Area? = nil, asOf: CalendarDate? = nil
    ) -> TargetJudgement {
        TargetJudge(target: self, approved: approved, asOf: asOf).judgement(evidence)
    }
}

extension [TargetJudgement] {
    /// The judgements with the binding ones first, otherwise as they were.
    public var bindingFirst: [TargetJudgement] {
        filter { $0.target.attribute == .binding } + filter { $0.target.attribute != .binding }
    }
}

/// The judging of one target.
struct TargetJudge {
    let target: PlanTarget
    let approved: Area?
    let asOf: CalendarDate?

    func judgement(_ evidence: TargetEvidence) -> TargetJudgement {
        var found = FoundValues(target: target, evidence: evidence, asOf: asOf)
        let unit = found.unit
        var judgement = TargetJudgement(
            target: target, state: .notEvaluable, reasons: [], flags: target.isProvisional ? [.provisional] : [],
            notes: [], unit: unit, values: [], moment: found.moment, pathNumber: nil, plannedChange: nil,
            fittingCounts: [])
        found.bringNumbers(to: unit)
        judgement.values = found.numbers
        addPlanNotes(to: &judgement)
        if found.isOfTotal { judgement.notes.append(.regionIsTotal) }
        let approvedNumber = approved.flatMap { PlanUnit.area(.squareMeter, times: 1).value($0.squareMeters, in: unit) }
        do throws(AimFailure) {
            let aim = try target.aim(in: unit, approved: approvedNumber)
            judgement.pathNumber = try? path(to: aim, at: found.moment, unit)
            guard found.failure == nil, !found.numbers.isEmpty else {
                judgement.reasons = [found.failure ?? .notMeasured]
                addFlags(to: &judgement, aim, unit)
                return judgement
            }
            judge(found, against: aim, unit, &judgement)
            addFlags(to: &judgement, aim, unit)
        } catch {
            judgement.reasons = error.reasons
            if error.reasons.isEmpty { judgement.state = .qualitative }
        }
        return judgement
    }

    /// Judges each value that the denominators leave open; where they disagree, nothing can be said.
    private func judge(
        _ found: FoundValues, against aim: TargetAim, _ unit: PlanUnit?, _ judgement: inout TargetJudgement
    ) {
        let numbers = found.numbers.filter { target.denominator == nil || $0.source == target.denominator?.rawValue }
        let verdicts = (numbers.isEmpty ? found.numbers : numbers).map {
            verdict(on: $0.number, found, against: aim, unit)
        }
        guard let first = verdicts.first else { return }
        guard verdicts.allSatisfy({ $0.state == first.state }) else {
            judgement.reasons = [.denominatorNotStated]
            return
        }
        judgement.state = first.state
        judgement.reasons = first.reasons
        judgement.notes += first.notes
    }

    private struct Verdict {
        var state: TargetJudgement.State
        var reasons: [TargetJudgement.Reason] = []
        var notes: [TargetJudgement.Note] = []

        init(_ state: TargetJudgement.State, notes: [TargetJudgement.Note] = []) {
            self.state = state
            self.notes = notes
        }

        init(_ reason: TargetJudgement.Reason) {
            state = .notEvaluable
            reasons = [reason]
        }
    }

    private func verdict(
        on number: Double, _ found: FoundValues, against aim: TargetAim, _ unit: PlanUnit?
    ) -> Verdict {
        if aim.isSatisfied(by: number) {
            return aim.isStanding && basesDiffer(found) ? Verdict(.basesDiffer) : Verdict(.met)
        }
        // A value that is only a bound itself cannot miss a target.
        if found.isBound { return Verdict(.notMeasured) }
        if aim.comparator == .about {
            guard let band = target.band else { return Verdict(.noBand) }
            if abs(number - aim.number) <= band { return Verdict(.met) }
        }
        if aim.isStanding {
            if basesDiffer(found) { return Verdict(.basesDiffer) }
            let isHidden = abs(number - aim.number) <= aim.roundingHalfWidth
            return isHidden ? Verdict(.withinRounding) : Verdict(.notMet)
        }
        guard let due = target.target.period.map({ PlanMoment(endOf: $0.end) }), let moment = found.moment else {
            return Verdict(.notMet, notes: printNotes(number) + (found.moment == nil ? [.dateUnknown] : []))
        }
        guard moment < due else { return Verdict(.notMet, notes: printNotes(number)) }
        if basesDiffer(found) { return Verdict(.basesDiffer) }
        do throws(AimFailure) {
            let path = try path(to: aim, at: moment, unit)
            var goal = aim
            goal.number = path
            goal.comparator = (aim.ownDirection ?? .up) == .up ? .atLeast : .atMost
            return Verdict(goal.isSatisfied(by: number) ? .onPath : .behindPath)
        } catch {
            return Verdict(error.reasons.first ?? .noPath)
        }
    }

    /// What the straight path from the baseline asks for at `moment`.
    private func path(to aim: TargetAim, at moment: PlanMoment?, _ unit: PlanUnit?) throws(AimFailure) -> Double {
        guard !aim.isStanding, target.target.figure.kind != .cumulative, target.target.figure.kind != .ordinalClass,
            target.target.period?.start == nil
        else { throw AimFailure([.noPath]) }
        guard target.baselines.count <= 1 else { throw AimFailure([.twoBaselines]) }
        guard let baseline = target.baselines.first else { throw AimFailure([.noBaseline]) }
        guard baseline.figure.isLevel else {
            throw AimFailure([baseline.figure.kind == .cumulative ? .noPath : .baselineUnknown])
        }
        guard let start = baseline.figure.value(in: unit) else { throw AimFailure([.unitNotComparable]) }
        guard let moment, let due = target.target.period?.end, let first = baseline.period?.end, first < due else {
            throw AimFailure([.noBaseline])
        }
        guard moment >= PlanMoment(endOf: first) else { throw AimFailure([.beforeBaseline]) }
        guard moment <= PlanMoment(endOf: due) else { throw AimFailure([.noPath]) }
        return start + (aim.number - start) * (moment.years - Double(first)) / Double(due - first)
    }

    /// Whether value and baseline say that they count different things.
    private func basesDiffer(_ found: FoundValues) -> Bool {
        guard let own = target.baselines.first?.basis else { return false }
        if let basis = found.basis { return basis != own }
        return target.target.basis.map { $0 != own } ?? false
    }
}

// MARK: - Flags and notes

extension TargetJudge {
    /// The only level that the plan gives as its baseline.
    private func level(_ unit: PlanUnit?) -> Double? {
        guard target.baselines.count == 1, let figure = target.baselines.first?.figure, figure.isLevel else {
            return nil
        }
        return figure.value(in: unit)
    }

    private func addFlags(to judgement: inout TargetJudgement, _ aim: TargetAim, _ unit: PlanUnit?) {
        guard target.target.figure.kind != .cumulative, let baseline = level(unit), let figure = target.baselines.first,
            let direction = target.direction ?? aim.ownDirection, !judgement.reasons.contains(.basesDiffer)
        else { return }
        if figure.basis != nil, target.target.basis != nil, figure.basis != target.target.basis { return }
        func isWorse(_ number: Double) -> Bool {
            // Within the rounding of the baseline nothing is known to be worse.
            let slack = figure.figure.roundingHalfWidth(in: unit) + TargetAim.tolerance * abs(baseline)
            return direction == .up ? number < baseline - slack : number > baseline + slack
        }
        let isTargetWorse = !aim.isStanding && isWorse(aim.number)
        if isTargetWorse { judgement.notes.append(.targetWorseThanBaseline) }
        let values = judgement.values
        if values.isEmpty ? isTargetWorse : values.allSatisfy({ isWorse($0.number) }) {
            judgement.flags.insert(.worseThanBaseline, at: 0)
        }
        // Area units are mixed up by fifteen (mu and hectares), a hundred (hectares and km²) and powers of ten thousand.
        if case .area = unit, let value = values.first?.number, baseline > 0, value > 0 {
            let ratio = max(value / baseline, baseline / value)
            if [15.0, 100, 1500, 1e4, 1.5e5].contains(where: { abs(ratio / $0 - 1) < 0.1 }) {
                judgement.notes.append(.unitMayBeOff)
            }
        }
    }

    private func addPlanNotes(to judgement: inout TargetJudgement) {
        if target.baselines.count > 1 { judgement.notes.append(.twoBaselines) }
        let figure = target.target.figure
        if figure.kind == .number, let goal = figure.value(in: judgement.unit), let start = level(judgement.unit),
            start != 0
        {
            let change = (goal - start) / start
            judgement.plannedChange = change
            if let stated = target.statedChange, !stated.isPrinted(of: 100 * change) {
                judgement.notes.append(.statedChangeDiffers)
            }
        }
        if let total = target.total {
            let printed =
                target.measured.last?.figure ?? (figure.kind == .number ? figure : target.baselines.first?.figure)
            judgement.fittingCounts = printed?.counts(of: total) ?? []
            if judgement.fittingCounts.isEmpty { judgement.notes.append(.noCountFits) }
        }
    }

    private func printNotes(_ number: Double) -> [TargetJudgement.Note] {
        target.target.figure.isPrinted(of: number) && target.target.figure.roundingHalfWidth > 0
            ? [.printsAsTarget] : []
    }
}

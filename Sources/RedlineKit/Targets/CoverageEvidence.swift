import RedlineGeometry

/// Judges targets by a table of land cover.
///
/// A target names a class, or its indicator is one that a class of the class map is declared to implement: land cover
/// alone is no 森林覆盖率. Others are judged by the values of their own file.
///
/// - Parameters:
///   - file: The targets.
///   - result: The land cover by region.
/// - Returns: The judgements and warnings.
public func judgeTargets(_ file: TargetFile, by result: CoverageResult) -> JudgedTargets {
    var evidence = CoverageEvidence(result: result, warnings: file.warnings)
    let judgements = file.targets.map { target in
        var target = target
        let found = evidence.evidence(for: &target)
        return target.judged(by: found, asOf: result.provenance.asOf)
    }
    return JudgedTargets(judgements: judgements.bindingFirst, warnings: evidence.warnings)
}

/// Finds the values of targets in a table of land cover.
struct CoverageEvidence {
    let result: CoverageResult
    private(set) var warnings: [Remark]

    init(result: CoverageResult, warnings: [Remark]) {
        self.result = result
        self.warnings = warnings
    }

    /// Above this part of a region without data, its values are less than known.
    private static let leastGap = 1e-3

    private enum Question {
        case share(class: Int), area(class: Int), cover(class: Int)
        case never
        case missing(TargetJudgement.Reason)
    }

    /// What the table says of a target.
    mutating func evidence(for target: inout PlanTarget) -> TargetEvidence {
        let question = question(of: target)
        if case .never = question { return .none }
        if case .missing(let reason) = question { return .missing(reason) }
        // Classes of which the plans say that they must not shrink.
        if target.direction == nil, let name = target.zoneClass, Indicator.keptFamilies.contains(name) {
            target.direction = .up
        }
        guard let region = result.regions.first(where: { isMeant($0, by: target) }) else {
            warnings.append(
                Remark(
                    zh: "指标表 \(target.place)“\(target.name)”：统计区图层中没有 \(target.region)。",
                    en: "Targets, \(target.place), '\(target.name)': the layer of regions has no \(target.region)."))
            return .missing(.regionNotInLayer)
        }
        guard let classes = region.classes, (region.unclassified?.share ?? 0) <= Self.leastGap else {
            return .missing(.regionNotCovered)
        }
        let quantity: TargetMeasurement.Quantity
        switch question {
        case .share(let place): quantity = .share(classes[place].share)
        case .area(let place): quantity = .area(Area(squareMeters: classes[place].area))
        case .cover(let place):
            // Cover values are per cent.
            guard let mean = classes[place].meanCover else { return .missing(.notMeasured) }
            quantity = .share(mean / 100)
        case .never, .missing: return .none
        }
        return .measured(
            TargetMeasurement([.init(quantity, source: result.options.landCover)], moment: moment))
    }

    private func question(of target: PlanTarget) -> Question {
        if let layer = target.layer, layer != result.options.landCover { return .missing(.notMeasured) }
        func place(_ isMeant: (LandCoverClass) -> Bool) -> Int? { result.classes.firstIndex(where: isMeant) }
        if let name = target.zoneClass {
            guard let own = place({ $0.id == name }) else { return .missing(.notMeasured) }
            if case .area = target.target.figure.unit ?? target.unit { return .area(class: own) }
            return target.quantity == .area ? .area(class: own) : .share(class: own)
        }
        switch target.indicator?.measure {
        case .definedShare:
            return place { $0.implements == .forestCoverage }.map { .share(class: $0) }
                ?? .missing(.definitionNotDeclared)
        case .meanCover:
            let declared = place { $0.implements == .grasslandCover } ?? place { $0.id == "grassland" }
            return declared.map { .cover(class: $0) } ?? .missing(.notMeasured)
        default: return .never
        }
    }

    private func isMeant(_ region: RegionLandCover, by target: PlanTarget) -> Bool {
        if let code = target.regionCode { return region.code == code }
        return target.regionName != nil && region.name == target.regionName
    }

    /// The day of the data: that of the run, else the edition of the layer.
    private var moment: PlanMoment? {
        if let asOf = result.provenance.asOf { return PlanMoment(endOf: asOf) }
        return result.provenance.layers.first { $0.id == result.options.landCover }?.edition.map {
            PlanMoment(endOf: $0)
        }
    }
}

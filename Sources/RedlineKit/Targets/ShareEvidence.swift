public import RedlineGeometry

/// The targets of a file, judged, and what is to be said beside them.
public struct JudgedTargets: Sendable {
    /// The judgements, binding targets first, otherwise in the order of the file.
    public var judgements: [TargetJudgement]
    /// What the user should know, without paths.
    public var warnings: [Remark]

    /// Creates the result.
    public init(judgements: [TargetJudgement], warnings: [Remark]) {
        self.judgements = judgements
        self.warnings = warnings
    }
}

/// Judges targets by a table of shares.
///
/// A target names its layer, or its indicator belongs to a family of which the table has a layer; others are judged by
/// the values of their own file. Targets for a class of zones, and those with an approved geometry, are tabulated anew,
/// each such layer once.
///
/// - Parameters:
///   - file: The targets.
///   - table: The shares of the zone layers by region.
///   - catalog: The catalog that the table was made from.
/// - Returns: The judgements and warnings.
/// - Throws: ``RedlineError`` where a layer cannot be read; `CancellationError`.
public func judgeTargets(
    _ file: TargetFile, by table: ShareTable, of catalog: Catalog
) async throws -> JudgedTargets {
    var evidence = ShareEvidence(table: table, catalog: catalog, warnings: file.warnings)
    var judgements: [TargetJudgement] = []
    for target in file.targets {
        var target = target
        let found = try await evidence.evidence(for: &target)
        let approved = try await evidence.approvedArea(for: target)
        judgements.append(target.judged(by: found, approved: approved, asOf: table.provenance.asOf))
    }
    return JudgedTargets(judgements: judgements.bindingFirst, warnings: evidence.warnings)
}

/// Finds the values of targets in tables of shares.
struct ShareEvidence {
    let table: ShareTable
    let catalog: Catalog
    private(set) var warnings: [Remark]
    /// Tables by class, and of approved layers, that were made already.
    private var made: [String: ShareTable] = [:]

    init(table: ShareTable, catalog: Catalog, warnings: [Remark]) {
        self.table = table
        self.catalog = catalog
        self.warnings = warnings
    }

    /// What a target asks of the layers; nothing for one that layers cannot answer.
    private struct Question {
        var layer: String
        var quantity: PlanTarget.Quantity
        var zoneClass: String?
        /// Whether the share is of all zones of the layer, not of the region.
        var isOfLayer = false
    }

    private enum Answerable {
        case question(Question)
        case never
        case missing(TargetJudgement.Reason)
    }

    /// What the table says of a target; a direction that only its layer tells is filled in.
    mutating func evidence(for target: inout PlanTarget) async throws -> TargetEvidence {
        let question: Question
        switch self.question(of: target) {
        case .never: return .none
        case .missing(let reason): return .missing(reason)
        case .question(let asked): question = asked
        }
        if target.direction == nil, let family = catalog.layer(question.layer)?.family,
            Indicator.keptFamilies.contains(family)
        {
            target.direction = .up
        }
        guard let place = regionPlace(of: target) else {
            warnings.append(
                Remark(
                    zh: "指标表 \(target.place)“\(target.name)”：图层“\(table.regionLayer)”中没有统计区 \(target.region)。",
                    en: "Targets, \(target.place), '\(target.name)': layer '\(table.regionLayer)' has no region "
                        + "\(target.region)."))
            return .missing(.regionNotInLayer)
        }
        if let region = place.region,
            table.uncovered.contains(where: { $0.layer == question.layer && $0.region == region })
        {
            return .missing(.regionNotCovered)
        }
        guard let values = try await values(question, place.region) else { return .missing(.notMeasured) }
        return .measured(
            TargetMeasurement(values, moment: moment(of: question.layer), isOfTotal: place.isStandIn))
    }

    /// The area of the approved geometry in the target's region; nil where there is none.
    mutating func approvedArea(for target: PlanTarget) async throws -> Area? {
        guard let layer = target.approvedLayer, let place = regionPlace(of: target) else { return nil }
        let approved = try await tabulated(layer, catalog, byClass: false, key: "approved/\(layer)")
        return approved.rows.first { $0.region == place.region && $0.group == .layer(layer) }?.zoneArea.chosen
    }

    // MARK: - Questions

    private func question(of target: PlanTarget) -> Answerable {
        let ids = table.closures.map(\.group.layerID)
        var family: String?
        var quantity = target.quantity
        var zoneClass = target.zoneClass
        var isOfLayer = false
        switch target.indicator?.measure {
        case .share(let own): (family, quantity) = (own, quantity ?? .share)
        case .area(let own): (family, quantity) = (own, quantity ?? .area)
        case .classShare(let own, let whole):
            (family, quantity, zoneClass, isOfLayer) = (whole, .share, zoneClass ?? own, true)
        case .definedShare where target.layer != nil: return .missing(.definitionNotDeclared)
        case .definedShare, .meanCover, nil: break
        }
        guard let layer = target.layer else {
            guard let family, let quantity else { return .never }
            guard let own = ids.first(where: { catalog.layer($0)?.family == family }) else {
                return .missing(.notMeasured)
            }
            return .question(Question(layer: own, quantity: quantity, zoneClass: zoneClass, isOfLayer: isOfLayer))
        }
        guard ids.contains(layer) else { return .missing(.notMeasured) }
        return .question(
            Question(
                layer: layer, quantity: quantity ?? quantityOfUnit(of: target), zoneClass: zoneClass,
                isOfLayer: isOfLayer))
    }

    /// What the unit of a target speaks of.
    private func quantityOfUnit(of target: PlanTarget) -> PlanTarget.Quantity {
        switch target.target.figure.unit ?? target.unit ?? target.baselines.first?.figure.unit {
        case .area: .area
        case .count: .zones
        default: .share
        }
    }

    /// The place of the region; nil for all together. A prefecture of which the layer has the counties, and a target
    /// without a region, are all together.
    private func regionPlace(of target: PlanTarget) -> (region: Int?, isStandIn: Bool)? {
        let (code, name) = (target.regionCode, target.regionName)
        if let code, let place = table.regions.firstIndex(where: { $0.code == code }) { return (place, false) }
        if let code, table.regions.allSatisfy({ $0.code.flatMap(RegionCode.init)?.lies(in: code) == true }) {
            return (nil, true)
        }
        if code == nil, let name, let place = table.regions.firstIndex(where: { $0.name == name }) {
            return (place, false)
        }
        let totals = ["total", "合计", "全域", "总计"]
        if (code ?? name).map({ totals.contains($0.lowercased()) }) ?? true { return (nil, false) }
        return nil
    }

    /// The day of the data: that of the run, else the edition of the layer; of all layers, the oldest.
    private func moment(of layer: String) -> PlanMoment? {
        if let asOf = table.provenance.asOf { return PlanMoment(endOf: asOf) }
        let ids = layer == "*" ? table.closures.map(\.group.layerID).filter { $0 != "*" } : [layer]
        let editions = table.provenance.layers.filter { ids.contains($0.id) }.map(\.edition)
        guard !editions.contains(nil) else { return nil }
        return editions.compactMap(\.self).min().map { PlanMoment(endOf: $0) }
    }

    // MARK: - Values

    private mutating func values(_ question: Question, _ region: Int?) async throws -> [TargetMeasurement.Value]? {
        let group: ZoneGroup = question.layer == "*" ? .allLayers : .layer(question.layer)
        guard let zoneClass = question.zoneClass else {
            return table.rows.first { $0.region == region && $0.group == group }.map {
                value($0, question, question.layer)
            }
        }
        guard question.layer != "*", let classes = try await classTable(of: zoneClass, question.layer) else {
            return nil
        }
        let rows = classes.table.rows.filter { $0.region == region }
        guard let whole = rows.first(where: { $0.group == group }) else { return nil }
        let part = rows.first { $0.group == .zoneClass(zoneClass, layer: question.layer) }
        guard part != nil || classes.isDeclared else { return nil }
        let partArea = part?.zoneArea.ellipsoidal.squareMeters ?? 0
        if question.isOfLayer {
            func ratio(_ denominator: Area, _ gross: Double, _ source: String) -> TargetMeasurement.Value {
                let base = denominator.squareMeters
                return TargetMeasurement.Value(base > 0 ? .share(min(1, gross / base)) : .noDenominator, source: source)
            }
            // Ground in two areas once, and twice: 60 of 100 and 60 of 110.
            return [
                ratio(whole.zoneArea.ellipsoidal, partArea, "union"),
                ratio(whole.grossArea.ellipsoidal, partArea, "sum"),
            ]
        }
        var row = part ?? whole
        if part == nil {
            row.share = whole.share.map { _ in 0 }
            row.zoneArea.chosen = .zero
            row.zones = 0
        }
        return value(row, question, "\(question.layer):\(zoneClass)")
    }

    private func value(_ row: ShareRow, _ question: Question, _ source: String) -> [TargetMeasurement.Value] {
        let quantity: TargetMeasurement.Quantity =
            switch question.quantity {
            case .share: row.share.map { .share($0) } ?? .noDenominator
            case .area: .area(row.zoneArea.chosen)
            case .zones: .count(row.zones)
            }
        return [TargetMeasurement.Value(quantity, source: source)]
    }

    /// A table with rows for classes among which a class can be; whether the catalog knows the class, so that none of
    /// it is zero and not unknown.
    private mutating func classTable(
        of zoneClass: String, _ id: String
    ) async throws -> (table: ShareTable, isDeclared: Bool)? {
        guard let place = catalog.layers.firstIndex(where: { $0.id == id }) else { return nil }
        let layer = catalog.layers[place]
        if !layer.classes.values.contains(zoneClass),
            let attribute = layer.attributes.first(where: { $0.values.values.contains(zoneClass) })
        {
            // A category, level or other attribute in the place of the class.
            var other = catalog
            other.layers[place].fields.class = attribute.field
            other.layers[place].classes = attribute.values
            let table = try await tabulated(id, other, byClass: true, key: "\(id)/\(attribute.field)")
            return (table, true)
        }
        let isDeclared = layer.classes.values.contains(zoneClass)
        if table.options.byClass { return (table, isDeclared) }
        return (try await tabulated(id, catalog, byClass: true, key: id), isDeclared)
    }

    private mutating func tabulated(
        _ id: String, _ catalog: Catalog, byClass: Bool, key: String
    ) async throws -> ShareTable {
        if let table = made[key] { return table }
        var options = table.options
        options.byClass = byClass
        options.hasLedger = false
        options.hasGeometry = false
        options.showsAllAreas = false
        let new = try await tabulateShares(of: [id], in: table.regionLayer, of: catalog, options: options)
        made[key] = new
        return new
    }
}

import RedlineGeometry
import RedlineKit

/// The words of the report for the terms of the domain.
enum Words {
    static func areaMethod(_ name: String, _ language: Language) -> String {
        switch name {
        case "ellipsoidal":
            language.pick(
                zh: "ellipsoidal，CGCS2000 椭球面积，边在经纬度上为直线",
                en: "ellipsoidal, on the CGCS2000 ellipsoid, edges straight in longitude and latitude")
        case "notice32":
            language.pick(
                zh: "notice32，国土调查办发〔2008〕32号梯形公式，每边一个梯形",
                en: "notice32, the trapezoids of notice 国土调查办发〔2008〕32号, one for each edge")
        case "geodesic":
            language.pick(zh: "geodesic，边为大地线的椭球面积", en: "geodesic, on the ellipsoid, edges are geodesics")
        default:
            language.pick(zh: "\(name) 投影平面面积", en: "\(name), in the plane of that projected CRS")
        }
    }

    static func state(_ state: SiteState, _ language: Language) -> String {
        switch state {
        case .skipped: language.pick(zh: "未筛查（跳过）", en: "skipped, not screened")
        case .conflict:
            language.pick(
                zh: "冲突：与管控区重叠，或受区外、任意地块规则约束",
                en: "in conflict: overlap a zone, or rules speak of their ground")
        case .notAssessable: language.pick(zh: "无法判定：部分或全部用地", en: "not assessable, in part or whole")
        case .near: language.pick(zh: "邻近管控区", en: "near a zone")
        case .touches: language.pick(zh: "仅与管控区相接", en: "only touching a zone")
        case .clearInData:
            language.pick(zh: "数据内未见冲突，但不等于无冲突", en: "clear in data: nothing met, but this is no clearance")
        case .clear: language.pick(zh: "无冲突", en: "clear")
        }
    }

    static func reason(_ reason: FindingReason, _ language: Language) -> String {
        switch reason {
        case .outsideExtent:
            language.pick(zh: "位于图层声明的数据范围之外", en: "outside the extent that the layer declares")
        case .noUnit:
            language.pick(
                zh: "不在任何单元内，而该图层应当全覆盖：数据问题",
                en: "in no unit of a layer that should cover its extent: a fault of the data")
        case .layerMissing:
            language.pick(zh: "该图层没有所选日期的数据", en: "the layer has no data for the day asked for")
        case .twoUnits:
            language.pick(
                zh: "部分用地同时在两个单元内，而该图层不应重叠：数据问题",
                en: "in two units of a layer that should not overlap: a fault of the data")
        case .rulesNotLoaded:
            language.pick(zh: "规则未加载", en: "rules not loaded")
        case .distanceNotSet:
            language.pick(zh: "规则只说周边，未设距离", en: "distance not set: the rule says \"around\" and gives no number")
        case .attributeMissing:
            language.pick(zh: "缺少规则所需的属性", en: "an attribute that rules ask for is missing")
        }
    }

    static func effect(_ effect: Effect, _ language: Language) -> String {
        switch effect {
        case .forbid: language.pick(zh: "禁止", en: "forbidden")
        case .remove: language.pick(zh: "清退", en: "to be removed")
        case .forbidOrRestrict: language.pick(zh: "依法禁止或限制", en: "banned or limited by law")
        case .presumptionAgainst: language.pick(zh: "原则上不得", en: "in principle not allowed")
        case .restrict: language.pick(zh: "限制", en: "restricted")
        case .condition: language.pick(zh: "附条件", en: "under conditions")
        case .advise: language.pick(zh: "引导", en: "guided")
        case .noLoss: language.pick(zh: "不减少", en: "no loss")
        case .enforce: language.pick(zh: "监管", en: "supervised")
        }
    }

    static func change(_ change: FindingChange, _ language: Language) -> String {
        switch change {
        case .new: language.pick(zh: "新增", en: "new")
        case .unchanged: language.pick(zh: "未变", en: "unchanged")
        case .changed: language.pick(zh: "有变化", en: "changed")
        case .absent: language.pick(zh: "消失", en: "absent")
        }
    }

    static func noApproval(_ language: Language) -> String {
        language.pick(zh: "筛查结果，不是审批意见。", en: "Screening result, not an approval.")
    }
}

/// A count with its noun, in the plural where it is not one.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

extension ScreeningText {
    /// What people call a layer.
    func title(_ layer: ScreenedLayer) -> String {
        TerminalText.plain(layer.title.text(in: settings.language) ?? layer.id)
    }

    /// Code and name of a zone; an asterisk marks a repaired one.
    func label(_ zone: ZoneReference?) -> String {
        guard let zone else { return "" }
        let words = [zone.code, zone.name].compactMap { $0 }.filter { !$0.isEmpty }
        let label = words.isEmpty ? "#" + zone.id : words.joined(separator: " ")
        return TerminalText.plain(label) + (zone.isRepaired ? " *" : "")
    }

    /// Identifier and name of a site.
    func label(_ site: ScreenedSite) -> String {
        TerminalText.plain(site.name == site.id ? site.id : site.id + " " + site.name)
    }

    /// An area in the unit of the run, without its symbol.
    func area(_ squareMeters: Double?) -> String {
        guard let squareMeters else { return "" }
        return PrintedNumbers.fixed(
            Area(squareMeters: squareMeters).value(in: settings.unit), decimals: settings.unit.decimals)
    }

    /// A length or distance with its unit.
    func length(_ meters: Double) -> String { PrintedNumbers.length(meters, settings.language) }

    /// The heading of a column of areas.
    func areaHeading(_ face: AreaFace) -> String {
        let name = faces.count == 1 ? pick(zh: "面积", en: "Area") : face.method
        let unit = settings.unit.symbol(in: settings.language)
        return pick(zh: "\(name)（\(unit)）", en: "\(name) (\(unit))")
    }

    /// Why a finding stands as it does, where that needs saying; that no rules are loaded at all is said once for all.
    func note(_ finding: Finding) -> String {
        var notes: [String] = []
        if let change = finding.change, change != .unchanged { notes.append(Words.change(change, settings.language)) }
        if let entry = finding.suppression {
            notes.append(pick(zh: "已接受：", en: "accepted: ") + TerminalText.plain(entry.reason + " (" + entry.who + ")"))
        }
        if let reason = finding.reason, reason != .rulesNotLoaded || result.rules != nil {
            notes.append(Words.reason(reason, settings.language))
        }
        if let shift = finding.fragile(settings.language) { notes.append(shift) }
        return notes.joined(separator: pick(zh: "；", en: "; "))
    }

    /// What people call the layer of a finding.
    func layerTitle(_ finding: Finding) -> String {
        finding.layerIndex.map { title(result.layers[$0]) } ?? pick(zh: "任何地块", en: "Any ground")
    }

    /// The effect in words; a dash where it was not judged.
    func effectWords(_ finding: Finding) -> String {
        guard result.rules != nil else { return "" }
        if let effect = finding.effect { return Words.effect(effect, settings.language) }
        return finding.reason == nil ? "" : pick(zh: "未判定", en: "not judged")
    }

    func certaintyWords(_ finding: Finding) -> String {
        switch finding.certainty {
        case .certain: pick(zh: "确定", en: "certain")
        case .possible: pick(zh: "可能", en: "possible")
        case nil: ""
        }
    }
}

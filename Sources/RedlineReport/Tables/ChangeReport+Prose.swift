import RedlineGeometry
import RedlineKit
import RedlineMeasure

extension ChangeReport {
    /// How many zones with a changed attribute are named in text.
    private static let namedZones = 20

    /// What people read around the table.
    var prose: TableProse {
        var prose = TableProse()
        let unit = settings.unit.symbol(in: settings.language)
        prose.header = [
            pick(
                zh: "两版对比：\(changes.regions.count) 个统计区；旧版\(edition(0))，新版\(edition(1))",
                en:
                    "Two editions in \(changes.regions.count) \(changes.regions.count == 1 ? "region" : "regions"): old\(edition(0)), new\(edition(1))"
            ),
            pick(zh: "面积：", en: "Areas: ") + Words.areaMethod(AreaMethod.ellipsoidal.description, settings.language)
                + pick(zh: "；单位：\(unit)", en: "; in \(unit)"),
            accuracyLine,
            pick(
                zh: "结论：保持、减损，数据不足以判断时为无法评价（数据格式中依次为 kept、lost、not-evaluable）",
                en: "Verdicts: kept, lost, or not-evaluable where the data do not say"),
        ]
        prose.sections = [TableProse.Section(rows: changes.rows.indices, notes: changes.closures.map(closureLine))]
        prose.notes = totalLines + classLines + zoneLines
        if let wording = changes.rules.wording?.text(in: settings.language) {
            prose.notes.append(
                pick(zh: "规划用语：“\(wording)”。", en: "As the plan words it: \"\(wording)\"."))
        }
        prose.notes += dutyLines
        return prose
    }

    /// What the loaded rules demand of those who keep the layer.
    private var dutyLines: [String] {
        guard let duties = changes.duties, !duties.isEmpty else { return [] }
        let heading = pick(
            zh: "已加载规则对该图层的要求（全部统计区合计）：", en: "What loaded rules demand for this layer (all regions together):")
        return [heading]
            + duties.map { duty in
                let summary = TerminalText.plain(duty.rule.summary.text(in: settings.language) ?? "")
                let wording = duty.rule.wording.map { pick(zh: "，原文“\($0)”", en: ", worded \"\($0)\"") } ?? ""
                let verdicts = duty.dimensions.map { dimension in
                    let verdict = Self.verdictWords[dimension.verdict.rawValue]?.text(in: settings.language)
                    let name = pick(zh: Self.dimensions[dimension.name] ?? dimension.name, en: dimension.name)
                    return name + pick(zh: "", en: " ") + (verdict ?? dimension.verdict.rawValue)
                }.joined(separator: pick(zh: "，", en: ", "))
                return "  \(duty.rule.id)  " + Words.effect(duty.rule.effect, settings.language)
                    + pick(zh: "：", en: ": ") + summary + wording
                    + (verdicts.isEmpty ? "" : pick(zh: "：", en: ": ") + verdicts)
            }
    }

    /// What must not fall, in Chinese.
    private static let dimensions = [
        "area": "面积", "area-share": "面积占比", "location": "位置", "nature": "性质", "function": "功能", "count": "数量",
    ]

    private func edition(_ place: Int) -> String {
        let layer = changes.provenance.layers[place]
        let words = [layer.title.text(in: settings.language), layer.edition?.description].compactMap { $0 }
        let count = layer.features ?? 0
        let name = words.joined(separator: pick(zh: "，", en: ", "))
        var counts = pick(zh: "\(count) 个要素", en: "\(count) \(count == 1 ? "feature" : "features")")
        if layer.repaired > 0 { counts += pick(zh: "，修复 \(layer.repaired) 个", en: ", \(layer.repaired) repaired") }
        return pick(
            zh: (name.isEmpty ? "" : "“\(name)”") + "（\(counts)）",
            en: (name.isEmpty ? "" : " \"\(name)\"") + " (\(counts))")
    }

    private var accuracyLine: String {
        let width = PrintedNumbers.chosenLength(changes.accuracy.meters, settings.language)
        let source =
            switch changes.accuracySource {
            case .option: pick(zh: "由选项给定", en: "as asked for")
            case .declared: pick(zh: "图层声明的精度", en: "the accuracy that the layers declare")
            case .standard: pick(zh: "未声明精度，取默认值", en: "the default, because no accuracy is declared")
            }
        return pick(
            zh: "噪声：宽度不超过 \(width)（\(source)）的减少或增加，计入面积，不影响结论",
            en:
                "Noise: lost or gained ground no wider than \(width) (\(source)); it counts in areas and moves no verdict"
        )
    }

    private func closureLine(_ closure: ChangeClosure) -> String {
        let name =
            switch closure.measure {
            case "lost": pick(zh: "减少", en: "lost")
            case "gained": pick(zh: "增加", en: "gained")
            default: pick(zh: "未变", en: "unchanged")
            }
        return pick(
            zh: "闭合（\(name)）：各行之和 \(exact(closure.sum)) m²，整体 \(exact(closure.whole)) m²，残差 "
                + "\(exact(closure.residual)) m²；统计区之外 \(exact(closure.outside)) m²",
            en: "Closure (\(name)): rows sum to \(exact(closure.sum)) m², the whole is \(exact(closure.whole)) m², "
                + "residual \(exact(closure.residual)) m²; outside every region \(exact(closure.outside)) m²")
    }

    /// Square metres to the thousandth; data formats have all digits.
    private func exact(_ area: Area) -> String {
        abs(area.squareMeters) < 0.0005 ? "0.000" : PrintedNumbers.fixed(area.squareMeters, decimals: 3)
    }

    private var totalLines: [String] {
        guard let total = changes.rows.last else { return [] }
        var lines: [String] = []
        if let share = total.keptShare {
            let words = PrintedNumbers.percent(share)
            lines.append(
                pick(zh: "旧版面积的 \(words) 在新版中仍为管控区。", en: "\(words) of the old ground is still in a zone."))
        }
        if total.isUnchangedWithinAccuracy, total.lostNoise.squareMeters + total.gainedNoise.squareMeters > 0 {
            lines.append(
                pick(
                    zh: "在精度范围内没有变化：所有差异的宽度都不超过上述精度。",
                    en: "Unchanged within accuracy: no difference is wider than that."))
        }
        if total.countVerdict == .lost {
            lines.append(
                pick(
                    zh: "管控区由 \(total.oldCount) 个减为 \(total.newCount) 个。",
                    en: "There are fewer zones: \(total.newCount), formerly \(total.oldCount)."))
        }
        return lines
    }

    /// Ground whose class is another one now.
    private var classLines: [String] {
        var sums: [[String]: Double] = [:]
        for flow in changes.flows {
            guard let new = flow.new, let before = flow.old.class, let after = new.class, before != after else {
                continue
            }
            sums[[before, after], default: 0] += flow.area.squareMeters
        }
        let unit = settings.unit
        return sums.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { classes, area in
            let words =
                PrintedNumbers.fixed(Area(squareMeters: area).value(in: unit), decimals: unit.decimals)
                + " " + unit.symbol(in: settings.language)
            let names = classes.map(TerminalText.plain)
            return pick(zh: "类别变化：\(names[0]) → \(names[1])，\(words)", en: "Class: \(names[0]) → \(names[1]), \(words)")
        }
    }

    /// The zones whose attributes changed, and how many are gone and new.
    private var zoneLines: [String] {
        var lines: [String] = []
        let gone = changes.zones.count { $0.new == nil }
        let added = changes.zones.count { $0.old == nil }
        if gone + added > 0 {
            lines.append(
                pick(
                    zh: "没有对应管控区的：旧版 \(gone) 个，新版 \(added) 个。",
                    en: "Zones without a counterpart: \(gone) of the old edition, \(added) of the new one."))
        }
        let changed = changes.zones.filter { !$0.changed.isEmpty }
        for zone in changed.prefix(Self.namedZones) {
            let name = TerminalText.plain(
                [zone.old?.code ?? zone.old?.id, zone.old?.name].compactMap { $0 }.joined(separator: " "))
            let words = zone.changed.map {
                "\($0.name) \($0.old ?? "–") → \($0.new ?? "–")"
            }
            lines.append(
                pick(zh: "属性变化：", en: "Changed: ") + name + pick(zh: "：", en: ": ")
                    + TerminalText.plain(words.joined(separator: pick(zh: "；", en: "; "))))
        }
        if changed.count > Self.namedZones {
            let rest = changed.count - Self.namedZones
            lines.append(pick(zh: "另有 \(rest) 个；json 列出全部。", en: "and \(rest) more; json lists all."))
        }
        return lines
    }
}

import RedlineGeometry
public import RedlineKit

/// Turns judged targets into rows and columns.
public struct TargetReport: Sendable {
    /// The targets.
    public let targets: JudgedTargets
    /// How they are written.
    public let settings: ReportSettings

    /// Creates a report of `targets`.
    public init(_ targets: JudgedTargets, settings: ReportSettings = ReportSettings()) {
        self.targets = targets
        self.settings = settings
    }

    func pick(zh: @autoclosure () -> String, en: @autoclosure () -> String) -> String {
        settings.language.pick(zh: zh(), en: en())
    }

    /// The table: a row for each target, binding ones first.
    package var report: TableReport {
        let columns = [
            TableColumn("place", .text, zh: "位置", en: "Place", isPrinted: false),
            TableColumn("document", .text, zh: "文件", en: "Document", isPrinted: false),
            TableColumn("indicator", .text, zh: "指标代码", en: "Indicator id", isPrinted: false),
            TableColumn("indicator_name", .text, zh: "指标", en: "Indicator"),
            TableColumn("region_code", .text, zh: "编码", en: "Code"),
            TableColumn("region_name", .text, zh: "统计区", en: "Region"),
            TableColumn("attribute", .text, zh: "属性", en: "Attribute", words: Self.attributeWords),
            TableColumn("unit", .text, zh: "单位", en: "Unit", words: ["class": LocalizedText(zh: "类", en: "class")]),
            TableColumn("baseline", .text, zh: "基期值", en: "Baseline"),
            TableColumn("baseline_year", .text, zh: "基期年", en: "Year", isPrinted: false),
            TableColumn("target", .text, zh: "目标值", en: "Target"),
            TableColumn("target_year", .text, zh: "目标年", en: "By"),
            TableColumn("measured", .number, zh: "实际值", en: "Measured", isPrinted: false),
            TableColumn("measured_of", .text, zh: "数据来源", en: "Measured on", isPrinted: false),
            TableColumn("measured_other", .number, zh: "另一分母下的值", en: "With the other denominator", isPrinted: false),
            TableColumn("measured_other_of", .text, zh: "另一分母", en: "The other denominator", isPrinted: false),
            TableColumn("measured_text", .text, zh: "实际值", en: "Measured"),
            TableColumn("measured_at", .number, zh: "数据时间（年）", en: "Measured at (years)", isPrinted: false),
            TableColumn("path", .number, zh: "直线路径值", en: "Path", isPrinted: false),
            TableColumn("state", .text, zh: "状态", en: "State", words: Self.stateWords),
            TableColumn("reason", .text, zh: "原因", en: "Reason", isPrinted: false),
            TableColumn("flags", .text, zh: "标记", en: "Flags", words: flagWords),
            TableColumn("notes", .text, zh: "附注", en: "Notes", isPrinted: false),
            TableColumn("explanation", .text, zh: "说明", en: "Explanation"),
        ]
        var provenance = Provenance(verb: "targets")
        // Places in the file are `line 5` in data.
        provenance.warnings = targets.warnings.map { warning in
            Remark(zh: warning.zh.replacing(/\s?\bline (\d+)/) { "第 \($0.output.1) 行" }, en: warning.en)
        }
        var report = TableReport(
            name: "targets", columns: columns, rows: targets.judgements.map(row), provenance: provenance,
            settings: settings)
        report.prose.header = [
            pick(
                zh: "规划指标：约束性在前；状态按未四舍五入的数值判断，年度数值视为当年年末",
                en:
                    "Targets: binding ones first; values are compared unrounded, and a figure of a year holds at its end"
            )
        ]
        return report
    }

    private func row(_ judgement: TargetJudgement) -> TableRow {
        let target = judgement.target
        let (first, other) = (judgement.values.first, judgement.values.dropFirst().first)
        return TableRow([
            .text(target.place), ReportValue(target.document), ReportValue(target.indicator?.id), .text(target.name),
            ReportValue(target.regionCode), ReportValue(target.regionName), .text(target.attribute.rawValue),
            ReportValue(judgement.unit?.symbol(in: settings.language)), joined(target.baselines.map(\.figure.raw)),
            ReportValue(target.baselines.first?.period?.description), .text(target.target.figure.raw),
            ReportValue(target.target.period?.description), ReportValue(first?.number), ReportValue(first?.source),
            ReportValue(other?.number), ReportValue(other?.source), ReportValue(measuredText(judgement)),
            ReportValue(judgement.moment?.years), ReportValue(judgement.pathNumber), .text(judgement.state.rawValue),
            joined(judgement.reasons.map(\.rawValue)), joined(judgement.flags.map(\.rawValue)),
            joined(judgement.notes.map(\.rawValue)), ReportValue(explanation(judgement)),
        ])
    }

    private func joined(_ words: [String]) -> ReportValue {
        words.isEmpty ? .null : .text(words.joined(separator: "|"))
    }

    /// The values with two decimals more than the plan prints.
    private func measuredText(_ judgement: TargetJudgement) -> String? {
        guard !judgement.values.isEmpty else { return nil }
        let target = judgement.target
        let printed = [target.target.figure.decimals] + target.baselines.map(\.figure.decimals)
        let decimals = min((printed.compactMap(\.self).max() ?? 0) + 2, 9)
        let isExact = judgement.unit == .count || target.target.figure.kind == .ordinalClass
        return judgement.values.map { value in
            if target.target.figure.kind == .ordinalClass, let place = Self.classes[Int(value.number)] {
                return pick(zh: place + "类", en: "class " + place)
            }
            let number = PrintedNumbers.fixed(value.number, decimals: isExact ? 0 : decimals)
            return judgement.values.count > 1 ? number + (value.source.map(sourceWords) ?? "") : number
        }.joined(separator: pick(zh: "，", en: ", "))
    }

    /// Classes of quality as plans print them.
    private static let classes = [1: "Ⅰ", 2: "Ⅱ", 3: "Ⅲ", 4: "Ⅳ", 5: "Ⅴ"]

    private func explanation(_ judgement: TargetJudgement) -> String? {
        var words = judgement.reasons.map { self.words($0) }
        if judgement.state == .onPath || judgement.state == .behindPath, let path = judgement.pathNumber {
            let decimals = min((judgement.target.target.figure.decimals ?? 0) + 2, 9)
            let number = PrintedNumbers.fixed(path, decimals: decimals)
            words.append(pick(zh: "直线路径值 \(number)", en: "path \(number)"))
        }
        if !judgement.fittingCounts.isEmpty, let total = judgement.target.total {
            let counts = judgement.fittingCounts
            let span = counts.count == 1 ? "\(counts[0])" : "\(counts[0])–\(counts[counts.count - 1])"
            words.append(pick(zh: "\(total) 个中的 \(span) 个", en: "\(span) of \(total)"))
        }
        if judgement.notes.contains(.statedChangeDiffers), let change = judgement.plannedChange {
            let own = PrintedNumbers.fixed(100 * change, decimals: 1)
            let stated = judgement.target.statedChange?.raw ?? ""
            words.append(
                pick(zh: "由基期到目标的变化为 \(own)%，文件印为 \(stated)", en: "the change is \(own) %, the plan prints \(stated)"))
        }
        words += judgement.notes.filter { $0 != .statedChangeDiffers }.map { self.words($0) }
        return words.isEmpty ? nil : words.joined(separator: pick(zh: "；", en: "; "))
    }
}

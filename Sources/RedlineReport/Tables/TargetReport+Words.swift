import RedlineKit

extension TargetReport {
    /// States as people read them; data formats keep the words of the contract.
    static let stateWords = TargetJudgement.State.words { state in
        switch state {
        case .met: "已达到"
        case .notMet: "未达到"
        case .onPath: "符合进度"
        case .behindPath: "落后进度"
        case .qualitative: "定性，不评价"
        case .notEvaluable: "无法评价"
        }
    }

    /// How strongly a target is meant, as people read it.
    static let attributeWords = PlanTarget.Attribute.words { attribute in
        switch attribute {
        case .binding: "约束性"
        case .expected: "预期性"
        case .unmarked: "未注明"
        }
    }

    /// The flags of the targets, as people read them.
    var flagWords: [String: LocalizedText] {
        func word(_ flag: TargetJudgement.Flag) -> String {
            switch flag {
            case .worseThanBaseline: "劣于基期"
            case .provisional: "暂定"
            }
        }
        let lists = Set(targets.judgements.map(\.flags)).map { flags in
            (
                flags.map(\.rawValue).joined(separator: "|"),
                LocalizedText(
                    zh: flags.map(word).joined(separator: "、"), en: flags.map(\.rawValue).joined(separator: ", "))
            )
        }
        return Dictionary(uniqueKeysWithValues: lists)
    }

    /// What a value was measured on, where there are several.
    func sourceWords(_ source: String) -> String {
        let zh = ["union": "重叠只计一次", "sum": "重叠计两次"][source] ?? source
        return pick(zh: "（\(zh)）", en: " (\(source))")
    }

    /// A reason in words.
    func words(_ reason: TargetJudgement.Reason) -> String {
        switch reason {
        case .targetSetAbove: pick(zh: "目标由上级下达，未提供", en: "the target is set by the higher level and not given")
        case .approvedGeometryMissing: pick(zh: "未提供批准的图形", en: "the approved geometry was not given")
        case .standardNotSupplied: pick(zh: "未提供所引用的标准", en: "the standard it points to was not given")
        case .targetUnknown: pick(zh: "没有目标值", en: "there is no target figure")
        case .targetNotRead: pick(zh: "目标值无法识别", en: "the target figure is not understood")
        case .baselineUnknown: pick(zh: "基期值未知（不等于 0）", en: "the baseline is unknown, which is not 0")
        case .noBaseline:
            pick(zh: "未达到且未到期，没有基期值，无路径可比", en: "not there yet and not due; without a baseline there is no path")
        case .twoBaselines: pick(zh: "文件给出多个基期值", en: "the plan prints several baselines")
        case .withinRounding: pick(zh: "差异在基期值的四舍五入范围内", en: "within the rounding of the baseline")
        case .noBand: pick(zh: "目标为约数，未规定允许偏差", en: "the target is approximate, and no band is stated")
        case .noDenominator: pick(zh: "分母为零，无法计算", en: "there is no denominator")
        case .notMeasured: pick(zh: "没有实际值", en: "there is no measured value")
        case .regionNotInLayer: pick(zh: "统计区不在图层中", en: "the region is not in the layer")
        case .regionNotCovered: pick(zh: "图层未覆盖该统计区全部", en: "the layer does not cover all of the region")
        case .unitNotComparable: pick(zh: "单位缺失、无法识别或不可比", en: "the unit is missing, not understood or of another kind")
        case .directionUnknown: pick(zh: "未说明数值越大越好还是越小越好", en: "it is not said whether more or less is better")
        case .noPath: pick(zh: "未达到且未到期，累计值或类别没有直线路径", en: "not there yet and not due; a sum or class has no path")
        case .beforeBaseline: pick(zh: "数据早于基期", en: "the data are older than the baseline")
        case .basesDiffer: pick(zh: "口径不同，不作比较", en: "the figures count different things")
        case .denominatorNotStated:
            pick(
                zh: "结论取决于重叠部分计一次还是两次，文件未说明",
                en: "it depends on whether overlaps count once or twice, which is not said")
        case .definitionNotDeclared:
            pick(zh: "该指标有法定定义，土地覆盖占比不等于该指标", en: "it has a legal definition that land cover alone does not meet")
        }
    }

    /// A note in words.
    func words(_ note: TargetJudgement.Note) -> String {
        switch note {
        case .printsAsTarget: pick(zh: "四舍五入后与目标相同，按未四舍五入的数值判断", en: "prints as the target; compared unrounded")
        case .dateUnknown:
            pick(zh: "数据日期未知，直接与目标值比较", en: "the day of the data is unknown; judged against the target itself")
        case .twoBaselines: pick(zh: "文件给出多个基期值，均未采用", en: "the plan prints several baselines; none is used")
        case .targetWorseThanBaseline: pick(zh: "目标本身劣于基期", en: "the target itself is worse than the baseline")
        case .regionIsTotal: pick(zh: "以图层中全部统计区合计代替", en: "measured on all regions of the layer together")
        case .noCountFits: pick(zh: "没有整数个数与印出的比例相符", en: "no whole number gives the printed rate")
        case .statedChangeDiffers: pick(zh: "印出的变化与基期、目标不符", en: "the printed change is another one")
        case .unitMayBeOff:
            pick(zh: "与基期值相差一个单位换算倍数，请核对单位", en: "off from the baseline by a factor between units; check the unit")
        }
    }
}

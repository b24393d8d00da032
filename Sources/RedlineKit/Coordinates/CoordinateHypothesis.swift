import CoordinateReference
public import RedlineGeometry

/// One reading of the numbers of a file, and what speaks for and against it.
public struct CoordinateHypothesis: Sendable {
    /// What `--crs` takes; nil where the user's own parameters are needed, or where one of several meridians is meant.
    public var crs: String?
    /// What it is called.
    public var title: Remark
    /// Where the middle of the data would lie, in longitude and latitude.
    public var center: Position
    /// What speaks for it and against it, the weightier first.
    public var evidence: [Remark]
    /// How well it fits; the highest is the best.
    public var score: Int
    /// Whether it stands on an older datum, for which `--crs` needs the user's own parameters.
    public var needsParameters = false
    /// What `--crs` takes once those parameters are filled in; nil where none are needed, or where a PROJ string cannot
    /// say it.
    public var template: String?
}

/// What the numbers of a file can be, best first.
public struct CoordinateDiagnosis: Sendable {
    /// The readings; empty where the numbers fit none.
    public var hypotheses: [CoordinateHypothesis]
    /// What no number can tell, such as the datum.
    public var limits: Remark?

    /// The best reading, where no other fits as well.
    public var best: CoordinateHypothesis? {
        guard let first = hypotheses.first, first.crs != nil else { return nil }
        return hypotheses.count > 1 && hypotheses[1].score == first.score ? nil : first
    }

    /// Whether one reading fits better than all others, be it one that needs the user's own parameters.
    public var isDecided: Bool {
        guard let first = hypotheses.first, first.crs != nil || first.template != nil else { return false }
        return hypotheses.count < 2 || hypotheses[1].score != first.score
    }

    /// The best reading, its evidence, the next one, and what cannot be told, in one line.
    public var summary: Remark {
        guard let first = hypotheses.first else {
            return Remark(
                zh: "这些数值不符合任何已知的坐标表示方式。", en: "The numbers fit no way of writing coordinates that is known here.")
        }
        let lead =
            !isDecided
            ? Remark(zh: "可能是（无法确定）", en: "The numbers may be (this cannot be decided)")
            : Remark(zh: "数值最符合", en: "The numbers fit best as")
        var zh = lead.zh + "：" + Self.words(first, isChinese: true)
        var en = lead.en + " " + Self.words(first, isChinese: false)
        if hypotheses.count > 1 {
            zh += "；其次：" + Self.words(hypotheses[1], isChinese: true)
            en += "; next " + Self.words(hypotheses[1], isChinese: false)
        }
        // The older datums have been named then.
        if let limits, !hypotheses.prefix(2).contains(where: \.needsParameters) {
            zh += "。" + limits.zh
            en += ". " + limits.en
        }
        return Remark(zh: zh, en: en.hasSuffix(".") ? en : en + ".")
    }

    private static func words(_ hypothesis: CoordinateHypothesis, isChinese: Bool) -> String {
        let option = hypothesis.crs.map { crs in
            // A pipeline has blanks.
            isChinese || !crs.contains(" ") ? " (--crs \(crs.contains(" ") ? "'\(crs)'" : crs))" : " (--crs '\(crs)')"
        }
        let reasons = hypothesis.evidence.prefix(3).map { isChinese ? $0.zh : $0.en }
        let list = reasons.joined(separator: isChinese ? "，" : ", ")
        return (isChinese ? hypothesis.title.zh : hypothesis.title.en) + (option ?? "")
            + (list.isEmpty ? "" : (isChinese ? "：" : ": ") + list)
    }
}

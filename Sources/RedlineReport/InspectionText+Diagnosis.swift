import RedlineGeometry
import RedlineKit

extension InspectionText {
    /// What the numbers can be: each reading with its score, place and evidence, best first.
    func lines(of diagnosis: CoordinateDiagnosis) -> [String] {
        var lines = [
            entry(
                pick(zh: "坐标判读", en: "Numbers"),
                diagnosis.hypotheses.isEmpty ? diagnosis.summary.text(in: language) : verdict(diagnosis))
        ]
        for hypothesis in diagnosis.hypotheses.prefix(explains ? 6 : 2) {
            let place = "\(rounded(hypothesis.center.x))° E, \(rounded(hypothesis.center.y))° N"
            let option =
                (hypothesis.crs ?? hypothesis.template).map { "  --crs " + ($0.contains(" ") ? "'\($0)'" : $0) } ?? ""
            lines.append(
                "    " + TerminalText.plain("\(signed(hypothesis.score))  \(hypothesis.title.text(in: language))")
                    + option)
            let evidence = hypothesis.evidence.map { $0.text(in: language) }
            lines.append(
                "        " + TerminalText.plain(([place] + evidence).joined(separator: pick(zh: "；", en: "; "))))
        }
        if let limits = diagnosis.limits { lines.append("    " + TerminalText.plain(limits.text(in: language))) }
        return lines
    }

    private func verdict(_ diagnosis: CoordinateDiagnosis) -> String {
        !diagnosis.isDecided
            ? pick(zh: "无法确定，按可能性排列", en: "cannot be decided; the likelier first")
            : pick(zh: "按可能性排列（分值越高越符合）", en: "by how well they fit, with a score")
    }

    private func rounded(_ degrees: Double) -> Double { (degrees * 10_000).rounded() / 10_000 }

    private func signed(_ score: Int) -> String { score > 0 ? "+\(score)" : "\(score)" }
}

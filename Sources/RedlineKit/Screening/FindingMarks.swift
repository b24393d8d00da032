import RedlineGeometry
import RedlineMeasure

/// Marks findings by what an earlier screening has of them, and takes those out of the count that someone has accepted.
struct FindingMarks: Sendable {
    private let baseline: Baseline?
    private let earlier: [String: EarlierFinding]
    private let comparesAreas: Bool
    private let suppressions: [Suppression]
    private let suppressed: Set<String>
    private let inForce: [String: Suppression]
    private let ended: [Suppression]

    /// - Parameter outline: The result before any site was compared.
    ///
    /// A suppression has ended where its last day lies before the day of the run, or, without one, before the newest
    /// edition that was used: the result does not depend on the day it is computed.
    init(_ outline: ScreeningResult) {
        let baseline = outline.options.baseline
        self.baseline = baseline
        earlier = Dictionary((baseline?.findings ?? []).map { ($0.id, $0) }) { first, _ in first }
        comparesAreas = baseline?.areaMethod == outline.options.areaMethod.description
        suppressions = outline.options.suppressions?.entries ?? []
        suppressed = Set(suppressions.map(\.finding))
        let day = outline.asOf ?? outline.layers.compactMap(\.edition).max()
        func hasEnded(_ entry: Suppression) -> Bool {
            guard let until = entry.until, let day else { return false }
            return until < day
        }
        ended = suppressions.filter(hasEnded)
        inForce = Dictionary(suppressions.filter { !hasEnded($0) }.map { ($0.finding, $0) }) { first, _ in first }
    }

    /// Marks the findings of a site.
    ///
    /// - Parameters:
    ///   - site: The site.
    ///   - seen: Gets the findings that the baseline or a suppression names.
    func mark(_ site: inout ScreenedSite, seen: inout Set<String>) {
        guard baseline != nil || !suppressions.isEmpty else { return }
        for place in site.findings.indices {
            let finding = site.findings[place]
            if baseline != nil {
                let before = earlier[finding.id]
                site.findings[place].change =
                    before.map { $0.isLike(finding, comparingAreas: comparesAreas) ? .unchanged : .changed } ?? .new
                if before != nil { seen.insert(finding.id) }
            }
            if suppressed.contains(finding.id) { seen.insert(finding.id) }
            site.findings[place].suppression = inForce[finding.id]
        }
    }

    /// Lists what the earlier screening has alone, and says which suppressions have no finding or have ended.
    ///
    /// - Parameters:
    ///   - result: The result; findings of sites that are not screened now are counted in a warning.
    ///   - seen: The findings that the baseline or a suppression names and that were found.
    ///   - sites: The sites that were screened, and those that were skipped.
    func conclude(_ result: inout ScreeningResult, seen: Set<String>, sites: [MeasuredSite]) {
        if let baseline { conclude(baseline, &result, seen, sites) }
        for entry in suppressions where !seen.contains(entry.finding) {
            result.warnings.append(
                Remark(
                    zh: "屏蔽的结果 \(entry.finding) 已不存在（\(entry.reason)，\(entry.who)）。",
                    en: "The suppressed finding \(entry.finding) no longer exists (\(entry.reason), \(entry.who))."))
        }
        for entry in ended where seen.contains(entry.finding) {
            let until = entry.until?.description ?? ""
            result.warnings.append(
                Remark(
                    zh: "对结果 \(entry.finding) 的屏蔽已于 \(until) 到期，重新计入。",
                    en: "The suppression of \(entry.finding) ended on \(until): the finding counts again."))
        }
    }

    private func conclude(
        _ baseline: Baseline, _ result: inout ScreeningResult, _ seen: Set<String>, _ sites: [MeasuredSite]
    ) {
        let screened = Set(sites.lazy.filter { $0.site.problem == nil }.map(\.site.id))
        result.absent = baseline.findings.filter { !seen.contains($0.id) && screened.contains($0.siteID) }
        let others = Set(baseline.findings.lazy.filter { !screened.contains($0.siteID) }.map(\.siteID)).count
        if others > 0 {
            result.warnings.append(
                Remark(
                    zh: "基准结果中有 \(others) 个用地本次未筛查，未作比较。",
                    en: "\(others) sites of the baseline are not screened now and not compared."))
        }
        if !comparesAreas {
            result.warnings.append(
                Remark(
                    zh: "基准结果的面积方法为 \(baseline.areaMethod)，与本次不同，未比较面积。",
                    en: "The baseline's areas are by '\(baseline.areaMethod)', another method: areas are not compared.")
            )
        }
    }
}

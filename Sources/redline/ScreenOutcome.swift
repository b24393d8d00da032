import ArgumentParser
import RedlineKit
import RedlineReport

/// What is said after a screening, and the status that it ends with.
struct ScreenOutcome {
    let result: ScreeningResult
    let language: Language
    let messages: MessageOptions
    /// Whether a finding is at or above the level that fails.
    let isReached: Bool

    /// How many skipped sites are named; all of them are in text and json.
    private static let namedSites = 10

    /// Says on standard error what the result itself does not: the text report holds its warnings.
    func report(isText: Bool) {
        if !messages.quiet && !isText {
            for warning in result.warningsBesideSkippedSites {
                Console.say(language.pick(zh: "注意：", en: "warning: ") + warning.text(in: language))
            }
        }
        reportSkippedSites()
        if messages.verbose { reportCounts() }
    }

    /// Ends with status 1 where sites were skipped, else with 2 where a finding is at or above the level that fails.
    func checkStatus() throws {
        if !result.skippedSites.isEmpty { throw ExitCode.failure }
        if isReached { throw ExitCode(2) }
    }

    private func reportSkippedSites() {
        let skipped = result.skippedSites
        guard !skipped.isEmpty else { return }
        let total = result.summary.readSites
        Console.say(
            language.pick(
                zh: "\(total) 个用地中有 \(skipped.count) 个未筛查。请改正，或用 --repair 修复后筛查。",
                en: "\(skipped.count) of \(total) sites \(skipped.count == 1 ? "was" : "were") skipped. "
                    + "Correct them, or use --repair to repair and screen them."))
        for site in skipped.prefix(Self.namedSites) {
            Console.say(
                site.file + language.pick(zh: "，用地 \(site.id)：", en: ", site \(site.id): ") + (site.problem ?? ""))
        }
        if skipped.count > Self.namedSites {
            let rest = skipped.count - Self.namedSites
            Console.say(
                language.pick(
                    zh: "另有 \(rest) 个；text 和 json 格式列出全部。", en: "and \(rest) more; the formats text and json list all.")
            )
        }
    }

    private func reportCounts() {
        for layer in result.layers {
            let features = layer.features.map(String.init) ?? "-"
            Console.say(
                language.pick(
                    zh: "图层 \(layer.id)：\(features) 个要素，修复 \(layer.repaired) 个",
                    en: "layer \(layer.id): \(features) features, \(layer.repaired) repaired"))
        }
        let summary = result.summary
        Console.say(
            language.pick(
                zh: "已筛查 \(summary.sites) 个用地，\(summary.findings) 条结果",
                en: "\(summary.sites) sites screened, \(summary.findings) findings"))
    }
}

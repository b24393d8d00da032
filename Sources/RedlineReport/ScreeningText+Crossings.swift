import RedlineKit

extension ScreeningText {
    /// How many sections or structures are listed; the data formats have all.
    private static let listed = 8

    /// Where lines cross a zone and which points lie inside, under the line of the finding; nil where there is nothing to
    /// say beyond it.
    func crossingWords(_ finding: Finding) -> String? {
        let words = [sectionWords(finding), structureWords(finding)].compactMap(\.self)
        return words.isEmpty ? nil : "    ↳ " + words.joined(separator: pick(zh: "；", en: "; "))
    }

    private func sectionWords(_ finding: Finding) -> String? {
        guard let count = finding.crossings else { return nil }
        let hasSeveral = (finding.sections.map(\.line).max() ?? 1) > 1
        let sections = finding.sections.filter(\.isInside).map { section in
            let from = PrintedNumbers.fixed(section.start / 1000, decimals: 3)
            let to = PrintedNumbers.fixed((section.start + section.length) / 1000, decimals: 3)
            let line = hasSeveral ? pick(zh: "第 \(section.line) 条线 ", en: "line \(section.line), ") : ""
            return line + pick(zh: "\(from)–\(to) 公里", en: "km \(from)–\(to)")
                + pick(zh: "（\(length(section.length))）", en: " (\(length(section.length)))")
        }
        return pick(zh: "穿越 \(count) 次，里程 ", en: "crosses \(count == 1 ? "once" : "\(count) times"), at ")
            + shortened(sections)
    }

    private func structureWords(_ finding: Finding) -> String? {
        guard !finding.structures.isEmpty else { return nil }
        let inside = finding.structures.count(where: \.isInside)
        let distances = finding.structures.filter { !$0.isInside }.map { structure in
            structure.distance.map(length) ?? pick(zh: "10 公里以外", en: "more than 10 km")
        }
        let outside =
            distances.isEmpty
            ? ""
            : pick(
                zh: "，区外 \(distances.count) 个，距离 ", en: ", \(distances.count) outside at ") + shortened(distances)
        return pick(zh: "点状设施区内 \(inside) 个", en: "\(counted(inside, "point structure")) inside") + outside
    }

    private func shortened(_ words: [String]) -> String {
        let shown = words.prefix(Self.listed).joined(separator: pick(zh: "、", en: ", "))
        guard words.count > Self.listed else { return shown }
        let rest = words.count - Self.listed
        return shown + pick(zh: "，另有 \(rest) 个", en: " and \(rest) more")
    }
}

import RedlineKit

extension ScreeningReport {
    /// Writes what a person reads at a glance: what was screened against what, the sites by state, the findings in
    /// aligned columns, totals, and what the result does not say.
    ///
    /// - Throws: Whatever `write` throws.
    public func writeText(to write: ByteWriter) throws {
        var bytes: [UInt8] = []
        try ScreeningText(result: result, settings: settings).forEachLine { line in
            bytes.append(contentsOf: line.utf8)
            bytes.append(UInt8(ascii: "\n"))
            if bytes.count > 1 << 18 {
                try write(bytes)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        if !bytes.isEmpty { try write(bytes) }
    }
}

/// The text report of a screening, line by line.
struct ScreeningText {
    let result: ScreeningResult
    let settings: ReportSettings
    let faces: [AreaFace]
    let totals: ScreeningTotals

    init(result: ScreeningResult, settings: ReportSettings) {
        self.result = result
        self.settings = settings
        faces = MeasuredArea.faces(for: result.options, printing: true)
        totals = ScreeningTotals(result)
    }

    func forEachLine(_ line: (String) throws -> Void) throws {
        for text in headerLines { try line(text) }
        try line("")
        for text in stateLines { try line(text) }
        try conflicts(line)
        try section(.outside, line)
        try section(.anywhere, line)
        try section(.notAssessable, line)
        try section(.near, line)
        try section(.touches, line)
        try skippedSites(line)
        try totalsByLayer(line)
        try changes(line)
        try verdicts(line)
        try ruleList(line)
        try line("")
        for text in noteLines { try line(text) }
    }

    func pick(zh: @autoclosure () -> String, en: @autoclosure () -> String) -> String {
        settings.language.pick(zh: zh(), en: en())
    }

    // MARK: Header

    private var headerLines: [String] {
        let count = result.sites.count
        let name = result.catalogName.text(in: settings.language).map(TerminalText.plain)
        let against = name.map { pick(zh: "“\($0)”的", en: "\"\($0)\", ") } ?? ""
        let layers = result.layers.filter(\.isScreened)
        let day = result.asOf.map { pick(zh: "，截至 \($0)", en: ", as of \($0)") } ?? ""
        return [
            pick(
                zh: "筛查：\(count) 个项目用地，对照\(against) \(layers.count) 个图层\(day)",
                en: "Screening of \(counted(count, "site")) against \(against)\(counted(layers.count, "layer"))\(day)"),
            pick(zh: "图层：", en: "Layers: ") + layers.map(layerWithEdition).joined(separator: pick(zh: "、", en: ", ")),
            pick(zh: "面积：", en: "Areas: ") + methodWords,
        ]
    }

    private func layerWithEdition(_ layer: ScreenedLayer) -> String {
        if let edition = layer.edition { return title(layer) + pick(zh: "（\(edition)）", en: " (\(edition))") }
        if layer.features == nil { return title(layer) + pick(zh: "（无数据）", en: " (no data)") }
        return title(layer)
    }

    private var methodWords: String {
        let unit = settings.unit.symbol(in: settings.language)
        let words = faces.map { Words.areaMethod($0.method, settings.language) }
        return words.joined(separator: pick(zh: "；", en: "; ")) + pick(zh: "；单位：\(unit)", en: "; in \(unit)")
    }

    // MARK: States

    private var stateLines: [String] {
        var table = TextTable([("", .right), ("", .left)], indent: 2)
        let order: [SiteState] = [.conflict, .notAssessable, .near, .touches, .clearInData, .clear, .skipped]
        let rows = order.compactMap { state -> [String]? in
            let count = totals.sites[state] ?? 0
            guard count > 0 || state == .conflict || state == .clear else { return nil }
            return ["\(count)", stateWords(state, count)]
        }
        for row in rows { table.fit(row) }
        return [pick(zh: "结果（用地数）", en: "Result (sites)")] + rows.map(table.line)
    }

    private func stateWords(_ state: SiteState, _ count: Int) -> String {
        let words = Words.state(state, settings.language)
        switch state {
        case .clear, .clearInData:
            let why = state == .clearInData ? extentWords : ""
            // A short list helps; a long one is what the data formats are for.
            guard count > 0, result.sites.count <= 50 else { return words + why }
            let sites = result.sites.filter { $0.state == state }.map { site in
                TerminalText.plain(site.id)
                    + pick(zh: "（", en: " (") + site.clearance(settings.language) + pick(zh: "）", en: ")")
            }
            return words + why + pick(zh: "：", en: ": ") + sites.joined(separator: pick(zh: "、", en: ", "))
        default: return words
        }
    }

    private var extentWords: String {
        let open = result.layers.filter { $0.isScreened && !$0.hasExtent }.map(title)
        guard !open.isEmpty else { return "" }
        return pick(
            zh: "（\(open.joined(separator: "、"))未声明数据范围）",
            en: " (no extent is declared by \(open.joined(separator: ", ")))")
    }

    // MARK: Notes

    private var noteLines: [String] {
        var notes: [String] = []
        let summary = result.summary
        if summary.repaired > 0 {
            notes.append(
                pick(
                    zh: "\(summary.repaired) 个用地几何无效，已按要求修复后筛查；修复后的用地不等于申请的用地。",
                    en: "\(counted(summary.repaired, "site")) had an invalid geometry and "
                        + "\(summary.repaired == 1 ? "was" : "were") repaired as asked; "
                        + "a repaired site is not what was applied for."))
        }
        for layer in result.layers where layer.repaired > 0 {
            notes.append(
                pick(
                    zh: "\(title(layer))：\(layer.repaired) 个要素几何无效，已修复（表中以 * 标记）。",
                    en: "\(title(layer)): \(counted(layer.repaired, "feature")) with an invalid geometry "
                        + "\(layer.repaired == 1 ? "was" : "were") repaired (marked * in the tables)."))
        }
        notes += result.warningsBesideSkippedSites.map {
            pick(zh: "注意：", en: "Warning: ") + TerminalText.plain($0.text(in: settings.language))
        }
        if result.rules == nil {
            notes.append(
                pick(
                    zh: "未判定任何规则：结果只说明用地与管控区的位置关系，不说明是否允许。",
                    en: "No rules were judged: this says where sites and zones meet, not what is allowed there."))
        }
        notes += certaintyNotes
        notes.append(Words.noApproval(settings.language))
        return notes
    }
}

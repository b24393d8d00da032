import RedlineGeometry
import RedlineKit

extension ScreeningText {
    /// The overlaps, grouped by site.
    func conflicts(_ line: (String) throws -> Void) throws {
        var columns: [(header: String, alignment: TextTable.Alignment)] = [
            (pick(zh: "图层", en: "Layer"), .left), (pick(zh: "管控区", en: "Zone"), .left),
            (pick(zh: "类别", en: "Class"), .left), (pick(zh: "管控强度", en: "Effect"), .left),
        ]
        columns += faces.map { (areaHeading($0), .right) }
        columns += [
            (pick(zh: "长度", en: "Length"), .right), (pick(zh: "点数", en: "Points"), .right),
            (pick(zh: "占用地", en: "Of site"), .right), (pick(zh: "占管控区", en: "Of zone"), .right),
            (pick(zh: "统计区", en: "Region"), .left), (pick(zh: "确定性", en: "Certainty"), .left),
            (pick(zh: "余量", en: "Margin"), .right), (pick(zh: "说明", en: "Note"), .left),
        ]
        var table = TextTable(columns, indent: 2)
        var isEmpty = true
        for site in result.sites {
            for finding in site.findings where finding.relation == .overlaps {
                table.fit(conflictCells(finding))
                isEmpty = false
            }
        }
        guard !isEmpty else { return }
        try line("")
        try line(pick(zh: "冲突", en: "Conflicts"))
        try line(table.headerLine)
        for site in result.sites {
            let findings = site.findings.filter { $0.relation == .overlaps }
            guard !findings.isEmpty else { continue }
            try line(siteHeading(site))
            for finding in findings {
                try line(table.line(conflictCells(finding)))
                if let words = crossingWords(finding) { try line(words) }
            }
        }
    }

    private func conflictCells(_ finding: Finding) -> [String] {
        var cells = [
            layerTitle(finding), label(finding.zone),
            TerminalText.plain(finding.zone?.class ?? ""), effectWords(finding),
        ]
        for face in faces { cells.append(area(finding.area.flatMap(face.value))) }
        cells += [
            finding.length.map(length) ?? "", finding.points.map(String.init) ?? "",
            finding.siteShare.map(PrintedNumbers.percent) ?? "", finding.zoneShare.map(PrintedNumbers.percent) ?? "",
            TerminalText.plain(finding.region?.name ?? finding.region?.code ?? ""), certaintyWords(finding),
            finding.margin.map(length) ?? "", note(finding),
        ]
        return cells
    }

    private func siteHeading(_ site: ScreenedSite) -> String {
        var measures: [String] = []
        if let siteArea = site.area?.chosen {
            measures.append(area(siteArea) + " " + settings.unit.symbol(in: settings.language))
        }
        if let length = site.length { measures.append(self.length(length)) }
        if let points = site.points { measures.append(pick(zh: "\(points) 个点", en: counted(points, "point"))) }
        if site.isRepaired { measures.append(pick(zh: "已修复", en: "repaired")) }
        let list = measures.joined(separator: pick(zh: "，", en: ", "))
        return label(site) + (list.isEmpty ? "" : pick(zh: "（\(list)）", en: " (\(list))"))
    }

    /// The findings of a relation other than `overlaps`.
    func section(_ relation: Relation, _ line: (String) throws -> Void) throws {
        let hasZone = relation != .notAssessable && relation != .outside
        var table = TextTable(
            [
                (pick(zh: "用地", en: "Site"), .left), (pick(zh: "图层", en: "Layer"), .left),
                (pick(zh: "管控区", en: "Zone"), .left), (pick(zh: "类别", en: "Class"), .left),
                (pick(zh: "管控强度", en: "Effect"), .left),
                (pick(zh: "距离", en: "Distance"), .right), (pick(zh: "占用地", en: "Of site"), .right),
                (pick(zh: "确定性", en: "Certainty"), .left), (pick(zh: "余量", en: "Margin"), .right),
                (pick(zh: "原因", en: "Reason"), .left),
            ], indent: 2)
        func cells(_ site: ScreenedSite, _ finding: Finding) -> [String] {
            [
                label(site), layerTitle(finding), label(finding.zone),
                TerminalText.plain(finding.zone?.class ?? ""), effectWords(finding),
                relation == .near ? finding.distance.map(length) ?? "" : "",
                hasZone ? "" : finding.siteShare.map(PrintedNumbers.percent) ?? "", certaintyWords(finding),
                finding.margin.map(length) ?? "", note(finding),
            ]
        }
        var isEmpty = true
        for site in result.sites {
            for finding in site.findings where finding.relation == relation {
                table.fit(cells(site, finding))
                isEmpty = false
            }
        }
        guard !isEmpty else { return }
        try line("")
        try line(sectionHeading(relation))
        try line(table.headerLine)
        for site in result.sites {
            for finding in site.findings where finding.relation == relation {
                try line(table.line(cells(site, finding)))
                if let words = crossingWords(finding) { try line(words) }
            }
        }
    }

    private func sectionHeading(_ relation: Relation) -> String {
        switch relation {
        case .overlaps: return pick(zh: "冲突", en: "Conflicts")
        case .touches:
            return pick(zh: "相接（在容差以内，不计为冲突）", en: "Touching (within the tolerance, no overlap)")
        case .near:
            let distance = result.options.distance.map {
                PrintedNumbers.chosenLength($0.meters, settings.language)
            }
            return pick(zh: "邻近", en: "Near") + (distance.map { pick(zh: "（\($0) 以内）", en: " (within \($0))") } ?? "")
        case .notAssessable:
            return pick(zh: "无法判定（数据不能说明，不是无冲突）", en: "Not assessable (the data cannot tell; not a clearance)")
        case .outside: return pick(zh: "在区外受规则约束", en: "Outside every zone, where rules speak of that")
        case .anywhere: return pick(zh: "任何地块适用的规则", en: "Rules on any ground")
        }
    }

    /// The sites that were not screened, each with its reason.
    func skippedSites(_ line: (String) throws -> Void) throws {
        let skipped = result.skippedSites
        guard !skipped.isEmpty else { return }
        var table = TextTable([(pick(zh: "用地", en: "Site"), .left), (pick(zh: "原因", en: "Reason"), .left)], indent: 2)
        let rows = skipped.map { [label($0), TerminalText.plain($0.problem ?? "")] }
        for row in rows { table.fit(row) }
        try line("")
        try line(pick(zh: "未筛查", en: "Skipped"))
        try line(table.headerLine)
        for row in rows { try line(table.line(row)) }
    }

    /// What was met in each layer, and in all.
    func totalsByLayer(_ line: (String) throws -> Void) throws {
        var columns: [(header: String, alignment: TextTable.Alignment)] = [
            (pick(zh: "图层", en: "Layer"), .left), (pick(zh: "冲突", en: "Overlaps"), .right),
            (pick(zh: "用地", en: "Sites"), .right), (pick(zh: "管控区", en: "Zones"), .right),
        ]
        columns += faces.map { (areaHeading($0), .right) }
        columns += [
            (pick(zh: "长度", en: "Length"), .right), (pick(zh: "点数", en: "Points"), .right),
            (pick(zh: "相接", en: "Touching"), .right), (pick(zh: "邻近", en: "Near"), .right),
            (pick(zh: "无法判定", en: "Not assessable"), .right),
        ]
        var table = TextTable(columns, indent: 2)
        var rows = result.layers.indices.filter { result.layers[$0].isScreened }.map { index in
            totalCells(title(result.layers[index]), totals.layers[index])
        }
        if rows.count > 1 { rows.append(totalCells(pick(zh: "合计", en: "All layers"), totals.all)) }
        for row in rows { table.fit(row) }
        try line("")
        try line(
            pick(
                zh: "分图层合计（在多个管控区或多个用地内的同一地块分别计入）",
                en: "Totals by layer (ground in several zones or sites counts once for each)"))
        try line(table.headerLine)
        for row in rows { try line(table.line(row)) }
    }

    private func totalCells(_ name: String, _ total: LayerTotal) -> [String] {
        var cells = [name, "\(total.overlaps)", "\(total.sites)", "\(total.zones.count)"]
        for index in faces.indices { cells.append(total.hasArea ? area(total.areas[index]) : "") }
        cells += [
            total.length > 0 ? length(total.length) : "", total.points > 0 ? "\(total.points)" : "",
            total.touches > 0 ? "\(total.touches)" : "", total.near > 0 ? "\(total.near)" : "",
            total.notAssessable > 0 ? "\(total.notAssessable)" : "",
        ]
        return cells
    }
}

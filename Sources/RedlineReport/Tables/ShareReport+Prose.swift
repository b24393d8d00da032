import RedlineGeometry
import RedlineKit
import RedlineMeasure

extension ShareReport {
    /// What people read around the shares: a part for each group of zones, with its closure below.
    var sharesProse: TableProse {
        var prose = TableProse()
        let name = table.provenance.catalogName.text(in: settings.language).map(TerminalText.plain)
        let catalog = name.map { pick(zh: "“\($0)”，", en: "\"\($0)\", ") } ?? ""
        prose.header = [
            pick(
                zh: "占比：\(catalog)\(table.regions.count) 个统计区（\(title(table.regionLayer))）",
                en: "Shares: \(catalog)\(counted(table.regions.count, "region")) (\(title(table.regionLayer)))"),
            areaLine, denominatorLine,
        ]
        var sections: [TableProse.Section] = []
        var start = 0
        for closure in table.closures {
            let count = table.regions.count + 1
            sections.append(
                TableProse.Section(
                    heading: heading(closure.group), rows: start..<start + count, notes: closureLines(closure)))
            start += count
        }
        prose.sections = sections
        if table.options.byClass {
            prose.notes.append(
                pick(
                    zh: "各类别可能重叠，其占比不可相加；合并占比见各图层的行。",
                    en:
                        "Classes may overlap, so that their shares do not add up; the union is in the rows of the layer."
                ))
        }
        return prose
    }

    /// What people read around the ledger.
    var ledgerProse: TableProse {
        var prose = TableProse()
        let count = table.ledger?.entries.count ?? 0
        prose.header = [
            pick(zh: "台账：\(count) 行，管控区按统计区界线分割", en: "Ledger: \(count) rows, zones split at the borders of regions"),
            areaLine, denominatorLine,
        ]
        if let ledger = table.ledger, ledger.sliverCount > 0 {
            prose.notes.append(
                pick(
                    zh: "宽度不超过 1 毫米的 \(ledger.sliverCount) 个碎片（共 \(exact(ledger.slivers)) m²）未列入。",
                    en: "\(counted(ledger.sliverCount, "part")) of at most 1 mm of width (\(exact(ledger.slivers)) m²) "
                        + "have no row."))
        }
        return prose
    }

    private var areaLine: String {
        let words = faces.map { Words.areaMethod($0.method, settings.language) }
        let unit = settings.unit.symbol(in: settings.language)
        return pick(zh: "面积：", en: "Areas: ") + words.joined(separator: pick(zh: "；", en: "; "))
            + pick(zh: "；单位：\(unit)。占比按椭球面积计算", en: "; in \(unit). Shares are of ellipsoidal areas")
    }

    private var denominatorLine: String {
        pick(zh: "分母：", en: "Denominator: ") + denominatorWords
            + pick(zh: "；分子：管控区在其中的合并面积", en: "; numerator: the union of the zones in it")
    }

    private var denominatorWords: String {
        let options = table.options
        var words = pick(zh: "统计区全部面积", en: "the whole region")
        if !options.within.isEmpty {
            let names = options.within.map(partTitle).joined(separator: pick(zh: "或", en: " or "))
            words = pick(zh: "统计区在“\(names)”内的部分", en: "the part of the region in \(names)")
        }
        if !options.without.isEmpty {
            let names = options.without.map(partTitle).joined(separator: pick(zh: "或", en: " or "))
            words += pick(zh: "，扣除“\(names)”", en: " less \(names)")
        }
        return words
    }

    /// The name of the denominator in data formats; nil for whole regions.
    var denominator: String? {
        let options = table.options
        guard !options.within.isEmpty || !options.without.isEmpty else { return nil }
        return (["region"] + options.within.map { "within \($0)" } + options.without.map { "without \($0)" })
            .joined(separator: " ")
    }

    /// The member `denominator`.
    var denominatorJSON: String? {
        var json = JSONText()
        json.beginObject()
        json.key("of")
        json.string("region")
        for (key, parts) in [("within", table.options.within), ("without", table.options.without)] {
            json.key(key)
            json.beginArray()
            for part in parts { json.string(part.description) }
            json.endArray()
        }
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private func heading(_ group: ZoneGroup) -> String {
        switch group {
        case .layer(let id): title(id)
        case .allLayers: pick(zh: "以上图层合并（每块地只计一次）", en: "All layers together (ground counts once)")
        case .zoneClass(let name, let id):
            title(id) + pick(zh: "：", en: ": ")
                + (name.map(TerminalText.plain) ?? pick(zh: "（无类别）", en: "(no class)"))
        }
    }

    private func title(_ id: String) -> String {
        let layer = table.provenance.layers.first { $0.id == id }
        let words = TerminalText.plain(layer?.title.text(in: settings.language) ?? id)
        guard let edition = layer?.edition else { return words }
        return words + pick(zh: "（\(edition)）", en: " (\(edition))")
    }

    private func partTitle(_ part: LayerPart) -> String {
        let layer = table.provenance.layers.first { $0.id == part.layer }
        return TerminalText.plain(layer?.title.text(in: settings.language) ?? part.layer)
            + (part.zoneClass.map { ":" + TerminalText.plain($0) } ?? "")
    }

    private func closureLines(_ closure: ShareClosure) -> [String] {
        [
            pick(
                zh: "闭合：各行之和 \(exact(closure.sum)) m²，整体 \(exact(closure.whole)) m²，残差 \(exact(closure.residual)) m²；"
                    + "统计区之外 \(exact(closure.outside)) m²",
                en: "Closure: rows sum to \(exact(closure.sum)) m², the whole is \(exact(closure.whole)) m², residual "
                    + "\(exact(closure.residual)) m²; outside every region \(exact(closure.outside)) m²")
        ]
    }

    /// Square metres to the thousandth, which is far below what any map tells; data formats have all digits.
    private func exact(_ area: Area) -> String {
        abs(area.squareMeters) < 0.0005 ? "0.000" : PrintedNumbers.fixed(area.squareMeters, decimals: 3)
    }

    // MARK: - Members

    /// The members beside the rows: `closure`, and what regions share, where layers do not cover them.
    var members: [(key: String, json: String)] {
        var members = [("closure", array(table.closures) { $0.closure($1, byClass: table.options.byClass) })]
        let depths = table.rows.flatMap { row in
            row.exactly.count < 2 ? [] : row.exactly.enumerated().map { (row, $0.offset + 1, $0.element) }
        }
        if !depths.isEmpty { members.append(("covered_times", array(depths, coveredTimes))) }
        members.append(("regions_overlap_m2", String(table.sharedByRegions.squareMeters)))
        if !table.uncovered.isEmpty {
            members.append(
                (
                    "not_covered",
                    array(table.uncovered) { json, entry in
                        let region = table.regions[entry.region]
                        json.beginObject()
                        json.key("layer")
                        json.string(entry.layer)
                        json.key("region_code")
                        json.string(region.code)
                        json.key("region_name")
                        json.string(region.name)
                        json.key("area_m2")
                        json.number(entry.area.squareMeters)
                        json.endObject()
                    }
                ))
        }
        if let ledger = table.ledger {
            var json = JSONText()
            json.beginObject()
            json.key("count")
            json.integer(ledger.sliverCount)
            json.key("area_m2")
            json.number(ledger.slivers.squareMeters)
            json.endObject()
            members.append(("slivers", String(decoding: json.bytes, as: UTF8.self)))
        }
        return members
    }

    /// The ground of a row that lies in so many zones.
    private func coveredTimes(_ json: inout JSONText, _ depth: (row: ShareRow, zones: Int, area: Area)) {
        json.beginObject()
        json.key("region_code")
        json.string(depth.row.region.map { table.regions[$0].code } ?? "total")
        json.key("layer")
        json.string(depth.row.group.layerID)
        if table.options.byClass {
            json.key("class")
            if case .zoneClass(let name, _) = depth.row.group { json.string(name) } else { json.string("*") }
        }
        json.key("zones")
        json.integer(depth.zones)
        json.key("area_m2")
        json.number(depth.area.squareMeters)
        json.endObject()
    }

    private func array<Element>(_ elements: [Element], _ body: (inout JSONText, Element) -> Void) -> String {
        var json = JSONText()
        json.beginArray()
        for element in elements { body(&json, element) }
        json.endArray()
        return String(decoding: json.bytes, as: UTF8.self)
    }
}

extension JSONText {
    fileprivate mutating func closure(_ closure: ShareClosure, byClass: Bool) {
        beginObject()
        key("layer")
        string(closure.group.layerID)
        if byClass {
            key("class")
            if case .zoneClass(let name, _) = closure.group { string(name) } else { string("*") }
        }
        key("sum_m2")
        number(closure.sum.squareMeters)
        key("whole_m2")
        number(closure.whole.squareMeters)
        key("residual_m2")
        number(closure.residual.squareMeters)
        key("outside_regions_m2")
        number(closure.outside.squareMeters)
        endObject()
    }
}

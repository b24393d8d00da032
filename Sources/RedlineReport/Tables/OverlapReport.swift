import RedlineGeometry
public import RedlineKit
import RedlineMeasure

/// Turns pairs of zones into rows and columns.
public struct OverlapReport: Sendable {
    /// What was found.
    public let table: OverlapTable
    /// How it is written.
    public let settings: ReportSettings

    /// Creates a report of `table`.
    public init(_ table: OverlapTable, settings: ReportSettings = ReportSettings()) {
        self.table = table
        self.settings = settings
    }

    private var columns: [TableColumn] {
        var names: (first: [String: LocalizedText], second: [String: LocalizedText]) = ([:], [:])
        for pair in table.pairs {
            if let name = pair.first.name {
                names.first[pair.firstName] = LocalizedText(zh: pair.firstName + " " + name)
            }
            if let name = pair.second.name {
                names.second[pair.secondName] = LocalizedText(zh: pair.secondName + " " + name)
            }
        }
        return [
            TableColumn("layer_a", .text, zh: "图层甲", en: "Layer A", isPrinted: false),
            TableColumn("zone_a", .text, zh: "甲", en: "Zone A", words: names.first),
            TableColumn("layer_b", .text, zh: "图层乙", en: "Layer B", isPrinted: false),
            TableColumn("zone_b", .text, zh: "乙", en: "Zone B", words: names.second),
            TableColumn(
                "relation", .text, zh: "关系", en: "Relation",
                words: [
                    "overlaps": LocalizedText(zh: "重叠", en: "overlaps"),
                    "touches": LocalizedText(zh: "相接", en: "touches"),
                ]),
            TableColumn("overlap_area_m2", .area, zh: "重叠面积", en: "Overlap"),
            TableColumn("share_a", .share, zh: "占甲", en: "Of A"),
            TableColumn("share_b", .share, zh: "占乙", en: "Of B"),
            TableColumn("width_m", .length, zh: "宽度", en: "Width"),
        ]
    }

    /// The table.
    package var report: TableReport {
        let rows = table.pairs.map { pair in
            TableRow(
                [
                    .text(pair.firstLayer), .text(pair.firstName), .text(pair.secondLayer), .text(pair.secondName),
                    .text(pair.relation.rawValue), .real(pair.area.squareMeters), .real(pair.shareOfFirst),
                    .real(pair.shareOfSecond), .real(pair.width.meters),
                ], geometry: pair.geometry)
        }
        var report = TableReport(
            name: "overlaps", columns: columns, rows: rows, provenance: table.provenance, settings: settings)
        report.members = members
        report.prose = prose
        return report
    }

    private func pick(zh: @autoclosure () -> String, en: @autoclosure () -> String) -> String {
        settings.language.pick(zh: zh(), en: en())
    }

    private var members: [(key: String, json: String)] {
        var json = JSONText()
        json.beginObject()
        if let counting = table.doubleCounting {
            json.key("union_m2")
            json.number(counting.union.squareMeters)
            json.key("gross_m2")
            json.number(counting.gross.squareMeters)
            json.key("double_counted_m2")
            json.number(counting.doubleCounted.squareMeters)
            json.key("by_depth")
            json.beginArray()
            for (place, area) in counting.exactly.enumerated() {
                json.beginObject()
                json.key("zones")
                json.integer(place + 1)
                json.key("area_m2")
                json.number(area.squareMeters)
                json.endObject()
            }
            json.endArray()
            json.key("pairs_m2")
            json.number(counting.pairs.squareMeters)
            json.key("expected_pairs_m2")
            json.number(counting.expectedPairs.squareMeters)
            json.key("residual_m2")
            json.number((counting.pairs - counting.expectedPairs).squareMeters)
        }
        if let shared = table.sharedGround {
            json.key("shared_ground_m2")
            json.number(shared.squareMeters)
        }
        json.endObject()
        return [("double_counting", String(decoding: json.bytes, as: UTF8.self))]
    }

    // MARK: - Prose

    private var prose: TableProse {
        var prose = TableProse()
        let overlaps = table.pairs.count { $0.relation == .overlaps }
        let touches = table.pairs.count - overlaps
        let titles = table.provenance.layers.map(title)
        let between =
            titles.count == 1
            ? pick(zh: "“\(titles[0])”内部", en: "within \"\(titles[0])\"")
            : pick(
                zh: "“\(titles[0])”（甲）与“\(titles[1])”（乙）之间", en: "between \"\(titles[0])\" (A) and \"\(titles[1])\" (B)"
            )
        let also = touches > 0 ? pick(zh: "，相接 \(touches) 对", en: ", \(counted(touches, "pair")) that touch") : ""
        let method = Words.areaMethod(table.options.areaMethod.description, settings.language)
        prose.header = [
            pick(
                zh: "重叠：\(between)，\(overlaps) 对\(also)", en: "Overlaps \(between): \(counted(overlaps, "pair"))\(also)"
            ),
            pick(zh: "面积：", en: "Areas: ") + method
                + pick(
                    zh: "；单位：\(settings.unit.symbol(in: .zh))", en: "; in \(settings.unit.symbol(in: .en))"),
        ]
        if let counting = table.doubleCounting { prose.notes += lines(of: counting) }
        if let shared = table.sharedGround {
            prose.notes.append(
                pick(
                    zh: "两个图层共有的土地（只计一次）：\(area(shared))", en: "Ground in both layers, counted once: \(area(shared))"))
        }
        return prose
    }

    private func lines(of counting: DoubleCounting) -> [String] {
        var lines = [
            pick(
                zh:
                    "各管控区面积之和 \(area(counting.gross))，合并面积 \(area(counting.union))，重复计入 \(area(counting.doubleCounted))",
                en: "The zones sum to \(area(counting.gross)), their union is \(area(counting.union)), counted twice "
                    + area(counting.doubleCounted))
        ]
        for (place, part) in counting.exactly.enumerated().dropFirst() where part.squareMeters > 0 {
            lines.append(
                pick(
                    zh: "  同时在 \(place + 1) 个管控区内：\(area(part))", en: "  in exactly \(place + 1) zones: \(area(part))"))
        }
        lines.append(
            pick(
                zh: "  各对重叠之和 \(area(counting.pairs))（k 个管控区共有的土地计 k(k−1)/2 次，应为 \(area(counting.expectedPairs))）",
                en: "  pairs sum to \(area(counting.pairs)) (ground in k zones counts for k(k−1)/2 pairs: "
                    + "\(area(counting.expectedPairs)))"))
        return lines
    }

    private func area(_ area: Area) -> String {
        PrintedNumbers.fixed(area.value(in: settings.unit), decimals: settings.unit.decimals) + " "
            + settings.unit.symbol(in: settings.language)
    }

    private func title(_ layer: UsedLayer) -> String {
        let words = TerminalText.plain(layer.title.text(in: settings.language) ?? layer.id)
        guard let edition = layer.edition else { return words }
        return words + pick(zh: "（\(edition)）", en: " (\(edition))")
    }
}

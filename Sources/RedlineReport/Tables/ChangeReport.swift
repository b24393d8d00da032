import RedlineGeometry
public import RedlineKit

/// Turns a comparison of two editions into rows and columns.
public struct ChangeReport: Sendable {
    /// What was compared.
    public let changes: ChangeTable
    /// How it is written.
    public let settings: ReportSettings

    /// Creates a report of `changes`.
    public init(_ changes: ChangeTable, settings: ReportSettings = ReportSettings()) {
        self.changes = changes
        self.settings = settings
    }

    func pick(zh: @autoclosure () -> String, en: @autoclosure () -> String) -> String {
        settings.language.pick(zh: zh(), en: en())
    }

    /// What was used, with what the user should know.
    private var provenance: Provenance {
        var provenance = changes.provenance
        provenance.warnings += changes.warnings
        return provenance
    }

    /// Verdicts as people read them; data formats keep the words of the contract.
    static let verdictWords = Verdict.words { verdict in
        switch verdict {
        case .kept: "保持"
        case .lost: "减损"
        case .notEvaluable: "无法评价"
        }
    }

    // MARK: - Regions

    /// The table: a row for each region, and one of all together.
    package var regions: TableReport {
        let hasNoise = changes.rows.contains { $0.lostNoise.squareMeters + $0.gainedNoise.squareMeters > 0 }
        let columns = [
            TableColumn(
                "region_code", .text, zh: "编码", en: "Code", words: ["total": LocalizedText(zh: "合计", en: "total")]),
            TableColumn("region_name", .text, zh: "统计区", en: "Region"),
            TableColumn("old_area_m2", .area, zh: "旧版面积", en: "Old area"),
            TableColumn("new_area_m2", .area, zh: "新版面积", en: "New area"),
            TableColumn("lost_m2", .area, zh: "减少", en: "Lost"),
            TableColumn("gained_m2", .area, zh: "增加", en: "Gained"),
            TableColumn("unchanged_m2", .area, zh: "未变", en: "Unchanged", isPrinted: false),
            TableColumn("net_m2", .area, zh: "净变化", en: "Net"),
            TableColumn("noise_lost_m2", .area, zh: "减少中的噪声", en: "Lost noise", isPrinted: hasNoise),
            TableColumn("noise_gained_m2", .area, zh: "增加中的噪声", en: "Gained noise", isPrinted: hasNoise),
            TableColumn("old_count", .count, zh: "旧版数", en: "Old zones"),
            TableColumn("new_count", .count, zh: "新版数", en: "New zones"),
            TableColumn("changed_attributes", .count, zh: "属性变化", en: "Changed"),
            TableColumn("verdict_area", .text, zh: "面积", en: "Area", words: Self.verdictWords),
            TableColumn("verdict_location", .text, zh: "位置", en: "Location", words: Self.verdictWords),
            TableColumn("verdict_nature", .text, zh: "性质", en: "Nature", words: Self.verdictWords),
            TableColumn("verdict_function", .text, zh: "功能", en: "Function", words: Self.verdictWords),
        ]
        let rows = changes.rows.map { row in
            let region = row.region.map { changes.regions[$0] }
            return TableRow(
                [
                    region == nil ? .text("total") : ReportValue(region?.code), ReportValue(region?.name),
                    .real(row.old.squareMeters), .real(row.new.squareMeters), .real(row.lost.squareMeters),
                    .real(row.gained.squareMeters), .real(row.unchanged.squareMeters), .real(row.net.squareMeters),
                    .real(row.lostNoise.squareMeters), .real(row.gainedNoise.squareMeters), .integer(row.oldCount),
                    .integer(row.newCount), .integer(row.changedZones.count), .text(row.areaVerdict.rawValue),
                    .text(row.locationVerdict.rawValue), .text(row.natureVerdict.rawValue),
                    .text(row.functionVerdict.rawValue),
                ], geometry: nil)
        }
        var report = TableReport(
            name: "compare", columns: columns, rows: rows, provenance: provenance, settings: settings)
        report.members = members
        report.provenanceMembers = provenanceMembers
        report.prose = prose
        return report
    }

    // MARK: - Pieces

    /// The lost and gained ground, a row for each connected piece.
    package var pieces: TableReport {
        let columns = [
            TableColumn("change", .text, zh: "变化", en: "Change"),
            TableColumn("area_m2", .area, zh: "面积", en: "Area"),
            TableColumn("width_m", .length, zh: "宽度", en: "Width"),
            TableColumn("noise", .text, zh: "噪声", en: "Noise"),
            TableColumn("zone_codes", .json, zh: "管控区编码", en: "Zone codes"),
            TableColumn("zone_names", .json, zh: "管控区", en: "Zones"),
            TableColumn("zone_classes", .json, zh: "类别", en: "Classes"),
            TableColumn("region_code", .text, zh: "编码", en: "Region code"),
            TableColumn("region_name", .text, zh: "统计区", en: "Region"),
        ]
        let rows = changes.pieces.map { piece in
            let region = piece.region.map { changes.regions[$0] }
            return TableRow(
                [
                    .text(piece.isLost ? "lost" : "gained"), .real(piece.area.squareMeters),
                    .real(piece.width.meters), .json(piece.isNoise ? "true" : "false"),
                    .json(list(piece.zones.map { $0.code ?? $0.id })), .json(list(piece.zones.map(\.name))),
                    .json(list(piece.zones.map(\.class))), ReportValue(region?.code), ReportValue(region?.name),
                ], geometry: .polygon(piece.polygon))
        }
        var report = TableReport(
            name: "changes", columns: columns, rows: rows, provenance: provenance, settings: settings)
        report.provenanceMembers = provenanceMembers
        return report
    }

    private func list(_ texts: [String?]) -> String {
        var json = JSONText()
        json.beginArray()
        for text in texts { json.string(text) }
        json.endArray()
        return String(decoding: json.bytes, as: UTF8.self)
    }
}

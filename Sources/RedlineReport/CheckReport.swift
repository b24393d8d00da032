import LayerIO
import RedlineGeometry
public import RedlineKit

/// Writes the faults of a check, in every format from the same values.
public struct CheckReport {
    /// What was found.
    public let result: CheckResult
    /// How it is written.
    public let settings: ReportSettings

    /// Creates a report of `result`.
    public init(_ result: CheckResult, settings: ReportSettings = ReportSettings()) {
        self.result = result
        self.settings = settings
    }

    /// The table of all faults.
    package var table: TableReport {
        var table = TableReport(
            name: "faults", columns: Self.columns, rows: result.faults.map(row), provenance: result.provenance,
            settings: settings)
        table.provenanceMembers = [("summary", summary)]
        table.prose = prose
        return table
    }

    private static let columns = [
        TableColumn("fault_id", .text, zh: "编号", en: "Id", isPrinted: false),
        TableColumn("severity", .text, zh: "级别", en: "Severity"),
        TableColumn("kind", .text, zh: "种类", en: "Kind"),
        TableColumn("layer", .text, zh: "图层", en: "Layer", isPrinted: false),
        TableColumn("feature", .text, zh: "要素", en: "Feature"),
        TableColumn("zone_code", .text, zh: "编码", en: "Code"),
        TableColumn("message", .text, zh: "说明", en: "Message"),
        TableColumn("area_m2", .area, zh: "面积", en: "Area"),
        TableColumn("width_m", .length, zh: "宽度", en: "Width"),
        TableColumn("longitude", .degrees, zh: "经度", en: "Longitude"),
        TableColumn("latitude", .degrees, zh: "纬度", en: "Latitude"),
    ]

    private func row(_ fault: Fault) -> TableRow {
        TableRow(
            [
                .text(fault.id), .text(fault.severity.rawValue), .text(fault.kind.rawValue), .text(fault.layer),
                ReportValue(fault.feature), ReportValue(fault.zoneCode),
                .text(fault.message.text(in: settings.language) ?? ""), ReportValue(fault.area?.squareMeters),
                ReportValue(fault.width?.meters), ReportValue(fault.place?.x), ReportValue(fault.place?.y),
            ], geometry: fault.geometry, id: fault.id)
    }

    /// How many faults there are, by severity and by layer and kind.
    private var summary: String {
        var json = JSONText()
        json.beginObject()
        for severity in FaultSeverity.allCases {
            json.key(severity.rawValue + "s")
            json.integer(result.faults.count { $0.severity == severity })
        }
        json.key("unread_layers")
        json.beginArray()
        for layer in result.unreadLayers { json.string(layer) }
        json.endArray()
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    // MARK: - Text

    private func pick(zh: @autoclosure () -> String, en: @autoclosure () -> String) -> String {
        settings.language.pick(zh: zh(), en: en())
    }

    private var prose: TableProse {
        var prose = TableProse()
        let counts = FaultSeverity.allCases.map { severity in result.faults.count { $0.severity == severity } }
        prose.header = [
            pick(
                zh: "检查了 \(result.layers.count) 个图层：\(result.layers.joined(separator: "、"))",
                en: "Checked \(result.layers.count) layer\(result.layers.count == 1 ? "" : "s"): "
                    + result.layers.joined(separator: ", ")),
            result.faults.isEmpty
                ? pick(zh: "未发现问题", en: "No faults found")
                : pick(
                    zh: "错误 \(counts[0])，警告 \(counts[1])，提示 \(counts[2])",
                    en: "\(counts[0]) errors, \(counts[1]) warnings, \(counts[2]) notes"),
        ]
        prose.sections = sections
        return prose
    }

    /// A section for each layer with faults.
    private var sections: [TableProse.Section] {
        var sections: [TableProse.Section] = []
        var start = 0
        let faults = result.faults
        while start < faults.count {
            var end = start + 1
            while end < faults.count, faults[end].layer == faults[start].layer { end += 1 }
            sections.append(TableProse.Section(heading: title(of: faults[start].layer), rows: start..<end))
            start = end
        }
        return sections
    }

    private func title(of layer: String) -> String {
        let title = result.provenance.layers.first { $0.id == layer }?.title.text(in: settings.language)
        return title.map { "\($0) (\(layer))" } ?? layer
    }
}

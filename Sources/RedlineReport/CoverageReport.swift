import RedlineGeometry
public import RedlineKit

/// Writes the land cover of regions as a table, and as a picture.
public struct CoverageReport: Sendable {
    let result: CoverageResult
    let settings: ReportSettings

    /// Creates a report.
    public init(_ result: CoverageResult, settings: ReportSettings) {
        self.result = result
        self.settings = settings
    }

    private var hasCover: Bool {
        result.regions.contains { $0.classes?.contains { $0.coveredArea != nil } == true }
    }

    /// The table: one row for each region and class, then one for what is unclassified.
    package var table: TableReport {
        var rows: [TableRow] = []
        var sections: [TableProse.Section] = []
        for region in result.regions {
            let start = rows.count
            append(region, to: &rows)
            let area = PrintedNumbers.fixed(
                region.area.squareMeters(in: settings.unit), decimals: settings.unit.decimals)
            let heading = "\(region.label)  \(area) \(settings.unit.symbol(in: settings.language))"
            let notes = region.reason.flatMap { $0.text(in: settings.language) }.map { [$0] } ?? []
            sections.append(
                TableProse.Section(heading: TerminalText.plain(heading), rows: start..<rows.count, notes: notes))
        }
        var table = TableReport(
            name: "coverage", columns: columns, rows: rows, provenance: result.provenance, settings: settings)
        table.members = [("regions", regionsJSON)]
        table.provenanceMembers = [("coverage", optionsJSON)]
        table.prose.header = header
        table.prose.sections = sections
        table.prose.notes = notes
        return table
    }

    private var columns: [TableColumn] {
        var columns = [
            TableColumn("region_code", .text, zh: "统计区代码", en: "Region code", isPrinted: false),
            TableColumn("region_name", .text, zh: "统计区", en: "Region", isPrinted: false),
            TableColumn("region_area_m2", .area, zh: "统计区面积", en: "Region area", isPrinted: false),
            TableColumn("class", .text, zh: "类别", en: "Class"),
            TableColumn("area_m2", .area, zh: "面积", en: "Area"),
            TableColumn("share", .share, zh: "占比", en: "Share", hasBar: true),
            TableColumn("definition", .text, zh: "定义", en: "Definition", isPrinted: false),
        ]
        if hasCover {
            columns += [
                TableColumn("mean_cover", .number, zh: "平均盖度", en: "Mean cover"),
                TableColumn("covered_area_m2", .area, zh: "有盖度值的面积", en: "Area with cover values"),
            ]
        }
        return columns
    }

    private func append(_ region: RegionLandCover, to rows: inout [TableRow]) {
        let start: [ReportValue] = [ReportValue(region.code), ReportValue(region.name), .real(region.area)]
        func append(_ id: String, _ values: ClassArea?, _ definition: LocalizedText?) {
            var cells =
                start + [
                    .text(id), ReportValue(values?.area), ReportValue(values?.share),
                    ReportValue(definition?.text(in: settings.language)),
                ]
            if hasCover { cells += [ReportValue(values?.meanCover), ReportValue(values?.coveredArea)] }
            rows.append(TableRow(cells, geometry: region.geometry))
        }
        guard let classes = region.classes else { return append("not-assessable", nil, region.reason) }
        for (item, values) in zip(result.classes, classes) {
            // That a class of the map has no ground here is a statement; that a raw value has none is not.
            if !item.isMapped, values.area == 0 { continue }
            append(item.id, values, item.definition)
        }
        append("unclassified", region.unclassified, result.unclassifiedDefinition)
    }

    private var header: [String] {
        let title = result.title.text(in: settings.language) ?? result.options.landCover
        let name = result.provenance.catalogName.text(in: settings.language) ?? ""
        let source =
            switch result.source {
            case .raster(let width, let height, _):
                settings.language.pick(
                    zh: "栅格 \(width) × \(height)，边缘像元\(result.options.edge == .exact ? "按区内部分计" : "按中心点计")",
                    en: "raster of \(width) × \(height) cells, those on a boundary "
                        + (result.options.edge == .exact ? "by the part inside" : "by their centre"))
            case .polygons(let count):
                settings.language.pick(zh: "图斑 \(count) 个，重叠只计一次", en: "\(count) patches, overlaps counted once")
            }
        return [
            settings.language.pick(
                zh: "土地覆盖：\(name.isEmpty ? "" : name + "，")\(title)，\(result.regions.count) 个统计区",
                en: "Land cover: \(name.isEmpty ? "" : "\"\(name)\", ")\(title), \(result.regions.count) regions"),
            settings.language.pick(
                zh: "\(source)；面积为椭球面积（CGCS2000 椭球）", en: "\(source); areas on the CGCS2000 ellipsoid"),
        ]
    }

    private var notes: [String] {
        let rows =
            result.classes.map { ($0.id, $0.definition) } + [("unclassified", result.unclassifiedDefinition)]
        let language = settings.language
        return [language.pick(zh: "各类别的含义", en: "What the classes count")]
            + rows.map { "  \(TerminalText.plain($0.0)): \(TerminalText.plain($0.1.text(in: language) ?? ""))" }
    }

    /// What rows have no column for.
    private var regionsJSON: String {
        var json = JSONText()
        json.beginArray()
        for region in result.regions {
            json.beginObject()
            json.key("region_code")
            json.string(region.code)
            json.key("region_name")
            json.string(region.name)
            json.key("region_area_m2")
            json.number(region.area)
            json.key("assessable")
            json.bool(region.classes != nil)
            json.key("no_data_m2")
            json.number(region.noDataArea)
            json.key("double_counted_m2")
            json.number(region.doubleCountedArea)
            json.endObject()
        }
        json.endArray()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private var optionsJSON: String {
        var json = JSONText()
        json.beginObject()
        json.key("edge")
        json.string(isRaster ? result.options.edge.rawValue : nil)
        json.key("weight")
        json.string(isRaster ? result.options.weight.rawValue : nil)
        json.key("cover_field")
        json.string(result.options.coverField)
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private var isRaster: Bool { if case .raster = result.source { true } else { false } }
}

extension Double {
    /// An area in square metres, in another unit.
    fileprivate func squareMeters(in unit: AreaUnit) -> Double { Area(squareMeters: self).value(in: unit) }
}

extension RegionLandCover {
    /// Code and name, as far as there are any.
    var label: String { [code, name].compactMap { $0 }.joined(separator: " ") }
}

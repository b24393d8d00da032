import RedlineGeometry
public import RedlineKit
import RedlineMeasure

/// Turns a table of shares into rows and columns.
public struct ShareReport: Sendable {
    /// What was tabulated.
    public let table: ShareTable
    /// How it is written.
    public let settings: ReportSettings

    /// Creates a report of `table`.
    public init(_ table: ShareTable, settings: ReportSettings = ReportSettings()) {
        self.table = table
        self.settings = settings
    }

    /// The table: the shares, or the ledger where one was asked for.
    package var report: TableReport {
        var report = table.ledger == nil ? shares : ledgerTable
        report.members = members
        if let denominator = denominatorJSON { report.provenanceMembers.append(("denominator", denominator)) }
        return report
    }

    /// The ways in which areas are shown.
    var faces: [ShareFace] { ShareFace.faces(of: table.options) }

    func pick(zh: @autoclosure () -> String, en: @autoclosure () -> String) -> String {
        settings.language.pick(zh: zh(), en: en())
    }

    // MARK: - Shares

    private var shares: TableReport {
        let method = table.options.areaMethod.description
        var columns = [
            TableColumn(
                "region_code", .text, zh: "编码", en: "Code", words: ["total": LocalizedText(zh: "合计", en: "total")]),
            TableColumn("region_name", .text, zh: "统计区", en: "Region"),
            TableColumn("layer", .text, zh: "图层", en: "Layer", isPrinted: false),
        ]
        if table.options.byClass {
            columns.append(TableColumn("class", .text, zh: "类别", en: "Class", isPrinted: false))
        }
        columns += areaColumns("region_area", zh: "统计区面积", en: "Region area")
        columns += areaColumns("zone_area", zh: "管控区面积", en: "Zone area")
        columns.append(TableColumn("share", .share, zh: "占比", en: "Share", hasBar: true))
        columns += areaColumns("gross_area", zh: "毛面积", en: "Gross area", isPrinted: hasDoubleCounts)
        columns += areaColumns("double_counted", zh: "重复计入", en: "Counted twice", isPrinted: hasDoubleCounts)
        columns += [
            TableColumn("zones", .count, zh: "管控区数", en: "Zones"),
            TableColumn("area_method", .text, zh: "面积方法", en: "Area method", isPrinted: false),
        ]
        if denominator != nil {
            columns.append(TableColumn("denominator", .text, zh: "分母", en: "Denominator", isPrinted: false))
        }
        let rows = table.rows.map { row in
            let region = row.region.map { table.regions[$0] }
            var values: [ReportValue] = [
                region == nil ? .text("total") : ReportValue(region?.code), ReportValue(region?.name),
                .text(row.group.layerID),
            ]
            if table.options.byClass { values.append(className(row.group)) }
            values += areas(row.regionArea) + areas(row.zoneArea) + [ReportValue(row.share)]
            values += areas(row.grossArea) + areas(row.doubleCountedArea)
            values += [.integer(row.zones), .text(method)]
            if let denominator { values.append(.text(denominator)) }
            return TableRow(values, geometry: region?.geometry)
        }
        var report = TableReport(
            name: "share", columns: columns, rows: rows, provenance: table.provenance, settings: settings)
        report.prose = sharesProse
        return report
    }

    private var hasDoubleCounts: Bool { table.rows.contains { $0.doubleCountedArea.chosen.squareMeters != 0 } }

    /// `*` for the union of all classes; null for zones without a class.
    private func className(_ group: ZoneGroup) -> ReportValue {
        if case .zoneClass(let name, _) = group { return ReportValue(name) }
        return .text("*")
    }

    // MARK: - Ledger

    private var ledgerTable: TableReport {
        var columns = [
            TableColumn("key", .text, zh: "键", en: "Key", isPrinted: false),
            TableColumn("region_code", .text, zh: "编码", en: "Code"),
            TableColumn("region_name", .text, zh: "统计区", en: "Region"),
            TableColumn("layer", .text, zh: "图层", en: "Layer"),
            TableColumn("zone_id", .text, zh: "要素号", en: "Zone id", isPrinted: false),
            TableColumn("zone_code", .text, zh: "管控区编码", en: "Zone code"),
            TableColumn("zone_name", .text, zh: "管控区", en: "Zone"),
            TableColumn("zone_class", .text, zh: "类别", en: "Class"),
        ]
        columns += areaColumns("area", zh: "区内面积", en: "Area in region")
        columns += [
            TableColumn("share_of_region", .share, zh: "占统计区", en: "Of region"),
            TableColumn("share_of_zone", .share, zh: "占管控区", en: "Of zone"),
        ]
        columns += areaColumns("zone_area", zh: "管控区面积", en: "Zone area", isPrinted: false)
        columns.append(TableColumn("area_method", .text, zh: "面积方法", en: "Area method", isPrinted: false))
        let rows = (table.ledger?.entries ?? []).map { entry in
            let region = entry.region.map { table.regions[$0] }
            var values: [ReportValue] = [
                .text(entry.key), ReportValue(region?.code), ReportValue(region?.name), .text(entry.layer),
                .text(entry.zone.id), ReportValue(entry.zone.code), ReportValue(entry.zone.name),
                ReportValue(entry.zone.class),
            ]
            values += areas(entry.area) + [ReportValue(entry.shareOfRegion), .real(entry.shareOfZone)]
            values += areas(entry.zoneArea) + [.text(table.options.areaMethod.description)]
            return TableRow(values, geometry: entry.geometry, id: entry.key)
        }
        var report = TableReport(
            name: "ledger", columns: columns, rows: rows, provenance: table.provenance, settings: settings)
        report.prose = ledgerProse
        return report
    }

    // MARK: - Columns

    private func areaColumns(_ name: String, zh: String, en: String, isPrinted: Bool = true) -> [TableColumn] {
        faces.enumerated().map { place, face in
            let suffix = place == 0 ? "" : pick(zh: "·\(face.method)", en: " \(face.method)")
            return TableColumn(
                name + face.suffix + "_m2", .area, zh: zh + suffix, en: en + suffix, isPrinted: isPrinted)
        }
    }

    private func areas(_ figures: AreaFigures) -> [ReportValue] {
        faces.map { ReportValue($0.value(figures)?.squareMeters) }
    }
}

/// One of the ways in which an area is shown.
struct ShareFace: Sendable {
    /// What names of columns add: empty for the chosen method, else `_notice32`.
    let suffix: String
    /// The name of the method.
    let method: String
    let value: @Sendable (AreaFigures) -> Area?

    /// The ways of a run, the chosen one first.
    static func faces(of options: ShareOptions) -> [ShareFace] {
        var faces = [ShareFace(suffix: "", method: options.areaMethod.description) { $0.chosen }]
        guard options.showsAllAreas else { return faces }
        if options.areaMethod != .ellipsoidal {
            faces.append(ShareFace(suffix: "_ellipsoidal", method: "ellipsoidal") { $0.ellipsoidal })
        }
        faces.append(ShareFace(suffix: "_notice32", method: "notice32") { $0.notice32 })
        faces.append(ShareFace(suffix: "_geodesic", method: "geodesic") { $0.geodesic })
        return faces
    }
}

import LayerIO

/// A table of targets with a row for each indicator, or with a row for each value.
struct TargetTable {
    private enum Role {
        case baseline, target, measured
    }

    private enum Part {
        case figure, period, basis
    }

    /// What a column holds.
    private enum Column {
        case key(TargetKey)
        case part(Role, Part)
        /// A figure of the year that the heading names.
        case figure(Role?, year: String)
        /// The role of the value in tables with a row for each.
        case role
        case value
        case reading
        case year
        case unused
    }

    private let columns: [Column]
    private let headings: [String]
    private let rows: ArraySlice<DelimitedText.Row>

    /// Headings that nothing was taken from.
    var unusedHeadings: [String] {
        zip(headings, columns).compactMap { if case .unused = $1, !$0.isEmpty { $0 } else { nil } }
    }

    /// Recognises the columns by their headings.
    ///
    /// - Throws: ``TargetFault`` where no column holds indicators or figures.
    init(_ text: DelimitedText) throws(TargetFault) {
        guard let heading = text.rows.first else { throw TargetFault(reason: "the file is empty.") }
        headings = heading.cells
        columns = headings.map(Self.column)
        rows = text.rows.dropFirst()
        let hasIndicators = columns.contains {
            switch $0 {
            case .key(.indicator), .key(.label): true
            default: false
            }
        }
        let hasFigures = columns.contains {
            switch $0 {
            case .part(_, .figure), .figure, .value, .reading: true
            default: false
            }
        }
        guard hasIndicators, hasFigures else {
            throw TargetFault(
                reason: "the first line names no column of \(hasIndicators ? "figures" : "indicators"): "
                    + headings.joined(separator: ", ") + ".",
                remedy: "Name columns as in: indicator, region_code, unit, attribute, baseline, baseline_year, target, "
                    + "target_year (指标, 行政区代码, 单位, 属性, 基期值, 基期年, 目标值, 目标年).")
        }
    }

    /// The records, in the order of the file; a table with a row for each value gives one for each of its targets.
    func records() -> [TargetRecord] {
        let isLong = columns.contains { if case .role = $0 { true } else { false } }
        return isLong ? longRecords() : rows.map(wideRecord)
    }

    /// All values of a table with a row for each: its place, its role, and what it belongs to.
    func values() -> [(record: TargetRecord, role: String, entry: TargetRecord.Entry)] {
        rows.map { row in
            var record = TargetRecord(place: "line \(row.line)")
            var entry = TargetRecord.Entry(text: "")
            var role = ""
            var reading = ""
            for (column, cell) in zip(columns, row.cells) where !cell.isEmpty {
                switch column {
                case .key(let key): record.texts[key] = cell
                case .role: role = cell.lowercased()
                case .value: entry.text = cell
                case .reading: reading = cell
                case .year: entry.period = cell
                case .part(_, .basis): entry.basis = cell
                case .part, .figure, .unused: break
                }
            }
            let hasCells = columns.contains { if case .value = $0 { true } else { false } }
            if !hasCells { entry.text = reading }
            entry.place = record.place
            return (record, role, entry)
        }
    }

    private func wideRecord(_ row: DelimitedText.Row) -> TargetRecord {
        var record = TargetRecord(place: "line \(row.line)")
        var entries: [Role: TargetRecord.Entry] = [:]
        var years: [(role: Role?, year: String, text: String)] = []
        for (column, cell) in zip(columns, row.cells) {
            switch column {
            case .key(let key): if !cell.isEmpty { record.texts[key] = cell }
            case .part(let role, .figure): entries[role, default: .init(text: "")].text = cell
            case .part(let role, .period):
                if !cell.isEmpty { entries[role, default: .init(text: "")].period = cell }
            case .part(let role, .basis):
                if !cell.isEmpty { entries[role, default: .init(text: "")].basis = cell }
            case .figure(let role, let year): years.append((role, year, cell))
            case .year: if !cell.isEmpty { entries[.target, default: .init(text: "")].period = cell }
            case .role, .value, .reading, .unused: break
            }
        }
        add(years, to: &entries, &record)
        // A column of baselines that is empty here says that the baseline is unknown.
        if let baseline = entries[.baseline] { record.baselines.append(baseline) }
        if let measured = entries[.measured], measured.text.trimmed != nil { record.measured.append(measured) }
        record.target = entries[.target]
        return record
    }

    /// Years in headings: the last one is the target's where no heading says so, the first one the baseline's.
    private func add(
        _ years: [(role: Role?, year: String, text: String)], to entries: inout [Role: TargetRecord.Entry],
        _ record: inout TargetRecord
    ) {
        let lastYear = years.filter { $0.role != .measured }.map(\.year).max()
        for (role, year, text) in years {
            let meant = role ?? (year == lastYear && entries[.target] == nil ? .target : .baseline)
            let entry = TargetRecord.Entry(text: text, period: year)
            switch meant {
            case .target: entries[.target] = entry
            case .measured: if text.trimmed != nil { record.measured.append(entry) }
            case .baseline:
                if entries[.baseline] == nil {
                    entries[.baseline] = entry
                } else if text.trimmed != nil {
                    record.measured.append(entry)
                }
            }
        }
    }

    /// Gathers values into targets: those of one row of one table of one plan belong together.
    private func longRecords() -> [TargetRecord] {
        let values = values()
        var order: [[String]] = []
        var groups: [[String]: [Int]] = [:]
        for (index, value) in values.enumerated() {
            let key = Self.groupKeys.map { value.record.text($0) ?? "" }
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(index)
        }
        var records: [TargetRecord] = []
        for key in order {
            let members = (groups[key] ?? []).map { values[$0] }
            for member in members where ["target", "目标", "目标值"].contains(member.role) {
                var record = member.record
                record.target = member.entry
                for other in members {
                    switch other.role {
                    case "baseline", "基期", "现状", "基准": record.baselines.append(other.entry)
                    case "achieved", "state", "measured", "actual", "change", "完成", "实际":
                        record.measured.append(other.entry)
                    default: break
                    }
                }
                record.baselines += rivals(of: record, among: values)
                records.append(record)
            }
        }
        return records
    }

    private static let groupKeys: [TargetKey] = [.document, .table, .row, .indicator, .label, .region, .regionCode]

    /// Values that the same plan prints elsewhere for the baseline's year of the same indicator, and that differ.
    private func rivals(
        of record: TargetRecord, among values: [(record: TargetRecord, role: String, entry: TargetRecord.Entry)]
    ) -> [TargetRecord.Entry] {
        guard record.baselines.count == 1, let own = record.baselines.first, record.text(.document) != nil else {
            return []
        }
        let level = PlanFigure(reading: own.text)
        guard level.isLevel else { return [] }
        return values.compactMap { value in
            let isSame = [TargetKey.document, .indicator, .label, .region, .regionCode].allSatisfy {
                value.record.text($0) == record.text($0)
            }
            guard isSame, value.role != "target", value.entry.period == own.period else { return nil }
            let other = PlanFigure(reading: value.entry.text)
            return other.isLevel && other.value != level.value ? value.entry : nil
        }
    }
}

// MARK: - Headings

extension TargetTable {
    private static func column(_ heading: String) -> Column {
        let name = heading.planNormalized.lowercased().replacing("_", with: "").replacing("-", with: "")
        if let column = names[name] { return column }
        if let match = name.firstMatch(of: /([0-9]{4})年?/) {
            let year = String(match.output.1)
            if name.contains("目标") || name.contains("target") { return .figure(.target, year: year) }
            if ["现状", "基期", "基准", "基数", "baseline"].contains(where: name.contains) {
                return .figure(.baseline, year: year)
            }
            if ["完成", "实际", "实现", "监测", "measured", "actual", "achieved"].contains(where: name.contains) {
                return .figure(.measured, year: year)
            }
            if name.count <= 5 { return .figure(nil, year: year) }
        }
        return .unused
    }

    private static let names: [String: Column] = {
        var names: [String: Column] = [:]
        func add(_ column: Column, _ words: [String]) { for word in words { names[word] = column } }
        add(.key(.id), ["id"])
        add(.key(.document), ["document", "plan", "文件", "规划"])
        add(.key(.table), ["table", "表"])
        add(.key(.row), ["row", "no", "序号"])
        add(.key(.indicator), ["indicator", "indicatorid", "指标代码", "指标编码"])
        add(.key(.label), ["indicatorzh", "indicatorname", "name", "label", "指标", "指标名称", "指标项", "名称"])
        add(.key(.region), ["region", "regionname", "地区", "区域", "行政区", "行政区名称", "县区", "县", "县级行政区"])
        add(.key(.regionCode), ["regioncode", "code", "行政区代码", "区划代码", "行政区划代码", "adcode", "xzqdm", "代码"])
        add(.key(.unit), ["unit", "单位", "计量单位"])
        add(.key(.attribute), ["attribute", "属性", "指标属性", "指标性质", "性质"])
        add(.key(.direction), ["direction", "方向"])
        add(.key(.layer), ["layer", "图层"])
        add(.key(.class), ["class", "类别", "类型"])
        add(.key(.measure), ["measure", "quantity", "度量"])
        add(.key(.denominator), ["denominator", "分母"])
        add(.key(.band), ["band", "允许偏差"])
        add(.key(.total), ["total", "总数"])
        add(.key(.change), ["change", "statedchange", "变化"])
        add(.key(.provisional), ["provisional", "暂定"])
        add(.key(.approvedLayer), ["approvedlayer", "批准图层"])
        add(
            .key(.remarks),
            ["remarks", "remark", "备注", "indicatoren", "comparator", "state", "kind", "section", "note", "章节"])
        add(.part(.baseline, .figure), ["baseline", "baselinevalue", "基期值", "基准值", "基数", "现状值", "基期", "现状"])
        add(.part(.baseline, .period), ["baselineyear", "基期年", "基准年", "现状年", "基期年份"])
        add(.part(.baseline, .basis), ["baselinebasis", "basis"])
        add(.part(.target, .figure), ["target", "targetvalue", "目标值", "目标"])
        add(.part(.target, .period), ["targetyear", "目标年", "目标年份"])
        add(.part(.target, .basis), ["targetbasis"])
        add(.part(.measured, .figure), ["measured", "actual", "achieved", "实际值", "完成值", "监测值", "实际"])
        add(.part(.measured, .period), ["measuredyear", "measureddate", "actualyear", "实际年", "完成年", "监测年"])
        add(.part(.measured, .basis), ["measuredbasis"])
        add(.role, ["role", "角色"])
        add(.value, ["valueraw"])
        add(.reading, ["value", "数值"])
        add(.year, ["year", "年份", "年"])
        return names
    }()
}

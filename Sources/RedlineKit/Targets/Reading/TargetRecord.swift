/// One row of a file of targets, as texts under the names of this program, wherever they came from.
struct TargetRecord {
    /// A figure of the row and what belongs to it.
    struct Entry: Hashable {
        var text: String
        var period: String?
        var basis: String?
        /// Where it stands, if not in the row itself.
        var place: String?
    }

    /// Where the row stands: `line 5`.
    var place: String
    var texts: [TargetKey: String] = [:]
    var baselines: [Entry] = []
    var target: Entry?
    var measured: [Entry] = []

    func text(_ key: TargetKey) -> String? { texts[key]?.trimmed }
}

/// The parts of a row besides its figures; the raw value is the key in YAML and the heading in CSV.
enum TargetKey: String, CaseIterable {
    case id, document, table, row, indicator, label, region, regionCode = "region_code", unit, attribute, direction
    case layer, `class`, measure, denominator, band, total, change, provisional, approvedLayer = "approved_layer"
    case remarks
}

/// What a file of targets says that cannot be taken as it is: the reason and the remedy, without the place.
struct TargetFault: Error {
    var reason: String
    var remedy: String?
}

extension PlanTarget {
    /// The targets of a row: one, or one for each of the regions that share its cells.
    ///
    /// Several regions in one cell are parted by `|`, `、` or `/`; a figure cell then holds as many figures in the same
    /// order, parted by `|`, or one for all.
    ///
    /// - Throws: ``TargetFault`` for a value that is none of the words or numbers that may stand there.
    static func targets(of record: TargetRecord) throws(TargetFault) -> [PlanTarget] {
        let names = parts(record.text(.region), separators: ["|", "、"])
        let codes = parts(record.text(.regionCode), separators: ["|", "、", "/"])
        let count = max(names.count, codes.count, 1)
        guard count > 1 else { return [try PlanTarget(record, region: (names.first, codes.first), share: nil)] }
        guard names.isEmpty || codes.isEmpty || names.count == codes.count else {
            throw TargetFault(reason: "\(names.count) names of regions stand beside \(codes.count) codes.")
        }
        var targets: [PlanTarget] = []
        for index in 0..<count {
            let region = (names.isEmpty ? nil : names[index], codes.isEmpty ? nil : codes[index])
            targets.append(try PlanTarget(record, region: region, share: (index, count)))
        }
        return targets
    }

    private static func parts(_ text: String?, separators: Set<Character>) -> [String] {
        (text ?? "").split { separators.contains($0) || $0.isNewline }.compactMap { String($0).trimmed }
    }

    private init(
        _ record: TargetRecord, region: (name: String?, code: String?), share: (index: Int, count: Int)?
    ) throws(TargetFault) {
        guard let name = record.text(.indicator) ?? record.text(.label) else {
            throw TargetFault(reason: "the row names no indicator.", remedy: "Give it under 'indicator' (指标).")
        }
        let unit = record.text(.unit).flatMap { PlanUnit(parsing: $0) }
        func dated(_ entry: TargetRecord.Entry) throws(TargetFault) -> DatedFigure {
            var cell = entry.text
            if let share {
                let cells = cell.split(separator: "|", omittingEmptySubsequences: false)
                if cells.count > 1 {
                    guard cells.count == share.count else {
                        throw TargetFault(reason: "\(cells.count) figures stand beside \(share.count) regions.")
                    }
                    cell = String(cells[share.index])
                }
            }
            var period: PlanPeriod?
            if let text = entry.period?.trimmed {
                period = PlanPeriod(parsing: text)
                guard period != nil else {
                    throw TargetFault(reason: "'\(text)' is no year.", remedy: "Write 2025, or 2021-2025 for a sum.")
                }
            }
            return DatedFigure(
                PlanFigure(reading: cell, unit: unit), period: period, basis: entry.basis?.trimmed,
                place: entry.place ?? record.place)
        }
        let target = record.target ?? TargetRecord.Entry(text: "")
        self.init(place: record.place, name: record.text(.label) ?? name, target: try dated(target))
        indicator = Indicator(named: name) ?? record.text(.label).flatMap { Indicator(named: $0) }
        self.unit = unit
        id = record.text(.id)
        document = record.text(.document)
        regionName = region.name
        regionCode = region.code
        // A code in the place of the name.
        if regionCode == nil, let name = region.name, name.allSatisfy(\.isDigit) {
            (regionCode, regionName) = (name, nil)
        }
        for entry in record.baselines { baselines.append(try dated(entry)) }
        for entry in record.measured { measured.append(try dated(entry)) }
        try readWords(of: record)
        try readNumbers(of: record)
    }

    private mutating func readWords(of record: TargetRecord) throws(TargetFault) {
        direction = indicator?.direction
        if let text = record.text(.direction) {
            switch text.lowercased() {
            case "up", "higher", "more", "越大越好", "正向": direction = .up
            case "down", "lower", "less", "越小越好", "逆向", "负向": direction = .down
            case "none": direction = nil
            default: throw Self.unknownWord(text, "direction", ["up", "down"])
            }
        }
        if let text = record.text(.attribute) {
            switch text.lowercased() {
            case "binding", "约束性", "约束", "约束性指标": attribute = .binding
            case "expected", "预期性", "预期", "预期性指标", "指导性": attribute = .expected
            case "unmarked", "-", "—": attribute = .unmarked
            default: throw Self.unknownWord(text, "attribute", ["binding", "expected", "约束性", "预期性"])
            }
        }
        layer = record.text(.layer)
        zoneClass = record.text(.class)
        approvedLayer = record.text(.approvedLayer)
        if let text = record.text(.measure) {
            guard let word = Quantity(rawValue: text.lowercased()) else {
                throw Self.unknownWord(text, "measure", Quantity.allCases.map(\.rawValue))
            }
            quantity = word
        }
        if let text = record.text(.denominator) {
            guard let word = Denominator(rawValue: text.lowercased()) else {
                throw Self.unknownWord(text, "denominator", Denominator.allCases.map(\.rawValue))
            }
            denominator = word
        }
        if let text = record.text(.provisional) {
            switch text.lowercased() {
            case "true", "yes", "1", "是": isProvisional = true
            case "false", "no", "0", "否": isProvisional = false
            default: throw Self.unknownWord(text, "provisional", ["true", "false"])
            }
        }
    }

    private mutating func readNumbers(of record: TargetRecord) throws(TargetFault) {
        if let text = record.text(.band) {
            let figure = PlanFigure(reading: text.planNormalized.filter { $0 != "±" }, unit: target.figure.unit)
            guard figure.kind == .number, let width = figure.value(in: target.figure.unit), width >= 0 else {
                throw TargetFault(
                    reason: "'\(text)' is no band.", remedy: "Write how far from the target still counts: 2, or 2 %.")
            }
            band = width
        }
        if let text = record.text(.total) {
            guard let count = Int(text.planNormalized), count >= 0 else {
                throw TargetFault(reason: "'\(text)' is no number of things.", remedy: "Write a whole number: 84.")
            }
            total = count
        }
        if let text = record.text(.change) { statedChange = PlanFigure(reading: text, unit: .percent) }
    }

    private static func unknownWord(_ text: String, _ key: String, _ words: [String]) -> TargetFault {
        TargetFault(reason: "'\(text)' is no \(key).", remedy: "Use one of \(words.joined(separator: ", ")).")
    }
}

import RedlineGeometry

/// A table of boundary points (拐点坐标表), found by what stands in it: headings in Chinese or English, or none; one or
/// several plots; decimal degrees, degrees with minutes and seconds in one column or three, or metres.
struct CoordinateTable {
    private(set) var list = ListedPlots()
    private let path: String
    private let columns: TableColumns
    private var isHeadless = false
    private var extras: [(column: Int, name: String)] = []
    /// What is written above the points and in the name of the file.
    private var prose = ""
    private var footnotes = 0

    // The plot being read.
    private var entries: [Entry] = []
    private var title: String?
    /// The points of each plot that was read.
    private var entriesOfPlots: [[Entry]] = []

    /// One point of the table with its row's other cells.
    private struct Entry {
        var point: ListedPoint
        var plot: String?
        var ring: Int?
        var cells: [String]
        var problem: String?
    }

    /// Reads a table; nil where it holds no coordinates.
    ///
    /// - Parameters:
    ///   - table: The cells.
    ///   - shape: What the points draw, where the user says.
    ///   - path: For messages.
    /// - Throws: ``LayerError/undecided(path:reason:remedy:)`` where rows may be corners of one plot or places of their
    ///   own, or blocks side by side have no order.
    init?(_ table: CellTable, shape: ListShape?, path: String) throws(LayerError) {
        self.path = path
        prose = table.name
        let start: Int
        if let found = Self.headings(of: table) {
            columns = found.columns
            start = found.start
            let cells = table.rows[found.row].cells
            extras = cells.indices.compactMap { index in
                columns.isUsed(index) || cells[index].isEmpty ? nil : (index, cells[index])
            }
            for row in table.rows[...found.row] { prose += " " + row.cells.joined(separator: " ") }
        } else if let found = Self.withoutHeadings(table) {
            columns = found.columns
            start = found.start
            isHeadless = true
            for row in table.rows[..<start] { prose += " " + row.cells.joined(separator: " ") }
        } else {
            return nil
        }
        list.columns = columns.labels
        try read(table.rows[start...])
        guard !list.plots.isEmpty else { return nil }
        list.prose = prose
        list.claims.read(prose: prose)
        list.claims.read(pairs: prose)
        try decideShape(asked: shape)
        nameFields()
        if footnotes > 0 {
            list.notes.append(
                Remark(
                    zh: "\(footnotes) 行文字未作坐标读取（标题或脚注）。",
                    en: "\(footnotes) rows of text were not read as points (titles or footnotes)."))
        }
    }

    // MARK: - Columns

    private static func headings(of table: CellTable) -> (row: Int, start: Int, columns: TableColumns)? {
        for (index, row) in table.rows.prefix(60).enumerated() where row.cells.count(where: { !$0.isEmpty }) >= 1 {
            let below = index + 1 < table.rows.count ? table.rows[index + 1].cells : []
            guard let columns = TableColumns(headings: row.cells, units: below) else { continue }
            let hasUnits = columns.first.columns.count == 3
            // A heading must head something.
            let start = index + (hasUnits ? 2 : 1)
            guard start < table.rows.count else { continue }
            return (index, start, columns)
        }
        return nil
    }

    /// Finds two neighbouring columns whose numbers are coordinates of China in four rows of five.
    private static func withoutHeadings(_ table: CellTable) -> (start: Int, columns: TableColumns)? {
        let rows = table.rows.enumerated().filter { !$0.element.isBlank }
        var votes: [Int: Int] = [:]
        var firstRow: [Int: Int] = [:]
        for (index, row) in rows {
            for column in row.cells.indices.dropLast() {
                guard let first = CoordinateNumber.read(row.cells[column]),
                    let second = CoordinateNumber.read(row.cells[column + 1]),
                    AxisReading.kind(first.value, second.value) != .other
                else { continue }
                votes[column, default: 0] += 1
                if firstRow[column] == nil { firstRow[column] = index }
            }
        }
        guard let best = votes.max(by: { ($0.value, -$0.key) < ($1.value, -$1.key) }), let start = firstRow[best.key],
            5 * best.value >= 4 * rows.count(where: { $0.offset >= start })
        else { return nil }
        let column = best.key
        var columns = TableColumns(
            first: .init(columns: [column]), second: .init(columns: [column + 1]))
        let data = rows.filter { $0.offset >= start }.map(\.element.cells)
        func values(_ index: Int) -> [String] { data.map { index < $0.count ? $0[index] : "" } }
        if column >= 2, isRingColumn(values(column - 1)), values(column - 2).contains(where: { !$0.isEmpty }) {
            columns.ring = column - 1
            columns.point = column - 2
        } else if column >= 1 {
            columns.point = (0..<column).last { values($0).contains { !$0.isEmpty } }
        }
        if let point = columns.point {
            let names = values(point)
            columns.saysCorner = names.allSatisfy { $0.wholeMatch(of: /[JjＪPpKk][ -]?\d+/) != nil }
            let isText = names.allSatisfy { !$0.isEmpty && !$0.contains(where: \.isNumber) }
            if isText || Set(names).count * 2 < names.count && names.count > 5 { columns.plot = point }
        }
        return (start, columns)
    }

    private static func isRingColumn(_ values: [String]) -> Bool {
        let numbers = values.compactMap { Int($0) }
        return numbers.count == values.count && numbers.first == 1 && numbers.allSatisfy { (1...99).contains($0) }
            && Set(numbers).count * 3 <= numbers.count
    }

    // MARK: - Rows

    private mutating func read(_ rows: ArraySlice<CellTable.Row>) throws(LayerError) {
        // Blocks side by side are read one after the other up to the next title.
        var segment: [CellTable.Row] = []
        for row in rows {
            if row.isBlank { continue }
            if isText(row) {
                if isHeading(row) { continue }
                try readSegment(segment)
                segment = []
                finishPlot(title: row.cells.first { !$0.isEmpty })
                footnotes += 1
                continue
            }
            segment.append(row)
        }
        try readSegment(segment)
        finishPlot(title: nil)
    }

    private mutating func readSegment(_ rows: [CellTable.Row]) throws(LayerError) {
        for block in try blocksInOrder(rows) {
            for entry in block { add(entry) }
        }
    }

    private func blocksInOrder(_ rows: [CellTable.Row]) throws(LayerError) -> [[Entry]] {
        let blocks = ([columns] + columns.repetitions).map { columns in rows.compactMap { entry($0, columns) } }
        guard blocks.count > 1, !blocks[1].isEmpty else { return [blocks[0]] }
        func number(_ entry: Entry?) -> Int? { entry.flatMap { Self.number(of: $0.point.name) } }
        if let last = number(blocks[0].last), let next = number(blocks[1].first) {
            if next == last + 1 || next == number(blocks[0].first) && blocks[0].count >= 3 { return blocks }
            if let first = number(blocks[0].first), next == first + 1 {
                let count = blocks.map(\.count).max() ?? 0
                return [(0..<count).flatMap { row in blocks.compactMap { row < $0.count ? $0[row] : nil } }]
            }
        }
        throw .undecided(
            path: path,
            reason: "the coordinates stand in several blocks side by side, and the point numbers do not say "
                + "in which order they run", remedy: "Put all points below one another.")
    }

    /// Whether a row has words and no coordinates: headings again, a title, or a footnote.
    private func isText(_ row: CellTable.Row) -> Bool {
        if isHeading(row) { return true }
        let written = row.cells.indices.filter { !row.cells[$0].isEmpty }
        guard let first = written.first else { return true }
        let start = Typography.key(row.cells[first])
        let footers = ["面积", "合计", "总计", "备注", "周长", "说明", "注:", "制表", "审核", "area", "total", "note"]
        if footers.contains(where: start.hasPrefix) { return true }
        let blocks = [columns] + columns.repetitions
        // Points without coordinates are faults: they have a number.
        let isNumbered = blocks.contains { block in
            guard let point = block.point, row.cells.indices.contains(point) else { return false }
            let name = row.cells[point]
            return name.utf8.allSatisfy { $0 < 0x80 } && Self.number(of: name) != nil
        }
        if isNumbered { return false }
        if written.count == 1 {
            let isNumber =
                CoordinateNumber.read(row.cells[first]) != nil || Self.pair(row.cells[first]).contains { $0 != nil }
            return !isNumber && row.cells[first].contains(where: \.isLetter)
        }
        return blocks.allSatisfy { block in
            (block.first.columns + block.second.columns).allSatisfy {
                !row.cells.indices.contains($0) || row.cells[$0].isEmpty
            }
        }
    }

    private func isHeading(_ row: CellTable.Row) -> Bool {
        if TableColumns(headings: row.cells, units: []) != nil { return true }
        let units: Set<String> = ["度", "分", "秒", "°", "′", "″", "'", "\"", "米", "(m)", "m", "(米)"]
        let written = row.cells.filter { !$0.isEmpty }
        return !written.isEmpty && written.allSatisfy { units.contains(Typography.key($0)) }
    }

    private func entry(_ row: CellTable.Row, _ columns: TableColumns) -> Entry? {
        func cell(_ column: Int?) -> String {
            column.flatMap { row.cells.indices.contains($0) ? row.cells[$0] : nil } ?? ""
        }
        let name = cell(columns.point)
        let texts = (columns.first.columns + columns.second.columns).map { cell($0) }
        if texts.allSatisfy(\.isEmpty), name.isEmpty { return nil }
        var entry = Entry(
            point: ListedPoint(name: name, first: 0, second: 0, line: row.line),
            plot: columns.plot.map { cell($0) }.flatMap { $0.isEmpty ? nil : $0 },
            ring: columns.ring.flatMap { Int(Typography.halfWidth(cell($0))) }, cells: row.cells)
        let readings =
            columns.isPair
            ? Self.pair(texts[0])
            : [columns.first, columns.second].map { coordinate in
                Self.reading(coordinate.columns.map { cell($0) })
            }
        guard readings.count == 2, let first = readings[0], let second = readings[1] else {
            let shown = texts.joined(separator: ", ")
            entry.problem = "line \(row.line): '\(shown.prefix(60))' are no coordinates"
            return entry
        }
        entry.point.first = first.value
        entry.point.second = second.value
        return entry
    }

    private static func pair(_ text: String) -> [CoordinateNumber.Reading?] {
        let words = Typography.halfWidth(text).split { ",; \t/".contains($0) }
        guard words.count == 2 else { return [] }
        return words.map { CoordinateNumber.read($0) }
    }

    /// One cell, or degrees, minutes and seconds in three.
    private static func reading(_ cells: [String]) -> CoordinateNumber.Reading? {
        guard cells.count == 3 else { return CoordinateNumber.read(cells[0]) }
        let parts = cells.compactMap { CoordinateNumber.read($0)?.value }
        guard parts.count == 3, parts[0] == parts[0].rounded(), parts[0] >= 0, (0..<60).contains(parts[1]),
            parts[1] == parts[1].rounded(), (0..<60).contains(parts[2])
        else { return nil }
        return CoordinateNumber.Reading(value: parts[0] + (parts[1] * 60 + parts[2]) / 3600, isAngle: true)
    }

    /// The number at the end of a point's name: 3 of `J3`.
    private static func number(of name: String) -> Int? {
        let digits = Typography.halfWidth(name).reversed().prefix { ("0"..."9").contains($0) }
        return digits.count > 9 ? nil : Int(String(digits.reversed()))
    }

    // MARK: - Plots

    private mutating func add(_ entry: Entry) {
        var entry = entry
        if columns.plot != nil {
            entry.plot = entry.plot ?? entries.last?.plot
            if let last = entries.last, last.plot != entry.plot { finishPlot(title: title) }
        } else if startsAgain(entry) {
            finishPlot(title: title)
        }
        entries.append(entry)
    }

    /// Whether the numbers of the points start again at a point that does not close the plot.
    private func startsAgain(_ entry: Entry) -> Bool {
        guard entries.count >= 3, let first = entries.first, let number = Self.number(of: entry.point.name),
            let start = Self.number(of: first.point.name), number == start,
            !(entry.point.first == first.point.first && entry.point.second == first.point.second)
        else { return false }
        return entry.ring == nil || entry.ring == first.ring
    }

    private mutating func finishPlot(title next: String?) {
        defer { title = next }
        guard !entries.isEmpty else { return }
        let first = entries[0]
        var plot = ListedPlot(
            values: [], shape: .polygon, rings: [], line: first.point.line,
            problem: entries.lazy.compactMap(\.problem).first)
        for entry in entries where entry.problem == nil {
            let ring = plot.rings.last
            let isClosed =
                columns.ring == nil && ring.map { Self.isClosed($0.points) } == true
            if let ring, ring.number == entry.ring, !isClosed {
                plot.rings[plot.rings.count - 1].points.append(entry.point)
            } else {
                plot.rings.append(ListedRing(number: entry.ring, points: [entry.point]))
            }
        }
        plot.values = values(entries, key: first.plot ?? title)
        entriesOfPlots.append(entries)
        if title != nil, footnotes > 0 { footnotes -= 1 }
        list.plots.append(plot)
        entries = []
    }

    /// The identifier and what else stands in the rows, the first of each column.
    private func values(_ entries: [Entry], key: String?) -> [AttributeValue] {
        let others = extras.map { extra -> AttributeValue in
            for entry in entries where entry.cells.indices.contains(extra.column) && !entry.cells[extra.column].isEmpty
            {
                return .string(entry.cells[extra.column])
            }
            return .null
        }
        return [key.map { .string($0) } ?? .null] + others
    }

    private static func isClosed(_ points: [ListedPoint]) -> Bool {
        guard points.count >= 4, let first = points.first, let last = points.last else { return false }
        return first.first == last.first && first.second == last.second
    }

    private mutating func nameFields() {
        var names: Set<String> = ["id"]
        list.fields = [FieldDescription(name: "id", type: .string)]
        for extra in extras {
            var name = extra.name
            while !names.insert(name.lowercased()).inserted { name += "_" }
            list.fields.append(FieldDescription(name: name, type: .string))
        }
    }
}

// MARK: - What the points draw

extension CoordinateTable {
    private mutating func decideShape(asked: ListShape?) throws(LayerError) {
        let counts = list.plots.map { plot in plot.rings.reduce(0) { $0 + $1.points.count } }
        let shape: ListShape
        if let asked { shape = asked } else { shape = try self.shape(counts) }
        if shape != .points, columns.plot != nil, counts.count > 1, counts.allSatisfy({ $0 == 1 }) { joinPlots() }
        for index in list.plots.indices { list.plots[index].shape = shape }
        let total = counts.reduce(0, +)
        if shape == .points {
            splitPoints()
        } else if asked == nil, total > 0 {
            let remark = Remark(
                zh: "\(total) 个点按 \(list.plots.count) 个地块的边界拐点读取。",
                en: "\(total) points were read as the corners of \(list.plots.count) "
                    + "\(list.plots.count == 1 ? "plot" : "plots").")
            if columns.saysCorner { list.notes.append(remark) } else { list.cautions.append(remark) }
        }
    }

    private func shape(_ counts: [Int]) throws(LayerError) -> ListShape {
        let total = counts.reduce(0, +)
        let words = Typography.key(prose)
        let saysBoundary = [
            "拐点", "界址", "范围", "边界", "顶点", "boundary", "corner", "vertex", "vertices", "polygon", "界桩",
        ].contains { words.contains($0) }
        if columns.saysCorner || saysBoundary { return total == 1 ? .points : .polygon }
        if total == 1 { return .points }
        if columns.plot != nil || title != nil, counts.contains(where: { $0 > 1 }) { return .polygon }
        if list.plots.contains(where: { $0.rings.contains { Self.isClosed($0.points) } }) { return .polygon }
        if columns.plot != nil {
            // 1, 2, 3, … may number the corners of one plot as well as plots.
            let numbers = list.plots.map { plot in plot.values.first?.text.flatMap { Int($0) } }
            let isSequence =
                numbers.count >= 3 && numbers.enumerated().allSatisfy { $0.element == (numbers[0] ?? 0) + $0.offset }
            if !isSequence { return .points }
        } else if columns.point != nil, counts.allSatisfy({ $0 >= 3 }) {
            return .polygon
        }
        throw .undecided(
            path: path,
            reason: "nothing says whether its \(total) rows are corners of one plot or places of their own",
            remedy: "Say so with --list-as polygon, line or points, or head the column of the points 拐点 (corner).")
    }

    /// Makes one plot of rows that each bear another number: it numbers corners.
    private mutating func joinPlots() {
        var whole = list.plots[0]
        whole.values = values(entriesOfPlots.flatMap(\.self), key: nil)
        whole.problem = list.plots.lazy.compactMap(\.problem).first
        whole.rings = [ListedRing(number: nil, points: list.plots.flatMap { $0.rings.flatMap(\.points) })]
        list.plots = [whole]
        entriesOfPlots = [entriesOfPlots.flatMap(\.self)]
    }

    /// Makes each point a plot of its own.
    private mutating func splitPoints() {
        list.plots = entriesOfPlots.flatMap { entries in
            entries.map { entry in
                let name = entry.point.name.isEmpty ? nil : entry.point.name
                return ListedPlot(
                    values: values([entry], key: entry.plot ?? name), shape: .points,
                    rings: [ListedRing(number: nil, points: [entry.point])], line: entry.point.line,
                    problem: entry.problem)
            }
        }
    }
}

import RedlineGeometry

/// The exchange text of boundary points (界址点坐标交换文本), as land and survey offices hand it over.
///
/// No norm defines it; several tools agree. `[属性描述]` holds `key=value` lines about the coordinate system,
/// `[地块坐标]` a line for each plot that ends in `@`, and a line `J1,1,X,Y` for each boundary point: name, ring number,
/// northing, easting. The plot line has any number of values: point count, area in hectares, plot number, plot name,
/// kind (面, 线 or 点), map sheet, use, land class, then others.
struct BoundaryPointText {
    private(set) var list = ListedPlots()
    private var section = Section.points
    private var plot: ListedPlot?
    private var announced: Int?
    private var ignoredLines = 0
    private var hasPlotLines = false
    private var plotLineSizes: Set<Int> = []

    private enum Section { case attributes, points, other }

    /// The names of the values of a plot line, in its order; `id` and `name` make them identifier and name of a site.
    private static let names = ["point_count", "area_ha", "id", "name", "shape", "sheet", "use", "class"]

    /// Whether a text is of this kind: it has the heading of the plots, or a line that ends a plot's values with `@`.
    static func recognizes(_ text: String) -> Bool {
        var isList = false
        text.enumerateLines { line in
            let key = Typography.key(String(line))
            if key.hasPrefix("[地块坐标") || key.hasPrefix("[属性描述") { isList = true }
            if key.hasSuffix("@") && (key.count == 1 || key.contains(",")) { isList = true }
            return !isList
        }
        return isList
    }

    /// Reads a text.
    ///
    /// - Throws: ``LayerError/malformed(path:detail:)`` where it has no plot.
    init(_ text: String, path: String) throws(LayerError) {
        var number = 0
        hasPlotLines = text.utf8.contains(UInt8(ascii: "@")) || text.contains("＠")
        text.enumerateLines { line in
            number += 1
            read(line, number: number)
            return true
        }
        finishPlot()
        guard !list.plots.isEmpty else {
            throw .malformed(path: path, detail: "there is no boundary point under [地块坐标]")
        }
        nameFields()
        list.columns = AxisLabels(order: .northFirst, isPlain: true)
        if ignoredLines > 0 {
            list.notes.append(
                Remark(
                    zh: "其他节的 \(ignoredLines) 行未读取。", en: "\(ignoredLines) lines of other sections were not read."))
        }
    }

    private mutating func read(_ line: Substring, number: Int) {
        let key = Typography.key(String(line))
        if key.isEmpty { return }
        if key.hasPrefix("[") {
            section = key.hasPrefix("[属性") ? .attributes : key.hasPrefix("[地块") ? .points : .other
            return
        }
        switch section {
        case .attributes: readAttributes(line)
        case .points: readPoints(line, key: key, number: number)
        case .other: ignoredLines += 1
        }
    }

    // MARK: - Head

    private mutating func readAttributes(_ line: Substring) {
        list.claims.read(pairs: String(line))
        let text = Typography.halfWidth(String(line))
        if text.contains("单位=") { list.prose = (list.prose ?? "") + text }
        guard let value = text.split(separator: "转换参数=", maxSplits: 1, omittingEmptySubsequences: false).last,
            text.contains("转换参数="), value.contains(where: { ("1"..."9").contains($0) })
        else { return }
        list.cautions.append(
            Remark(
                zh: "文件给出的转换参数（\(value)）未使用；需要时用 --crs 给出。",
                en: "The conversion parameters of the file (\(value)) are not applied; give them with --crs if needed.")
        )
    }

    // MARK: - Plots

    private mutating func readPoints(_ line: Substring, key: String, number: Int) {
        if key.hasSuffix("@") {
            finishPlot()
            beginPlot(line, number: number)
            return
        }
        let cells = Self.cells(line)
        guard let point = Self.point(cells, line: number) else {
            if plot == nil { plot = Self.emptyPlot(line: number) }
            if plot?.problem == nil {
                plot?.problem = "line \(number): '\(line.prefix(60))' is no boundary point (name, ring, X, Y)"
            }
            return
        }
        if !hasPlotLines, startsPlot(point) { finishPlot() }
        if plot == nil { plot = Self.emptyPlot(line: number) }
        add(point.point, ring: point.ring)
    }

    private mutating func add(_ point: ListedPoint, ring: Int) {
        guard let rings = plot?.rings else { return }
        if rings.last?.number == ring {
            plot?.rings[rings.count - 1].points.append(point)
        } else {
            if rings.contains(where: { $0.number == ring }), plot?.problem == nil {
                plot?.problem = "line \(point.line): ring \(ring) goes on after another ring began"
            }
            plot?.rings.append(ListedRing(number: ring, points: [point]))
        }
    }

    /// Whether a point begins another plot, where no line says so: the first ring comes again, or the numbers start
    /// again.
    private func startsPlot(_ next: (point: ListedPoint, ring: Int)) -> Bool {
        guard let rings = plot?.rings, let ring = rings.last, let first = rings.first?.points.first else {
            return false
        }
        if rings.count > 1 && next.ring == rings[0].number { return true }
        guard next.ring == ring.number, ring.points.count >= 3 else { return false }
        let isClosing = next.point.first == first.first && next.point.second == first.second
        if isClosing { return false }
        let isClosed =
            ring.points.count > 3
            && ring.points.last.map { $0.first == first.first && $0.second == first.second } == true
        return isClosed || next.point.name == first.name
    }

    private static func emptyPlot(line: Int) -> ListedPlot {
        ListedPlot(values: [], shape: .polygon, rings: [], line: line)
    }

    private mutating func beginPlot(_ line: Substring, number: Int) {
        var cells = Self.cells(line).map(Self.trimmed)
        // The mark stands alone or behind the last value.
        if let last = cells.last { cells[cells.count - 1] = last.replacing("@", with: "").replacing("＠", with: "") }
        if cells.last?.isEmpty == true { cells.removeLast() }
        plotLineSizes.insert(cells.count)
        var plot = Self.emptyPlot(line: number)
        plot.values = cells.enumerated().map { index, text in
            guard !text.isEmpty else { return .null }
            if index == 0, let count = Int(Typography.halfWidth(text)) { return .integer(Int64(count)) }
            if index == 1, let area = CoordinateNumber.read(text) { return .real(area.value) }
            return .string(text)
        }
        if cells.count > 4 {
            if cells[4].contains("线") { plot.shape = .line }
            if cells[4].contains("点") { plot.shape = .points }
        }
        announced = cells.first.flatMap { Int(Typography.halfWidth($0)) }
        self.plot = plot
    }

    private mutating func finishPlot() {
        defer {
            plot = nil
            announced = nil
        }
        guard var plot else { return }
        let points = plot.rings.reduce(0) { $0 + $1.points.count }
        if points == 0, plot.problem == nil { plot.problem = "the plot in line \(plot.line) has no boundary point" }
        if let announced, announced > 0, plot.problem == nil {
            // Closing points are counted by some programs and not by others.
            let closings = plot.rings.count { ring in
                ring.points.count > 1 && ring.points.first?.first == ring.points.last?.first
                    && ring.points.first?.second == ring.points.last?.second
            }
            if !(points - closings...points + plot.rings.count).contains(announced) {
                plot.problem =
                    "the plot in line \(plot.line) announces \(announced) boundary points and has \(points)"
            }
        }
        list.plots.append(plot)
    }

    private mutating func nameFields() {
        let width = list.plots.map(\.values.count).max() ?? 0
        for index in 0..<width {
            let name = index < Self.names.count ? Self.names[index] : "attribute_\(index + 1)"
            list.fields.append(
                FieldDescription(name: name, type: index == 0 ? .integer : index == 1 ? .real : .string))
        }
        for index in list.plots.indices {
            list.plots[index].values += Array(repeating: .null, count: width - list.plots[index].values.count)
            // A count or area that is no number spoils neither the plot nor the column.
            for column in 0..<min(2, width) {
                if case .string = list.plots[index].values[column] { list.plots[index].values[column] = .null }
            }
        }
        guard !plotLineSizes.isEmpty else {
            list.cautions.append(
                Remark(
                    zh: "没有以 @ 结尾的地块行，按点号和圈号划分地块。",
                    en: "No line that ends in @ begins a plot: plots were told by point and ring numbers."))
            return
        }
    }

    // MARK: - Lines

    private static func cells(_ line: Substring) -> [Substring] {
        line.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "，" || $0 == "\t" }
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    /// Name, ring, X, Y, and maybe a height; or name, X, Y.
    private static func point(_ cells: [Substring], line: Int) -> (point: ListedPoint, ring: Int)? {
        var cells = cells.map(trimmed)
        while cells.count > 4, cells.last?.isEmpty == true { cells.removeLast() }
        if cells.count == 3 { cells.insert("1", at: 1) }
        guard cells.count == 4 || cells.count == 5, let first = CoordinateNumber.read(cells[2]),
            let second = CoordinateNumber.read(cells[3]),
            let ring = cells[1].isEmpty ? 1 : Int(Typography.halfWidth(cells[1]))
        else { return nil }
        return (ListedPoint(name: cells[0], first: first.value, second: second.value, line: line), ring)
    }
}

extension String {
    /// Calls `body` with each line without its end (line feed, carriage return, or both), until it returns false.
    func enumerateLines(_ body: (Substring) -> Bool) {
        var rest = self[...]
        while !rest.isEmpty {
            let end = rest.firstIndex { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
            guard body(rest[..<(end ?? rest.endIndex)]) else { return }
            rest = end.map { rest[rest.index(after: $0)...] } ?? ""
        }
    }
}

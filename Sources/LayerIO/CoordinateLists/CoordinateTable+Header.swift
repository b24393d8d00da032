import RedlineGeometry

/// The columns of a table of boundary points (拐点坐标表).
struct TableColumns {
    /// One coordinate: a column, or three for degrees, minutes and seconds.
    struct Coordinate: Hashable {
        var columns: [Int]
    }

    var first: Coordinate
    var second: Coordinate
    /// Both numbers stand in the first column: `95.1, 37.2`.
    var isPair = false
    /// The number or name of the point.
    var point: Int?
    /// The number or name of the plot.
    var plot: Int?
    /// The number of the ring.
    var ring: Int?
    var labels = AxisLabels()
    /// Whether the point's column is headed as a corner's (拐点, 界址点, vertex), so that rows draw a boundary.
    var saysCorner = false
    /// The same columns again further right, as tables set in two or three blocks have them.
    var repetitions: [TableColumns] = []

    /// The columns that hold neither coordinates nor numbers of points.
    func isUsed(_ column: Int) -> Bool {
        first.columns.contains(column) || second.columns.contains(column) || point == column || ring == column
            || repetitions.contains { $0.isUsed(column) }
    }
}

/// What a heading says of its column.
enum ColumnLabel: Hashable {
    case longitude, latitude, northing, easting, x, y, pair, corner, number, plot, ring

    /// Reads a heading; nil for one that says none of this.
    init?(_ heading: String) {
        let key = Typography.key(heading)
        guard !key.isEmpty, key.count <= 40, CoordinateNumber.read(heading) == nil else { return nil }
        // What stands in brackets is a unit or a remark, unless it is all there is.
        let bare = key.replacing(/[(\[<][^)\]>]*[)\]>]/, with: "").filter { $0.isLetter || $0.isNumber }
        let word = bare.isEmpty ? key.filter { $0.isLetter || $0.isNumber } : bare
        func has(_ parts: String...) -> Bool { parts.contains { key.contains($0) } }
        func isWord(_ words: String...) -> Bool { words.contains(word) }
        if has("经纬度", "latlon", "lonlat", "latlng", "lnglat") || isWord("坐标", "coordinates", "coordinate", "坐标值") {
            self = .pair
        } else if has("经度", "东经", "longitude", "long.") || isWord("lon", "lng", "long", "l", "经", "londeg", "wgs84lon")
        {
            self = .longitude
        } else if has("纬度", "北纬", "latitude") || isWord("lat", "b", "纬", "latdeg", "wgs84lat") {
            self = .latitude
        } else if has("北坐标", "纵坐标", "northing") || isWord("north", "n", "x北", "北") {
            self = .northing
        } else if has("东坐标", "横坐标", "easting") || isWord("east", "e", "y东", "东") {
            self = .easting
        } else if isWord(
            "x", "x坐标", "坐标x", "xcoord", "xcoordinate", "coordx", "pointx", "x值", "xm", "x米", "x80", "x2000")
        {
            self = .x
        } else if isWord(
            "y", "y坐标", "坐标y", "ycoord", "ycoordinate", "coordy", "pointy", "y值", "ym", "y米", "y80", "y2000")
        {
            self = .y
        } else if has(
            "拐点", "界址点", "顶点", "界桩", "桩号", "桩点", "点号", "点名", "点编号", "corner", "vertex", "vertices", "boundarypoint")
            || isWord("point", "pointno", "pointid", "pointname", "pointnumber", "pt", "ptno", "ptid", "点位", "点")
        {
            self = .corner
        } else if has("圈号", "环号", "ringno", "圈数") || isWord("ring", "ringid", "圈", "环", "part") {
            self = .ring
        } else if has("地块", "宗地", "图斑", "区块", "项目", "站点", "地点", "矿区", "plot", "parcel", "site", "project")
            || isWord("id", "name", "名称", "编号", "code", "block", "fid", "单位", "区域")
        {
            self = .plot
        } else if isWord("序号", "no", "num", "number", "号", "seq", "index", "行号") {
            self = .number
        } else {
            return nil
        }
    }
}

extension TableColumns {
    /// Understands a row as headings; nil where it does not head two coordinates.
    ///
    /// - Parameters:
    ///   - row: The headings.
    ///   - units: The row below, which under merged headings says 度, 分, 秒.
    init?(headings row: [String], units: [String]) {
        let labels = row.map(ColumnLabel.init)
        let blocks = Self.blocks(labels)
        guard let start = blocks.first, var columns = Self.block(labels, row, units, start) else { return nil }
        columns.repetitions = blocks.dropFirst().compactMap { Self.block(labels, row, units, $0) }
        self = columns
    }

    /// Column ranges that each hold one pair of coordinates.
    private static func blocks(_ labels: [ColumnLabel?]) -> [Range<Int>] {
        var ends: [Int] = []
        var open: ColumnLabel?
        for (index, label) in labels.enumerated() {
            guard let label else { continue }
            if label == .pair { ends.append(index) }
            guard Self.isAxis(label) else { continue }
            if open == nil {
                open = label
            } else {
                ends.append(index)
                open = nil
            }
        }
        var start = 0
        var blocks: [Range<Int>] = []
        for (place, end) in ends.enumerated() {
            // What follows the last block belongs to it; between blocks a label opens the next one.
            let next = place + 1 < ends.count ? end + 1 : labels.count
            blocks.append(start..<next)
            start = next
        }
        return blocks
    }

    private static func isAxis(_ label: ColumnLabel) -> Bool {
        switch label {
        case .longitude, .latitude, .northing, .easting, .x, .y: true
        default: false
        }
    }

    private static func block(
        _ labels: [ColumnLabel?], _ row: [String], _ units: [String], _ range: Range<Int>
    ) -> TableColumns? {
        func column(_ wanted: ColumnLabel) -> Int? { range.first { labels[$0] == wanted } }
        var columns: TableColumns
        if let pair = column(.pair), !range.contains(where: { labels[$0].map(isAxis) ?? false }) {
            columns = TableColumns(
                first: Coordinate(columns: [pair]), second: Coordinate(columns: [pair]), isPair: true)
            columns.labels.saysDegrees = Typography.key(row[pair]).contains("经纬")
        } else {
            let axes = range.filter { labels[$0].map(isAxis) ?? false }
            guard axes.count == 2, let order = Self.order(labels[axes[0]], labels[axes[1]]) else { return nil }
            columns = TableColumns(
                first: Coordinate(columns: angleColumns(axes[0], below: units, until: axes[1])),
                second: Coordinate(columns: angleColumns(axes[1], below: units, until: units.count)))
            columns.labels = order
        }
        columns.point = column(.corner)
        columns.saysCorner = columns.point != nil
        columns.point = columns.point ?? column(.number)
        columns.plot = column(.plot)
        columns.ring = column(.ring)
        return columns
    }

    /// The columns of 度, 分 and 秒 that begin at `start`; that column alone where nothing of the kind stands below.
    private static func angleColumns(_ start: Int, below units: [String], until end: Int) -> [Int] {
        func says(_ index: Int, _ words: [String]) -> Bool {
            units.indices.contains(index)
                && words.contains(Typography.key(units[index]).filter { $0.isLetter || "°′″'\"".contains($0) })
        }
        guard start + 2 < end || end == units.count, says(start, ["度", "°", "deg", "d"]),
            says(start + 1, ["分", "′", "'", "min", "m"]), says(start + 2, ["秒", "″", "\"", "sec", "s"])
        else { return [start] }
        return [start, start + 1, start + 2]
    }

    private static func order(_ first: ColumnLabel?, _ second: ColumnLabel?) -> AxisLabels? {
        switch (first, second) {
        case (.longitude, .latitude): AxisLabels(order: .eastFirst, isPlain: true, saysDegrees: true)
        case (.latitude, .longitude): AxisLabels(order: .northFirst, isPlain: true, saysDegrees: true)
        case (.easting, .northing): AxisLabels(order: .eastFirst, isPlain: true)
        case (.northing, .easting): AxisLabels(order: .northFirst, isPlain: true)
        // X is north for Chinese surveyors and east for everybody else: a stated order of neither.
        case (.x, .y), (.y, .x): AxisLabels()
        default: nil
        }
    }
}

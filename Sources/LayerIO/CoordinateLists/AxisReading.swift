import RedlineGeometry

/// What the two numbers of each point of a list are: told by their size, which in China leaves no choice, else by the
/// headings.
///
/// Longitudes (72 to 137) and latitudes (2 to 55) do not meet, nor do northings (1.6 to 6.11 million metres) and
/// eastings with prefix (13.1 million and more) or without (100 000 to 900 000).
struct AxisReading {
    /// What a pair of numbers can be by its size.
    enum Kind: Hashable {
        case degrees(AxisOrder)
        /// With the zone that the easting begins with; nil without one.
        case meters(AxisOrder, zone: Int?)
        /// Neither in China.
        case other
    }

    /// Whether the numbers are degrees; nil where neither their size nor the headings tell.
    var isDegrees: Bool?
    var order: AxisOrder
    /// The zones that eastings begin with, nil for those without, ascending.
    var zones: [Int?] = []
    /// What was decided against the headings, or without them.
    var notes: [Remark] = []
    /// The kind of most points, which all others must share; nil where nothing is expected.
    private var expected: Kind?

    /// Weighs all points of a list.
    ///
    /// - Parameters:
    ///   - plots: The plots with their points.
    ///   - labels: What the headings say.
    ///   - path: For the message.
    /// - Throws: ``LayerError/undecided(path:reason:remedy:)`` where size and headings leave two readings.
    init(_ plots: [ListedPlot], labels: AxisLabels, path: String) throws(LayerError) {
        var counts: [Kind: Int] = [:]
        for plot in plots {
            for ring in plot.rings {
                for point in ring.points {
                    var kind = Self.kind(point.first, point.second)
                    if case .meters(let order, let zone?) = kind {
                        counts[.meters(order, zone: zone), default: 0] += 1
                        kind = .meters(order, zone: zone)
                    } else {
                        counts[kind, default: 0] += 1
                    }
                }
            }
        }
        let families = Dictionary(grouping: counts) { Self.family($0.key) }.mapValues { $0.reduce(0) { $0 + $1.value } }
        let total = families.values.reduce(0, +)
        let best = families.max { ($0.value, Self.rank($0.key)) < ($1.value, Self.rank($1.key)) }
        // A few points that do not fit are mistyped; more than one in four leave nothing to go by.
        guard let best, best.key != .other, 4 * best.value >= 3 * total else {
            guard let order = labels.order, labels.isPlain || total == 0 else {
                throw .undecided(
                    path: path,
                    reason: "the numbers are neither degrees nor Gauss-Krüger metres of China, and no heading says "
                        + "which of the two is east",
                    remedy: "Head the columns with easting and northing, or longitude and latitude.")
            }
            self.order = order
            isDegrees = labels.saysDegrees ? true : nil
            return
        }
        switch best.key {
        case .degrees(let order):
            self.order = order
            isDegrees = true
        case .meters(let order, _):
            self.order = order
            isDegrees = false
            var found: Set<Int?> = []
            for kind in counts.keys { if case .meters(order, let zone) = kind { found.insert(zone) } }
            zones = found.sorted { ($0 ?? 0) < ($1 ?? 0) }
        case .other: self.order = .eastFirst
        }
        expected = best.key
        if let stated = labels.order, stated != order { notes.append(Self.swapNote(labels, isDegrees == true)) }
    }

    private static func swapNote(_ labels: AxisLabels, _ isDegrees: Bool) -> Remark {
        let (north, east) = isDegrees ? ("latitude", "longitude") : ("northing", "easting")
        let (zhNorth, zhEast) = isDegrees ? ("纬度", "经度") : ("北坐标", "东坐标")
        return labels.order == .northFirst
            ? Remark(
                zh: "坐标轴顺序与表头（或格式规定）相反：按数值大小，第一列为\(zhEast)，第二列为\(zhNorth)。",
                en: "The axes are swapped against the headings or the format: by their size the first numbers are "
                    + "\(east)s and the second \(north)s; they were read so.")
            : Remark(
                zh: "坐标轴顺序与表头（或格式规定）相反：按数值大小，第一列为\(zhNorth)，第二列为\(zhEast)。",
                en: "The axes are swapped against the headings or the format: by their size the first numbers are "
                    + "\(north)s and the second \(east)s; they were read so.")
    }

    /// The kind without its zone, as points of one list may have several.
    private static func family(_ kind: Kind) -> Kind {
        if case .meters(let order, _) = kind { .meters(order, zone: nil) } else { kind }
    }

    private static func rank(_ kind: Kind) -> Int {
        switch kind {
        case .degrees(.eastFirst): 4
        case .degrees(.northFirst): 3
        case .meters(.northFirst, _): 2
        case .meters(.eastFirst, _): 1
        case .other: 0
        }
    }

    static func kind(_ first: Double, _ second: Double) -> Kind {
        func isLongitude(_ value: Double) -> Bool { (72...137).contains(value) }
        func isLatitude(_ value: Double) -> Bool { (2...55).contains(value) }
        if isLongitude(first) && isLatitude(second) { return .degrees(.eastFirst) }
        if isLatitude(first) && isLongitude(second) { return .degrees(.northFirst) }
        if GaussKrugerZone.northings.contains(first), let east = GaussKrugerZone.split(easting: second) {
            return .meters(.northFirst, zone: east.zone)
        }
        if GaussKrugerZone.northings.contains(second), let east = GaussKrugerZone.split(easting: first) {
            return .meters(.eastFirst, zone: east.zone)
        }
        return .other
    }

    /// The position of a point, easting or longitude first.
    func position(_ point: ListedPoint) -> Position {
        order == .eastFirst
            ? Position(x: point.first, y: point.second) : Position(x: point.second, y: point.first)
    }

    /// Why a point does not fit the others; nil where it does.
    func misfit(_ point: ListedPoint) -> String? {
        guard let expected, Self.family(Self.kind(point.first, point.second)) != expected else { return nil }
        let name = point.name.isEmpty ? "the point" : "point \(point.name)"
        let words = isDegrees == true ? "degrees in China" : "metres of a Gauss-Krüger zone"
        return
            "line \(point.line): \(name) (\(point.first), \(point.second)) does not fit the others, which are \(words)"
    }
}

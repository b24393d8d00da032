import CoordinateReference
import RedlineGeometry

/// A way to read the numbers of a file, before it is weighed.
struct CoordinateReading {
    var crs: String?
    var title: Remark
    /// What the way of writing itself tells, and its weight.
    var marks: [(weight: Int, remark: Remark)]
    /// What it takes the numbers for, where an older datum has the same; nil for readings of other kinds.
    var grid: CoordinateGrid?
    /// Brings a position of the file to longitude and latitude; nil where it has no place.
    var place: (Position) -> Position?
}

/// Every way of reading that the size of the numbers allows.
struct CoordinateReadings {
    private let sample: CoordinateSample
    /// Gauss–Krüger around 75° E without prefix: other meridians differ by their longitude only.
    private let plane: CoordinateTransformation

    init(_ sample: CoordinateSample) throws {
        self.sample = sample
        plane = try CoordinateTransformation(from: "EPSG:4534")
    }

    /// All readings, the likelier kinds first.
    func all() -> [CoordinateReading] {
        let envelope = sample.envelope
        guard !envelope.isEmpty else { return [] }
        let swapped = Envelope(minX: envelope.minY, minY: envelope.minX, maxX: envelope.maxY, maxY: envelope.maxX)
        var readings = degrees(envelope, isSwapped: false) + degrees(swapped, isSwapped: true)
        readings += gaussKruger(envelope, isSwapped: false) + gaussKruger(swapped, isSwapped: true)
        readings += mercator(envelope) + utm(envelope)
        return readings
    }

    private static let swapRemark = Remark(zh: "两轴互换（先纬度/北，后经度/东）", en: "with its axes swapped")

    private func degrees(_ e: Envelope, isSwapped: Bool) -> [CoordinateReading] {
        guard abs(e.minX) <= 180, abs(e.maxX) <= 180, abs(e.minY) <= 90, abs(e.maxY) <= 90 else { return [] }
        // Latitudes below 55 pass for longitudes anywhere; in China only one order fits.
        if isSwapped {
            guard DegreeRange.china.contains(e) else { return [] }
            return [
                CoordinateReading(
                    crs: "+proj=pipeline +step +proj=axisswap +order=2,1",
                    title: Remark(
                        zh: "CGCS2000 经纬度，两轴互换", en: "CGCS2000 degrees with the axes swapped (latitude first)"),
                    marks: [(-1, Self.swapRemark)], grid: .degrees(isSwapped: true),
                    place: { Position(x: $0.y, y: $0.x) })
            ]
        }
        var readings = [
            CoordinateReading(
                crs: "EPSG:4490", title: Remark(zh: "CGCS2000 经纬度", en: "CGCS2000 longitude and latitude"),
                marks: [(2, Remark(zh: "数值为经纬度范围", en: "the numbers are degrees"))],
                grid: DegreeRange.china.contains(e) ? .degrees(isSwapped: false) : nil, place: { $0 })
        ]
        guard WebMapDatum.area.contains(e) else { return readings }
        for (datum, weight) in [(WebMapDatum.gcj02, 0), (.bd09, -1)] {
            readings.append(
                CoordinateReading(
                    crs: datum.rawValue,
                    title: Remark(zh: "\(datum.rawValue)（网络地图坐标）", en: "\(datum.rawValue), of web maps"),
                    marks: [(weight, Remark(zh: "与经纬度只差数百米", en: "some hundred metres from plain degrees"))],
                    place: { datum.unshifted($0) }))
        }
        return readings
    }

    private func gaussKruger(_ e: Envelope, isSwapped: Bool) -> [CoordinateReading] {
        // The middle names the zone: a prefecture reaches over the edges of its own, into eastings that begin otherwise.
        guard GaussKrugerZone.northings.contains(e.minY), GaussKrugerZone.northings.contains(e.maxY),
            let middle = GaussKrugerZone.split(easting: e.center.x)
        else { return [] }
        let start = Double(middle.zone ?? 0) * 1e6
        let (west, east) = (e.minX - start, e.maxX - start)
        guard west > -600_000, east < 1_600_000, middle.zone != nil || west > 0 && east < 1e6 else { return [] }
        let marks = isSwapped ? [(-1, Self.swapRemark)] : []
        if let number = middle.zone, let zone = GaussKrugerZone(number: number, hasPrefix: true) {
            let mark = Remark(
                zh: "横坐标以带号 \(number) 开头（\(zone.width) 度带，中央经线 \(zone.centralMeridian)°）",
                en: "eastings begin with \(number), a \(zone.width)-degree zone around \(zone.centralMeridian)° E")
            return [reading(zone, isSwapped, marks + [(4, mark)] + distanceMarks(west, east, zone.width))]
        }
        return (25...45).compactMap { number in
            guard let zone = GaussKrugerZone(number: number, hasPrefix: false) else { return nil }
            let mark = Remark(
                zh: "横坐标不带带号，中央经线按 \(zone.centralMeridian)°",
                en: "eastings without a prefix, taken around \(zone.centralMeridian)° E")
            return reading(zone, isSwapped, marks + [(1, mark)] + distanceMarks(west, east, 3))
        }
    }

    /// How far from the central meridian the data would lie, where that is further than the zone reaches.
    private func distanceMarks(_ west: Double, _ east: Double, _ width: Int) -> [(weight: Int, remark: Remark)] {
        let north = sample.envelope.maxY > 1e6 ? sample.envelope.minY : sample.envelope.minX
        guard
            let place = try? plane.transform([Position(x: max(abs(west - 5e5), abs(east - 5e5)) + 5e5, y: north)]).first
        else { return [] }
        let degrees = place.x - 75
        guard degrees > Double(width) / 2 + 0.2 else { return [] }
        let shown = (degrees * 10).rounded() / 10
        return [
            (
                -2,
                Remark(
                    zh: "离中央经线 \(shown)°，超出 \(width) 度带",
                    en: "\(shown)° off the meridian, beyond a \(width)-degree zone")
            )
        ]
    }

    private func reading(
        _ zone: GaussKrugerZone, _ isSwapped: Bool, _ marks: [(weight: Int, remark: Remark)]
    ) -> CoordinateReading {
        let code = zone.code(on: .cgcs2000)
        let meridian = Double(zone.centralMeridian)
        let shift = zone.falseEasting - 500_000
        let plane = plane
        let pipeline =
            "+proj=pipeline +step +proj=axisswap +order=2,1 +step +inv +proj=tmerc +lat_0=0 "
            + "+lon_0=\(zone.centralMeridian) +k=1 +x_0=\(Int(zone.falseEasting)) +y_0=0 +ellps=GRS80"
        let kind = zone.hasPrefix ? "zone \(zone.number)" : "CM \(zone.centralMeridian)E"
        return CoordinateReading(
            crs: isSwapped ? pipeline : code,
            title: Remark(
                zh:
                    "CGCS2000 \(zone.width) 度带高斯-克吕格 \(zone.hasPrefix ? "\(zone.number) 带" : "中央经线 \(zone.centralMeridian)°")"
                    + (isSwapped ? "，两轴互换" : ""),
                en: "CGCS2000 / \(zone.width)-degree Gauss-Kruger \(kind)" + (isSwapped ? " with the axes swapped" : "")
            ),
            marks: marks, grid: .zone(zone, isSwapped: isSwapped),
            place: { position in
                let (x, y) = isSwapped ? (position.y, position.x) : (position.x, position.y)
                guard let place = try? plane.transform([Position(x: x - shift, y: y)]).first else { return nil }
                return Position(x: place.x - 75 + meridian, y: place.y)
            })
    }

    private func mercator(_ e: Envelope) -> [CoordinateReading] {
        guard abs(e.minX) <= 20_037_508, abs(e.maxX) <= 20_037_508, abs(e.minY) <= 20_048_966,
            abs(e.maxY) <= 20_048_966, max(abs(e.minX), abs(e.maxX)) > 1e6,
            let mercator = try? CoordinateTransformation(from: "EPSG:3857")
        else { return [] }
        // China on the web map: 73 to 135° E, 16 to 54° N.
        let china = Envelope(minX: 8_100_000, minY: 1_800_000, maxX: 15_100_000, maxY: 7_200_000)
        let mark =
            china.contains(e)
            ? (2, Remark(zh: "数值在中国的 Web 墨卡托范围内", en: "the numbers are those of China in Web Mercator"))
            : (0, Remark(zh: "数值在 Web 墨卡托范围内", en: "the numbers are possible in Web Mercator"))
        return [
            CoordinateReading(
                crs: "EPSG:3857", title: Remark(zh: "Web 墨卡托", en: "Web Mercator"), marks: [mark],
                place: { try? mercator.transform([$0]).first })
        ]
    }

    private func utm(_ e: Envelope) -> [CoordinateReading] {
        guard (166_000...834_000).contains(e.minX), (166_000...834_000).contains(e.maxX),
            GaussKrugerZone.northings.contains(e.minY), GaussKrugerZone.northings.contains(e.maxY),
            let utm = try? CoordinateTransformation(from: "EPSG:32643")
        else { return [] }
        return (43...53).map { number in
            let meridian = 6 * number - 183
            return CoordinateReading(
                crs: "EPSG:\(32600 + number)",
                title: Remark(zh: "WGS 84 UTM \(number)N", en: "WGS 84 / UTM zone \(number)N"),
                marks: [(0, Remark(zh: "中央经线 \(meridian)°", en: "around \(meridian)° E"))],
                place: { position in
                    guard let place = try? utm.transform([position]).first else { return nil }
                    return Position(x: place.x - 75 + Double(meridian), y: place.y)
                })
        }
    }
}

/// Where degrees lie in China.
private enum DegreeRange {
    case china

    func contains(_ e: Envelope) -> Bool {
        (72...137).contains(e.minX) && (72...137).contains(e.maxX) && (2...55).contains(e.minY)
            && (2...55).contains(e.maxY)
    }
}

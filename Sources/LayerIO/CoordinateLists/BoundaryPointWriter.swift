public import RedlineGeometry

/// Writes plots as the exchange text of boundary points (界址点坐标交换文本) that land and survey offices take.
///
/// The text has no norm; what is written is what every reader met so far takes: UTF-8, `[属性描述]` with the coordinate
/// system, `[地块坐标]`, a line of eight values that ends in `@` for each plot, and `J1,1,X,Y` for each point, northing
/// first, eastings with their zone's number, rings closed, ring 1 outside and holes after it.
public struct BoundaryPointWriter {
    /// A plot (地块).
    public struct Plot: Sendable {
        /// The number.
        public var number: String
        /// The name.
        public var name: String
        /// The use (地块用途).
        public var use: String
        /// The area in square metres; written in hectares.
        public var areaInSquareMeters: Double
        /// The ground, in eastings and northings of the zone.
        public var polygon: Polygon

        /// Creates a plot.
        public init(number: String, name: String, use: String = "", areaInSquareMeters: Double, polygon: Polygon) {
            self.number = number
            self.name = name
            self.use = use
            self.areaInSquareMeters = areaInSquareMeters
            self.polygon = polygon
        }
    }

    /// The zone of all plots, with prefix.
    public let zone: GaussKrugerZone

    /// Creates a writer for plots of one zone.
    public init(zone: GaussKrugerZone) { self.zone = zone }

    /// The head, on CGCS2000.
    public var head: String {
        """
        [属性描述]
        格式版本号=1.01
        坐标系=2000国家大地坐标系
        几度分带=\(zone.width)
        投影类型=高斯克吕格
        计量单位=米
        带号=\(zone.number)
        精度=0.001
        转换参数=,,,,,,
        [地块坐标]

        """
    }

    /// The lines of a plot, coordinates to a millimetre.
    ///
    /// Commas and line ends in names become spaces, as the text has no way to quote them.
    public func lines(of plot: Plot) -> String {
        let rings = plot.polygon.rings
        let count = rings.reduce(0) { $0 + $1.count }
        let hectares = Self.fixed(plot.areaInSquareMeters / 10_000, decimals: 4)
        let words = [plot.number, plot.name, "面", "", plot.use, ""].map(Self.plain)
        var text = "\(count),\(hectares),\(words.joined(separator: ",")),@\n"
        var number = 0
        for (index, ring) in rings.enumerated() {
            let first = number + 1
            for (place, position) in ring.enumerated() {
                let isClosing = place == ring.count - 1 && ring.first == ring.last && place > 0
                if !isClosing { number += 1 }
                text +=
                    "J\(isClosing ? first : number),\(index + 1),\(Self.fixed(position.y, decimals: 3)),"
                    + "\(Self.fixed(position.x, decimals: 3))\n"
            }
        }
        return text
    }

    private static func plain(_ word: String) -> String {
        String(word.map { $0 == "," || $0 == "，" || $0 == "@" || $0 == "＠" || $0.isNewline ? " " : $0 })
    }

    /// A number with a fixed count of decimals, whatever the locale.
    private static func fixed(_ value: Double, decimals: Int) -> String {
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (abs(value) * scale).rounded()
        guard scaled < 9e15 else { return "\(value)" }
        let whole = Int(scaled)
        let unit = Int(scale)
        let digits = String(whole % unit)
        let sign = value < 0 && whole > 0 ? "-" : ""
        return "\(sign)\(whole / unit).\(String(repeating: "0", count: decimals - digits.count))\(digits)"
    }
}

import Glibc
import RedlineGeometry
import RedlineKit

extension CoverageReport {
    /// Draws a map for each class, regions shaded by share, as SVG.
    ///
    /// Longitudes are shortened by the cosine of the middle latitude; borders lose what is smaller than a third of a
    /// point. The shades are the same for all classes, so that maps can be compared.
    ///
    /// - Throws: Whatever `write` throws.
    public func writePicture(to write: ByteWriter) throws {
        var drawing = CoverageDrawing(result: result, language: settings.language)
        try write(Array(drawing.svg().utf8))
    }
}

/// The picture of one result.
private struct CoverageDrawing {
    let result: CoverageResult
    let language: Language
    private var text = ""

    init(result: CoverageResult, language: Language) {
        self.result = result
        self.language = language
    }

    private static let panelWidth = 360.0
    private static let margin = 24.0
    private static let captionHeight = 30.0
    private static let headHeight = 56.0
    private static let legendHeight = 74.0

    /// Shares from which each shade counts, and the shades, light to dark.
    private static let shades: [(from: Double, color: String)] = [
        (0, "#f7fcf5"), (0.05, "#e0f3db"), (0.1, "#c2e6bd"), (0.2, "#98d493"), (0.4, "#60ba6c"), (0.6, "#329b51"),
        (0.8, "#0c7735"),
    ]
    private static let unknownColor = "#d9d9d9"

    mutating func svg() -> String {
        let envelope = result.regions.reduce(into: Envelope.empty) { $0.formUnion($1.geometry?.envelope ?? .empty) }
        let middle = cos((envelope.isEmpty ? 0 : envelope.center.y) * .pi / 180)
        let (width, height) = (max(envelope.width * middle, 1e-9), max(envelope.height, 1e-9))
        let scale = min(Self.panelWidth / width, Self.panelWidth / height)
        let panelHeight = min(Self.panelWidth, max(height * scale, 80)) + Self.captionHeight
        let classes = result.classes + [unclassified]
        let columns = min(classes.count, 3)
        let lines = (classes.count + columns - 1) / columns
        let whole = (
            width: Self.margin + Double(max(columns, 2)) * (Self.panelWidth + Self.margin),
            height: Self.headHeight + Double(lines) * (panelHeight + Self.margin) + Self.legendHeight
        )
        text =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(n(whole.width)) \(n(whole.height))\" "
            + "width=\"\(n(whole.width))\" height=\"\(n(whole.height))\" font-family=\"'Noto Sans CJK SC', "
            + "'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', 'WenQuanYi Micro Hei', sans-serif\">\n"
            + "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
        head()
        for (place, item) in classes.enumerated() {
            let x = Self.margin + Double(place % columns) * (Self.panelWidth + Self.margin)
            let y = Self.headHeight + Double(place / columns) * (panelHeight + Self.margin)
            caption(item, x, y)
            let inset = (Self.panelWidth - width * scale) / 2
            for region in result.regions {
                draw(region, place) { position in
                    (
                        x + inset + (position.x - envelope.minX) * middle * scale,
                        y + Self.captionHeight + (envelope.maxY - position.y) * scale
                    )
                }
            }
        }
        legend(y: whole.height - Self.legendHeight)
        return text + "</svg>\n"
    }

    private var unclassified: LandCoverClass {
        LandCoverClass(
            id: "unclassified", title: StandardClass.title(of: "unclassified"),
            definition: result.unclassifiedDefinition)
    }

    private mutating func head() {
        let title = result.title.text(in: language) ?? result.options.landCover
        let name = result.provenance.catalogName.text(in: language) ?? ""
        label(name + language.pick(zh: "：", en: ": ") + title, Self.margin, 28, size: 18, weight: "bold")
        label(
            language.pick(zh: "各类别占统计区的比例", en: "Share of each class in the region"), Self.margin, 46, size: 12,
            color: "#555555")
    }

    private mutating func caption(_ item: LandCoverClass, _ x: Double, _ y: Double) {
        let title = item.title.text(in: language) ?? item.id
        label(title == item.id ? title : "\(title) (\(item.id))", x, y + 18, size: 14, weight: "bold")
    }

    /// The values of a class in a region; the last class is what is unclassified.
    private func values(_ region: RegionLandCover, _ place: Int) -> ClassArea? {
        guard let classes = region.classes else { return nil }
        return place < classes.count ? classes[place] : region.unclassified
    }

    private mutating func draw(
        _ region: RegionLandCover, _ place: Int, _ point: (Position) -> (x: Double, y: Double)
    ) {
        guard let polygons = region.geometry?.parts.polygons, !polygons.isEmpty else { return }
        var path = ""
        for polygon in polygons { for ring in polygon.rings { append(ring, to: &path, point) } }
        guard !path.isEmpty else { return }
        let share = values(region, place)?.share
        let fill = share.map(Self.color) ?? "url(#unknown)"
        let number = share.map(PrintedNumbers.percent) ?? language.pick(zh: "无法评估", en: "not assessable")
        text +=
            "<path d=\"\(path)\" fill=\"\(fill)\" fill-rule=\"evenodd\" stroke=\"#666666\" stroke-width=\"0.6\">"
            + "<title>\(Self.escaped("\(region.label): \(number)"))</title></path>\n"
        guard result.regions.count <= 30, let place = Self.labelPlace(polygons) else { return }
        let (x, y) = point(place)
        let color = (share ?? 0) >= 0.6 ? "#ffffff" : "#222222"
        if let name = region.name { label(name, x, y, size: 9, color: color, anchor: "middle") }
        label(number, x, y + 10, size: 9, color: color, anchor: "middle")
    }

    private func append(_ ring: [Position], to path: inout String, _ point: (Position) -> (x: Double, y: Double)) {
        var kept: [(x: Double, y: Double)] = []
        for position in ring {
            let place = point(position)
            if let last = kept.last, abs(last.x - place.x) < 0.33, abs(last.y - place.y) < 0.33 { continue }
            kept.append(place)
        }
        // Smaller than what can be seen.
        guard kept.count > 2 else { return }
        path += "M" + kept.map { "\(n($0.x)) \(n($0.y))" }.joined(separator: "L") + "Z"
    }

    /// The middle of the widest stretch of the largest polygon along its middle latitude.
    private static func labelPlace(_ polygons: [Polygon]) -> Position? {
        guard let polygon = polygons.max(by: { $0.planarArea < $1.planarArea }) else { return nil }
        let envelope = Envelope(polygon.exteriorRing)
        let y = envelope.center.y
        var crossings: [Double] = []
        for ring in polygon.rings {
            for (a, b) in zip(ring, ring.dropFirst()) where (a.y > y) != (b.y > y) {
                crossings.append(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x))
            }
        }
        crossings.sort()
        var best = (width: 0.0, x: envelope.center.x)
        for index in stride(from: 0, to: crossings.count - 1, by: 2) {
            let width = crossings[index + 1] - crossings[index]
            if width > best.width { best = (width, (crossings[index] + crossings[index + 1]) / 2) }
        }
        return Position(x: best.x, y: y)
    }

    private mutating func legend(y: Double) {
        text +=
            "<defs><pattern id=\"unknown\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
            + "patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#eeeeee\"/>"
            + "<rect width=\"2\" height=\"6\" fill=\"#bbbbbb\"/></pattern></defs>\n"
        let title = language.pick(zh: "占统计区的比例", en: "Share of the region")
        label(title, Self.margin, y + 8, size: 12, weight: "bold")
        var x = Self.margin
        for (index, shade) in Self.shades.enumerated() {
            swatch(shade.color, x, y + 18)
            let end = index + 1 < Self.shades.count ? Self.shades[index + 1].from : 1
            label("\(Int(shade.from * 100))–\(Int(end * 100))%", x + 24, y + 30, size: 11)
            x += 84
        }
        swatch("url(#unknown)", x, y + 18)
        label(language.pick(zh: "无法评估", en: "not assessable"), x + 24, y + 30, size: 11)
        let note = language.pick(
            zh: "土地覆盖占比不是法定指标，除非目录声明。",
            en: "Shares of land cover are no official indicators unless the catalog declares so.")
        label(note, Self.margin, y + 54, size: 10, color: "#777777")
    }

    private mutating func swatch(_ color: String, _ x: Double, _ y: Double) {
        text +=
            "<rect x=\"\(n(x))\" y=\"\(n(y))\" width=\"20\" height=\"14\" fill=\"\(color)\" stroke=\"#888888\" "
            + "stroke-width=\"0.6\"/>\n"
    }

    private mutating func label(
        _ words: String, _ x: Double, _ y: Double, size: Int, weight: String = "normal", color: String = "#222222",
        anchor: String = "start"
    ) {
        text +=
            "<text x=\"\(n(x))\" y=\"\(n(y))\" font-size=\"\(size)\" font-weight=\"\(weight)\" fill=\"\(color)\" "
            + "text-anchor=\"\(anchor)\">\(Self.escaped(words))</text>\n"
    }

    private static func color(_ share: Double) -> String {
        shades.last { share >= $0.from }?.color ?? unknownColor
    }

    private static func escaped(_ text: String) -> String {
        TerminalText.plain(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }

    /// A number with at most two decimals.
    private func n(_ value: Double) -> String {
        let rounded = (value * 100).rounded() / 100
        return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
    }
}

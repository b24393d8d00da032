import GeometryEngine
import RedlineCells
import RedlineGeometry
import RedlineMeasure

/// The regions of a table with their cells, and what is odd about them.
struct RegionSet: Sendable {
    /// The id of the layer.
    let layer: String
    /// The regions, in the order of their first rows.
    private(set) var regions: [TableRegion]
    /// The cells of the regions, by place.
    private(set) var cells: CellLayer
    /// How the ground of the regions is measured, where that was kept and is still theirs.
    private(set) var knownTiles: CellTiles?
    /// What the user should know.
    private(set) var warnings: [Remark] = []

    /// Takes rows of the same code and name as one region.
    ///
    /// - Parameters:
    ///   - source: The rows.
    ///   - loader: What cuts those that are united.
    ///   - withCells: Whether the cells of the regions are wanted.
    /// - Throws: ``RedlineError`` where no row has an area; `GeometryError` where rows cannot be united.
    init(_ source: TableLayer, loader: LayerLoader, withCells: Bool = true) async throws {
        layer = source.id
        let zones = source.loaded.zones
        var groups: [[Int]] = []
        var places: [RegionKey: Int] = [:]
        for (row, zone) in zones.enumerated() where !zone.ground.polygons.isEmpty {
            let key = RegionKey(code: zone.code, name: zone.name)
            if zone.code != nil || zone.name != nil, let place = places[key] {
                groups[place].append(row)
            } else {
                places[key] = groups.count
                groups.append([row])
            }
        }
        guard !groups.isEmpty else {
            throw RedlineError(
                "the layer has no regions with an area.", layer: source.id, remedy: "Regions are polygons.")
        }
        let context = try GeometryContext()
        regions = try groups.map { rows in
            let polygons = rows.flatMap { zones[$0].ground.polygons }
            return TableRegion(
                code: zones[rows[0]].code, name: zones[rows[0]].name, rows: rows.count,
                isRepaired: rows.contains { zones[$0].isRepaired },
                ground: rows.count == 1
                    ? zones[rows[0]].ground : Ground(polygons: try PolygonOverlay(context: context).united(polygons)))
        }
        if groups.count == zones.count {
            cells = source.cells
            knownTiles = try source.knownTiles
        } else {
            cells = try await loader.cells(of: withCells ? regions.map(\.ground.polygons) : [])
        }
        warnings = Self.warnings(of: source, regions)
    }

    /// Replaces the ground of each region, in the same order.
    mutating func restrict(to grounds: [[Polygon]], loader: LayerLoader) async throws {
        for place in regions.indices { regions[place].ground = Ground(polygons: grounds[place]) }
        cells = try await loader.cells(of: grounds)
        knownTiles = nil
    }

    private static func warnings(of source: TableLayer, _ regions: [TableRegion]) -> [Remark] {
        var warnings: [Remark] = []
        let id = source.id
        let repeated = regions.filter { $0.rows > 1 }
        if !repeated.isEmpty {
            let list = list(repeated.map { "\($0.label) ×\($0.rows)" })
            warnings.append(
                Remark(
                    zh: "图层“\(id)”：\(repeated.count) 个统计区在多行中重复出现，各按一个统计区计：\(list)。",
                    en: "Layer '\(id)': \(repeated.count) regions stand on several rows and count as one each: \(list)."
                ))
        }
        let doubled = Dictionary(grouping: regions.filter { $0.code != nil }) { $0.code }.values.filter { $0.count > 1 }
            .flatMap(\.self)
        if !doubled.isEmpty {
            let list = list(doubled.map(\.label).sorted())
            warnings.append(
                Remark(
                    zh: "图层“\(id)”：不同名称的统计区使用同一编码，分别计算：\(list)。",
                    en: "Layer '\(id)': regions of different names bear the same code and count apart: \(list)."))
        }
        let nameless = regions.count { $0.code == nil }
        if nameless > 0 {
            warnings.append(
                Remark(
                    zh: "图层“\(id)”：\(nameless) 个统计区没有编码，按名称计。",
                    en: "Layer '\(id)': \(nameless) regions have no code; they are told apart by name."))
        }
        let flat = source.loaded.zones.count { $0.ground.polygons.isEmpty }
        if flat > 0 {
            warnings.append(
                Remark(
                    zh: "图层“\(id)”：\(flat) 行没有面积，不是统计区。",
                    en: "Layer '\(id)': \(flat) rows have no area and are no regions."))
        }
        return warnings
    }

    /// Warns of regions that are far too small to be what they are called.
    ///
    /// - Parameter areas: The area of each region in square metres.
    mutating func warnOfStubs(areas: [Double]) {
        guard areas.count > 2 else { return }
        let median = areas.sorted()[areas.count / 2]
        for (region, area) in zip(regions, areas) where area < median / 1000 {
            let hectares = Area(squareMeters: area).value(in: .hectare)
            let shown = String((hectares * 100).rounded() / 100)
            warnings.append(
                Remark(
                    zh: "统计区\(region.label)只有 \(shown) 公顷，不到各统计区面积中位数的千分之一：其几何可能残缺，占比不可信。",
                    en:
                        "Region \(region.label) has \(shown) ha, less than a thousandth of the median region: its geometry "
                        + "may be a stub, and its shares are then wrong."))
        }
    }

    /// At most five, then dots.
    static func list(_ words: [String]) -> String {
        words.prefix(5).joined(separator: "; ") + (words.count > 5 ? "; …" : "")
    }
}

/// What tells regions apart.
private struct RegionKey: Hashable {
    var code: String?
    var name: String?
}

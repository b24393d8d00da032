import RedlineCells
import RedlineGeometry

/// Finds regions that a layer does not claim to cover: there a share is less than known, and 0 is no zero.
struct ExtentCheck: Sendable {
    let catalog: Catalog
    let byID: [String: TableLayer]
    let regions: RegionSet
    let threads: Int

    /// The regions with ground outside the extents of layers, and what to say of them.
    ///
    /// - Throws: ``RedlineError``; `CancellationError`.
    func uncovered(by layers: [TableLayer]) async throws -> (regions: [UncoveredRegion], warnings: [Remark]) {
        var uncovered: [UncoveredRegion] = []
        var warnings: [Remark] = []
        for layer in layers {
            guard let extent = layer.loaded.layer.extent ?? catalog.extent else {
                warnings.append(
                    Remark(
                        zh: "图层“\(layer.id)”没有声明数据范围：没有数据的统计区也显示为 0。",
                        en: "Layer '\(layer.id)' declares no extent: a region for which it has no data shows 0 as well."
                    ))
                continue
            }
            let found = try await self.uncovered(by: layer.id, extent)
            guard !found.isEmpty else { continue }
            uncovered += found
            let list = RegionSet.list(
                found.map { "\(regions.regions[$0.region].label) \(RegionOverlaps.area($0.area.squareMeters))" })
            warnings.append(
                Remark(
                    zh: "图层“\(layer.id)”声明的数据范围没有覆盖 \(found.count) 个统计区的全部，其占比不可知：\(list)。",
                    en:
                        "The extent that layer '\(layer.id)' declares leaves out ground of \(found.count) regions, whose "
                        + "shares are not known: \(list)."))
        }
        return (uncovered, warnings)
    }

    private func uncovered(by layer: String, _ extent: CatalogExtent) async throws -> [UncoveredRegion] {
        let cells: CellLayer
        switch extent {
        case .layer(let id) where id == regions.layer: return []
        case .layer(let id):
            guard let ready = byID[id] else { return [] }
            cells = ready.cells
        case .box(let box):
            if regions.regions.allSatisfy({ box.contains($0.ground.envelope) }) { return [] }
            let corners = [
                Position(x: box.minX, y: box.minY), Position(x: box.maxX, y: box.minY),
                Position(x: box.maxX, y: box.maxY), Position(x: box.minX, y: box.maxY),
                Position(x: box.minX, y: box.minY),
            ]
            cells = CellLayer([CellBuilder().cells(of: [Polygon(exteriorRing: corners)])])
        }
        let coverage = RegionCoverage(regions: regions.cells, threads: threads)
        let covered = try await coverage.byRegion(try await coverage.tiles(of: cells), tracing: false)
        return covered.enumerated().compactMap { place, coverage in
            let missing = coverage.region - coverage.union
            // Borders of two layers seldom agree to the last digit.
            guard missing > 1e-6 * coverage.region, missing > 1 else { return nil }
            return UncoveredRegion(layer: layer, region: place, area: Area(squareMeters: missing))
        }
    }
}

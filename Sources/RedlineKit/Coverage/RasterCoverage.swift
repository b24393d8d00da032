import CoordinateReference
import LayerIO
import RedlineGeometry
import RedlineGrid
import RedlineMeasure

/// Land cover from a raster: one pass over its blocks for all regions.
struct RasterCoverage {
    let job: CoverageJob
    let layer: CatalogLayer
    let edition: Edition
    let regions: CoverageRegions

    private var options: CoverageOptions { job.options }
    private var isCover: Bool { layer.content == .cover }

    /// Files above this are not read whole for a checksum, since most of their blocks need not be read at all.
    private static let checksumLimit = 1 << 28

    func run() async throws -> CoverageResult {
        let file = edition.source
        let source = RasterSource(
            path: file, member: layer.sourceLayer, band: options.band ?? layer.band, crs: layer.crs)
        async let digest = Self.digest(of: file)
        let grid: RasterGrid
        do {
            grid = try RasterGrid(try RasterReader(source).description, file: file, layer: layer.id)
        } catch {
            throw RedlineError(inLayer: layer.id, error)
        }
        let placed = try await place(grid)
        let tallies = try await count(grid, source, placed)
        var result = rows(grid, placed, tallies)
        result.provenance.layers = [
            regions.used,
            UsedLayer(
                id: layer.id, title: layer.title, edition: edition.date,
                features: grid.description.width * grid.description.height, sha256: try await digest),
        ]
        return result
    }

    private static func digest(of file: String) async throws -> String? {
        guard let size = FileSize.bytes(of: file), size <= checksumLimit else { return nil }
        return try FileDigest.sha256(of: [file])
    }

    private func place(_ grid: RasterGrid) async throws -> [PlacedRegion?] {
        let own = regions.set.regions
        return try await concurrentMap(count: own.count, threads: options.threads, chunk: 1) {
            try RegionPlacer(grid)
        } _: { placer, index in
            do {
                return try placer.region(of: own[index].ground.polygons)
            } catch let error as CoordinateReferenceError {
                throw RedlineError(
                    "\(error)", layer: regions.set.layer, feature: own[index].label,
                    remedy: "The CRS of the raster does not reach there.")
            }
        }
    }

    private func count(
        _ grid: RasterGrid, _ source: RasterSource, _ placed: [PlacedRegion?]
    ) async throws -> [RasterTally] {
        let (edge, isCover, id) = (options.edge, isCover, layer.id)
        let bands = (0..<grid.bandCount).filter { band in
            let rows = grid.rows(ofBand: band)
            return placed.contains { $0?.shape.rows.overlaps(rows) == true }
        }
        let found = try await concurrentMap(count: bands.count, threads: options.threads, chunk: 1) {
            try BandTask(grid, source: source, edge: edge, isCover: isCover)
        } _: { task, index in
            do {
                return try task.tallies(ofBand: bands[index], in: placed)
            } catch {
                var wrapped = RedlineError(inLayer: id, error)
                if error is RedlineError { wrapped.file = source.path }
                throw wrapped
            }
        }
        var tallies = Array(repeating: RasterTally(), count: placed.count)
        // In the order of the bands, so that sums have the same last digit on any number of threads.
        for band in found { for (region, tally) in band { tallies[region].add(tally) } }
        return tallies
    }

    // MARK: - Rows

    private func rows(
        _ grid: RasterGrid, _ placed: [PlacedRegion?], _ tallies: [RasterTally]
    ) -> CoverageResult {
        let definitions = Definitions(map: layer.classMap, options: options, isRaster: true)
        let table = ClassTable(map: layer.classMap, definitions: definitions)
        let covered = tallies.map { tally in isCover ? [:] : Self.byClass(tally, table) }
        let classes =
            isCover
            ? [coverClass(definitions)]
            : table.classes(occurring: covered.reduce(into: Set<String>()) { $0.formUnion($1.keys) })
        var result = CoverageResult(
            provenance: Provenance(verb: "coverage", areaMethod: .ellipsoidal, asOf: options.asOf ?? job.catalog.asOf),
            options: options, title: layer.title,
            source: .raster(
                width: grid.description.width, height: grid.description.height, isGraticule: grid.isGraticule),
            classes: classes, unclassifiedDefinition: definitions.unclassified, regions: [])
        for place in regions.areas.indices {
            var region = regions.blank(place)
            fill(&region, placed[place], tallies[place], covered[place], classes, grid.description)
            result.regions.append(region)
        }
        result.provenance.warnings = regions.warnings + self.warnings(grid, result)
        return result
    }

    private func coverClass(_ definitions: Definitions) -> LandCoverClass {
        var definition = definitions.covered
        let cover = definitions.cover(of: "covered")
        definition.zh = (definition.zh ?? "") + (cover.zh ?? "")
        definition.en = (definition.en ?? "") + (cover.en ?? "")
        return LandCoverClass(
            id: "covered", title: StandardClass.title(of: "covered"), definition: definition,
            implements: layer.classMap?.implements["covered"])
    }

    private static func byClass(_ tally: RasterTally, _ table: ClassTable) -> [String: ValueTally] {
        var byClass: [String: ValueTally] = [:]
        for value in tally.values.keys.sorted() {
            byClass[table.class(of: AttributeValue.real(value).text ?? ""), default: ValueTally()] +=
                tally.values[value] ?? ValueTally()
        }
        return byClass
    }

    private func fill(
        _ region: inout RegionLandCover, _ placed: PlacedRegion?, _ tally: RasterTally,
        _ byClass: [String: ValueTally], _ classes: [LandCoverClass], _ description: RasterDescription
    ) {
        let inside = tally.total
        // Ground without any data is not ground without forest.
        guard let placed, inside.cells > 0, !tally.values.isEmpty else {
            region.reason = Self.reason(region, placed, options.edge, tally)
            return
        }
        // What lies beyond the raster: known only as what the region has more than its cells.
        var outside = ValueTally()
        if !placed.isWhole {
            outside.area = max(0, region.area - inside.area)
            outside.cells =
                options.edge == .exact
                ? outside.area * inside.cells / inside.area : max(0, placed.shape.cellCount - inside.cells)
        }
        let isByArea = options.weight == .ellipsoidal
        let whole = isByArea ? inside.area + outside.area : inside.cells + outside.cells
        func area(_ tally: ValueTally) -> ClassArea {
            ClassArea(area: tally.area, share: min(1, (isByArea ? tally.area : tally.cells) / whole))
        }
        if isCover {
            let sum = tally.values[0] ?? ValueTally()
            var row = area(sum)
            row.coveredArea = sum.area
            row.meanCover = sum.area > 0 ? tally.weightedSum / sum.area * description.scale + description.offset : nil
            region.classes = [row]
        } else {
            region.classes = classes.map { area(byClass[$0.id] ?? ValueTally()) }
        }
        region.noDataArea = tally.noData.area
        var rest = tally.noData
        rest += outside
        region.unclassified = area(rest)
    }

    private static func reason(
        _ region: RegionLandCover, _ placed: PlacedRegion?, _ edge: EdgeRule, _ tally: RasterTally
    ) -> LocalizedText {
        if region.area == 0 { return LocalizedText(zh: "统计区没有面积", en: "the region has no area") }
        if tally.noData.cells > 0 {
            return LocalizedText(zh: "栅格在统计区内没有数据", en: "the raster has no data in the region")
        }
        guard placed != nil, edge == .centre else {
            return LocalizedText(zh: "统计区全部在栅格以外", en: "the region lies wholly beyond the raster")
        }
        return LocalizedText(zh: "没有像元的中心在区内", en: "no cell has its centre in the region")
    }

    private func warnings(_ grid: RasterGrid, _ result: CoverageResult) -> [Remark] {
        var warnings: [Remark] = []
        let description = grid.description
        if description.noData == nil, !description.hasMask {
            warnings.append(
                Remark(
                    zh: "图层“\(layer.id)”：栅格没有声明无数据值，所有值都按\(isCover ? "盖度" : "类别")计。",
                    en: "Layer '\(layer.id)': the raster names no value for cells without data, so that every value is "
                        + "taken as \(isCover ? "cover" : "a class")."))
        }
        return warnings + result.unknownValues(layer.id)
    }
}

extension CoverageResult {
    /// What is to be said of values that the class map lacks.
    func unknownValues(_ layer: String) -> [Remark] {
        classes.enumerated().filter { $0.element.id.hasPrefix("unknown:") }.map { place, item in
            let area = regions.reduce(0) { $0 + ($1.classes?[place].area ?? 0) }
            let (value, hectares) = (item.id.dropFirst(8), Int((area / 1e4).rounded()))
            guard !value.isEmpty else {
                return Remark(
                    zh: "图层“\(layer)”：有图斑没有类别，在各统计区内共 \(hectares) 公顷。",
                    en: "Layer '\(layer)': patches have no class; they cover \(hectares) ha of the regions.")
            }
            return Remark(
                zh: "图层“\(layer)”：类别表中没有值 \(value)，在各统计区内共 \(hectares) 公顷。",
                en:
                    "Layer '\(layer)': the value \(value) is not in the class map; it covers \(hectares) ha of the regions."
            )
        }
    }
}

import LayerIO
import RedlineGeometry
import RedlineMeasure

/// Reckons the land cover of regions, from polygons or from a raster.
///
/// Each value of the land-cover layer belongs to a class by the layer's class map. From a raster each cell counts by the
/// part that lies inside, exactly, and weighs its own area; from polygons ground counts once, whatever the number of
/// patches on it. What no patch covers and cells without data are `unclassified` and count in the denominator.
///
/// - Parameters:
///   - catalog: The catalog that names both layers.
///   - options: Which layers, and how.
/// - Returns: Areas and shares by region and class.
/// - Throws: ``RedlineError`` that names the layer, file and place of what cannot be read or reckoned.
public func coverage(of catalog: Catalog, options: CoverageOptions) async throws -> CoverageResult {
    try await CoverageJob(catalog: catalog, options: options).run()
}

/// One reckoning.
struct CoverageJob {
    let catalog: Catalog
    let options: CoverageOptions

    private var loader: LayerLoader { LayerLoader(asOf: options.asOf ?? catalog.asOf, threads: options.threads) }

    func run() async throws -> CoverageResult {
        let landCover = try layer(options.landCover, option: "--land-cover")
        guard let regionID = options.regions ?? catalog.regions else {
            throw RedlineError(
                "the catalog names no region layer.", file: catalog.path, remedy: "Name one with --regions.")
        }
        let regionLayer = try layer(regionID, option: "--regions")
        guard let edition = landCover.edition(asOf: loader.asOf) else { throw notInForce(landCover) }
        if landCover.family == "region" {
            throw RedlineError(
                "is a layer of regions and no land cover.", layer: landCover.id,
                remedy: "Name a land-cover layer with --land-cover.")
        }
        let isRaster: Bool
        do {
            isRaster = try landCover.prepared == nil && RasterReader.recognizes(edition.source)
        } catch {
            throw RedlineError(inLayer: landCover.id, error)
        }
        if isRaster, options.coverField != nil {
            throw RedlineError(
                "a raster has no fields.", file: edition.source, layer: landCover.id,
                remedy: "Say 'content: cover' for the layer in the catalog if its values are cover values.")
        }
        if !isRaster, options.band != nil || landCover.band != nil {
            throw RedlineError(
                "is no raster and has no bands.", file: edition.source, layer: landCover.id,
                remedy: "Leave the band out.")
        }
        // What a prepared catalog keeps of the patches is read while the regions are.
        async let kept = options.coverField == nil ? landCover.prepared?.keptPatches(landCover, edition) : nil
        let regions = try await regions(regionLayer, withCells: !isRaster)
        var result =
            isRaster
            ? try await RasterCoverage(job: self, layer: landCover, edition: edition, regions: regions).run()
            : try await PolygonCoverage(
                job: self, layer: landCover, regions: regions, loader: loader, kept: try await kept
            ).run()
        result.provenance.catalogName = catalog.name
        result.provenance.catalogSHA256 = catalog.sha256
        result.provenance.engines = .current
        return result
    }

    private func layer(_ id: String, option: String) throws -> CatalogLayer {
        if let layer = catalog.layer(id) { return layer }
        let ids = catalog.layers.map(\.id)
        let near = closest(to: id, among: ids).map { " Did you mean '\($0)'?" } ?? ""
        throw RedlineError(
            "\(option): the catalog has no layer '\(id)'.\(near)", file: catalog.path,
            remedy: "Layers: \(ids.joined(separator: ", ")).")
    }

    private func notInForce(_ layer: CatalogLayer) -> RedlineError {
        RedlineError(
            "the layer has no edition in force on \(loader.asOf?.description ?? "that day").", layer: layer.id,
            remedy: "Choose a later day with --as-of, or name an older edition in the catalog.")
    }

    private func regions(_ layer: CatalogLayer, withCells: Bool) async throws -> CoverageRegions {
        let source = try await loader.tableLayers([layer], withCells: withCells)[0]
        return CoverageRegions(
            used: source.used, remarks: source.loaded.warnings,
            set: try await RegionSet(source, loader: loader, withCells: withCells))
    }
}

/// The regions of a reckoning.
struct CoverageRegions: Sendable {
    /// What results record of the layer.
    let used: UsedLayer
    /// The regions, and their cells where the land cover is made of polygons.
    let set: RegionSet
    /// The area of each in square metres.
    let areas: [Double]
    /// What is to be said of them.
    let warnings: [Remark]

    init(used: UsedLayer, remarks: [Remark], set: RegionSet) {
        var set = set
        let measure = EllipsoidalArea()
        areas = set.regions.map { region in
            region.ground.polygons.reduce(0) { $0 + measure.area(of: $1).squareMeters }
        }
        set.warnOfStubs(areas: areas)
        var warnings = remarks + set.warnings
        let wide = set.regions.filter { region in
            region.ground.polygons.contains { Envelope($0.exteriorRing).width > 180 }
        }
        if !wide.isEmpty {
            let list = RegionSet.list(wide.map(\.label))
            warnings.append(
                Remark(
                    zh: "图层“\(set.layer)”：统计区跨越半个地球以上，可能在 180° 经线处未切开：\(list)。",
                    en:
                        "Layer '\(set.layer)': regions over more than half of the globe, which may cross the antimeridian "
                        + "uncut: \(list)."))
        }
        if used.repaired > 0 {
            warnings.append(
                Remark(
                    zh: "图层“\(set.layer)”：修复了 \(used.repaired) 个统计区。",
                    en: "Layer '\(set.layer)': \(used.repaired) regions were repaired."))
        }
        self.used = used
        self.set = set
        self.warnings = warnings
    }

    /// The smallest rectangle around all regions.
    var window: Envelope { self.set.regions.reduce(into: .empty) { $0.formUnion($1.ground.envelope) } }

    /// The record of a region of which nothing is known yet.
    func blank(_ place: Int) -> RegionLandCover {
        let region = set.regions[place]
        // Without code and name the place in the layer tells it apart.
        let code = region.code ?? (region.name == nil ? String(place + 1) : nil)
        return RegionLandCover(code: code, name: region.name, area: areas[place], geometry: region.geometry)
    }
}

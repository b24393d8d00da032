import GeometryEngine
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
            isRaster = try RasterReader.recognizes(edition.source)
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
        let regions = try await regions(regionLayer)
        var result =
            isRaster
            ? try await RasterCoverage(job: self, layer: landCover, edition: edition, regions: regions).run()
            : try await PolygonCoverage(job: self, layer: landCover, regions: regions, loader: loader).run()
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

    private func regions(_ layer: CatalogLayer) async throws -> CoverageRegions {
        let raw = try loader.read(layer)
        guard raw.edition != nil else { throw notInForce(layer) }
        let loaded = try await loader.judge(
            raw, window: Envelope(minX: -.infinity, minY: -.infinity, maxX: .infinity, maxY: .infinity))
        return CoverageRegions(loaded)
    }
}

/// The regions of a reckoning.
struct CoverageRegions: Sendable {
    let loaded: LoadedLayer
    /// The area of each in square metres.
    let areas: [Double]
    /// What is to be said of them.
    let warnings: [String]

    init(_ loaded: LoadedLayer) {
        self.loaded = loaded
        let measure = EllipsoidalArea()
        areas = loaded.zones.map { zone in
            zone.ground.polygons.reduce(0) { $0 + measure.area(of: $1).squareMeters }
        }
        var warnings = loaded.warnings
        let repeated = loaded.codeCounts.filter { $0.value > 1 }.sorted { $0.key < $1.key }
        if !repeated.isEmpty {
            let list = repeated.prefix(5).map { "\($0.key) (\($0.value))" }.joined(separator: ", ")
            warnings.append(
                "Layer '\(loaded.layer.id)': codes that several regions bear, each reported by itself: \(list)"
                    + (repeated.count > 5 ? ", …" : "") + ".")
        }
        let wide = loaded.zones.filter { zone in
            zone.ground.polygons.contains { Envelope($0.exteriorRing).width > 180 }
        }
        if !wide.isEmpty {
            warnings.append(
                "Layer '\(loaded.layer.id)': regions with a polygon over more than half of the globe, which may cross the "
                    + "antimeridian uncut: \(wide.prefix(5).map { $0.code ?? $0.id }.joined(separator: ", ")).")
        }
        if loaded.repairedCount > 0 {
            warnings.append("Layer '\(loaded.layer.id)': \(loaded.repairedCount) regions were repaired.")
        }
        self.warnings = warnings
    }

    /// The record of a region of which nothing is known yet.
    func blank(_ place: Int) -> RegionLandCover {
        let zone = loaded.zones[place]
        return RegionLandCover(
            code: zone.code ?? zone.id, name: zone.name, area: areas[place], geometry: zone.ground.geometry)
    }

    /// What results record of the layer.
    var used: UsedLayer {
        UsedLayer(
            id: loaded.layer.id, title: loaded.layer.title, edition: loaded.edition?.date,
            features: loaded.featureCount, repaired: loaded.repairedCount, sha256: loaded.sha256)
    }
}

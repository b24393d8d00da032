import GeometryEngine
import RedlineCells
import RedlineGeometry
import RedlineMeasure

/// Finds which zones overlap which, within one layer or between two.
///
/// Areas come from the cells; widths and geometries from GEOS, on the pieces of both zones that are near each other. The
/// result depends on the input alone, not on the number of threads.
///
/// - Parameters:
///   - layers: The ids of one layer or two.
///   - catalog: The layers and what they mean.
///   - options: How to measure and what to list.
/// - Returns: The pairs.
/// - Throws: ``RedlineError`` where the catalog has no such layer, or a file cannot be read; `CancellationError`.
public func findOverlaps(
    in layers: [String], of catalog: Catalog, options: OverlapOptions = OverlapOptions()
) async throws -> OverlapTable {
    try await OverlapSearch(catalog: catalog, layers: layers, options: options).run()
}

/// One run of looking for overlaps.
struct OverlapSearch {
    let catalog: Catalog
    let layers: [String]
    let options: OverlapOptions

    func run() async throws -> OverlapTable {
        guard layers.count == 1 || layers.count == 2, Set(layers).count == layers.count else {
            throw RedlineError("overlaps are looked for within one layer or between two.", file: catalog.path)
        }
        let chosen = try layers.map { try catalog.layer(named: $0) }
        let asOf = options.asOf ?? catalog.asOf
        let loader = LayerLoader(asOf: asOf, threads: options.threads)
        let loaded = try await loader.tableLayers(chosen)
        let sides = try await loaded.concurrentSides(threads: options.threads)
        let (first, second) = (sides[0], sides[sides.count - 1])
        let tolerance =
            options.tolerance?.meters ?? loaded.map { $0.loaded.layer.tolerance?.meters ?? 0.001 }.max() ?? 0.001
        let found = try await concurrentMap(
            count: first.order.count, threads: options.threads, chunk: 1
        ) { [options, layers] in
            try PairJudge(
                first, second, isOneLayer: layers.count == 1, tolerance: tolerance, options: options)
        } _: { judge, place in
            try judge.pairs(of: first.order[place])
        }
        var pairs = found.flatMap(\.self)
        pairs.sort { $0.isBefore($1) }
        var provenance = Provenance(verb: "overlaps", areaMethod: options.areaMethod, asOf: asOf)
        provenance.catalogName = catalog.name
        provenance.catalogSHA256 = catalog.sha256
        provenance.layers = loaded.map(\.used)
        provenance.engines = .current
        provenance.warnings = loaded.flatMap(\.loaded.warnings) + loaded.flatMap(Self.warnings)
        let isOne = layers.count == 1
        let coverage = RegionCoverage(regions: loaded[layers.count - 1].cells, threads: options.threads)
        return OverlapTable(
            options: options,
            pairs: pairs.filter { options.listsTouching || $0.pair.relation == .overlaps }.map(\.pair),
            doubleCounting: isOne ? try await doubleCounting(coverage, pairs) : nil,
            sharedGround: isOne
                ? nil
                : Area(squareMeters: try await coverage.together(try await coverage.tiles(of: loaded[0])).union),
            provenance: provenance)
    }

    private static func warnings(of layer: TableLayer) -> [Remark] {
        let flat = layer.loaded.zones.count { $0.ground.polygons.isEmpty }
        guard flat > 0 else { return [] }
        return [
            Remark(
                zh: "图层“\(layer.id)”：\(flat) 个要素没有面积（线或点），未比较。",
                en: "Layer '\(layer.id)': \(flat) features without area (lines or points) are not compared.")
        ]
    }

    private func doubleCounting(_ coverage: RegionCoverage, _ pairs: [FoundPair]) async throws -> DoubleCounting {
        let whole = try await coverage.ground()
        let noise = 1e-13 * whole.gross
        let exactly = whole.exactly.map { Area(squareMeters: $0 < noise ? 0 : $0) }
        var sum = CompensatedSum()
        for pair in pairs { sum.add(pair.ellipsoidal) }
        let last = exactly.lastIndex { $0.squareMeters > 0 } ?? -1
        return DoubleCounting(
            union: exactly.reduce(.zero, +),
            gross: exactly.enumerated().reduce(.zero) {
                $0 + Area(squareMeters: Double($1.offset + 1) * $1.element.squareMeters)
            }, exactly: Array(exactly[...last]), pairs: Area(squareMeters: sum.value))
    }
}

extension Catalog {
    /// The layer called `id`.
    ///
    /// - Throws: ``RedlineError`` with the ids that there are.
    func layer(named id: String) throws -> CatalogLayer {
        if let layer = layer(id) { return layer }
        let ids = layers.map(\.id)
        let near = closest(to: id, among: ids).map { "Did you mean '\($0)'? " } ?? ""
        throw RedlineError(
            "the catalog has no layer '\(id)'.", file: path, remedy: near + "Layers: \(ids.joined(separator: ", ")).")
    }
}

/// A layer with its zones cut into small polygons.
struct OverlapSide: Sendable {
    let layer: TableLayer
    let leaves: [ZoneLeaves]
    /// In square metres, by place.
    let areas: [Double]
    /// The places of the zones, the largest first, so that none is left to one task at the end.
    let order: [Int]
}

extension [TableLayer] {
    fileprivate func concurrentSides(threads: Int) async throws -> [OverlapSide] {
        var sides: [OverlapSide] = []
        for layer in self {
            let zones = layer.loaded.zones
            let order = zones.indices.sorted {
                (zones[$1].ground.positionCount, $0) < (zones[$0].ground.positionCount, $1)
            }
            let made = try await concurrentMap(count: zones.count, threads: threads, chunk: 4) {
                EllipsoidalArea()
            } _: { meter, place in
                let polygons = zones[order[place]].ground.polygons
                return (ZoneLeaves(polygons), meter.area(of: .multiPolygon(polygons)).squareMeters)
            }
            var leaves = Array<ZoneLeaves?>(repeating: nil, count: zones.count)
            var areas = Array<Double>(repeating: 0, count: zones.count)
            for (place, zone) in order.enumerated() { (leaves[zone], areas[zone]) = made[place] }
            sides.append(OverlapSide(layer: layer, leaves: leaves.compactMap(\.self), areas: areas, order: order))
        }
        return sides
    }
}

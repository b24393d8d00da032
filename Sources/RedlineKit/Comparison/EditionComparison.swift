import Foundation
import RedlineCells
import RedlineGeometry
import RedlineMeasure

/// Compares two editions of a layer, region by region.
///
/// Lost, gained and unchanged ground come from one walk over the cells of both editions, so that the old edition is
/// unchanged and lost, the new one unchanged and gained, and rows add up. What of it is re-digitising noise is judged
/// by the width of connected pieces, and moves no verdict. The result depends on the input alone, not on the number of
/// threads.
///
/// - Parameters:
///   - old: The old edition.
///   - new: The new edition.
///   - regions: The regions: a file, or the id of a layer in the catalog of the new edition.
///   - options: How to compare.
/// - Returns: What became of the layer.
/// - Throws: ``RedlineError`` or ``CatalogError`` where an input cannot be read; `CancellationError`.
public func compareEditions(
    from old: EditionInput, to new: EditionInput, regions: EditionInput,
    options: ComparisonOptions = ComparisonOptions()
) async throws -> ChangeTable {
    var (old, new) = (old, new)
    // Beside a catalog, the name of a layer is the catalog's.
    switch (ChosenEdition.isCatalog(old.path), ChosenEdition.isCatalog(new.path)) {
    case (true, false): new.layer = nil
    case (false, true): old.layer = nil
    default: break
    }
    return try await EditionComparison(
        old: ChosenEdition(old, id: "old", asOf: options.asOf), new: ChosenEdition(new, id: "new", asOf: options.asOf),
        regions: regions, options: options
    ).run()
}

/// One run of a comparison.
struct EditionComparison {
    private let old: ChosenEdition
    private let new: ChosenEdition
    private let regions: CatalogLayer
    private let options: ComparisonOptions
    private let attributes: (common: [String], uncommon: [String])

    init(old: ChosenEdition, new: ChosenEdition, regions: EditionInput, options: ComparisonOptions) throws {
        var (old, new) = (old, new)
        attributes = ChosenEdition.shareAttributes(&old, &new)
        self.old = old
        self.new = new
        self.regions = try Self.regionLayer(regions, new, asOf: options.asOf)
        self.options = options
    }

    /// A file, or a layer of the new edition's catalog.
    private static func regionLayer(
        _ input: EditionInput, _ new: ChosenEdition, asOf: CalendarDate?
    ) throws -> CatalogLayer {
        var layer: CatalogLayer
        if let catalog = new.catalog, let own = catalog.layer(input.path),
            !FileManager.default.fileExists(atPath: input.path)
        {
            layer = own
            if layer.prepared != nil { layer.preparedID = layer.id }
            _ = try layer.choose(asOf: asOf ?? catalog.asOf, file: catalog.path)
        } else {
            layer = CatalogLayer(file: input.path, id: "regions")
            layer.sourceLayer = input.layer
        }
        layer.id = "regions"
        return layer
    }

    /// What one edition is in this run.
    private struct Side {
        var layer: TableLayer
        var areas: [Double]
        /// The zones that overlap each region by more than 1 mm of width.
        var counted: [Set<Int>]
        var difference: EditionDifference
        /// By region, then for all together: what of the difference is noise.
        var noise: [Double]
    }

    func run() async throws -> ChangeTable {
        // Each layer has been left the one edition that counts.
        let loader = LayerLoader(asOf: nil, threads: options.threads)
        var layers = try await loader.tableLayers([old.layer, new.layer, regions])
        try old.complete(&layers[0])
        try new.complete(&layers[1])
        var set = try await RegionSet(layers[2], loader: loader)
        set.warnOfStubs(
            areas: set.regions.map { EllipsoidalArea().area(of: .multiPolygon($0.ground.polygons)).squareMeters })
        let accuracy = accuracy
        let before = try await side(layers[0], against: layers[1], set, accuracy.length, loader)
        let after = try await side(layers[1], against: layers[0], set, accuracy.length, loader)
        let walk = ChangeWalk(old: layers[0].cells, new: layers[1].cells, regions: set.cells, threads: options.threads)
        let byRegion = try await walk.byRegion()
        let together = try await walk.together()
        let matching = ZoneMatching(old: layers[0], new: layers[1], threads: options.threads)
        let shared = try await matching.shared()
        let areas = (old: before.areas, new: after.areas)
        let pairs = matching.pairs(shared, areas: areas)
        let sharedAreas = Dictionary(shared.map { ([$0.old, $0.new], $0.area) }) { first, _ in first }
        let zones = pairs.map { pair in
            matching.change(
                pair, shared: pair.old.flatMap { old in pair.new.flatMap { sharedAreas[[old, $0]] } }, areas: areas,
                attributes: attributes.common)
        }
        let judge = ZoneVerdicts(pairs: pairs, zones: zones, rules: rules, old: layers[0], new: layers[1])
        var rows: [ChangeRow] = []
        for place in set.regions.indices {
            rows.append(row(place, byRegion[place], before, after, place, judge))
        }
        rows.append(row(nil, together.inside, before, after, set.regions.count, judge))
        let duties = try ZoneDuties(new.catalog, asOf: options.asOf)
        var provenance = Provenance(
            verb: "compare", areaMethod: .ellipsoidal, asOf: options.asOf ?? new.catalog?.asOf)
        provenance.catalogName = new.catalog?.name ?? LocalizedText()
        provenance.catalogSHA256 = new.catalog?.sha256
        provenance.layers = layers.map(\.used)
        provenance.engines = .current
        return ChangeTable(
            regions: set.regions, rows: rows, closures: closures(byRegion, together), zones: zones,
            flows: flows(shared, zones, pairs, before, after), classes: classes(before, after),
            pieces: try pieces(before, after, set, accuracy.length),
            accuracy: accuracy.length, accuracySource: accuracy.source, rules: rules,
            duties: rows.last.flatMap { total in duties?.duties(of: new.layer.family, total) },
            uncomparedFields: attributes.uncommon, provenance: provenance,
            warnings: try await warnings(set, layers, together, before, after) + (duties?.warnings ?? []))
    }

    /// What is declared of the layer: by the new catalog, else by the old one.
    private var rules: ComparisonRules {
        new.layer.comparison == ComparisonRules() ? old.layer.comparison : new.layer.comparison
    }

    private var accuracy: (length: Length, source: ChangeTable.AccuracySource) {
        if let chosen = options.accuracy { return (chosen, .option) }
        let declared = [old.layer.accuracy, new.layer.accuracy].compactMap { $0 }.max()
        return declared.map { ($0, .declared) } ?? (Length(meters: 1), .standard)
    }

    private func side(
        _ layer: TableLayer, against other: TableLayer, _ set: RegionSet, _ accuracy: Length, _ loader: LayerLoader
    ) async throws -> Side {
        let zones = layer.loaded.zones
        let coverage = RegionCoverage(regions: set.cells, threads: options.threads)
        let traced = try await coverage.byRegion(try await coverage.tiles(of: layer), tracing: true)
        let difference = try await EditionDifference(of: zones, without: other.loaded.zones, threads: options.threads)
        let slivers = difference.pieces.filter { $0.width <= accuracy.meters }
        var noise = Array(repeating: 0.0, count: set.regions.count + 1)
        if !slivers.isEmpty {
            let tiles = try await coverage.tiles(of: try await loader.cells(of: slivers.map { [$0.polygon] }))
            for (place, covered) in try await coverage.byRegion(tiles, tracing: false).enumerated() {
                noise[place] = covered.union
            }
            noise[set.regions.count] = try await coverage.together(tiles).union
        }
        return Side(
            layer: layer,
            areas: zones.map { EllipsoidalArea().area(of: .multiPolygon($0.ground.polygons)).squareMeters },
            counted: try await ZoneCounter(regions: set, threads: options.threads).counted(traced, of: layer),
            difference: difference, noise: noise)
    }

    private func row(
        _ region: Int?, _ change: EditionChange, _ before: Side, _ after: Side, _ place: Int, _ judge: ZoneVerdicts
    ) -> ChangeRow {
        func zones(_ side: Side) -> Set<Int> {
            region.map { side.counted[$0] } ?? side.counted.reduce(into: []) { $0.formUnion($1) }
        }
        let (oldZones, newZones) = (zones(before), zones(after))
        let members = judge.members(old: oldZones, new: newZones)
        // Polygons and cells are measured apart; noise is never more than what it is a part of.
        let lostNoise = min(before.noise[place], change.lost)
        let gainedNoise = min(after.noise[place], change.gained)
        let rounding = ChangeRow.rounding(of: Area(squareMeters: change.old)).squareMeters
        let lost = change.lost - lostNoise
        let net = (change.gained - gainedNoise) - lost
        return ChangeRow(
            region: region, old: Area(squareMeters: change.old), new: Area(squareMeters: change.new),
            lost: Area(squareMeters: change.lost), gained: Area(squareMeters: change.gained),
            unchanged: Area(squareMeters: change.unchanged), lostNoise: Area(squareMeters: lostNoise),
            gainedNoise: Area(squareMeters: gainedNoise), oldCount: oldZones.count, newCount: newZones.count,
            changedZones: judge.changed(members), areaVerdict: net >= -rounding ? .kept : .lost,
            locationVerdict: lost <= rounding ? .kept : .lost, natureVerdict: judge.nature(members),
            functionVerdict: judge.function(members))
    }

    private func closures(
        _ rows: [EditionChange], _ together: (inside: EditionChange, outside: EditionChange)
    ) -> [ChangeClosure] {
        [("lost", \EditionChange.lost), ("gained", \.gained), ("unchanged", \.unchanged)].map { name, path in
            var sum = CompensatedSum()
            for row in rows { sum.add(row[keyPath: path]) }
            return ChangeClosure(
                measure: name, sum: Area(squareMeters: sum.value),
                whole: Area(squareMeters: together.inside[keyPath: path]),
                outside: Area(squareMeters: together.outside[keyPath: path]))
        }
    }
}

// MARK: - Lists

extension EditionComparison {
    /// Where the ground of zones went that are not what they were.
    private func flows(
        _ shared: [ZoneMatching.Shared], _ zones: [ZoneChange], _ pairs: [ZoneMatching.Pair], _ before: Side,
        _ after: Side
    ) -> [ZoneFlow] {
        let same = Set(zip(pairs, zones).filter { $1.isSameGeometry }.compactMap { $0.0.old })
        var byZone: [Int: [ZoneMatching.Shared]] = [:]
        for pair in shared where !same.contains(pair.old) { byZone[pair.old, default: []].append(pair) }
        var flows: [ZoneFlow] = []
        for place in before.layer.loaded.zones.indices where !same.contains(place) {
            let zone = before.layer.loaded.zones[place].reference
            for pair in byZone[place] ?? [] {
                flows.append(
                    ZoneFlow(
                        old: zone, new: after.layer.loaded.zones[pair.new].reference,
                        area: Area(squareMeters: pair.area)))
            }
            if before.difference.areas[place] > 0 {
                flows.append(
                    ZoneFlow(old: zone, new: nil, area: Area(squareMeters: before.difference.areas[place])))
            }
        }
        return flows
    }

    /// What each class has in both editions.
    private func classes(_ before: Side, _ after: Side) -> [ClassChange] {
        func totals(_ side: Side) -> [String?: (area: Double, count: Int)] {
            var totals: [String?: (area: Double, count: Int)] = [:]
            for (zone, area) in zip(side.layer.loaded.zones, side.areas) {
                totals[zone.class, default: (0, 0)].area += area
                totals[zone.class, default: (0, 0)].count += 1
            }
            return totals
        }
        let (old, new) = (totals(before), totals(after))
        return Set(old.keys).union(new.keys)
            .sorted { ($0 == nil ? 1 : 0, $0 ?? "") < ($1 == nil ? 1 : 0, $1 ?? "") }
            .map { name in
                ClassChange(
                    name: name, old: Area(squareMeters: old[name]?.area ?? 0),
                    new: Area(squareMeters: new[name]?.area ?? 0), oldCount: old[name]?.count ?? 0,
                    newCount: new[name]?.count ?? 0)
            }
    }

    /// Lost pieces, then gained ones.
    private func pieces(
        _ before: Side, _ after: Side, _ set: RegionSet, _ accuracy: Length
    ) throws -> [ChangedPiece] {
        guard options.hasPieces else { return [] }
        var query = CellQuery()
        func pieces(_ side: Side, isLost: Bool) -> [ChangedPiece] {
            side.difference.pieces.map { piece in
                let meetings = query.meetings(of: SiteCells([piece.polygon], area: piece.area), in: set.cells)
                let largest = meetings.filter { $0.area > 0 }.max { ($0.area, $1.zone) < ($1.area, $0.zone) }
                return ChangedPiece(
                    isLost: isLost, polygon: piece.polygon, area: Area(squareMeters: piece.area),
                    width: Length(meters: piece.width), isNoise: piece.width <= accuracy.meters,
                    zones: piece.zones.map { side.layer.loaded.zones[$0].reference }, region: largest?.zone)
            }
        }
        return pieces(before, isLost: true) + pieces(after, isLost: false)
    }

    private func warnings(
        _ set: RegionSet, _ layers: [TableLayer], _ together: (inside: EditionChange, outside: EditionChange),
        _ before: Side, _ after: Side
    ) async throws -> [Remark] {
        var warnings = set.warnings + RegionGaps(set.regions).warnings(layer: "regions")
        let ground = try await RegionCoverage(regions: set.cells, threads: options.threads).ground()
        warnings += try RegionOverlaps(set, shared: ground.shared).warnings()
        let outside = together.outside
        if outside.old > 1 || outside.new > 1 {
            warnings.append(
                Remark(
                    zh: "不属于任何统计区、未计入各行的面积：旧版 \(RegionOverlaps.area(outside.old))，新版 "
                        + "\(RegionOverlaps.area(outside.new))，其中减少 \(RegionOverlaps.area(outside.lost))，增加 "
                        + "\(RegionOverlaps.area(outside.gained))。",
                    en:
                        "Ground in no region, which no row counts: \(RegionOverlaps.area(outside.old)) in the old edition, "
                        + "\(RegionOverlaps.area(outside.new)) in the new one; \(RegionOverlaps.area(outside.lost)) of "
                        + "it lost, \(RegionOverlaps.area(outside.gained)) gained."))
        }
        for (side, layer) in [(before, layers[0]), (after, layers[1])] {
            let flat = layer.loaded.zones.count { $0.ground.polygons.isEmpty }
            if flat > 0 {
                warnings.append(
                    Remark(
                        zh: "图层“\(layer.id)”：\(flat) 个要素没有面积（线或点），未计入。",
                        en: "Layer '\(layer.id)': \(flat) features without area (lines or points) are not counted."))
            }
            warnings += disagreement(side, together)
        }
        if !attributes.uncommon.isEmpty {
            let list = RegionSet.list(attributes.uncommon)
            warnings.append(
                Remark(
                    zh: "只在一个版本中存在、未作比较的属性：\(list)。",
                    en: "Attributes that only one edition has, which were not compared: \(list)."))
        }
        return warnings + layers.flatMap { $0.loaded.warnings }
    }

    /// Holds the polygons that GEOS makes against the walk over cells.
    private func disagreement(
        _ side: Side, _ together: (inside: EditionChange, outside: EditionChange)
    ) -> [Remark] {
        let isOld = side.layer.id == "old"
        let walked =
            isOld
            ? together.inside.lost + together.outside.lost : together.inside.gained + together.outside.gained
        let drawn = side.difference.pieces.reduce(0) { $0 + $1.area }
        // Narrow pieces that GEOS' rounding makes are left out: a micrometre along every border.
        guard abs(walked - drawn) > max(1, 1e-6 * walked) else { return [] }
        let (a, b) = (RegionOverlaps.area(drawn), RegionOverlaps.area(walked))
        return [
            Remark(
                zh: "\(isOld ? "减少" : "增加")部分的多边形合计 \(a)，表中为 \(b)：噪声的判断可能有误。",
                en: "The polygons of \(isOld ? "lost" : "gained") ground have \(a), the table \(b): what counts as "
                    + "noise may be off.")
        ]
    }
}

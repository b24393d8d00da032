import LayerIO
import RedlineCells
import RedlineGeometry
import RedlineMeasure

/// Land cover from polygons: over cells, ground in several patches counted once.
struct PolygonCoverage {
    let job: CoverageJob
    let layer: CatalogLayer
    let regions: CoverageRegions
    let loader: LayerLoader
    /// What a prepared catalog keeps of the layer; nil where it keeps nothing.
    let kept: PreparedCatalog.KeptPatches?

    private var options: CoverageOptions { job.options }

    /// The name under which cover values are read, and which a message about the field shows; no rule asks for it.
    private static let coverName = "--cover-field"

    func run() async throws -> CoverageResult {
        let patches = try await patches()
        let loaded = patches.layer
        let definitions = Definitions(map: layer.classMap, options: options, isRaster: false)
        let table = ClassTable(map: layer.classMap, definitions: definitions)
        let ids = try classIDs(of: patches, table)
        let classes = classes(table.classes(occurring: Set(ids)), definitions)
        let ranks = ranks(of: patches, ids, classes)
        let coverages = try await coverages(of: patches, ranks, groups: classes.count)
        var result = CoverageResult(
            provenance: Provenance(verb: "coverage", areaMethod: .ellipsoidal, asOf: loader.asOf), options: options,
            title: layer.title, source: .polygons(count: loaded.featureCount), classes: classes,
            unclassifiedDefinition: definitions.unclassified, regions: [])
        for (place, coverage) in coverages.enumerated() {
            var region = regions.blank(place)
            fill(&region, coverage)
            result.regions.append(region)
        }
        result.provenance.layers = [
            regions.used,
            UsedLayer(
                id: layer.id, title: layer.title, edition: loaded.edition?.date, features: loaded.featureCount,
                repaired: loaded.repairedCount, sha256: loaded.sha256),
        ]
        result.provenance.warnings =
            regions.warnings + loaded.warnings + warnings(result, loaded, oddAmounts: patches.oddAmounts)
        return result
    }

    /// The patches near the regions, with their raw classes.
    private func patches() async throws -> LandCoverPatches {
        var source = layer
        source.classes = [:]
        let window = regions.window
        if let field = options.coverField {
            // A prepared catalog keeps no field that the catalog does not name.
            source.prepared = nil
            source.attributes.append(ZoneAttributeMapping(name: Self.coverName, field: field, values: [:]))
        }
        if let kept, let prepared = source.prepared, let edition = source.edition(asOf: loader.asOf) {
            return prepared.patches(kept, layer, edition, window: window, threads: options.threads)
        }
        let amountName = options.coverField.map { _ in Self.coverName }
        var (loaded, columns) = try await loader.load(source, window: window) {
            PatchColumns(amountName: amountName)
        }
        loaded.layer = layer
        return LandCoverPatches(loaded, columns)
    }

    /// The ids of the classes that patches have, by place in their names.
    private func classIDs(of patches: LandCoverPatches, _ table: ClassTable) throws -> [String] {
        let names = patches.classNames
        if options.coverField != nil, names.allSatisfy({ $0 == nil }) { return names.map { _ in "covered" } }
        guard names.isEmpty || names.contains(where: { $0 != nil }) else {
            throw RedlineError(
                "no field says what class a patch has.", layer: layer.id,
                remedy: "Name it in the catalog with 'fields: {class: …}'.")
        }
        return names.map { name in
            guard let name else { return "unknown:" }
            // A prepared catalog holds the classes that 'classes' leads to, not the raw values.
            return hasStandardClasses ? name : table.class(of: name)
        }
    }

    private var hasStandardClasses: Bool {
        layer.prepared != nil && options.coverField == nil && !layer.classes.isEmpty
    }

    private func classes(_ classes: [LandCoverClass], _ definitions: Definitions) -> [LandCoverClass] {
        guard options.coverField != nil else { return classes }
        return classes.map { item in
            var item = item
            let cover = definitions.cover(of: item.id)
            item.definition.zh = (item.definition.zh ?? "") + (cover.zh ?? "")
            item.definition.en = (item.definition.en ?? "") + (cover.en ?? "")
            return item
        }
    }

    /// The order in which patches win: by the precedence of their classes, then as they stand in the file.
    private func ranks(of patches: LandCoverPatches, _ ids: [String], _ classes: [LandCoverClass]) -> [PatchRank] {
        let groups = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1.id, $0) })
        let named = layer.classMap?.precedence ?? []
        let order = named.filter { groups[$0] != nil } + classes.map(\.id).filter { !named.contains($0) }
        let groupOfName = ids.map { groups[$0] ?? 0 }
        var counts = Array(repeating: Int32(0), count: max(classes.count, 1))
        for name in patches.classes { counts[groupOfName[Int(name)]] += 1 }
        var next = counts
        var sum: Int32 = 0
        for group in order.map({ groups[$0] ?? 0 }) {
            next[group] = sum
            sum += counts[group]
        }
        return patches.classes.indices.map { place in
            let group = groupOfName[Int(patches.classes[place])]
            defer { next[group] += 1 }
            return PatchRank(
                rank: next[group], group: Int32(group), amount: patches.amounts.isEmpty ? .nan : patches.amounts[place])
        }
    }

    /// What each region has of each group.
    ///
    /// A patch counts with all that it has in a region; where patches may share ground, which few places do, what the
    /// later ones have too much is taken away.
    private func coverages(
        of patches: LandCoverPatches, _ ranks: [PatchRank], groups: Int
    ) async throws -> [PatchCoverage] {
        var patches = patches
        let own = regions.set.cells
        let holders = try await concurrentPieces(of: patches.count, threads: options.threads) {
            QueryBox()
        } _: { [envelopes = patches.envelopes] box, place in
            box.query.holder(of: envelopes[place], in: own).map(Int32.init) ?? Self.isOnBorder
        }
        let crossing = holders.indices.filter { holders[$0] == Self.isOnBorder }
        try await patches.readPolygons(of: crossing)
        let meetings = try await concurrentMap(count: crossing.count, threads: options.threads, chunk: 64) {
            QueryBox()
        } _: { [patches] box, place in
            let patch = crossing[place]
            return box.query.meetings(of: SiteCells(patches.polygons(of: patch), area: patches.areas[patch]), in: own)
        }
        var coverages = Array(repeating: PatchCoverage(groups: groups), count: own.zoneCount)
        var sizes = patches.sizes
        var border = 0
        for (place, holder) in holders.enumerated() {
            if holder >= 0 {
                if sizes[place] > 0 { coverages[Int(holder)].add(patches.areas[place], ranks[place]) }
            } else if holder == Self.isOnBorder {
                for meeting in meetings[border] { coverages[meeting.zone].add(meeting.area, ranks[place]) }
                if meetings[border].isEmpty { sizes[place] = 0 }
                border += 1
            } else {
                sizes[place] = 0
            }
        }
        let whole = coverages
        for part in try await corrections(&patches, ranks, groups: groups, sizes: sizes) {
            for (region, coverage) in part { coverages[region].add(coverage) }
        }
        for place in coverages.indices { coverages[place].dropRounding(against: whole[place]) }
        return coverages
    }

    /// Stands for the region of a patch that no region holds all of, and which may meet some.
    private static let isOnBorder: Int32 = -2

    /// What regions have less because patches share ground, block by block.
    private func corrections(
        _ patches: inout LandCoverPatches, _ ranks: [PatchRank], groups: Int, sizes: [Int32]
    ) async throws -> [[(region: Int, coverage: PatchCoverage)]] {
        let own = regions.set.cells
        let crowds = try await patches.crowds(in: regions.window, sizes: sizes, threads: options.threads) {
            !own.index.indices(intersecting: $0).isEmpty
        }
        guard !crowds.isEmpty else { return [] }
        let cells = try await PatchCells(&patches, near: crowds, threads: options.threads)
        return try await concurrentMap(count: crowds.count, threads: options.threads, chunk: 1) {
            QueryBox()
        } _: { box, place in
            let (near, places) = cells.near(crowds[place])
            return box.query.corrections(
                in: crowds[place], of: near, ranks: places.map { ranks[$0] },
                groups: groups, regions: own)
        }
    }

    private func fill(_ region: inout RegionLandCover, _ coverage: PatchCoverage) {
        let covered = coverage.areas.reduce(0, +)
        guard covered > 0, region.area > 0 else {
            region.reason =
                region.area > 0
                ? LocalizedText(zh: "统计区内没有任何图斑", en: "no patch lies in the region")
                : LocalizedText(zh: "统计区没有面积", en: "the region has no area")
            return
        }
        region.doubleCountedArea = coverage.doubleCounted
        region.classes = coverage.areas.indices.map { place in
            var row = ClassArea(area: coverage.areas[place], share: min(1, coverage.areas[place] / region.area))
            if options.coverField != nil {
                row.coveredArea = coverage.amountAreas[place]
                row.meanCover =
                    coverage.amountAreas[place] > 0 ? coverage.amounts[place] / coverage.amountAreas[place] : nil
            }
            return row
        }
        // Area adds up, so that less than rounding is none.
        let rest = region.area - covered
        let area = rest > 1e-12 * region.area ? rest : 0
        region.unclassified = ClassArea(area: area, share: area / region.area)
    }

    private func warnings(_ result: CoverageResult, _ loaded: LoadedLayer, oddAmounts: Int) -> [Remark] {
        var warnings: [Remark] = []
        if loaded.repairedCount > 0 {
            warnings.append(
                Remark(
                    zh: "图层“\(layer.id)”：修复了 \(loaded.repairedCount) 个图斑。",
                    en: "Layer '\(layer.id)': \(loaded.repairedCount) patches were repaired."))
        }
        let twice = result.regions.reduce(0) { $0 + ($1.doubleCountedArea ?? 0) }
        let whole = result.regions.reduce(0) { $0 + $1.area }
        if twice > 1e-9 * whole {
            let named = layer.classMap?.precedence ?? []
            let order = (named + result.classes.map(\.id).filter { !named.contains($0) }).joined(separator: ", ")
            let area = Int(twice.rounded())
            warnings.append(
                Remark(
                    zh: "图层“\(layer.id)”：图斑相互重叠；各统计区内重复的 \(area) m² 只计一次，计入次序在前的类别：\(order)。",
                    en:
                        "Layer '\(layer.id)': patches overlap; \(area) m² of double cover in the regions are counted once, "
                        + "for the class that comes first: \(order)."))
        }
        warnings += result.unknownValues(layer.id)
        if oddAmounts > 0 {
            let field = options.coverField ?? ""
            warnings.append(
                Remark(
                    zh: "图层“\(layer.id)”：\(oddAmounts) 个图斑的字段“\(field)”不是 0 到 100 的数，按没有盖度值计。",
                    en:
                        "Layer '\(layer.id)': the field '\(field)' of \(oddAmounts) patches holds no number from 0 to 100; "
                        + "they count as without a cover value."))
        }
        return warnings
    }
}

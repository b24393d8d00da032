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

    private var options: CoverageOptions { job.options }

    /// The name under which cover values are read, and which a message about the field shows; no rule asks for it.
    private static let coverName = "--cover-field"

    func run() async throws -> CoverageResult {
        let loaded = try await patches()
        let definitions = Definitions(map: layer.classMap, options: options, isRaster: false)
        let table = ClassTable(map: layer.classMap, definitions: definitions)
        let ids = try loaded.zones.map { try classID(of: $0, table, loaded) }
        let classes = classes(table.classes(occurring: Set(ids)), definitions)
        let (ranks, oddAmounts) = ranks(loaded.zones, ids, classes)
        let coverages = try await coverages(of: loaded, ranks, groups: classes.count)
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
            regions.warnings + loaded.warnings + warnings(result, loaded, oddAmounts: oddAmounts)
        return result
    }

    /// The patches near the regions, with their raw classes.
    private func patches() async throws -> LoadedLayer {
        var source = layer
        source.classes = [:]
        if let field = options.coverField {
            // A prepared catalog keeps no field that the catalog does not name.
            source.prepared = nil
            source.attributes.append(ZoneAttributeMapping(name: Self.coverName, field: field, values: [:]))
        }
        let window = regions.set.regions.reduce(into: Envelope.empty) { $0.formUnion($1.ground.envelope) }
        var loaded = try await loader.load(source, window: window, withCells: false)
        loaded.layer = layer
        return loaded
    }

    private func classID(of zone: Zone, _ table: ClassTable, _ loaded: LoadedLayer) throws -> String {
        // A prepared catalog holds the classes that 'classes' leads to, not the raw values.
        if let known = zone.class, hasStandardClasses { return known }
        if let raw = zone.class { return table.class(of: raw) }
        if options.coverField != nil, loaded.zones.allSatisfy({ $0.class == nil }) { return "covered" }
        guard loaded.zones.contains(where: { $0.class != nil }) else {
            throw RedlineError(
                "no field says what class a patch has.", layer: layer.id,
                remedy: "Name it in the catalog with 'fields: {class: …}'.")
        }
        return "unknown:"
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
    ///
    /// Amounts beyond 0…100 are no cover and count as missing.
    private func ranks(
        _ zones: [Zone], _ ids: [String], _ classes: [LandCoverClass]
    ) -> (ranks: [PatchRank], oddAmounts: Int) {
        let groups = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1.id, $0) })
        let named = layer.classMap?.precedence ?? []
        let order = named.filter { groups[$0] != nil } + classes.map(\.id).filter { !named.contains($0) }
        var groupOfZone: [Int] = []
        var zonesOfGroup = Array(repeating: [Int](), count: max(classes.count, 1))
        for (place, id) in ids.enumerated() {
            let group = groups[id] ?? 0
            groupOfZone.append(group)
            zonesOfGroup[group].append(place)
        }
        var ranks = Array(repeating: PatchRank(rank: 0, group: 0), count: zones.count)
        var oddAmounts = 0
        for (rank, place) in order.flatMap({ zonesOfGroup[groups[$0] ?? 0] }).enumerated() {
            var amount = Double.nan
            if let text = zones[place].attributes[Self.coverName] {
                amount = Double(text) ?? .nan
                if !(0...100).contains(amount) {
                    oddAmounts += 1
                    amount = .nan
                }
            }
            ranks[place] = PatchRank(rank: Int32(rank), group: Int32(groupOfZone[place]), amount: amount)
        }
        return (ranks, oddAmounts)
    }

    /// What each region has of each group.
    ///
    /// A patch counts with all that it has in a region; where patches may share ground, which few places do, what the
    /// later ones have too much is taken away.
    private func coverages(
        of loaded: LoadedLayer, _ ranks: [PatchRank], groups: Int
    ) async throws -> [PatchCoverage] {
        let shares = try await shares(of: loaded.zones)
        var coverages = Array(repeating: PatchCoverage(groups: groups), count: regions.set.cells.zoneCount)
        for (share, rank) in zip(shares, ranks) where share.region >= 0 {
            coverages[share.region].add(share.area, rank)
            for meeting in share.others { coverages[meeting.zone].add(meeting.area, rank) }
        }
        let whole = coverages
        for part in try await corrections(loaded, ranks, groups: groups, sizes: shares.map(\.size)) {
            for (region, coverage) in part { coverages[region].add(coverage) }
        }
        for place in coverages.indices { coverages[place].dropRounding(against: whole[place]) }
        return coverages
    }

    /// What a patch has of regions.
    private struct PatchShare {
        /// −1 for none.
        var region: Int
        var area = 0.0
        var others: ArraySlice<ZoneMeeting> = []
        /// How many positions it has; 0 where no region is near.
        var size = 0
    }

    private func shares(of patches: [Zone]) async throws -> [PatchShare] {
        let own = regions.set.cells
        let measure = EllipsoidalArea()
        return try await concurrentMap(count: patches.count, threads: options.threads, chunk: 64) {
            QueryBox()
        } _: { box, place in
            let ground = patches[place].ground
            let holder = box.query.holder(of: ground.envelope, in: own)
            if holder == -1 { return PatchShare(region: -1) }
            let size = ground.polygons.reduce(0) { $0 + $1.positionCount }
            let area = ground.polygons.reduce(0) { $0 + measure.area(of: $1).squareMeters }
            if let holder { return PatchShare(region: holder, area: area, size: size) }
            let meetings = box.query.meetings(of: SiteCells(ground.polygons, area: area), in: own)
            guard let first = meetings.first else { return PatchShare(region: -1) }
            return PatchShare(region: first.zone, area: first.area, others: meetings.dropFirst(), size: size)
        }
    }

    /// What regions have less because patches share ground, block by block.
    private func corrections(
        _ loaded: LoadedLayer, _ ranks: [PatchRank], groups: Int, sizes: [Int]
    ) async throws -> [[(region: Int, coverage: PatchCoverage)]] {
        let own = regions.set.cells
        let zones = loaded.zones
        let window = regions.set.regions.reduce(into: Envelope.empty) { $0.formUnion($1.ground.envelope) }
        let blocks = PatchBlocks(window, zones.map(\.ground.envelope), sizes: sizes).blocks.filter {
            !own.index.indices(intersecting: $0.window).isEmpty
        }
        let crowds = try await concurrentMap(count: blocks.count, threads: options.threads, chunk: 1) {
            QueryBox()
        } _: { box, place in
            box.query.crowdedWindows(
                of: blocks[place].patches.lazy.map { zones[Int($0)].ground.polygons }, in: blocks[place].window)
        }.filter { !$0.isEmpty }
        guard !crowds.isEmpty else { return [] }
        let patches = try await PatchCells(loaded, loader)
        return try await concurrentMap(count: crowds.count, threads: options.threads, chunk: 1) {
            QueryBox()
        } _: { box, place in
            let (near, places) = patches.near(crowds[place][...])
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

import GeometryEngine
import RedlineCells
import RedlineGeometry
import RedlineMeasure

/// The groups of zones that have rows of their own, and how their rows are made.
struct ShareGroups: Sendable {
    let layers: [TableLayer]
    let options: ShareOptions
    let regions: RegionSet

    /// What groups have in common with others of their layer.
    struct Group: Sendable {
        var group: ZoneGroup
        /// The zones, as places of layers and places in them.
        var members: [(layer: Int, zones: [Int])]
    }

    /// The rows, and what is known beside them.
    struct Result: Sendable {
        var rows: [ShareRow] = []
        var closures: [ShareClosure] = []
        /// The ground in two regions or more, in square metres.
        var sharedByRegions = 0.0
        /// The zones that overlap each region by more than 1 mm of width: by layer, then by region.
        var counted: [[Set<Int>]] = []
        var warnings: [Remark] = []
    }

    /// Below this part of the gross area an area is what rounding makes of coinciding lines.
    private static let rounding = 1e-13

    /// By layer its classes, where asked for, then the whole layer; last all layers, where there are several.
    var groups: [Group] {
        var groups: [Group] = []
        for (place, layer) in layers.enumerated() {
            let zones = layer.loaded.zones
            if options.byClass {
                let classes = Set(zones.map(\.class)).sorted {
                    ($0 == nil ? 1 : 0, $0 ?? "") < ($1 == nil ? 1 : 0, $1 ?? "")
                }
                for zoneClass in classes {
                    groups.append(
                        Group(
                            group: .zoneClass(zoneClass, layer: layer.id),
                            members: [(place, zones.indices.filter { zones[$0].class == zoneClass })]))
                }
            }
            groups.append(Group(group: .layer(layer.id), members: [(place, Array(zones.indices))]))
        }
        if layers.count > 1 {
            groups.append(
                Group(
                    group: .allLayers, members: layers.indices.map { ($0, Array(layers[$0].loaded.zones.indices)) }))
        }
        return groups
    }

    /// Makes all rows.
    ///
    /// - Throws: `GeometryError` where GEOS fails; `CancellationError`.
    func tabulate() async throws -> Result {
        var result = Result()
        let coverage = RegionCoverage(regions: regions.cells, threads: options.threads)
        let judge = ZoneCounter(regions: regions, threads: options.threads)
        // What does not need each other is reckoned side by side, so that no thread waits for the last of the other.
        async let ownGround = coverage.ground(regions.knownTiles)
        var byLayer: [(covered: [LayerCoverage], together: TerritoryCoverage)] = []
        for layer in layers {
            let tiles = try await coverage.tiles(of: layer)
            async let together = coverage.together(tiles)
            let covered = try await coverage.byRegion(tiles, tracing: true)
            result.counted.append(try await judge.counted(covered, of: layer))
            byLayer.append((covered, try await together))
        }
        let ground = try await ownGround
        result.sharedByRegions = ground.shared
        let polygons = try await SharePolygons(layers: layers, options: options, regions: regions).measured(groups)
        for (place, group) in groups.enumerated() {
            let covered: [LayerCoverage]
            let together: TerritoryCoverage
            if case .layer = group.group {
                (covered, together) = byLayer[group.members[0].layer]
            } else {
                let tiles = try await coverage.tiles(
                    of: CellLayer(joining: group.members.map { (layers[$0.layer].cells, $0.zones) }))
                async let all = coverage.together(tiles)
                covered = try await coverage.byRegion(tiles, tracing: false)
                together = try await all
            }
            try append(group, covered, (together, ground.union), polygons?[place], to: &result)
        }
        result.warnings = warnings(result.counted)
        return result
    }

    private func append(
        _ group: Group, _ covered: [LayerCoverage], _ together: (zones: TerritoryCoverage, regions: Double),
        _ polygons: GroupPolygons?, to result: inout Result
    ) throws {
        let counts = counts(of: group, result.counted)
        var sum = CompensatedSum()
        for place in regions.regions.indices {
            let row = try row(
                place, group.group, region: covered[place].region, exactly: covered[place].exactly,
                polygons?.regions[place], zones: counts.byRegion[place])
            sum.add(row.zoneArea.chosen.squareMeters)
            result.rows.append(row)
        }
        let total = try row(
            nil, group.group, region: together.regions, exactly: together.zones.exactly, polygons?.together,
            zones: counts.together)
        result.rows.append(total)
        let outside =
            polygons?.outside
            ?? Self.settled(
                together.zones.outside, of: together.zones.gross + together.zones.outside)
        result.closures.append(
            ShareClosure(
                group: group.group, sum: Area(squareMeters: sum.value), whole: total.zoneArea.chosen,
                outside: Area(squareMeters: outside)))
    }

    private func row(
        _ region: Int?, _ group: ZoneGroup, region regionArea: Double, exactly: [Double], _ polygons: RowPolygons?,
        zones: Int
    ) throws -> ShareRow {
        let rough = exactly.enumerated().reduce(0) { $0 + Double($1.offset + 1) * $1.element }
        var depths = exactly.map { Self.settled($0, of: rough) }
        while depths.last == 0 { depths.removeLast() }
        var coverage = LayerCoverage()
        coverage.exactly = depths
        var row = ShareRow(
            region: region, group: group, regionArea: AreaFigures(squareMeters: regionArea),
            zoneArea: AreaFigures(squareMeters: coverage.union), grossArea: AreaFigures(squareMeters: coverage.gross),
            doubleCountedArea: AreaFigures(squareMeters: coverage.doubleCounted),
            exactly: depths.map { Area(squareMeters: $0) }, share: try share(coverage.union, of: regionArea),
            zones: zones)
        if let polygons {
            row.regionArea.take(polygons.region, keeping: options.areaMethod)
            row.zoneArea.take(polygons.union, keeping: options.areaMethod)
            row.grossArea.take(polygons.gross, keeping: options.areaMethod)
            let double = AreaFigures.combined(polygons.gross, polygons.union, -)
            row.doubleCountedArea.take(double, keeping: options.areaMethod)
        }
        return row
    }

    /// What is no more than rounding counts as nothing.
    private static func settled(_ area: Double, of gross: Double) -> Double {
        area < rounding * gross ? 0 : area
    }

    /// Union over region; what rounding adds to the whole is taken off.
    private func share(_ union: Double, of region: Double) throws -> Double? {
        guard region > 0 else { return nil }
        let share = union / region
        guard share <= 1 + 1e-9 else {
            throw RedlineError(
                "a share came out as \(share), above 1; this is an error of the program.",
                remedy: "Please report it with the layers.")
        }
        // Where zones cover all of a region, both sums round apart in the last digits.
        return share > 1 - 1e-12 ? 1 : share
    }

    // MARK: - Counts

    private func counts(of group: Group, _ counted: [[Set<Int>]]) -> (byRegion: [Int], together: Int) {
        var byRegion = Array(repeating: 0, count: regions.regions.count)
        var together = 0
        for member in group.members {
            let zones = Set(member.zones)
            var all: Set<Int> = []
            for (place, found) in counted[member.layer].enumerated() {
                let own = found.intersection(zones)
                byRegion[place] += own.count
                all.formUnion(own)
            }
            together += all.count
        }
        return (byRegion, together)
    }

    private func warnings(_ counted: [[Set<Int>]]) -> [Remark] {
        var warnings: [Remark] = []
        for (layer, found) in zip(layers, counted) {
            let all = found.reduce(into: Set<Int>()) { $0.formUnion($1) }
            let zones = layer.loaded.zones
            let outside = zones.indices.filter { !zones[$0].ground.polygons.isEmpty && !all.contains($0) }
            if !outside.isEmpty {
                let area = outside.reduce(0) {
                    $0 + EllipsoidalArea().area(of: .multiPolygon(zones[$1].ground.polygons)).squareMeters
                }
                let list = RegionSet.list(outside.map { zones[$0].code ?? zones[$0].name ?? "#" + zones[$0].id })
                let words = RegionOverlaps.area(area)
                warnings.append(
                    Remark(
                        zh: "图层“\(layer.id)”：\(outside.count) 个要素（\(words)）不在任何统计区内，未计入：\(list)。",
                        en:
                            "Layer '\(layer.id)': \(outside.count) zones (\(words)) lie in no region and are not counted: "
                            + "\(list)."))
            }
            let flat = zones.count { $0.ground.polygons.isEmpty }
            if flat > 0 {
                warnings.append(
                    Remark(
                        zh: "图层“\(layer.id)”：\(flat) 个要素没有面积（线或点），未计入。",
                        en: "Layer '\(layer.id)': \(flat) features without area (lines or points) are not counted."))
            }
        }
        return warnings
    }
}

extension AreaFigures {
    /// Takes over what was measured on polygons; the ellipsoidal area stays that of the cells.
    mutating func take(_ measured: AreaFigures, keeping method: AreaMethod) {
        if method != .ellipsoidal { chosen = measured.chosen }
        notice32 = measured.notice32
        geodesic = measured.geodesic
    }
}

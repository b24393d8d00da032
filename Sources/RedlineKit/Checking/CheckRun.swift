import GeometryEngine
import RedlineGeometry

/// The state of a run of checks: what was read of regions and extents, and the faults found so far.
struct CheckRun {
    private let checking: Checking
    private var backdrops: [String: CheckedLayer] = [:]
    private var extents: [String: CheckedExtent] = [:]
    private var counties: CheckedCounties?
    /// The lines of regions and extents, by which layers in the coordinates of web maps are told.
    private var lines: SharedLines?
    private var faults: [Fault] = []
    private var used: [UsedLayer] = []
    private var unread: [String] = []

    init(_ checking: Checking) { self.checking = checking }

    private var catalog: Catalog { checking.catalog }
    private var threads: Int { checking.options.threads }

    // MARK: - Reading

    /// Reads the layers that serve as regions and extents; one that cannot be read is told of where it is checked.
    mutating func loadBackdrops(for layers: [CatalogLayer]) async throws {
        var ids: [String] = catalog.regions.map { [$0] } ?? []
        for layer in layers { if case .layer(let id) = layer.extent ?? catalog.extent { ids.append(id) } }
        for id in ids where backdrops[id] == nil {
            guard let layer = catalog.layer(id), let edition = layer.edition(asOf: checking.asOf),
                var read = try? CheckedLayer(reading: layer, edition)
            else { continue }
            guard (try? await read.shape(threads: threads)) != nil else { continue }
            backdrops[id] = read
            extents[id] = try await CheckedExtent(read, threads: threads)
        }
        if !backdrops.isEmpty {
            lines = SharedLines(
                backdrops.keys.sorted().flatMap { backdrops[$0]?.rows.flatMap(\.ground.polygons) ?? [] })
        }
        if let id = catalog.regions, let layer = backdrops[id], let extent = extents[id] {
            let found = CheckedCounties(layer, extent: extent)
            if found.areCounties { counties = found }
        }
    }

    /// Reads a layer; nil, with a fault, where that fails.
    private mutating func read(_ layer: CatalogLayer, _ assembly: FaultAssembly) async throws -> CheckedLayer? {
        guard let edition = layer.edition(asOf: checking.asOf) else {
            used.append(UsedLayer(id: layer.id, title: layer.title))
            return nil
        }
        // A raster has no zones; what there is to say of it, the coverage says.
        if (try? layer.isRaster()) == true {
            used.append(UsedLayer(id: layer.id, title: layer.title, edition: edition.date))
            return nil
        }
        var read: CheckedLayer
        if let backdrop = backdrops[layer.id] {
            read = backdrop
        } else {
            do {
                read = try CheckedLayer(reading: layer, edition)
            } catch {
                guard checking.isCatalog else { throw RedlineError(inLayer: nil, error) }
                return try unreadable(layer, edition, .unreadable, "\(error)", assembly)
            }
            do {
                try await read.shape(threads: threads)
            } catch let error as CancellationError {
                throw error
            } catch {
                return try unreadable(layer, edition, .crs, "\(error)", assembly)
            }
        }
        used.append(
            UsedLayer(
                id: layer.id, title: layer.title, edition: edition.date, features: read.rows.count,
                repaired: read.rows.count { !$0.geometryFaults.isEmpty && !$0.ground.isEmpty }, sha256: read.sha256))
        return read
    }

    private mutating func unreadable(
        _ layer: CatalogLayer, _ edition: Edition, _ kind: FaultKind, _ reason: String, _ assembly: FaultAssembly
    ) throws -> CheckedLayer? {
        // The folder of the catalog differs from machine to machine.
        let short = reason.replacing(
            edition.source, with: edition.source.split(separator: "/").last.map(String.init) ?? "")
        let draft = FaultDraft(kind, .error, zh: "无法读取：\(short)", en: "cannot be read: \(short)")
        faults += try assembly.faults([draft], of: nil, named: layer.id)
        used.append(UsedLayer(id: layer.id, title: layer.title, edition: edition.date))
        unread.append(layer.id)
        return nil
    }

    // MARK: - Checking

    /// Looks for all faults of a layer.
    mutating func check(_ layer: CatalogLayer, _ assembly: FaultAssembly) async throws {
        guard let read = try await read(layer, assembly) else { return }
        faults += try assembly.faults(try await drafts(of: read), of: read, named: layer.id)
    }

    /// Whether a layer is in the coordinates of a web map, told by the lines it shares with regions and extents.
    private func webMapShift(of layer: CheckedLayer) -> [FaultDraft] {
        guard backdrops[layer.layer.id] == nil, let lines, let shift = lines.shift(of: layer.rows) else { return [] }
        return [shift.fault(regions: backdrops.keys.sorted())]
    }

    private func drafts(of layer: CheckedLayer) async throws -> [FaultDraft] {
        var drafts = LayerFaults(layer: layer).faults()
        drafts += CodeFaults(layer: layer, counties: counties).faults()
        drafts += NameFaults(layer: layer, counties: counties).faults()
        drafts += ClassFaults(layer: layer).faults()
        guard layer.crs != nil else { return drafts }
        drafts += webMapShift(of: layer)
        let duplicates = DuplicateFaults(layer)
        let shapes = GeometryFaults(layer, duplicates: duplicates)
        drafts += try await concurrentMap(count: layer.rows.count, threads: threads) {
        } _: { _, row in
            shapes.faults(row)
        }.flatMap(\.self)
        drafts +=
            duplicates.faults() + LayerFaults(layer: layer).stubs(besides: duplicates)
            + (try AreaFieldFaults(layer: layer).faults())
        return drafts + (try await relations(of: layer, duplicates))
    }

    /// What zones have to do with each other, with the territory and with the counties.
    private func relations(of layer: CheckedLayer, _ duplicates: DuplicateFaults) async throws -> [FaultDraft] {
        guard layer.rows.contains(where: { !$0.ground.polygons.isEmpty }) else { return [] }
        let cells = try await CheckedCells(layer, threads: threads)
        let tolerance = tolerance(of: layer.layer)
        var drafts: [FaultDraft] = []
        if let severity = OverlapFaults.Severity(layer.layer) {
            drafts += try await OverlapFaults(
                layer: layer, cells: cells, duplicates: duplicates, tolerance: tolerance, severity: severity
            ).faults(threads: threads)
        }
        let extent = try await extent(of: layer.layer)
        if layer.layer.isTiling {
            let gaps = GapFaults(layer: layer, cells: cells, tolerance: tolerance)
            if let extent {
                drafts += try await gaps.faults(in: extent, threads: threads)
            } else if layer.layer.extent ?? catalog.extent == nil {
                drafts += try gaps.enclosedFaults()
            }
        }
        let places = PlaceFaults(layer: layer, cells: cells)
        var strays: [FaultDraft] = []
        if let extent, layer.layer.id != catalog.regions {
            strays = try await places.outside(extent, threads: threads)
            if let lost = lost(layer, strays, extent) { return drafts + [lost] }
            drafts += strays
        }
        if let counties, layer.layer.id != catalog.regions {
            drafts += try await places.misplaced(counties, threads: threads)
        }
        return drafts
    }

    /// One fault in place of one for each zone where all of them lie outside: not the zones are wrong but the CRS.
    private func lost(_ layer: CheckedLayer, _ strays: [FaultDraft], _ extent: CheckedExtent) -> FaultDraft? {
        let whole = strays.count { $0.severity == .error }
        guard whole > 1, whole == layer.rows.count(where: { !$0.ground.polygons.isEmpty }) else { return nil }
        var draft = FaultDraft(
            .crs, .error, zh: "全部 \(whole) 个要素都在图层范围之外：坐标系可能有误",
            en: "all \(whole) features lie outside the territory of the layer: its CRS may be wrong")
        draft.place = layer.rows.first { !$0.ground.isEmpty }?.ground.firstPosition
        return draft
    }

    /// The territory that a layer claims to cover; nil where nothing says, and where it cannot be read.
    private func extent(of layer: CatalogLayer) async throws -> CheckedExtent? {
        switch layer.extent ?? catalog.extent {
        case .layer(let id): return id == layer.id ? nil : extents[id]
        case .box(let box): return try await CheckedExtent(box)
        case nil: return nil
        }
    }

    private func tolerance(of layer: CatalogLayer) -> Double {
        (checking.options.tolerance ?? layer.tolerance)?.meters ?? 0.001
    }

    // MARK: - Comparing

    /// Finds what of each of `layers` is not in `against`, and the reverse.
    mutating func compare(_ layers: [CatalogLayer], with against: String, _ assembly: FaultAssembly) async throws {
        guard let other = catalog.layer(against), let cover = try await read(other, assembly) else { return }
        let coverCells = try await CheckedCells(cover, threads: threads)
        var united: [[Polygon]] = []
        var areas: [Double] = []
        for layer in layers {
            guard let read = try await read(layer, assembly) else { continue }
            let cells = try await CheckedCells(read, threads: threads)
            let forward = CoverFaults(
                layer: read, cells: cells, severity: .warning, tolerance: tolerance(of: layer), others: [against])
            faults += try assembly.faults(
                try await forward.faults(notIn: coverCells, threads: threads), of: read, named: layer.id)
            united += cells.polygons
            areas += cells.areas
        }
        guard !united.isEmpty else { return }
        let all = try await CheckedCells(united, areas: areas, threads: threads)
        let reverse = CoverFaults(
            layer: cover, cells: coverCells, severity: .note, tolerance: tolerance(of: other),
            others: layers.map(\.id))
        faults += try assembly.faults(
            try await reverse.faults(notIn: all, threads: threads), of: cover, named: against)
    }

    // MARK: - Result

    /// What was found, and of what.
    func result(of layers: [CatalogLayer]) -> CheckResult {
        var provenance = Provenance(verb: "check", areaMethod: checking.options.areaMethod, asOf: checking.asOf)
        if checking.isCatalog {
            provenance.catalogName = catalog.name
            provenance.catalogSHA256 = catalog.sha256
        }
        provenance.layers = used
        provenance.engines = .current
        return CheckResult(faults: faults, layers: used.map(\.id), provenance: provenance, unreadLayers: unread)
    }
}

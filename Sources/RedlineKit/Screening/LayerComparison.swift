import RedlineCells
import RedlineGeometry

/// Compares all sites with one layer, on several tasks: first by cells, which settles nearly all, then by GEOS.
struct LayerComparison {
    let sites: [MeasuredSite]
    /// Over the rectangles of the sites; skipped ones are empty.
    let index: PackedRTree
    let options: ScreeningOptions
    /// The sites along a curve, neighbours after each other: what one has asked of a layer, the next finds at hand.
    let order: [Int]

    init(sites: [MeasuredSite], options: ScreeningOptions) {
        (self.sites, self.options) = (sites, options)
        let envelopes = sites.map { $0.site.problem == nil ? $0.site.ground.envelope : .empty }
        index = PackedRTree(envelopes)
        order = PackedRTree.hilbertOrder(envelopes).map(Int.init)
    }

    /// The meetings of each site with the zones of `layer`, in the order of the zones.
    ///
    /// - Parameters:
    ///   - layer: The layer, with its zones.
    ///   - nearDistance: In metres; nil where only meetings count.
    ///   - book: What rules ask of zones; nil without rules.
    /// - Returns: The meetings, by site, and the layer made ready for more questions.
    /// - Throws: `GeometryError` where GEOS fails; `CancellationError`.
    func compared(
        with layer: LoadedLayer, nearDistance: Double?, book: RuleBook?
    ) async throws -> ComparedLayer {
        let tolerance = Self.tolerance(of: layer.layer, options)
        let indexed = try await IndexedLayer(layer, options: options)
        let outcomes = try await concurrentMap(count: sites.count, threads: options.threads, order: order) {
            [sites, options] in
            try SiteComparison(
                sites: sites, layer: indexed, tolerance: tolerance, nearDistance: nearDistance, options: options)
        } _: { comparison, place in
            try comparison.outcome(of: place)
        }
        let reach = reach(inDegrees: max(tolerance, nearDistance ?? 0))
        let tasks = undecided(outcomes, indexed, reach: reach)
        let settled = try await concurrentMap(count: tasks.count, threads: options.threads, chunk: 1) {
            [sites, options] in
            try ZoneComparison(
                sites: sites, tolerance: tolerance, nearDistance: nearDistance, reach: reach, options: options)
        } _: { comparison, place in
            let task = tasks[place]
            let zone = indexed.entries[task.zone].measured
            do {
                return try comparison.meetings(of: zone, at: task.zone, with: task.sites)
            } catch {
                throw RedlineError("\(error)", layer: layer.layer.id, feature: zone.zone.code ?? zone.zone.id)
            }
        }
        var meetings = outcomes.map(\.meetings)
        for meeting in settled.joined() { meetings[meeting.site].append(meeting) }
        for site in Set(settled.joined().map(\.site)) { meetings[site].sort { $0.zone < $1.zone } }
        return ComparedLayer(
            loaded: layer, indexed: indexed, meetings: meetings, book: book,
            remarks: settled.joined().compactMap { remark(on: $0, layer) })
    }

    /// What is to be said of a meeting whose polygons are missing.
    private func remark(on meeting: Meeting, _ layer: LoadedLayer) -> Remark? {
        guard let fault = meeting.fault else { return nil }
        let (site, zone) = (sites[meeting.site].site.id, layer.zones[meeting.zone])
        let name = zone.code ?? zone.id
        return Remark(
            zh: "项目“\(site)”与图层“\(layer.layer.id)”的“\(name)”：求交失败（\(fault)）；面积由单元格求得，没有图形。",
            en: "Site '\(site)', zone '\(name)' of layer '\(layer.layer.id)': the shared polygons could not be made "
                + "(\(fault)). The area comes from cells; the finding has no geometry.")
    }

    /// A zone with the sites that it is still to be compared with.
    private struct ZoneTask: Sendable {
        var zone: Int
        var sites: [UndecidedSite]
    }

    /// What is left to GEOS, zone by zone, the costliest first.
    private func undecided(_ outcomes: [SiteOutcome], _ layer: IndexedLayer, reach: Double) -> [ZoneTask] {
        var sitesOfZone = Array(repeating: [UndecidedSite](), count: layer.entries.count)
        for (site, outcome) in outcomes.enumerated() {
            for undecided in outcome.undecided {
                sitesOfZone[undecided.zone].append(UndecidedSite(place: site, area: undecided.area))
            }
        }
        // Lines and points have no cells.
        for (zone, entry) in layer.entries.enumerated() where !entry.isOnlyPolygons {
            sitesOfZone[zone] = index.indices(
                intersecting: entry.measured.zone.ground.envelope.expanded(dx: reach, dy: reach)
            ).map { UndecidedSite(place: $0) }
        }
        let tasks = sitesOfZone.enumerated().filter { !$1.isEmpty }.map { ZoneTask(zone: $0, sites: $1) }
        func cost(_ task: ZoneTask) -> Int { layer.entries[task.zone].measured.zone.ground.positionCount }
        return tasks.sorted { (cost($1), $0.zone) < (cost($0), $1.zone) }
    }

    /// The width in metres below which a meeting is a touch: the run's, else the layer's, else 1 mm.
    static func tolerance(of layer: CatalogLayer, _ options: ScreeningOptions) -> Double {
        (options.tolerance ?? layer.tolerance)?.meters ?? 0.001
    }

    /// Degrees that hold `meters` wherever a site lies.
    private func reach(inDegrees meters: Double) -> Double {
        sites.lazy.filter { $0.site.problem == nil }
            .map { $0.scale.degrees(coveringMeters: meters) }.max() ?? 0
    }
}

extension Ground {
    /// The number of positions of all parts.
    var positionCount: Int {
        polygons.reduce(0) { $0 + $1.positionCount } + lines.reduce(0) { $0 + $1.positions.count } + points.count
    }
}

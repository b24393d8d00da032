import RedlineCells
import RedlineGeometry

/// Finds zones that lie outside the territory of their layer, or in another county than they say.
struct PlaceFaults {
    let layer: CheckedLayer
    let cells: CheckedCells

    // MARK: - Extent

    /// Ground of zones outside the territory, wider than both are accurate.
    func outside(_ extent: CheckedExtent, threads: Int) async throws -> [FaultDraft] {
        let uncovered = UncoveredGround(
            ground: cells, cover: extent.cells, width: layer.accuracyInMeters + extent.accuracyInMeters)
        return try await concurrentMap(count: cells.polygons.count, threads: threads, chunk: 8) {
            try CheckWorker()
        } _: { worker, zone -> [FaultDraft] in
            guard let part = try uncovered.part(of: zone, worker) else { return [] }
            return [fault(zone, part.pieces, isWhole: part.share == 1)]
        }.flatMap(\.self)
    }

    private func fault(_ zone: Int, _ rest: [Polygon], isWhole: Bool) -> FaultDraft {
        var draft = layer.fault(
            .outsideExtent, isWhole ? .error : .warning, zone, zh: isWhole ? "全部在图层范围之外" : "一部分在图层范围之外",
            en: (isWhole ? "all" : "a part") + " of it lies outside the territory of the layer")
        draft.polygons = rest
        return draft
    }

    // MARK: - County

    /// Zones in another county than their code or county field says.
    func misplaced(_ counties: CheckedCounties, threads: Int) async throws -> [FaultDraft] {
        let cells = cells
        let layer = layer
        let claims = CountyClaims(layer, counties: counties)
        return try await concurrentMap(count: cells.polygons.count, threads: threads, chunk: 8) {
            try CheckWorker()
        } _: { worker, zone -> [FaultDraft] in
            guard !cells.polygons[zone].isEmpty else { return [] }
            let claimed = claims.claims(ofRow: zone)
            guard !claimed.isEmpty else { return [] }
            let site = SiteCells(cells.polygons[zone], area: cells.areas[zone])
            let meetings = worker.query.meetings(of: site, in: counties.extent.cells.cells)
                .filter { $0.area > CheckedCells.rounding }
            return try misplaced(zone, claimed, meetings, counties, worker)
        }.flatMap(\.self)
    }

    private func misplaced(
        _ zone: Int, _ claims: [CountyClaim], _ meetings: [ZoneMeeting], _ counties: CheckedCounties,
        _ worker: CheckWorker
    ) throws -> [FaultDraft] {
        var drafts: [FaultDraft] = []
        var seen: Set<String> = []
        for claim in claims where seen.insert(claim.county).inserted {
            let own = counties.rows(of: claim.county)
            let inside = meetings.filter { own.contains($0.zone) }.reduce(0) { $0 + $1.area }
            let largest = meetings.max { $0.area < $1.area }
            guard let largest, largest.area > 0 else { continue }  // Outside every county: the extent's matter.
            let isElsewhere = inside <= CheckedCells.rounding
            // The county of most of a zone is its county; a control unit lies in one county altogether.
            guard isElsewhere || claim.isExclusive || (!own.contains(largest.zone) && largest.area > inside) else {
                continue
            }
            let rest = try part(of: zone, outside: own, counties, worker)
            guard !rest.isEmpty else { continue }
            let isMost = !own.contains(largest.zone) && largest.area > inside
            drafts.append(draft(zone, claim, rest, largest.zone, isElsewhere: isElsewhere, isMost: isMost, counties))
        }
        return drafts
    }

    /// What of a zone lies in other counties, wider than both are accurate.
    private func part(
        of zone: Int, outside own: [Int], _ counties: CheckedCounties, _ worker: CheckWorker
    ) throws -> [Polygon] {
        let width = layer.accuracyInMeters + counties.extent.accuracyInMeters
        let others = counties.extent.cells
        let near = cells.envelopes[zone].expanded(dx: 1e-7, dy: 1e-7)
        return try worker.shared(
            try cells.near(near, worker.context) { $0 == zone },
            try others.near(near, worker.context) { !own.contains($0) }, widerThan: width)
    }

    private func draft(
        _ zone: Int, _ claim: CountyClaim, _ rest: [Polygon], _ county: Int, isElsewhere: Bool, isMost: Bool,
        _ counties: CheckedCounties
    ) -> FaultDraft {
        let says = counties.words(claim.county)
        let lies = counties.words(ofRow: county)
        let part = isElsewhere ? ("全部", "all") : isMost ? ("大部分", "most") : ("一部分", "a part")
        var draft = layer.fault(
            .codePlace, isElsewhere || isMost ? .error : .warning, zone,
            zh: "\(claim.zh)指 \(says)，而\(part.0)在 \(lies)" + (isElsewhere || isMost ? "" : " 等其他县"),
            en: "\(claim.en) says \(says), but \(part.1) of it lies in "
                + (isElsewhere || isMost ? lies : "other counties"))
        draft.key = claim.county
        draft.polygons = rest
        return draft
    }
}

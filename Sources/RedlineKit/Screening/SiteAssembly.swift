import GeometryEngine
import RedlineCells
import RedlineGeometry

/// Puts the findings of one site together.
struct SiteAssembly {
    let run: ScreeningRun
    let shape: SiteShape
    /// What the site has with the zones of each layer of the run.
    let meetings: [[Meeting]]
    let worker: AssemblyWorker

    /// Nil where the catalog names no rule packs.
    var rules: RuleWorker? { worker.rules }

    var context: GeometryContext { worker.context }
    var meter: Meter { worker.meter }
    var site: MeasuredSite { shape.measured }

    func screenedSite() throws -> ScreenedSite {
        var result = ScreenedSite(of: site)
        let layers = run.screenedLayers
        result.findings.reserveCapacity(layers.reduce(0) { $0 + meetings[$1.place].count })
        var isCovered = true
        for layer in layers {
            let start = result.findings.count
            try appendFindings(with: layer, to: &result.findings)
            let open = unsetDistances(layer, besides: result.findings[start...])
            if let missing = try notAssessable(try notAssessable(layer), open, layer) {
                result.findings.append(missing)
            }
            if layer.extent == nil || layer.loaded.hasUnusableZones { isCovered = false }
            if result.findings.count - start > 1 { result.findings[start...].sort(by: Self.precedes) }
        }
        result.findings += try outside()
        if let anywhere = try anywhere() { result.findings.append(anywhere) }
        if result.findings.count > 1, let order = rules?.book.order {
            result.findings = Self.sorted(result.findings, order)
        }
        result.state = Self.state(result.findings, isCovered: isCovered)
        return result
    }

    private static func state(_ findings: [Finding], isCovered: Bool) -> SiteState {
        let relations = Set(findings.map(\.relation))
        if !relations.isDisjoint(with: [.overlaps, .outside, .anywhere]) { return .conflict }
        if relations.contains(.notAssessable) { return .notAssessable }
        if relations.contains(.near) { return .near }
        if relations.contains(.touches) { return .touches }
        return isCovered ? .clear : .clearInData
    }

    /// The strictest effect first, then in the order of the layers; what was sorted within a layer stays so.
    private static func sorted(_ findings: [Finding], _ order: EffectOrder) -> [Finding] {
        findings.enumerated().sorted { lhs, rhs in
            let (a, b) = (lhs.element, rhs.element)
            return (order.rank(a.effect), a.layerIndex ?? .max, lhs.offset)
                < (order.rank(b.effect), b.layerIndex ?? .max, rhs.offset)
        }.map(\.element)
    }

    /// Within a layer: the largest first, then by zone code and identifier; what overlaps before what does not.
    private static func precedes(_ lhs: Finding, _ rhs: Finding) -> Bool {
        func rank(_ relation: Relation) -> Int {
            switch relation {
            case .overlaps: 0
            case .outside: 1
            case .anywhere: 2
            case .notAssessable: 3
            case .near: 4
            case .touches: 5
            }
        }
        func key(_ finding: Finding) -> (Int, Double, Double, Int, Double) {
            (
                rank(finding.relation), -(finding.area?.ellipsoidal ?? 0), -(finding.length ?? 0),
                -(finding.points ?? 0), finding.distance ?? 0
            )
        }
        let (left, right) = (key(lhs), key(rhs))
        if left != right { return left < right }
        if lhs.zone?.code != rhs.zone?.code { return (lhs.zone?.code ?? "") < (rhs.zone?.code ?? "") }
        let (leftID, rightID) = (lhs.zone?.id ?? "", rhs.zone?.id ?? "")
        return (leftID.utf8.count, leftID) < (rightID.utf8.count, rightID)
    }

    /// Appends the findings with the zones of a layer, judged; zones that are only near stay where the user asked for
    /// them or a rule reaches so far.
    private func appendFindings(with layer: ReadyLayer, to findings: inout [Finding]) throws {
        let meetings = meetings[layer.place]
        guard !meetings.isEmpty else { return }
        let doubled = layer.layer.isTiling ? try inTwoUnits(meetings, layer) : []
        for meeting in meetings {
            let ground = meeting.relation == .overlaps ? meeting.ground(of: site.site) : site.site.ground
            var finding = Finding(
                id: layer.identifier.identifier(site: site.site.id, zone: meeting.zone), layerIndex: layer.place,
                zone: layer.loaded.zones[meeting.zone].reference,
                relation: meeting.relation,
                reason: doubled.contains(meeting.zone) ? .twoUnits : .rulesNotLoaded,
                geometry: ground.geometry, area: meeting.area,
                length: meeting.length, points: meeting.points, siteShare: siteShare(meeting),
                zoneShare: Self.share(meeting.area?.ellipsoidal, of: meeting.zoneArea), distance: meeting.distance,
                region: try region(of: ground))
            finding.sections = sections(meeting, layer)
            finding.structures = structures(meeting, layer)
            if judge(&finding, layer, zone: meeting.zone) { findings.append(finding) }
        }
    }

    private func siteShare(_ meeting: Meeting) -> Double? {
        site.area != nil
            ? Self.share(meeting.area?.ellipsoidal, of: site.area?.ellipsoidal)
            : Self.share(meeting.length, of: site.length)
    }

    /// A share from 0 to 1. A part is measured by the same formula as its whole, so that more than 1 is rounding, or a
    /// fault of the overlay that made the part; it is cut off.
    static func share(_ part: Double?, of whole: Double?) -> Double? {
        guard let part, let whole, whole > 0 else { return nil }
        return min(part / whole, 1)
    }

    /// The zones of a tiling layer that share ground of the site, wider than the tolerance, with another one.
    private func inTwoUnits(_ meetings: [Meeting], _ layer: ReadyLayer) throws -> Set<Int> {
        let overlaps = meetings.filter { $0.relation == .overlaps }
        guard overlaps.count > 1 else { return [] }
        let judge = judge(for: layer)
        if let coverage = worker.coverage(of: shape, by: layer),
            LayerCoverage.isSliver(coverage.doubleCounted, of: coverage.region, tolerance: judge.tolerance)
        {
            return []
        }
        var doubled: Set<Int> = []
        for (index, first) in overlaps.enumerated() {
            for second in overlaps[(index + 1)...]
            where !(doubled.contains(first.zone) && doubled.contains(second.zone)) {
                let (a, b) = (first.ground(of: site.site), second.ground(of: site.site))
                guard a.envelope.intersects(b.envelope), try sharesGround(a, b, judge) else { continue }
                doubled.formUnion([first.zone, second.zone])
            }
        }
        return doubled
    }

    private func sharesGround(_ a: Ground, _ b: Ground, _ judge: WidthJudge) throws -> Bool {
        if !a.polygons.isEmpty, !b.polygons.isEmpty {
            let both = try context.geometry(.multiPolygon(a.polygons)).intersection(
                try context.geometry(.multiPolygon(b.polygons)))
            if !judge.wide(try both.value().parts.polygons).isEmpty { return true }
        }
        if !a.lines.isEmpty, !b.lines.isEmpty {
            let both = try LineCover(a.lines, scale: site.scale, in: context).shared(with: b.lines)
            if meter.length(of: both) > judge.tolerance { return true }
        }
        return false
    }

    func judge(for layer: ReadyLayer) -> WidthJudge {
        WidthJudge(tolerance: layer.tolerance, scale: site.scale, meter: meter)
    }
}

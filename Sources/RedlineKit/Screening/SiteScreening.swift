import GeometryEngine
import RedlineCells
import RedlineGeometry

/// Screens one site after the other; one for each task, because it keeps its working memory.
final class SiteScreening {
    /// What was counted so far.
    private(set) var tally = SiteTally()
    private let run: ScreeningRun
    private let marks: FindingMarks
    private let comparison: SiteComparison
    private let engine: ZoneComparison
    private let assembly: AssemblyWorker
    private let nearest = NearestZone()

    init(_ run: ScreeningRun, marks: FindingMarks) throws {
        (self.run, self.marks) = (run, marks)
        let (context, meter) = (try GeometryContext(), try Meter(run.options))
        comparison = SiteComparison(meter)
        engine = ZoneComparison(context, meter, areaMethod: run.options.areaMethod)
        assembly = AssemblyWorker(context, meter, rules: run.rules.map(RuleWorker.init))
    }

    /// The site at a place with its findings.
    ///
    /// - Throws: ``RedlineError`` where the site and a zone cannot be compared.
    func screened(_ place: Int) throws -> ScreenedSite {
        let measured = run.sites[place]
        var result = ScreenedSite(of: measured)
        if measured.site.problem == nil {
            let shape = SiteShape(measured, place: place)
            let meetings = try run.layers.map { try self.meetings(of: shape, with: $0) }
            assembly.rules?.begin(site: place, regions: regions(meetings))
            result = try SiteAssembly(run: run, shape: shape, meetings: meetings, worker: assembly).screenedSite()
            if result.state == .clear || result.state == .clearInData {
                let clear = run.clearance.value.found(for: shape, nearest)
                (result.margin, result.certainty) = (clear.margin, clear.certainty)
            }
            if run.options.findsProhibitions, let rules = assembly.rules {
                result.prohibition = ProhibitionSearch(layers: run.screenedLayers, rules: rules, nearest: nearest)
                    .prohibition(of: shape, result.findings, meetings)
            }
        }
        marks.mark(&result, seen: &tally.seen)
        tally.add(result, at: place)
        return result
    }

    /// What the site has with the zones of a layer, by zone.
    private func meetings(of site: SiteShape, with layer: ReadyLayer) throws -> [Meeting] {
        let outcome = try comparison.outcome(of: site, with: layer)
        var undecided = outcome.undecided
        // Lines and points have no cells.
        if !layer.indexed.isOnlyPolygons {
            let reach = site.scale.degrees(coveringMeters: layer.reach)
            let found = layer.indexed.othersIndex.indices(
                intersecting: site.ground.envelope.expanded(dx: reach, dy: reach))
            undecided += found.map { .init(zone: layer.indexed.others[$0]) }
        }
        guard !undecided.isEmpty else { return outcome.meetings }
        var meetings = outcome.meetings
        for question in undecided {
            guard let meeting = try settled(question, site, layer) else { continue }
            meetings.append(meeting)
            if let remark = meeting.remark(site.site, layer) {
                tally.remarks.append(.init(layer: layer.place, site: site.place, zone: meeting.zone, text: remark))
            }
        }
        return meetings.sorted { $0.zone < $1.zone }
    }

    private func settled(_ question: SiteOutcome.Undecided, _ site: SiteShape, _ layer: ReadyLayer) throws -> Meeting? {
        let zone = layer.indexed.entries[question.zone].measured
        let encounter = Encounter(
            site: site.measured, zone: zone, key: .init(layer: layer.place, zone: question.zone),
            tolerance: layer.tolerance, nearDistance: layer.nearDistance, area: question.area)
        do {
            return try engine.meeting(of: encounter)
        } catch {
            throw RedlineError("\(error)", layer: layer.layer.id, feature: zone.zone.code ?? zone.zone.id)
        }
    }

    /// The codes of the regions that the site lies in; empty where one of them has none.
    private func regions(_ meetings: [[Meeting]]) -> [String] {
        guard let regions = run.regions else { return [] }
        let own = meetings[regions.place]
        let inside = own.filter { $0.relation == .overlaps }
        let codes = (inside.isEmpty ? own : inside).map { regions.loaded.zones[$0.zone].code }
        return codes.contains(nil) ? [] : codes.compactMap(\.self)
    }
}

extension Meeting {
    /// What is to be said of a meeting whose polygons are missing.
    fileprivate func remark(_ site: Site, _ layer: ReadyLayer) -> Remark? {
        guard let fault else { return nil }
        let zone = layer.loaded.zones[zone]
        let name = zone.code ?? zone.id
        return Remark(
            zh: "项目“\(site.id)”与图层“\(layer.layer.id)”的“\(name)”：求交失败（\(fault)）；面积由单元格求得，没有图形。",
            en: "Site '\(site.id)', zone '\(name)' of layer '\(layer.layer.id)': the shared polygons could not be made "
                + "(\(fault)). The area comes from cells; the finding has no geometry.")
    }
}

/// What a task counts over the sites that it screened.
struct SiteTally: Sendable {
    var summary = ScreeningResult.Summary()
    /// The places of sites with ground outside the extent of a layer.
    var outside: [Int] = []
    var skipped: [(place: Int, site: ScreenedSite)] = []
    /// What is to be said of single findings.
    var remarks: [FindingRemark] = []
    /// The findings that an earlier screening or a suppression names.
    var seen: Set<String> = []

    struct FindingRemark: Sendable {
        var layer: Int
        var site: Int
        var zone: Int
        var text: Remark
    }

    mutating func add(_ site: borrowing ScreenedSite, at place: Int) {
        summary.add(site)
        if site.state == .skipped { skipped.append((place, copy site)) }
        if site.findings.contains(where: { $0.relation == .notAssessable && $0.reason == .outsideExtent }) {
            outside.append(place)
        }
    }

    mutating func merge(_ other: SiteTally) {
        summary.add(other.summary)
        outside += other.outside
        skipped += other.skipped
        remarks += other.remarks
        seen.formUnion(other.seen)
    }
}

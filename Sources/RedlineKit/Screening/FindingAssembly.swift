import GeometryEngine
import RedlineGeometry

/// Puts findings together from what each site has with each layer.
struct FindingAssembly: Sendable {
    let catalog: Catalog
    let options: ScreeningOptions
    let sites: [MeasuredSite]
    /// The ids of the layers screened against, in the order of the catalog.
    let screened: [String]
    let compared: [String: ComparedLayer]

    /// Every site with its findings, in the order of the input.
    func screenedSites() async throws -> [ScreenedSite] {
        try await concurrentMap(count: sites.count, threads: options.threads) { [options] in
            (context: try GeometryContext(), meter: try Meter(options))
        } _: { worker, place in
            try SiteAssembly(assembly: self, place: place, context: worker.context, meter: worker.meter).screenedSite()
        }
    }
}

/// Puts the findings of one site together.
struct SiteAssembly {
    let assembly: FindingAssembly
    let place: Int
    let context: GeometryContext
    let meter: Meter

    private var site: MeasuredSite { assembly.sites[place] }

    func screenedSite() throws -> ScreenedSite {
        var result = ScreenedSite(
            id: site.site.id, name: site.site.name, state: .skipped, problem: site.site.problem,
            isRepaired: site.site.isRepaired, area: site.area, length: site.length,
            points: site.site.ground.points.isEmpty ? nil : site.site.ground.points.count, findings: [])
        guard site.site.problem == nil else { return result }
        var isCovered = true
        for (index, id) in assembly.screened.enumerated() {
            guard let compared = assembly.compared[id] else { continue }
            var findings = try self.findings(with: compared, index)
            if let missing = try notAssessable(compared, index) { findings.append(missing) }
            if compared.loaded.layer.extent ?? assembly.catalog.extent == nil || compared.loaded.hasUnusableZones {
                isCovered = false
            }
            result.findings += findings.sorted(by: Self.precedes)
        }
        result.state = Self.state(result.findings, isCovered: isCovered)
        return result
    }

    private static func state(_ findings: [Finding], isCovered: Bool) -> SiteState {
        let relations = Set(findings.map(\.relation))
        if relations.contains(.overlaps) { return .conflict }
        if relations.contains(.notAssessable) { return .notAssessable }
        if relations.contains(.near) { return .near }
        if relations.contains(.touches) { return .touches }
        return isCovered ? .clear : .clearInData
    }

    /// Within a layer: the largest first, then by zone code and identifier; what overlaps before what does not.
    private static func precedes(_ lhs: Finding, _ rhs: Finding) -> Bool {
        func rank(_ relation: Relation) -> Int {
            switch relation {
            case .overlaps: 0
            case .notAssessable: 1
            case .near: 2
            case .touches: 3
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

    private func findings(with compared: ComparedLayer, _ index: Int) throws -> [Finding] {
        let meetings = compared.meetings[place]
        let doubled = compared.loaded.layer.isTiling ? try inTwoUnits(meetings, compared.loaded.layer) : []
        let identifier = FindingIdentifier(layer: compared.loaded)
        return try meetings.map { meeting in
            let zone = compared.loaded.zones[meeting.zone]
            let shared = meeting.isWhole ? site.site.ground : meeting.shared ?? site.site.ground
            let isOverlap = meeting.relation == .overlaps
            return Finding(
                id: identifier.identifier(site: site.site.id, zone: zone), layerIndex: index,
                zone: ZoneReference(
                    id: zone.id, code: zone.code, name: zone.name, class: zone.class, isRepaired: zone.isRepaired),
                relation: meeting.relation,
                reason: doubled.contains(meeting.zone) ? .twoUnits : .rulesNotLoaded,
                geometry: (isOverlap ? shared : site.site.ground).geometry, area: meeting.area,
                length: meeting.length, points: meeting.points, siteShare: siteShare(meeting),
                zoneShare: Self.share(meeting.area?.ellipsoidal, of: meeting.zoneArea), distance: meeting.distance,
                region: try region(of: isOverlap ? shared : site.site.ground))
        }
    }

    private func siteShare(_ meeting: Meeting) -> Double? {
        site.area != nil
            ? Self.share(meeting.area?.ellipsoidal, of: site.area?.ellipsoidal)
            : Self.share(meeting.length, of: site.length)
    }

    /// A share from 0 to 1; rounding beyond 1 is cut off, and more than rounding cannot be: a part is measured by the
    /// same formula as its whole.
    private static func share(_ part: Double?, of whole: Double?) -> Double? {
        guard let part, let whole, whole > 0 else { return nil }
        return min(part / whole, 1)
    }

    /// The zones of a tiling layer that share ground of the site, wider than the tolerance, with another one.
    private func inTwoUnits(_ meetings: [Meeting], _ layer: CatalogLayer) throws -> Set<Int> {
        let overlaps = meetings.filter { $0.relation == .overlaps }
        guard overlaps.count > 1 else { return [] }
        let judge = judge(for: layer)
        var doubled: Set<Int> = []
        for (index, first) in overlaps.enumerated() {
            for second in overlaps[(index + 1)...] where !(doubled.contains(first.zone) && doubled.contains(second.zone)) {
                let a = (first.isWhole ? site.site.ground : first.shared) ?? Ground()
                let b = (second.isWhole ? site.site.ground : second.shared) ?? Ground()
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

    private func judge(for layer: CatalogLayer) -> WidthJudge {
        WidthJudge(
            tolerance: LayerComparison.tolerance(of: layer, assembly.options), scale: site.scale, meter: meter)
    }

    // MARK: - Ground that cannot be judged

    /// The finding for ground of the site that the layer cannot judge; nil where it can judge all of it.
    private func notAssessable(_ compared: ComparedLayer, _ index: Int) throws -> Finding? {
        let layer = compared.loaded.layer
        let ground = site.site.ground
        if compared.loaded.edition == nil { return try notAssessable(ground, .layerMissing, layer, index) }
        let outside = try outside(of: layer.extent ?? assembly.catalog.extent, layer)
        var rest = outside
        if layer.isTiling {
            let covered = compared.meetings[place]
            let inNoUnit = try Uncovered(context: context, judge: judge(for: layer)).part(of: ground, notIn: covered)
            // Ground in no unit but outside the extent as well is not the data's fault.
            let gap = outside.isEmpty ? inNoUnit : try subtract(outside, from: inNoUnit, layer)
            rest = Ground(
                polygons: outside.polygons + gap.polygons, lines: outside.lines + gap.lines,
                points: outside.points + gap.points)
        }
        guard !rest.isEmpty else { return nil }
        return try notAssessable(rest, outside.isEmpty ? .noUnit : .outsideExtent, layer, index)
    }

    private func notAssessable(
        _ ground: Ground, _ reason: FindingReason, _ layer: CatalogLayer, _ index: Int
    ) throws -> Finding {
        let share =
            site.area != nil
            ? Self.share(meter.ellipsoidalArea(of: ground.polygons), of: site.area?.ellipsoidal)
            : Self.share(meter.length(of: ground.lines), of: site.length)
        return Finding(
            id: FindingIdentifier.notAssessable(site: site.site.id, layer: layer.id), layerIndex: index, zone: nil,
            relation: .notAssessable, reason: reason, geometry: ground.geometry, area: nil, length: nil, points: nil,
            siteShare: share, zoneShare: nil, distance: nil, region: try region(of: ground))
    }

    /// What of the site lies outside the extent, wider than the tolerance; nothing where there is no extent.
    private func outside(of extent: CatalogExtent?, _ layer: CatalogLayer) throws -> Ground {
        let ground = site.site.ground
        switch extent {
        case nil: return Ground()
        case .box(let box):
            if box.contains(ground.envelope) { return Ground() }
            return try subtract(Ground(polygons: [Polygon(box)]), from: ground, layer)
        case .layer(let id):
            guard let compared = assembly.compared[id] else { return ground }
            return try Uncovered(context: context, judge: judge(for: layer)).part(
                of: ground, notIn: compared.meetings[place])
        }
    }

    /// What of `ground` lies outside `other`, wider than the tolerance.
    private func subtract(_ other: Ground, from ground: Ground, _ layer: CatalogLayer) throws -> Ground {
        guard let cover = other.geometry else { return ground }
        let judge = judge(for: layer)
        var rest = Ground()
        let coverHandle = try context.geometry(cover).unaryUnion()
        if !ground.polygons.isEmpty {
            let difference = try context.geometry(.multiPolygon(ground.polygons)).difference(coverHandle)
            rest.polygons = judge.wide(try difference.value().parts.polygons)
        }
        if !ground.lines.isEmpty {
            let difference = try context.geometry(.multiLineString(ground.lines)).difference(coverHandle)
            rest.lines = try difference.value().parts.lines.filter { meter.length(of: [$0]) > judge.tolerance }
        }
        for point in ground.points where try !coverHandle.intersects(try context.geometry(.point(point))) {
            rest.points.append(point)
        }
        return Ground(polygons: rest.polygons, lines: rest.lines, points: rest.points)
    }

    // MARK: - Regions

    /// The region that holds the largest part of `ground`; the first in file order among equals.
    private func region(of ground: Ground) throws -> RegionReference? {
        guard let id = assembly.catalog.regions, let compared = assembly.compared[id] else { return nil }
        let meetings = compared.meetings[place].filter { $0.relation == .overlaps }
        guard let first = meetings.first else { return nil }
        func reference(_ meeting: Meeting) -> RegionReference {
            let zone = compared.loaded.zones[meeting.zone]
            return RegionReference(code: zone.code, name: zone.name)
        }
        if let whole = meetings.first(where: \.isWhole) { return reference(whole) }
        if meetings.count == 1 { return try size(of: ground, in: first) > (0, 0, 0) ? reference(first) : nil }
        var best: (size: (Double, Double, Double), meeting: Meeting)?
        for meeting in meetings {
            let size = try size(of: ground, in: meeting)
            if size > best?.size ?? (0, 0, 0) { best = (size, meeting) }
        }
        return best.map { reference($0.meeting) }
    }

    /// The area, length and number of points that `ground`, a part of the site, has in a region.
    private func size(of ground: Ground, in region: Meeting) throws -> (Double, Double, Double) {
        guard let shared = region.shared else { return (0, 0, 0) }
        var size = (0.0, 0.0, 0.0)
        if !ground.polygons.isEmpty, !shared.polygons.isEmpty {
            let both = try context.geometry(.multiPolygon(ground.polygons)).intersection(
                try context.geometry(.multiPolygon(shared.polygons)))
            size.0 = meter.ellipsoidalArea(of: try both.value().parts.polygons)
        }
        if !ground.lines.isEmpty, !shared.lines.isEmpty {
            let both = try LineCover(shared.lines, scale: site.scale, in: context).shared(with: ground.lines)
            size.1 = meter.length(of: both)
        }
        size.2 = Double(Set(ground.points).intersection(shared.points).count)
        return size
    }
}

extension Polygon {
    /// The rectangle as a polygon.
    init(_ envelope: Envelope) {
        let corners = [
            Position(x: envelope.minX, y: envelope.minY), Position(x: envelope.maxX, y: envelope.minY),
            Position(x: envelope.maxX, y: envelope.maxY), Position(x: envelope.minX, y: envelope.maxY),
        ]
        self.init(exteriorRing: corners + [corners[0]])
    }
}

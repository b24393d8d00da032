import GeometryEngine
import RedlineCells
import RedlineGeometry

/// Ground of a site that a layer cannot judge, and the regions of findings.
extension SiteAssembly {
    /// The finding for ground of the site that the layer cannot judge; nil where it can judge all of it.
    func notAssessable(_ layer: ReadyLayer) throws -> Finding? {
        if layer.loaded.edition == nil { return try notAssessable(site.site.ground, .layerMissing, layer) }
        let outside = try outside(of: layer)
        var rest = outside
        if layer.layer.isTiling { rest = try united(outside, try uncovered(by: layer, judge(for: layer))) }
        guard !rest.isEmpty else { return nil }
        return try notAssessable(rest, outside.isEmpty ? .noUnit : .outsideExtent, layer)
    }

    /// Both as one ground, what lies in both once: ground outside the extent is in no unit either.
    private func united(_ a: Ground, _ b: Ground) throws -> Ground {
        if a.isEmpty || b.isEmpty { return a.isEmpty ? b : a }
        let polygons = a.polygons + b.polygons
        return Ground(
            polygons: polygons.count > 1 ? try context.unaryUnion(polygons).value().parts.polygons : polygons,
            lines: a.lines + (try LineCover(a.lines, scale: site.scale, in: context).rest(of: b.lines)),
            points: a.points + b.points)
    }

    func notAssessable(_ ground: Ground, _ reason: FindingReason, _ layer: ReadyLayer) throws -> Finding {
        let share =
            site.area != nil
            ? Self.share(meter.ellipsoidalArea(of: ground.polygons), of: site.area?.ellipsoidal)
            : Self.share(meter.length(of: ground.lines), of: site.length)
        return Finding(
            id: FindingIdentifier.notAssessable(site: site.site.id, layer: layer.layer.id), layerIndex: layer.place,
            zone: nil, relation: .notAssessable, reason: reason, geometry: ground.geometry, area: nil, length: nil,
            points: nil,
            siteShare: share, zoneShare: nil, distance: nil, region: try region(of: ground))
    }

    /// What of the site no zone of a layer covers, wider than `judge` says.
    private func uncovered(by layer: ReadyLayer, _ judge: WidthJudge) throws -> Ground {
        let meetings = meetings[layer.place]
        if meetings.contains(where: \.isWhole) { return Ground() }
        if let coverage = worker.coverage(of: shape, by: layer),
            LayerCoverage.isSliver(
                coverage.region - coverage.union, of: coverage.region, tolerance: judge.tolerance)
        {
            return Ground()
        }
        return try Uncovered(context: context, judge: judge, siteWidth: site.width).part(
            of: site.site.ground, notIn: meetings, with: layer.loaded)
    }

    /// What of `ground` lies in the territory of a layer; all of it where the layer declares none.
    func assessable(_ ground: Ground, _ layer: ReadyLayer) throws -> Ground {
        let outside = try outside(of: layer)
        if outside.isEmpty { return ground }
        let lines = LineCover(outside.lines, scale: site.scale, in: context)
        var polygons = ground.polygons
        if !polygons.isEmpty, !outside.polygons.isEmpty {
            let rest = try context.geometry(.multiPolygon(polygons)).difference(
                try context.geometry(.multiPolygon(outside.polygons)))
            polygons = judge(for: layer).wide(try rest.value().parts.polygons, siteWidth: site.width)
        }
        let points = Set(outside.points)
        return Ground(
            polygons: polygons, lines: try lines.rest(of: ground.lines),
            points: ground.points.filter { !points.contains($0) })
    }

    /// What of the site lies outside the territory of a layer, wider than the tolerance; nothing where it declares none.
    private func outside(of layer: ReadyLayer) throws -> Ground {
        let ground = site.site.ground
        switch layer.extent {
        case nil: return Ground()
        case .box(let box):
            if box.contains(ground.envelope) { return Ground() }
            return try part(of: ground, outside: box, judge(for: layer))
        case .layer(let place): return try uncovered(by: run.layers[place], judge(for: layer))
        }
    }

    /// What of `ground` lies outside a rectangle, wider than the tolerance.
    private func part(of ground: Ground, outside box: Envelope, _ judge: WidthJudge) throws -> Ground {
        let cover = try context.rectangle(box)
        var rest = Ground()
        if !ground.polygons.isEmpty {
            let difference = try context.geometry(.multiPolygon(ground.polygons)).difference(cover)
            rest.polygons = judge.wide(try difference.value().parts.polygons, siteWidth: site.width)
        }
        if !ground.lines.isEmpty {
            let difference = try context.geometry(.multiLineString(ground.lines)).difference(cover)
            rest.lines = try difference.value().parts.lines.filter { meter.length(of: [$0]) > judge.tolerance }
        }
        rest.points = try ground.points.filter { point in
            try !cover.intersects(try context.point(point))
                && !site.scale.isOnBoundary(point, of: [Polygon(box)], within: judge.tolerance)
        }
        return Ground(polygons: rest.polygons, lines: rest.lines, points: rest.points)
    }

    /// The region that holds the largest part of `ground`; nil where the catalog names none.
    func region(of ground: Ground) throws -> RegionReference? {
        guard let regions = run.regions else { return nil }
        let label = RegionLabel(
            regions: regions, meetings: meetings[regions.place], scale: site.scale, worker: worker)
        return try label.region(of: ground)
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

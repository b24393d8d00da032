import GeometryEngine
import RedlineGeometry

/// Subtracts what a layer covers from sites.
///
/// The zones themselves are subtracted, not what was found to be shared with them: where a boundary crosses an edge of
/// the site, the crossing rounds beside the edge, and a difference of the site and its own part would keep a spike
/// without breadth along it.
struct Uncovered {
    let context: GeometryContext
    let judge: WidthJudge
    /// The width in metres of the site's narrowest polygon; no part as wide as that is a sliver.
    let siteWidth: Double?

    /// The part of `ground` that none of the zones of `layer` it meets covers, wider than the tolerance.
    func part(of ground: Ground, notIn meetings: [Meeting], with layer: LoadedLayer) throws -> Ground {
        let meetings = meetings.filter { $0.relation != .near }
        if meetings.contains(where: \.isWhole) { return Ground() }
        let zones = meetings.map { layer.zones[$0.zone].ground }
        let cover = try cover(zones, near: ground.envelope)
        let lines = try lines(ground.lines, minus: cover)
        let along = LineCover(meetings.flatMap(\.alongBoundary), scale: judge.scale, in: context)
        return Ground(
            polygons: try polygons(ground.polygons, minus: cover),
            lines: try along.rest(of: lines).filter {
                judge.meter.length(of: [$0]) > judge.tolerance && !judge.isAlongBoundary($0, of: zones)
            },
            points: points(ground.points, meetings))
    }

    /// The polygons of the zones around the site, united.
    private func cover(_ zones: [Ground], near envelope: Envelope) throws -> Geometry? {
        let margin = judge.scale.expanded(envelope, byMeters: 10)
        let window = margin.expanded(dx: margin.width / 10, dy: margin.height / 10)
        let polygons = try zones.flatMap(\.polygons).flatMap { polygon -> [Polygon] in
            let own = Envelope(polygon.exteriorRing)
            guard own.intersects(window) else { return [] }
            if polygon.positionCount < 64 || window.contains(own) { return [polygon] }
            return try context.polygon(polygon).clipped(to: window).value().parts.polygons
        }
        guard !polygons.isEmpty else { return nil }
        return try context.unaryUnion(polygons).value()
    }

    private func polygons(_ polygons: [Polygon], minus cover: Geometry?) throws -> [Polygon] {
        guard !polygons.isEmpty, let cover else { return polygons }
        let rest = try context.geometry(.multiPolygon(polygons)).difference(try context.geometry(cover))
        return judge.wide(try rest.value().parts.polygons, siteWidth: siteWidth)
    }

    private func lines(_ lines: [LineString], minus cover: Geometry?) throws -> [LineString] {
        guard !lines.isEmpty, let cover else { return lines }
        return try context.geometry(.multiLineString(lines)).difference(try context.geometry(cover)).value().parts.lines
    }

    /// A point that a zone touches within the tolerance counts as covered.
    private func points(_ points: [Position], _ meetings: [Meeting]) -> [Position] {
        guard !points.isEmpty else { return [] }
        let covered = Set(meetings.compactMap(\.shared).flatMap(\.points))
        return points.filter { !covered.contains($0) }
    }
}

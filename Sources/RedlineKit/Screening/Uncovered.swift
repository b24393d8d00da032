import GeometryEngine
import RedlineGeometry

/// Subtracts what layers cover from sites.
struct Uncovered {
    let context: GeometryContext
    let judge: WidthJudge
    /// The width in metres of the site's narrowest polygon; no part as wide as that is a sliver.
    let siteWidth: Double?

    /// The part of `ground` that none of the `meetings` with `layer` covers, wider than the tolerance.
    func part(of ground: Ground, notIn meetings: [Meeting], with layer: LoadedLayer) throws -> Ground {
        if meetings.contains(where: \.isWhole) { return Ground() }
        let shares = meetings.compactMap(\.shared)
        return Ground(
            polygons: try polygons(ground.polygons, minus: shares.flatMap(\.polygons)),
            lines: try lines(ground.lines, minus: shares.flatMap(\.lines) + meetings.flatMap(\.alongBoundary))
                .filter { !judge.isAlongBoundary($0, of: meetings.map { layer.zones[$0.zone].ground }) },
            points: points(ground.points, meetings))
    }

    private func polygons(_ polygons: [Polygon], minus covered: [Polygon]) throws -> [Polygon] {
        guard !polygons.isEmpty, !covered.isEmpty else { return polygons }
        let whole = try context.geometry(.multiPolygon(polygons))
        let cover = try context.geometry(.multiPolygon(covered)).unaryUnion()
        return judge.wide(try whole.difference(cover).value().parts.polygons, siteWidth: siteWidth)
    }

    private func lines(_ lines: [LineString], minus covered: [LineString]) throws -> [LineString] {
        try LineCover(covered, scale: judge.scale, in: context).rest(of: lines).filter {
            judge.meter.length(of: [$0]) > judge.tolerance
        }
    }

    /// A point that a zone touches within the tolerance counts as covered.
    private func points(_ points: [Position], _ meetings: [Meeting]) -> [Position] {
        guard !points.isEmpty else { return [] }
        let covered = Set(meetings.compactMap(\.shared).flatMap(\.points))
        return points.filter { !covered.contains($0) }
    }
}

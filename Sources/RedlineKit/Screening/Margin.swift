import GeometryEngine
import RedlineGeometry

/// Finds the smallest shift of a site that takes it out of a zone.
///
/// The shifts under which site and zone share ground are the Minkowski sum of the zone and the mirrored site; the margin
/// is the distance from no shift at all to its edge. A sum is made of the zone moved along one place of each part of the
/// site, of each part of the site mirrored at one place of the zone, and of the parallelograms between their edges. It is
/// made only where two bounds do not agree: the depth of the deepest corner, which no smaller shift takes out, and a shift
/// found by pushing the deepest corner out again and again.
///
/// Metres are those of the site's own scale, which over a margin of 50 km is off by less than 1 %.
struct Margin {
    let site: Ground
    let zone: Ground
    let boundary: ZoneBoundary
    let scale: LocalScale
    let context: GeometryContext

    /// Bounds that agree this well are not told apart further.
    private static let agreement = 1.005
    /// More parallelograms than this take longer than a margin is worth.
    private static let mostPairs = 20_000

    /// A shift in metres.
    private struct Shift {
        var x = 0.0
        var y = 0.0

        var length: Double { (x * x + y * y).squareRoot() }
    }

    /// The margin in metres, to 1 %; nil where it would take too long, or the zone has no ground.
    func meters() throws -> Double? {
        guard !zone.polygons.isEmpty else { return nil }
        let corners = self.corners
        let lower = depth(corners, Shift()).map(\.distance).max() ?? 0
        let upper = pushedOut(corners)
        if let upper, upper <= lower * Self.agreement { return upper }
        var reach = upper ?? max(lower * 2, diameter)
        // The site may have to leave the whole zone.
        while reach < 1e6 {
            guard let margin = try exact(within: reach * 1.01) else { return nil }
            if margin <= reach * 1.01 { return margin }
            reach *= 2
        }
        return nil
    }

    private var corners: [Position] {
        site.polygons.flatMap { $0.exteriorRing.dropLast() } + site.lines.flatMap(\.positions) + site.points
    }

    private var diameter: Double {
        let envelope = site.envelope
        let (x, y) = (envelope.width * scale.metersPerDegreeX, envelope.height * scale.metersPerDegreeY)
        return max((x * x + y * y).squareRoot(), 1)
    }

    private func moved(_ position: Position, _ shift: Shift) -> Position {
        Position(x: position.x + shift.x / scale.metersPerDegreeX, y: position.y + shift.y / scale.metersPerDegreeY)
    }

    private func shift(from a: Position, to b: Position) -> Shift {
        Shift(x: (b.x - a.x) * scale.metersPerDegreeX, y: (b.y - a.y) * scale.metersPerDegreeY)
    }

    // MARK: Bounds

    /// How deep each corner lies inside once the site is shifted, with the way out.
    private func depth(_ corners: [Position], _ by: Shift) -> [(distance: Double, way: Shift)] {
        corners.compactMap { corner in
            let place = moved(corner, by)
            guard boundary.contains(place), let nearest = boundary.nearest(to: place, scale) else { return nil }
            return (nearest.distance, shift(from: place, to: nearest.place))
        }
    }

    /// The length of a shift that takes the site out; nil where none is found in some steps.
    private func pushedOut(_ corners: [Position]) -> Double? {
        var total = Shift()
        for _ in 0..<12 {
            guard let deepest = depth(corners, total).max(by: { $0.distance < $1.distance }) else {
                return total.length > 0 && !meets(total) ? total.length : nil
            }
            if deepest.distance < 1e-6 { return meets(total) ? nil : total.length }
            // A little farther, so that the corner is out beyond rounding.
            let factor = 1 + 1e-6 / max(deepest.distance, 1e-6)
            total = Shift(x: total.x + deepest.way.x * factor, y: total.y + deepest.way.y * factor)
        }
        return nil
    }

    /// Whether the shifted site, no corner of which lies inside, shares ground with the zone all the same.
    private func meets(_ by: Shift) -> Bool {
        for (a, b) in siteEdges {
            let (c, d) = (moved(a, by), moved(b, by))
            var isCrossed = false
            boundary.forEachEdge(in: Envelope([c, d])) { e, f in
                if !isCrossed, crosses(c, d, e, f) { isCrossed = true }
            }
            if isCrossed { return true }
        }
        guard !site.polygons.isEmpty else { return false }
        let own = ZoneBoundary(site.polygons)
        let back = Shift(x: -by.x, y: -by.y)
        return boundary.anchors.contains { own.contains(moved($0, back)) }
    }

    private var siteEdges: [(Position, Position)] {
        let rings = site.polygons.flatMap(\.rings) + site.lines.map(\.positions)
        return rings.flatMap { ring in ring.indices.dropFirst().map { (ring[$0 - 1], ring[$0]) } }
    }

    private func crosses(_ a: Position, _ b: Position, _ c: Position, _ d: Position) -> Bool {
        func side(_ p: Position, _ q: Position, _ r: Position) -> Double {
            let (u, v) = (shift(from: p, to: q), shift(from: p, to: r))
            return u.x * v.y - u.y * v.x
        }
        return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
    }

    // MARK: The sum itself

    /// The margin, if it is at most `reach`; more than `reach` means only that it is larger.
    private func exact(within reach: Double) throws -> Double? {
        let window = scale.expanded(site.envelope, byMeters: reach * 1.02)
        let near = try zone.polygons.flatMap { polygon -> [Polygon] in
            let own = Envelope(polygon.exteriorRing)
            if !own.intersects(window) { return [] }
            if window.contains(own) { return [polygon] }
            return try context.polygon(polygon).clipped(to: window).value().parts.polygons
        }
        let zoneEdges = near.flatMap(\.rings).flatMap { ring in
            ring.indices.dropFirst().map { (ring[$0 - 1], ring[$0]) }
        }
        let edges = siteEdges
        guard zoneEdges.count * edges.count <= Self.mostPairs else { return nil }
        var sum: [Polygon] = []
        // Every part of the site, where the zone is moved along one of its places.
        let anchors =
            site.polygons.compactMap(\.exteriorRing.first) + site.lines.compactMap(\.positions.first) + site.points
        for anchor in anchors {
            sum += near.map { polygon in
                Polygon(
                    exteriorRing: difference(polygon.exteriorRing, anchor),
                    interiorRings: polygon.interiorRings.map { difference($0, anchor) })
            }
        }
        for polygon in site.polygons {
            for anchor in near.compactMap(\.exteriorRing.first) {
                sum.append(
                    Polygon(
                        exteriorRing: polygon.exteriorRing.map { plane(anchor, minus: $0) },
                        interiorRings: polygon.interiorRings.map { ring in ring.map { plane(anchor, minus: $0) } }))
            }
        }
        for (a, b) in zoneEdges {
            for (c, d) in edges {
                let corners = [plane(a, minus: c), plane(b, minus: c), plane(b, minus: d), plane(a, minus: d)]
                let (u, v) = (corners[1], corners[3])
                let area =
                    (u.x - corners[0].x) * (v.y - corners[0].y) - (u.y - corners[0].y) * (v.x - corners[0].x)
                // Parallel edges span nothing.
                if abs(area) > 1e-9 { sum.append(Polygon(exteriorRing: corners + [corners[0]])) }
            }
        }
        guard !sum.isEmpty else { return 0 }
        // Parts that meet in theory may leave a crack in numbers, through which no site gets out.
        let crack = reach * 1e-6
        let whole = try context.unaryUnion(sum).buffer(distance: crack, quadrantSegments: 1).value()
        return max(0, distanceOut(of: whole.parts.polygons) - crack)
    }

    private func plane(_ a: Position, minus b: Position) -> Position {
        Position(x: (a.x - b.x) * scale.metersPerDegreeX, y: (a.y - b.y) * scale.metersPerDegreeY)
    }

    private func difference(_ ring: [Position], _ anchor: Position) -> [Position] {
        ring.map { plane($0, minus: anchor) }
    }

    /// The distance in metres from the origin to the edge of the polygon that holds it; 0 where none does.
    private func distanceOut(of polygons: [Polygon]) -> Double {
        let origin = Position(x: 0, y: 0)
        for polygon in polygons where ZoneBoundary([polygon]).contains(origin) {
            var least = Double.infinity
            for ring in polygon.rings {
                for index in ring.indices.dropFirst() {
                    let (a, b) = (ring[index - 1], ring[index])
                    let (dx, dy) = (b.x - a.x, b.y - a.y)
                    let square = dx * dx + dy * dy
                    let along = square > 0 ? min(max(-(a.x * dx + a.y * dy) / square, 0), 1) : 0
                    let (x, y) = (a.x + along * dx, a.y + along * dy)
                    least = min(least, (x * x + y * y).squareRoot())
                }
            }
            return least
        }
        return 0
    }
}

import RedlineCells
import RedlineGeometry

/// A shift in metres to the east and the north.
struct Shift {
    var x = 0.0
    var y = 0.0

    var length: Double { (x * x + y * y).squareRoot() }
}

/// A site that is moved about over a zone.
struct ShiftedSite {
    let boundary: ZoneOutline
    let scale: LocalScale
    let corners: [Position]
    let edges: [(start: Position, end: Position)]
    let envelope: Envelope
    /// Corners with their neighbours, of which lines' ends have one and points none.
    let vertices: [(before: Position?, place: Position, after: Position?)]
    private let own: ZoneOutline?
    /// The corner that was inside last; it is likely to be so again.
    private var likely = 0

    init(site: Ground, boundary: ZoneOutline, scale: LocalScale) {
        (self.boundary, self.scale, envelope) = (boundary, scale, site.envelope)
        corners = site.polygons.flatMap { $0.exteriorRing.dropLast() } + site.lines.flatMap(\.positions) + site.points
        let rings = site.polygons.flatMap(\.rings)
        let runs = rings + site.lines.map(\.positions)
        edges = runs.flatMap { run in run.indices.dropFirst().map { (run[$0 - 1], run[$0]) } }
        vertices =
            rings.flatMap { ring in
                let count = ring.count - 1
                return (0..<max(count, 0)).map { (ring[($0 + count - 1) % count], ring[$0], ring[$0 + 1]) }
            }
            + site.lines.flatMap { line in
                let places = line.positions
                return places.indices.map { index in
                    (
                        index > 0 ? places[index - 1] : nil, places[index],
                        index + 1 < places.count ? places[index + 1] : nil
                    )
                }
            } + site.points.map { (nil, $0, nil) }
        own = site.polygons.isEmpty ? nil : ZoneOutline(site.polygons)
    }

    func moved(_ position: Position, _ shift: Shift) -> Position {
        Position(x: position.x + shift.x / scale.metersPerDegreeX, y: position.y + shift.y / scale.metersPerDegreeY)
    }

    func shift(from a: Position, to b: Position) -> Shift {
        Shift(x: (b.x - a.x) * scale.metersPerDegreeX, y: (b.y - a.y) * scale.metersPerDegreeY)
    }

    /// How deep each corner lies inside the zone once the site is shifted, with the way out.
    func depths(_ by: Shift) -> [(distance: Double, way: Shift)] {
        corners.compactMap { corner in
            let place = moved(corner, by)
            guard boundary.contains(place), let nearest = boundary.nearest(to: place, scale) else { return nil }
            return (nearest.distance, shift(from: place, to: nearest.place))
        }
    }

    /// Whether the shifted site shares ground with the zone.
    mutating func meets(_ by: Shift) -> Bool {
        if corners.indices.contains(likely), boundary.contains(moved(corners[likely], by)) { return true }
        if let inside = corners.firstIndex(where: { boundary.contains(moved($0, by)) }) {
            likely = inside
            return true
        }
        return meetsZone(by)
    }

    /// Whether the shifted site, no corner of which lies inside, shares ground with the zone all the same.
    func meetsZone(_ by: Shift) -> Bool {
        for (a, b) in edges {
            let (c, d) = (moved(a, by), moved(b, by))
            var isCrossed = false
            boundary.forEachEdge(in: Envelope([c, d])) { e, f in
                if !isCrossed, crosses(c, d, e, f) { isCrossed = true }
            }
            if isCrossed { return true }
        }
        guard let own else { return false }
        let back = Shift(x: -by.x, y: -by.y)
        return boundary.hasAnchor { own.contains(moved($0, back)) }
    }

    private func crosses(_ a: Position, _ b: Position, _ c: Position, _ d: Position) -> Bool {
        func side(_ p: Position, _ q: Position, _ r: Position) -> Double {
            let (u, v) = (shift(from: p, to: q), shift(from: p, to: r))
            return u.x * v.y - u.y * v.x
        }
        return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
    }
}

import RedlineGeometry

/// The lines that polygons were cut along, to take the vertices away again that the cuts left on their edges.
///
/// Areas under edges straight in longitude and latitude do not care for them; those under other edges do, for an edge
/// with a vertex in the middle is another edge there.
struct CutSeams {
    private var x: Set<Double> = []
    private var y: Set<Double> = []

    /// What rounding may move a vertex off its edge, in degrees.
    private static let rounding = 1e-12

    init(_ lines: [(axis: PolygonCut.Axis, value: Double)]) {
        for line in lines {
            if line.axis == .x { x.insert(line.value) } else { y.insert(line.value) }
        }
    }

    /// The polygon without the vertices that lie on a line and in the middle of a straight edge.
    func removed(from polygon: Polygon) -> Polygon {
        Polygon(
            exteriorRing: removed(from: polygon.exteriorRing), interiorRings: polygon.interiorRings.map(removed))
    }

    private func isOnSeam(_ position: Position) -> Bool { x.contains(position.x) || y.contains(position.y) }

    private func removed(from ring: [Position]) -> [Position] {
        guard ring.count > 4, ring.contains(where: isOnSeam),
            let start = ring.indices.dropLast().first(where: { !isOnSeam(ring[$0]) })
        else { return ring }
        let count = ring.count - 1  // The last position repeats the first.
        var kept = [ring[start]]
        for step in 1..<count {
            let position = ring[(start + step) % count]
            if isOnSeam(position), isBetween(kept[kept.count - 1], position, ring[(start + step + 1) % count]) {
                continue
            }
            kept.append(position)
        }
        kept.append(ring[start])
        return kept.count >= 4 ? kept : ring
    }

    /// Whether `b` lies on the way from `a` to `c`.
    private func isBetween(_ a: Position, _ b: Position, _ c: Position) -> Bool {
        let (dx, dy) = (c.x - a.x, c.y - a.y)
        let length = (dx * dx + dy * dy).squareRoot()
        let across = abs((b.x - a.x) * dy - (b.y - a.y) * dx)
        let along = (b.x - a.x) * dx + (b.y - a.y) * dy
        return across <= Self.rounding * length && along > 0 && along < length * length
    }
}

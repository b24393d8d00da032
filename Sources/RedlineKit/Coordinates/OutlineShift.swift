import RedlineGeometry

/// The one shift that brings outlines onto those of the units they claim to be: what tells an older datum.
struct OutlineShift {
    /// Metres to be added.
    let north: Double
    let east: Double
    /// The median distance in metres of the vertices to the outlines, as they are and shifted.
    let before: Double
    let after: Double

    /// The most steps of the search, each of which looks for the nearest edge of every vertex.
    private static let stepLimit = 20

    /// Finds the shift by iterated closest edges, least squares across them with weights that spare outliers; nil where no
    /// shift of less than 150 m brings the median below 15 m and a third of what it was.
    ///
    /// - Parameter pairs: Vertices in longitude and latitude, with the outlines they should lie on.
    /// - Complexity: O(steps × vertices × edges of their outlines).
    init?(_ pairs: [(vertices: [Position], polygons: [Polygon])]) {
        var shift = (north: 0.0, east: 0.0)
        var first: Double?
        for _ in 0..<Self.stepLimit {
            let offsets = pairs.flatMap { pair in
                pair.vertices.compactMap { OutlineOffset(from: $0, shiftedBy: shift, to: pair.polygons) }
            }
            guard offsets.count >= 20 else { return nil }
            let median = offsets.map(\.distance).sorted()[offsets.count / 2]
            if first == nil { first = median }
            guard let step = Self.step(offsets, spread: max(median, 0.5)) else { return nil }
            shift = (shift.north + step.north, shift.east + step.east)
            guard abs(shift.north) < 150, abs(shift.east) < 150 else { return nil }
            if abs(step.north) < 0.05, abs(step.east) < 0.05 { break }
        }
        let rest = pairs.flatMap { pair in
            pair.vertices.compactMap { OutlineOffset(from: $0, shiftedBy: shift, to: pair.polygons)?.distance }
        }.sorted()
        guard let first, !rest.isEmpty, rest[rest.count / 2] < min(15, first / 3) else { return nil }
        (north, east, before, after) = (shift.north, shift.east, first, rest[rest.count / 2])
    }

    /// The shift that takes the distances across the nearest edges away, as far as one shift can.
    private static func step(_ offsets: [OutlineOffset], spread: Double) -> (north: Double, east: Double)? {
        var (ee, en, nn, e, n) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for offset in offsets {
            let ratio = offset.distance / (2 * spread)
            let weight = 1 / (1 + ratio * ratio)
            ee += weight * offset.normal.x * offset.normal.x
            en += weight * offset.normal.x * offset.normal.y
            nn += weight * offset.normal.y * offset.normal.y
            e += weight * offset.normal.x * offset.across
            n += weight * offset.normal.y * offset.across
        }
        let determinant = ee * nn - en * en
        // Edges that all run one way say nothing of a shift along them.
        guard determinant > 0.02 * (ee + nn) * (ee + nn) else { return nil }
        return ((n * ee - e * en) / determinant, (e * nn - n * en) / determinant)
    }

    /// What the shift says for a datum.
    func remark(_ datum: GaussKrugerZone.Datum) -> Remark {
        func shown(_ meters: Double) -> String { "\(Int(meters.rounded()))" }
        let rest = (after * 10).rounded() / 10
        return Remark(
            zh: "轮廓向北移 \(shown(north)) m、向东移 \(shown(east)) m 后与图层目录中同名行政区相符"
                + "（中位距离由 \(shown(before)) m 降为 \(rest) m），正是\(datum.title.zh)与 CGCS2000 之差的范围",
            en: "its outlines fit those of the same units in the catalog after a shift of \(shown(north)) m north and "
                + "\(shown(east)) m east (median \(shown(before)) m before, \(rest) m after), as lies between "
                + "\(datum.title.en) and CGCS2000")
    }
}

/// The way from a position to the nearest edge of outlines.
private struct OutlineOffset {
    /// To the edge's nearest position, in metres.
    let distance: Double
    /// The edge's normal, of length 1, east and north.
    let normal: (x: Double, y: Double)
    /// How far the edge's line lies along the normal, in metres.
    let across: Double

    init?(from position: Position, shiftedBy shift: (north: Double, east: Double), to polygons: [Polygon]) {
        let north = 111_000.0
        let east = 111_320 * OutlineDistance.cosine(position.y)
        var best = Double.infinity
        var edge: (dx: Double, dy: Double, ax: Double, ay: Double)?
        for polygon in polygons {
            for ring in polygon.rings {
                for (a, b) in zip(ring, ring.dropFirst()) {
                    let ax = (a.x - position.x) * east - shift.east
                    let ay = (a.y - position.y) * north - shift.north
                    let (dx, dy) = ((b.x - a.x) * east, (b.y - a.y) * north)
                    let square = dx * dx + dy * dy
                    guard square > 0 else { continue }
                    let t = min(1, max(0, -(ax * dx + ay * dy) / square))
                    let (px, py) = (ax + t * dx, ay + t * dy)
                    let own = px * px + py * py
                    if own < best { (best, edge) = (own, (dx, dy, ax, ay)) }
                }
            }
        }
        guard let edge, best < 1e6 else { return nil }
        let length = (edge.dx * edge.dx + edge.dy * edge.dy).squareRoot()
        distance = best.squareRoot()
        normal = (-edge.dy / length, edge.dx / length)
        across = edge.ax * normal.x + edge.ay * normal.y
    }
}

import RedlineGeometry

/// Where an edge of a site crosses an edge of a zone, both well off their ends.
struct CleanCrossing {
    /// A place on a ring: the ring, the edge, and how far along the edge, from 0 to 1.
    struct Place {
        var ring: Int32
        var edge: Int32
        var part: Double

        func isBefore(_ other: Place) -> Bool { (ring, edge, part) < (other.ring, other.edge, other.part) }
    }

    var site: Place
    var zone: Place
    var position: Position
    /// Whether the site's boundary, ground on its left, goes into the zone here.
    var entersZone: Bool
    /// The next crossing along the site's ring, and along the zone's, ground on the left.
    var nextOnSite: Int32 = -1
    var nextOnZone: Int32 = -1
    var isTaken = false
}

/// How two edges stand to each other.
enum EdgePair {
    case apart
    case crossing(sitePart: Double, zonePart: Double, at: Position, turnsLeft: Bool)
    /// An end lies so near the other edge's line that rounding might decide.
    case unclear

    /// What is nearer than this, in degrees (10 µm), may be rounding: coordinates of 100° are spaced by 1.4·10⁻¹⁴.
    static let margin = 1e-10

    /// Compares two edges whose rectangles meet.
    ///
    /// - Returns: `.crossing` where each edge has its ends on both sides of the other, farther than the margin from its
    ///   line; `turnsLeft` says whether the first edge crosses to the left of the second.
    @inline(__always)
    static func of(_ a: Position, _ b: Position, _ c: Position, _ d: Position) -> EdgePair {
        let (ex, ey) = (b.x - a.x, b.y - a.y)
        let (fx, fy) = (d.x - c.x, d.y - c.y)
        let (gx, gy) = (c.x - a.x, c.y - a.y)
        // Twice the areas that the ends of one edge span with the other: distance from its line times its length.
        let sideC = ex * gy - ey * gx
        let sideD = ex * (d.y - a.y) - ey * (d.x - a.x)
        let sideA = fy * gx - fx * gy
        let sideB = fx * (b.y - c.y) - fy * (b.x - c.x)
        let limitE = margin * (ex * ex + ey * ey).squareRoot()
        let limitF = margin * (fx * fx + fy * fy).squareRoot()
        guard abs(sideC) > limitE, abs(sideD) > limitE, abs(sideA) > limitF, abs(sideB) > limitF else {
            return .unclear
        }
        guard (sideC > 0) != (sideD > 0), (sideA > 0) != (sideB > 0) else { return .apart }
        return .crossing(
            sitePart: sideA / (sideA - sideB), zonePart: sideC / (sideC - sideD), at: meeting(a, b, c, d),
            turnsLeft: sideB > 0)
    }

    /// Where two edges cross: to the last bit the same whichever comes first and whichever way they run, so that zones
    /// that share a border share its crossings.
    private static func meeting(_ a: Position, _ b: Position, _ c: Position, _ d: Position) -> Position {
        func precedes(_ lhs: Position, _ rhs: Position) -> Bool { (lhs.x, lhs.y) < (rhs.x, rhs.y) }
        var (a, b, c, d) = (a, b, c, d)
        if precedes(b, a) { swap(&a, &b) }
        if precedes(d, c) { swap(&c, &d) }
        if precedes(c, a) || (c == a && precedes(d, b)) {
            swap(&a, &c)
            swap(&b, &d)
        }
        let (ex, ey) = (b.x - a.x, b.y - a.y)
        let (fx, fy) = (d.x - c.x, d.y - c.y)
        let (gx, gy) = (c.x - a.x, c.y - a.y)
        let part = (gx * fy - gy * fx) / (ex * fy - ey * fx)
        return Position(x: a.x + part * ex, y: a.y + part * ey)
    }
}

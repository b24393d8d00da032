package import RedlineGeometry

/// Puts together what a site and a zone share where that takes no judgement: where all edges that meet cross each other
/// well off their ends, no boundary runs along another, and nothing touches. Then the rings of the result are the rings
/// of both, followed from crossing to crossing (Weiler and Atherton 1977), and rounding cannot change which.
///
/// Anything else is `unclear`, for GEOS to settle. One for each task: it keeps its working memory.
package struct CleanOverlay {
    /// What a site and a zone share.
    package enum Outcome: Sendable {
        /// Nothing, and nothing comes within the tolerance.
        case apart
        /// All of the site.
        case whole
        /// These polygons, ground on the left of their exterior rings.
        case shared([Polygon])
        /// These parts of the site's lines.
        case sharedLines([LineString])
        /// Not to be told from here.
        case unclear
    }

    /// Metres for a degree of longitude and of latitude near the site.
    package var metersPerDegree: (x: Double, y: Double) = (1, 1)
    /// The distance in metres below which boundaries that do not cross touch.
    package var tolerance = 0.001

    var crossings: [CleanCrossing] = []
    var order: [Int32] = []
    private var near: [Int32] = []
    private var found: [Int32] = []
    /// The smallest distance in metres of edges that do not cross.
    private(set) var closest = Double.infinity
    /// Whether distances are looked at beside crossings too, and crossings at a sharp angle are unclear.
    private var isForLines = false

    /// Below this sine of the angle a line that crosses a boundary runs beside it for some way.
    private static let sharpestAngle = 0.05

    /// Creates an overlay without memory.
    package init() {}

    /// Compares a site with a zone.
    ///
    /// - Parameters:
    ///   - site: Valid polygons.
    ///   - zone: Valid polygons.
    /// - Returns: What both share, `.unclear` where rounding or a tolerance might decide.
    /// - Complexity: O(*k* log *k*) for *k* edges of both within the site's rectangle.
    package mutating func outcome(of site: ZoneOutline, with zone: ZoneOutline) -> Outcome {
        let (reachX, reachY) = begin(forLines: false)
        zone.index.appendIndices(intersecting: site.envelope.expanded(dx: reachX, dy: reachY), to: &near)
        guard compareNear(site, zone, reachX, reachY) else { return .unclear }
        guard crossings.isEmpty || link(site, zone) else { return .unclear }
        guard var rings = crossings.isEmpty ? [] : tracedRings(site, zone) else { return .unclear }
        var wholeRings = 0
        site.forEachRing(near: zone.envelope, &found) { place, ring in
            guard !crossings.contains(where: { $0.site.ring == place }), zone.contains(ring.positions[0]) else {
                return
            }
            rings.append(ring.oriented)
            wholeRings += 1
        }
        var islands = 0
        var last: Int32 = -1
        for place in near {
            let number = zone.chunks[Int(place)].ring
            guard number != last else { continue }
            last = number
            let ring = zone.rings[Int(number)]
            guard !crossings.contains(where: { $0.zone.ring == number }), site.contains(ring.positions[0]) else {
                continue
            }
            rings.append(ring.oriented)
            islands += 1
        }
        if crossings.isEmpty, islands == 0 {
            if wholeRings == site.rings.count { return .whole }
            if wholeRings == 0 { return closest > tolerance ? .apart : .unclear }
        }
        return Self.polygons(of: rings).map(Outcome.shared) ?? .unclear
    }

    /// Compares the lines of a site with a zone.
    ///
    /// - Complexity: O(*k* log *k*) for *k* edges of the zone near edges of the lines.
    package mutating func outcome(ofLines site: ZoneOutline, with zone: ZoneOutline) -> Outcome {
        let (reachX, reachY) = begin(forLines: true)
        for box in site.boxes {
            zone.index.appendIndices(intersecting: box.expanded(dx: reachX, dy: reachY), to: &near)
        }
        guard compareNear(site, zone, reachX, reachY), closest > tolerance else { return .unclear }
        return lineParts(site, zone, shortest: 2 * tolerance / Self.sharpestAngle)
    }

    /// How a position stands to a zone: `.whole` inside, `.apart` outside, `.unclear` within the tolerance of its
    /// boundary.
    package mutating func outcome(of position: Position, with zone: ZoneOutline) -> Outcome {
        let (reachX, reachY) = begin(forLines: true)
        zone.index.appendIndices(
            intersecting: Envelope([position]).expanded(dx: reachX, dy: reachY), to: &near)
        for place in near {
            let chunk = zone.chunks[Int(place)]
            let positions = zone.rings[Int(chunk.ring)].positions
            for edge in zone.edges(of: chunk)
            where distance(position, positions[edge], positions[edge + 1]) <= tolerance { return .unclear }
        }
        return zone.contains(position) ? .whole : .apart
    }

    /// Forgets what came before; returns how far in degrees is near.
    private mutating func begin(forLines isForLines: Bool) -> (x: Double, y: Double) {
        near.removeAll(keepingCapacity: true)
        crossings.removeAll(keepingCapacity: true)
        closest = .infinity
        self.isForLines = isForLines
        return (
            tolerance * 1.01 / metersPerDegree.x + EdgePair.margin,
            tolerance * 1.01 / metersPerDegree.y + EdgePair.margin
        )
    }

    /// Compares the edges of the zone that are near with those of the site; false where it is unclear how they stand.
    private mutating func compareNear(
        _ site: ZoneOutline, _ zone: ZoneOutline, _ reachX: Double, _ reachY: Double
    ) -> Bool {
        guard !site.rings.isEmpty else { return true }
        near.sort()
        let window = site.envelope.expanded(dx: reachX, dy: reachY)
        var last: Int32 = -1
        for place in near where place != last {
            last = place
            guard compare(site, zone, zone.chunks[Int(place)], window, reachX, reachY) else { return false }
        }
        return true
    }

    private mutating func compare(
        _ site: ZoneOutline, _ zone: ZoneOutline, _ chunk: ZoneOutline.Chunk, _ window: Envelope, _ reachX: Double,
        _ reachY: Double
    ) -> Bool {
        let zoneRing = zone.rings[Int(chunk.ring)]
        let zonePositions = zoneRing.positions
        var siteRing = site.rings[0]
        var siteRingNumber: Int32 = 0
        for zoneEdge in zone.edges(of: chunk) {
            let (c, d) = (zonePositions[zoneEdge], zonePositions[zoneEdge + 1])
            let box = Envelope(
                minX: min(c.x, d.x) - reachX, minY: min(c.y, d.y) - reachY, maxX: max(c.x, d.x) + reachX,
                maxY: max(c.y, d.y) + reachY)
            guard box.intersects(window), c != d else { continue }
            found.removeAll(keepingCapacity: true)
            site.index.appendIndices(intersecting: box, to: &found)
            for place in found {
                let siteChunk = site.chunks[Int(place)]
                if siteChunk.ring != siteRingNumber {
                    siteRingNumber = siteChunk.ring
                    siteRing = site.rings[Int(siteRingNumber)]
                }
                for siteEdge in site.edges(of: siteChunk) {
                    let (a, b) = (siteRing.positions[siteEdge], siteRing.positions[siteEdge + 1])
                    guard min(a.x, b.x) <= box.maxX, max(a.x, b.x) >= box.minX, min(a.y, b.y) <= box.maxY,
                        max(a.y, b.y) >= box.minY, a != b
                    else { continue }
                    switch EdgePair.of(a, b, c, d) {
                    case .apart: noteDistance(a, b, c, d)
                    case .unclear: return false
                    case .crossing(let sitePart, let zonePart, let position, let turnsLeft):
                        guard !isForLines || sineOfAngle(a, b, c, d) > Self.sharpestAngle else { return false }
                        let isSiteForward = siteRing.hasGroundOnLeft
                        let isZoneForward = zoneRing.hasGroundOnLeft
                        crossings.append(
                            CleanCrossing(
                                site: .init(ring: siteChunk.ring, edge: Int32(siteEdge), part: sitePart),
                                zone: .init(ring: chunk.ring, edge: Int32(zoneEdge), part: zonePart),
                                position: position, entersZone: (turnsLeft == isSiteForward) == isZoneForward))
                    }
                }
            }
        }
        return true
    }

    private mutating func noteDistance(_ a: Position, _ b: Position, _ c: Position, _ d: Position) {
        // Where ground is shared, what else is near plays no part; along lines it may be a run.
        guard isForLines || crossings.isEmpty, closest > tolerance else { return }
        closest = min(
            closest, distance(a, c, d), distance(b, c, d), distance(c, a, b), distance(d, a, b))
    }

    private func sineOfAngle(_ a: Position, _ b: Position, _ c: Position, _ d: Position) -> Double {
        let (ex, ey) = ((b.x - a.x) * metersPerDegree.x, (b.y - a.y) * metersPerDegree.y)
        let (fx, fy) = ((d.x - c.x) * metersPerDegree.x, (d.y - c.y) * metersPerDegree.y)
        return abs(ex * fy - ey * fx) / ((ex * ex + ey * ey) * (fx * fx + fy * fy)).squareRoot()
    }

    private func distance(_ p: Position, _ a: Position, _ b: Position) -> Double {
        let (px, py) = ((p.x - a.x) * metersPerDegree.x, (p.y - a.y) * metersPerDegree.y)
        let (dx, dy) = ((b.x - a.x) * metersPerDegree.x, (b.y - a.y) * metersPerDegree.y)
        let part = min(max((px * dx + py * dy) / (dx * dx + dy * dy), 0), 1)
        let (x, y) = (px - part * dx, py - part * dy)
        return (x * x + y * y).squareRoot()
    }
}

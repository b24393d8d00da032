import Glibc
import RedlineGeometry
import RedlineMeasure

/// Finds how far apart two outlines are that share no ground, on the ellipsoid.
///
/// Pairs of edges are weeded out in a plane that only stretches both axes, with as much to spare as that plane is wrong;
/// what is left is measured by the radii of curvature halfway (the mid-latitude formula), and the nearest on the geodesic.
/// One for each task: it keeps its working memory.
package struct NearestEdges {
    /// Whether the nearest is measured on the geodesic; else the mid-latitude formula does, to 10⁻⁵ for 10 km.
    package var isExact = true

    private let lengths = GeodesicLength()
    private var found: [Int32] = []
    private var pairs: [(least: Double, site: Int32, zone: Int32)] = []
    private var candidates: [Candidate] = []

    /// A place and the edge that is nearest to it.
    private struct Candidate {
        var place: Position
        var start: Position
        var end: Position
        var distance: Double
    }

    /// How far off the mid-latitude formula may be, in metres: itself d³/24R² cos² B, and d³ tan² B/8R² because its foot
    /// lies up to d² tan B/2R beside the nearest place; with as much again to spare.
    private static func formulaError(_ distance: Double, _ latitude: Double) -> Double {
        let cosine = max(cos(latitude * .pi / 180), 0.01)
        return 0.001 + distance * distance * distance / (2 * 6.3e6 * 6.3e6 * cosine * cosine)
    }

    /// Creates one without memory.
    package init() {}

    /// Measures how far apart the nearest places are.
    ///
    /// - Parameters:
    ///   - site: Positions in longitude and latitude, edges straight.
    ///   - zone: Likewise; it shares no ground with the site.
    ///   - limit: In metres.
    /// - Returns: The geodesic distance in metres, to a centimetre for 10 km; nil beyond `limit`.
    /// - Complexity: O(*k* log *k*) for *k* edges of both within the distance.
    package mutating func distance(from site: ZoneOutline, to zone: ZoneOutline, within limit: Double) -> Double? {
        let middle = site.envelope.center.y
        let scale = lengths.approximateMetersPerDegree(latitude: min(max(middle, -89.9), 89.9))
        // How much longer or shorter a degree of longitude is where the site ends or the limit is reached.
        let spread = (site.envelope.height / 2 + limit * 1.1 / scale.latitude) * .pi / 180
        let spare = 1.001 + 2 * spread * max(1, abs(tan(min(abs(middle) + spread * 180 / .pi, 89) * .pi / 180)))
        collectPairs(site, zone, (limit * spare / scale.longitude, limit * spare / scale.latitude), scale)
        var best = limit
        candidates.removeAll(keepingCapacity: true)
        for pair in pairs {
            if pair.least > best * spare { break }
            compare(site, Int(pair.site), zone, Int(pair.zone), scale, spare, &best)
        }
        return measured(atMost: best * spare, limit, at: middle)
    }

    /// The pairs of chunks whose rectangles are near, the nearest first.
    private mutating func collectPairs(
        _ site: ZoneOutline, _ zone: ZoneOutline, _ reach: (x: Double, y: Double),
        _ scale: (longitude: Double, latitude: Double)
    ) {
        pairs.removeAll(keepingCapacity: true)
        for (place, box) in site.boxes.enumerated() {
            found.removeAll(keepingCapacity: true)
            zone.index.appendIndices(intersecting: box.expanded(dx: reach.x, dy: reach.y), to: &found)
            for other in found {
                let far = zone.boxes[Int(other)]
                let dx = max(0, far.minX - box.maxX, box.minX - far.maxX) * scale.longitude
                let dy = max(0, far.minY - box.maxY, box.minY - far.maxY) * scale.latitude
                pairs.append((least: (dx * dx + dy * dy).squareRoot(), site: Int32(place), zone: other))
            }
        }
        pairs.sort { ($0.least, $0.site, $0.zone) < ($1.least, $1.site, $1.zone) }
    }

    private mutating func compare(
        _ site: ZoneOutline, _ siteChunk: Int, _ zone: ZoneOutline, _ zoneChunk: Int,
        _ scale: (longitude: Double, latitude: Double), _ spare: Double, _ best: inout Double
    ) {
        let (chunk, other) = (site.chunks[siteChunk], zone.chunks[zoneChunk])
        let (here, there) = (site.rings[Int(chunk.ring)].positions, zone.rings[Int(other.ring)].positions)
        for edge in site.edges(of: chunk) {
            for far in zone.edges(of: other) {
                let (a, b, c, d) = (here[edge], here[edge + 1], there[far], there[far + 1])
                for (place, start, end) in [(a, c, d), (b, c, d), (c, a, b), (d, a, b)] {
                    let distance = Self.nearest(on: start, end, to: place, scale).distance
                    guard distance <= best * spare else { continue }
                    best = min(best, distance)
                    candidates.append(Candidate(place: place, start: start, end: end, distance: distance))
                }
            }
        }
    }

    /// The distance on the ellipsoid of the nearest candidates.
    private mutating func measured(atMost limit: Double, _ reach: Double, at latitude: Double) -> Double? {
        var least = Double.infinity
        for index in candidates.indices where candidates[index].distance <= limit {
            candidates[index].distance = refined(candidates[index]).distance
            least = min(least, candidates[index].distance)
        }
        guard isExact else { return least <= reach ? least : nil }
        let spare = Self.formulaError(least, latitude)
        guard least <= reach + spare else { return nil }
        var nearest = Double.infinity
        for candidate in candidates where candidate.distance <= least + spare {
            nearest = min(nearest, onGeodesic(candidate))
        }
        return nearest <= reach ? nearest : nil
    }

    /// The nearest place of the edge by the radii halfway to it.
    private func refined(_ candidate: Candidate) -> (part: Double, distance: Double) {
        let (start, end, place) = (candidate.start, candidate.end, candidate.place)
        var latitude = place.y
        var found = (part: 0.0, distance: 0.0)
        for _ in 0..<3 {
            found = Self.nearest(on: start, end, to: place, lengths.approximateMetersPerDegree(latitude: latitude))
            latitude = (place.y + start.y + (end.y - start.y) * found.part) / 2
        }
        return found
    }

    /// The geodesic distance, with the nearest place sought on both sides of the one that the formula gives.
    private func onGeodesic(_ candidate: Candidate) -> Double {
        let (start, end) = (candidate.start, candidate.end)
        let near = refined(candidate)
        func distance(_ part: Double) -> Double {
            let place = Position(x: start.x + (end.x - start.x) * part, y: start.y + (end.y - start.y) * part)
            return lengths.geodesicDistance(candidate.place, place).meters
        }
        let known = distance(near.part)
        let length = lengths.geodesicDistance(start, end).meters
        // Nearer than this the formula's place is within a tenth of a millimetre's worth.
        guard known > 1000, length > 0 else { return known }
        let slope = abs(tan(min(abs(candidate.place.y), 89) * .pi / 180))
        let step = min(known * max(2e-3, known * (1 + slope) / 6.3e6) / length, 0.5)
        // The square of the distance is a parabola along so short a piece; its vertex is the place.
        let middle = min(max(near.part, step), 1 - step)
        let squares = [-1.0, 0, 1].map { side in
            let distance = distance(middle + side * step)
            return distance * distance
        }
        let bend = squares[0] - 2 * squares[1] + squares[2]
        guard bend > 0 else { return min(known, squares.reduce(.infinity, min).squareRoot()) }
        let vertex = middle + step / 2 * (squares[0] - squares[2]) / bend
        return min(known, distance(min(max(vertex, 0), 1)))
    }

    private static func nearest(
        on start: Position, _ end: Position, to place: Position, _ scale: (longitude: Double, latitude: Double)
    ) -> (part: Double, distance: Double) {
        let (ax, ay) = ((start.x - place.x) * scale.longitude, (start.y - place.y) * scale.latitude)
        let (dx, dy) = ((end.x - start.x) * scale.longitude, (end.y - start.y) * scale.latitude)
        let square = dx * dx + dy * dy
        let part = square > 0 ? min(max(-(ax * dx + ay * dy) / square, 0), 1) : 0
        let (x, y) = (ax + part * dx, ay + part * dy)
        return (part, (x * x + y * y).squareRoot())
    }
}

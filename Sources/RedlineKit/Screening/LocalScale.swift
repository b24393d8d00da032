import RedlineGeometry
import RedlineMeasure

/// Metres for small steps in degrees around a latitude: for widths and tolerances, not for results.
///
/// A plane that only stretches both axes keeps straight edges straight. Over a site of 100 km the stretch changes by
/// about 1 %, which a width compared with a tolerance can bear.
struct LocalScale: Sendable {
    let metersPerDegreeX: Double
    let metersPerDegreeY: Double
    /// The latitude farthest from the equator, without its sign.
    private let farthestLatitude: Double
    /// Whether the scale is the same all over to a thousandth.
    private let isSmall: Bool

    init(around envelope: Envelope) {
        let latitude = envelope.isEmpty ? 0 : min(max(envelope.center.y, -89.99), 89.99)
        let scale = GeodesicLength().approximateMetersPerDegree(latitude: latitude)
        metersPerDegreeX = scale.longitude
        metersPerDegreeY = scale.latitude
        farthestLatitude = envelope.isEmpty ? 0 : max(abs(envelope.minY), abs(envelope.maxY))
        isSmall = envelope.isEmpty || envelope.height < 0.02 && abs(latitude) < 70
    }

    /// Degrees of longitude and of latitude that are at least `meters` anywhere in the envelope and as far around it, with
    /// a hundredth to spare: degrees of longitude shrink towards the poles, and a line may run over many of latitude.
    func reach(ofMeters meters: Double) -> (x: Double, y: Double) {
        var leastX = metersPerDegreeX
        if !isSmall || meters > 2000 {
            let latitude = min(farthestLatitude + meters / 110_000, 89.99)
            leastX = min(leastX, GeodesicLength().approximateMetersPerDegree(latitude: latitude).longitude)
        }
        // A degree of latitude has 110.57 to 111.70 km.
        return (meters * 1.01 / leastX, meters * 1.01 / min(metersPerDegreeY, isSmall ? .infinity : 110_570))
    }

    /// The envelope grown so that everything within `meters` is inside, with a hundredth to spare.
    func expanded(_ envelope: Envelope, byMeters meters: Double) -> Envelope {
        let (dx, dy) = reach(ofMeters: meters)
        return envelope.expanded(dx: dx, dy: dy)
    }

    /// Degrees that are at least `meters` in every direction.
    func degrees(coveringMeters meters: Double) -> Double {
        let (dx, dy) = reach(ofMeters: meters)
        return max(dx, dy)
    }

    /// The mean width in metres of a polygon of this area: 2 · area / perimeter.
    func width(of polygon: Polygon, area: Double) -> Double {
        let perimeter = polygon.rings.reduce(0) { $0 + length(of: $1) }
        return perimeter > 0 ? 2 * area / perimeter : 0
    }

    private func length(of ring: [Position]) -> Double {
        var length = 0.0
        for index in ring.indices.dropFirst() { length += distance(ring[index - 1], ring[index]) }
        return length
    }

    /// The distance in metres between two positions near each other.
    func distance(_ a: Position, _ b: Position) -> Double {
        let dx = (b.x - a.x) * metersPerDegreeX
        let dy = (b.y - a.y) * metersPerDegreeY
        return (dx * dx + dy * dy).squareRoot()
    }

    /// The distance in metres from a position to a straight edge.
    func distance(from position: Position, toEdge a: Position, _ b: Position) -> Double {
        let ax = (a.x - position.x) * metersPerDegreeX
        let ay = (a.y - position.y) * metersPerDegreeY
        let dx = (b.x - a.x) * metersPerDegreeX
        let dy = (b.y - a.y) * metersPerDegreeY
        let square = dx * dx + dy * dy
        let along = square > 0 ? min(max(-(ax * dx + ay * dy) / square, 0), 1) : 0
        let x = ax + along * dx
        let y = ay + along * dy
        return (x * x + y * y).squareRoot()
    }

    /// Whether `position` lies within `tolerance` metres of a boundary of `polygons`.
    ///
    /// - Complexity: O(*n*) in the number of edges.
    func isOnBoundary(_ position: Position, of polygons: [Polygon], within tolerance: Double) -> Bool {
        let reach = degrees(coveringMeters: tolerance)
        for polygon in polygons {
            for ring in polygon.rings {
                for index in ring.indices.dropFirst() {
                    let (a, b) = (ring[index - 1], ring[index])
                    if min(a.x, b.x) - reach <= position.x, position.x <= max(a.x, b.x) + reach,
                        min(a.y, b.y) - reach <= position.y, position.y <= max(a.y, b.y) + reach,
                        distance(from: position, toEdge: a, b) <= tolerance
                    {
                        return true
                    }
                }
            }
        }
        return false
    }
}

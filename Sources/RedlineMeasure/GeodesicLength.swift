import CoordinateReference
import Glibc
public import RedlineGeometry

/// Length on the ellipsoid of lines whose edges are straight in longitude–latitude.
///
/// A short edge is as long as the geodesic between its ends. A long one is longer, for the geodesic leaves it: cut into
/// pieces that stay within 1 mm of their geodesics, it has the sum of theirs, and lengths add up wherever a line is
/// cut. Such a sum lies within 8/3·(1 mm)²/260 m ≈ 10⁻⁸ m per piece of its limit, the arc length ∫ √(M² dB² + N² cos² B
/// dλ²), which is what is computed: it depends on no cut at all and takes a twentieth of the time. M and N are the
/// radii of curvature in the meridian and the prime vertical.
public struct GeodesicLength: Sendable {
    private let area: EllipsoidalArea
    private let geodesic: Geodesic
    private let eccentricitySquared: Double
    // Equatorial radius times a degree.
    private let scale: Double

    /// Creates the measure for an ellipsoid.
    public init(ellipsoid: Ellipsoid = .cgcs2000) {
        area = EllipsoidalArea(ellipsoid: ellipsoid)
        geodesic = Geodesic(ellipsoid)
        eccentricitySquared = ellipsoid.eccentricitySquared
        scale = ellipsoid.equatorialRadiusInMeters * LatitudeReference.radiansPerDegree
    }

    /// Returns the length of all lines at any depth; points and polygons have none (see ``perimeter(of:)``).
    ///
    /// - Parameter geometry: Longitude and latitude in degrees.
    /// - Returns: The sum of the lines' lengths.
    public func length(of geometry: Geometry) -> Length {
        geometry.parts.lines.reduce(.zero) { $0 + length(of: $1.positions) }
    }

    /// Returns the length of a line through `positions`, in longitude and latitude in degrees.
    public func length(of positions: [Position]) -> Length {
        guard var previous = positions.first else { return .zero }
        var sum = CompensatedSum()
        var latitudes = LatitudeReference()
        for position in positions.dropFirst() {
            add(previous, position, to: &sum, &latitudes)
            previous = position
        }
        return Length(meters: sum.value * scale)
    }

    /// Returns the length of an edge between two positions, in longitude and latitude in degrees.
    public func length(from start: Position, to end: Position) -> Length {
        var sum = CompensatedSum()
        var latitudes = LatitudeReference()
        add(start, end, to: &sum, &latitudes)
        return Length(meters: sum.value * scale)
    }

    /// Returns the length of all rings of a polygon, holes included.
    ///
    /// - Parameter polygon: Longitude and latitude in degrees; an open ring is closed.
    /// - Returns: The sum of the rings' lengths; 0 for an empty polygon.
    public func perimeter(of polygon: Polygon) -> Length {
        polygon.rings.reduce(.zero) { sum, ring in
            let isOpen = ring.first != ring.last
            return sum + length(of: isOpen ? ring + ring.prefix(1) : ring)
        }
    }

    /// Returns the mean width of a connected piece: twice its area over its perimeter, as a long strip has it.
    ///
    /// - Parameter polygon: Longitude and latitude in degrees.
    /// - Returns: The width; 0 where the perimeter is 0.
    public func meanWidth(of polygon: Polygon) -> Length {
        let perimeter = perimeter(of: polygon).meters
        guard perimeter > 0 else { return .zero }
        return Length(meters: 2 * area.area(of: polygon).squareMeters / perimeter)
    }

    /// Returns the length of the shortest path between two positions: the geodesic, after Karney.
    public func geodesicDistance(_ start: Position, _ end: Position) -> Length {
        geodesic.distance(from: start, to: end)
    }

    /// Returns how many metres one degree of longitude and one of latitude are at a latitude in degrees: the parallel's
    /// and the meridian's own radii, good for widths of some kilometres.
    public func approximateMetersPerDegree(latitude: Double) -> (longitude: Double, latitude: Double) {
        let radians = latitude * LatitudeReference.radiansPerDegree
        let radii = radii((sin(radians), cos(radians)))
        return (radii.parallel * scale, radii.meridian * scale)
    }

    @inline(__always)
    private func add(
        _ start: Position, _ end: Position, to sum: inout CompensatedSum, _ latitudes: inout LatitudeReference
    ) {
        let height = end.y - start.y
        guard abs(height) <= 0.5 else { return addLong(start, end, to: &sum) }
        let angle = latitudes.sincos(start.y + height / 2)
        // The scale on which the length element changes: B itself, and tan B of it. One point misses up to a 12th of
        // its square, two points some 4320th of its fourth power: 8·10⁻¹¹ and 2·10⁻¹³ of the length.
        let change = abs(height * LatitudeReference.radiansPerDegree) * (angle.cosine + abs(angle.sine))
        guard change > 3e-5 * angle.cosine else { return sum.add(element(radii(angle), start, end)) }
        guard change <= 5e-3 * angle.cosine else { return addLong(start, end, to: &sum) }
        let step = height * LatitudeReference.radiansPerDegree * 0.288_675_134_594_812_9  // 1/(2√3)
        let low = radii(LatitudeReference.turn(angle, by: -step))
        let high = radii(LatitudeReference.turn(angle, by: step))
        sum.add((element(low, start, end) + element(high, start, end)) / 2)
    }

    // Pieces of at most 0.5° and, near a pole, of a fraction of the distance to it, with 5 Gauss points each.
    @inline(never)
    private func addLong(_ start: Position, _ end: Position, to sum: inout CompensatedSum) {
        let height = end.y - start.y
        guard abs(height) <= 180 else { return sum.add(.nan) }
        let toPole = max(90 - max(abs(start.y), abs(end.y)), 0.25)
        let pieces = (abs(height) / min(0.5, toPole / 4)).rounded(.up)
        for piece in 0..<Int(pieces) {
            for (node, weight) in Self.nodes5 {
                let part = (Double(piece) + 0.5 + node) / pieces
                let latitude = (start.y + part * height) * LatitudeReference.radiansPerDegree
                sum.add(element(radii((sin(latitude), cos(latitude))), start, end) * weight / pieces)
            }
        }
    }

    @inline(__always)
    private func element(_ radii: (parallel: Double, meridian: Double), _ start: Position, _ end: Position) -> Double {
        let (dx, dy) = (radii.parallel * (end.x - start.x), radii.meridian * (end.y - start.y))
        return (dx * dx + dy * dy).squareRoot()
    }

    /// The radii of the parallel, N cos B, and of the meridian, M, over the equatorial radius.
    @inline(__always)
    private func radii(_ angle: (sine: Double, cosine: Double)) -> (parallel: Double, meridian: Double) {
        let w = 1 - eccentricitySquared * angle.sine * angle.sine
        let n = 1 / w.squareRoot()
        return (n * angle.cosine, n * (1 - eccentricitySquared) / w)
    }

    // Gauss–Legendre on −1/2…1/2.
    private static let nodes5 = [
        (-0.453_089_922_969_332, 0.118_463_442_528_094_54), (-0.269_234_655_052_841_55, 0.239_314_335_249_683_24),
        (0, 0.284_444_444_444_444_44), (0.269_234_655_052_841_55, 0.239_314_335_249_683_24),
        (0.453_089_922_969_332, 0.118_463_442_528_094_54),
    ]
}

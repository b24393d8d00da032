import Glibc
public import RedlineGeometry

/// Area on the ellipsoid under edges that are straight in longitude–latitude.
///
/// The area between the equator and latitude B is, per radian of longitude,
/// q(B) = b²/2 · [sin B/(1 − e² sin² B) + ln((1 + e sin B)/(1 − e sin B))/(2e)], so that a ring holds ∮ λ dq. Its
/// derivative, q′(B) = b² cos B/(1 − e² sin² B)², is integrated along each edge against longitude, which changes
/// linearly with B there:
/// - Gauss–Legendre with 3 points is exact to 2·10⁻¹⁶ while the edge spans at most 1° of latitude, with 4 points to 5°;
///   longer edges are halved. The longitude span plays no part, for the integrand is linear in it.
/// - Longitudes are taken from the ring's first vertex and latitudes as differences, both in degrees, before anything
///   becomes radians; the sum is compensated. The result is good to about 5·10⁻¹⁶ of the area from 10 m to 100 km.
///
/// The measure is additive: a polygon cut anywhere has the area of its parts.
public struct EllipsoidalArea: Hashable, Sendable {
    private let eccentricitySquared: Double
    // b² times the square of a degree: rings are summed in degrees of longitude and latitude.
    private let scale: Double

    /// Creates the measure for an ellipsoid.
    public init(ellipsoid: Ellipsoid = .cgcs2000) {
        eccentricitySquared = ellipsoid.eccentricitySquared
        let polarDegree = ellipsoid.polarRadiusInMeters * (Double.pi / 180)
        scale = polarDegree * polarDegree
    }

    /// Returns the area of all polygons at any depth; points and lines have none.
    ///
    /// - Parameter geometry: Longitude and latitude in degrees. Its polygons are taken as disjoint: ground that two of
    ///   them share counts twice.
    /// - Returns: The sum of the polygons' areas.
    public func area(of geometry: Geometry) -> Area {
        switch geometry {
        case .point, .multiPoint, .lineString, .multiLineString: .zero
        case .polygon(let polygon): area(of: polygon)
        case .multiPolygon(let polygons): polygons.reduce(.zero) { $0 + area(of: $1) }
        case .collection(let members): members.reduce(.zero) { $0 + area(of: $1) }
        }
    }

    /// Returns the area of a polygon: that of its exterior ring less those of its holes.
    ///
    /// - Parameter polygon: Longitude and latitude in degrees, holes disjoint and inside the exterior ring. The
    ///   direction of the rings and the choice of the first vertex do not matter.
    /// - Returns: The area; 0 for an empty polygon, NaN where a coordinate is no number.
    /// - Complexity: O(*n*) in the number of positions.
    public func area(of polygon: Polygon) -> Area {
        let shell = abs(squareMeters(of: polygon.exteriorRing))
        return Area(squareMeters: polygon.interiorRings.reduce(shell) { $0 - abs(squareMeters(of: $1)) })
    }

    /// Returns the area that a ring runs around.
    ///
    /// - Parameter ring: Longitude and latitude in degrees, closed or not; it is closed by a straight edge.
    /// - Returns: The area, negative where the ring runs clockwise.
    public func signedRingArea(_ ring: [Position]) -> Area { Area(squareMeters: squareMeters(of: ring)) }

    private func squareMeters(of ring: [Position]) -> Double {
        guard let origin = ring.first, ring.count > 2 else { return 0 }
        var sum = CompensatedSum()
        var latitudes = LatitudeReference()
        var previous = origin
        for position in ring.dropFirst() {
            add(previous, position, origin: origin.x, to: &sum, &latitudes)
            previous = position
        }
        if previous != origin { add(previous, origin, origin: origin.x, to: &sum, &latitudes) }
        return sum.value * scale
    }

    /// Adds the integral of longitude from `origin` against q′/b² along one edge.
    @inline(__always)
    private func add(
        _ start: Position, _ end: Position, origin: Double, to sum: inout CompensatedSum,
        _ latitudes: inout LatitudeReference
    ) {
        let height = end.y - start.y
        // Equal latitudes add nothing. A NaN goes on, to be seen in the result.
        guard height != 0 else { return }
        guard abs(height) <= 1 else { return addLong(start, end, origin: origin, to: &sum) }
        let span = end.x - start.x
        let middle = ((start.x - origin) + (end.x - origin)) / 2
        let angle = latitudes.sincos(start.y + height / 2)
        let step = Self.outerNode3 * height * LatitudeReference.radiansPerDegree
        let low = density(LatitudeReference.turn(angle, by: -step))
        let high = density(LatitudeReference.turn(angle, by: step))
        let inner = density(angle)
        // Weights 5/18, 8/18, 5/18 on the longitudes middle ∓ node·span.
        let mean = (5 * (low + high) + 8 * inner) / 18
        let slope = (high - low) * (5 * Self.outerNode3 / 18)
        sum.add(height * (middle * mean + span * slope))
    }

    // Rare, and so never inlined: whole degrees in one edge.
    @inline(never)
    private func addLong(_ start: Position, _ end: Position, origin: Double, to sum: inout CompensatedSum) {
        let height = end.y - start.y
        guard abs(height) <= 180 else {
            sum.add(.nan)
            return
        }
        let pieces = (abs(height) / 5).rounded(.up)
        for piece in 0..<Int(pieces) {
            for (node, weight) in Self.nodes4 {
                let part = (Double(piece) + 0.5 + node) / pieces
                let latitude = (start.y + part * height) * LatitudeReference.radiansPerDegree
                let longitude = (start.x - origin) + part * (end.x - start.x)
                sum.add(longitude * density((sin(latitude), cos(latitude))) * weight * height / pieces)
            }
        }
    }

    /// q′/b² at a latitude.
    @inline(__always)
    private func density(_ angle: (sine: Double, cosine: Double)) -> Double {
        let w = 1 - eccentricitySquared * angle.sine * angle.sine
        return angle.cosine / (w * w)
    }

    // Gauss–Legendre on −1/2…1/2.
    private static let outerNode3 = 0.387_298_334_620_741_7
    private static let nodes4 = [
        (-0.430_568_155_797_026_3, 0.173_927_422_568_726_93), (-0.169_990_521_792_428_13, 0.326_072_577_431_273_07),
        (0.169_990_521_792_428_13, 0.326_072_577_431_273_07), (0.430_568_155_797_026_3, 0.173_927_422_568_726_93),
    ]
}

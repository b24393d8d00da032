import Glibc
public import RedlineGeometry

/// Area by the trapezoid formula of the notice 国土调查办发〔2008〕32号, one trapezoid for each edge.
///
/// Each edge bounds the trapezoid between its latitudes that reaches from the ring's first meridian to the mean of its
/// longitudes. With Bm = (B₁ + B₂)/2 and ΔB = B₂ − B₁ it holds
/// S = 2b²ΔL·[A sin(ΔB/2) cos Bm − B sin(3ΔB/2) cos 3Bm + C sin(5ΔB/2) cos 5Bm − D sin(7ΔB/2) cos 7Bm +
/// E sin(9ΔB/2) cos 9Bm], with A…E from e² to the eighth power of e. This series is what is summed here, on the
/// ellipsoid of CGCS2000; the closed form that it stands for differs by at most 7.4·10⁻¹² of a zone.
///
/// Scripts compute so; a published critique describes the notice as cutting each edge into narrow strips, whose limit
/// is ``EllipsoidalArea``. Which of the two an official figure used cannot be told from its number, so no match is
/// promised. An edge differs from ``EllipsoidalArea`` by about R² sin B · ΔL · ΔB²/12, and the measure is not additive.
public struct Notice32Area: Hashable, Sendable {
    private let coefficients: [Double]
    // 2b² for longitudes in degrees.
    private let scale: Double

    /// Creates the measure for an ellipsoid. The notice itself prints the constants of Xian 1980.
    public init(ellipsoid: Ellipsoid = .cgcs2000) {
        let e2 = ellipsoid.eccentricitySquared
        let (e4, e6, e8) = (e2 * e2, e2 * e2 * e2, e2 * e2 * e2 * e2)
        coefficients = [
            1 + 3.0 / 6 * e2 + 30.0 / 80 * e4 + 35.0 / 112 * e6 + 630.0 / 2304 * e8,
            -(1.0 / 6 * e2 + 15.0 / 80 * e4 + 21.0 / 112 * e6 + 420.0 / 2304 * e8),
            3.0 / 80 * e4 + 7.0 / 112 * e6 + 180.0 / 2304 * e8,
            -(1.0 / 112 * e6 + 45.0 / 2304 * e8),
            5.0 / 2304 * e8,
        ]
        let b = ellipsoid.polarRadiusInMeters
        scale = 2 * b * b * LatitudeReference.radiansPerDegree
    }

    /// Returns the area of all polygons at any depth, taken as disjoint; points and lines have none.
    ///
    /// - Parameter geometry: Longitude and latitude in degrees: a projected file's own vertices, undensified, for each
    ///   vertex more changes the result.
    /// - Returns: The sum of the polygons' areas.
    public func area(of geometry: Geometry) -> Area {
        geometry.parts.polygons.reduce(.zero) { $0 + area(of: $1) }
    }

    /// Returns the area of a polygon, holes subtracted whatever the direction of the rings.
    ///
    /// - Parameter polygon: Longitude and latitude in degrees, its vertices undensified.
    /// - Returns: The area; 0 for an empty polygon, NaN where a coordinate is no number.
    public func area(of polygon: Polygon) -> Area {
        let shell = abs(signedRingArea(polygon.exteriorRing).squareMeters)
        return Area(
            squareMeters: polygon.interiorRings.reduce(shell) { $0 - abs(signedRingArea($1).squareMeters) })
    }

    /// Returns the area that a ring runs around.
    ///
    /// - Parameter ring: Longitude and latitude in degrees, closed or not.
    /// - Returns: The area, negative where the ring runs clockwise.
    public func signedRingArea(_ ring: [Position]) -> Area {
        guard let origin = ring.first, ring.count > 2 else { return .zero }
        var sum = CompensatedSum()
        var previous = origin
        for position in ring.dropFirst() + [origin] {
            let height = position.y - previous.y
            if height != 0 {
                let meanLongitude = ((previous.x - origin.x) + (position.x - origin.x)) / 2
                sum.add(meanLongitude * zone(middle: previous.y + height / 2, height: height))
            }
            previous = position
        }
        return Area(squareMeters: sum.value * scale)
    }

    /// The bracket of the formula. The multiples of both angles follow from the first by the recurrences
    /// cos (k+2)x = 2 cos 2x cos kx − cos (k−2)x, and the same for sines.
    private func zone(middle: Double, height: Double) -> Double {
        let middle = middle * LatitudeReference.radiansPerDegree
        let half = height / 2 * LatitudeReference.radiansPerDegree
        let (turnOfMiddle, turnOfHalf) = (2 * cos(2 * middle), 2 * cos(2 * half))
        var (cosine, cosineBefore) = (cos(middle), cos(middle))
        var (sine, sineBefore) = (sin(half), -sin(half))
        var bracket = 0.0
        for coefficient in coefficients {
            bracket += coefficient * sine * cosine
            (cosine, cosineBefore) = (turnOfMiddle * cosine - cosineBefore, cosine)
            (sine, sineBefore) = (turnOfHalf * sine - sineBefore, sine)
        }
        return bracket
    }
}

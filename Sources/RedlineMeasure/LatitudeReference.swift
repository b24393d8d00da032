import Glibc

/// Sine and cosine of latitudes that follow each other closely, at the cost of a few multiplications each.
///
/// They are known at one latitude and turned by the difference with their series. Up to 1/64 radian (0.9°) the series
/// to the eighth power is off by less than 10⁻¹⁹; beyond, the reference moves.
struct LatitudeReference {
    private var degrees = Double.infinity
    private var sine = 0.0
    private var cosine = 0.0

    init() {}

    /// Returns sine and cosine at `latitude` in degrees.
    @inline(__always)
    mutating func sincos(_ latitude: Double) -> (sine: Double, cosine: Double) {
        let difference = (latitude - degrees) * Self.radiansPerDegree
        guard abs(difference) <= 1.0 / 64 else {
            degrees = latitude
            sine = sin(latitude * Self.radiansPerDegree)
            cosine = cos(latitude * Self.radiansPerDegree)
            return (sine, cosine)
        }
        return Self.turn((sine, cosine), by: difference)
    }

    /// Turns sine and cosine by an angle of at most 1/64 radian.
    @inline(__always)
    static func turn(_ angle: (sine: Double, cosine: Double), by difference: Double) -> (sine: Double, cosine: Double) {
        let square = difference * difference
        let sine = difference * (1 - square * (1.0 / 6 - square * (1.0 / 120 - square / 5040)))
        // 1 − cos rather than cos: the small part is added last and keeps its digits.
        let versine = square * (0.5 - square * (1.0 / 24 - square * (1.0 / 720 - square / 40320)))
        return (
            angle.sine + (angle.cosine * sine - angle.sine * versine),
            angle.cosine - (angle.sine * sine + angle.cosine * versine)
        )
    }

    static let radiansPerDegree = Double.pi / 180
}

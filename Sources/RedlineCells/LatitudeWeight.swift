import Glibc
import RedlineMeasure

/// What a strip between two parallels weighs in square metres, by an expansion around the nearest quarter of a degree.
///
/// The area between the equator and latitude B is, per radian of longitude, q(B) with
/// q′(B) = b² cos B/(1 − e² sin² B)². A trapezoid whose width is linear in latitude has the area ∫ width · dq. Strips of
/// at most 1/8° lie within 3/16° = 3.3·10⁻³ rad of their centre; six terms leave out 2·10⁻¹⁸ of q′, and three points of
/// Gauss–Legendre (two below 1/200°, where they leave out 10⁻¹⁵ of the change in width) integrate them exactly.
struct LatitudeWeight {
    /// Strips higher than this are weighed in pieces.
    static let heightLimit = 0.125

    private var center = Double.nan
    private var coefficients: InlineArray<6, Double> = .init(repeating: 0)

    private static let eccentricitySquared = Ellipsoid.cgcs2000.eccentricitySquared
    private static let polarDegree = Ellipsoid.cgcs2000.polarRadiusInMeters * (Double.pi / 180)

    /// The integrals of q′ and of t·q′ over a strip, t running from 0 at its bottom to 1 at its top, in square metres
    /// per degree of longitude.
    @inline(__always)
    private mutating func moments(height: Double, middle: Double) -> (constant: Double, linear: Double) {
        if !(abs(middle - center) <= 0.125) { expand(around: middle) }
        let offset = middle - center
        if height < 0.005 {
            let step = height * 0.288_675_134_594_812_9
            let first = density(offset - step)
            let second = density(offset + step)
            return (
                (first + second) * (height / 2),
                (first * 0.211_324_865_405_187_1 + second * 0.788_675_134_594_812_9) * (height / 2)
            )
        }
        let step = height * 0.387_298_334_620_741_7
        let first = density(offset - step) * (height * (5.0 / 18))
        let second = density(offset) * (height * (8.0 / 18))
        let third = density(offset + step) * (height * (5.0 / 18))
        return (
            first + second + third,
            first * 0.112_701_665_379_258_3 + second * 0.5 + third * 0.887_298_334_620_741_7
        )
    }

    /// The area of a trapezoid between two parallels, in square metres.
    ///
    /// The parallels are `low` and `high` degrees above `base`, so that their difference keeps its digits.
    @inline(__always)
    mutating func area(
        base: Double, low: Double, high: Double, widthAtLow: Double, widthAtHigh: Double
    ) -> Double {
        let height = high - low
        guard height > Self.heightLimit else {
            let moments = moments(height: height, middle: base + (low + height / 2))
            return moments.constant * widthAtLow + moments.linear * (widthAtHigh - widthAtLow)
        }
        return areaInPieces(base: base + low, height: height, widthAtLow: widthAtLow, widthAtHigh: widthAtHigh)
    }

    @inline(never)
    private mutating func areaInPieces(
        base: Double, height: Double, widthAtLow: Double, widthAtHigh: Double
    ) -> Double {
        guard height <= 360 else { return .nan }
        let pieces = (height / Self.heightLimit).rounded(.up)
        let change = (widthAtHigh - widthAtLow) / pieces
        var sum = 0.0
        for piece in 0..<Int(pieces) {
            let middle = base + (Double(piece) + 0.5) / pieces * height
            let moments = moments(height: height / pieces, middle: middle)
            sum += moments.constant * (widthAtLow + Double(piece) * change) + moments.linear * change
        }
        return sum
    }

    @inline(__always)
    private func density(_ offset: Double) -> Double {
        let c = coefficients
        let high = c[3] + offset * (c[4] + offset * c[5])
        return c[0] + offset * (c[1] + offset * (c[2] + offset * high))
    }

    /// Sets the coefficients of q′·(π/180)² in degrees from the centre, as quotient of power series.
    @inline(never)
    private mutating func expand(around latitude: Double) {
        center = (latitude * 4).rounded() / 4
        let radians = center * (Double.pi / 180)
        let (sine, cosine) = (sin(radians), cos(radians))
        var sines = InlineArray<6, Double>(repeating: 0)
        var cosines = sines
        var (s, c) = (sine, cosine)
        var factorial = 1.0
        for order in 0..<6 {
            if order > 0 { factorial *= Double(order) }
            sines[order] = s / factorial
            cosines[order] = c / factorial
            (s, c) = (c, -s)
        }
        var root = InlineArray<6, Double>(repeating: 0)
        for order in 0..<6 {
            for first in 0...order { root[order] -= Self.eccentricitySquared * sines[first] * sines[order - first] }
        }
        root[0] += 1
        var square = InlineArray<6, Double>(repeating: 0)
        for order in 0..<6 {
            for first in 0...order { square[order] += root[first] * root[order - first] }
        }
        var quotient = InlineArray<6, Double>(repeating: 0)
        for order in 0..<6 {
            var rest = cosines[order]
            for first in 0..<order { rest -= quotient[first] * square[order - first] }
            quotient[order] = rest / square[0]
        }
        var scale = Self.polarDegree * Self.polarDegree
        for order in 0..<6 {
            coefficients[order] = quotient[order] * scale
            scale *= Double.pi / 180
        }
    }
}

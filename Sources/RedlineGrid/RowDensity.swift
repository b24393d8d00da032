import Glibc
import RedlineGeometry
import RedlineMeasure

/// The ground of one row of cells whose sides are parallels and meridians.
///
/// Within the row the ground of a strip is that of its parallel: with t from 0 at the top of the row to 1 at its bottom,
/// the density is proportional to cos B/(1 − e² sin² B)². Here it is the polynomial of degree 4 through its values at
/// five Chebyshev nodes, scaled so that a whole cell weighs 1. It is off by 10⁻¹⁶ for cells of 100 m and by 10⁻¹⁰ for
/// cells of 5°.
package struct RowDensity: Sendable {
    /// The area of a cell of the row, in square metres on the CGCS2000 ellipsoid.
    package let cellArea: Double
    private let c0: Double
    private let c1: Double
    private let c2: Double
    private let c3: Double
    private let c4: Double

    /// Measures a row.
    ///
    /// - Parameters:
    ///   - top: The latitude of its upper side in degrees, where t is 0.
    ///   - bottom: The latitude of its lower side; it may be the northern one.
    ///   - width: The width of a cell in degrees of longitude.
    package init(top: Double, bottom: Double, width: Double) {
        let ring = [
            Position(x: 0, y: bottom), Position(x: width, y: bottom), Position(x: width, y: top),
            Position(x: 0, y: top),
        ]
        cellArea = abs(EllipsoidalArea().signedRingArea(ring).squareMeters)
        // Newton's divided differences in s = t − 1/2, then powers of s.
        var differences = Self.nodes.map { Self.density(top + (bottom - top) * ($0 + 0.5)) }
        for order in 1..<5 {
            for index in stride(from: 4, through: order, by: -1) {
                differences[index] =
                    (differences[index] - differences[index - 1]) / (Self.nodes[index] - Self.nodes[index - order])
            }
        }
        var powers = [0.0, 0, 0, 0, 0]
        for index in stride(from: 4, through: 0, by: -1) {
            var shifted = [0.0, 0, 0, 0, 0]
            for order in 0..<5 {
                if order > 0 { shifted[order] += powers[order - 1] }
                shifted[order] -= Self.nodes[index] * powers[order]
            }
            shifted[0] += differences[index]
            powers = shifted
        }
        let whole = powers[0] + powers[2] / 12 + powers[4] / 80
        c0 = powers[0] / whole
        c1 = powers[1] / whole
        c2 = powers[2] / whole
        c3 = powers[3] / whole
        c4 = powers[4] / whole
    }

    /// The integrals of the density, and of the density times the place along a straight edge, over a part of the row.
    ///
    /// - Parameters:
    ///   - start: The t at which the part begins.
    ///   - end: The t at which it ends.
    ///   - startX: The place of the edge at `start`.
    ///   - endX: The place of the edge at `end`.
    /// - Returns: Both integrals, by three points of Gauss–Legendre, exact to the fifth power.
    @inline(__always)
    func integrals(from start: Double, to end: Double, startX: Double, endX: Double) -> (whole: Double, moment: Double)
    {
        let height = end - start
        let middle = (start + end) / 2 - 0.5
        let step = 0.387_298_334_620_741_7 * height
        let first = value(middle - step) * (5.0 / 18)
        let second = value(middle) * (8.0 / 18)
        let third = value(middle + step) * (5.0 / 18)
        let sum = first + second + third
        let slope = 0.387_298_334_620_741_7 * (third - first)
        return (sum * height, ((startX + endX) / 2 * sum + (endX - startX) * slope) * height)
    }

    @inline(__always)
    private func value(_ s: Double) -> Double { c0 + s * (c1 + s * (c2 + s * (c3 + s * c4))) }

    // −cos((2k + 1)π/10)/2.
    private static let nodes = [
        -0.475_528_258_147_576_8, -0.293_892_626_146_236_6, 0, 0.293_892_626_146_236_6, 0.475_528_258_147_576_8,
    ]

    private static func density(_ latitude: Double) -> Double {
        let radians = latitude * (Double.pi / 180)
        let sine = sin(radians)
        let w = 1 - Ellipsoid.cgcs2000.eccentricitySquared * sine * sine
        return cos(radians) / (w * w)
    }
}

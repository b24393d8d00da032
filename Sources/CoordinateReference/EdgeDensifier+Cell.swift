internal import Glibc
internal import RedlineGeometry

extension EdgeDensifier {
    /// The column and row of a cell, whole numbers.
    struct CellKey: Hashable {
        var x: Double
        var y: Double
    }

    /// How the map to local metres bends around the centre of a cell.
    struct Cell {
        /// The first derivatives, for the direction of a chord.
        private var jacobian = (x: Vector.zero, y: Vector.zero)
        /// The second derivatives at the centre.
        private var hessian = (xx: Vector.zero, xy: Vector.zero, yy: Vector.zero)
        /// How much |T″[d, d]| may differ from the centre's, out to one pitch, per square of d.
        private var variation = Double.infinity
        /// The largest |T″[d, d]| there may be, per square of d: an upper bound whatever the direction.
        private(set) var largestBend = Double.infinity

        /// A cell that says nothing, so that edges are judged by their transformed points.
        static let unusable = Cell()

        private init() {}

        /// Transforms the 13 positions of the stencil: three by three, and the next ones along both axes.
        init(_ key: CellKey, size: Double, _ operation: some BatchOperation) {
            let center = Position(x: (key.x + 0.5) * size, y: (key.y + 0.5) * size)
            var places: [Position] = []
            for (column, row) in Self.stencil {
                places.append(Position(x: center.x + column * size, y: center.y + row * size))
            }
            operation.apply(&places)
            guard places.allSatisfy(\.isFinite) else { return }
            let origin = places[0]
            let scale = LocalScale(latitude: origin.y)
            // Beyond some 86° the metres of a degree change too much within the cell for one scale.
            guard places.allSatisfy({ scale.isClose(to: LocalScale(latitude: $0.y)) }) else { return }
            let t = places.map { scale.meters(from: origin, to: $0) }
            jacobian.x = (t[1] - t[2]) * (0.5 / size)
            jacobian.y = (t[3] - t[4]) * (0.5 / size)
            let perSquare = 1 / (size * size)
            func second(_ low: Int, _ middle: Int, _ high: Int) -> Vector {
                (t[low] - t[middle] * 2 + t[high]) * perSquare
            }
            hessian.xx = second(2, 0, 1)
            hessian.yy = second(4, 0, 3)
            hessian.xy = (t[5] - t[6] - t[7] + t[8]) * (perSquare / 4)
            // Third derivatives, as changes over one pitch: along the axes from the outer positions, across them from
            // the neighbouring rows and columns.
            func change(_ a: Vector, _ b: Vector, _ c: Vector) -> Double { max((a - c).length, (b - c).length) }
            let xxAlong = change(second(0, 1, 9), second(10, 2, 0), hessian.xx)
            let xxAcross = change(second(7, 3, 5), second(8, 4, 6), hessian.xx)
            let yyAlong = change(second(0, 3, 11), second(12, 4, 0), hessian.yy)
            let yyAcross = change(second(6, 1, 5), second(8, 2, 7), hessian.yy)
            // T_xyx = T_xxy and T_xyy = T_yyx, so the changes across are those of the mixed derivative too.
            let mixed = xxAcross + yyAcross
            let rounding = 1e-8 * perSquare  // Degrees keep 10⁻⁹ m; four of them enter a second difference.
            variation = max(xxAlong + xxAcross, yyAlong + yyAcross) + mixed + rounding
            largestBend = max(hessian.xx.length, hessian.yy.length) + hessian.xy.length + variation
            if !largestBend.isFinite { self = .unusable }
        }

        /// Returns a bound of |T″[d, d]| across the chord of an edge d = (dx, dy), in metres.
        func bend(_ dx: Double, _ dy: Double) -> Double {
            guard largestBend.isFinite else { return .infinity }
            let chord = jacobian.x * dx + jacobian.y * dy
            let bend = hessian.xx * (dx * dx) + hessian.xy * (2 * dx * dy) + hessian.yy * (dy * dy)
            let square = dx * dx + dy * dy
            let length = chord.length
            guard length > 0 else { return largestBend * square }
            // The chord's direction is that of the centre to the same order as T″ varies, hence twice the variation.
            return abs(bend.x * chord.y - bend.y * chord.x) / length + 2 * variation * square
        }

        // Columns and rows: centre, right, left, up, down, the corners, then two pitches right, left, up, down.
        // Corners: 5 (+,+), 6 (+,−), 7 (−,+), 8 (−,−).
        private static let stencil: [(Double, Double)] = [
            (0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1), (2, 0), (-2, 0), (0, 2),
            (0, -2),
        ]
    }

    /// A vector in local metres.
    struct Vector {
        var x: Double
        var y: Double

        static let zero = Vector(x: 0, y: 0)

        var length: Double { (x * x + y * y).squareRoot() }

        static func + (lhs: Vector, rhs: Vector) -> Vector { Vector(x: lhs.x + rhs.x, y: lhs.y + rhs.y) }
        static func - (lhs: Vector, rhs: Vector) -> Vector { Vector(x: lhs.x - rhs.x, y: lhs.y - rhs.y) }
        static func * (lhs: Vector, rhs: Double) -> Vector { Vector(x: lhs.x * rhs, y: lhs.y * rhs) }
    }

    /// Metres of a degree around a latitude, to 0.7 %: on a sphere with the equatorial radius, on the safe side.
    struct LocalScale {
        private static let metersPerDegree = 6_378_137 * Double.pi / 180
        private let longitude: Double

        init(latitude: Double) { longitude = Self.metersPerDegree * max(cos(latitude * .pi / 180), 0) }

        /// Whether degrees of longitude are as long there, to 3 %.
        func isClose(to other: LocalScale) -> Bool { abs(other.longitude - longitude) <= 0.03 * longitude }

        /// The way between two places, the short one around the globe.
        func meters(from start: Position, to end: Position) -> Vector {
            var degrees = end.x - start.x
            if degrees > 180 { degrees -= 360 } else if degrees < -180 { degrees += 360 }
            return Vector(x: degrees * longitude, y: (end.y - start.y) * Self.metersPerDegree)
        }
    }
}

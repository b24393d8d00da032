import RedlineGeometry
import RedlineMeasure

/// Areas that tests reckon with.
enum EllipsoidalAreaOracle {
    /// The cell 95.0–95.1, 37.0–37.1 of the acceptance cases, in 50-digit arithmetic.
    static let cell = 98_719_156.289_364

    /// The area of a geometry.
    static func squareMeters(_ geometry: Geometry) -> Double { EllipsoidalArea().area(of: geometry).squareMeters }
}

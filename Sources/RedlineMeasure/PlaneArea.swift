public import CoordinateReference
public import RedlineGeometry

/// Area in the plane of a projected CRS, as a desktop tool shows it for a layer in that CRS.
///
/// In a 3-degree Gauss–Krüger zone at 35° N it is too large by 4.6·10⁻⁴ at the edge of the zone.
public final class PlaneArea {
    private let projection: PlaneProjection

    /// Creates the measure.
    ///
    /// - Parameters:
    ///   - crs: A projected CRS, for instance `EPSG:4520`.
    ///   - context: Reused where given.
    /// - Throws: What ``/CoordinateReference/PlaneProjection`` throws, above all for a CRS that is not projected.
    public init(in crs: String, context: ProjectionContext? = nil) throws(CoordinateReferenceError) {
        projection = try PlaneProjection(to: crs, context: context)
    }

    /// Returns the area of all polygons at any depth, taken as disjoint; points and lines have none.
    ///
    /// - Parameter geometry: Longitude and latitude in degrees; its vertices are projected, and the edges between them
    ///   are straight in the plane.
    /// - Returns: Square metres of the plane, whatever its unit.
    /// - Throws: ``/CoordinateReference/CoordinateReferenceError`` where a position has no place in the plane.
    public func area(of geometry: Geometry) throws(CoordinateReferenceError) -> Area {
        var area = Area.zero
        for polygon in geometry.parts.polygons { area += try self.area(of: polygon) }
        return area
    }

    /// Returns the area of a polygon, holes subtracted whatever the direction of the rings.
    ///
    /// - Parameter polygon: Longitude and latitude in degrees.
    /// - Returns: Square metres of the plane, whatever its unit.
    /// - Throws: ``/CoordinateReference/CoordinateReferenceError`` where a position has no place in the plane.
    public func area(of polygon: Polygon) throws(CoordinateReferenceError) -> Area {
        var squareUnits = abs(Self.shoelace(try projection.project(polygon.exteriorRing)))
        for ring in polygon.interiorRings { squareUnits -= abs(Self.shoelace(try projection.project(ring))) }
        let unit = projection.linearUnitInMeters
        return Area(squareMeters: squareUnits * unit * unit)
    }

    // Coordinates from the first vertex: eastings of 3·10⁷ would eat half of the digits.
    private static func shoelace(_ ring: [Position]) -> Double {
        guard let origin = ring.first, ring.count > 2 else { return 0 }
        var sum = CompensatedSum()
        var previous = Position(x: 0, y: 0)
        for position in ring.dropFirst() {
            let current = Position(x: position.x - origin.x, y: position.y - origin.y)
            sum.add(previous.x * current.y - current.x * previous.y)
            previous = current
        }
        return sum.value / 2
    }
}

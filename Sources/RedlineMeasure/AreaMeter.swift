public import CoordinateReference
public import RedlineGeometry

/// Measures areas by a method that is chosen at run time, for one task at a time.
public final class AreaMeter {
    /// What is measured.
    public let method: AreaMethod
    private let measure: Measure

    private enum Measure {
        case ellipsoidal(EllipsoidalArea)
        case notice32(Notice32Area)
        case geodesic(GeodesicArea)
        case plane(PlaneArea)
    }

    /// Creates a meter on the ellipsoid of CGCS2000.
    ///
    /// - Parameters:
    ///   - method: What to measure.
    ///   - context: Reused where the method needs PROJ and it is given.
    /// - Throws: ``/CoordinateReference/CoordinateReferenceError`` where the CRS of a plane method is unknown, not
    ///   projected, or of a datum that cannot be reached.
    public init(method: AreaMethod, context: ProjectionContext? = nil) throws(CoordinateReferenceError) {
        self.method = method
        switch method {
        case .ellipsoidal: measure = .ellipsoidal(EllipsoidalArea())
        case .notice32: measure = .notice32(Notice32Area())
        case .geodesic: measure = .geodesic(GeodesicArea())
        case .plane(let crs): measure = .plane(try PlaneArea(in: crs, context: context))
        }
    }

    /// Returns the area of all polygons at any depth, taken as disjoint, holes subtracted; points and lines have none.
    ///
    /// - Parameter geometry: Longitude and latitude in degrees. For ``AreaMethod/notice32`` and
    ///   ``AreaMethod/geodesic`` the polygon's own vertices, undensified.
    /// - Returns: The area, whatever the direction of the rings.
    /// - Throws: ``/CoordinateReference/CoordinateReferenceError`` where a position has no place in the plane of
    ///   ``AreaMethod/plane(_:)``; the other methods throw nothing.
    public func area(of geometry: Geometry) throws(CoordinateReferenceError) -> Area {
        switch measure {
        case .ellipsoidal(let measure): measure.area(of: geometry)
        case .notice32(let measure): measure.area(of: geometry)
        case .geodesic(let measure): measure.area(of: geometry)
        case .plane(let measure): try measure.area(of: geometry)
        }
    }
}

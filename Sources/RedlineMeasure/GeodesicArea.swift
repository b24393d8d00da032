public import CoordinateReference
public import RedlineGeometry

/// Area under edges that are geodesics, as GeographicLib, PostGIS and QGIS measure it.
///
/// It equals none of the other measures except in the limit of short edges, and a polygon cut by a parallel does not
/// have the area of its parts.
public struct GeodesicArea: Sendable {
    private let geodesic: Geodesic

    /// Creates the measure for an ellipsoid.
    public init(ellipsoid: Ellipsoid = .cgcs2000) { geodesic = Geodesic(ellipsoid) }

    /// Returns the area of all polygons at any depth, taken as disjoint; points and lines have none.
    ///
    /// - Parameter geometry: Longitude and latitude in degrees, its vertices undensified.
    /// - Returns: The sum of the polygons' areas.
    public func area(of geometry: Geometry) -> Area {
        geometry.parts.polygons.reduce(.zero) { $0 + area(of: $1) }
    }

    /// Returns the area of a polygon, holes subtracted whatever the direction of the rings.
    ///
    /// - Parameter polygon: Longitude and latitude in degrees, each ring smaller than half of the ellipsoid.
    /// - Returns: The area; 0 for an empty polygon.
    public func area(of polygon: Polygon) -> Area {
        let shell = abs(geodesic.signedAreaAndPerimeter(of: polygon.exteriorRing).area.squareMeters)
        return Area(
            squareMeters: polygon.interiorRings.reduce(shell) {
                $0 - abs(geodesic.signedAreaAndPerimeter(of: $1).area.squareMeters)
            })
    }
}

extension Geodesic {
    /// Creates the geodesics of an ellipsoid.
    public init(_ ellipsoid: Ellipsoid) {
        self.init(
            equatorialRadiusInMeters: ellipsoid.equatorialRadiusInMeters, flattening: ellipsoid.flattening)
    }
}

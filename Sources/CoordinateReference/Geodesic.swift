internal import CRedlinePROJ
public import RedlineGeometry

/// Geodesics on an ellipsoid, by the method of [Karney 2013] as PROJ carries it.
///
/// Positions are longitude and latitude in degrees; latitudes beyond ±90° give NaN.
///
/// [Karney 2013]: https://doi.org/10.1007/s00190-012-0578-z
public struct Geodesic: Sendable {
    private let constants: geod_geodesic

    /// Creates the geodesics of an ellipsoid of revolution.
    ///
    /// - Parameters:
    ///   - equatorialRadiusInMeters: The semi-major axis.
    ///   - flattening: (a − b)/a.
    public init(equatorialRadiusInMeters: Double, flattening: Double) {
        var constants = geod_geodesic()
        unsafe geod_init(&constants, equatorialRadiusInMeters, flattening)
        self.constants = constants
    }

    /// The geodesics of CGCS2000.
    public static let cgcs2000 = Geodesic(equatorialRadiusInMeters: 6_378_137, flattening: 1 / 298.257222101)

    /// Returns the length of the shortest path between two positions, to about 15 nanometres.
    public func distance(from start: Position, to end: Position) -> Length {
        var meters = 0.0
        unsafe withConstants { unsafe geod_inverse($0, start.y, start.x, end.y, end.x, &meters, nil, nil) }
        return Length(meters: meters)
    }

    /// Returns the azimuth at which the shortest path leaves `start`, in degrees clockwise from north, −180 to 180.
    public func azimuth(from start: Position, to end: Position) -> Double {
        var azimuth = 0.0
        unsafe withConstants { unsafe geod_inverse($0, start.y, start.x, end.y, end.x, nil, &azimuth, nil) }
        return azimuth
    }

    /// Returns the position at a distance and azimuth (degrees clockwise from north); its longitude from −180 to 180.
    public func position(from start: Position, azimuth: Double, distance: Length) -> Position {
        var end = Position(x: 0, y: 0)
        unsafe withConstants { unsafe geod_direct($0, start.y, start.x, azimuth, distance.meters, &end.y, &end.x, nil) }
        return end
    }

    /// Returns the area within a ring whose edges are geodesics, and the length of the ring.
    ///
    /// - Parameter ring: Closed or not; it is closed by the geodesic to its first position.
    /// - Returns: The area, negative where the ring runs clockwise, at most half of the ellipsoid; and the perimeter.
    ///   Both 0 where there are fewer than two positions.
    public func signedAreaAndPerimeter(of ring: [Position]) -> (area: Area, perimeter: Length) {
        var polygon = geod_polygon()
        unsafe geod_polygon_init(&polygon, 0)
        // The closing position adds an edge of length 0: leave it out, as the closing edge is drawn anyway.
        let isClosed = ring.count > 1 && ring.first == ring.last
        var squareMeters = 0.0
        var meters = 0.0
        unsafe withConstants { constants in
            for position in isClosed ? ring.dropLast() : ring[...] {
                unsafe geod_polygon_addpoint(constants, &polygon, position.y, position.x)
            }
            _ = unsafe geod_polygon_compute(constants, &polygon, 0, 1, &squareMeters, &meters)
        }
        return (Area(squareMeters: squareMeters), Length(meters: meters))
    }

    private func withConstants(_ body: (UnsafePointer<geod_geodesic>) -> Void) {
        unsafe withUnsafePointer(to: constants) { unsafe body($0) }
    }
}

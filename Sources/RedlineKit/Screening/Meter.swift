import RedlineGeometry
import RedlineMeasure

/// Measures ground by the methods of a run; one for each task.
final class Meter {
    private let chosen: AreaMeter?
    private let geodesic: AreaMeter?
    private let notice32: AreaMeter?
    private let ellipsoidal = EllipsoidalArea()
    private let lengths = GeodesicLength()

    init(_ options: ScreeningOptions) throws {
        chosen = options.areaMethod == .ellipsoidal ? nil : try AreaMeter(method: options.areaMethod)
        notice32 = options.showsAllAreas ? try AreaMeter(method: .notice32) : nil
        geodesic = options.showsAllAreas ? try AreaMeter(method: .geodesic) : nil
    }

    /// The area of polygons that share no ground; zero for none.
    func area(of polygons: [Polygon]) throws -> MeasuredArea {
        let geometry = Geometry.multiPolygon(polygons)
        let own = ellipsoidal.area(of: geometry).squareMeters
        return MeasuredArea(
            chosen: try chosen?.area(of: geometry).squareMeters ?? own, ellipsoidal: own,
            notice32: try notice32?.area(of: geometry).squareMeters,
            geodesic: try geodesic?.area(of: geometry).squareMeters)
    }

    /// The ellipsoidal area in square metres alone.
    func ellipsoidalArea(of polygons: [Polygon]) -> Double {
        ellipsoidal.area(of: .multiPolygon(polygons)).squareMeters
    }

    /// The geodesic length of lines in metres.
    func length(of lines: [LineString]) -> Double {
        lines.reduce(0) { $0 + lengths.length(of: $1.positions).meters }
    }

    /// The geodesic length of an edge in metres.
    func length(from start: Position, to end: Position) -> Double { lengths.length(from: start, to: end).meters }
}

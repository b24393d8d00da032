import CoordinateReference
import GeometryEngine
import RedlineGeometry
import RedlineMeasure

/// Makes ground of rows and says what is wrong with their geometry; one for each task.
final class RowJudge {
    private let context: GeometryContext
    private let transformation: CoordinateTransformation
    private let measure = EllipsoidalArea()

    /// GEOS judges a polygon of up to this many positions as a whole; a larger one is looked at in pieces first.
    private static let wholeLimit = 20_000

    init(crs: String) throws {
        context = try GeometryContext()
        transformation = try CoordinateTransformation(from: crs)
    }

    /// The row with its ground, its area, and what is wrong.
    func judged(_ row: CheckedRow) throws -> CheckedRow {
        var row = row
        let geometry: Geometry
        switch row.source {
        case .failure(let problem):
            row.geometryFaults = [GroundFault(reason: "\(problem)", location: nil)]
            return row
        case .success(nil):
            row.geometryFaults = [GroundFault(reason: "no geometry", location: nil)]
            return row
        case .success(let found?): geometry = found
        }
        guard !geometry.isEmpty else {
            row.geometryFaults = [GroundFault(reason: "an empty geometry", location: nil)]
            return row
        }
        var isFinite = true
        geometry.forEachPosition { if !$0.isFinite { isFinite = false } }
        guard isFinite else {
            row.geometryFaults = [GroundFault(reason: "a coordinate is not a number", location: nil)]
            return row
        }
        let inside: Geometry
        do {
            inside = try transformation.densifiedAndTransformed(geometry)
        } catch {
            row.misfit = "\(error)"
            return row
        }
        row.geometryFaults = try faults(of: inside)
        do {
            row.ground = try Ground.of(inside, repairing: true, in: context).ground
        } catch let fault as GroundFault {
            row.geometryFaults.append(fault)
        } catch let error as GeometryError {
            row.geometryFaults.append(GroundFault(reason: "\(error)", location: nil))
        }
        row.area = measure.area(of: .multiPolygon(row.ground.polygons)).squareMeters
        return row
    }

    /// One fault for each polygon that breaks the rules, else one for parts that do not fit together.
    private func faults(of geometry: Geometry) throws -> [GroundFault] {
        let parts = geometry.parts
        var faults: [GroundFault] = []
        for line in parts.lines where line.positions.allSatisfy({ $0 == line.positions[0] }) {
            faults.append(GroundFault(reason: "a line without length", location: line.positions.first))
        }
        let polygons = parts.polygons
        guard !polygons.isEmpty else { return faults }
        let isClosed = polygons.allSatisfy(Ground.hasClosedRings)
        if isClosed {
            let size = polygons.reduce(0) { $0 + $1.positionCount }
            if size > Self.wholeLimit, PiecewiseValidity(context: context).holds(polygons) { return faults }
            if (try? context.geometry(.multiPolygon(polygons)).isValid) == true { return faults }
        }
        for polygon in polygons { if let fault = try Ground.fault(of: polygon, in: context) { faults.append(fault) } }
        if faults.isEmpty,
            case .invalid(let reason, let location) = try context.geometry(.multiPolygon(polygons)).validity()
        {
            faults.append(GroundFault(reason: reason, location: location))
        }
        return faults
    }
}

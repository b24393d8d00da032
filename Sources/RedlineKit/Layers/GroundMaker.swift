import CoordinateReference
import GeometryEngine
import LayerIO
import RedlineGeometry

/// Ground, or why a row gives none.
enum ShapedGround: Sendable {
    case ground(Ground, isRepaired: Bool)
    case fault(String)
}

/// Brings geometries of one CRS to the inside plane and judges them; one for each task.
final class GroundMaker {
    let context: GeometryContext
    private let transformation: CoordinateTransformation

    init(crs: String) throws {
        context = try GeometryContext()
        transformation = try CoordinateTransformation(from: crs)
    }

    /// The ground of a row.
    ///
    /// - Throws: `CoordinateReferenceError` for positions that the CRS cannot mean.
    func ground(
        of geometry: Result<Geometry?, FeatureProblem>, repairing: Bool
    ) throws -> ShapedGround {
        let source: Geometry
        switch geometry {
        case .failure(let problem): return .fault("\(problem)")
        case .success(nil): return .fault("no geometry")
        case .success(let geometry?): source = geometry
        }
        if source.isEmpty { return .fault("an empty geometry") }
        if let count = Self.countBeforeBad(source) {
            return .fault("a coordinate is not a number, after \(count) positions")
        }
        let inside = try transformation.densifiedAndTransformed(source)
        do {
            let (ground, isRepaired) = try Ground.of(inside, repairing: repairing, in: context)
            return ground.isEmpty
                ? .fault("nothing is left of it after repair") : .ground(ground, isRepaired: isRepaired)
        } catch let fault as GroundFault {
            return .fault("\(fault)")
        } catch let error as GeometryError {
            return .fault("\(error)")
        }
    }

    /// The number of positions before the first that is not finite; nil where all are.
    private static func countBeforeBad(_ geometry: Geometry) -> Int? {
        var count = 0
        var bad: Int?
        geometry.forEachPosition { position in
            if bad == nil, !position.isFinite { bad = count }
            count += 1
        }
        return bad
    }
}

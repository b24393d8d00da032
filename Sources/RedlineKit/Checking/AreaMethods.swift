import CoordinateReference
import RedlineGeometry
import RedlineMeasure

/// The ways in which somebody may have computed an area, and what each gives for rows of a layer.
final class AreaMethods {
    /// The methods, the likely ones first.
    let candidates: [AreaMethod]
    private let transformation: CoordinateTransformation
    private let context: ProjectionContext
    private var meters: [AreaMethod: AreaMeter] = [:]

    /// The methods that are worth trying for a layer: on the ellipsoid, in the CRS of the file, and in the planes of
    /// CGCS2000 around it, three degrees and six.
    init(_ layer: CheckedLayer, crs: String) throws {
        context = try ProjectionContext()
        transformation = try CoordinateTransformation(from: crs, context: context)
        var methods: [AreaMethod] = [.notice32, .geodesic]
        if transformation.source.isProjected, let code = transformation.source.authorityCode {
            methods.append(.plane(code))
        }
        let envelope = layer.rows.reduce(into: Envelope.empty) { $0.formUnion($1.ground.envelope) }
        if !envelope.isEmpty {
            methods += Self.zones(3, first: 25, code: 4513, envelope) { ($0 / 3).rounded() }
            methods += Self.zones(6, first: 13, code: 4491, envelope) { ($0 / 6).rounded(.down) + 1 }
        }
        var seen: Set<AreaMethod> = []
        candidates = methods.filter { seen.insert($0).inserted }
    }

    /// The zones of CGCS2000 that the envelope reaches, and one more on either side; at most nine around its middle.
    private static func zones(
        _ degrees: Double, first: Int, code: Int, _ envelope: Envelope, _ number: (Double) -> Double
    ) -> [AreaMethod] {
        guard envelope.minX > 60, envelope.maxX < 150 else { return [] }
        let middle = Int(number(envelope.center.x))
        let reach = min(4, max(1, Int(envelope.width / degrees / 2) + 1))
        let zones = (middle - reach...middle + reach).sorted { (abs($0 - middle), $0) < (abs($1 - middle), $1) }
        let count = degrees == 3 ? 21 : 11
        return zones.filter { $0 >= first && $0 < first + count }.map { .plane("EPSG:\(code + $0 - first)") }
    }

    /// The area of a row in square metres, on its own vertices; nil where it has no geometry or no place in a plane.
    func area(of row: CheckedRow, by method: AreaMethod) -> Double? {
        guard method != .ellipsoidal else { return row.area }
        guard case .success(let geometry?) = row.source,
            let vertices = try? geometry.mapRuns({ (run) throws(CoordinateReferenceError) in
                try transformation.transform(run)
            })
        else { return nil }
        if meters[method] == nil { meters[method] = try? AreaMeter(method: method, context: context) }
        return (try? meters[method]?.area(of: vertices))?.squareMeters
    }

    /// What a method is called, in both languages.
    static func words(_ method: AreaMethod) -> (zh: String, en: String) {
        switch method {
        case .ellipsoidal: return ("椭球面积（ellipsoidal）", "ellipsoidal")
        case .notice32: return ("国土调查办发〔2008〕32号梯形公式（notice32）", "notice32, the trapezoids of the notice of 2008")
        case .geodesic: return ("测地线面积（geodesic）", "geodesic")
        case .plane(let code):
            guard let number = Int(code.dropFirst(5)) else { return ("平面面积 \(code)", "plane in \(code)") }
            if (4513...4533).contains(number) {
                let zone = number - 4513 + 25
                return ("平面面积，3 度带第 \(zone) 带（\(code)）", "plane in 3-degree zone \(zone) (\(code))")
            }
            if (4491...4501).contains(number) {
                let zone = number - 4491 + 13
                return ("平面面积，6 度带第 \(zone) 带（\(code)）", "plane in 6-degree zone \(zone) (\(code))")
            }
            if number == 3857 { return ("网络墨卡托平面面积（\(code)）", "plane in Web Mercator (\(code)), which enlarges") }
            return ("平面面积 \(code)", "plane in \(code)")
        }
    }
}

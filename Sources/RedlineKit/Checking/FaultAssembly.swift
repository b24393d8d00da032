import GeometryEngine
import RedlineGeometry
import RedlineMeasure

/// Measures, names and orders the faults of one layer.
struct FaultAssembly {
    let meter: AreaMeter
    let context: GeometryContext
    private let ellipsoidal = EllipsoidalArea()

    init(_ method: AreaMethod) throws {
        meter = try AreaMeter(method: method)
        context = try GeometryContext()
    }

    /// The faults: worst first, then by kind, row and key.
    func faults(_ drafts: [FaultDraft], of layer: CheckedLayer?, named id: String) throws -> [Fault] {
        let kinds = FaultKind.allCases
        let ordered = drafts.sorted { lhs, rhs in
            let left = (lhs.severity == .error ? 0 : lhs.severity == .warning ? 1 : 2, order(lhs, kinds), lhs.row ?? -1)
            let right = (
                rhs.severity == .error ? 0 : rhs.severity == .warning ? 1 : 2, order(rhs, kinds), rhs.row ?? -1
            )
            return left == right ? lhs.key < rhs.key : left < right
        }
        let counts = layer?.codeCounts ?? [:]
        var seen: [String: Int] = [:]
        var keys: [Int: String] = [:]
        return try ordered.map { draft in
            let row = draft.row.flatMap { layer?.rows[$0] }
            // A large zone may have many faults.
            if let place = draft.row, let row, keys[place] == nil { keys[place] = key(of: row, counts) }
            let key = draft.row.flatMap { keys[$0] } ?? ""
            let base = FindingIdentifier.hash([id, draft.kind.rawValue, key, draft.key])
            seen[base, default: 0] += 1
            let number = seen[base] ?? 1
            return try fault(draft, row, layer: id, id: number == 1 ? base : "\(base)-\(number)")
        }
    }

    private func order(_ draft: FaultDraft, _ kinds: [FaultKind]) -> Int {
        kinds.firstIndex(of: draft.kind) ?? kinds.count
    }

    /// The code where it is the row's own, else what tells the ground apart, else the number.
    private func key(of row: CheckedRow, _ counts: [String: Int]) -> String {
        if let code = row.code, counts[code] == 1 { return code }
        let ground = row.ground.isEmpty ? row.id : FindingIdentifier.geometryHash(of: row.ground)
        return (row.code ?? "") + "#" + ground
    }

    private func fault(_ draft: FaultDraft, _ row: CheckedRow?, layer: String, id: String) throws -> Fault {
        var geometry: Geometry?
        var area = draft.area
        var width = draft.width
        var place = draft.place
        if !draft.polygons.isEmpty {
            let shape: Geometry =
                draft.polygons.count == 1 ? .polygon(draft.polygons[0]) : .multiPolygon(draft.polygons)
            geometry = shape
            area = try meter.area(of: shape).squareMeters
            width = width ?? widest(draft.polygons)
            place = place ?? inside(draft.polygons)
        } else if let place {
            geometry = .point(place)
        }
        return Fault(
            id: id, severity: draft.severity, kind: draft.kind, layer: layer, feature: row?.id, zoneCode: row?.code,
            message: draft.message, area: area.map { Area(squareMeters: $0) }, width: width.map { Length(meters: $0) },
            place: place ?? row?.ground.firstPosition, geometry: geometry)
    }

    /// The width in metres of the widest piece.
    private func widest(_ polygons: [Polygon]) -> Double? {
        polygons.map { polygon in
            LocalScale(around: Envelope(polygon.exteriorRing)).width(
                of: polygon, area: ellipsoidal.area(of: polygon).squareMeters)
        }.max()
    }

    /// A position inside the largest piece.
    private func inside(_ polygons: [Polygon]) -> Position? {
        guard let largest = polygons.max(by: { $0.planarArea < $1.planarArea }) else { return nil }
        let point = try? context.polygon(largest).pointOnSurface().value()
        if case .point(let position?)? = point { return position }
        return largest.exteriorRing.first
    }
}

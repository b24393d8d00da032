import CoordinateReference
import RedlineCells
import RedlineGeometry
import RedlineMeasure

/// Metres for small steps in the coordinates of a CRS.
struct PlaneScale {
    let metersPerUnitX: Double
    let metersPerUnitY: Double

    /// The unit of a projected CRS; of degrees what they are in the middle of the zones.
    init(_ crs: CRSDefinition, around envelopes: [Envelope]) {
        if let unit = crs.linearUnitInMeters {
            (metersPerUnitX, metersPerUnitY) = (unit, unit)
        } else {
            let scale = LocalScale(around: envelopes.reduce(into: Envelope.empty) { $0.formUnion($1) })
            (metersPerUnitX, metersPerUnitY) = (scale.metersPerDegreeX, scale.metersPerDegreeY)
        }
    }

    init(metersPerUnit: Double) { (metersPerUnitX, metersPerUnitY) = (metersPerUnit, metersPerUnit) }

    func distance(_ a: Position, _ b: Position) -> Double {
        let dx = (b.x - a.x) * metersPerUnitX
        let dy = (b.y - a.y) * metersPerUnitY
        return (dx * dx + dy * dy).squareRoot()
    }

    /// The part from 0 to 1 of an edge that is nearest to a position.
    func part(of position: Position, along a: Position, _ b: Position) -> Double {
        let dx = (b.x - a.x) * metersPerUnitX
        let dy = (b.y - a.y) * metersPerUnitY
        let square = dx * dx + dy * dy
        guard square > 0 else { return 0 }
        let along = (position.x - a.x) * metersPerUnitX * dx + (position.y - a.y) * metersPerUnitY * dy
        return min(max(along / square, 0), 1)
    }
}

/// Moves vertices of polygons to vertices and lines of polygons that came before, and lets edges run through their
/// vertices, so that neighbours share one line.
final class RingSnapper {
    private let distance: Double
    private let scale: PlaneScale
    /// The edges of what came before, by zone, each with an index.
    private var zones: [(edges: [(Position, Position)], index: PackedRTree, envelope: Envelope)] = []

    init(distance: Double, scale: PlaneScale) {
        self.distance = distance
        self.scale = scale
    }

    /// Takes in polygons that later ones snap to.
    func add(_ polygons: [Polygon]) {
        let edges = polygons.flatMap(\.rings).flatMap { Array(zip($0, $0.dropFirst())) }
        let rectangles = edges.map { Envelope([$0.0, $0.1]) }
        zones.append((edges, PackedRTree(rectangles), rectangles.reduce(into: .empty) { $0.formUnion($1) }))
    }

    /// What snapping makes of polygons; nil where nothing moves.
    func snapped(_ polygons: [Polygon]) -> (polygons: [Polygon], count: Int, longestShift: Double)? {
        let reach = grown(polygons.reduce(into: Envelope.empty) { $0.formUnion(Envelope($1.exteriorRing)) })
        let near = zones.filter { $0.envelope.intersects(reach) }
        guard !near.isEmpty else { return nil }
        var count = 0
        var longest = 0.0
        func ring(_ ring: [Position]) -> [Position] {
            var moved = ring.dropLast().map { vertex -> Position in
                guard let target = target(of: vertex, near) else { return vertex }
                count += 1
                longest = max(longest, scale.distance(vertex, target))
                return target
            }
            guard let first = moved.first else { return ring }
            moved.append(first)
            return withoutRepeats(through(moved, near, &count, &longest))
        }
        let result = polygons.map { polygon in
            Polygon(exteriorRing: ring(polygon.exteriorRing), interiorRings: polygon.interiorRings.map(ring))
        }
        return count == 0 ? nil : (result, count, longest)
    }

    private typealias Zone = (edges: [(Position, Position)], index: PackedRTree, envelope: Envelope)

    private func grown(_ envelope: Envelope) -> Envelope {
        envelope.expanded(dx: distance * 1.01 / scale.metersPerUnitX, dy: distance * 1.01 / scale.metersPerUnitY)
    }

    /// Where a vertex goes: the nearest vertex within the distance, else the nearest place on a line; nil where it
    /// stays, as one on a vertex does.
    private func target(of vertex: Position, _ near: [Zone]) -> Position? {
        let window = grown(Envelope([vertex]))
        var corner: (distance: Double, position: Position)?
        var place: (distance: Double, position: Position)?
        for zone in near where zone.envelope.intersects(window) {
            for index in zone.index.indices(intersecting: window) {
                let (a, b) = zone.edges[index]
                for end in [a, b] {
                    let distance = scale.distance(vertex, end)
                    if distance == 0 { return nil }
                    if distance <= self.distance, distance < corner?.distance ?? .infinity { corner = (distance, end) }
                }
                let part = scale.part(of: vertex, along: a, b)
                let foot = Position(x: a.x + part * (b.x - a.x), y: a.y + part * (b.y - a.y))
                let distance = scale.distance(vertex, foot)
                if distance <= self.distance, distance < place?.distance ?? .infinity { place = (distance, foot) }
            }
        }
        if let corner { return corner.position }
        // What lies on a line but for rounding need not move.
        return place.flatMap { $0.distance > 1e-6 ? $0.position : nil }
    }

    /// The ring with the vertices of neighbours that lie along its edges.
    private func through(
        _ ring: [Position], _ near: [Zone], _ count: inout Int, _ longest: inout Double
    ) -> [Position] {
        let own = Set(ring)
        var result: [Position] = []
        for (a, b) in zip(ring, ring.dropFirst()) {
            result.append(a)
            let window = grown(Envelope([a, b]))
            var found: [(part: Double, position: Position)] = []
            var seen: Set<Position> = []
            for zone in near where zone.envelope.intersects(window) {
                for index in zone.index.indices(intersecting: window) {
                    for corner in [zone.edges[index].0, zone.edges[index].1]
                    where !own.contains(corner) && seen.insert(corner).inserted {
                        let part = scale.part(of: corner, along: a, b)
                        let foot = Position(x: a.x + part * (b.x - a.x), y: a.y + part * (b.y - a.y))
                        let distance = scale.distance(corner, foot)
                        // What lies on the edge but for rounding need not be in it.
                        guard part > 0, part < 1, distance > 1e-6, distance <= self.distance else { continue }
                        found.append((part, corner))
                        longest = max(longest, distance)
                    }
                }
            }
            found.sort { $0.part < $1.part }
            count += found.count
            result += found.map(\.position)
        }
        if let last = ring.last { result.append(last) }
        return result
    }

    private func withoutRepeats(_ ring: [Position]) -> [Position] {
        var result: [Position] = []
        for position in ring where position != result.last { result.append(position) }
        return result
    }
}

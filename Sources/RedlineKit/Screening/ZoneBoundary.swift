import RedlineCells
import RedlineGeometry

/// The edges of a zone, indexed for questions about what lies nearest.
struct ZoneBoundary: Sendable {
    private let starts: [Position]
    private let ends: [Position]
    /// The edge that ends where each edge starts.
    private let previous: [Int32]
    private let tree: PackedRTree
    /// A position of each polygon.
    let anchors: [Position]

    /// Edges that one rectangle of the index holds.
    private static let chunk = 8

    init(_ polygons: [Polygon]) {
        var (starts, ends): ([Position], [Position]) = ([], [])
        var previous: [Int32] = []
        for ring in polygons.lazy.flatMap(\.rings) {
            let first = starts.count
            for index in ring.indices.dropFirst() where ring[index - 1] != ring[index] {
                previous.append(Int32(starts.count - 1))
                starts.append(ring[index - 1])
                ends.append(ring[index])
            }
            if starts.count > first { previous[first] = Int32(starts.count - 1) }
        }
        tree = PackedRTree(
            stride(from: 0, to: starts.count, by: Self.chunk).map { first in
                var envelope = Envelope.empty
                for index in first..<min(first + Self.chunk, starts.count) {
                    envelope.formUnion(Envelope([starts[index], ends[index]]))
                }
                return envelope
            })
        (self.starts, self.ends, self.previous) = (starts, ends, previous)
        anchors = polygons.compactMap(\.exteriorRing.first)
    }

    /// Calls `body` with the edges whose rectangles meet a window.
    func forEachEdge(in window: Envelope, _ body: (Position, Position) -> Void) {
        tree.forEachIndex(intersecting: window) { chunk in
            for index in chunk * Self.chunk..<min((chunk + 1) * Self.chunk, starts.count)
            where Envelope([starts[index], ends[index]]).intersects(window) { body(starts[index], ends[index]) }
        }
    }

    /// Calls `body` with the places, between those before and after them, at which edges start that may meet a window.
    func forEachVertex(in window: Envelope, _ body: (Position, Position, Position) -> Void) {
        tree.forEachIndex(intersecting: window) { chunk in
            for index in chunk * Self.chunk..<min((chunk + 1) * Self.chunk, starts.count) {
                body(starts[Int(previous[index])], starts[index], ends[index])
            }
        }
    }

    /// Whether a position lies inside, by the edges that a ray to the east meets.
    ///
    /// - Complexity: O(log *n* + met).
    func contains(_ position: Position) -> Bool {
        var isInside = false
        let ray = Envelope(minX: position.x, minY: position.y, maxX: .infinity, maxY: position.y)
        forEachEdge(in: ray) { a, b in
            guard (a.y > position.y) != (b.y > position.y) else { return }
            let x = a.x + (position.y - a.y) / (b.y - a.y) * (b.x - a.x)
            if x > position.x { isInside.toggle() }
        }
        return isInside
    }

    /// The place of the boundary that is nearest to a position, with its distance in metres.
    func nearest(to position: Position, _ scale: LocalScale) -> (place: Position, distance: Double)? {
        guard !starts.isEmpty else { return nil }
        var reach = 50.0
        while true {
            var best: (place: Position, distance: Double)?
            let window = scale.expanded(Envelope([position]), byMeters: reach)
            forEachEdge(in: window) { a, b in
                let place = scale.nearest(to: position, onEdge: a, b)
                let distance = scale.distance(from: position, toEdge: place, place)
                if distance < best?.distance ?? .infinity { best = (place, distance) }
            }
            if let best, best.distance <= reach { return best }
            // Half the Earth and nothing: the zone has no edge that counts.
            guard reach < 2e7 else { return best }
            reach *= 3
        }
    }
}

extension LocalScale {
    /// The place of a straight edge that is nearest to a position.
    func nearest(to position: Position, onEdge a: Position, _ b: Position) -> Position {
        let (ax, ay) = ((a.x - position.x) * metersPerDegreeX, (a.y - position.y) * metersPerDegreeY)
        let (dx, dy) = ((b.x - a.x) * metersPerDegreeX, (b.y - a.y) * metersPerDegreeY)
        let square = dx * dx + dy * dy
        let along = square > 0 ? min(max(-(ax * dx + ay * dy) / square, 0), 1) : 0
        return Position(x: a.x + (b.x - a.x) * along, y: a.y + (b.y - a.y) * along)
    }
}

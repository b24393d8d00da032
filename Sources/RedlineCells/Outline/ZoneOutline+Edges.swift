package import RedlineGeometry

extension ZoneOutline {
    /// Calls `body` with the edges whose rectangles meet a window.
    package func forEachEdge(in window: Envelope, _ body: (Position, Position) -> Void) {
        index.forEachIndex(intersecting: window) { place in
            let chunk = chunks[place]
            let positions = rings[Int(chunk.ring)].positions
            for edge in edges(of: chunk) {
                let (a, b) = (positions[edge], positions[edge + 1])
                guard min(a.x, b.x) <= window.maxX, max(a.x, b.x) >= window.minX, min(a.y, b.y) <= window.maxY,
                    max(a.y, b.y) >= window.minY
                else { continue }
                body(a, b)
            }
        }
    }

    /// Calls `body` with the places, between those before and after them, at which edges start that may meet a window.
    package func forEachVertex(in window: Envelope, _ body: (Position, Position, Position) -> Void) {
        index.forEachIndex(intersecting: window) { place in
            let chunk = chunks[place]
            let positions = rings[Int(chunk.ring)].positions
            for edge in edges(of: chunk) {
                let before = positions[edge > 0 ? edge - 1 : positions.count - 2]
                body(before, positions[edge], positions[edge + 1])
            }
        }
    }

    /// A position of each ring.
    package var anchors: [Position] { rings.compactMap(\.positions.first) }
}

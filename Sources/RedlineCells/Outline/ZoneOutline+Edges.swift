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

    /// Calls `body` with the rings, in their order, of which a part may meet a window; of few rings with all.
    func forEachRing(near window: Envelope, _ found: inout [Int32], _ body: (Int, Ring) -> Void) {
        guard rings.count > 16 else {
            for (place, ring) in rings.enumerated() { body(place, ring) }
            return
        }
        found.removeAll(keepingCapacity: true)
        index.appendIndices(intersecting: window, to: &found)
        found.sort()
        var last: Int32 = -1
        // The chunks of a ring follow each other.
        for chunk in found where chunks[Int(chunk)].ring != last {
            last = chunks[Int(chunk)].ring
            body(Int(last), rings[Int(last)])
        }
    }

    /// Whether `body` is true for the first position of any ring.
    package func hasAnchor(where body: (Position) -> Bool) -> Bool {
        rings.indices.contains { place in rings[place].positions.first.map(body) ?? false }
    }
}

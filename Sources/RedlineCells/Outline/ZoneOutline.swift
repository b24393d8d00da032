package import RedlineGeometry

/// The boundary of a zone or site, indexed, so that the edges near a place are found whatever the size of the whole.
/// An object, because sites by the hundred thousand ask for it and a value would be copied each time.
package final class ZoneOutline: Sendable {
    /// A ring and on which side of it the ground lies.
    struct Ring: Sendable {
        /// Closed.
        var positions: [Position]
        /// Whether the ground lies to the left of the ring as it stands.
        var hasGroundOnLeft: Bool

        /// The number of edges; the edge *i* runs from position *i* to the next one.
        var edgeCount: Int { positions.count - 1 }

        /// The ring with the ground on its left.
        var oriented: [Position] { hasGroundOnLeft ? positions : positions.reversed() }
    }

    /// Edges that follow each other on one ring and are found together.
    struct Chunk: Sendable {
        var ring: Int32
        var start: Int32
    }

    static let chunkSize = 16

    let rings: [Ring]
    let chunks: [Chunk]
    /// The rectangle of each chunk.
    package let boxes: [Envelope]
    /// Over the rectangles of the chunks.
    let index: PackedRTree
    /// The smallest rectangle around all rings.
    package let envelope: Envelope

    /// Indexes the rings of valid polygons that share no ground.
    ///
    /// - Parameter polygons: Longitude and latitude in degrees, rings closed.
    /// - Complexity: O(*n*) in the number of positions, and a sort of a sixteenth of them.
    package convenience init(_ polygons: [Polygon]) {
        var rings: [Ring] = []
        for polygon in polygons {
            rings.append(Self.ring(polygon.exteriorRing, isHole: false))
            for hole in polygon.interiorRings { rings.append(Self.ring(hole, isHole: true)) }
        }
        rings.removeAll { $0.positions.count < 4 }
        self.init(rings: rings)
    }

    /// Indexes lines, which have no ground on either side.
    package convenience init(_ lines: [LineString]) {
        self.init(rings: lines.map { Ring(positions: $0.positions, hasGroundOnLeft: true) })
    }

    /// Indexes polygons, lines and points together, for distances.
    package convenience init(polygons: [Polygon], lines: [LineString], points: [Position]) {
        let runs = polygons.flatMap(\.rings) + lines.map(\.positions) + points.map { [$0, $0] }
        self.init(rings: runs.map { Ring(positions: $0, hasGroundOnLeft: true) })
    }

    private init(rings: [Ring]) {
        var chunks: [Chunk] = []
        var boxes: [Envelope] = []
        var envelope = Envelope.empty
        for (place, ring) in rings.enumerated() {
            for start in stride(from: 0, to: ring.edgeCount, by: Self.chunkSize) {
                let box = Envelope(ring.positions[start...min(start + Self.chunkSize, ring.edgeCount)])
                chunks.append(Chunk(ring: Int32(place), start: Int32(start)))
                boxes.append(box)
                envelope.formUnion(box)
            }
        }
        self.rings = rings
        self.chunks = chunks
        self.boxes = boxes
        self.envelope = envelope
        index = PackedRTree(boxes)
    }

    private static func ring(_ positions: [Position], isHole: Bool) -> Ring {
        guard let origin = positions.first else { return Ring(positions: [], hasGroundOnLeft: true) }
        var doubled = 0.0
        for index in positions.indices.dropFirst() {
            let (a, b) = (positions[index - 1], positions[index])
            doubled += (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y)
        }
        return Ring(positions: positions, hasGroundOnLeft: (doubled > 0) != isHole)
    }

    /// All rings, with the ground on their left.
    package var orientedRings: [[Position]] { rings.map(\.oriented) }

    /// The edges of a chunk, by the place of their first positions.
    func edges(of chunk: Chunk) -> Range<Int> {
        Int(chunk.start)..<min(Int(chunk.start) + Self.chunkSize, rings[Int(chunk.ring)].edgeCount)
    }

    /// Whether a position off the boundary lies inside, by the edges to the right of it (even–odd).
    ///
    /// - Complexity: About the number of edges that a line to the east comes near.
    package func contains(_ position: Position) -> Bool {
        guard position.y >= envelope.minY, position.y <= envelope.maxY, position.x <= envelope.maxX else {
            return false
        }
        let line = Envelope(minX: position.x, minY: position.y, maxX: envelope.maxX, maxY: position.y)
        var isInside = false
        index.forEachIndex(intersecting: line) { place in
            let chunk = chunks[place]
            let positions = rings[Int(chunk.ring)].positions
            for edge in edges(of: chunk) {
                let (a, b) = (positions[edge], positions[edge + 1])
                guard (a.y > position.y) != (b.y > position.y) else { continue }
                let x = (a.x - position.x) + (position.y - a.y) / (b.y - a.y) * (b.x - a.x)
                if x > 0 { isInside.toggle() }
            }
        }
        return isInside
    }
}

import RedlineGeometry

/// Whether ground that does not meet comes within a small distance all the same: a first look, in the site's own scale.
///
/// Most sites in the rectangle of a piece are far from it, so edges are first told apart by their rectangles.
struct Proximity {
    private let meters: Double
    private let scale: LocalScale

    /// A thousandth more than `meters` is let through.
    init(_ meters: Double, _ scale: LocalScale) {
        self.meters = meters * 1.001
        self.scale = scale
    }

    /// Whether `site` and `piece`, which share no position, come this near.
    ///
    /// - Complexity: O(*n*) in the positions of the piece, and the product of the few that lie near.
    func holds(_ site: Ground, _ piece: Geometry) -> Bool {
        let window = scale.expanded(site.envelope, byMeters: meters)
        let near = edges(of: piece, in: window)
        guard !near.isEmpty, let geometry = site.geometry else { return false }
        for edge in edges(of: geometry, in: .everywhere) {
            for other in near where isNear(edge, other) { return true }
        }
        return false
    }

    private func edges(of geometry: Geometry, in window: Envelope) -> [Edge] {
        let parts = geometry.parts
        var edges: [Edge] = []
        func add(_ positions: [Position]) {
            for index in positions.indices.dropFirst() {
                let edge = Edge(start: positions[index - 1], end: positions[index])
                if edge.envelope.intersects(window) { edges.append(edge) }
            }
        }
        for polygon in parts.polygons {
            add(polygon.exteriorRing)
            for ring in polygon.interiorRings { add(ring) }
        }
        for line in parts.lines { add(line.positions) }
        for point in parts.points {
            let edge = Edge(start: point, end: point)
            if edge.envelope.intersects(window) { edges.append(edge) }
        }
        return edges
    }

    /// Two edges that do not cross are nearest at an end of one of them.
    private func isNear(_ a: Edge, _ b: Edge) -> Bool {
        scale.expanded(a.envelope, byMeters: meters).intersects(b.envelope)
            && (scale.distance(from: a.start, toEdge: b.start, b.end) <= meters
                || scale.distance(from: a.end, toEdge: b.start, b.end) <= meters
                || scale.distance(from: b.start, toEdge: a.start, a.end) <= meters
                || scale.distance(from: b.end, toEdge: a.start, a.end) <= meters)
    }
}

private struct Edge {
    var start: Position
    var end: Position

    var envelope: Envelope {
        Envelope(
            minX: min(start.x, end.x), minY: min(start.y, end.y), maxX: max(start.x, end.x), maxY: max(start.y, end.y))
    }
}

extension Envelope {
    fileprivate static let everywhere = Envelope(
        minX: -.infinity, minY: -.infinity, maxX: .infinity, maxY: .infinity)
}

import RedlineCells
import RedlineGeometry

/// The edge of the ground that the regions of a layer cover together.
///
/// Neighbours share their edges, so that what two regions have in opposite directions is inside. Where they do not (a
/// vertex more on one side, a sliver between), edges lie beside each other; those with covered ground on both sides all
/// along are inside too.
struct TerritoryEdge {
    let outline: ZoneOutline

    /// Edges closer than this to another, in degrees, are looked at: about a metre.
    private static let near = 1e-5
    /// How far beside an edge is looked for covered ground, in degrees: about a centimetre.
    private static let beside = 1e-7
    private static let samples = 8

    private struct Edge: Hashable {
        var start: Position
        var end: Position

        var reversed: Edge { Edge(start: end, end: start) }
        var envelope: Envelope { Envelope([start, end]) }
    }

    /// - Complexity: O(*n* log *n*) in the number of edges.
    init(_ territory: IndexedLayer) {
        var open: [Edge: Int] = [:]
        for entry in territory.entries {
            for ring in entry.outline.orientedRings {
                for index in ring.indices.dropFirst() where ring[index - 1] != ring[index] {
                    let edge = Edge(start: ring[index - 1], end: ring[index])
                    if let count = open[edge.reversed] {
                        open[edge.reversed] = count > 1 ? count - 1 : nil
                    } else {
                        open[edge, default: 0] += 1
                    }
                }
            }
        }
        let edges = open.keys.sorted {
            ($0.start.x, $0.start.y, $0.end.x, $0.end.y) < ($1.start.x, $1.start.y, $1.end.x, $1.end.y)
        }
        let index = PackedRTree(edges.map(\.envelope))
        var query = CellQuery()
        let outer = edges.enumerated().filter { place, edge in
            var hasCompany = false
            index.forEachIndex(intersecting: edge.envelope.expanded(dx: Self.near, dy: Self.near)) { other in
                hasCompany = hasCompany || other != place && Self.runBeside(edge, edges[other])
            }
            return !hasCompany || !Self.isInside(edge, territory.cells, &query)
        }
        outline = ZoneOutline(
            polygons: [], lines: outer.map { LineString(positions: [$0.element.start, $0.element.end]) }, points: [])
    }

    /// Whether two edges come near each other other than as neighbours on a ring, end to start.
    private static func runBeside(_ a: Edge, _ b: Edge) -> Bool {
        guard a.end == b.start || a.start == b.end else { return true }
        let (ux, uy) = (a.end.x - a.start.x, a.end.y - a.start.y)
        let (vx, vy) = (b.end.x - b.start.x, b.end.y - b.start.y)
        // Back along itself.
        return ux * vx + uy * vy < -0.99 * ((ux * ux + uy * uy) * (vx * vx + vy * vy)).squareRoot()
    }

    /// Whether ground on both sides is covered at places all along.
    private static func isInside(_ edge: Edge, _ cells: CellLayer, _ query: inout CellQuery) -> Bool {
        let (dx, dy) = (edge.end.x - edge.start.x, edge.end.y - edge.start.y)
        let length = (dx * dx + dy * dy).squareRoot()
        let (nx, ny) = (-dy / length * beside, dx / length * beside)
        for step in 0..<samples {
            let part = (Double(step) + 0.5) / Double(samples)
            let (x, y) = (edge.start.x + dx * part, edge.start.y + dy * part)
            for side in [1.0, -1.0] {
                let place = Position(x: x + side * nx, y: y + side * ny)
                if query.meetings(of: place, in: cells, toleranceX: 0, toleranceY: 0).isEmpty { return false }
            }
        }
        return true
    }
}

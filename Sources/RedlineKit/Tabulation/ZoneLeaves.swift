import RedlineCells
import RedlineGeometry

/// A zone cut into polygons that are small enough for GEOS, with an index over them.
struct ZoneLeaves: Sendable {
    /// The parts; together they are the zone.
    let polygons: [Polygon]
    private let index: PackedRTree

    /// Up to this many positions a polygon is not cut.
    private static let leafSize = 256

    /// - Complexity: O(*n* log *n*) in the number of positions.
    init(_ zone: [Polygon]) {
        var leaves: [Polygon] = []
        for polygon in zone { Self.cut(polygon, into: &leaves) }
        polygons = leaves
        index = PackedRTree(leaves.map { Envelope($0.exteriorRing) })
    }

    /// A polygon whose halves do not add up to it stays whole: slower, never wrong.
    private static func cut(_ polygon: Polygon, into leaves: inout [Polygon]) {
        guard polygon.positionCount > leafSize, let halves = polygon.halves() else { return leaves.append(polygon) }
        for half in halves.parts { cut(half, into: &leaves) }
    }

    /// The parts that come into a rectangle.
    func near(_ envelope: Envelope) -> [Polygon] { index.indices(intersecting: envelope).map { polygons[$0] } }
}

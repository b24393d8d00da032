import GeometryEngine
import RedlineCells
import RedlineGeometry

/// Takes from regions what does not count: what lies outside some zones, or in others.
struct RegionMask: Sendable {
    /// Only ground in these counts; none for all ground.
    private let within: [Polygon]
    private let without: [Polygon]
    private let withinIndex: PackedRTree
    private let withoutIndex: PackedRTree

    init(within: [Polygon], without: [Polygon]) {
        self.within = within
        self.without = without
        withinIndex = PackedRTree(within.map { Envelope($0.exteriorRing) })
        withoutIndex = PackedRTree(without.map { Envelope($0.exteriorRing) })
    }

    /// What is left of each region.
    ///
    /// - Throws: `GeometryError` where GEOS fails; `CancellationError`.
    func applied(to regions: [TableRegion], threads: Int) async throws -> [[Polygon]] {
        try await concurrentMap(count: regions.count, threads: threads, chunk: 1) {
            PolygonOverlay(context: try GeometryContext())
        } _: { overlay, place in
            var ground = regions[place].ground.polygons
            let box = regions[place].ground.envelope
            if !within.isEmpty {
                let near = withinIndex.indices(intersecting: box).map { within[$0] }
                ground = try overlay.apply(.intersection, ground, near)
            }
            if !without.isEmpty {
                let near = withoutIndex.indices(intersecting: box).map { without[$0] }
                ground = try overlay.apply(.difference, ground, near)
            }
            return ground
        }
    }
}

import RedlineGeometry

/// The rings of some patches, one after the other: half a million patches as objects of their own would cost more in
/// memory and in keeping count of them than their positions do.
struct PatchRings: Sendable {
    private var positions: [Position] = []
    /// Where the positions of each ring end.
    private var ringEnds: [Int32] = []
    /// Whether each ring bounds a hole of the last shell before it.
    private var holes: [Bool] = []
    /// Where the rings of each patch end.
    private var patchEnds: [Int32] = []

    private let room: Int

    /// Creates rings with room for so many positions; at first they are a mebibyte, so that no large array grows.
    init(room: Int = 65_536) { self.room = room }

    /// Whether so many positions more have room; in empty rings any number has.
    func hasRoom(for count: Int) -> Bool { positions.isEmpty || positions.count + count <= room }

    /// How many patches there are.
    var count: Int { patchEnds.count }

    /// Adds a patch.
    mutating func append(_ polygons: [Polygon]) {
        if positions.isEmpty { positions.reserveCapacity(room) }
        for polygon in polygons {
            append(polygon.exteriorRing, isHole: false)
            for ring in polygon.interiorRings { append(ring, isHole: true) }
        }
        patchEnds.append(Int32(ringEnds.count))
    }

    private mutating func append(_ ring: [Position], isHole: Bool) {
        positions += ring
        ringEnds.append(Int32(positions.count))
        holes.append(isHole)
    }

    private func rings(of patch: Int) -> Range<Int> {
        (patch > 0 ? Int(patchEnds[patch - 1]) : 0)..<Int(patchEnds[patch])
    }

    private func range(ofRing ring: Int) -> Range<Int> {
        (ring > 0 ? Int(ringEnds[ring - 1]) : 0)..<Int(ringEnds[ring])
    }

    /// Calls `body` with each ring of a patch, and whether it bounds a hole.
    func forEachRing(of patch: Int, _ body: (Span<Position>, Bool) -> Void) {
        for ring in rings(of: patch) { body(positions.span.extracting(range(ofRing: ring)), holes[ring]) }
    }

    /// The polygons of a patch, as they were added.
    func polygons(of patch: Int) -> [Polygon] {
        var polygons: [Polygon] = []
        for ring in rings(of: patch) {
            let own = Array(positions[range(ofRing: ring)])
            if holes[ring] {
                polygons[polygons.count - 1].interiorRings.append(own)
            } else {
                polygons.append(Polygon(exteriorRing: own))
            }
        }
        return polygons
    }
}

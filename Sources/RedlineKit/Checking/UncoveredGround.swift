import RedlineCells
import RedlineGeometry

/// Finds what of zones lies in no zone of another layer: cells tell where, overlays what.
struct UncoveredGround: Sendable {
    let ground: CheckedCells
    let cover: CheckedCells
    /// In metres; narrower pieces are left out.
    let width: Double

    /// What of one zone is not covered.
    struct Part: Sendable {
        /// The pieces wider than the limit.
        var pieces: [Polygon]
        /// The uncovered share of the zone, narrow pieces included.
        var share: Double
    }

    /// The uncovered part of a zone; nil where there is none.
    ///
    /// - Complexity: For the cells about that of ``/RedlineCells/CellQuery``; overlays cost what lies near the places.
    func part(of zone: Int, _ worker: CheckWorker) throws -> Part? {
        var open: [Envelope] = []
        var whole = 0.0
        var outside = 0.0
        for cell in ground.cells.cells(ofZone: zone) {
            let coverage = worker.query.coverage(of: cover.cells, inCells: cell..<cell + 1, of: ground.cells)
            whole += coverage.region
            let rest = coverage.region - coverage.union
            guard rest > CheckedCells.rounding + 1e-12 * coverage.region else { continue }
            outside += rest
            open.append(ground.cells.rectangles[cell])
        }
        guard !open.isEmpty, whole > 0 else { return nil }
        let pieces: [Polygon]
        if outside >= whole * (1 - 1e-12) {
            pieces = CheckWorker.wide(ground.polygons[zone], width)
        } else {
            pieces = try Self.clusters(open).flatMap { window in
                // A little more, so that no piece ends at the window.
                let near = window.expanded(dx: 1e-7, dy: 1e-7)
                let own = try ground.near(near, worker.context, isExact: true) { $0 == zone }
                return try worker.rest(of: own, minus: try cover.near(near, worker.context), widerThan: width)
            }
        }
        return pieces.isEmpty ? nil : Part(pieces: pieces, share: min(1, outside / whole))
    }

    /// Rectangles around groups of rectangles that touch each other; no two of them meet.
    private static func clusters(_ rectangles: [Envelope]) -> [Envelope] {
        var current = rectangles
        while true {
            let merged = mergedOnce(current)
            if merged.count == current.count { return merged }
            current = merged
        }
    }

    private static func mergedOnce(_ rectangles: [Envelope]) -> [Envelope] {
        let index = PackedRTree(rectangles)
        var isTaken = Array(repeating: false, count: rectangles.count)
        var clusters: [Envelope] = []
        for start in rectangles.indices where !isTaken[start] {
            isTaken[start] = true
            var pending = [start]
            var envelope = Envelope.empty
            while let next = pending.popLast() {
                envelope.formUnion(rectangles[next])
                index.forEachIndex(intersecting: rectangles[next].expanded(dx: 3e-7, dy: 3e-7)) { near in
                    guard !isTaken[near] else { return }
                    isTaken[near] = true
                    pending.append(near)
                }
            }
            clusters.append(envelope)
        }
        return clusters
    }
}

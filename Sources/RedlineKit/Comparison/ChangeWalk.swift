import RedlineCells
import RedlineGeometry

/// Walks over both editions on several tasks, and the same on any number of them.
struct ChangeWalk: Sendable {
    let old: CellLayer
    let new: CellLayer
    let regions: CellLayer
    let threads: Int

    /// What changed in each region.
    func byRegion() async throws -> [EditionChange] {
        let work = RegionCoverage.pieces(of: regions)
        let found = try await concurrentMap(count: work.count, threads: threads, chunk: 1) {
            QueryBox()
        } _: { [old, new, regions] box, place in
            box.query.change(from: old, to: new, inCells: work[place].cells, of: regions)
        }
        var changes = Array(repeating: EditionChange(), count: regions.zoneCount)
        for (piece, change) in zip(work, found) { changes[piece.region].add(change) }
        return changes
    }

    /// What changed on the ground of all regions together, measured from the whole and not from the regions' rows, and
    /// what changed in no region.
    func together() async throws -> (inside: EditionChange, outside: EditionChange) {
        var box = Envelope.empty
        for layer in [old, new] {
            for rectangle in layer.rectangles { box.formUnion(rectangle) }
        }
        guard !box.isEmpty else { return (EditionChange(), EditionChange()) }
        let windows = RegionCoverage.windows(over: box, cells: old.count + new.count)
        let found = try await concurrentMap(count: windows.count, threads: threads, chunk: 1) {
            QueryBox()
        } _: { [old, new, regions] box, place in
            box.query.change(from: old, to: new, among: regions, in: windows[place])
        }
        var sums = (inside: EditionChange(), outside: EditionChange())
        for change in found {
            sums.inside.add(change.inside)
            sums.outside.add(change.outside)
        }
        return sums
    }
}

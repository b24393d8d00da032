import GeometryEngine
import RedlineCells
import RedlineGeometry

/// Finds ground of the territory that lies in no zone of a layer that tiles it.
struct GapFaults {
    let layer: CheckedLayer
    let cells: CheckedCells
    /// In metres.
    let tolerance: Double

    /// The gaps in a declared territory: the parts of each of its features that no zone covers.
    func faults(in extent: CheckedExtent, threads: Int) async throws -> [FaultDraft] {
        let uncovered = UncoveredGround(ground: extent.cells, cover: cells, width: tolerance)
        let found = try await concurrentMap(count: extent.cells.polygons.count, threads: threads, chunk: 1) {
            try CheckWorker()
        } _: { worker, part in
            try uncovered.part(of: part, worker)?.pieces ?? []
        }
        return found.enumerated().flatMap { part, pieces in pieces.map { fault($0, in: extent.label(part)) } }
    }

    /// The gaps that zones enclose, where nothing says what territory they should cover.
    func enclosedFaults() throws -> [FaultDraft] {
        let all = cells.polygons.flatMap(\.self)
        guard !all.isEmpty else { return [] }
        let union = try GeometryContext().unaryUnion(all).value().parts.polygons
        let holes = union.flatMap(\.interiorRings).map { Polygon(exteriorRing: $0) }
        return CheckWorker.wide(holes, tolerance).map { hole in
            FaultDraft(.gap, .warning, zh: "图斑之间有空隙", en: "a gap that zones enclose").on([hole])
        }
    }

    private func fault(_ piece: Polygon, in label: String?) -> FaultDraft {
        let isNarrow = CheckWorker.wide([piece], layer.accuracyInMeters).isEmpty
        return FaultDraft(
            .gap, isNarrow ? .warning : .error, zh: (label.map { "\($0) 内有" } ?? "范围内有") + "空隙，不属于任何图斑",
            en: "a gap" + (label.map { " in \($0)" } ?? "") + ": ground of the territory in no zone"
        ).on([piece])
    }
}

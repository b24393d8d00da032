import RedlineCells
import RedlineGeometry

/// Finds ground of zones that lies in no zone of another layer.
struct CoverFaults {
    let layer: CheckedLayer
    let cells: CheckedCells
    let severity: FaultSeverity
    /// In metres.
    let tolerance: Double
    /// The layers that should hold the ground.
    let others: [String]

    func faults(notIn cover: CheckedCells, threads: Int) async throws -> [FaultDraft] {
        let uncovered = UncoveredGround(ground: cells, cover: cover, width: tolerance)
        return try await concurrentMap(count: cells.polygons.count, threads: threads, chunk: 2) {
            try CheckWorker()
        } _: { worker, zone -> [FaultDraft] in
            guard let part = try uncovered.part(of: zone, worker) else { return [] }
            return [fault(zone, part)]
        }.flatMap(\.self)
    }

    private func fault(_ zone: Int, _ part: UncoveredGround.Part) -> FaultDraft {
        let names = others.joined(separator: ", ")
        // Almost all is not all.
        let percent = part.share == 1 ? 100 : min(99.99, (part.share * 1e4).rounded() / 100)
        var draft = layer.fault(
            .notCovered, severity, zone, zh: "\(percent)% 不在图层 \(names) 内",
            en: "\(percent)% of it is not in the layer \(names)")
        draft.polygons = part.pieces
        draft.key = names
        return draft
    }
}

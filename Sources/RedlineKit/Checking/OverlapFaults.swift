import RedlineCells
import RedlineGeometry
import RedlineMeasure

/// Finds ground in two zones of a layer that should have none.
struct OverlapFaults {
    let layer: CheckedLayer
    let cells: CheckedCells
    let duplicates: DuplicateFaults
    /// In metres.
    let tolerance: Double
    let severity: Severity
    /// The width in metres of the narrowest polygon of each zone.
    private let widths: [Double]

    init(
        layer: CheckedLayer, cells: CheckedCells, duplicates: DuplicateFaults, tolerance: Double, severity: Severity
    ) {
        self.layer = layer
        self.cells = cells
        self.duplicates = duplicates
        self.tolerance = tolerance
        self.severity = severity
        let measure = EllipsoidalArea()
        widths = cells.polygons.map { zone in
            zone.map { polygon in
                LocalScale(around: Envelope(polygon.exteriorRing)).width(
                    of: polygon, area: measure.area(of: polygon).squareMeters)
            }.min() ?? .infinity
        }
    }

    /// How bad overlaps are in a layer.
    enum Severity: Equatable {
        /// The layer tiles its territory, or no ground may be in two of its zones.
        case fault
        /// Nothing says whether there may be overlaps.
        case note

        /// Nil for families whose zones overlap by nature.
        init?(_ layer: CatalogLayer) {
            if layer.isTiling || Self.families.contains(layer.family) {
                self = .fault
            } else if layer.family.isEmpty {
                self = .note
            } else {
                return nil
            }
        }

        /// Families in which ground belongs to one zone. Protected areas, water sources and the like overlap by nature.
        private static let families: Set = [
            "region", "ecological-redline", "control-unit", "land-cover", "permanent-basic-farmland",
            "urban-development-boundary", "territorial-space", "general-ecological-space",
        ]
    }

    func faults(threads: Int) async throws -> [FaultDraft] {
        let cells = cells
        return try await concurrentMap(count: cells.polygons.count, threads: threads, chunk: 4) {
            try CheckWorker()
        } _: { worker, zone -> [FaultDraft] in
            guard !cells.polygons[zone].isEmpty, !duplicates.isRepeated(zone) else { return [] }
            let site = SiteCells(cells.polygons[zone], area: cells.areas[zone])
            return try worker.query.meetings(of: site, in: cells.cells)
                .filter { $0.zone < zone && $0.area > CheckedCells.rounding && !duplicates.isRepeated($0.zone) }
                .compactMap { try fault(zone, $0, worker) }
        }.flatMap(\.self)
    }

    private func fault(_ zone: Int, _ meeting: ZoneMeeting, _ worker: CheckWorker) throws -> FaultDraft? {
        let other = meeting.zone
        let smaller = min(cells.areas[zone], cells.areas[other])
        let isSame = meeting.area > (1 - 1e-6) * max(cells.areas[zone], cells.areas[other])
        let window = cells.envelopes[zone].intersection(cells.envelopes[other])
        var pieces: [Polygon] = []
        var isLost = false
        do {
            let near = window.expanded(dx: 1e-7, dy: 1e-7)
            pieces = try worker.shared(
                try cells.near(near, worker.context) { $0 == zone },
                try cells.near(near, worker.context) { $0 == other },
                // What is as narrow as a zone itself is no sliver.
                widerThan: min(tolerance, min(widths[zone], widths[other]) * (1 - 1e-6)))
        } catch {
            isLost = true  // The area is known from the cells all the same.
        }
        if pieces.isEmpty && !isLost { return nil }
        let label = layer.rows[other].id
        let code = layer.rows[other].code.map { " (\($0))" } ?? ""
        var draft: FaultDraft
        if isSame {
            draft = layer.fault(
                .duplicate, .warning, zone, zh: "与要素 \(label)\(code) 几乎是同一块地：面积会重复计算",
                en: "all but the same ground as feature \(label)\(code): sums count it twice")
        } else {
            let share = (meeting.area / smaller * 1e4).rounded() / 100
            draft = layer.fault(
                .overlap, level(pieces), zone, zh: "与要素 \(label)\(code) 重叠，占较小图斑的 \(share)%",
                en: "overlaps feature \(label)\(code), by \(share)% of the smaller one")
        }
        draft.key = layer.rows[other].code ?? label
        draft.polygons = pieces
        if isLost {
            draft.area = meeting.area
            draft.place = window.center
        }
        return draft
    }

    /// Narrower than the lines are accurate: a fault of digitising, not of content.
    private func level(_ pieces: [Polygon]) -> FaultSeverity {
        guard severity == .fault else { return .note }
        return CheckWorker.wide(pieces, layer.accuracyInMeters).isEmpty && !pieces.isEmpty ? .warning : .error
    }
}

extension Envelope {
    /// The rectangle that both share; empty where they are apart.
    func intersection(_ other: Envelope) -> Envelope {
        Envelope(
            minX: max(minX, other.minX), minY: max(minY, other.minY), maxX: min(maxX, other.maxX),
            maxY: min(maxY, other.maxY))
    }
}

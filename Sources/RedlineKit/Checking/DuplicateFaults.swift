import RedlineGeometry

/// Finds rows whose ground another row has already, and codes that several rows bear.
struct DuplicateFaults {
    let layer: CheckedLayer
    /// For each row the first one with the same ground; itself where there is none before.
    let firsts: [Int]

    init(_ layer: CheckedLayer) {
        self.layer = layer
        var groups: [Key: [Int]] = [:]
        var firsts = Array(layer.rows.indices)
        for (row, checked) in layer.rows.enumerated() where !checked.ground.isEmpty {
            let key = Key(checked.ground)
            let ground = Self.sorted(checked.ground)
            if let first = groups[key]?.first(where: { Self.sorted(layer.rows[$0].ground) == ground }) {
                firsts[row] = first
            } else {
                groups[key, default: []].append(row)
            }
        }
        self.firsts = firsts
    }

    /// Whether a row repeats the ground of one before it.
    func isRepeated(_ row: Int) -> Bool { firsts[row] != row }

    /// Whether a row repeats one before it in ground and in all attributes.
    func isExact(_ row: Int) -> Bool {
        isRepeated(row) && layer.rows[row].attributes == layer.rows[firsts[row]].attributes
    }

    /// The faults of the layer.
    func faults() -> [FaultDraft] { layer.rows.indices.filter(isRepeated).map(repeated) + sharedCodes() }

    private func repeated(_ row: Int) -> FaultDraft {
        let first = firsts[row]
        let isExact = isExact(row)
        let label = "\(layer.rows[first].id)"
        var draft = layer.fault(
            .duplicate, isExact ? .error : .warning, row,
            zh: "与要素 \(label) 图形相同，属性" + (isExact ? "也相同" : "不同") + "：面积会重复计算",
            en: "the same ground as feature \(label), with "
                + (isExact ? "the same attributes" : "other attributes") + ": sums count it twice")
        draft.polygons = layer.rows[row].ground.polygons
        draft.key = label
        draft.place = layer.rows[row].ground.firstPosition
        return draft
    }

    /// Codes on rows of different ground. Plots of land are numbered anew in every village.
    private func sharedCodes() -> [FaultDraft] {
        guard layer.layer.family != "land-cover" else { return [] }
        var rows: [String: [Int]] = [:]
        for (row, checked) in layer.rows.enumerated() where !isRepeated(row) {
            if let code = checked.code { rows[code, default: []].append(row) }
        }
        // Where most rows share their code with others it is a class, not a code.
        let shared = rows.values.filter { $0.count > 1 }
        guard 2 * shared.reduce(0, { $0 + $1.count }) < layer.rows.count || layer.layer.family == "control-unit" else {
            return []
        }
        return shared.flatMap { rows in
            rows.dropFirst().map { row in
                layer.fault(
                    .duplicateCode, .warning, row, zh: "编码与要素 \(layer.rows[rows[0]].id) 相同，而图形不同",
                    en: "the code of feature \(layer.rows[rows[0]].id) on other ground")
            }
        }
    }

    /// What equal ground has in common, cheap to compare.
    private struct Key: Hashable {
        let envelope: Envelope
        let positions: Int

        init(_ ground: Ground) {
            envelope = ground.envelope
            positions = ground.positionCount
        }
    }

    /// The positions of all rings without their first (which is their last too), so that neither the order of parts nor
    /// where a ring begins matters.
    private static func sorted(_ ground: Ground) -> [[Position]] {
        let runs =
            ground.polygons.flatMap(\.rings).map { Array($0.dropFirst()) } + ground.lines.map(\.positions)
            + [ground.points]
        return runs.map { $0.sorted(by: isBefore) }.sorted {
            ($0.first ?? Position(x: 0, y: 0)) != ($1.first ?? Position(x: 0, y: 0))
                ? isBefore($0.first ?? Position(x: 0, y: 0), $1.first ?? Position(x: 0, y: 0)) : $0.count < $1.count
        }
    }

    private static func isBefore(_ lhs: Position, _ rhs: Position) -> Bool { (lhs.x, lhs.y) < (rhs.x, rhs.y) }
}

import RedlineGeometry

/// A fault as a check finds it, before it is measured and named.
struct FaultDraft: Sendable {
    var kind: FaultKind
    var severity: FaultSeverity
    /// The place of the row; nil where the fault is the layer's.
    var row: Int?
    var message: LocalizedText
    /// What tells it from other faults of the same kind and row, the same on every run.
    var key = ""
    /// The ground concerned.
    var polygons: [Polygon] = []
    /// A position, where there is no ground or a better one than inside of it.
    var place: Position?
    /// The width in metres, where it is not that of the ground.
    var width: Double?
    /// The area in square metres, where no ground can be given.
    var area: Double?

    init(_ kind: FaultKind, _ severity: FaultSeverity, row: Int? = nil, zh: String, en: String) {
        self.kind = kind
        self.severity = severity
        self.row = row
        message = LocalizedText(zh: zh, en: en)
    }

    /// With the ground concerned, told apart by its place.
    func on(_ polygons: [Polygon]) -> FaultDraft {
        var draft = self
        draft.polygons = polygons
        if let first = polygons.first { draft.key += Self.key(of: Envelope(first.exteriorRing).center) }
        return draft
    }

    /// With a place, told apart by it.
    func at(_ place: Position?) -> FaultDraft {
        var draft = self
        draft.place = place
        if let place { draft.key += Self.key(of: place) }
        return draft
    }

    /// With what tells it apart.
    func keyed(_ key: String) -> FaultDraft {
        var draft = self
        draft.key = key
        return draft
    }

    /// A place to about a metre: what rounding changes between engines has no say.
    private static func key(of place: Position) -> String {
        place.isFinite ? "\(Int64((place.x * 1e5).rounded())),\(Int64((place.y * 1e5).rounded()))" : "?"
    }
}

extension CheckedLayer {
    /// What people call a row: its code, else its number.
    func label(_ row: Int) -> String { rows[row].code ?? rows[row].id }

    /// A draft about a row.
    func fault(_ kind: FaultKind, _ severity: FaultSeverity, _ row: Int, zh: String, en: String) -> FaultDraft {
        FaultDraft(kind, severity, row: row, zh: zh, en: en)
    }
}

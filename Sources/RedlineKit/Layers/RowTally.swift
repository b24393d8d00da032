import RedlineGeometry

/// What keeps the zones of a layer as they are read.
protocol ZoneStore: Sendable {
    mutating func take(_ zone: consuming Zone)
    /// Takes over the zones of another store, which come after its own.
    mutating func take(contentsOf other: consuming Self)
}

extension [Zone]: ZoneStore {
    mutating func take(_ zone: consuming Zone) { append(zone) }
    mutating func take(contentsOf other: consuming [Zone]) { append(contentsOf: other) }
}

/// What the rows of a layer, or those of a part of it, come to.
struct RowTally<Store: ZoneStore>: Sendable {
    private(set) var rows: RowCount
    private(set) var store: Store

    init(_ layer: CatalogLayer, _ edition: Edition, _ store: Store) {
        rows = RowCount(layer, edition)
        self.store = store
    }

    mutating func take(_ row: consuming ZoneRow) {
        if let zone = rows.take(row) { store.take(zone) }
    }

    mutating func take(contentsOf other: consuming RowTally) {
        rows.take(contentsOf: other.rows)
        store.take(contentsOf: other.store)
    }
}

/// What the rows of a layer come to, besides their zones.
struct RowCount: Sendable {
    /// In the CRS of the file.
    private(set) var envelope = Envelope.empty
    /// The first row whose positions the CRS cannot mean, and why.
    private(set) var misplaced: (id: String, reason: String)?
    private var loaded: LoadedLayer
    private var faults: [String] = []
    private var unknownClasses: [String: Int] = [:]

    init(_ layer: CatalogLayer, _ edition: Edition) {
        loaded = LoadedLayer(empty: layer, edition)
    }

    /// Takes a row; returns its zone, where it has one near enough.
    mutating func take(_ row: consuming ZoneRow) -> Zone? {
        loaded.featureCount += 1
        envelope.formUnion(row.envelope)
        if let code = row.code { loaded.codeCounts[code, default: 0] += 1 }
        var zone: Zone?
        switch row.state {
        case .misplaced(let reason):
            if misplaced == nil { misplaced = (row.id, reason) }
            return nil
        case .fault(let reason):
            faults.append("\(row.id) (\(reason))")
            return nil
        case .away(let isRepaired): if isRepaired { loaded.repairedCount += 1 }
        case .zone(let own):
            if own.isRepaired { loaded.repairedCount += 1 }
            zone = own
        }
        if let unknown = row.unknownClass { unknownClasses[unknown, default: 0] += 1 }
        return zone
    }

    /// Takes over what later rows came to.
    mutating func take(contentsOf other: RowCount) {
        loaded.featureCount += other.loaded.featureCount
        loaded.repairedCount += other.loaded.repairedCount
        envelope.formUnion(other.envelope)
        loaded.codeCounts.merge(other.loaded.codeCounts, uniquingKeysWith: +)
        misplaced = misplaced ?? other.misplaced
        faults += other.faults
        unknownClasses.merge(other.unknownClasses, uniquingKeysWith: +)
    }

    /// The layer, with what is to be said of it.
    func layer(sha256: String?) -> LoadedLayer {
        var loaded = loaded
        loaded.sha256 = sha256
        loaded.hasUnusableZones = !faults.isEmpty
        let id = loaded.layer.id
        if !faults.isEmpty {
            let list = faults.prefix(5).joined(separator: "; ") + (faults.count > 5 ? "; …" : "")
            loaded.warnings.append(
                Remark(
                    zh: "图层 '\(id)'：\(faults.count) 个要素的几何不可用，未参与比对：\(list)。",
                    en:
                        "Layer '\(id)': \(faults.count) features without usable geometry, not screened against: \(list)."
                )
            )
        }
        for (value, count) in unknownClasses.sorted(by: { $0.key < $1.key }) {
            loaded.warnings.append(
                Remark(
                    zh: "图层 '\(id)'：\(count) 个要素的类别 '\(value)' 不在类别对照表中。",
                    en: "Layer '\(id)': class '\(value)' of \(count) features is not in the class map."))
        }
        return loaded
    }
}

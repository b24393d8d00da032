import RedlineGeometry
import RedlineMeasure

/// Finds what is wrong with the shape of single rows: broken rules, slivers, spikes.
struct GeometryFaults {
    let layer: CheckedLayer
    let duplicates: DuplicateFaults
    private let measure = EllipsoidalArea()

    init(_ layer: CheckedLayer, duplicates: DuplicateFaults) {
        self.layer = layer
        self.duplicates = duplicates
    }

    /// The faults of a row.
    func faults(_ row: Int) -> [FaultDraft] {
        var drafts = invalid(row)
        // What a repair leaves is full of splinters, and what was told of the first is not told of a repeat.
        guard drafts.isEmpty, !duplicates.isRepeated(row) else { return drafts }
        for polygon in layer.rows[row].ground.polygons {
            drafts += slivers(polygon, row) + spikes(polygon, row)
        }
        return drafts
    }

    /// What is narrower than the lines are accurate is no shape.
    private var limit: Double { layer.accuracyInMeters }

    private func invalid(_ row: Int) -> [FaultDraft] {
        layer.rows[row].geometryFaults.map { fault in
            layer.fault(
                .invalidGeometry, .error, row, zh: GeometryWords.chinese(fault.reason) + Self.place(fault, .zh),
                en: fault.reason + Self.place(fault, .en)
            ).at(fault.location)
        }
    }

    private static func place(_ fault: GroundFault, _ language: Language) -> String {
        guard let place = fault.location else { return "" }
        return language.pick(zh: "，位于 \(place.x), \(place.y)", en: " at \(place.x), \(place.y)")
    }

    /// Parts and holes that are narrower than the lines are accurate.
    private func slivers(_ polygon: Polygon, _ row: Int) -> [FaultDraft] {
        var drafts: [FaultDraft] = []
        let scale = LocalScale(around: Envelope(polygon.exteriorRing))
        func width(_ polygon: Polygon) -> Double {
            scale.width(of: polygon, area: measure.area(of: polygon).squareMeters)
        }
        let words = layer.words(of: limit)
        if width(polygon) < limit {
            let isWhole = layer.rows[row].ground.polygons.count == 1
            drafts.append(
                layer.fault(
                    .sliver, .warning, row,
                    zh: "\(isWhole ? "图斑" : "图斑的一部分")比 \(words) 还窄，像是碎屑",
                    en: "\(isWhole ? "the zone" : "a part of the zone") is narrower than \(words): a splinter"
                ).on([polygon]))
        }
        for ring in polygon.interiorRings {
            let hole = Polygon(exteriorRing: ring)
            guard width(hole) < limit else { continue }
            drafts.append(
                layer.fault(
                    .sliver, .warning, row, zh: "一个洞比 \(words) 还窄，像是缝隙",
                    en: "a hole is narrower than \(words): a crack"
                ).on([hole]))
        }
        return drafts
    }

    /// Places where the boundary runs out and straight back.
    private func spikes(_ polygon: Polygon, _ row: Int) -> [FaultDraft] {
        let scale = LocalScale(around: Envelope(polygon.exteriorRing))
        return polygon.rings.filter { $0.count >= 5 }.flatMap { ring in
            let search = SpikeSearch(ring, scale: scale, limit: limit)
            return search.spikes().map { spike in
                let words = layer.words(of: spike.length)
                let outline = search.outline(of: spike, in: ring)
                return layer.fault(
                    .spike, .warning, row, zh: "边界上的尖刺，长 \(words)", en: "a needle \(words) long on the boundary"
                ).at(ring[spike.tip]).shaped([Polygon(exteriorRing: outline)], width: spike.width)
            }
        }
    }
}

extension FaultDraft {
    /// With ground and width, where the place that tells it apart is known already.
    func shaped(_ polygons: [Polygon], width: Double) -> FaultDraft {
        var draft = self
        draft.polygons = polygons
        draft.width = width
        return draft
    }
}

extension CheckedLayer {
    /// A length in words, the same in both languages.
    func words(of meters: Double) -> String {
        if meters < 0.01 { return "\((meters * 1e5).rounded() / 100) mm" }
        if meters < 1000 { return "\((meters * 100).rounded() / 100) m" }
        return "\((meters / 10).rounded() / 100) km"
    }
}

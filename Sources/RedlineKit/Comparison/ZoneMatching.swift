import RedlineCells
import RedlineGeometry
import RedlineMeasure

/// Finds the zone of the new edition that each zone of the old one became.
struct ZoneMatching {
    let old: TableLayer
    let new: TableLayer
    let threads: Int

    /// Zones that belong together, by their places.
    struct Pair: Sendable {
        var old: Int?
        var new: Int?
        var match: ZoneChange.Match
    }

    /// Ground that an old and a new zone share.
    struct Shared: Sendable {
        var old: Int
        var new: Int
        var area: Double
    }

    /// Less than this, in square metres, is what rounding makes of a common border.
    private static let rounding = 1e-3

    /// Below this part of the smaller one, two zones that share ground are neighbours whose border moved.
    private static let leastPart = 0.1

    /// All pairs of zones that share ground, by old zone, then by new zone.
    func shared() async throws -> [Shared] {
        let found = try await concurrentMap(count: old.loaded.zones.count, threads: threads, chunk: 16) {
            QueryBox()
        } _: { [new, zones = old.loaded.zones] box, place in
            let polygons = zones[place].ground.polygons
            let area = EllipsoidalArea().area(of: .multiPolygon(polygons)).squareMeters
            return box.query.meetings(of: SiteCells(polygons, area: area), in: new.cells)
                .filter { $0.area > Self.rounding }
                .map { Shared(old: place, new: $0.zone, area: $0.area) }
        }
        return found.flatMap(\.self)
    }

    /// The pairs by old zone, then new zones without a counterpart.
    ///
    /// Codes that stand on one row of each edition match these rows. Where a code stands on several rows, and where it
    /// stands in one edition only or is missing, the rows match that share the largest area, each row once.
    func pairs(_ shared: [Shared], areas: (old: [Double], new: [Double])) -> [Pair] {
        let (oldZones, newZones) = (old.loaded.zones, new.loaded.zones)
        var matches = Array(repeating: Pair?.none, count: oldZones.count)
        var taken = Array(repeating: false, count: newZones.count)
        let oldCodes = Dictionary(grouping: oldZones.indices.filter { oldZones[$0].code != nil }) { oldZones[$0].code }
        let newCodes = Dictionary(grouping: newZones.indices.filter { newZones[$0].code != nil }) { newZones[$0].code }
        for (code, rows) in oldCodes where rows.count == 1 && newCodes[code]?.count == 1 {
            guard let twin = newCodes[code]?.first else { continue }
            matches[rows[0]] = Pair(old: rows[0], new: twin, match: .code)
            taken[twin] = true
        }
        let largest = shared.sorted { ($1.area, $0.old, $0.new) < ($0.area, $1.old, $1.new) }
        for pair in largest where matches[pair.old] == nil && !taken[pair.new] {
            guard let code = oldZones[pair.old].code, code == newZones[pair.new].code else { continue }
            matches[pair.old] = Pair(old: pair.old, new: pair.new, match: .code)
            taken[pair.new] = true
        }
        for pair in largest where matches[pair.old] == nil && !taken[pair.new] {
            guard pair.area >= Self.leastPart * min(areas.old[pair.old], areas.new[pair.new]) else { continue }
            matches[pair.old] = Pair(old: pair.old, new: pair.new, match: .area)
            taken[pair.new] = true
        }
        var pairs = matches.enumerated().map { $1 ?? Pair(old: $0, new: nil, match: .none) }
        for place in newZones.indices where !taken[place] { pairs.append(Pair(old: nil, new: place, match: .none)) }
        return pairs
    }

    /// What became of the zones of a pair.
    func change(
        _ pair: Pair, shared: Double?, areas: (old: [Double], new: [Double]), attributes: [String]
    ) -> ZoneChange {
        let before = pair.old.map { old.loaded.zones[$0] }
        let after = pair.new.map { new.loaded.zones[$0] }
        var changed: [ZoneChange.Attribute] = []
        if let before, let after {
            func compare(_ name: String, _ old: String?, _ new: String?) {
                if old != new { changed.append(.init(name: name, old: old, new: new)) }
            }
            compare("code", before.code, after.code)
            compare("name", before.name, after.name)
            compare("class", before.class, after.class)
            for name in attributes { compare(name, before.attributes[name], after.attributes[name]) }
        }
        return ZoneChange(
            old: before?.reference, new: after?.reference, match: pair.match,
            oldArea: pair.old.map { Area(squareMeters: areas.old[$0]) },
            newArea: pair.new.map { Area(squareMeters: areas.new[$0]) },
            sharedArea: before == nil || after == nil ? nil : Area(squareMeters: shared ?? 0), changed: changed,
            isSameGeometry: before != nil && before?.ground.polygons == after?.ground.polygons)
    }
}

extension Zone {
    /// The zone without its ground.
    var reference: ZoneReference {
        ZoneReference(id: id, code: code, name: name, class: `class`, isRepaired: isRepaired)
    }
}

import RedlineCells
import RedlineGeometry

/// Says which regions share ground, because it counts in each of their rows.
struct RegionOverlaps {
    private let set: RegionSet
    /// The ground in two regions or more, in square metres.
    private let shared: Double

    init(_ set: RegionSet, shared: Double) {
        self.set = set
        self.shared = shared
    }

    /// What rounding leaves along borders, in square metres.
    private static let rounding = 1e-3

    func warnings() throws -> [Remark] {
        guard shared > Self.rounding else { return [] }
        var pairs: [(first: Int, second: Int, area: Double)] = []
        var query = CellQuery()
        for place in set.regions.indices {
            let site = SiteCells(set.regions[place].ground.polygons, area: 0)
            for meeting in query.meetings(of: site, in: set.cells) where meeting.zone > place {
                let other = set.regions[meeting.zone].ground.polygons
                let area =
                    meeting.isWhole
                    ? query.coverage(of: set.cells, inRegion: place, of: set.cells).region : meeting.area
                if area > Self.rounding, !other.isEmpty { pairs.append((place, meeting.zone, area)) }
            }
        }
        pairs.sort { ($1.area, $0.first, $0.second) < ($0.area, $1.first, $1.second) }
        let list = RegionSet.list(
            pairs.map { pair in
                "\(set.regions[pair.first].label) + \(set.regions[pair.second].label): \(Self.area(pair.area))"
            })
        let total = Self.area(shared)
        return [
            Remark(
                zh: "图层“\(set.layer)”：统计区相互重叠，重叠面积 \(total)；该部分在各行中分别计入，合计行只计一次：\(list)。",
                en:
                    "Layer '\(set.layer)': regions overlap on \(total), which counts in each of their rows and once in the "
                    + "total: \(list).")
        ]
    }

    /// An area in words: hectares from one on, else square metres.
    static func area(_ squareMeters: Double) -> String {
        func rounded(_ value: Double) -> String { String((value * 10_000).rounded() / 10_000) }
        let value = Area(squareMeters: squareMeters)
        return squareMeters < 10_000 ? rounded(squareMeters) + " m²" : rounded(value.value(in: .hectare)) + " ha"
    }
}

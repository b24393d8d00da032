import Foundation
import RedlineCells
import RedlineGeometry
import RedlineMeasure

/// Finds ground that regions enclose and none of them holds.
///
/// Borders that two regions share edge for edge cancel; what is left are the outer borders, and rings around gaps and
/// around overlaps where both sides were drawn apart. A ring that keeps regions on its outer side encloses a gap.
struct RegionGaps {
    /// A gap.
    struct Gap {
        /// In square metres.
        var area: Double
        /// A place on its border.
        var position: Position
    }

    /// The gaps, the largest first.
    let gaps: [Gap]

    /// - Complexity: O(*n*) in the number of edges, and O(*m* log *m*) for the *m* that none running the other way cancels.
    init(_ regions: [TableRegion]) {
        var balance = EdgeBalance()
        for region in regions {
            for polygon in region.ground.polygons {
                Self.add(polygon.exteriorRing, isShell: true, to: &balance)
                for hole in polygon.interiorRings { Self.add(hole, isShell: false, to: &balance) }
            }
        }
        var edges: [(start: Position, end: Position)] = []
        balance.forEachEdge { edges.append(($0, $1)) }
        gaps = Self.rings(of: edges).compactMap { ring in
            let area = EllipsoidalArea().signedRingArea(ring).squareMeters
            return area < 0 ? Gap(area: -area, position: ring[0]) : nil
        }.sorted { ($1.area, $0.position.x, $0.position.y) < ($0.area, $1.position.x, $1.position.y) }
    }

    /// What rounding leaves, in square metres.
    private static let rounding = 1e-3

    func warnings(layer: String) -> [Remark] {
        let gaps = gaps.filter { $0.area > Self.rounding }
        guard !gaps.isEmpty else { return [] }
        let total = RegionOverlaps.area(gaps.reduce(0) { $0 + $1.area })
        let list = RegionSet.list(
            gaps.map { "\(RegionOverlaps.area($0.area)) at \($0.position.x), \($0.position.y)" })
        let listZH = RegionSet.list(
            gaps.map { "\(RegionOverlaps.area($0.area))（\($0.position.x), \($0.position.y)）" })
        return [
            Remark(
                zh: "图层“\(layer)”：统计区围出 \(gaps.count) 处空隙，共 \(total)，不属于任何统计区：\(listZH)。",
                en:
                    "Layer '\(layer)': the regions enclose \(gaps.count) gaps of \(total) in all that belong to none: \(list)."
            )
        ]
    }

    /// Adds the edges of a ring, the region on their left.
    private static func add(_ ring: [Position], isShell: Bool, to balance: inout EdgeBalance) {
        guard !ring.isEmpty else { return }
        let isForward = EdgeBalance.isCounterclockwise(ring.span) == isShell
        for index in ring.indices.dropFirst() where ring[index - 1] != ring[index] {
            let (a, b) = (ring[index - 1], ring[index])
            if isForward { balance.add(a, b) } else { balance.add(b, a) }
        }
    }

    /// Takes the edges that are left apart into rings; at a crossing the sharpest turn to the right is taken, so that
    /// rings that touch stay apart.
    private static func rings(of edges: [(start: Position, end: Position)]) -> [[Position]] {
        var following: [Position: [Position]] = [:]
        for edge in edges { following[edge.start, default: []].append(edge.end) }
        // The order of a dictionary is none of the result's business.
        let starts = following.keys.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
        for start in starts { following[start]?.sort { ($0.x, $0.y) < ($1.x, $1.y) } }
        var rings: [[Position]] = []
        for start in starts {
            while let first = following[start]?.popLast() {
                var ring = [start, first]
                while let last = ring.last, last != start,
                    let next = take(after: ring[ring.count - 2], last, &following)
                {
                    ring.append(next)
                }
                if ring.count >= 4 { rings.append(ring) }
            }
        }
        return rings
    }

    private static func take(
        after previous: Position, _ place: Position, _ following: inout [Position: [Position]]
    ) -> Position? {
        guard let candidates = following[place], !candidates.isEmpty else { return nil }
        let choice =
            candidates.count == 1
            ? 0
            : candidates.indices.min {
                turn(previous, place, candidates[$0]) < turn(previous, place, candidates[$1])
            } ?? 0
        return following[place]?.remove(at: choice)
    }

    /// From −π for a sharp turn to the right to π for one to the left.
    private static func turn(_ a: Position, _ b: Position, _ c: Position) -> Double {
        let (ux, uy) = (b.x - a.x, b.y - a.y)
        let (vx, vy) = (c.x - b.x, c.y - b.y)
        return atan2(ux * vy - uy * vx, ux * vx + uy * vy)
    }
}

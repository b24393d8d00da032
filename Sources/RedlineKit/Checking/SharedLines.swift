import CoordinateReference
import RedlineCells
import RedlineGeometry

/// Tells a layer in the coordinates of a web map from one in WGS 84 by the lines that it shares with the regions.
///
/// Zones are cut at borders, so that many of their vertices lie on the lines of the regions: to the centimetre in the
/// right coordinates, and by chance only in others. A layer that shares no line says nothing, and gives no fault.
struct SharedLines {
    private let edges: PackedRTree
    private let lines: [(a: Position, b: Position)]

    /// The most vertices of a layer that are looked at.
    private static let vertexLimit = 50_000
    /// How near to a line in metres a vertex lies on it.
    private static let reach = 3.0
    /// So many vertices are no chance.
    private static let least = 50
    /// How many times as many must lie on lines as under any other reading.
    private static let margin = 10

    /// Indexes the outlines of polygons.
    init(_ polygons: [Polygon]) {
        lines = polygons.flatMap { $0.rings.flatMap { ring in zip(ring, ring.dropFirst()).map { ($0, $1) } } }
        edges = PackedRTree(lines.map { Envelope([$0.a, $0.b]) })
    }

    /// A shift that would bring a layer onto the lines, or the lines onto a layer.
    struct Shift: Equatable {
        var datum: WebMapDatum
        /// Whether the regions are those of a web map, and not the layer.
        var isOfRegions: Bool
        /// How many vertices lie on lines after it, and as they are, of how many.
        var after: Int
        var before: Int
        var vertices: Int
    }

    /// The shift of a layer; nil where its vertices lie on the lines as they are, or nowhere.
    ///
    /// - Complexity: O(vertices · log edges), of at most 50 000 vertices.
    func shift(of rows: [CheckedRow]) -> Shift? {
        var total = 0
        for row in rows { for polygon in row.ground.polygons { total += polygon.positionCount } }
        let step = max(1, (total + Self.vertexLimit - 1) / Self.vertexLimit)
        var vertices: [Position] = []
        var number = 0
        for row in rows {
            for polygon in row.ground.polygons {
                for ring in polygon.rings {
                    for position in ring.dropLast() {
                        if number.isMultiple(of: step) { vertices.append(position) }
                        number += 1
                    }
                }
            }
        }
        guard vertices.count >= Self.least, vertices.allSatisfy({ WebMapDatum.area.contains(Envelope([$0])) }) else {
            return nil
        }
        let before = vertices.count(where: isOnLine)
        // Lines that are shared already need no other reading.
        guard before * Self.margin < vertices.count else { return nil }
        var shifts: [Shift] = []
        for datum in WebMapDatum.allCases {
            for isOfRegions in [false, true] {
                let after = vertices.count { isOnLine(isOfRegions ? datum.shifted($0) : datum.unshifted($0)) }
                shifts.append(
                    Shift(
                        datum: datum, isOfRegions: isOfRegions, after: after, before: before, vertices: vertices.count))
            }
        }
        shifts.sort { $0.after > $1.after }
        guard shifts[0].after >= Self.least, shifts[0].after >= Self.margin * max(before, shifts[1].after) else {
            return nil
        }
        return shifts[0]
    }

    private func isOnLine(_ position: Position) -> Bool {
        let east = Self.reach / (111_320 * OutlineDistance.cosine(position.y))
        let north = Self.reach / 111_000
        let box = Envelope(
            minX: position.x - east, minY: position.y - north, maxX: position.x + east, maxY: position.y + north)
        var isOn = false
        edges.forEachIndex(intersecting: box) { index in
            guard !isOn else { return }
            let line = Polygon(exteriorRing: [lines[index].a, lines[index].b])
            isOn = OutlineDistance.meters(from: position, to: [line]) <= Self.reach
        }
        return isOn
    }
}

extension SharedLines.Shift {
    /// The fault of a layer, whose lines were compared with those of the layers `regions`.
    func fault(regions: [String]) -> FaultDraft {
        let names = regions.joined(separator: ", ")
        let (name, zhName) = isOfRegions ? ("those of \(names)", names) : ("its coordinates", "本图层")
        return FaultDraft(
            .crs, .warning,
            zh: "\(zhName)的坐标像是 \(datum.rawValue)（网络地图坐标）："
                + "换算后 \(vertices) 个顶点中有 \(after) 个落在 \(names) 的界线上，按现状只有 \(before) 个",
            en:
                "\(name) seem to be \(datum.rawValue), of web maps: \(after) of \(vertices) vertices lie on the lines of "
                + "\(names) then, and \(before) as they are"
        ).keyed(datum.rawValue)
    }
}

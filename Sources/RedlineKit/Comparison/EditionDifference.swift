import GeometryEngine
import RedlineCells
import RedlineGeometry
import RedlineMeasure

/// The ground that zones of one edition have and no zone of the other, as connected pieces.
struct EditionDifference {
    /// A piece with the places of the zones whose ground it is.
    struct Piece: Sendable {
        var polygon: Polygon
        var area: Double
        /// Mean width in metres.
        var width: Double
        var zones: [Int]
    }

    /// The pieces, in the order of their first zones.
    let pieces: [Piece]
    /// For each zone the area of what it has alone, in square metres.
    let areas: [Double]

    /// What GEOS' rounding leaves along coinciding borders is narrower than this, in metres.
    private static let rounding = 1e-6

    /// Finds the pieces.
    ///
    /// - Parameters:
    ///   - zones: The zones of one edition.
    ///   - others: Those of the other.
    ///   - threads: How many tasks work at once.
    /// - Throws: `GeometryError` where GEOS fails; `CancellationError`.
    init(of zones: [Zone], without others: [Zone], threads: Int) async throws {
        let index = PackedRTree(others.map { $0.ground.polygons.isEmpty ? .empty : $0.ground.envelope })
        let parts = try await concurrentMap(count: zones.count, threads: threads, chunk: 1) {
            PolygonOverlay(context: try GeometryContext())
        } _: { overlay, place in
            try Self.difference(zones[place].ground, others, index, overlay).compactMap { Self.piece($0, [place]) }
        }
        areas = parts.map { $0.reduce(0) { $0 + $1.area } }
        pieces = try Self.joined(parts.flatMap(\.self))
    }

    private static func difference(
        _ ground: Ground, _ others: [Zone], _ index: PackedRTree, _ overlay: PolygonOverlay
    ) throws -> [Polygon] {
        guard !ground.polygons.isEmpty else { return [] }
        let near = index.indices(intersecting: ground.envelope)
        // Most zones of most editions are as they were.
        if near.contains(where: { others[$0].ground.polygons == ground.polygons }) { return [] }
        return try overlay.apply(.difference, ground.polygons, near.flatMap { others[$0].ground.polygons })
    }

    private static func piece(_ polygon: Polygon, _ zones: [Int]) -> Piece? {
        let area = EllipsoidalArea().area(of: polygon).squareMeters
        let width = LocalScale(around: Envelope(polygon.exteriorRing)).width(of: polygon, area: area)
        return width > rounding ? Piece(polygon: polygon, area: area, width: width, zones: zones) : nil
    }

    /// Unites pieces of different zones that overlap or adjoin, because their width is that of the ground, whosever it
    /// is.
    private static func joined(_ pieces: [Piece]) throws -> [Piece] {
        let envelopes = pieces.map { Envelope($0.polygon.exteriorRing) }
        let index = PackedRTree(envelopes)
        var groups = DisjointGroups(count: pieces.count)
        for (place, envelope) in envelopes.enumerated() {
            index.forEachIndex(intersecting: envelope) { other in
                if other > place, pieces[other].zones != pieces[place].zones { groups.join(place, other) }
            }
        }
        let context = try GeometryContext()
        var joined: [Piece] = []
        for members in groups.members {
            guard Set(members.map { pieces[$0].zones[0] }).count > 1 else {
                joined += members.map { pieces[$0] }
                continue
            }
            let united = try context.unaryUnion(members.map { pieces[$0].polygon }).value().parts.polygons
            for polygon in united {
                let whole = try PreparedGeometry(preparing: context.polygon(polygon))
                let owners = try members.filter { member in
                    let label = try context.polygon(pieces[member].polygon).pointOnSurface().value().parts.points
                    return try label.first.map { try whole.intersects($0) } ?? false
                }
                if let piece = piece(polygon, Set(owners.map { pieces[$0].zones[0] }).sorted()), !piece.zones.isEmpty {
                    joined.append(piece)
                }
            }
        }
        return joined
    }
}

/// Which of some things hang together.
private struct DisjointGroups {
    private var parents: [Int]

    init(count: Int) { parents = Array(0..<count) }

    private mutating func root(of place: Int) -> Int {
        var place = place
        while parents[place] != place {
            parents[place] = parents[parents[place]]
            place = parents[place]
        }
        return place
    }

    mutating func join(_ first: Int, _ second: Int) {
        let (a, b) = (root(of: first), root(of: second))
        parents[max(a, b)] = min(a, b)
    }

    /// The groups by their first members, each ascending.
    var members: [[Int]] {
        var copy = self
        var groups: [Int: [Int]] = [:]
        for place in parents.indices { groups[copy.root(of: place), default: []].append(place) }
        return groups.sorted { $0.key < $1.key }.map(\.value)
    }
}

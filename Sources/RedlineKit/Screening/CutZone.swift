import GeometryEngine
import RedlineGeometry

/// A zone cut so that the cost of a site does not grow with the size of the zone that it meets; belongs to one task.
///
/// A polygon is halved until its pieces are small, where sites come near. What was cut for one site is there for the
/// next.
final class CutZone {
    private let polygons: [CutPolygon]
    private let others: [(geometry: Geometry, dimension: Int, size: Int)]
    private var otherPieces: [Int: ZonePiece] = [:]
    /// What it keeps, in positions; a piece in the memory of GEOS counts ten times.
    private(set) var size = 64

    init(_ ground: Ground) {
        polygons = ground.polygons.map { CutPolygon($0, along: []) }
        var others: [(geometry: Geometry, dimension: Int, size: Int)] = []
        if !ground.lines.isEmpty {
            let size = ground.lines.reduce(0) { $0 + $1.positions.count }
            others.append((.multiLineString(ground.lines), 1, size))
        }
        if !ground.points.isEmpty { others.append((.multiPoint(ground.points), 0, ground.points.count)) }
        self.others = others
    }

    /// The pieces that reach into a window.
    ///
    /// - Complexity: O(*v* log *v*) for cutting a zone of *v* vertices once, then about the number of pieces.
    func pieces(near window: Envelope, in context: GeometryContext) throws -> [ZonePiece] {
        var pieces: [ZonePiece] = []
        for polygon in polygons { try polygon.append(near: window, to: &pieces, size: &size, in: context) }
        for (place, other) in others.enumerated() where other.geometry.envelope.intersects(window) {
            if let known = otherPieces[place] {
                pieces.append(known)
            } else {
                let piece = try ZonePiece(other.geometry, dimension: other.dimension, in: context)
                otherPieces[place] = piece
                size += other.size * CutPolygon.engineCost
                pieces.append(piece)
            }
        }
        return pieces
    }
}

/// A polygon of a zone, or a part of one, halved when a site first comes near.
private final class CutPolygon {
    /// A polygon of up to this many positions is not cut.
    private static let smallPiece = 128
    /// A site across a cut line is compared with the uncut polygon up to this many positions: one overlay of a larger
    /// piece costs less than two of small ones and their union.
    private static let largePiece = 2048
    /// What a position costs in the memory of GEOS, against one here.
    static let engineCost = 10

    private let envelope: Envelope
    private let count: Int
    /// The lines that it was cut along.
    private let cuts: [PolygonCut.CutLine]
    /// Nil where only its halves are asked for.
    private var polygon: Polygon?
    private var halves: (line: PolygonCut.CutLine, parts: [CutPolygon])?
    private var isCut = false
    private var piece: ZonePiece?

    init(_ polygon: Polygon, along cuts: [PolygonCut.CutLine]) {
        (self.polygon, self.cuts) = (polygon, cuts)
        envelope = Envelope(polygon.exteriorRing)
        count = polygon.positionCount
    }

    func append(
        near window: Envelope, to pieces: inout [ZonePiece], size: inout Int, in context: GeometryContext
    ) throws {
        guard envelope.intersects(window) else { return }
        if count > Self.smallPiece, let halves = halved(&size) {
            if count > Self.largePiece || !halves.line.crosses(window) {
                for half in halves.parts { try half.append(near: window, to: &pieces, size: &size, in: context) }
                return
            }
        }
        guard let polygon else { return }
        let found = try piece ?? ZonePiece(.polygon(polygon), dimension: 2, cuts: cuts, in: context)
        if piece == nil { size += count * Self.engineCost }
        piece = found
        pieces.append(found)
    }

    /// Both halves; nil where they do not add up to the whole, which rounding may cause: then it stays whole, which is
    /// slower and never wrong.
    private func halved(_ size: inout Int) -> (line: PolygonCut.CutLine, parts: [CutPolygon])? {
        if isCut { return halves }
        isCut = true
        guard let polygon, let made = polygon.halves() else { return nil }
        halves = (made.line, made.parts.map { CutPolygon($0, along: cuts + [made.line]) })
        size += count
        if count > Self.largePiece { self.polygon = nil }
        return halves
    }
}

extension PolygonCut.CutLine {
    /// Whether a window reaches both sides of it.
    fileprivate func crosses(_ window: Envelope) -> Bool {
        axis == .x
            ? window.minX <= value && value <= window.maxX : window.minY <= value && value <= window.maxY
    }
}

/// The zones that one task has cut, as many as its memory may hold.
final class CutZones {
    /// The place of a zone in a run.
    struct Key: Hashable {
        var layer: Int
        var zone: Int
    }

    /// How many positions are kept: some tens of megabytes.
    private static let limit = 4_000_000

    private var zones: [Key: CutZone] = [:]
    private var size = 0

    /// The pieces of a zone that reach into a window.
    func pieces(
        of ground: Ground, _ key: Key, near window: Envelope, in context: GeometryContext
    ) throws -> [ZonePiece] {
        let zone: CutZone
        var before = 0
        if let known = zones[key] {
            zone = known
            before = known.size
        } else {
            // All are given up at once: sites come along a curve, and do not go back.
            if size > Self.limit { (zones, size) = ([:], 0) }
            zone = CutZone(ground)
            zones[key] = zone
        }
        defer { size += zone.size - before }
        return try zone.pieces(near: window, in: context)
    }
}

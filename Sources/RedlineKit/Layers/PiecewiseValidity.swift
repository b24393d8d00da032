import GeometryEngine
import RedlineCells
import RedlineGeometry

/// Judges large polygons in pieces, because GEOS looks at every hole against the whole shell.
///
/// Faults are local: a crossing, an overlap of rings or a ring that touches itself shows in the piece that holds it, and
/// a hole outside its shell or within another one leaves ends that do not pair. So where all pieces are valid and add up
/// to the whole, the whole is; where anything is odd, GEOS judges the whole. One fault passes, holes that touch each
/// other in a chain and so part the inside: it changes no ground.
struct PiecewiseValidity {
    let context: GeometryContext

    /// Up to this many positions GEOS is as fast.
    private static let pieceSize = 1024

    /// Whether the polygons are valid, each and together. Their rings must be closed.
    func holds(_ polygons: [Polygon]) -> Bool {
        if ZoneOutline.areClearlyValid(polygons) { return true }
        let size = polygons.reduce(0) { $0 + $1.positionCount }
        if size > Self.pieceSize, areApart(polygons), polygons.allSatisfy(isValidInPieces) { return true }
        return (try? context.geometry(.multiPolygon(polygons)).isValid) ?? false
    }

    /// Whether no two polygons can meet, by their rectangles.
    private func areApart(_ polygons: [Polygon]) -> Bool {
        guard polygons.count > 1 else { return true }
        let envelopes = polygons.map { Envelope($0.exteriorRing) }
        let index = PackedRTree(envelopes)
        return envelopes.allSatisfy { envelope in
            var met = 0
            index.forEachIndex(intersecting: envelope) { _ in met += 1 }
            return met == 1
        }
    }

    private func isValidInPieces(_ polygon: Polygon) -> Bool {
        guard polygon.positionCount > Self.pieceSize, let halves = polygon.halves() else {
            return (try? context.polygon(polygon).isValid) ?? false
        }
        return halves.parts.allSatisfy(isValidInPieces)
    }
}

extension Polygon {
    /// The parts on both sides of the middle of the longer axis, and the line between; nil where they do not add up to the whole, which
    /// rounding or a fault may cause, or do not get smaller.
    func halves() -> (parts: [Polygon], line: PolygonCut.CutLine)? {
        let envelope = Envelope(exteriorRing)
        guard envelope.center.isFinite else { return nil }
        let isWide = envelope.width >= envelope.height
        guard
            let halves = PolygonCut.halves(
                of: self, across: isWide ? .x : .y, at: isWide ? envelope.center.x : envelope.center.y)
        else { return nil }
        let parts = halves.below + halves.above
        let whole = planarArea
        guard abs(parts.reduce(0) { $0 + $1.planarArea } - whole) <= 1e-11 * whole,
            parts.allSatisfy({ $0.positionCount < positionCount })
        else { return nil }
        return (parts, halves.line)
    }
}

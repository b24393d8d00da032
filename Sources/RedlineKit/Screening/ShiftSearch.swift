import RedlineCells
import RedlineGeometry

/// Searches the shortest shift under which a site no longer shares ground with a zone.
///
/// The shifts under which both share ground are the Minkowski sum of the zone and the mirrored site. Its edge consists of
/// pieces of the shifts that slide a corner of one along an edge of the other, and only of those that keep both neighbours
/// of the corner on one side of that edge (the reduced convolution: Behar and Lien, Fast and robust 2D Minkowski sum using
/// reduced convolution, 2011). The shortest free shift is therefore the nearest place of such a piece, or one where two of
/// them cross; the candidates are tried in order of length.
struct ShiftSearch {
    var shifted: ShiftedSite

    /// Pieces between which crossings are looked for; more take longer than a margin is worth.
    private static let mostPieces = 20_000
    /// Candidates that are tried.
    private static let mostCandidates = 200_000
    /// No margin is longer, in metres.
    private static let farthest = 1e6

    /// Shifts from `start` to `end`: straight, since a corner slides along an edge.
    private struct Piece {
        let start: Shift
        let end: Shift

        /// The shift of the piece that is nearest to none.
        var nearest: Shift {
            let (dx, dy) = (end.x - start.x, end.y - start.y)
            let square = dx * dx + dy * dy
            let along = square > 0 ? min(max(-(start.x * dx + start.y * dy) / square, 0), 1) : 0
            return Shift(x: start.x + dx * along, y: start.y + dy * along)
        }

        var direction: Shift {
            let (dx, dy) = (end.x - start.x, end.y - start.y)
            let length = (dx * dx + dy * dy).squareRoot()
            return length > 0 ? Shift(x: dx / length, y: dy / length) : Shift(x: 1)
        }
    }

    /// A shift that may be the shortest, with the directions of the pieces that it lies on.
    private struct Candidate {
        let shift: Shift
        let length: Double
        let along: Shift
        let across: Shift?
    }

    /// The length of the shortest shift that takes the site out, to 1 %.
    ///
    /// - Parameters:
    ///   - lower: No shorter shift takes it out.
    ///   - upper: A shift of this length does; nil where none is known.
    /// - Returns: nil where it would take too long.
    mutating func shortest(from lower: Double, to upper: Double?) -> Double? {
        var least = lower * 0.999
        var reach = max(lower * 1.05, 1)
        while least < min(upper ?? Self.farthest, Self.farthest) {
            reach = min(reach, upper ?? Self.farthest)
            guard let pieces = pieces(within: reach) else { return nil }
            let found = candidates(of: pieces, from: least, to: reach)
            guard found.count <= Self.mostCandidates else { return nil }
            if let free = found.first(where: { isFree($0) }) { return free.length }
            (least, reach) = (reach, reach * 1.6)
        }
        return upper
    }

    /// Whether a step of a thousandth to one of the sides frees the site.
    private mutating func isFree(_ candidate: Candidate) -> Bool {
        let step = max(candidate.length * 1e-3, 1e-4)
        for way in Self.waysOut(candidate.along, candidate.across)
        where !shifted.meets(Shift(x: candidate.shift.x + way.x * step, y: candidate.shift.y + way.y * step)) {
            return true
        }
        return false
    }

    // MARK: Pieces

    private func pieces(within reach: Double) -> [Piece]? {
        let window = shifted.scale.expanded(shifted.envelope, byMeters: reach)
        var pieces: [Piece] = []
        func add(_ start: Shift, _ end: Shift) {
            let piece = Piece(start: start, end: end)
            if pieces.count <= Self.mostPieces, piece.nearest.length <= reach { pieces.append(piece) }
        }
        shifted.boundary.forEachVertex(in: window) { before, place, after in
            let (back, ahead) = (shifted.shift(from: place, to: before), shifted.shift(from: place, to: after))
            for vertex in shifted.vertices {
                let left = vertex.before.map { shifted.shift(from: vertex.place, to: $0) }
                let right = vertex.after.map { shifted.shift(from: vertex.place, to: $0) }
                if Self.isOneSided(left, right, of: ahead) {
                    add(shifted.shift(from: vertex.place, to: place), shifted.shift(from: vertex.place, to: after))
                }
            }
            for edge in shifted.edges {
                guard Self.isOneSided(back, ahead, of: shifted.shift(from: edge.start, to: edge.end)) else { continue }
                add(shifted.shift(from: edge.start, to: place), shifted.shift(from: edge.end, to: place))
            }
        }
        return pieces.count <= Self.mostPieces ? pieces : nil
    }

    /// Whether two directions lie on one side of a third, its line included.
    private static func isOneSided(_ a: Shift?, _ b: Shift?, of line: Shift) -> Bool {
        guard let a, let b else { return true }
        return (line.x * a.y - line.y * a.x) * (line.x * b.y - line.y * b.x) >= 0
    }

    // MARK: Candidates

    private func candidates(of pieces: [Piece], from least: Double, to reach: Double) -> [Candidate] {
        var found: [Candidate] = []
        func add(_ shift: Shift, _ along: Shift, _ across: Shift?) {
            let length = shift.length
            guard length > least, length <= reach else { return }
            found.append(Candidate(shift: shift, length: length, along: along, across: across))
        }
        let directions = pieces.map(\.direction)
        let envelopes = pieces.map { Self.envelope(of: $0, within: reach) }
        let tree = PackedRTree(envelopes)
        for (first, piece) in pieces.enumerated() {
            add(piece.nearest, directions[first], nil)
            tree.forEachIndex(intersecting: envelopes[first]) { second in
                guard second > first, let place = Self.crossing(piece, pieces[second]) else { return }
                add(place, directions[first], directions[second])
            }
        }
        return found.sorted { $0.length < $1.length }
    }

    private static func envelope(of piece: Piece, within reach: Double) -> Envelope {
        Envelope(
            minX: max(min(piece.start.x, piece.end.x), -reach), minY: max(min(piece.start.y, piece.end.y), -reach),
            maxX: min(max(piece.start.x, piece.end.x), reach), maxY: min(max(piece.start.y, piece.end.y), reach))
    }

    /// Where two pieces cross or one ends on the other; nil where they run alongside.
    private static func crossing(_ a: Piece, _ b: Piece) -> Shift? {
        let (ux, uy) = (a.end.x - a.start.x, a.end.y - a.start.y)
        let (vx, vy) = (b.end.x - b.start.x, b.end.y - b.start.y)
        let cross = ux * vy - uy * vx
        guard cross != 0 else { return nil }
        let (wx, wy) = (b.start.x - a.start.x, b.start.y - a.start.y)
        let (s, t) = ((wx * vy - wy * vx) / cross, (wx * uy - wy * ux) / cross)
        let spare = 1e-9
        guard s >= -spare, s <= 1 + spare, t >= -spare, t <= 1 + spare else { return nil }
        return Shift(x: a.start.x + ux * s, y: a.start.y + uy * s)
    }

    /// The directions in which ground may be free beside one piece or in the four angles between two.
    private static func waysOut(_ u: Shift, _ v: Shift?) -> [Shift] {
        guard let v else { return [Shift(x: -u.y, y: u.x), Shift(x: u.y, y: -u.x)] }
        return [Shift(x: u.x + v.x, y: u.y + v.y), Shift(x: u.x - v.x, y: u.y - v.y)].flatMap { way -> [Shift] in
            let length = way.length
            guard length > 1e-12 else { return [] }
            let unit = Shift(x: way.x / length, y: way.y / length)
            return [unit, Shift(x: -unit.x, y: -unit.y)]
        }
    }
}

/// Cuts polygons along lines parallel to an axis, in time linear in their vertices.
///
/// The boundary is taken apart where it crosses the line; on each side the loose ends, sorted along the line, are
/// joined in pairs, because along the line inside and outside alternate. The line is moved so that it meets no vertex,
/// and every crossing is a real one.
public enum PolygonCut {
    /// A line that polygons were cut along; no vertex of theirs lay on it.
    public struct CutLine: Hashable, Sendable {
        /// The axis that it cuts across.
        public var axis: Axis
        /// Where.
        public var value: Double

        /// Whether an edge lies on the line, and so came from the cut and not from the polygon.
        @inlinable
        public func holds(_ start: Position, _ end: Position) -> Bool {
            axis == .x ? start.x == value && end.x == value : start.y == value && end.y == value
        }
    }

    /// An axis to cut across.
    public enum Axis: Hashable, Sendable {
        /// Along a line of constant x.
        case x
        /// Along a line of constant y.
        case y
    }

    /// Returns the parts of `polygon` below and above a line near `value`.
    ///
    /// - Parameters:
    ///   - polygon: A valid polygon.
    ///   - axis: The axis that the line cuts across.
    ///   - value: Where; the line actually used may lie beside it, to meet no vertex.
    /// - Returns: Valid polygons on either side, up to the rounding of the crossings, and the line; nil where the loose ends do not
    ///   pair up, which rounding may cause where edges cross the line within 1e-15 of each other.
    /// - Complexity: O(*n* + *k* log *k*) for *k* crossings.
    public static func halves(
        of polygon: Polygon, across axis: Axis, at value: Double
    ) -> (below: [Polygon], above: [Polygon], line: CutLine)? {
        let line = clearLine(polygon, axis, value)
        var below = Side()
        var above = Side()
        for ring in polygon.rings {
            guard ring.count >= 4 else { continue }
            take(orient(ring, isShell: ring == polygon.exteriorRing), axis, line, &below, &above)
        }
        guard let lower = below.polygons(axis), let upper = above.polygons(axis) else { return nil }
        return (lower, upper, CutLine(axis: axis, value: line))
    }

    /// The nearest line to `value`, upwards, that meets no vertex.
    private static func clearLine(_ polygon: Polygon, _ axis: Axis, _ value: Double) -> Double {
        var line = value
        while true {
            var meets = false
            for ring in polygon.rings where ring.contains(where: { coordinate($0, axis) == line }) { meets = true }
            guard meets else { return line }
            line = line.nextUp
        }
    }

    @inline(__always)
    private static func coordinate(_ position: Position, _ axis: Axis) -> Double {
        axis == .x ? position.x : position.y
    }

    /// The ring with the inside on its left: shells counter-clockwise, holes clockwise.
    private static func orient(_ ring: [Position], isShell: Bool) -> [Position] {
        (signedArea(ring) > 0) == isShell ? ring : ring.reversed()
    }

    /// Twice the area in the plane, positive for a counter-clockwise ring.
    fileprivate static func signedArea(_ ring: [Position]) -> Double {
        guard let origin = ring.first else { return 0 }
        var sum = 0.0
        for index in ring.indices.dropFirst() {
            let (a, b) = (ring[index - 1], ring[index])
            sum += (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y)
        }
        return sum
    }

    /// Gives each part of the ring to its side: whole rings, or chains from crossing to crossing.
    private static func take(
        _ ring: [Position], _ axis: Axis, _ line: Double, _ below: inout Side, _ above: inout Side
    ) {
        let isBelow = { (position: Position) in coordinate(position, axis) < line }
        guard let start = ring.indices.dropFirst().first(where: { isBelow(ring[$0 - 1]) != isBelow(ring[$0]) }) else {
            if isBelow(ring[0]) { below.rings.append(ring) } else { above.rings.append(ring) }
            return
        }
        let count = ring.count - 1  // The last position repeats the first.
        var chain = [crossing(ring[start - 1], ring[start], axis, line)]
        for step in 0..<count {
            let position = ring[(start + step) % count]
            let next = ring[(start + step + 1) % count]
            chain.append(position)
            guard isBelow(position) != isBelow(next) else { continue }
            let end = crossing(position, next, axis, line)
            chain.append(end)
            if isBelow(position) { below.chains.append(chain) } else { above.chains.append(chain) }
            chain = [end]
        }
    }

    /// Where an edge crosses the line; the same for both directions of the edge.
    private static func crossing(_ a: Position, _ b: Position, _ axis: Axis, _ line: Double) -> Position {
        let (low, high) = coordinate(a, axis) < coordinate(b, axis) ? (a, b) : (b, a)
        let part = (line - coordinate(low, axis)) / (coordinate(high, axis) - coordinate(low, axis))
        return axis == .x
            ? Position(x: line, y: low.y + (high.y - low.y) * part)
            : Position(x: low.x + (high.x - low.x) * part, y: line)
    }
}

extension Polygon {
    /// The area in the plane of its coordinates, in their unit squared; holes are taken away whatever their direction.
    public var planarArea: Double {
        interiorRings.reduce(abs(PolygonCut.signedArea(exteriorRing))) { $0 - abs(PolygonCut.signedArea($1)) } / 2
    }
}

/// What lies on one side of the line.
private struct Side {
    /// Rings that do not cross the line.
    var rings: [[Position]] = []
    /// Parts of rings from one crossing to the next, inside on their left.
    var chains: [[Position]] = []

    /// The polygons; nil where the ends of the chains do not pair up.
    func polygons(_ axis: PolygonCut.Axis) -> [Polygon]? {
        guard let joined = joinedChains(axis) else { return nil }
        var shells = (rings + joined).filter { PolygonCut.signedArea($0) > 0 }.map { Polygon(exteriorRing: $0) }
        let holes = (rings + joined).filter { PolygonCut.signedArea($0) < 0 }
        guard !holes.isEmpty else { return shells }
        let envelopes = shells.map { Envelope($0.exteriorRing) }
        for hole in holes {
            let envelope = Envelope(hole)
            let candidates = shells.indices.filter { envelopes[$0].contains(envelope) }
            guard
                let shell = candidates.count == 1
                    ? candidates[0] : candidates.first(where: { shells[$0].exteriorRing.surrounds(hole) })
            else { return nil }
            shells[shell].interiorRings.append(hole)
        }
        return shells
    }

    /// Joins each chain's end to the start of the chain beside it along the line.
    private func joinedChains(_ axis: PolygonCut.Axis) -> [[Position]]? {
        guard !chains.isEmpty else { return [] }
        var ends: [(place: Double, chain: Int, isStart: Bool)] = []
        for (index, chain) in chains.enumerated() {
            guard let first = chain.first, let last = chain.last else { return nil }
            ends.append((axis == .x ? first.y : first.x, index, true))
            ends.append((axis == .x ? last.y : last.x, index, false))
        }
        ends.sort { $0.place < $1.place }
        var following = Array(repeating: -1, count: chains.count)
        for pair in stride(from: 0, to: ends.count, by: 2) {
            let (a, b) = (ends[pair], ends[pair + 1])
            guard a.isStart != b.isStart, a.place < b.place else { return nil }
            following[a.isStart ? b.chain : a.chain] = a.isStart ? a.chain : b.chain
        }
        var isTaken = Array(repeating: false, count: chains.count)
        var joined: [[Position]] = []
        for start in chains.indices where !isTaken[start] {
            var ring: [Position] = []
            var chain = start
            while !isTaken[chain] {
                isTaken[chain] = true
                ring += chains[chain]
                chain = following[chain]
            }
            guard chain == start else { return nil }
            ring.append(ring[0])
            joined.append(ring)
        }
        return joined
    }
}

extension [Position] {
    /// Whether a ring that does not cross this one lies inside it, by the first of its positions off its boundary.
    fileprivate func surrounds(_ ring: [Position]) -> Bool {
        for position in ring {
            switch side(of: position) {
            case .inside: return true
            case .outside: return false
            case .boundary: continue
            }
        }
        return false
    }

    private enum PlaceInRing { case inside, outside, boundary }

    private func side(of position: Position) -> PlaceInRing {
        var isInside = false
        for index in indices.dropFirst() {
            let (a, b) = (self[index - 1], self[index])
            if a == position { return .boundary }
            guard (a.y > position.y) != (b.y > position.y) else { continue }
            let x = a.x + (position.y - a.y) / (b.y - a.y) * (b.x - a.x)
            if x == position.x { return .boundary }
            if x > position.x { isInside.toggle() }
        }
        return isInside ? .inside : .outside
    }
}

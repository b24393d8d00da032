package import RedlineGeometry

extension ZoneOutline {
    /// Whether polygons are valid beyond doubt, each and together: no two edges come near each other but at the ends that
    /// they share, and rings lie in each other as shells and holes do.
    ///
    /// False says nothing: rounding might decide, or rings touch, which may be valid. Rings that nowhere meet form a
    /// forest by what lies in what; the polygons are valid if every ring at an even depth is a shell, and every ring at an
    /// odd one a hole of the shell right around it (OGC 06-103r4, 6.1.11 and 6.1.14).
    ///
    /// - Parameter polygons: Positions in degrees, rings closed and of at least four positions.
    /// - Returns: Whether they are valid; false where that is not clear.
    /// - Complexity: O(*n* log *n*) in the number of positions for boundaries that do not crowd.
    package static func areClearlyValid(_ polygons: [Polygon]) -> Bool {
        if polygons.count == 1, polygons[0].interiorRings.isEmpty,
            (4...shortRing).contains(polygons[0].exteriorRing.count)
        {
            return hasOnlyLooseEdges(polygons[0].exteriorRing)
        }
        guard polygons.allSatisfy({ $0.rings.allSatisfy { $0.count >= 4 && $0.allSatisfy(\.isFinite) } }) else {
            return false
        }
        let outline = ZoneOutline(polygons)
        return outline.hasOnlyLooseEdges && outline.isNested(as: polygons)
    }

    // MARK: Edges

    /// Up to this many positions all pairs of edges are compared sooner than an index is built.
    private static let shortRing = 65

    /// Whether the edges of a single short ring keep away from each other, and its positions are numbers.
    private static func hasOnlyLooseEdges(_ ring: [Position]) -> Bool {
        let positions = ring.span
        let last = positions.count - 2
        // (minX, minY, −maxX, −maxY), so that one comparison tells whether two boxes meet.
        var boxes: [SIMD4<Double>] = []
        boxes.reserveCapacity(last + 1)
        for edge in 0...last {
            let (a, b) = (positions[edge], positions[edge + 1])
            guard a.isFinite, b.isFinite, a != b else { return false }
            boxes.append(SIMD4(min(a.x, b.x), min(a.y, b.y), -max(a.x, b.x), -max(a.y, b.y)))
        }
        let span = boxes.span
        for edge in 0..<last {
            let box = span[edge]
            let reach = SIMD4(-box.z, -box.w, -box.x, -box.y) + EdgePair.margin
            for next in edge + 1...last where all(span[next] .<= reach) {
                let (a, b) = (positions[edge], positions[edge + 1])
                let (c, d) = (positions[next], positions[next + 1])
                if next == edge + 1 {
                    if !turns(a, b, d) { return false }
                } else if edge == 0, next == last {
                    if !turns(c, d, b) { return false }
                } else if !areApart(a, b, c, d) {
                    return false
                }
            }
        }
        return true
    }

    private var hasOnlyLooseEdges: Bool {
        for (place, box) in boxes.enumerated() {
            let window = box.expanded(dx: EdgePair.margin, dy: EdgePair.margin)
            var isLoose = true
            index.forEachIndex(intersecting: window) { other in
                if isLoose, other >= place { isLoose = areLoose(place, other) }
            }
            if !isLoose { return false }
        }
        return true
    }

    /// Whether the edges of two chunks keep away from each other.
    private func areLoose(_ place: Int, _ other: Int) -> Bool {
        let (chunk, second) = (chunks[place], chunks[other])
        let (here, there) = (rings[Int(chunk.ring)].positions, rings[Int(second.ring)].positions)
        let far = boxes[other].expanded(dx: EdgePair.margin, dy: EdgePair.margin)
        let isSameRing = chunk.ring == second.ring
        let last = here.count - 2
        for edge in edges(of: chunk) {
            let (a, b) = (here[edge], here[edge + 1])
            let (minX, maxX) = (min(a.x, b.x) - EdgePair.margin, max(a.x, b.x) + EdgePair.margin)
            let (minY, maxY) = (min(a.y, b.y) - EdgePair.margin, max(a.y, b.y) + EdgePair.margin)
            guard minX <= far.maxX, maxX >= far.minX, minY <= far.maxY, maxY >= far.minY else { continue }
            for next in edges(of: second) {
                if isSameRing, next <= edge {
                    if next == edge, a == b { return false }
                    continue
                }
                let (c, d) = (there[next], there[next + 1])
                guard min(c.x, d.x) <= maxX, max(c.x, d.x) >= minX, min(c.y, d.y) <= maxY, max(c.y, d.y) >= minY else {
                    continue
                }
                if isSameRing, next == edge + 1 {
                    if !Self.turns(a, b, d) { return false }
                } else if isSameRing, edge == 0, next == last {
                    if !Self.turns(c, d, b) { return false }
                } else if !Self.areApart(a, b, c, d) {
                    return false
                }
            }
        }
        return true
    }

    /// Whether the way from `a` over `b` to `c` does not go back along itself.
    private static func turns(_ a: Position, _ b: Position, _ c: Position) -> Bool {
        let (ux, uy) = (a.x - b.x, a.y - b.y)
        let (vx, vy) = (c.x - b.x, c.y - b.y)
        let (lengthU, lengthV) = ((ux * ux + uy * uy).squareRoot(), (vx * vx + vy * vy).squareRoot())
        guard lengthU > EdgePair.margin, lengthV > EdgePair.margin else { return false }
        // The farther end of the shorter edge has to be off the longer one.
        return ux * vx + uy * vy <= 0 || abs(ux * vy - uy * vx) > EdgePair.margin * max(lengthU, lengthV)
    }

    /// Whether one edge lies on one side of the other's line, farther than the margin.
    private static func areApart(_ a: Position, _ b: Position, _ c: Position, _ d: Position) -> Bool {
        let (ex, ey) = (b.x - a.x, b.y - a.y)
        let limitE = EdgePair.margin * (abs(ex) + abs(ey))
        let (sideC, sideD) = (ex * (c.y - a.y) - ey * (c.x - a.x), ex * (d.y - a.y) - ey * (d.x - a.x))
        if min(sideC, sideD) > limitE || max(sideC, sideD) < -limitE { return true }
        let (fx, fy) = (d.x - c.x, d.y - c.y)
        let limitF = EdgePair.margin * (abs(fx) + abs(fy))
        let (sideA, sideB) = (fx * (a.y - c.y) - fy * (a.x - c.x), fx * (b.y - c.y) - fy * (b.x - c.x))
        return min(sideA, sideB) > limitF || max(sideA, sideB) < -limitF
    }

    // MARK: Rings

    /// Whether rings that nowhere meet lie in each other as the rings of valid polygons.
    private func isNested(as polygons: [Polygon]) -> Bool {
        guard rings.count > 1 else { return true }
        var ring = 0
        for polygon in polygons {
            let shell = ring
            let around = self.rings(around: shell)
            guard around.count.isMultiple(of: 2) else { return false }
            for hole in shell + 1..<shell + 1 + polygon.interiorRings.count {
                let outer = self.rings(around: hole)
                guard outer.contains(Int32(shell)), outer.count == around.count + 1 else { return false }
            }
            ring += polygon.interiorRings.count + 1
        }
        return true
    }

    /// The other rings that hold a ring, by the edges to the right of its first position (even–odd).
    private func rings(around ring: Int) -> Set<Int32> {
        let position = rings[ring].positions[0]
        var around: Set<Int32> = []
        let line = Envelope(minX: position.x, minY: position.y, maxX: envelope.maxX, maxY: position.y)
        index.forEachIndex(intersecting: line) { place in
            let chunk = chunks[place]
            guard chunk.ring != Int32(ring) else { return }
            let positions = rings[Int(chunk.ring)].positions
            for edge in edges(of: chunk) {
                let (a, b) = (positions[edge], positions[edge + 1])
                guard (a.y > position.y) != (b.y > position.y) else { continue }
                let x = (a.x - position.x) + (position.y - a.y) / (b.y - a.y) * (b.x - a.x)
                if x > 0 { around.formSymmetricDifference([chunk.ring]) }
            }
        }
        return around
    }
}

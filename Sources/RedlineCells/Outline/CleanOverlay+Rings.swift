import RedlineGeometry

extension CleanOverlay {
    /// Finds the next crossing along each ring; false where two are too close to tell which comes first, or do not
    /// alternate between going in and coming out.
    mutating func link(_ site: ZoneOutline, _ zone: ZoneOutline) -> Bool {
        link(\.site, site.rings, next: \.nextOnSite) && link(\.zone, zone.rings, next: \.nextOnZone)
    }

    private mutating func link(
        _ place: KeyPath<CleanCrossing, CleanCrossing.Place>, _ rings: [ZoneOutline.Ring],
        next: WritableKeyPath<CleanCrossing, Int32>
    ) -> Bool {
        order.removeAll(keepingCapacity: true)
        order.append(contentsOf: 0..<Int32(crossings.count))
        order.sort { crossings[Int($0)][keyPath: place].isBefore(crossings[Int($1)][keyPath: place]) }
        var start = 0
        while start < order.count {
            let ringNumber = crossings[Int(order[start])][keyPath: place].ring
            var end = start + 1
            while end < order.count, crossings[Int(order[end])][keyPath: place].ring == ringNumber { end += 1 }
            let isForward = rings[Int(ringNumber)].hasGroundOnLeft
            for index in start..<end {
                let following = index + 1 < end ? index + 1 : start
                let (this, that) = (Int(order[index]), Int(order[following]))
                guard crossings[this].entersZone != crossings[that].entersZone,
                    Self.areApart(crossings[this].position, crossings[that].position)
                else { return false }
                if isForward {
                    crossings[this][keyPath: next] = Int32(that)
                } else {
                    crossings[that][keyPath: next] = Int32(this)
                }
            }
            start = end
        }
        return true
    }

    private static func areApart(_ a: Position, _ b: Position) -> Bool {
        abs(a.x - b.x) > EdgePair.margin || abs(a.y - b.y) > EdgePair.margin
    }

    /// Follows the site where it lies in the zone and the zone where it lies in the site, ground always on the left.
    mutating func tracedRings(_ site: ZoneOutline, _ zone: ZoneOutline) -> [[Position]]? {
        var rings: [[Position]] = []
        for start in crossings.indices where crossings[start].entersZone && !crossings[start].isTaken {
            var ring: [Position] = []
            var current = start
            repeat {
                guard !crossings[current].isTaken else { return nil }
                crossings[current].isTaken = true
                let leaving = Int(crossings[current].nextOnSite)
                ring.append(crossings[current].position)
                let siteRing = site.rings[Int(crossings[current].site.ring)]
                Self.append(siteRing, from: crossings[current].site, to: crossings[leaving].site, to: &ring)
                ring.append(crossings[leaving].position)
                let entering = Int(crossings[leaving].nextOnZone)
                let zoneRing = zone.rings[Int(crossings[leaving].zone.ring)]
                Self.append(zoneRing, from: crossings[leaving].zone, to: crossings[entering].zone, to: &ring)
                current = entering
            } while current != start
            ring.append(ring[0])
            rings.append(ring)
        }
        return rings
    }

    /// Appends the vertices between two places of a ring, ground on the left.
    private static func append(
        _ ring: ZoneOutline.Ring, from start: CleanCrossing.Place, to end: CleanCrossing.Place,
        to positions: inout [Position]
    ) {
        let count = ring.edgeCount
        var edge = Int(start.edge)
        if ring.hasGroundOnLeft {
            if start.edge == end.edge, start.part < end.part { return }
            repeat {
                edge = edge + 1 == count ? 0 : edge + 1
                positions.append(ring.positions[edge])
            } while edge != end.edge
        } else {
            if start.edge == end.edge, start.part > end.part { return }
            repeat {
                positions.append(ring.positions[edge])
                edge = edge == 0 ? count - 1 : edge - 1
            } while edge != end.edge
        }
    }

    /// Gives each hole to the shell around it; nil where rings do not make polygons.
    static func polygons(of rings: [[Position]]) -> [Polygon]? {
        var shells: [(ring: [Position], area: Double)] = []
        var holes: [[Position]] = []
        for ring in rings {
            let area = doubledArea(ring)
            if area > 0 { shells.append((ring, area)) } else if area < 0 { holes.append(ring) } else { return nil }
        }
        var polygons = shells.map { Polygon(exteriorRing: $0.ring) }
        for hole in holes {
            // A hole may touch its shell at a vertex, never along an edge.
            let probe = Position(x: hole[0].x / 2 + hole[1].x / 2, y: hole[0].y / 2 + hole[1].y / 2)
            var owner: Int?
            for (place, shell) in shells.enumerated()
            where (owner.map { shell.area < shells[$0].area } ?? true) && isInside(probe, shell.ring) {
                owner = place
            }
            guard let owner else { return nil }
            polygons[owner].interiorRings.append(hole)
        }
        return polygons
    }

    private static func doubledArea(_ ring: [Position]) -> Double {
        var sum = 0.0
        for index in ring.indices.dropFirst() {
            let (a, b) = (ring[index - 1], ring[index])
            sum += (a.x - ring[0].x) * (b.y - ring[0].y) - (b.x - ring[0].x) * (a.y - ring[0].y)
        }
        return sum
    }

    private static func isInside(_ position: Position, _ ring: [Position]) -> Bool {
        var isInside = false
        for index in ring.indices.dropFirst() {
            let (a, b) = (ring[index - 1], ring[index])
            guard (a.y > position.y) != (b.y > position.y) else { continue }
            if (a.x - position.x) + (position.y - a.y) / (b.y - a.y) * (b.x - a.x) > 0 { isInside.toggle() }
        }
        return isInside
    }
}

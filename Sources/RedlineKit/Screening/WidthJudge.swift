import RedlineGeometry

/// Tells ground that counts from slivers and touches: by width, never by area.
struct WidthJudge {
    /// In metres.
    let tolerance: Double
    let scale: LocalScale
    let meter: Meter

    /// Whether one connected piece is wider than the tolerance, or as wide as the site or the zone itself.
    func isWide(_ polygons: [Polygon], siteWidth: Double?, zoneWidth: Double?) -> Bool {
        // A piece that is as narrow as what it is a part of is no sliver; a millionth covers rounding.
        let own = min(siteWidth ?? .infinity, zoneWidth ?? .infinity) * (1 - 1e-6)
        for polygon in polygons {
            let width = scale.width(of: polygon, area: meter.ellipsoidalArea(of: [polygon]))
            if width > tolerance || width >= own { return true }
        }
        return false
    }

    /// The polygons that are wider than the tolerance, or as wide as the site itself.
    func wide(_ polygons: [Polygon], siteWidth: Double? = nil) -> [Polygon] {
        polygons.filter { isWide([$0], siteWidth: siteWidth, zoneWidth: nil) }
    }

    /// Whether a line leaves the boundary of the zone by more than the tolerance somewhere.
    func leavesBoundary(_ line: LineString, of zone: Ground, near pieces: [ZonePiece]) -> Bool {
        zone.polygons.isEmpty || probes(of: line).contains { isInside($0, of: zone, near: pieces) }
    }

    /// Whether a line lies within the tolerance of the boundaries of `grounds` all along.
    func isAlongBoundary(_ line: LineString, of grounds: [Ground]) -> Bool {
        let polygons = grounds.flatMap(\.polygons)
        return probes(of: line).allSatisfy { scale.isOnBoundary($0, of: polygons, within: tolerance) }
    }

    /// The points farther than the tolerance from the boundary; a point on the boundary is not inside.
    func inside(_ points: [Position], of zone: Ground, near pieces: [ZonePiece]) -> [Position] {
        points.filter { zone.polygons.isEmpty || isInside($0, of: zone, near: pieces) }
    }

    /// Whether a position of the closed zone lies off its boundary. The pieces are looked at first: off their
    /// boundaries is off the zone's, and they are small.
    private func isInside(_ position: Position, of zone: Ground, near pieces: [ZonePiece]) -> Bool {
        let polygons = pieces.flatMap(\.geometry.parts.polygons)
        return !scale.isOnBoundary(position, of: polygons, within: tolerance)
            || !scale.isOnBoundary(position, of: zone.polygons, within: tolerance)
    }

    /// Places along a line: the quarters of every edge, the middle first, then every vertex. The ends of what a zone
    /// cuts out of a line lie on its boundary, so that they would decide last.
    private func probes(of line: LineString) -> [Position] {
        var probes: [Position] = []
        for part in [0.5, 0.25, 0.75] {
            for index in line.positions.indices.dropFirst() {
                let (a, b) = (line.positions[index - 1], line.positions[index])
                probes.append(Position(x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part))
            }
        }
        return probes + line.positions
    }
}

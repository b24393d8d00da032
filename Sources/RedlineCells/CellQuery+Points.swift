package import RedlineGeometry

/// How a point lies to a zone.
package struct PointMeeting: Hashable, Sendable {
    /// The place of the zone in its layer.
    package var zone: Int
    /// Whether the boundary is within the tolerance, on either side; else the point lies inside.
    package var isOnBoundary: Bool

    /// Creates a meeting.
    package init(zone: Int, isOnBoundary: Bool) {
        self.zone = zone
        self.isOnBoundary = isOnBoundary
    }
}

extension CellQuery {
    /// The zones that hold a point or have it on their boundary, by place.
    ///
    /// A square around the point tells: all of it inside a zone means inside, a part of it on the boundary.
    ///
    /// - Parameters:
    ///   - point: Longitude and latitude in degrees.
    ///   - layer: The zones.
    ///   - toleranceX: The tolerance as degrees of longitude, half a side of the square; at least 10⁻¹⁰, a hundredth of
    ///     a millimetre.
    ///   - toleranceY: The same as degrees of latitude.
    /// - Returns: A meeting for each zone of which the square holds ground.
    package mutating func meetings(
        of point: Position, in layer: CellLayer, toleranceX: Double, toleranceY: Double
    ) -> [PointMeeting] {
        let (dx, dy) = (max(toleranceX, 1e-10), max(toleranceY, 1e-10))
        guard point.isFinite else { return [] }
        let square = Envelope(minX: point.x, minY: point.y, maxX: point.x, maxY: point.y).expanded(dx: dx, dy: dy)
        walker.begin(square)
        let area = walker.windowArea()
        // Sides lie where a `Double` can put them, to 10⁻⁴ of the smallest square; the areas then are as good as ever.
        let slack = 1e-6 * area
        return meetings(of: SiteCells(rectangle: square, area: area), in: layer).compactMap { meeting in
            guard meeting.area > slack else { return nil }
            return PointMeeting(zone: meeting.zone, isOnBoundary: meeting.area < area - slack)
        }
    }
}

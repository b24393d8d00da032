/// What a site and a zone share.
package struct ZoneMeeting: Hashable, Sendable {
    /// The place of the zone in its layer.
    package var zone: Int
    /// The shared area in square metres on the CGCS2000 ellipsoid.
    package var area: Double
    /// Whether the whole site lies in full cells of the zone; the area is then the site's own.
    package var isWhole: Bool

    /// Creates a meeting.
    package init(zone: Int, area: Double, isWhole: Bool) {
        self.zone = zone
        self.area = area
        self.isWhole = isWhole
    }
}

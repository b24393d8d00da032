import RedlineCells
public import RedlineGeometry

/// A point of a site, such as a tower or a well, as a zone sees it.
public struct SiteStructure: Hashable, Sendable {
    /// In longitude and latitude.
    public var position: Position
    /// Whether it lies in the zone.
    public var isInside: Bool
    /// How far the zone is, in metres: 0 inside and on the boundary; nil beyond 10 km.
    public var distance: Double?
}

/// Lines section by section, and points one by one.
extension SiteAssembly {
    /// The sections of the site's lines; none where they have nothing in the zone or cannot be told apart.
    func sections(_ meeting: Meeting, _ layer: ReadyLayer) -> [LineSection] {
        let lines = site.site.ground.lines
        guard meeting.relation == .overlaps, !lines.isEmpty, let length = meeting.length, length > 0 else { return [] }
        if meeting.isWhole {
            return lines.enumerated().map {
                LineSection(line: $0 + 1, start: 0, length: meter.length(of: [$1]), isInside: true)
            }
        }
        return shape.sections(meter)
            .sections(inside: meeting.ground(of: site.site).lines, tolerance: layer.tolerance) ?? []
    }

    /// The points of a site that has more than one, or lines or polygons besides.
    func structures(_ meeting: Meeting, _ layer: ReadyLayer) -> [SiteStructure] {
        let ground = site.site.ground
        guard ground.points.count > 1 || !ground.points.isEmpty && !(ground.lines.isEmpty && ground.polygons.isEmpty)
        else { return [] }
        let inside = meeting.relation == .overlaps ? Set(meeting.ground(of: site.site).points) : []
        let outline = layer.indexed.entries[meeting.zone].outline
        var nearest = NearestEdges()
        return ground.points.map { point in
            if inside.contains(point) { return SiteStructure(position: point, isInside: true, distance: 0) }
            let own = ZoneOutline(polygons: [], lines: [], points: [point])
            let distance = nearest.distance(from: own, to: outline, within: Clearance.reach)
            return SiteStructure(position: point, isInside: false, distance: distance)
        }
    }
}

import RedlineCells
import RedlineGeometry

/// The shapes of one site that layers ask for, each made once for all of them; belongs to one task.
final class SiteShape {
    let measured: MeasuredSite
    /// The place of the site in the run.
    let place: Int

    init(_ measured: MeasuredSite, place: Int) { (self.measured, self.place) = (measured, place) }

    var site: Site { measured.site }
    var ground: Ground { measured.site.ground }
    var scale: LocalScale { measured.scale }

    /// The cells of its polygons.
    lazy var cells = SiteCells(ground.polygons, area: measured.area?.ellipsoidal ?? 0)
    /// The edges of its polygons.
    lazy var polygonOutline = ZoneOutline(ground.polygons)
    /// The edges of its lines.
    lazy var lineOutline = ZoneOutline(ground.lines)
    /// All of it, for distances.
    lazy var outline: ZoneOutline = {
        switch (ground.polygons.isEmpty, ground.lines.isEmpty, ground.points.isEmpty) {
        case (false, true, true): polygonOutline
        case (true, false, true): lineOutline
        default: ZoneOutline(polygons: ground.polygons, lines: ground.lines, points: ground.points)
        }
    }()
    private var knownSections: LineSections?

    /// Its lines, ready to be taken apart.
    func sections(_ meter: Meter) -> LineSections {
        if let knownSections { return knownSections }
        let made = LineSections(ground.lines, meter: meter)
        knownSections = made
        return made
    }
}

import GeometryEngine
import RedlineGeometry

/// Finds the region that a part of a site is counted to.
struct RegionLabel {
    let regions: ReadyLayer
    /// What the site has with them.
    let meetings: [Meeting]
    let scale: LocalScale
    let worker: AssemblyWorker

    private var context: GeometryContext { worker.context }
    private var meter: Meter { worker.meter }

    /// What is narrower or shorter than this, in metres, is what rounding leaves along a shared border.
    private static let rounding = 1e-5

    /// The region with the largest part of `ground`, a part of the site; the first in file order among equals, nil
    /// where all of it lies in none.
    ///
    /// Tolerances have no say here: ground 1 mm wide lies in a region as well.
    func region(of ground: Ground) throws -> RegionReference? {
        if let whole = meetings.first(where: \.isWhole) { return reference(whole.zone) }
        if ground.lines.isEmpty, ground.points.isEmpty, regions.indexed.isOnlyPolygons,
            let zone = worker.clearlyLargest(of: regions, in: ground.polygons)
        {
            return reference(zone)
        }
        var best: (size: Size, meeting: Meeting)?
        for meeting in meetings {
            var shared = meeting.shared ?? Ground()
            shared.lines += meeting.alongBoundary
            let size = try self.size(of: ground, in: shared)
            if size > best?.size ?? Size() { best = (size, meeting) }
        }
        return best.map { reference($0.meeting.zone) }
    }

    private func reference(_ place: Int) -> RegionReference {
        let zone = regions.loaded.zones[place]
        return RegionReference(code: zone.code, name: zone.name)
    }

    /// By area first, then by length, then by number.
    private struct Size: Comparable {
        var area = 0.0
        var length = 0.0
        var points = 0

        static func < (lhs: Size, rhs: Size) -> Bool {
            (lhs.area, lhs.length, lhs.points) < (rhs.area, rhs.length, rhs.points)
        }
    }

    private func size(of ground: Ground, in region: Ground) throws -> Size {
        var size = Size()
        let cover = region.polygons.isEmpty ? nil : region.polygons
        if !ground.polygons.isEmpty, let cover {
            let both = try context.geometry(.multiPolygon(ground.polygons)).intersection(
                try context.geometry(.multiPolygon(cover)))
            let judge = WidthJudge(tolerance: Self.rounding, scale: scale, meter: meter)
            size.area = meter.ellipsoidalArea(of: judge.wide(try both.value().parts.polygons))
        }
        if !ground.lines.isEmpty {
            var lines = try LineCover(region.lines, scale: scale, in: context).shared(with: ground.lines)
            if let cover {
                let both = try context.geometry(.multiLineString(ground.lines)).intersection(
                    try context.geometry(.multiPolygon(cover)))
                lines += try both.value().parts.lines
            }
            size.length = meter.length(of: lines.filter { meter.length(of: [$0]) > Self.rounding })
        }
        let listed = Set(region.points)
        for point in ground.points {
            if listed.contains(point) {
                size.points += 1
            } else if let cover, try context.geometry(.multiPolygon(cover)).intersects(try context.point(point)) {
                size.points += 1
            }
        }
        return size
    }
}

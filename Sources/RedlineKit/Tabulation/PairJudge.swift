import GeometryEngine
import RedlineCells
import RedlineGeometry
import RedlineMeasure

/// A pair with what orders it.
struct FoundPair: Sendable {
    var pair: ZoneOverlap
    /// In square metres.
    var ellipsoidal: Double
    var places: (Int, Int)

    /// Overlaps before touches, the largest first, then in the order of the files.
    func isBefore(_ other: FoundPair) -> Bool {
        if pair.relation != other.pair.relation { return pair.relation == .overlaps }
        return (other.ellipsoidal, places.0, places.1) < (ellipsoidal, other.places.0, other.places.1)
    }
}

/// Judges the zones that a zone meets; one for each task.
final class PairJudge {
    private let first: OverlapSide
    private let second: OverlapSide
    private let isOneLayer: Bool
    private let tolerance: Double
    private let options: OverlapOptions
    private let context: GeometryContext
    private let meter: Meter
    private let chosen: AreaMeter?
    private var query = CellQuery()

    init(
        _ first: OverlapSide, _ second: OverlapSide, isOneLayer: Bool, tolerance: Double, options: OverlapOptions
    ) throws {
        self.first = first
        self.second = second
        self.isOneLayer = isOneLayer
        self.tolerance = tolerance
        self.options = options
        context = try GeometryContext()
        meter = try Meter(ScreeningOptions())
        chosen = options.areaMethod == .ellipsoidal ? nil : try AreaMeter(method: options.areaMethod)
    }

    /// The pairs of a zone of the first layer with zones of the second; within one layer with later ones.
    func pairs(of place: Int) throws -> [FoundPair] {
        let zone = first.layer.loaded.zones[place]
        guard !zone.ground.polygons.isEmpty else { return [] }
        let scale = LocalScale(around: zone.ground.envelope)
        let reach = options.listsTouching ? tolerance * 1.01 : 0
        let site = SiteCells(zone.ground.polygons, area: first.areas[place])
        let meetings = query.meetings(
            of: site, in: second.layer.cells, reachX: reach / scale.metersPerDegreeX,
            reachY: reach / scale.metersPerDegreeY)
        return try meetings.compactMap { meeting in
            guard !isOneLayer || meeting.zone > place else { return nil }
            return try pair(place, meeting.zone, area: meeting.area, scale)
        }
    }

    private func pair(_ a: Int, _ b: Int, area measured: Double, _ scale: LocalScale) throws -> FoundPair? {
        // No piece of less area is wider than the tolerance: a disc has the shortest boundary.
        let leastArea = Double.pi * tolerance * tolerance
        let area = settled(measured, a, b)
        if area >= leastArea {
            let polygons = try sharedPolygons(a, b, area: area)
            let width = polygons.map { scale.width(of: $0, area: meter.ellipsoidalArea(of: [$0])) }.max() ?? 0
            let judge = WidthJudge(tolerance: tolerance, scale: scale, meter: meter)
            if judge.isWide(polygons, siteWidth: ownWidth(first, a), zoneWidth: ownWidth(second, b)) {
                return try found(a, b, .overlaps, area: area, width: width, polygons: polygons, touch: nil)
            }
            return try found(a, b, .touches, area: area, width: width, polygons: polygons, touch: nil)
        }
        guard options.listsTouching, let touch = try touch(a, b, scale) else {
            // Not listed, but a part of what is counted twice.
            return area > 0 ? try found(a, b, .touches, area: area, width: 0, polygons: [], touch: nil) : nil
        }
        return try found(a, b, .touches, area: area, width: 0, polygons: [], touch: touch)
    }

    /// Areas that equal a zone's but for rounding are the zone's; what is no more than rounding is none.
    private func settled(_ area: Double, _ a: Int, _ b: Int) -> Double {
        for whole in [first.areas[a], second.areas[b]] where abs(area - whole) <= 1e-11 * whole { return whole }
        return area <= 1e-13 * max(first.areas[a], second.areas[b]) ? 0 : area
    }

    private func ownWidth(_ side: OverlapSide, _ place: Int) -> Double? {
        let zone = side.layer.loaded.zones[place]
        guard !zone.isRepaired else { return nil }
        return MeasuredSite.narrowest(zone.ground.polygons, LocalScale(around: zone.ground.envelope), meter)
    }

    private func found(
        _ a: Int, _ b: Int, _ relation: Relation, area: Double, width: Double, polygons: [Polygon], touch: Geometry?
    ) throws -> FoundPair {
        let chosenArea = try chosen?.area(of: .multiPolygon(polygons)) ?? Area(squareMeters: area)
        let (zoneA, nameA) = reference(first, a)
        let (zoneB, nameB) = reference(second, b)
        return FoundPair(
            pair: ZoneOverlap(
                firstLayer: first.layer.id, first: zoneA, firstName: nameA, secondLayer: second.layer.id,
                second: zoneB, secondName: nameB, relation: relation, area: chosenArea,
                shareOfFirst: min(area / first.areas[a], 1), shareOfSecond: min(area / second.areas[b], 1),
                width: Length(meters: width), geometry: polygons.isEmpty ? touch : Ground(polygons: polygons).geometry),
            ellipsoidal: area, places: (a, b))
    }

    private func reference(_ side: OverlapSide, _ place: Int) -> (ZoneReference, name: String) {
        let zone = side.layer.loaded.zones[place]
        let reference = ZoneReference(
            id: zone.id, code: zone.code, name: zone.name, class: zone.class, isRepaired: zone.isRepaired)
        guard let code = zone.code else { return (reference, zone.id) }
        return (reference, side.layer.loaded.codeCounts[code] == 1 ? code : "\(code)#\(zone.id)")
    }

    // MARK: - Geometry

    private func sharedPolygons(_ a: Int, _ b: Int, area: Double) throws -> [Polygon] {
        if area == first.areas[a] { return first.layer.loaded.zones[a].ground.polygons }
        if area == second.areas[b] { return second.layer.loaded.zones[b].ground.polygons }
        var pieces: [Polygon] = []
        try forEachNearLeaf(a, b, reach: 0) { one, other in
            pieces += try context.polygon(one).intersection(try context.polygon(other)).value().parts.polygons
        }
        guard pieces.count > 1 else { return pieces }
        return try context.geometry(.multiPolygon(pieces)).unaryUnion().value().parts.polygons
    }

    /// What both borders share; a place between them where they come within the tolerance only, nil where they do not.
    private func touch(_ a: Int, _ b: Int, _ scale: LocalScale) throws -> Geometry? {
        let reach = scale.degrees(coveringMeters: tolerance)
        var shared = Geometry.Parts()
        var near: Position?
        try forEachNearLeaf(a, b, reach: reach) { one, other in
            let left = try context.polygon(one)
            let right = try context.polygon(other)
            if try left.intersects(right) {
                let parts = try left.intersection(right).value().parts
                shared.lines += parts.lines + parts.polygons.map { LineString(positions: $0.exteriorRing) }
                shared.points += parts.points
            } else if near == nil, let (p, q) = try left.nearestPositions(to: right),
                scale.distance(from: p, toEdge: q, q) <= tolerance
            {
                near = Position(x: p.x / 2 + q.x / 2, y: p.y / 2 + q.y / 2)
            }
        }
        if !shared.lines.isEmpty {
            return try context.geometry(.multiLineString(shared.lines)).unaryUnion().value()
        }
        if !shared.points.isEmpty { return Ground(points: shared.points).geometry }
        return near.map { .point($0) }
    }

    private func forEachNearLeaf(
        _ a: Int, _ b: Int, reach: Double, _ body: (Polygon, Polygon) throws -> Void
    ) rethrows {
        let box = second.layer.loaded.zones[b].ground.envelope.expanded(dx: reach, dy: reach)
        for one in first.leaves[a].near(box) {
            let near = Envelope(one.exteriorRing).expanded(dx: reach, dy: reach)
            for other in second.leaves[b].near(near) { try body(one, other) }
        }
    }
}

import RedlineGeometry

/// Makes geometries of listed points.
struct ListedGeometry {
    let axes: AxisReading
    /// Rings that had no closing point, and got one.
    private(set) var closedRings = 0
    /// Rings that are numbered like holes and lie outside, and were taken for parts.
    private(set) var outerParts = 0

    init(axes: AxisReading) { self.axes = axes }

    /// The geometry of a plot, or why it has none.
    mutating func geometry(of plot: ListedPlot) -> Result<Geometry?, FeatureProblem> {
        if let problem = plot.problem { return .failure(.malformed(message: problem)) }
        for ring in plot.rings {
            for point in ring.points {
                if let misfit = axes.misfit(point) { return .failure(.malformed(message: misfit)) }
            }
        }
        let runs = plot.rings.map { $0.points.map(axes.position) }.filter { !$0.isEmpty }
        guard !runs.isEmpty else { return .success(nil) }
        switch plot.shape {
        case .points:
            let all = runs.flatMap(\.self)
            return .success(all.count == 1 ? .point(all[0]) : .multiPoint(all))
        case .line:
            if let short = runs.first(where: { $0.count < 2 }) {
                return .failure(.malformed(message: "a line of \(short.count) point, from line \(plot.line)"))
            }
            let lines = runs.map { LineString(positions: $0) }
            return .success(lines.count == 1 ? .lineString(lines[0]) : .multiLineString(lines))
        case .polygon: return polygons(runs, plot)
        }
    }

    private mutating func polygons(_ runs: [[Position]], _ plot: ListedPlot) -> Result<Geometry?, FeatureProblem> {
        var polygons: [Polygon] = []
        for (index, run) in runs.enumerated() {
            var ring = run
            if ring.first != ring.last || ring.count == 1 {
                ring.append(run[0])
                closedRings += 1
            }
            guard ring.count >= 4 else {
                return .failure(
                    .malformed(
                        message: "ring \(plot.rings[index].number ?? index + 1) of the plot in line \(plot.line) has "
                            + "\(ring.count - 1) boundary points; a plot needs 3"))
            }
            let shell = polygons.lastIndex { polygon in
                // An island in a hole is a part again.
                Self.encloses(polygon.exteriorRing, ring)
                    && !polygon.interiorRings.contains { Self.encloses($0, ring) }
            }
            if let shell {
                polygons[shell].interiorRings.append(ring)
            } else {
                if !polygons.isEmpty { outerParts += 1 }
                polygons.append(Polygon(exteriorRing: ring))
            }
        }
        return .success(polygons.count == 1 ? .polygon(polygons[0]) : .multiPolygon(polygons))
    }

    /// Whether most vertices of `ring` lie inside `shell`; where the two cross, validity judges later.
    private static func encloses(_ shell: [Position], _ ring: [Position]) -> Bool {
        let inside = ring.dropLast().count { contains(shell, $0) }
        return 2 * inside > ring.count - 1
    }

    private static func contains(_ ring: [Position], _ position: Position) -> Bool {
        var isInside = false
        for (a, b) in zip(ring, ring.dropFirst()) where (a.y > position.y) != (b.y > position.y) {
            if position.x < (b.x - a.x) * (position.y - a.y) / (b.y - a.y) + a.x { isInside.toggle() }
        }
        return isInside
    }

    /// What was made of the rings, in words.
    var notes: [Remark] {
        var notes: [Remark] = []
        if closedRings > 0 {
            notes.append(
                Remark(
                    zh: "\(closedRings) 个环未列出闭合点，已首尾相接。",
                    en: "\(closedRings) \(closedRings == 1 ? "ring has" : "rings have") no closing point and "
                        + "\(closedRings == 1 ? "was" : "were") closed."))
        }
        return notes
    }

    /// What was assumed of the rings.
    var cautions: [Remark] {
        var cautions: [Remark] = []
        if outerParts > 0 {
            cautions.append(
                Remark(
                    zh: "\(outerParts) 个后续环位于前环之外，按独立部分（不是空洞）读取。",
                    en:
                        "\(outerParts) later \(outerParts == 1 ? "ring lies" : "rings lie") outside the ones before and "
                        + "\(outerParts == 1 ? "was" : "were") read as parts, not as holes."))
        }
        return cautions
    }
}

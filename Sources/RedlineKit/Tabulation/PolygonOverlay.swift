import GeometryEngine
import RedlineCells
import RedlineGeometry

/// Overlays large polygons piece by piece, because GEOS looks at all of both even where they meet in a corner.
///
/// Both are halved along common lines until the pieces are small; what comes out is joined again. Where a polygon
/// cannot be cut, GEOS gets the whole: slower, never wrong.
struct PolygonOverlay {
    /// What is wanted of two sets of polygons.
    enum Operation {
        /// What both share.
        case intersection
        /// What the first has and the second has not.
        case difference
    }

    let context: GeometryContext

    /// Up to this many positions GEOS is as fast without cutting.
    private static let leafSize = 512
    private static let depthLimit = 48

    /// Applies the operation.
    ///
    /// - Parameters:
    ///   - operation: What is wanted.
    ///   - first: Valid polygons that share no ground.
    ///   - second: Valid polygons, which may overlap.
    /// - Returns: Valid polygons that share no ground, each connected.
    /// - Throws: `GeometryError` where GEOS fails.
    func apply(_ operation: Operation, _ first: [Polygon], _ second: [Polygon]) throws -> [Polygon] {
        var pieces: [Polygon] = []
        var lines: [Line] = []
        try apply(operation, first, second, depth: 0, &pieces, &lines)
        guard !lines.isEmpty else { return pieces }
        let seams = CutSeams(lines.map { ($0.axis, $0.value) })
        return try united(pieces).map { seams.removed(from: $0) }
    }

    /// The polygons as one area without overlaps.
    func united(_ polygons: [Polygon]) throws -> [Polygon] {
        guard polygons.count > 1 else { return polygons }
        return try context.geometry(.multiPolygon(polygons)).unaryUnion().value().parts.polygons
    }

    private func apply(
        _ operation: Operation, _ first: [Polygon], _ second: [Polygon], depth: Int, _ pieces: inout [Polygon],
        _ lines: inout [Line]
    ) throws {
        let firstBox = Self.envelope(first)
        let first = operation == .intersection ? Self.near(first, Self.envelope(second)) : first
        let second = Self.near(second, firstBox)
        guard !first.isEmpty else { return }
        guard !second.isEmpty else {
            if operation == .difference { pieces += first }
            return
        }
        let window = operation == .intersection ? firstBox.common(with: Self.envelope(second)) : firstBox
        let count = (first + second).reduce(0) { $0 + $1.positionCount }
        if count > Self.leafSize, depth < Self.depthLimit, let line = Self.line(through: window, first + second),
            let (a, c) = Self.halves(first, line), let (b, d) = Self.halves(second, line)
        {
            lines.append(line)
            try apply(operation, a, b, depth: depth + 1, &pieces, &lines)
            try apply(operation, c, d, depth: depth + 1, &pieces, &lines)
            return
        }
        let one = try context.geometry(Self.geometry(first))
        let other = try context.geometry(Self.geometry(try united(second)))
        switch operation {
        case .intersection: pieces += try one.intersection(other).value().parts.polygons
        case .difference: pieces += try one.difference(other).value().parts.polygons
        }
    }

    private static func geometry(_ polygons: [Polygon]) -> Geometry {
        polygons.count == 1 ? .polygon(polygons[0]) : .multiPolygon(polygons)
    }

    private static func envelope(_ polygons: [Polygon]) -> Envelope {
        polygons.reduce(into: .empty) { $0.formUnion(Envelope($1.exteriorRing)) }
    }

    private static func near(_ polygons: [Polygon], _ window: Envelope) -> [Polygon] {
        polygons.filter { Envelope($0.exteriorRing).intersects(window) }
    }

    /// A line to cut along.
    private struct Line {
        var axis: PolygonCut.Axis
        var value: Double
    }

    /// A line across the middle of the longer axis of the window that meets no vertex, so that all polygons are cut
    /// along the same one.
    private static func line(through window: Envelope, _ polygons: [Polygon]) -> Line? {
        guard window.center.isFinite, max(window.width, window.height) > 0 else { return nil }
        let isWide = window.width >= window.height
        var value = isWide ? window.center.x : window.center.y
        var taken: Set<Double> = []
        for polygon in polygons {
            for ring in polygon.rings {
                for position in ring where abs((isWide ? position.x : position.y) - value) < 1e-9 {
                    taken.insert(isWide ? position.x : position.y)
                }
            }
        }
        while taken.contains(value) { value = value.nextUp }
        return Line(axis: isWide ? .x : .y, value: value)
    }

    /// The parts below and above the line; nil where they do not add up to the whole, or nothing gets smaller.
    private static func halves(
        _ polygons: [Polygon], _ line: Line
    ) -> (below: [Polygon], above: [Polygon])? {
        var halves: (below: [Polygon], above: [Polygon]) = ([], [])
        for polygon in polygons {
            let box = Envelope(polygon.exteriorRing)
            let (low, high) = line.axis == .x ? (box.minX, box.maxX) : (box.minY, box.maxY)
            if high < line.value {
                halves.below.append(polygon)
            } else if low > line.value {
                halves.above.append(polygon)
            } else {
                guard let parts = PolygonCut.halves(of: polygon, across: line.axis, at: line.value),
                    parts.line.value == line.value
                else { return nil }
                let whole = polygon.planarArea
                let sum = (parts.below + parts.above).reduce(0) { $0 + $1.planarArea }
                guard abs(sum - whole) <= 1e-11 * whole else { return nil }
                halves.below += parts.below
                halves.above += parts.above
            }
        }
        return halves
    }
}

extension Envelope {
    /// The rectangle that both share; empty where there is none.
    func common(with other: Envelope) -> Envelope {
        Envelope(
            minX: max(minX, other.minX), minY: max(minY, other.minY), maxX: min(maxX, other.maxX),
            maxY: min(maxY, other.maxY))
    }
}

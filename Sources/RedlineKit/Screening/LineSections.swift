import RedlineCells
import RedlineGeometry

/// A section of a line site (线性工程), from where it enters or leaves a zone to where it does so again.
public struct LineSection: Hashable, Sendable {
    /// The number of the line in the site, from 1.
    public var line: Int
    /// Where the section begins, in metres along the line from its first vertex.
    public var start: Double
    /// In metres.
    public var length: Double
    /// Whether it lies in the zone.
    public var isInside: Bool
}

/// Finds the sections of lines from what they share with a zone.
///
/// What is shared comes in no order and no direction. Each of its edges lies on an edge of the lines, as exactly as the
/// engine rounds; there it becomes an interval, and the intervals of a line in order are its sections.
struct LineSections {
    private let lines: [LineString]
    private let meter: Meter
    private let edges: [Edge]
    private let index: PackedRTree

    private struct Edge {
        var line: Int
        var start: Position
        var end: Position
        /// In metres.
        var length: Double
    }

    /// How far in degrees rounding takes a cut off its line, with much to spare: a tenth of a millimetre.
    private static let rounding = 1e-9

    init(_ lines: [LineString], meter: Meter) {
        self.lines = lines
        self.meter = meter
        var edges: [Edge] = []
        edges.reserveCapacity(lines.reduce(0) { $0 + $1.positions.count })
        for (number, line) in lines.enumerated() {
            for place in line.positions.indices.dropFirst() {
                let (start, end) = (line.positions[place - 1], line.positions[place])
                edges.append(Edge(line: number, start: start, end: end, length: meter.length(from: start, to: end)))
            }
        }
        self.edges = edges
        index = PackedRTree(edges.map { Envelope([$0.start, $0.end]) })
    }

    /// The sections in the order of the lines and along each.
    ///
    /// - Parameters:
    ///   - inside: What of the lines lies in the zone.
    ///   - tolerance: Stretches no longer than this belong to what is beside them, in metres.
    /// - Returns: The sections; nil where the parts inside cannot be found on the lines again, as where a line runs twice
    ///   along one way.
    /// - Complexity: O(*n* log *n*) in the number of edges.
    func sections(inside: [LineString], tolerance: Double) -> [LineSection]? {
        let tolerance = max(tolerance, 1e-6)
        var intervals: [Interval] = []
        for part in inside {
            for index in part.positions.indices.dropFirst() where part.positions[index - 1] != part.positions[index] {
                guard let interval = interval(part.positions[index - 1], part.positions[index]) else { return nil }
                intervals.append(interval)
            }
        }
        intervals.sort { ($0.edge, $0.from, $0.to) < ($1.edge, $1.from, $1.to) }
        var sections: [LineSection] = []
        var place = 0
        var next = 0
        for number in lines.indices {
            var own: [LineSection] = []
            var along = 0.0
            while place < edges.count, edges[place].line == number {
                let first = next
                while next < intervals.count, intervals[next].edge == place { next += 1 }
                forEachPiece(of: edges[place], intervals[first..<next]) { length, isInside in
                    guard length > 0 else { return }
                    if let last = own.last, last.isInside == isInside {
                        own[own.count - 1].length += length
                    } else {
                        own.append(
                            LineSection(line: number + 1, start: along, length: length, isInside: isInside))
                    }
                    along += length
                }
                place += 1
            }
            sections += merged(own, tolerance)
        }
        let found = sections.reduce(0) { $1.isInside ? $0 + $1.length : $0 }
        let length = meter.length(of: inside)
        let spare = tolerance * Double(sections.count) + 1e-6 * length
        return abs(found - length) <= spare ? sections : nil
    }

    /// A part of an edge, from 0 to 1.
    private struct Interval {
        var edge: Int
        var from: Double
        var to: Double
    }

    /// The edge that an edge of the shared part lies on, and from where to where along it.
    private func interval(_ a: Position, _ b: Position) -> Interval? {
        var window = Envelope([a, b])
        window.minX -= Self.rounding
        window.minY -= Self.rounding
        window.maxX += Self.rounding
        window.maxY += Self.rounding
        var best: Interval?
        index.forEachIndex(intersecting: window) { place in
            guard best == nil || place < best?.edge ?? 0 else { return }
            guard let first = along(edges[place], a), let second = along(edges[place], b), first != second else {
                return
            }
            best = Interval(edge: place, from: min(first, second), to: max(first, second))
        }
        return best
    }

    /// Where on an edge a position lies, from 0 to 1; nil where it lies beside it.
    private func along(_ edge: Edge, _ position: Position) -> Double? {
        let (dx, dy) = (edge.end.x - edge.start.x, edge.end.y - edge.start.y)
        let (px, py) = (position.x - edge.start.x, position.y - edge.start.y)
        let square = dx * dx + dy * dy
        guard square > 0 else { return nil }
        let fraction = (px * dx + py * dy) / square
        let beside = abs(px * dy - py * dx) / square.squareRoot()
        let spare = Self.rounding / square.squareRoot()
        guard beside <= Self.rounding, fraction >= -spare, fraction <= 1 + spare else { return nil }
        return min(max(fraction, 0), 1)
    }

    /// Calls `body` with the lengths of an edge's stretches inside and outside, in order; the intervals are sorted.
    private func forEachPiece(of edge: Edge, _ intervals: ArraySlice<Interval>, _ body: (Double, Bool) -> Void) {
        var reached = 0.0
        for interval in intervals {
            if interval.from > reached { body(length(edge, reached, interval.from), false) }
            let from = max(interval.from, reached)
            if interval.to > from { body(length(edge, from, interval.to), true) }
            reached = max(reached, interval.to)
        }
        if reached < 1 { body(length(edge, reached, 1), false) }
    }

    private func length(_ edge: Edge, _ from: Double, _ to: Double) -> Double {
        func at(_ fraction: Double) -> Position {
            if fraction == 0 { return edge.start }
            if fraction == 1 { return edge.end }
            return Position(
                x: edge.start.x + (edge.end.x - edge.start.x) * fraction,
                y: edge.start.y + (edge.end.y - edge.start.y) * fraction)
        }
        return from == 0 && to == 1 ? edge.length : meter.length(from: at(from), to: at(to))
    }

    /// Stretches within the tolerance go to what is before them, else after them.
    private func merged(_ sections: [LineSection], _ tolerance: Double) -> [LineSection] {
        var result: [LineSection] = []
        for section in sections {
            guard var last = result.last else {
                result.append(section)
                continue
            }
            if last.isInside == section.isInside || section.length <= tolerance {
                result[result.count - 1].length += section.length
            } else if result.count == 1, last.length <= tolerance {
                last.length += section.length
                last.isInside = section.isInside
                result[0] = last
            } else {
                result.append(section)
            }
        }
        return result
    }
}

package import RedlineGeometry
import RedlineMeasure

/// How much of a line lies in a zone.
package struct LineMeeting: Hashable, Sendable {
    /// The place of the zone in its layer.
    package var zone: Int
    /// The length in metres that lies inside, farther from the boundary than the tolerance.
    package var insideLength: Double
    /// The length in metres that runs along the boundary, within the tolerance on either side.
    package var boundaryLength: Double

    /// Creates a meeting.
    package init(zone: Int, insideLength: Double, boundaryLength: Double) {
        self.zone = zone
        self.insideLength = insideLength
        self.boundaryLength = boundaryLength
    }
}

extension CellQuery {
    /// The zones that a line runs through or along, by place.
    ///
    /// The line is shifted to either side by the tolerance. Where both copies lie inside a zone, it does too; where one
    /// does, it runs along the boundary.
    ///
    /// - Parameters:
    ///   - line: Longitude and latitude in degrees, edges straight in them.
    ///   - layer: The zones.
    ///   - toleranceX: The tolerance as degrees of longitude; at least 10⁻¹⁰, a hundredth of a millimetre.
    ///   - toleranceY: The same as degrees of latitude.
    /// - Returns: A meeting for each zone that at least one copy of the line enters.
    package mutating func meetings(
        of line: LineString, in layer: CellLayer, toleranceX: Double, toleranceY: Double
    ) -> [LineMeeting] {
        let tolerance = Position(x: max(toleranceX, 1e-10), y: max(toleranceY, 1e-10))
        let measure = GeodesicLength()
        var meetings: [LineMeeting] = []
        var stretches: [LineStretch] = []
        for (start, end) in zip(line.positions, line.positions.dropFirst()) where start != end {
            guard start.isFinite, end.isFinite else { continue }
            let shift = Self.normal(start, end, tolerance)
            stretches.removeAll(keepingCapacity: true)
            append(Segment(start, end, shiftedBy: shift), side: 1, in: layer, to: &stretches)
            append(
                Segment(start, end, shiftedBy: Position(x: -shift.x, y: -shift.y)), side: 2, in: layer, to: &stretches)
            for stretch in Self.united(stretches) {
                let from = Position(
                    x: start.x + stretch.start * (end.x - start.x), y: start.y + stretch.start * (end.y - start.y))
                let to =
                    stretch.end == 1
                    ? end
                    : Position(
                        x: start.x + stretch.end * (end.x - start.x), y: start.y + stretch.end * (end.y - start.y))
                let length = measure.length(of: [from, to]).meters
                meetings.append(
                    LineMeeting(
                        zone: Int(stretch.zone), insideLength: stretch.sides == 3 ? length : 0,
                        boundaryLength: stretch.sides == 3 ? 0 : length))
            }
        }
        return Self.summed(meetings)
    }

    /// What one tolerance to the left of the segment is, in degrees.
    private static func normal(_ start: Position, _ end: Position, _ tolerance: Position) -> Position {
        let dx = (end.x - start.x) / tolerance.x
        let dy = (end.y - start.y) / tolerance.y
        let length = (dx * dx + dy * dy).squareRoot()
        guard length > 0 else { return Position(x: 0, y: 0) }
        return Position(x: -dy / length * tolerance.x, y: dx / length * tolerance.y)
    }

    /// One meeting for each zone, in the order of zones.
    private static func summed(_ meetings: [LineMeeting]) -> [LineMeeting] {
        var sums: [Int: LineMeeting] = [:]
        for meeting in meetings {
            sums[meeting.zone, default: LineMeeting(zone: meeting.zone, insideLength: 0, boundaryLength: 0)]
                .insideLength += meeting.insideLength
            sums[meeting.zone]?.boundaryLength += meeting.boundaryLength
        }
        return sums.values.sorted { $0.zone < $1.zone }
    }

    /// Appends the stretches of a segment that lie inside zones.
    private mutating func append(
        _ segment: Segment, side: UInt8, in layer: CellLayer, to stretches: inout [LineStretch]
    ) {
        found.removeAll(keepingCapacity: true)
        layer.index.appendIndices(intersecting: segment.envelope, to: &found)
        for cell in found {
            guard let range = segment.clipped(to: layer.rectangles[Int(cell)]) else { continue }
            let zone = layer.owners[Int(cell)]
            let edges = layer.edgeRange(Int(cell))
            guard !edges.isEmpty else {
                stretches.append(LineStretch(zone: zone, sides: side, start: range.lowerBound, end: range.upperBound))
                continue
            }
            segment.shifted(by: layer.origins[Int(zone)]).appendInside(
                layer.edges.span.extracting(edges), range, rule: layer.rules[Int(zone)], &breaks
            ) { stretches.append(LineStretch(zone: zone, sides: side, start: $0, end: $1)) }
        }
    }

    /// The stretches of each zone that lie inside on one side or on both, without overlaps.
    private static func united(_ stretches: [LineStretch]) -> [LineStretch] {
        var events: [(zone: Int32, at: Double, isStart: Bool, side: UInt8)] = []
        for stretch in stretches {
            events.append((stretch.zone, stretch.start, true, stretch.sides))
            events.append((stretch.zone, stretch.end, false, stretch.sides))
        }
        events.sort { ($0.zone, $0.at, $0.isStart ? 0 : 1, $0.side) < ($1.zone, $1.at, $1.isStart ? 0 : 1, $1.side) }
        var united: [LineStretch] = []
        var (left, right) = (0, 0)
        for (place, event) in events.enumerated() {
            let change = event.isStart ? 1 : -1
            if event.side == 1 { left += change } else { right += change }
            guard place + 1 < events.count, events[place + 1].zone == event.zone else { continue }
            let end = events[place + 1].at
            let sides: UInt8 = (left > 0 ? 1 : 0) | (right > 0 ? 2 : 0)
            guard sides > 0, end > event.at else { continue }
            if let last = united.last, last.zone == event.zone, last.sides == sides, last.end == event.at {
                united[united.count - 1].end = end
            } else {
                united.append(LineStretch(zone: event.zone, sides: sides, start: event.at, end: end))
            }
        }
        return united
    }
}

/// A part of a segment, from 0 at its start to 1 at its end, that lies in a zone.
private struct LineStretch {
    var zone: Int32
    /// 1 for the left copy, 2 for the right one, 3 for both.
    var sides: UInt8
    var start: Double
    var end: Double
}

import RedlineCells
import RedlineGeometry

extension ZoneOutline {
    /// The place of the boundary that is nearest to a position, with its distance in metres.
    func nearest(to position: Position, _ scale: LocalScale) -> (place: Position, distance: Double)? {
        guard !boxes.isEmpty else { return nil }
        var reach = 50.0
        while true {
            var best: (place: Position, distance: Double)?
            let window = scale.expanded(Envelope([position]), byMeters: reach)
            forEachEdge(in: window) { a, b in
                let place = scale.nearest(to: position, onEdge: a, b)
                let distance = scale.distance(from: position, toEdge: place, place)
                if distance < best?.distance ?? .infinity { best = (place, distance) }
            }
            if let best, best.distance <= reach { return best }
            // Half the Earth and nothing: the zone has no edge that counts.
            guard reach < 2e7 else { return best }
            reach *= 3
        }
    }
}

extension LocalScale {
    /// The place of a straight edge that is nearest to a position.
    func nearest(to position: Position, onEdge a: Position, _ b: Position) -> Position {
        let (ax, ay) = ((a.x - position.x) * metersPerDegreeX, (a.y - position.y) * metersPerDegreeY)
        let (dx, dy) = ((b.x - a.x) * metersPerDegreeX, (b.y - a.y) * metersPerDegreeY)
        let square = dx * dx + dy * dy
        let along = square > 0 ? min(max(-(ax * dx + ay * dy) / square, 0), 1) : 0
        return Position(x: a.x + (b.x - a.x) * along, y: a.y + (b.y - a.y) * along)
    }
}

internal import RedlineGeometry

/// Takes the outermost positions of a run back where they came from, where they must come out again.
///
/// Formulas that converge near their meridian give plausible nonsense far from it. Projections fail outwards, so the
/// outermost positions of a run speak for those between them, and an envelope once found good needs no second look.
struct DomainCheck {
    private var verified = Envelope.empty

    /// Looks for an outermost position that does not come back.
    ///
    /// - Parameters:
    ///   - positions: Where the run came from.
    ///   - result: Where it went.
    ///   - tolerance: In units of `positions`.
    ///   - period: What x may differ by, any number of times; 0 where by nothing.
    ///   - goBack: Brings results back.
    /// - Returns: The first one that misses its start by more than `tolerance`; nil where none does.
    mutating func firstLost(
        _ positions: [Position], _ result: [Position], tolerance: Double, period: Double = 0,
        goBack: (inout [Position]) -> Void
    ) -> Position? {
        guard let first = positions.first else { return nil }
        var extremes = [0, 0, 0, 0]
        var envelope = Envelope(minX: first.x, minY: first.y, maxX: first.x, maxY: first.y)
        for (index, position) in positions.enumerated() {
            if position.x < envelope.minX { (envelope.minX, extremes[0]) = (position.x, index) }
            if position.x > envelope.maxX { (envelope.maxX, extremes[1]) = (position.x, index) }
            if position.y < envelope.minY { (envelope.minY, extremes[2]) = (position.y, index) }
            if position.y > envelope.maxY { (envelope.maxY, extremes[3]) = (position.y, index) }
        }
        guard !verified.contains(envelope) else { return nil }
        var returned = extremes.map { result[$0] }
        goBack(&returned)
        for (index, place) in zip(extremes, returned) {
            let position = positions[index]
            var apart = place.x - position.x
            if period > 0 { apart -= (apart / period).rounded() * period }
            guard abs(apart) <= tolerance, abs(place.y - position.y) <= tolerance else { return position }
        }
        verified.formUnion(envelope)
        return nil
    }
}

import RedlineCells
import RedlineGeometry

/// Finds the smallest shift of a site that takes it out of a zone.
///
/// Two bounds often agree: the depth of the deepest corner, which no smaller shift takes out, and a shift found by pushing
/// the deepest corner out again and again. Where they do not, a `ShiftSearch` looks between them.
///
/// Metres are those of the site's own scale, at the middle of its envelope.
struct Margin {
    let site: Ground
    /// The edges of the zone's polygons.
    let boundary: ZoneOutline
    let scale: LocalScale

    /// Bounds that agree this well are not told apart further.
    private static let agreement = 1.005

    /// The margin in metres, to 1 %; nil where it would take too long, or the zone has no ground.
    func meters() -> Double? {
        guard !boundary.boxes.isEmpty else { return nil }
        let shifted = ShiftedSite(site: site, boundary: boundary, scale: scale)
        let lower = shifted.depths(Shift()).map(\.distance).max() ?? 0
        let upper = pushedOut(shifted)
        if let upper, upper <= lower * Self.agreement { return upper }
        var search = ShiftSearch(shifted: shifted)
        return search.shortest(from: lower, to: upper)
    }

    /// The length of a shift that takes the site out; nil where none is found in some steps.
    private func pushedOut(_ shifted: ShiftedSite) -> Double? {
        var total = Shift()
        for _ in 0..<12 {
            guard let deepest = shifted.depths(total).max(by: { $0.distance < $1.distance }) else {
                return total.length > 0 && !shifted.meetsZone(total) ? total.length : nil
            }
            if deepest.distance < 1e-6 { return shifted.meetsZone(total) ? nil : total.length }
            // A little farther, so that the corner is out beyond rounding.
            let factor = 1 + 1e-6 / max(deepest.distance, 1e-6)
            total = Shift(x: total.x + deepest.way.x * factor, y: total.y + deepest.way.y * factor)
        }
        return nil
    }
}

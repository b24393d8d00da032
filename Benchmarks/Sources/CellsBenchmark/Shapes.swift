import Glibc
import RedlineGeometry

/// SplitMix64: the same numbers on every machine.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// From 0 to below 1.
    mutating func unit() -> Double { Double(next() >> 11) / Double(1 << 53) }
}

/// A star-shaped ring whose radius is a sum of seeded waves with a little noise on top.
func blob(x: Double, y: Double, radius: Double, vertices: Int, _ generator: inout SplitMix) -> Polygon {
    let waves = (1...40).map { (Double($0), 0.5 / Double($0), generator.unit() * 2 * .pi) }
    // Noise that grows no steeper with more vertices, so that a long ring is rough but does not fill the plane.
    let noise = min(0.01, 20 / Double(vertices))
    var ring = (0..<vertices).map { step -> Position in
        let angle = Double(step) / Double(vertices) * 2 * .pi
        let wave = waves.reduce(0) { $0 + $1.1 * sin($1.0 * angle + $1.2) }
        let r = radius * (0.75 + 0.12 * wave + noise * generator.unit())
        return Position(x: x + r * cos(angle), y: y + r * sin(angle))
    }
    ring.append(ring[0])
    return Polygon(exteriorRing: ring)
}

/// Zones in a regular grid over 4° × 4°, each on about half of its place.
func zones(count: Int, vertices: Int, _ generator: inout SplitMix) -> [Polygon] {
    let columns = max(1, Int(Double(count).squareRoot().rounded(.up)))
    let side = 4.0 / Double(columns)
    return (0..<count).map { zone in
        blob(
            x: 95 + (Double(zone % columns) + 0.5) * side, y: 35 + (Double(zone / columns) + 0.5) * side,
            radius: side * 0.4, vertices: vertices, &generator)
    }
}

/// Sites of 0.1 to 1 km of radius, spread over the same ground.
func sites(count: Int, vertices: Int, _ generator: inout SplitMix) -> [Polygon] {
    (0..<count).map { _ in
        blob(
            x: 95 + 4 * generator.unit(), y: 35 + 4 * generator.unit(), radius: 0.001 + 0.009 * generator.unit(),
            vertices: vertices, &generator)
    }
}

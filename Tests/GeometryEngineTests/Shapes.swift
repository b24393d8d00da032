import Foundation
import RedlineGeometry

func cosine(_ angle: Double) -> Double { cos(angle) }

/// A closed ring around a square, counter-clockwise from its lower left corner.
func square(_ x: Double, _ y: Double, _ side: Double) -> [Position] {
    [
        Position(x: x, y: y), Position(x: x + side, y: y), Position(x: x + side, y: y + side),
        Position(x: x, y: y + side), Position(x: x, y: y),
    ]
}

/// A polygon without holes around a centre: valid, because its vertices go round by angle.
func randomStar(using generator: inout some RandomNumberGenerator) -> Polygon {
    let count = Int.random(in: 3...40, using: &generator)
    let center = Position(x: .random(in: 100...102, using: &generator), y: .random(in: 35...37, using: &generator))
    // Steps below a half turn keep the centre inside.
    let angles = (0..<count).map { 2 * .pi * (Double($0) + .random(in: 0.1...0.5, using: &generator)) / Double(count) }
    let ring = angles.map { angle in
        let radius = Double.random(in: 0.2...1.5, using: &generator)
        return Position(x: center.x + radius * cos(angle), y: center.y + radius * sin(angle))
    }
    return Polygon(exteriorRing: ring + [ring[0]])
}

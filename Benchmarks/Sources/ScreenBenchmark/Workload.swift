import Foundation

/// A seeded workload: zones with fractal borders, and square sites spread over them.
struct Workload {
    /// A regular grid of zones; each covers about half of its cell.
    let zones: Int
    /// The vertices of one zone.
    let vertices: Int
    /// The sites: squares of 100 to 1 000 m.
    let sites: Int

    /// Writes `zones.geojson`, `sites.geojson` and `catalog.yaml` into `folder`.
    func write(to folder: URL) throws {
        var generator = SplitMix(state: 20_260_101)
        let columns = max(1, Int(Double(zones).squareRoot()))
        let cell = 4.0 / Double(columns)
        var features: [String] = []
        for zone in 0..<zones {
            let x = 95 + (Double(zone % columns) + 0.5) * cell
            let y = 35 + (Double(zone / columns) + 0.5) * cell
            let ring = Self.blob(x: x, y: y, radius: cell * 0.4, vertices: vertices, &generator)
            features.append(Self.feature(ring, #""code":"Z\#(zone)","name":"zone \#(zone)""#))
        }
        try Self.collection(features).write(
            to: folder.appending(path: "zones.geojson"), atomically: true, encoding: .utf8)
        features.removeAll()
        for site in 0..<sites {
            let x = 95 + 4 * generator.unit()
            let y = 35 + 4 * generator.unit()
            let half = 0.0005 + 0.0045 * generator.unit()
            let ring = [
                (x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half),
                (x - half, y - half),
            ]
            features.append(Self.feature(ring, #""id":"S\#(site)""#))
        }
        try Self.collection(features).write(
            to: folder.appending(path: "sites.geojson"), atomically: true, encoding: .utf8)
        try """
        schema: 1
        extent: {bbox: [90, 30, 105, 45]}
        layers:
          - {id: zones, family: ecological-redline, source: zones.geojson}

        """.write(to: folder.appending(path: "catalog.yaml"), atomically: true, encoding: .utf8)
    }

    /// A star-shaped ring whose radius is a sum of seeded waves, rougher and smaller with frequency.
    private static func blob(
        x: Double, y: Double, radius: Double, vertices: Int, _ generator: inout SplitMix
    ) -> [(Double, Double)] {
        let waves = (1...40).map { (Double($0), 0.5 / Double($0), generator.unit() * 2 * .pi) }
        var ring = (0..<vertices).map { step -> (Double, Double) in
            let angle = Double(step) / Double(vertices) * 2 * .pi
            let wave = waves.reduce(0) { $0 + $1.1 * sin($1.0 * angle + $1.2) }
            let r = radius * (0.75 + 0.12 * wave + 0.01 * generator.unit())
            return (x + r * cos(angle), y + r * sin(angle))
        }
        ring.append(ring[0])
        return ring
    }

    private static func feature(_ ring: [(Double, Double)], _ properties: String) -> String {
        let coordinates = ring.map { "[\(($0.0 * 1e8).rounded() / 1e8),\(($0.1 * 1e8).rounded() / 1e8)]" }
        return #"{"type":"Feature","properties":{"# + properties + #"},"geometry":{"type":"Polygon","coordinates":[["#
            + coordinates.joined(separator: ",") + "]]}}"
    }

    private static func collection(_ features: [String]) -> String {
        #"{"type":"FeatureCollection","features":["# + "\n" + features.joined(separator: ",\n") + "\n]}\n"
    }
}

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

import RedlineGeometry
import RedlineMeasure
import TestSupport
import Testing

@testable import RedlineKit

@Suite("Spikes")
struct SpikeTests {
    private static let scale = LocalScale(around: Envelope(minX: 95.9, minY: 36.9, maxX: 96.1, maxY: 37.1))

    /// A closed ring of positions in metres around 96° E, 37° N.
    private static func ring(_ metres: [(Double, Double)]) -> [Position] {
        let positions = metres.map {
            Position(x: 96 + $0.0 / scale.metersPerDegreeX, y: 37 + $0.1 / scale.metersPerDegreeY)
        }
        return positions + [positions[0]]
    }

    private static func spikes(_ ring: [Position], limit: Double = 1) -> [SpikeSearch.Spike] {
        SpikeSearch(ring, scale: scale, limit: limit).spikes()
    }

    /// A square of 1 km whose right side has something on it.
    private static func square(_ side: [(Double, Double)]) -> [Position] {
        ring([(0, 0), (1000, 0)] + side + [(1000, 1000), (0, 1000)])
    }

    @Test("A needle of one vertex, outwards and inwards", arguments: [300.0, -300])
    func needle(length: Double) {
        let found = Self.spikes(Self.square([(1000, 500), (1000 + length, 500.2), (1000, 500.5)]))
        #expect(found.count == 1 && found.first?.tip == 3 && found.first?.first == 2 && found.first?.last == 4)
        #expect(abs((found.first?.length ?? 0) - 300) < 0.1)
        #expect((found.first?.width ?? 9) < 0.51)
    }

    @Test(
        "A spike of many vertices is found once, with all its length",
        arguments: [0.05, 0.3, 0.9], [true, false])
    func spike(width: Double, isBlunt: Bool) {
        // Out and back along a line that winds, at other distances on the way back.
        let out = stride(from: 0.0, through: 300, by: 20).map { (1000 + $0, 500 + $0 * $0 / 2000) }
        let back = stride(from: 291.0, through: 3, by: -12).map { (1000 + $0, 500 + $0 * $0 / 2000 + width) }
        let tip = isBlunt ? [(300.5 + 1000, 545.0 + width)] : []
        let found = Self.spikes(Self.square(out + tip + back + [(1000, 500 + width)]))
        #expect(found.count == 1, "\(found)")
        guard let spike = found.first else { return }
        #expect(spike.length > 290 && spike.length < 320 && spike.width <= 1)
    }

    @Test("What is broader than the lines are accurate is a shape, and a limit finds what it bounds")
    func width() {
        let out = stride(from: 0.0, through: 300, by: 20).map { (1000 + $0, 500.0) }
        let back = stride(from: 300.0, through: 0, by: -15).map { (1000 + $0, 502.0) }
        let ring = Self.square(out + back)
        #expect(Self.spikes(ring).isEmpty)
        #expect(Self.spikes(ring, limit: 3).count == 1)
    }

    @Test("Corners, bends and dense lines are no spikes")
    func shapes() {
        #expect(Self.spikes(Self.square([(1010, 500)])).isEmpty)
        // 20 degrees sharp.
        #expect(Self.spikes(Self.ring([(0, 0), (1000, 0), (0, 350)])).isEmpty)
        // A circle digitised every few centimetres, and a stair.
        let circle = (0..<20_000).map { index -> (Double, Double) in
            let place = Self.onCircle(Double(index) / 20_000)
            return (place.x * 200, place.y * 200)
        }
        #expect(Self.spikes(Self.ring(circle)).isEmpty)
        let stair = (0..<1000).flatMap { [(Double($0), Double($0)), (Double($0) + 1, Double($0))] }
        #expect(Self.spikes(Self.ring(stair + [(0, 1500)])).isEmpty)
    }

    @Test("A strip between two corners is one spike")
    func strip() {
        // Found in data: a strip 61 m long that ends in two corners of the outline.
        let found = Self.spikes(
            Self.square([(1000, 500), (1061, 500), (1061, 500.6), (1000.2, 500.6), (1000.2, 500.3)]))
        #expect(found.count == 1, "\(found)")
    }

    @Test("Two spikes are two, also side by side")
    func two() {
        let found = Self.spikes(
            Self.square([
                (1000, 400), (1300, 400.2), (1000, 400.4), (1000, 500), (1100, 500), (1200, 500.1), (1100, 500.3),
                (1000, 500.4),
            ]))
        #expect(found.count == 2 && found.map { $0.length.rounded() } == [300, 200], "\(found)")
    }

    private static func onCircle(_ turn: Double) -> Position {
        // A rational circle: no sine needed.
        let t = 2 * (turn < 0.5 ? turn * 2 : turn * 2 - 1) - 1
        let (x, y) = ((1 - t * t) / (1 + t * t), 2 * t / (1 + t * t))
        return turn < 0.5 ? Position(x: x, y: y) : Position(x: -x, y: -y)
    }
}

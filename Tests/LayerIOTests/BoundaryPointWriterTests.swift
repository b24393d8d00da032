import RedlineGeometry
import Testing

@testable import LayerIO

@Suite("Writing boundary points")
struct BoundaryPointWriterTests {
    private static func ring(_ x: Double, _ y: Double, _ side: Double) -> [Position] {
        [(0.0, 0.0), (side, 0), (side, side), (0, side), (0, 0)].map {
            Position(x: 32_500_000 + x + $0.0, y: 4_100_000 + y + $0.1)
        }
    }

    @Test("What is written reads back the same: rings, holes, names, CRS")
    func roundTrip() throws {
        let zone = try #require(GaussKrugerZone(number: 32, hasPrefix: true))
        let writer = BoundaryPointWriter(zone: zone)
        let plots = [
            Polygon(
                exteriorRing: Self.ring(0.125, 0.25, 1000),
                interiorRings: [Self.ring(100, 100, 50), Self.ring(300, 300, 50)]),
            Polygon(exteriorRing: Self.ring(5000, -0.001, 10)),
        ]
        var text = writer.head
        for (index, polygon) in plots.enumerated() {
            text += writer.lines(
                of: .init(
                    number: "P\(index)", name: "甲,乙\n丙", use: "redline", areaInSquareMeters: 123_456, polygon: polygon
                ))
        }
        let folder = try TemporaryFolder()
        let reader = try LayerReader(LayerSource(path: try folder.write("a.txt", text)))
        #expect(reader.description.crs.definition == "EPSG:4520")
        let rows = try reader.rows(["id", "name", "area_ha", "use"])
        #expect(rows.map(\.shape) == plots.map { .polygon($0) })
        #expect(rows[0].attributes == [.string("P0"), .string("甲 乙 丙"), .real(12.3456), .string("redline")])
        #expect(reader.description.cautions.isEmpty)
    }
}

import RedlineGeometry
import Testing

@Test("Parts are found at any depth, empty ones left out")
func nestedParts() {
    let square = Polygon(exteriorRing: [.init(x: 0, y: 0), .init(x: 1, y: 0), .init(x: 1, y: 1), .init(x: 0, y: 0)])
    let geometry = Geometry.collection([
        .collection([.polygon(square), .point(nil)]), .multiPoint([.init(x: 5, y: -2)]),
        .lineString(LineString(positions: [])),
    ])
    #expect(geometry.parts.polygons == [square])
    #expect(geometry.parts.points.count == 1)
    #expect(geometry.parts.lines.isEmpty)
    #expect(geometry.envelope == Envelope(minX: 0, minY: -2, maxX: 5, maxY: 1))
}

@Test("An empty envelope meets and holds nothing")
func emptyEnvelope() {
    let unit = Envelope(minX: 0, minY: 0, maxX: 1, maxY: 1)
    #expect(!Envelope.empty.intersects(unit))
    #expect(!unit.contains(.empty))
    #expect(Envelope.empty.union(unit) == unit)
}

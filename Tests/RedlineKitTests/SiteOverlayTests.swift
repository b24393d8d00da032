import GeometryEngine
import RedlineGeometry
import TestSupport
import Testing

@testable import RedlineKit

private func rectangle(_ minX: Double, _ minY: Double, _ maxX: Double, _ maxY: Double) -> Polygon {
    Polygon(Envelope(minX: minX, minY: minY, maxX: maxX, maxY: maxY))
}

@Test("A line along a cut of the zone counts once, though several pieces hold it")
func lineAlongCut() throws {
    let context = try GeometryContext()
    let meter = try Meter(ScreeningOptions())
    let line = LineString(positions: [Position(x: 96.1, y: 37.05), Position(x: 96.1, y: 37.15)])
    // The polygon reaches out of the zone, so that the site as a whole is not covered.
    let site = Ground(polygons: [rectangle(96.15, 37.15, 96.3, 37.18)], lines: [line])
    let zone = Zone(
        id: "1", ground: Ground(polygons: [rectangle(96, 37, 96.2, 37.2)]), isRepaired: false)
    let overlay = try SiteOverlay(context: context, site: site)
    // Two pieces hold half of the line each, the third all of it.
    for piece in [
        rectangle(96, 37, 96.1, 37.1), rectangle(96, 37.1, 96.1, 37.2), rectangle(96.1, 37, 96.2, 37.2),
    ] {
        try overlay.add(ZonePiece(.polygon(piece), dimension: 2, in: context))
    }
    let shared = try overlay.shared(with: MeasuredZone(zone, meter), siteArea: nil, meter)
    #expect(!shared.isWhole)
    #expect(shared.ground.lines == [line])
}

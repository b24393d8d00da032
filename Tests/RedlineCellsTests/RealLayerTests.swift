import GeometryEngine
import LayerIO
import RedlineCells
import RedlineGeometry
import TestSupport
import Testing

/// The ground of each feature of a file: valid polygons that share none.
private func ground(_ path: String, scale: Double = 1, _ context: GeometryContext) throws -> [[Polygon]] {
    var zones: [[Polygon]] = []
    try LayerReader(LayerSource(path: path)).read(fields: []) { rows in
        for row in rows {
            guard let geometry = try row.geometry.get() else { continue }
            let scaled = geometry.mapRuns { $0.map { Position(x: $0.x * scale, y: $0.y * scale) } }
            let polygons = scaled.parts.polygons
            guard !polygons.isEmpty else { continue }
            var shape = try context.geometry(.multiPolygon(polygons))
            if !shape.isValid { shape = try shape.madeValid() }
            zones.append(try shape.unaryUnion().value().parts.polygons)
        }
    }
    return zones
}

/// Compares every pair whose rectangles meet.
private func compare(_ sites: [[Polygon]], _ zones: [[Polygon]], _ context: GeometryContext) throws -> Int {
    let layer = CellLayer(zones.map { CellBuilder().cells(of: $0) })
    var query = CellQuery()
    var pairs = 0
    for (number, site) in sites.enumerated() {
        let one = try context.geometry(.multiPolygon(site))
        for meeting in query.meetings(of: SiteCells(site, area: squareMeters(site)), in: layer) {
            let other = try context.geometry(.multiPolygon(zones[meeting.zone]))
            let expected = squareMeters(try one.intersection(other).value().parts.polygons)
            #expect(agree(meeting.area, expected), "\(number) in \(meeting.zone): \(meeting.area), GEOS \(expected)")
            pairs += 1
        }
    }
    return pairs
}

private let counties = SharedData.path("data/cn-qinghai-gansu-admin/county.geojson")

@Test(
    "Counties share with lakes, glaciers and salt flats what GEOS finds",
    .enabled(if: counties != nil),  // Needs the reference data.
    arguments: ["lakes", "glaciated_areas", "geography_regions_polys"])
func countiesAndNature(kind: String) throws {
    let path = try #require(SharedData.path("data/cn-qinghai-gansu-nature/ne_10m_\(kind).geojson"))
    let context = try GeometryContext()
    let counties = try ground(try #require(counties), context)
    let zones = try ground(path, context)
    #expect(try compare(counties, zones, context) > 0)
    #expect(try compare(zones, counties, context) > 0)
}

@Test(
    "Counties that tile their province leave no ground out and count none twice",
    .enabled(if: counties != nil))  // Needs the reference data.
func countiesTile() throws {
    let context = try GeometryContext()
    let counties = try ground(try #require(counties), context)
    let layer = CellLayer(counties.map { CellBuilder().cells(of: $0) })
    var query = CellQuery()
    var sum = LayerCoverage()
    for region in counties.indices { sum.add(query.coverage(of: layer, inRegion: region, of: layer)) }
    let areas = counties.reduce(0) { $0 + squareMeters($1) }
    // The same ground by cells and by rings.
    #expect(abs(sum.region - areas) < 1e-12 * areas)
    // Each county at least once; what two count is what the file's neighbours overlap.
    #expect(abs(sum.union - areas) < 1e-12 * areas)
    #expect(sum.gross >= sum.union)
}

private let aachen = SharedData.path("data/aachen-natura-cdda/Natura2000_aachenClipped.shp")

@Test("Natura 2000 and CDDA sites share what GEOS finds", .enabled(if: aachen != nil))  // Needs the reference data.
func naturaAndCDDA() throws {
    // Metres taken as 10⁻⁵ degrees: only the shapes matter here, and where borders coincide.
    let context = try GeometryContext()
    let natura = try ground(try #require(aachen), scale: 1e-5, context)
    let path = try #require(SharedData.path("data/aachen-natura-cdda/CDDA_aachenClipped.shp"))
    let cdda = try ground(path, scale: 1e-5, context)
    #expect(try compare(natura, cdda, context) > 0)
    #expect(try compare(cdda, cdda, context) > 0)
}

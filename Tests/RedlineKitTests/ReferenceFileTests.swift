import Foundation
import LayerIO
import RedlineGeometry
import RedlineMeasure
import TestSupport
import Testing

@testable import RedlineKit

@Suite("Reference files", .enabled(if: SharedData.root != nil, "the reference data are not there"))
struct ReferenceFileTests {
    private func sites(_ path: String, crs: String? = nil, id: String? = nil, repairs: Bool = true) async throws
        -> [Site]
    {
        var input = SiteInput(paths: [try #require(SharedData.path(path))])
        input.crs = crs
        input.idField = id
        return try await SiteReader(
            input: input, repairs: repairs, threads: 2, attributes: try SiteAttributes(nil, added: [])
        ).read().sites
    }

    @Test(
        "Layers of Rhode Island in four CRSs come to lie on each other",
        arguments: [
            ("RhodeIsland.gpkg", nil), ("Rhode_Island_Railroads.gpkg", nil), ("Rhode_Island_Water.gpkg", nil),
            ("ri_wind_regs_fips.gpkg", nil), ("parcels_Rhode_Island.gpkg", "EPSG:4269"),
            ("counties-census.geojson", nil),
        ] as [(String, String?)])
    func rhodeIsland(file: String, crs: String?) async throws {
        // The counties' own box, and half a degree of sea for the water.
        let state = Envelope(minX: -72.0, minY: 41.0, maxX: -70.8, maxY: 42.1)
        let sites = try await sites("data/rhode-island-screening/" + file, crs: crs)
        #expect(!sites.isEmpty)
        for site in sites where site.problem == nil {
            #expect(state.contains(site.ground.envelope), "\(site.ground.envelope)")
        }
    }

    @Test("The layer without a CRS is refused with what its numbers can be")
    func undefinedCRS() async throws {
        await #expect {
            try await sites("data/rhode-island-screening/parcels_Rhode_Island.gpkg")
        } throws: { error in
            "\(error)".contains("no CRS") && "\(error)".contains("longitude and latitude")
        }
    }

    /// The 15 areas that GEOS calls invalid have valid parts that share edges: united, they are ground like any other.
    @Test("The 72 areas of the Netherlands, 15 of them invalid as published, have the area that repair gives them")
    func dutchAreas() async throws {
        let path = try #require(SharedData.path("data/nl-natura2000-sites/expected-validity-area.csv"))
        let table = try DelimitedText(contentsOf: path).rows.map(\.cells)
        let column = Dictionary(uniqueKeysWithValues: zip(table[0], table[0].indices))
        let sites = try await sites("data/nl-natura2000-sites/areas.gpkg", id: "slug")
        #expect(sites.count == 72 && table.count == 73)
        let meter = try AreaMeter(method: .geodesic)
        var invalid = 0
        for row in table.dropFirst() {
            func number(_ name: String) throws -> Double { try #require(column[name].flatMap { Double(row[$0]) }) }
            let slug = try #require(column["slug"].map { row[$0] })
            let site = try #require(sites.first { $0.id == slug })
            var expected = try number("geodesic_m2_make_valid")
            if try number("valid") == 0 { invalid += 1 }
            if slug == "rijntakken" {
                // The reference repaired by linework, which drops 15.7 ha that its valid, disjoint parts cover (their union
                // is the area as published, also in shapely's structure method): the published area is right.
                expected *= try number("planar_rd_m2_as_published") / number("planar_rd_m2_make_valid")
            }
            let measured = try meter.area(of: .multiPolygon(site.ground.polygons))
            #expect(abs(measured.squareMeters - expected) <= 1e-6 * expected, "\(slug): \(measured)")
        }
        #expect(invalid == 15)
    }

    @Test("A province's GBK shapefile reads the same with and without its code page file")
    func codePage() async throws {
        let with = try await sites("data/cn-qinghai-gansu-admin/haixi_cgcs2000_3deg_z32_gbk.zip", id: "name")
        let without = try await sites("data/cn-qinghai-gansu-admin/haixi_cgcs2000_3deg_z32_gbk_nocpg.zip", id: "name")
        #expect(with.map(\.id) == without.map(\.id) && with.map(\.id).contains("格尔木市"))
        #expect(with.map(\.ground.polygons) == without.map(\.ground.polygons))
    }
}

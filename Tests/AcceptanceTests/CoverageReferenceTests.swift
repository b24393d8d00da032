import Foundation
import TestSupport
import Testing

/// Shares that other programs published for real rasters; they weigh all cells alike, and so does `--weight cell`.
@Suite("Coverage: published figures", .enabled(if: SharedData.root != nil))
struct CoverageReferenceTests {
    private func folder(_ regions: String, _ landCover: String, code: String? = nil) throws -> WorkFolder {
        let folder = try WorkFolder()
        let data = try #require(SharedData.root) + "/data/"
        _ = try folder.catalog([
            WorkFolder.layer(
                "regions", family: "region", source: "source: \(data)\(regions)",
                code.map { "fields: {code: \($0)}" } ?? "tiling: false"),
            WorkFolder.layer("lc", family: "land-cover", source: "source: \(data)\(landCover)"),
        ])
        return folder
    }

    private func path(_ name: String) throws -> String { try #require(SharedData.path("data/" + name)) }

    // The figures have 8 decimals.
    private static let tolerance = 1e-6

    @Test("São Miguel: CORINE by concelho, exact and by centre")
    func saoMiguel() throws {
        let folder = try folder("sao-miguel-corine/concelhos.gpkg", "sao-miguel-corine/clc2018_v2020_20u1.tif")
        try CoverageTable(folder, "lc", "--weight", "cell").expect(
            equal: try path("sao-miguel-corine/expected-coverage-exact.csv"), column: 2, tolerance: Self.tolerance)
        try CoverageTable(folder, "lc", "--weight", "cell", "--edge", "centre").expect(
            equal: try path("sao-miguel-corine/expected-coverage-centre.csv"), column: 2, isAmount: true,
            tolerance: 1e-12)
    }

    @Test("Aachen: CORINE in protected sites, on a projected grid")
    func aachen() throws {
        let clc = "aachen-natura-cdda/clc-aachen_clipped.tif"
        let cdda = try folder("aachen-natura-cdda/CDDA_aachenClipped.shp", clc, code: "SITE_CODE")
        try CoverageTable(cdda, "lc", "--weight", "cell").expect(
            equal: try path("aachen-natura-cdda/expected-clc-per-cdda-site-exact.csv"), column: 2,
            tolerance: Self.tolerance)
        let natura = try folder("aachen-natura-cdda/Natura2000_aachenClipped.shp", clc, code: "SITECODE")
        // Written as code and type; sites of both types have their rows apart, and codes occur once.
        try CoverageTable(natura, "lc", "--weight", "cell").expect(
            equal: try path("aachen-natura-cdda/expected-clc-per-natura-site-exact.csv"), column: 2,
            tolerance: Self.tolerance
        ) { String($0.prefix { $0 != "|" }) }
    }

    @Test("Rhode Island: NLCD and PAD-US in counties traced along the grid")
    func rhodeIsland() throws {
        let folder = try folder(
            "rhode-island-screening/ri_wind_regs_fips.gpkg", "rhode-island-screening/ri_nlcd.tif", code: "FIPS")
        let table = try CoverageTable(folder, "lc", "--weight", "cell")
        try table.expect(
            equal: try path("rhode-island-screening/expected-nlcd-exact.csv"), column: 2, tolerance: Self.tolerance)
        // Every county is there three times and counts once; one is a stub.
        #expect(Set(table.rows.map(\.region)).count == 5)
        #expect(table.rows.count(where: { $0.region == "44001" && $0.class == "11" }) == 1)
        #expect(table.message.contains("×3") && table.message.contains("44009"))
        let protected = try self.folder(
            "rhode-island-screening/ri_wind_regs_fips.gpkg", "rhode-island-screening/ri_padus.tif", code: "FIPS")
        try CoverageTable(protected, "lc", "--weight", "cell").expect(
            equal: try path("rhode-island-screening/expected-padus-exact.csv"), column: 2, tolerance: Self.tolerance)
    }

    @Test("Rhode Island: counties with long edges, which are straight in longitude and latitude here")
    func rhodeIslandCensus() throws {
        let folder = try folder(
            "rhode-island-screening/counties-census.geojson", "rhode-island-screening/ri_nlcd.tif", code: "fips")
        // The figures take edges of up to 10 km as straight in the raster's plane, a metre or two beside ours. With
        // edges densified first, exactextract 0.3 gives our shares to 4e-8.
        try CoverageTable(folder, "lc", "--weight", "cell").expect(
            equal: try path("rhode-island-screening/expected-nlcd-census-exact.csv"), column: 2, tolerance: 1e-4)
    }

    @Test("WorldCover: two islands in a tile of 36 000 × 36 000")
    func worldCover() throws {
        let folder = try folder(
            "worldcover-2020-N00E006/sao-tome-principe-parts.geojson",
            "worldcover-2020-N00E006/ESA_WorldCover_10m_2020_v100_N00E006_Map.tif", code: "part")
        let exact = try CoverageTable(folder, "lc", "--weight", "cell")
        try exact.expect(
            equal: try path("worldcover-2020-N00E006/expected-coverage-exact.csv"), column: 2,
            tolerance: Self.tolerance)
        try CoverageTable(folder, "lc", "--weight", "cell", "--edge", "centre").expect(
            equal: try path("worldcover-2020-N00E006/expected-coverage-centre.csv"), column: 2, isAmount: true,
            tolerance: 1e-12)
        // The part that the tile does not reach is said, not left out.
        for row in exact.rows { #expect((row.share ?? 0) <= 1) }
    }

    @Test("Liechtenstein: forest and grass by municipality, from polygons")
    func liechtenstein() throws {
        let file = try path("liechtenstein-osm/liechtenstein-osm.gpkg")
        func source(_ layer: String, _ condition: String) -> [String] {
            ["source: \(file)", "layer: \(layer)", "where: \"\(condition)\""]
        }
        let conditions = [
            "forest": "landuse = 'forest' OR \\\"natural\\\" = 'wood'",
            "grass": "landuse IN ('meadow', 'grass') OR \\\"natural\\\" IN ('grassland', 'fell')",
        ]
        let folder = try WorkFolder()
        let regions = source("admin", "admin_level = '8'")
        var layers = [WorkFolder.layer("regions", family: "region", source: regions[0], regions[1], regions[2])]
        for (id, condition) in conditions {
            let keys = source("landcover", condition)
            layers.append(
                WorkFolder.layer(
                    id, family: "land-cover", source: keys[0], keys[1], keys[2], "fields: {class: landuse}"))
        }
        _ = try folder.catalog(layers)
        let tables = ["forest": try CoverageTable(folder, "forest"), "grass": try CoverageTable(folder, "grass")]
        let text = try String(contentsOfFile: path("liechtenstein-osm/expected-share.csv"), encoding: .utf8)
        var compared = 0
        for cells in CoverageTable.cells(text).dropFirst() {
            guard let table = tables[cells[1]] else { continue }
            let expected = try #require(Double(cells[4])) / 100
            // What any patch covers, whatever it is called: woods without a landuse have no class. A municipality
            // without any patch is not assessable.
            let found = table.row(cells[0], "unclassified")?.share.map { 1 - $0 } ?? 0
            // Edges are geodesics there, and straight in longitude and latitude here; shares have 8 decimals there.
            #expect(abs(found - expected) < 2e-6, "\(cells[0]) \(cells[1]): \(found), expected \(expected)")
            compared += 1
        }
        #expect(compared == 22)
    }
}

import Foundation
import TestSupport
import Testing

/// The rows of a CSV file without quotes, by heading.
private func table(_ path: String) throws -> [[String: String]] {
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline)
    let names = lines[0].split(separator: ",").map(String.init)
    return lines.dropFirst().map { line in
        let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        return Dictionary(zip(names, cells)) { first, _ in first }
    }
}

private func number(_ row: [String: String], _ key: String) throws -> Double {
    try #require(row[key].flatMap { Double($0) }, "\(key)")
}

private let nature = SharedData.path("data/cn-qinghai-gansu-nature")

/// Lakes, glaciers and salt flats in twelve counties, beside what pyproj and shapely give.
@Suite("Published shares: nature in Qinghai and Gansu", .enabled(if: nature != nil, "the reference data are not there"))
struct NatureShareTests {
    @Test("Shares of three layers in twelve counties agree, with geodesic edges and with straight ones")
    func shares() throws {
        let folder = try WorkFolder()
        let nature = try #require(nature)
        let counties = try #require(SharedData.path("data/cn-qinghai-gansu-admin/study-counties-wgs84.geojson"))
        let layers = ["lakes", "glaciated_areas", "playas"]
        _ = try folder.catalog(
            [WorkFolder.layer("counties", family: "region", source: "source: \(counties)")]
                + layers.map { WorkFolder.layer($0, source: "source: \(nature)/ne_10m_\($0).geojson") },
            top: "regions: counties")
        let zones = layers.joined(separator: ",")
        let geodesic = try folder.share("--zones", zones, "--area-method", "geodesic")
        let straight = try folder.share("--zones", zones)
        for row in try table(nature + "/expected-share-per-study-county.csv") {
            let (layer, code) = (try #require(row["layer"]), try #require(row["adcode"]))
            let expected = try number(row, "geodesic_km2") * 1e6
            // The publisher overlaid in longitude and latitude and measured with geodesic edges, as `geodesic` does;
            // half a unit of the last printed place is 50 m².
            let found = try #require(geodesic.row(code, layer))
            #expect(abs(found.zone_area_m2 - expected) <= 50 + 1e-9 * expected, "\(layer) \(code)")
            // An edge of length s at latitude B leaves the geodesic by a lens of s³ tan B / (12 R): at 39° and 10 km, the
            // longest edges here, 10 600 m². Of some hundred edges with lenses on either side the sum stays below 10 of
            // the largest.
            let own = try #require(straight.row(code, layer))
            #expect(abs(own.zone_area_m2 - expected) <= (expected == 0 ? 0 : 106_000), "\(layer) \(code)")
            let share = try number(row, "share_pct_geodesic") / 100
            #expect(abs((own.share ?? 1) - share) <= 2e-6, "\(layer) \(code)")
        }
        #expect(straight.rows.count == 4 * 13)
        for closure in straight.closure { #expect(abs(closure.residual_m2) <= 1e-9 * max(closure.whole_m2, 1)) }
    }
}

private let liechtenstein = SharedData.path("data/liechtenstein-osm")

@Suite(
    "Published shares: Liechtenstein, two dates", .enabled(if: liechtenstein != nil, "the reference data are not there")
)
struct LiechtensteinShareTests {
    @Test("Forest, grass and reserves per municipality agree", arguments: ["", "-2013"])
    func shares(date: String) throws {
        let folder = try WorkFolder()
        let source = "source: \(try #require(liechtenstein))/liechtenstein-osm\(date).gpkg"
        func layer(_ id: String, _ inside: String, _ filter: String?) -> String {
            let more = filter.map { "    where: \"\($0)\"\n" } ?? ""
            return WorkFolder.layer(id, family: id == "units" ? "region" : "zone", source: source, "layer: \(inside)")
                + more
        }
        _ = try folder.catalog(
            [
                layer("units", "admin", nil),
                layer("forest", "landcover", "landuse = 'forest' OR \\\"natural\\\" = 'wood'"),
                layer(
                    "grass", "landcover",
                    "landuse IN ('meadow', 'grass') OR \\\"natural\\\" IN ('grassland', 'fell')"),
                layer("protected", "protected", "boundary = 'protected_area' OR leisure = 'nature_reserve'"),
            ], top: "regions: units")
        let geodesic = try folder.share("--zones", "forest,grass,protected", "--area-method", "geodesic")
        let straight = try folder.share("--zones", "forest,grass,protected")
        let rows = try table(try #require(liechtenstein) + "/expected-share\(date).csv")
        #expect(rows.count == 33)
        for row in rows {
            let (unit, name) = (try #require(row["unit"]), try #require(row["class"]))
            let expected = try number(row, "class_geodesic_m2")
            let found = try #require(geodesic.row(unit, name))
            // Printed to 0.01 m². Where two woods touch, the publisher's union left a node on a common edge that ours
            // does not, or the other way round: under geodesic edges a node in the middle of 150 m is worth 0.05 m².
            #expect(abs(found.zone_area_m2 - expected) <= 0.1 + 1e-9 * expected, "\(name) in \(unit)")
            #expect(abs(found.region_area_m2 - (try number(row, "unit_geodesic_m2"))) <= 0.006)
            // An edge of 2 km at 47° N leaves the geodesic by a lens of s³ tan B / (12 R) = 112 m², one of 200 m by
            // 0.1 m²: few are longer here, and lenses lie on either side.
            let own = try #require(straight.row(unit, name))
            #expect(abs(own.zone_area_m2 - expected) <= 112, "\(name) in \(unit)")
            let share = try number(row, "share_pct_geodesic") / 100
            #expect(abs((own.share ?? 1) - share) <= 2e-6, "\(name) in \(unit)")
        }
    }
}

private let aachen = SharedData.path("data/aachen-natura-cdda")

@Suite("Sites that overlap: Aachen", .enabled(if: aachen != nil, "the reference data are not there"))
struct AachenShareTests {
    private func folder() throws -> WorkFolder {
        let folder = try WorkFolder()
        let aachen = try #require(aachen)
        try folder.write("region.geojson", [Shape.box(5, 8, 49, 52).with(["code": "all"])])
        _ = try folder.catalog(
            [
                WorkFolder.layer("region", family: "region"),
                WorkFolder.layer(
                    "natura", source: "source: \(aachen)/Natura2000_aachenClipped.shp", "fields: {code: SITECODE}"),
                WorkFolder.layer(
                    "cdda", source: "source: \(aachen)/CDDA_aachenClipped.shp", "fields: {code: SITE_CODE}"),
            ], top: "regions: region")
        return folder
    }

    /// EPSG:3035 keeps areas, on an ellipsoid whose flattening differs by 10⁻¹² from that of CGCS2000, and its straight
    /// edges are kept within 1 mm; printed to 1 m² where sums are in km², to 0.001 m² for pairs. A millimetre on either
    /// side of the 8 000 km of all borders would be 8 000 m² if it leaned one way; it bends both ways.
    private func close(_ a: Double?, squareKilometers: String?) throws -> Bool {
        let expected = try #require(squareKilometers.flatMap { Double($0) }) * 1e6
        return abs(try #require(a) - expected) <= 1 + 1e-7 * expected
    }

    @Test("Sites sum to 228.4 km² and cover 189.4 km²; two layers together count ground once")
    func union() throws {
        let file = try folder().share("--zones", "natura,cdda", "--regions", "region")
        let rows = try table(try #require(aachen) + "/expected-union.csv")
        let expected = Dictionary(rows.map { ($0["item"] ?? "", $0["laea3035_km2"]) }) { first, _ in first }
        let (natura, cdda) = (try #require(file.row("all", "natura")), try #require(file.row("all", "cdda")))
        #expect(try close(natura.gross_area_m2, squareKilometers: expected["sum of Natura2000 sites"] ?? nil))
        #expect(try close(natura.zone_area_m2, squareKilometers: expected["union of Natura2000"] ?? nil))
        #expect(try close(cdda.gross_area_m2, squareKilometers: expected["sum of CDDA sites"] ?? nil))
        #expect(try close(cdda.zone_area_m2, squareKilometers: expected["union of CDDA"] ?? nil))
        let both = try #require(file.row("all", "*"))
        #expect(try close(both.zone_area_m2, squareKilometers: expected["union of both"] ?? nil))
        #expect(
            try close(
                natura.zone_area_m2 + cdda.zone_area_m2 - both.zone_area_m2,
                squareKilometers: expected["Natura2000 and CDDA (intersection of unions)"] ?? nil))
        let less = try folder().share("--zones", "natura", "--regions", "natura", "--without", "cdda")
        #expect(
            try close(
                less.row("total", "natura")?.zone_area_m2, squareKilometers: expected["Natura2000 not CDDA"] ?? nil))
    }

    @Test("Every pair of overlapping sites is found, with its area, and none besides")
    func pairs() throws {
        let file = try folder().overlaps("natura,cdda")
        let rows = try table(try #require(aachen) + "/expected-overlap-pairs.csv")
        var wrong: [String] = []
        for row in rows {
            let code = (row["natura"] ?? "").split(separator: "|")[0]
            let expected = try number(row, "laea3035_m2")
            let found = file.rows.filter { pair in
                pair.zone_a.split(separator: "#")[0] == code
                    && pair.zone_b.split(separator: "#")[0] == row["cdda"] ?? ""
                    && abs(pair.overlap_area_m2 - expected) <= 0.5 + 1e-6 * expected
            }
            if found.count != 1 { wrong.append("\(row) \(found.map(\.overlap_area_m2))") }
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(5))")
        let known = Set(rows.map { ($0["natura"] ?? "").split(separator: "|")[0] + "+" + ($0["cdda"] ?? "") })
        let more = file.rows.filter {
            !known.contains($0.zone_a.split(separator: "#")[0] + "+" + $0.zone_b.split(separator: "#")[0])
        }
        // The list leaves out what is smaller than a square metre or so.
        #expect(
            more.allSatisfy { $0.overlap_area_m2 < 5 }, "\(more.map { ($0.zone_a, $0.zone_b, $0.overlap_area_m2) })")
    }
}

private let counties = SharedData.path("data/rhode-island-screening/ri_wind_regs_fips.gpkg")

@Suite("Counties on several rows: Rhode Island", .enabled(if: counties != nil, "the reference data are not there"))
struct RhodeIslandShareTests {
    @Test("Each county counts once though it stands on three rows, and the stub is named")
    func repeated() throws {
        let folder = try WorkFolder()
        try folder.write("zones.geojson", [Shape.box(-71.6, -71.4, 41.5, 41.8).with(["code": "Z"])])
        let source = "source: \(try #require(counties))"
        let description = try RedlineCommand.run(["info", try #require(counties)], in: folder).output
        #expect(description.contains("15"))
        _ = try folder.catalog([
            WorkFolder.layer("counties", family: "region", source: source, "fields: {code: FIPS, name: County}"),
            WorkFolder.layer("zones"),
        ])
        let file = try folder.share("--zones", "zones", "--regions", "counties")
        #expect(file.rows.count == 6)
        #expect(file.warnings("5 regions stand on several rows", "×3").count == 1)
        #expect(file.warnings("Washington", "stub").count == 1)
        // 1 108 857 600 m² in EPSG:32130, whose scale is within 1e-4 of 1.
        let providence = try #require(file.rows.first { $0.region_name == "Providence" })
        #expect(abs(providence.region_area_m2 / 1_108_857_600 - 1) < 2e-4)
    }
}

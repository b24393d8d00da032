import Foundation
import RedlineGeometry
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
        let regions = try EdgeModel.polygons(counties, field: "adcode")
        let edges = try Dictionary(
            uniqueKeysWithValues: layers.map { id in
                (id, try EdgeModel.polygons("\(nature)/ne_10m_\(id).geojson").flatMap(\.polygons))
            })
        for row in try table(nature + "/expected-share-per-study-county.csv") {
            let (layer, code) = (try #require(row["layer"]), try #require(row["adcode"]))
            let expected = try number(row, "geodesic_km2") * 1e6
            // The publisher overlaid in longitude and latitude and measured with geodesic edges, as `geodesic` does;
            // half a unit of the last printed place is 50 m².
            let found = try #require(geodesic.row(code, layer))
            #expect(abs(found.zone_area_m2 - expected) <= 50 + 1e-9 * expected, "\(layer) \(code)")
            // With edges straight in longitude and latitude: by no more than the lenses of the edges in the files.
            let region = regions.filter { $0.name == code }.flatMap(\.polygons)
            let bound = EdgeModel.bound(zones: edges[layer] ?? [], region: region)
            let own = try #require(straight.row(code, layer))
            #expect(region.isEmpty == false)
            #expect(abs(own.zone_area_m2 - expected) <= (expected == 0 ? 0 : 50 + bound), "\(layer) \(code) \(bound)")
            // Printed to 0.00001 %.
            let share = try number(row, "share_pct_geodesic") / 100
            let reach = (50 + bound + share * EdgeModel.bound(region)) / own.region_area_m2 + 0.5e-7
            #expect(abs((own.share ?? 1) - share) <= reach, "\(layer) \(code)")
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
        let filters = [
            "forest": "landuse = 'forest' OR \"natural\" = 'wood'",
            "grass": "landuse IN ('meadow', 'grass') OR \"natural\" IN ('grassland', 'fell')",
            "protected": "boundary = 'protected_area' OR leisure = 'nature_reserve'",
        ]
        func layer(_ id: String, _ inside: String) -> String {
            let filter = filters[id]?.replacingOccurrences(of: "\"", with: "\\\"")
            let more = filter.map { "    where: \"\($0)\"\n" } ?? ""
            return WorkFolder.layer(id, family: id == "units" ? "region" : "zone", source: source, "layer: \(inside)")
                + more
        }
        _ = try folder.catalog(
            [
                layer("units", "admin"), layer("forest", "landcover"), layer("grass", "landcover"),
                layer("protected", "protected"),
            ], top: "regions: units")
        let geodesic = try folder.share("--zones", "forest,grass,protected", "--area-method", "geodesic")
        let straight = try folder.share("--zones", "forest,grass,protected")
        let rows = try table(try #require(liechtenstein) + "/expected-share\(date).csv")
        #expect(rows.count == 33)
        let file = try #require(liechtenstein) + "/liechtenstein-osm\(date).gpkg"
        let units = try EdgeModel.polygons(file, layer: "admin", field: "name")
        let edges = try Dictionary(
            uniqueKeysWithValues: filters.map { id, filter in
                let layer = id == "protected" ? "protected" : "landcover"
                return (id, try EdgeModel.polygons(file, layer: layer, where: filter).flatMap(\.polygons))
            })
        for row in rows {
            let (unit, name) = (try #require(row["unit"]), try #require(row["class"]))
            let expected = try number(row, "class_geodesic_m2")
            let found = try #require(geodesic.row(unit, name))
            // Printed to 0.01 m². With straight edges instead: by no more than the lenses of the edges in the file. With
            // geodesic ones, too: where two woods touch, one union leaves a node on a common edge that the other does
            // not, and each node takes the edge back to its straight course. That happens once, on the border of Eschen
            // and Mauren, for 0.07 m².
            let region = units.filter { $0.name == unit }.flatMap(\.polygons)
            let bound = EdgeModel.bound(zones: edges[name] ?? [], region: region)
            let own = try #require(straight.row(unit, name))
            for row in [found, own] {
                #expect(abs(row.zone_area_m2 - expected) <= 0.005 + bound + 1e-9 * expected, "\(name) in \(unit)")
            }
            #expect(abs(found.zone_area_m2 - expected) <= 0.1, "\(name) in \(unit)")
            // The units themselves are not cut: what the model of edges changes is the sum of the lenses with their signs.
            let whole = try number(row, "unit_geodesic_m2")
            #expect(abs(found.region_area_m2 - whole) <= 0.006)
            let gain = EdgeModel.gain(region)
            #expect(abs(own.region_area_m2 + gain - whole) <= 0.006 + 0.01 * EdgeModel.bound(region), "\(unit) \(gain)")
            // Printed to 0.000001 %.
            let share = try number(row, "share_pct_geodesic") / 100
            let reach = (0.005 + bound + share * EdgeModel.bound(region)) / whole + 0.5e-8
            #expect(abs((own.share ?? 1) - share) <= reach, "\(name) in \(unit)")
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

    /// The sites with their codes, in metres of EPSG:3035.
    private func sites(_ name: String, _ code: String) throws -> [(name: String, polygons: [Polygon])] {
        try EdgeModel.polygons(try #require(aachen) + "/\(name)_aachenClipped.shp", field: code)
    }

    /// How far an area may be from that with edges straight in EPSG:3035, which keeps areas.
    ///
    /// Edges are kept within 1 mm of that course. All sites lie south of 52° and within 400 km of 52° N 10° E.
    private func bound(_ sites: [(name: String, polygons: [Polygon])]) -> Double {
        EdgeModel.bound(sites.flatMap(\.polygons), latitude: 52, radius: 400_000, tolerance: 0.001)
    }

    /// Whether areas agree within the lenses of the edges, 10⁻⁹ for the flattening of the ellipsoid and of the last
    /// digits, and the rounding of what is printed to 1 m².
    private func close(_ a: Double?, squareKilometers: String?, _ bound: Double) throws -> Bool {
        let expected = try #require(squareKilometers.flatMap { Double($0) }) * 1e6
        return abs(try #require(a) - expected) <= 0.5 + bound + 1e-9 * expected
    }

    @Test("Sites sum to 228.4 km² and cover 189.4 km²; two layers together count ground once")
    func union() throws {
        let file = try folder().share("--zones", "natura,cdda", "--regions", "region")
        let rows = try table(try #require(aachen) + "/expected-union.csv")
        let expected = Dictionary(rows.map { ($0["item"] ?? "", $0["laea3035_km2"]) }) { first, _ in first }
        let (natura, cdda) = (try #require(file.row("all", "natura")), try #require(file.row("all", "cdda")))
        let bounds = try [sites("Natura2000", "SITECODE"), sites("CDDA", "SITE_CODE")].map(bound)
        func check(_ area: Double?, _ item: String, _ bound: Double) throws {
            #expect(try close(area, squareKilometers: expected[item] ?? nil, bound), "\(item) \(bound)")
        }
        try check(natura.gross_area_m2, "sum of Natura2000 sites", bounds[0])
        try check(natura.zone_area_m2, "union of Natura2000", bounds[0])
        try check(cdda.gross_area_m2, "sum of CDDA sites", bounds[1])
        try check(cdda.zone_area_m2, "union of CDDA", bounds[1])
        let both = try #require(file.row("all", "*"))
        try check(both.zone_area_m2, "union of both", bounds[0] + bounds[1])
        try check(
            natura.zone_area_m2 + cdda.zone_area_m2 - both.zone_area_m2,
            "Natura2000 and CDDA (intersection of unions)", bounds[0] + bounds[1])
        let less = try folder().share("--zones", "natura", "--regions", "natura", "--without", "cdda")
        try check(less.row("total", "natura")?.zone_area_m2, "Natura2000 not CDDA", bounds[0] + bounds[1])
    }

    @Test("Every pair of overlapping sites is found, with its area, and none besides")
    func pairs() throws {
        let file = try folder().overlaps("natura,cdda")
        let rows = try table(try #require(aachen) + "/expected-overlap-pairs.csv")
        let (natura, cdda) = (try sites("Natura2000", "SITECODE"), try sites("CDDA", "SITE_CODE"))
        var wrong: [String] = []
        for row in rows {
            let code = (row["natura"] ?? "").split(separator: "|")[0]
            let expected = try number(row, "laea3035_m2")
            // Printed to 0.001 m².
            let reach =
                0.0005 + bound(natura.filter { $0.name == code }) + bound(cdda.filter { $0.name == row["cdda"] })
                + 1e-9 * expected
            let found = file.rows.filter { pair in
                pair.zone_a.split(separator: "#")[0] == code
                    && pair.zone_b.split(separator: "#")[0] == row["cdda"] ?? ""
                    && abs(pair.overlap_area_m2 - expected) <= reach
            }
            if found.count != 1 { wrong.append("\(row) \(found.map(\.overlap_area_m2)) \(reach)") }
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

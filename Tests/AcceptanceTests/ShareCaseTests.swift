import Foundation
import Testing

/// Cases worked out on paper; their numbers are those of the acceptance list.
@Suite("Acceptance cases: shares and tables")
struct ShareCaseTests {
    private func named(_ shape: Shape, _ code: String, _ name: String = "") -> Shape {
        shape.with(name.isEmpty ? ["code": code] : ["code": code, "name": name])
    }

    @Test("B-01, B-02: ground in two or three zones counts once in the share, and is told in gross")
    func countedTwice() throws {
        let folder = try WorkFolder()
        let region = [named(.box(95.0, 95.2), "R")]
        var zones = [named(.box(95.0, 95.1), "A"), named(.box(95.05, 95.15), "B")]
        let first = try folder.share(zones: zones, regions: region)
        let two = try #require(first.row("R"))
        #expect(agrees(two.region_area_m2, 197_438_312.579))
        #expect(agrees(two.zone_area_m2, 148_078_734.434))
        #expect(abs((two.share ?? 0) - 0.75) < 1e-12)
        #expect(agrees(two.gross_area_m2, 197_438_312.579) && agrees(two.double_counted_m2, 49_359_578.145))
        #expect(two.zones == 2)
        func times(_ file: ShareFile, _ expected: [Double]) -> Bool {
            let found = file.covered_times?.filter { $0.region_code == "R" } ?? []
            return found.map(\.zones) == Array(1...expected.count)
                && zip(found, expected).allSatisfy { agrees($0.area_m2, $1) }
        }
        #expect(times(first, [98_719_156.289, 49_359_578.145]))
        zones.append(named(.box(95.05, 95.10), "C"))
        let second = try folder.share(zones: zones, regions: region)
        #expect(times(second, [98_719_156.289, 0, 49_359_578.145]))
        let three = try #require(second.row("R"))
        #expect(agrees(three.zone_area_m2, 148_078_734.434) && agrees(three.gross_area_m2, 246_797_890.723))
        #expect(agrees(three.double_counted_m2, 98_719_156.289) && three.zones == 3)
    }

    @Test("B-03: classes that overlap have shares that do not add up, and the text says so")
    func overlappingClasses() throws {
        let folder = try WorkFolder()
        let zones = [
            Shape.box(95.0, 95.14).with(["code": "A", "class": "desertified"]),
            Shape.box(95.05, 95.15).with(["code": "B", "class": "sandified"]),
        ]
        let file = try folder.share(zones: zones, regions: [named(.box(95.0, 95.2), "R")], ["--by", "class"])
        let shares = ["desertified", "sandified", "*"].map { file.row("R", "zones", class: $0)?.share ?? -1 }
        #expect(zip(shares, [0.7, 0.5, 0.75]).allSatisfy { abs($0 - $1) < 1e-12 })
        #expect(file.rows.count == 6 && file.closure.map(\.class) == ["desertified", "sandified", "*"])
        let text = try RedlineCommand.run(
            ["share", "-c", "catalog.yaml", "--zones", "zones", "--by", "class", "-f", "text"], in: folder)
        #expect(text.output.contains("Classes may overlap, so that their shares do not add up"))
        #expect(!text.output.contains("120.00%"))
    }

    @Test("B-07: a park and a reserve that share ground: union and sum are both there")
    func shareOfShare() throws {
        let folder = try WorkFolder()
        // 60 and 50 hundredths of a degree that share 10.
        let zones = [named(.box(95.0, 95.6), "park"), named(.box(95.5, 96.0), "reserve")]
        let row = try #require(try folder.share(zones: zones, regions: [named(.box(95.0, 96.0), "R")]).row("R"))
        let park = Cell.strip(0.6)
        #expect(abs(park / row.zone_area_m2 - 0.6) < 1e-9 && abs(park / row.gross_area_m2 - 60.0 / 110) < 1e-9)
    }

    @Test("B-09: a county counts with its exclave, whether it is a multipolygon or stands on two rows")
    func exclave() throws {
        let folder = try WorkFolder()
        let zones = [named(.box(95.0, 95.1), "A"), named(.box(97.0, 97.05), "B")]
        let parts = [(95.0, 96.0), (97.0, 97.2)].map { west, east in
            [(west, 37.0), (east, 37.0), (east, 37.1), (west, 37.1)]
        }
        let whole = try folder.share(zones: zones, regions: [named(.polygons(parts), "632801", "格尔木市")])
        #expect(abs((whole.row("632801")?.share ?? 0) - 0.125) < 1e-12)
        let rows = parts.map { named(.polygon($0), "632801", "格尔木市") }
        let split = try folder.share(zones: zones, regions: rows)
        #expect(split.rows.count == 2 && abs((split.row("632801")?.share ?? 0) - 0.125) < 1e-12)
        #expect(split.warnings("stand on several rows", "632801", "×2").count == 1)
        #expect(whole.warnings("several rows").isEmpty)
    }

    @Test("B-10: the part of a county in a basin is a denominator of its own, and named")
    func basin() throws {
        let folder = try WorkFolder()
        try folder.write("basin.geojson", [named(.box(95.0, 95.4), "basin")])
        try folder.write("county.geojson", [named(.box(95.15, 95.6), "county")])
        try folder.write("wetland.geojson", [named(.box(95.09, 95.19), "w")])
        _ = try folder.catalog([
            WorkFolder.layer("basin", family: "region"), WorkFolder.layer("county", family: "region"),
            WorkFolder.layer("wetland", family: "wetland"),
        ])
        let own = try folder.share("--zones", "wetland", "--regions", "basin").row("basin", "wetland")
        #expect(abs((own?.share ?? 0) - 0.25) < 1e-12 && own?.denominator == nil)
        let both = try folder.share("--zones", "wetland", "--regions", "county", "--within", "basin")
        let row = try #require(both.row("county", "wetland"))
        #expect(abs((row.share ?? 0) - 0.16) < 1e-9 && row.denominator == "region within basin")
        #expect(agrees(row.region_area_m2, Cell.strip(0.25)))
    }

    @Test("B-11: a zone over a county line is split, and counts once in the total")
    func countyLine() throws {
        let folder = try WorkFolder()
        let file = try folder.share(
            zones: [named(.box(95.0, 95.3), "Z")],
            regions: [named(.box(94.9, 95.18), "1"), named(.box(95.18, 95.5), "2")])
        #expect(agrees(file.row("1")?.zone_area_m2, Cell.strip(0.18)))
        #expect(agrees(file.row("2")?.zone_area_m2, Cell.strip(0.12)))
        let total = try #require(file.row("total"))
        #expect(agrees(total.zone_area_m2, Cell.strip(0.3)) && agrees(total.region_area_m2, Cell.strip(0.6)))
        #expect([file.row("1"), file.row("2"), total].map { $0?.zones } == [1, 1, 1])
    }

    @Test("B-12, B-13: Haixi's seven units add up to the prefecture, 20.5 %, and the closure is printed")
    func haixi() throws {
        let catalog = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Layers/haixi/catalog.yaml").path
        let folder = try WorkFolder()
        let arguments = ["share", "-c", catalog, "--zones", "redline", "--regions", "counties"]
        let outcome = try RedlineCommand.run(arguments + ["-f", "json"], in: folder)
        let file = try JSONDecoder().decode(ShareFile.self, from: Data(outcome.output.utf8))
        let total = try #require(file.row("total", "redline"))
        #expect(file.rows.count == 8)
        #expect(abs((total.share ?? 0) - 0.205) < 1e-9)
        let sum = file.rows.dropLast().reduce(0) { $0 + $1.zone_area_m2 }
        #expect(abs(sum - total.zone_area_m2) <= 1e-9 * total.zone_area_m2)
        #expect(
            abs(file.rows.dropLast().reduce(0) { $0 + $1.region_area_m2 } - total.region_area_m2) <= 1e-9
                * total.region_area_m2)
        let closure = try #require(file.closure.first)
        #expect(abs(closure.residual_m2) <= 1e-9 * closure.whole_m2 && closure.whole_m2 == total.zone_area_m2)
        #expect(closure.sum_m2 - closure.whole_m2 == closure.residual_m2 && closure.outside_regions_m2 == 0)
        #expect(file.rows.allSatisfy { ($0.share ?? 2) <= 1 })
        let text = try RedlineCommand.run(arguments + ["-f", "text"], in: folder)
        for word in ["20.50%", "Closure: rows sum to", "residual", "outside every region"] {
            #expect(text.output.contains(word), "\(word)")
        }
    }

    @Test("B-16: a region that covers others counts its ground once in the total, and the overlap is told")
    func statisticalCode() throws {
        let folder = try WorkFolder()
        let file = try folder.share(
            zones: [named(.box(95.0, 95.1), "Z")],
            regions: [
                named(.box(95.0, 95.2), "620102"), named(.box(95.2, 95.4), "620103"),
                named(.box(95.1, 95.3), "620171"),
            ])
        #expect(agrees(file.row("total")?.region_area_m2, Cell.strip(0.4)))
        #expect(agrees(file.regions_overlap_m2, Cell.strip(0.2)))
        let warning = try #require(file.warnings("regions overlap").first)
        #expect(warning.contains("'620102' + '620171'") && warning.contains("'620103' + '620171'"))
        #expect(warning.contains("19743.8313 ha"))
    }

    @Test("B-20: green over the built-up area is not green over the county")
    func builtUp() throws {
        let folder = try WorkFolder()
        try folder.write("counties.geojson", [named(.box(95.0, 100.0), "county")])
        try folder.write(
            "cover.geojson",
            [Shape.box(95.0, 95.1).with(["class": "built-up"]), Shape.box(95.1, 100.0).with(["class": "grassland"])])
        try folder.write("green.geojson", [named(.box(95.0, 95.036), "g")])
        _ = try folder.catalog([
            WorkFolder.layer("counties", family: "region"), WorkFolder.layer("cover", family: "land-cover"),
            WorkFolder.layer("green", family: "green"),
        ])
        let arguments = ["--zones", "green", "--regions", "counties"]
        let whole = try folder.share(arguments[0], arguments[1], arguments[2], arguments[3])
        #expect(abs((whole.row("county", "green")?.share ?? 0) - 0.0072) < 1e-12)
        let within = try folder.share(
            arguments[0], arguments[1], arguments[2], arguments[3], "--within", "cover:built-up")
        let row = try #require(within.row("county", "green"))
        #expect(abs((row.share ?? 0) - 0.36) < 1e-9 && row.denominator == "region within cover:built-up")
        // The rest of the county, as water would be taken off for a share of land.
        let without = try folder.share(
            arguments[0], arguments[1], arguments[2], arguments[3], "--without", "cover:grassland")
        #expect(abs((without.row("county", "green")?.share ?? 0) - 0.36) < 1e-9)
    }

    @Test("A-07, A-08: other methods show their own area, shares stay ellipsoidal")
    func methods() throws {
        let folder = try WorkFolder()
        let zones = [named(.box(95.0, 95.1), "Z")]
        let regions = [named(.box(95.0, 95.2), "R")]
        let file = try folder.share(zones: zones, regions: regions, ["--area-method", "geodesic"])
        let row = try #require(file.row("R"))
        #expect(abs(row.zone_area_m2 - 98_719_154.126) < 0.001 && row.area_method == "geodesic")
        #expect(abs((row.share ?? 0) - 0.5) < 1e-12)
        let csv = try RedlineCommand.run(
            ["share", "-c", "catalog.yaml", "--zones", "zones", "-f", "csv", "--all-areas"], in: folder)
        let header = csv.output.split(separator: "\n")[0]
        #expect(
            header == "region_code,region_name,layer,region_area_m2,region_area_notice32_m2,region_area_geodesic_m2,"
                + "zone_area_m2,zone_area_notice32_m2,zone_area_geodesic_m2,share,gross_area_m2,"
                + "gross_area_notice32_m2,gross_area_geodesic_m2,double_counted_m2,double_counted_notice32_m2,"
                + "double_counted_geodesic_m2,zones,area_method")
    }
}

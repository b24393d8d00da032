import Testing

/// Section C of the acceptance cases: one zone, the cell, unless a case says otherwise.
@Suite("Acceptance cases of screening")
struct ScreeningCaseTests {
    let folder: WorkFolder

    init() throws {
        folder = try WorkFolder()
        try folder.write("redline.geojson", [Shape.box(95.0, 95.1).zone("Z")])
        _ = try folder.catalog([WorkFolder.layer("redline")], top: "extent: {bbox: [90, 30, 100, 40]}")
    }

    @Test("C-01: half of the site lies in the zone")
    func halfIn() throws {
        try folder.write("sites.geojson", [Shape.box(95.05, 95.15).site("A")])
        let finding = try #require(try folder.screen().findings.first)
        #expect(finding.relation == "overlaps")
        #expect(abs((finding.overlap_area_m2 ?? 0) - 49_359_578.145) <= 0.05)  // Printed to three places, and 1e-9.
        #expect(abs((finding.site_share ?? 0) - 0.5) <= 1e-12)
        #expect(abs((finding.zone_share ?? 0) - 0.5) <= 1e-12)
        #expect(finding.distance_m == 0)
    }

    @Test("C-02: neighbours that share an edge touch, without area, and are not clear")
    func touch() throws {
        try folder.write("sites.geojson", [Shape.box(95.1, 95.15).site("A")])
        let file = try folder.screen()
        #expect(file.brief == ["redline/Z touches"])
        #expect(file.findings.allSatisfy { ($0.overlap_area_m2 ?? 0) == 0 && $0.distance_m == 0 })
        #expect(file.run.summary.clear == 0)
        #expect(try folder.states() == ["A": "touches"])
    }

    /// The site's edge of 1 km crosses the zone's: on one half it lies up to 3.8 mm inside, about 1 m² and 1.9 mm wide.
    @Test("C-03: a sliver is told by its width", arguments: [("tolerance: 0.01 m", "touches"), ("", "overlaps")])
    func sliver(tolerance: String, relation: String) throws {
        let off = 0.0038 / 88_953  // Metres for a degree of longitude at 37.05° N.
        let site = Shape.polygon([(95.1 - off, 37.05), (95.11, 37.05), (95.11, 37.059), (95.1 + off, 37.059)])
        try folder.write("sites.geojson", [site.site("A")])
        _ = try folder.catalog([WorkFolder.layer("redline", tolerance)])
        #expect(try folder.screen().brief == ["redline/Z \(relation)"])
    }

    @Test("C-04: an overlap of half a metre by two is real, although its area is that of the sliver")
    func thinButReal() throws {
        let (dx, dy) = (0.5 / 88_953, 2 / 110_985.0)  // Metres for a degree at 37.05° N.
        let site = Shape.polygon([
            (95.1 - dx, 37.05), (95.1 + dx, 37.05), (95.1 + dx, 37.05 + dy), (95.1 - dx, 37.05 + dy),
        ])
        try folder.write("sites.geojson", [site.site("A")])
        _ = try folder.catalog([WorkFolder.layer("redline", "tolerance: 0.01 m")])
        let finding = try #require(try folder.screen().findings.first)
        #expect(finding.relation == "overlaps")
        #expect(abs((finding.overlap_area_m2 ?? 0) - 1) < 0.01)  // The metres for a degree are rounded.
    }

    @Test("C-05: ground that two polygons of a site share counts once")
    func ownOverlap() throws {
        func corners(_ west: Double, _ east: Double) -> [(Double, Double)] {
            [(west, 37.0), (east, 37.0), (east, 37.1), (west, 37.1)]
        }
        let site = Shape.polygons([corners(95.01, 95.03), corners(95.02, 95.05)]).site("A")
        let rows = [Shape.box(95.01, 95.03).site("B"), Shape.box(95.02, 95.05).site("B")]
        try folder.write("sites.geojson", [site] + rows)
        let file = try folder.screen()
        #expect(file.findings.map(\.site_id) == ["A", "B"])
        for finding in file.findings {
            let expected = Cell.strip(0.04)
            #expect(abs((finding.overlap_area_m2 ?? 0) - expected) <= Cell.tolerance(expected))
            #expect(abs((finding.site_share ?? 0) - 1) <= 1e-12)
        }
    }

    @Test("C-06: area, length and points of a mixed site stand in one finding")
    func mixed() throws {
        let parts = [
            Shape.box(95.05, 95.15), .line([(94.95, 37.05), (95.15, 37.05)]), .point(95.02, 37.02), .point(95.2, 37.02),
        ]
        // A second site, because an id that is the same on every row is none.
        try folder.write("sites.geojson", parts.map { $0.site("A") } + [Shape.box(99, 99.1).site("B")])
        let file = try folder.screen()
        #expect(file.findings.count == 1)
        let finding = try #require(file.findings.first)
        #expect(abs((finding.overlap_area_m2 ?? 0) - Cell.area / 2) <= Cell.tolerance(Cell.area))
        #expect(abs((finding.overlap_length_m ?? 0) - 8_895.335) <= 0.001)  // As case A-13 has it.
        #expect(finding.points_inside == 1)
        #expect(abs((finding.site_share ?? 0) - 0.5) <= 1e-12)
    }

    @Test("A-13: of a line the length inside is reported, and no area")
    func line() throws {
        try folder.write("sites.geojson", [Shape.line([(94.95, 37.05), (95.15, 37.05)]).site("A")])
        let finding = try #require(try folder.screen().findings.first)
        #expect(finding.relation == "overlaps")
        #expect(finding.overlap_area_m2 == nil)
        #expect(abs((finding.overlap_length_m ?? 0) - 8_895.335) <= 0.001)
        #expect(abs((finding.site_share ?? 0) - 0.5) <= 1e-9)  // On one parallel lengths are as longitudes.
    }

    @Test("C-07: every zone is reported, layers in order, then the largest, then the code")
    func allZones() throws {
        try folder.write(
            "redline.geojson",
            [
                Shape.box(95.0, 95.01).zone("R3"), Shape.box(95.01, 95.03).zone("R2"),
                Shape.box(95.03, 95.04).zone("R1"),
            ])
        try folder.write("reserve.geojson", [Shape.box(94.9, 95.2).zone("P")])
        try folder.write("units.geojson", [Shape.box(94.9, 95.2).zone("U")])
        try folder.write("sites.geojson", [Shape.box(95.0, 95.1).site("A")])
        _ = try folder.catalog([
            WorkFolder.layer("units", family: "control-unit"), WorkFolder.layer("redline"),
            WorkFolder.layer("reserve", family: "protected-area"),
        ])
        let expected = ["units/U", "redline/R2", "redline/R1", "redline/R3", "reserve/P"].map { $0 + " overlaps" }
        #expect(try folder.screen().brief == expected)
    }

    @Test("C-11: ground in no unit of a tiling layer is a fault of the data, not a pass")
    func noUnit() throws {
        let gap = 0.0001
        try folder.write(
            "units.geojson",
            [
                Shape.box(95.0, 95.05).zone("U1"), Shape.box(95.05 + gap, 95.1).zone("U2"),
            ])
        try folder.write(
            "sites.geojson",
            [
                Shape.box(95.04, 95.06).site("A"), Shape.box(95.05, 95.05 + gap, 37.02, 37.03).site("B"),
            ])
        _ = try folder.catalog(
            [WorkFolder.layer("units", family: "control-unit", "tiling: true")],
            top: "extent: {bbox: [95.0, 37.0, 95.1, 37.1]}")
        let file = try folder.screen()
        let missing = try #require(file.of("A").first { $0.relation == "not-assessable" })
        #expect(missing.reason == "no-unit")
        #expect(missing.overlap_area_m2 == nil && missing.distance_m == nil && missing.zone_id == nil)
        #expect(abs((missing.site_share ?? 0) - gap / 0.02) <= 1e-9)  // The gap of 95.0501 − 95.05 is off by 1e-14.
        #expect(file.of("A").filter { $0.relation == "overlaps" }.map(\.zone_code) == ["U1", "U2"])
        #expect(try folder.states() == ["A": "conflict", "B": "not-assessable"])
        #expect(file.run.summary.clear == 0)
    }

    @Test("C-12: ground in two units is a fault of the data, and both are reported")
    func twoUnits() throws {
        try folder.write(
            "units.geojson",
            [
                Shape.box(95.0, 95.0501).zone("U1"), Shape.box(95.05, 95.1).zone("U2"),
                Shape.box(95.1, 95.2).zone("U3"),
            ])
        try folder.write(
            "sites.geojson",
            [
                Shape.box(95.04, 95.11).site("A"), Shape.box(95.06, 95.07).site("B"),
            ])
        _ = try folder.catalog([WorkFolder.layer("units", family: "control-unit", "tiling: true")])
        let file = try folder.screen()
        let reasons = Dictionary(uniqueKeysWithValues: file.of("A").map { ($0.zone_code ?? "", $0.reason ?? "") })
        #expect(reasons["U1"] == "two-units")
        #expect(reasons["U2"] == "two-units")
        #expect(reasons["U3"] != nil && reasons["U3"] != "two-units")
        #expect(file.of("B").allSatisfy { $0.reason != "two-units" })
    }

    @Test("C-13: the half outside the declared extent is not assessable, the other half is judged")
    func outsideExtent() throws {
        try folder.write("counties.geojson", [Shape.box(95.0, 95.1).with(["code": "X", "name": "County X"])])
        try folder.write("redline.geojson", [Shape.box(95.05, 95.08).zone("Z")])
        try folder.write(
            "sites.geojson",
            [
                Shape.box(95.05, 95.15).site("A"), Shape.box(95.09, 95.11).site("B"), Shape.box(95.01, 95.02).site("C"),
            ])
        _ = try folder.catalog(
            [WorkFolder.layer("counties", family: "region"), WorkFolder.layer("redline")],
            top: "extent: counties\nregions: counties")
        let file = try folder.screen()
        #expect(file.of("A").map(\.relation) == ["overlaps", "not-assessable"])
        #expect(file.of("A").map(\.region_code) == ["X", nil])
        #expect(file.of("A").last?.reason == "outside-extent")
        #expect(abs((file.of("A").last?.site_share ?? 0) - 0.5) <= 1e-12)
        #expect(try folder.states() == ["A": "conflict", "B": "not-assessable", "C": "clear"])
        #expect(file.run.summary.clear == 1)
    }

    @Test("C-18: a point on the common edge of two units is on the boundary of both, not inside twice")
    func boundaryPoint() throws {
        try folder.write("units.geojson", [Shape.box(95.0, 95.1).zone("U1"), Shape.box(95.1, 95.2).zone("U2")])
        try folder.write("sites.geojson", [Shape.point(95.1, 37.05).site("A"), Shape.point(95.1, 37.1).site("B")])
        _ = try folder.catalog(
            [WorkFolder.layer("units", family: "control-unit", "tiling: true")],
            top: "extent: {bbox: [95.0, 37.0, 95.2, 37.1]}")
        let file = try folder.screen()
        #expect(file.brief == Array(repeating: ["units/U1 touches", "units/U2 touches"], count: 2).flatMap(\.self))
        #expect(file.findings.allSatisfy { $0.points_inside == 0 })
    }

    @Test("H-11: every text report says that it is a screening result and no approval")
    func honestLabel() throws {
        try folder.write("sites.geojson", [Shape.box(95.05, 95.15).site("A")])
        for (language, words) in [("en", "not an approval"), ("zh", "不是审批")] {
            let outcome = try RedlineCommand.run(
                ["screen", "sites.geojson", "-c", "catalog.yaml", "-f", "text", "--language", language], in: folder)
            #expect(outcome.status == 0)
            #expect(outcome.output.contains(words))
        }
    }

    @Test("A-05: the three faces of a triangle's area, each under its own name")
    func edgeModels() throws {
        try folder.write("sites.geojson", [Shape.polygon([(95, 37), (95.1, 37), (95, 37.1)]).site("A")])
        let all = try #require(try folder.screen("--all-areas").findings.first)
        let expected = (49_370_232.088_945, 49_359_578.145, 49_391_955.917)
        #expect(abs((all.overlap_area_m2 ?? 0) - expected.0) <= Cell.tolerance(expected.0))
        // The cases print millimetres; 1e-9 of the area is more.
        #expect(abs((all.overlap_area_notice32_m2 ?? 0) - expected.1) <= Cell.tolerance(expected.1))
        #expect(abs((all.overlap_area_geodesic_m2 ?? 0) - expected.2) <= Cell.tolerance(expected.2))
        for (method, area) in [("ellipsoidal", expected.0), ("notice32", expected.1), ("geodesic", expected.2)] {
            let file = try folder.screen("--area-method", method)
            #expect(file.run.area_method == method)
            #expect(abs((file.findings.first?.overlap_area_m2 ?? 0) - area) <= Cell.tolerance(area))
            #expect(file.findings.first?.overlap_area_notice32_m2 == nil)
        }
    }
}

import Testing

@Suite("What the data claim to cover")
struct ExtentTests {
    let folder: WorkFolder

    init() throws {
        folder = try WorkFolder()
        try folder.write("redline.geojson", [Shape.box(95.0, 95.1).zone("Z")])
        try folder.write("sites.geojson", [Shape.box(96.0, 96.1).site("far"), Shape.box(95.0, 95.2).site("in")])
    }

    @Test("Without an extent nothing is ever clear")
    func noExtent() throws {
        _ = try folder.catalog([WorkFolder.layer("redline")])
        let file = try folder.screen()
        #expect(file.run.summary.clear == 0)
        #expect(file.run.summary.clear_in_data == 1)
        #expect(try folder.states() == ["far": "clear-in-data", "in": "conflict"])
        let text = try RedlineCommand.run(
            ["screen", "sites.geojson", "-c", "catalog.yaml", "-f", "text", "--language", "en"], in: folder)
        #expect(text.output.contains("no clearance"))
    }

    @Test("One layer without an extent is enough to withhold clearance")
    func partialExtent() throws {
        let box = "extent: {bbox: [90, 30, 100, 40]}"
        try folder.write("other.geojson", [Shape.box(95.0, 95.1).zone("Y")])
        _ = try folder.catalog([WorkFolder.layer("redline", box), WorkFolder.layer("other")])
        #expect(try folder.states()["far"] == "clear-in-data")
        _ = try folder.catalog([WorkFolder.layer("redline", box), WorkFolder.layer("other", box)])
        #expect(try folder.states()["far"] == "clear")
        _ = try folder.catalog([WorkFolder.layer("redline"), WorkFolder.layer("other")], top: box)
        #expect(try folder.states()["far"] == "clear")
    }

    @Test("A box that ends within a site leaves the rest not assessable, and clips nothing")
    func boxExtent() throws {
        _ = try folder.catalog([WorkFolder.layer("redline")], top: "extent: {bbox: [94, 36, 95.05, 38]}")
        let file = try folder.screen()
        #expect(file.of("in").map(\.relation) == ["overlaps", "not-assessable"])
        #expect(abs((file.of("in").first?.overlap_area_m2 ?? 0) - Cell.area) <= Cell.tolerance(Cell.area))
        #expect(abs((file.of("in").last?.site_share ?? 0) - 0.75) <= 1e-12)
        #expect(file.of("far").map(\.relation) == ["not-assessable"])
        #expect(file.of("far").first?.site_share == 1)
        #expect(file.run.summary.clear == 0)
    }

    @Test(
        "A clear site says how far the edge of the extent is, which a line between regions is not",
        arguments: ["shared", "one more vertex", "gap"])
    func edgeOfExtent(line: String) throws {
        // 10 m and 300 m at 37.08° N, where a degree of longitude has 88 917 m.
        let west = line == "gap" ? 95.5 + 10 / 88_917 : 95.5
        let more = line == "one more vertex" ? [(west, 37.05)] : []
        try folder.write(
            "counties.geojson",
            [
                Shape.box(95.0, 95.5).zone("X"),
                Shape.polygon([(west, 37.0), (96.0, 37.0), (96.0, 37.1), (west, 37.1)] + more).zone("Y"),
            ])
        let east = 95.5 - 300 / 88_917
        try folder.write("sites.geojson", [Shape.box(east - 0.01, east, 37.075, 37.08).site("A")])
        _ = try folder.catalog(
            [WorkFolder.layer("counties", family: "region"), WorkFolder.layer("redline")], top: "extent: counties")
        try folder.write("redline.geojson", [Shape.box(95.0, 95.1).zone("Z")])
        let json = try RedlineCommand.run(["screen", "sites.geojson", "-c", "catalog.yaml", "-f", "json"], in: folder)
        let margin = try #require(json.output.firstMatch(of: /"margin_m":([0-9.]+)/).flatMap { Double($0.output.1) })
        // To the north 0.02° of the meridian, 110 978 m a degree there.
        let expected = line == "gap" ? 300 : 0.02 * 110_978
        #expect(abs(margin - expected) <= 0.01 * expected, "\(margin)")
    }

    @Test("A site narrower than the tolerance is not clear where the data say nothing", arguments: [true, false])
    func narrowSite(isBox: Bool) throws {
        // A road some 4 m wide, outside the extent, and a tolerance of 10 m.
        let road = Shape.box(96.0, 96.1, 37.0, 37.00004)
        try folder.write("sites.geojson", [road.site("road")])
        try folder.write("counties.geojson", [Shape.box(95.0, 95.5).zone("X")])
        _ = try folder.catalog(
            [WorkFolder.layer("counties", family: "region"), WorkFolder.layer("redline")],
            top: isBox ? "extent: {bbox: [95, 37, 95.5, 37.1]}" : "extent: counties")
        #expect(try folder.states("--tolerance", "10m") == ["road": "not-assessable"])
    }

    @Test("A layer that has no data for the day is missing, not clear")
    func editions() throws {
        try folder.write("new.geojson", [Shape.box(95.15, 95.3).zone("Z")])
        let editions = """
            editions: [{edition: 2023-12-31, source: new.geojson}, {edition: 2018-12-31, source: redline.geojson}]
            """
        let layer = WorkFolder.layer("redline", source: editions)
        _ = try folder.catalog([layer], top: "extent: {bbox: [90, 30, 100, 40]}")
        func share(_ options: String...) throws -> FindingFile.Properties? {
            let arguments = ["screen", "sites.geojson", "-c", "catalog.yaml", "-f", "geojson"] + options
            return try FindingFile(try RedlineCommand.run(arguments, in: folder)).of("in").first
        }
        #expect(abs((try share()?.overlap_area_m2 ?? 0) - Cell.strip(0.05)) <= Cell.tolerance(Cell.area))
        let old = try #require(try share("--as-of", "2020-01-01"))
        #expect(abs((old.overlap_area_m2 ?? 0) - Cell.area) <= Cell.tolerance(Cell.area))
        // The same site, layer and zone: the identifier is that of the newer edition.
        #expect(try share("--as-of", "2024-01-01")?.finding_id == old.finding_id)
        let none = try folder.screen("--as-of", "2001-01-01")
        #expect(none.run.as_of == "2001-01-01")
        #expect(none.findings.map(\.reason) == ["layer-missing", "layer-missing"])
        #expect(none.findings.allSatisfy { $0.relation == "not-assessable" && $0.site_share == 1 })
        #expect(none.run.layers.map(\.edition) == [nil])
        #expect(try folder.screen("--as-of", "2018-12-31").run.layers.map(\.edition) == ["2018-12-31"])
    }

    @Test("Only the layers asked for are screened")
    func layers() throws {
        try folder.write("other.geojson", [Shape.box(95.0, 95.1).zone("Y")])
        _ = try folder.catalog([WorkFolder.layer("redline"), WorkFolder.layer("other")])
        #expect(try folder.screen().findings.map(\.layer) == ["redline", "other"])
        #expect(try folder.screen("--layers", "other").findings.map(\.layer) == ["other"])
        #expect(try folder.screen("--layers", "other,redline").findings.map(\.layer) == ["redline", "other"])
        let unknown = try RedlineCommand.run(
            ["screen", "sites.geojson", "-c", "catalog.yaml", "--layers", "redlnie"], in: folder)
        #expect(unknown.status != 0)
        #expect(unknown.message.contains("redlnie") && unknown.output.isEmpty)
    }
}

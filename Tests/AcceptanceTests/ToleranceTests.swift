import Testing

@Suite("Touching, near, and the tolerance between them")
struct ToleranceTests {
    let folder: WorkFolder
    /// Degrees of longitude for a metre at 37.05° N.
    private let meter = 1 / 88_953.0

    init() throws {
        folder = try WorkFolder()
        try folder.write("redline.geojson", [Shape.box(95.0, 95.1).zone("Z")])
        _ = try folder.catalog(
            [WorkFolder.layer("redline", "tolerance: 2 mm")], top: "extent: {bbox: [90, 30, 100, 40]}")
    }

    @Test(
        "The tolerance of the run stands in place of the layer's",
        arguments: [
            // Metres that the site reaches into the zone, and what it then is at 2 mm and at 1 m.
            (0.5, "overlaps", "touches"), (1.5, "overlaps", "overlaps"), (-0.5, "none", "touches"),
            (0.001, "touches", "touches"), (-0.001, "touches", "touches"), (0.004, "overlaps", "touches"),
        ])
    func tolerance(into: Double, atTwoMillimeters: String, atOneMeter: String) throws {
        try folder.write("sites.geojson", [Shape.box(95.1 - into * meter, 95.2, 37.03, 37.07).site("A")])
        func relation(_ file: FindingFile) -> String { file.findings.first?.relation ?? "none" }
        #expect(relation(try folder.screen()) == atTwoMillimeters)
        #expect(relation(try folder.screen("--tolerance", "1m")) == atOneMeter)
        #expect(relation(try folder.screen("--tolerance", "0.001km")) == atOneMeter)
    }

    @Test("An overlap as wide as the site or the zone is no sliver, however small the two are")
    func narrow() throws {
        let road = Shape.box(95.02, 95.08, 37.05, 37.05 + 8 / 110_985.0)  // 8 m wide.
        try folder.write("sites.geojson", [road.site("road"), Shape.box(94.9, 95.2).site("field")])
        try folder.write(
            "redline.geojson",
            [
                Shape.box(95.0, 95.1).zone("Z"), Shape.box(95.12, 95.12 + 3 * meter).zone("strip"),
            ])
        let file = try folder.screen("--tolerance", "10m")
        #expect(file.of("road").map(\.relation) == ["overlaps"])
        #expect(file.of("field").map(\.relation) == ["overlaps", "overlaps"])
    }

    @Test("Zones within the distance asked for are near, in metres, ranked after what overlaps")
    func near() throws {
        try folder.write(
            "sites.geojson",
            [
                Shape.box(95.1 + 480 * meter, 95.2, 37.03, 37.07).site("near"),
                Shape.point(95.1 + 520 * meter, 37.05).site("beyond"),
            ])
        #expect(try folder.screen().findings.isEmpty)
        let file = try folder.screen("--distance", "500m")
        #expect(file.findings.map(\.site_id) == ["near"])
        let finding = try #require(file.findings.first)
        #expect(finding.relation == "near")
        // The metres of a degree hold at 37.05; the nearest latitude of the site is 37.07.
        #expect(abs((finding.distance_m ?? 0) - 480) < 0.5)
        #expect(finding.overlap_area_m2 == 0 && finding.site_share == 0)
        #expect(try folder.states("--distance", "0.5 km") == ["near": "near", "beyond": "clear"])
        #expect(try folder.screen("--distance", "600").findings.count == 2)
    }
}

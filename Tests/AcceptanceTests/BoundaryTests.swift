import Testing

/// Two counties and two units side by side; sites that run along the lines between them.
@Suite("Lines and points on boundaries")
struct BoundaryTests {
    let folder: WorkFolder

    init() throws {
        folder = try WorkFolder()
        let boxes = [Shape.box(95.0, 95.1), .box(95.1, 95.2)]
        try folder.write("counties.geojson", [boxes[0].zone("X"), boxes[1].zone("Y")])
        try folder.write("units.geojson", [boxes[0].zone("U1"), boxes[1].zone("U2")])
        _ = try folder.catalog(
            [WorkFolder.layer("counties", family: "region"), Self.units], top: "extent: counties\nregions: counties")
    }

    private static let units = WorkFolder.layer("units", family: "control-unit", "tiling: true")

    @Test("A line along the common edge of two units touches both and is no fault of the data")
    func commonEdge() throws {
        try folder.write("sites.geojson", [Shape.line([(95.1, 37.02), (95.1, 37.08)]).site("A")])
        let file = try folder.screen()
        #expect(file.brief == ["units/U1 touches", "units/U2 touches"])
        #expect(file.findings.allSatisfy { $0.reason != "two-units" && ($0.overlap_length_m ?? 0) == 0 })
    }

    @Test("Of a line that runs along an edge and then inside, only what is inside counts")
    func alongAndInside() throws {
        try folder.write(
            "sites.geojson",
            [
                Shape.line([(95.1, 37.02), (95.1, 37.08), (95.05, 37.08)]).site("A"),
                Shape.line([(95.08, 37.08), (95.05, 37.08)]).site("B"),
            ])
        let file = try folder.screen()
        #expect(file.brief == ["units/U1 overlaps", "units/U2 touches", "units/U1 overlaps"])
        // Along one parallel lengths are as longitudes; a centimetre holds what the tolerance takes at the bend.
        let (long, short) = (file.findings[0].overlap_length_m ?? 0, file.findings[2].overlap_length_m ?? 0)
        #expect(abs(long - short * 5 / 3) < 0.01)
        #expect(file.findings.allSatisfy { $0.reason != "two-units" && $0.relation != "not-assessable" })
    }

    @Test("Points on the edge of the extent are covered, also in a site of several parts")
    func extentEdge() throws {
        let points = "{\"type\":\"MultiPoint\",\"coordinates\":[[95.2,37.05],[95.15,37.05],[95.15,37.1]]}"
        try folder.write(
            "sites.geojson",
            [
                Shape(geometry: points).site("A"), Shape.point(95.2, 37.05).site("B"),
                Shape.point(95.15, 37.1).site("B"),
            ])
        let file = try folder.screen()
        #expect(file.brief == ["units/U2 overlaps", "units/U2 touches"])
        #expect(file.findings.map(\.points_inside) == [1, 0])
    }

    @Test("Ground outside the extent and in no unit counts once", arguments: [false, true])
    func outsideOnce(isLine: Bool) throws {
        _ = try folder.catalog([Self.units], top: "extent: {bbox: [95.0, 37.0, 95.18, 37.1]}")
        // Beyond 95.18 outside the extent, beyond 95.2 in no unit as well; oblique, so that cuts round.
        let line = Shape.line([(95.1537, 37.0123), (95.2391, 37.0831)])
        let area = Shape.polygon([(95.1537, 37.0123), (95.2391, 37.0123), (95.2391, 37.0831)])
        try folder.write("sites.geojson", [(isLine ? line : area).site("A")])
        let missing = try #require(try folder.screen().findings.first { $0.relation == "not-assessable" })
        let part = (95.2391 - 95.18) / (95.2391 - 95.1537)
        // Lengths are nearly as longitudes; of the triangle what is left of 95.18 is a similar one.
        let expected = isLine ? part : 1 - (1 - part) * (1 - part)
        #expect(abs((missing.site_share ?? 0) - expected) < 2e-3)
        #expect(missing.reason == "outside-extent")
    }

    @Test("The region of an overlap is found whatever the tolerance, and for zones of lines and points")
    func regions() throws {
        try folder.write("rivers.geojson", [Shape.line([(95.11, 37.05), (95.19, 37.05)]).zone("V")])
        try folder.write("schools.geojson", [Shape.point(95.15, 37.03).zone("S")])
        try folder.write("redline.geojson", [Shape.box(95.0, 95.2).zone("R")])
        // 2 m of the site lie in X, 4 m in Y: both narrower than the tolerance below.
        let meter = 1 / 88_953.0
        try folder.write(
            "sites.geojson",
            [
                Shape.box(95.12, 95.18, 37.02, 37.06).site("A"),
                Shape.box(95.1 - 2 * meter, 95.1 + 4 * meter).site("B"),
            ])
        _ = try folder.catalog(
            [WorkFolder.layer("counties", family: "region")]
                + ["rivers", "schools", "redline"].map { WorkFolder.layer($0) }, top: "regions: counties")
        #expect(try folder.screen().of("A").map(\.region_code) == ["Y", "Y", "Y"])
        let wide = try folder.screen("--tolerance", "5m").of("B")
        #expect(wide.map(\.relation) == ["overlaps"] && wide.map(\.region_code) == ["Y"])
    }
}

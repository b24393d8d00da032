import Testing

@Suite("Identifiers of sites and findings")
struct IdentityTests {
    let folder: WorkFolder

    init() throws {
        folder = try WorkFolder()
        try folder.write("redline.geojson", [Shape.box(95.0, 95.1).zone("Z")])
        _ = try folder.catalog([WorkFolder.layer("redline")])
    }

    private func sites(_ options: String..., files: [[Shape]]) throws -> [String] {
        let names = try files.enumerated().map { try folder.write("sites\($0).geojson", $1) }
        let arguments = ["screen"] + names + ["-c", "catalog.yaml", "-f", "geojson"] + options
        return try FindingFile(try RedlineCommand.run(arguments, in: folder)).findings.map(\.site_id)
    }

    private let boxes = [Shape.box(95.01, 95.02), .box(95.03, 95.04), .box(95.05, 95.06)]

    @Test("Rows with the same id are one site, in the place of the first")
    func sameID() throws {
        let rows = [boxes[0].site("B"), boxes[1].site("A"), boxes[2].site("B")]
        #expect(try sites(files: [rows]) == ["B", "A"])
    }

    @Test("An id that is the same on every row, or empty, is none: row numbers count over all files")
    func noID() throws {
        let same = boxes.map { $0.site("0") }
        #expect(try sites(files: [same]) == ["1", "2", "3"])
        #expect(try sites(files: [boxes.map { $0.site("") }]) == ["1", "2", "3"])
        #expect(try sites(files: [boxes, [boxes[0]]]) == ["1", "2", "3", "4"])
        #expect(try sites(files: [[boxes[0].site("A"), boxes[1].site(""), boxes[2].site("C")]]) == ["A", "2", "C"])
    }

    @Test("Without the property, GeoJSON's own id counts, as text or as a number")
    func geoJSONID() throws {
        let rows = [boxes[0].with([:], id: "\"x\""), boxes[1].with([:], id: "7"), boxes[2].with([:], id: "7")]
        #expect(try sites(files: [rows]) == ["x", "7"])
        let both = [boxes[0].with(["id": "p"], id: "1"), boxes[1].with(["id": "q"], id: "2")]
        #expect(try sites(files: [both]) == ["p", "q"])
    }

    @Test("Fields named on the command line win")
    func namedFields() throws {
        let rows = [
            boxes[0].with(["id": "1", "project": "P", "title": "First"]),
            boxes[1].with(["id": "2", "project": "P", "title": "Second"]),
        ]
        #expect(try sites("--id-field", "project", files: [rows]) == ["P"])
        try folder.write("sites.geojson", rows)
        #expect(try folder.screen("--name-field", "title").findings.map(\.site_name) == ["First", "Second"])
        #expect(try folder.screen().findings.map(\.site_name) == ["1", "2"])
    }

    @Test("A row number joins no site that bears it as its id")
    func rowNumberAsID() throws {
        let found = try sites(files: [[boxes[0].site("2"), boxes[1].site(""), boxes[2].site("3")]])
        #expect(found.count == 3)
    }

    @Test("Zones that share a code or have none are each found, with identifiers that stay when rows are shuffled")
    func duplicateCodes() throws {
        let zones = [
            Shape.box(95.0, 95.02).zone("D"), .box(95.02, 95.05).zone("D"), .box(95.05, 95.09).zone("E"),
            .box(95.09, 95.095).with(["name": "no code"]), .box(95.095, 95.1).with(["name": "none here"]),
        ]
        try folder.write("sites.geojson", [Shape.box(95.0, 95.1).site("A")])
        try folder.write("redline.geojson", zones)
        let first = try folder.screen()
        #expect(first.findings.map(\.zone_code) == ["E", "D", "D", nil, nil])
        #expect(Set(first.findings.map(\.finding_id)).count == zones.count)
        #expect(Set(first.findings.compactMap(\.zone_id)).count == zones.count)
        try folder.write("redline.geojson", zones.reversed())
        let second = try folder.screen()
        #expect(Set(second.findings.map(\.finding_id)) == Set(first.findings.map(\.finding_id)))
    }

    @Test("A finding keeps its identifier when the zone moves, and when sites and layers come and go")
    func stable() throws {
        try folder.write("sites.geojson", [Shape.box(95.0, 95.1).site("A")])
        let first = try #require(try folder.screen().findings.first?.finding_id)
        try folder.write("redline.geojson", [Shape.box(95.2, 95.3).zone("Y"), Shape.box(95.05, 95.12).zone("Z")])
        try folder.write("other.geojson", [Shape.box(95.0, 95.1).zone("Z")])
        try folder.write("sites.geojson", [Shape.box(95.5, 95.6).site("B"), Shape.box(95.0, 95.1).site("A")])
        _ = try folder.catalog([WorkFolder.layer("other"), WorkFolder.layer("redline")])
        let later = try folder.screen().of("A")
        #expect(later.filter { $0.layer == "redline" }.map(\.finding_id) == [first])
        #expect(later.filter { $0.layer == "other" }.map(\.finding_id) != [first])
    }

    @Test("The zone's identifier is the file's own, else the row number from 1")
    func zoneIDs() throws {
        try folder.write("sites.geojson", [Shape.box(95.0, 95.1).site("A")])
        let zones = [Shape.box(95.0, 95.03).zone("X"), Shape.box(95.03, 95.05).zone("Y")]
        try folder.write("redline.geojson", zones)
        #expect(try folder.screen().findings.map(\.zone_id) == ["1", "2"])
        try folder.write(
            "redline.geojson", [zones[0].with(["code": "X"], id: "41"), zones[1].with(["code": "Y"], id: "40")])
        #expect(try folder.screen().findings.map(\.zone_id) == ["41", "40"])
    }
}

import Foundation
import TestSupport
import Testing

@Suite("How a run ends, and what it leaves")
struct RunTests {
    let folder: WorkFolder

    init() throws {
        folder = try WorkFolder()
        try folder.write("redline.geojson", [Shape.box(95.0, 95.1).zone("Z")])
        try folder.write("sites.geojson", [Shape.box(95.05, 95.15).site("A")])
        _ = try folder.catalog([WorkFolder.layer("redline")], top: "extent: {bbox: [90, 30, 100, 40]}")
    }

    private func status(_ arguments: String...) throws -> Int32 {
        try RedlineCommand.run(["screen", "sites.geojson", "-c", "catalog.yaml"] + arguments, in: folder).status
    }

    @Test("The same bytes on one thread and on two, and again")
    func threads() throws {
        var random = SeededGenerator(seed: 5)
        func boxes(_ count: Int, _ size: Double, _ key: String) -> [Shape] {
            (0..<count).map { number in
                let (x, y) = (Double.random(in: 95...96, using: &random), Double.random(in: 37...38, using: &random))
                let (w, h) = (Double.random(in: 0...size, using: &random), Double.random(in: 0...size, using: &random))
                let corners = [(x, y), (x + w, y + h / 7), (x + w / 3, y + h / 3), (x + w / 5, y + h)]
                return Shape.polygon(corners).with([key: "\(number)"])
            }
        }
        try folder.write("redline.geojson", boxes(200, 0.3, "code"))
        try folder.write("sites.geojson", boxes(300, 0.05, "id"))
        let one = try folder.screen("--threads", "1", "--distance", "1km")
        #expect(one.findings.count > 1_000)
        #expect(try folder.screen("--threads", "2", "--distance", "1km").text == one.text)
        #expect(try folder.screen("--threads", "2", "--distance", "1km").text == one.text)
    }

    @Test("A run without findings that count ends with 0")
    func done() throws {
        #expect(try status() == 0)
        try folder.write("sites.geojson", [Shape.box(95.1, 95.15).site("A")])
        #expect(try status("--fail-on", "any") == 0)  // Touching is not counted.
    }

    @Test(
        "Overlaps end with 2 under every level, because their effect could not be judged",
        arguments: ["any", "forbid", "restrict"])
    func failOn(level: String) throws {
        #expect(try status("--fail-on", level) == 2)
        try folder.write("sites.geojson", [Shape.box(97, 97.1).site("A")])
        #expect(try status("--fail-on", level) == 0)
    }

    @Test("Near and not assessable count under --fail-on any")
    func failOnAny() throws {
        try folder.write("sites.geojson", [Shape.box(95.101, 95.15).site("A")])
        #expect(try status("--fail-on", "any", "--distance", "1km") == 2)
        try folder.write("sites.geojson", [Shape.box(99, 101).site("A")])
        #expect(try status("--fail-on", "any") == 2)
    }

    @Test("A skipped site is named, the others are screened, and the run ends with 1, whatever else was found")
    func skipped() throws {
        try folder.write("sites.geojson", [Shape.bowTie.site("bow"), Shape.box(95.05, 95.15).site("A")])
        let file = try folder.screen("--fail-on", "any")
        #expect(file.status == 1)
        #expect(file.findings.map(\.site_id) == ["A"])
        #expect(file.run.sites.read == 2 && file.run.sites.skipped == 1 && file.run.summary.sites == 1)
        #expect(file.message.contains("bow") && file.message.contains("sites.geojson"))
        #expect(file.message.contains("--repair"))
        #expect(try folder.states()["bow"] == "skipped")
        let repaired = try folder.screen("--repair")
        #expect(repaired.status == 0)
        #expect(repaired.run.sites.repaired == 1 && repaired.of("bow").map(\.relation) == ["overlaps"])
    }

    @Test(
        "Rows without a usable geometry are skipped and named, never fatal",
        arguments: [
            "null", "{\"type\":\"Polygon\",\"coordinates\":[]}",
            "{\"type\":\"Polygon\",\"coordinates\":[[[95,37],[95.1,37]]]}",
            "{\"type\":\"Polygon\",\"coordinates\":[[[95,37],[95.1,37],[95.1,37.1],[95,37.1]]]}",
            "{\"type\":\"LineString\",\"coordinates\":[[95.05,37.05],[95.05,37.05]]}",
            "{\"type\":\"LineString\",\"coordinates\":[[95.05,37.05]]}", "{\"type\":\"Point\",\"coordinates\":[]}",
            "{\"type\":\"GeometryCollection\",\"geometries\":[]}", "{\"type\":\"Blob\",\"coordinates\":[1,2]}",
            "{\"type\":\"Point\",\"coordinates\":[\"95\",37]}", "{\"type\":\"Point\",\"coordinates\":[1e999,37]}", "17",
        ])
    func oddGeometry(geometry: String) throws {
        let odd = Shape(geometry: geometry).site("odd")
        try folder.write("sites.geojson", [odd, Shape.box(95.05, 95.15).site("A")])
        let outcome = try RedlineCommand.run(
            ["screen", "sites.geojson", "-c", "catalog.yaml", "-f", "geojson"], in: folder)
        #expect(outcome.status == 1)  // Anything else, a signal for instance, is a crash.
        #expect(outcome.message.contains("odd"))
        #expect(try FindingFile(outcome).findings.map(\.site_id) == ["A"])
    }

    @Test("Wrong usage ends with 64, a missing or wrong file with 1")
    func failures() throws {
        #expect(try RedlineCommand.run(["screen"], in: folder).status == 64)
        #expect(try status("--distance", "far") == 64)
        #expect(try status("--area-method", "mercator") == 64)
        #expect(try status("--threads", "0") == 64)
        #expect(try status("--no-such-option") == 64)
        #expect(try RedlineCommand.run(["screen", "none.geojson", "-c", "catalog.yaml"], in: folder).status == 1)
        #expect(try RedlineCommand.run(["screen", "sites.geojson", "-c", "none.yaml"], in: folder).status == 1)
        try folder.write("wrong.yaml", "schema: 1\nlayers:\n  - id: a\n    famly: x\n    source: a.geojson\n")
        let wrong = try RedlineCommand.run(["screen", "sites.geojson", "-c", "wrong.yaml"], in: folder)
        #expect(wrong.status == 1)
        #expect(wrong.message.contains("famly") && wrong.message.contains("4") && wrong.output.isEmpty)
    }

    @Test("An existing file is not overwritten unasked, and a failure leaves nothing half-written")
    func output() throws {
        #expect(try status("-o", "out.geojson") == 0)
        let first = try Data(contentsOf: URL(filePath: folder.path("out.geojson")))
        #expect(try status("-o", "out.geojson") == 1)
        #expect(try status("-o", "out.geojson", "--overwrite") == 0)
        #expect(try Data(contentsOf: URL(filePath: folder.path("out.geojson"))) == first)
        try folder.write("redline.geojson", "{\"type\":\"FeatureCollection\",\"features\":[{]}")
        #expect(try status("-o", "new.geojson") == 1)
        #expect(try status("-o", "out.geojson", "--overwrite") == 1)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.root)
        #expect(!left.contains { $0.hasPrefix("new") })
        #expect(try Data(contentsOf: URL(filePath: folder.path("out.geojson"))) == first)
    }

    @Test("Sites come from standard input, as GeoJSON or one feature a line")
    func standardInput() throws {
        let wanted = try folder.screen()
        let lines = [Shape.box(95.05, 95.15).site("A"), Shape.box(95.01, 95.02).site("B")]
        try folder.write("lines.geojsonl", lines.map(\.json).joined(separator: "\n") + "\n")
        let arguments = ["screen", "-", "-c", "catalog.yaml", "-f", "geojson"]
        let whole = try RedlineCommand.run(arguments, in: folder, input: folder.path("sites.geojson"))
        #expect(try FindingFile(whole).findings.map(\.finding_id) == wanted.findings.map(\.finding_id))
        let delimited = try RedlineCommand.run(arguments, in: folder, input: folder.path("lines.geojsonl"))
        #expect(try FindingFile(delimited).findings.map(\.site_id) == ["A", "B"])
    }

    @Test("Without a terminal standard output carries GeoJSON, and nothing else")
    func defaultFormat() throws {
        let outcome = try RedlineCommand.run(["screen", "sites.geojson", "-c", "catalog.yaml"], in: folder)
        #expect(try FindingFile(outcome).findings.count == 1)
        #expect(outcome.output == (try folder.screen().text))
    }

    @Test("An invalid zone is repaired, screened and counted")
    func invalidZone() throws {
        try folder.write("redline.geojson", [Shape.bowTie.zone("bow"), Shape.box(95.0, 95.1).zone("Z")])
        let file = try folder.screen()
        #expect(file.status == 0)
        #expect(file.run.layers.map(\.repaired) == [1])
        #expect(file.run.layers.map(\.features) == [2])
        try folder.write("sites.geojson", [Shape.box(95.01, 95.03).site("A")])
        #expect(try folder.screen().findings.map(\.zone_code) == ["Z", "bow"])
    }
}

import Foundation
import Testing

@Suite("The same findings in every format")
struct FormatTests {
    let folder: WorkFolder

    init() throws {
        folder = try WorkFolder()
        try folder.write("redline.geojson", [Shape.box(95.0, 95.1).with(["code": "Z", "name": "甲，“乙”"])])
        try folder.write("sites.geojson", [Shape.box(95.05, 95.15).with(["id": "A", "name": "a, b"])])
        _ = try folder.catalog([WorkFolder.layer("redline")])
    }

    private static let keys = [
        "finding_id", "site_id", "site_name", "layer", "family", "zone_id", "zone_code", "zone_name", "zone_class",
        "relation", "reason", "effect", "rules", "overlap_area_m2", "overlap_length_m", "points_inside", "site_share",
        "zone_share", "distance_m", "region_code", "region_name", "certainty", "margin_m",
    ]

    /// The keys of the first object after `word`, in the order of the text.
    private func keys(after word: String, in text: String) throws -> [String] {
        let start = try #require(text.range(of: word)).upperBound
        let end = try #require(text[start...].range(of: "}")).lowerBound
        return text[start..<end].matches(of: #/"([a-z_0-9]+)":/#).map { String($0.output.1) }
    }

    @Test("Properties stand in the order of the contract, in GeoJSON, JSON and CSV")
    func order() throws {
        #expect(try keys(after: "\"properties\":{", in: try folder.screen().text) == Self.keys)
        let arguments = ["screen", "sites.geojson", "-c", "catalog.yaml", "-f"]
        let json = try RedlineCommand.run(arguments + ["json"], in: folder).output
        #expect(try keys(after: "\"findings\":[{", in: json) == Self.keys)
        let csv = try RedlineCommand.run(arguments + ["csv"], in: folder).output
        let lines = csv.split(whereSeparator: \.isNewline)
        #expect(lines.count == 2)
        #expect(lines.first.map { $0.split(separator: ",").map(String.init) } == Self.keys)
        #expect(lines.last?.contains("\"a, b\"") == true && lines.last?.contains("[]") == true)
        _ = try RedlineCommand.run(arguments + ["csv", "--bom", "-o", "marked.csv"], in: folder)
        let marked = try Data(contentsOf: URL(filePath: folder.path("marked.csv")))
        #expect(marked == Data([0xEF, 0xBB, 0xBF]) + Data(csv.utf8))
    }

    @Test("The ending of the output picks the format")
    func ending() throws {
        for (ending, start) in [("geojson", "{"), ("json", "{"), ("csv", "finding_id"), ("txt", "Screening")] {
            let name = "out.\(ending)"
            let outcome = try RedlineCommand.run(
                ["screen", "sites.geojson", "-c", "catalog.yaml", "-o", name, "--language", "en"], in: folder)
            #expect(outcome.status == 0 && outcome.output.isEmpty)
            #expect(try String(contentsOfFile: folder.path(name), encoding: .utf8).hasPrefix(start))
        }
        for (ending, magic) in [("xlsx", "PK"), ("gpkg", "SQLite format 3")] {
            let name = "out.\(ending)"
            let outcome = try RedlineCommand.run(
                ["screen", "sites.geojson", "-c", "catalog.yaml", "-o", name], in: folder)
            #expect(outcome.status == 0, "\(outcome.message)")
            let start = try Data(contentsOf: URL(filePath: folder.path(name))).prefix(magic.utf8.count)
            #expect(start == Data(magic.utf8))
        }
    }

    @Test("Coordinates are rounded only when asked")
    func precision() throws {
        try folder.write("sites.geojson", [Shape.box(95.0512345678901, 95.15).site("A")])
        #expect(try folder.screen().text.contains("95.0512345678901"))
        let rounded = try folder.screen("--precision", "4").text
        #expect(rounded.contains("95.0512,") && !rounded.contains("95.05123"))
    }
}

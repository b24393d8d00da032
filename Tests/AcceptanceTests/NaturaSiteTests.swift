import Foundation
import TestSupport
import Testing

private let areas = SharedData.path("data/nl-natura2000-sites/areas.gpkg")

/// Monuments in the Netherlands, screened by their publisher against Natura 2000 areas.
@Suite("Published screening of Dutch monuments", .enabled(if: areas != nil, "the reference data are not there"))
struct NaturaSiteTests {
    struct Row {
        var area: String
        var longitude: String
        var latitude: String
        var isInside: Bool
        /// As published: along a plane that only stretches, rounded to a metre.
        var published: Double
        /// In the Dutch grid, EPSG:28992.
        var planar: Double
    }

    static func rows() throws -> [Row] {
        let path = try #require(SharedData.path("data/nl-natura2000-sites/sites-with-published-result.csv"))
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline)
        let names = lines[0].split(separator: ",").map(String.init)
        return try lines.dropFirst().map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            let row = Dictionary(uniqueKeysWithValues: zip(names, cells))
            return Row(
                area: try #require(row["area"]), longitude: try #require(row["lon"]),
                latitude: try #require(row["lat"]), isInside: row["inside_published"] == "1",
                published: try #require(row["distance_m_published"].flatMap(Double.init)),
                planar: try #require(row["distance_m_rd"].flatMap(Double.init)))
        }
    }

    @Test("Inside or outside agrees for all 3411 rows, and the distance within what the publisher's plane allows")
    func screening() throws {
        let folder = try WorkFolder()
        let rows = try Self.rows()
        #expect(rows.count == 3_411)
        try folder.write(
            "sites.geojson",
            rows.enumerated().map { number, row in
                Shape(geometry: "{\"type\":\"Point\",\"coordinates\":[\(row.longitude),\(row.latitude)]}").site(
                    "m\(number)")
            })
        let source = "source: \(try #require(areas))"
        _ = try folder.catalog(
            [WorkFolder.layer("natura", family: "protected-area", source: source, "fields: {code: slug, name: name}")])
        // The publisher looked as far as 5 km in its own plane; a little more holds the rows at its rim.
        let file = try folder.screen("--distance", "5.1km")
        #expect(file.status == 0)
        #expect(file.run.sites.read == 3_411 && file.run.sites.skipped == 0)
        #expect(file.run.layers.map(\.features) == [72])
        // 15 are invalid in the whole only: their parts are valid and share ground or edges. They are united, which is
        // no repair, and screened like the others.
        #expect(file.run.layers.map(\.repaired) == [0])
        var found: [String: FindingFile.Properties] = [:]
        for finding in file.findings { found[finding.site_id + "/" + (finding.zone_code ?? "")] = finding }
        var wrong: [String] = []
        for (number, row) in rows.enumerated() {
            guard let finding = found["m\(number)/\(row.area)"] else {
                wrong.append("row \(number) of \(row.area) is missing")
                continue
            }
            let isInside = finding.relation == "overlaps" && finding.points_inside == 1
            if isInside != row.isInside { wrong.append("row \(number) of \(row.area): \(finding.relation)") }
            guard !row.isInside, let distance = finding.distance_m else { continue }
            // 45 m is the most by which two methods of the source's own check differ.
            if abs(distance - row.published) > max(0.01 * distance, 45) {
                wrong.append("row \(number) of \(row.area): \(distance) m, published \(row.published)")
            }
            // The Dutch grid shrinks lengths by up to 1e-4 and shifts no datum here; a centimetre is the print.
            if abs(distance - row.planar) > 1.5e-4 * distance + 0.02 {
                wrong.append("row \(number) of \(row.area): \(distance) m, in the grid \(row.planar)")
            }
        }
        #expect(wrong.isEmpty, "\(wrong.count) rows, for instance \(wrong.prefix(5))")
    }
}

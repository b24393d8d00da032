import Foundation
import TestSupport
import Testing

private let farms = SharedData.path("data/india-solar-farms/solar_farms.geojson")

/// Real footprints of solar farms, some of them broken.
@Suite("Real project footprints", .enabled(if: farms != nil, "the reference data are not there"))
struct SolarFarmTests {
    private struct Row {
        var number: Int
        var isValid: Bool
        var area: Double
    }

    private static func expected() throws -> [Row] {
        let path = try #require(SharedData.path("data/india-solar-farms/expected-area.csv"))
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst()
        return try lines.map { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            return Row(
                number: try #require(Int(cells[0])), isValid: cells[1] == "1", area: try #require(Double(cells[2])))
        }
    }

    private func screen(_ options: String...) throws -> (file: FindingFile, states: [String: String]) {
        let folder = try WorkFolder()
        try folder.write("india.geojson", [Shape.box(60, 100, 0, 40).zone("I")])
        _ = try folder.catalog([WorkFolder.layer("india")])
        let arguments = ["screen", try #require(farms), "-c", "catalog.yaml", "--area-method", "geodesic"] + options
        let file = try FindingFile(try RedlineCommand.run(arguments + ["-f", "geojson"], in: folder))
        return (file, try StateFile(try RedlineCommand.run(arguments + ["-f", "json"], in: folder)).states)
    }

    @Test("Every footprint is read, broken ones are named and skipped, the others measured as published")
    func skipped() throws {
        let rows = try Self.expected()
        let (file, states) = try screen()
        #expect(rows.count == 682 && rows.count { !$0.isValid } == 43)
        #expect(file.run.sites.read == 682)
        #expect(file.status == 1)
        let areas = Dictionary(uniqueKeysWithValues: file.findings.map { ($0.site_id, $0.overlap_area_m2 ?? 0) })
        var wrong: [String] = []
        var skipped = 0
        for row in rows {
            let id = String(row.number + 1)  // The file has no ids: rows are numbered from 1.
            if states[id] == "skipped" {
                skipped += 1
                if row.isValid { wrong.append("row \(id) is skipped, and valid") }
                if !file.run.warnings.contains(where: { $0.contains("'\(id)'") }) {
                    wrong.append("row \(id) is skipped and not named")
                }
            } else if row.isValid, abs((areas[id] ?? 0) - row.area) > 0.006 {  // Printed to 0.01 m².
                wrong.append("row \(id): \(areas[id] ?? 0) m², expected \(row.area)")
            }
        }
        #expect(wrong.isEmpty, "\(wrong.count) rows, for instance \(wrong.prefix(5))")
        #expect(file.run.sites.skipped == skipped)
        // What the table calls invalid is judged for the whole of a row: parts that only share ground are united here.
        #expect(skipped <= 43 && skipped > 0)
        #expect(file.run.summary.sites == 682 - skipped)
    }

    @Test("With --repair none is left out")
    func repaired() throws {
        let (file, _) = try screen("--repair")
        #expect(file.status == 0)
        #expect(file.run.sites.read == 682 && file.run.sites.skipped == 0 && file.run.sites.repaired <= 43)
        #expect(Set(file.findings.map(\.site_id)).count == 682)
    }
}

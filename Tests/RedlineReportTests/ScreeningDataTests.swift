import Foundation
import RedlineKit
import RedlineMeasure
import Testing

@testable import RedlineReport

@Suite("Screening results as data")
struct ScreeningDataTests {
    private func geoJSON(_ result: ScreeningResult) throws -> String {
        try ReportFixture.text { try ScreeningReport(result).writeGeoJSON(to: $0) }
    }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    /// The keys of the first object after `marker`, as they stand in the text.
    private func keys(of text: String, after marker: String) throws -> [String] {
        let start = try #require(text.range(of: marker)).upperBound
        var keys: [String] = []
        var depth = 0
        var string: String?
        for character in text[start...] {
            if let open = string {
                if character == "\"" {
                    if depth == 1 { keys.append(open) }
                    string = nil
                } else {
                    string = open + String(character)
                }
                continue
            }
            switch character {
            case "\"": string = ""
            case "{", "[": depth += 1
            case "}", "]": depth -= 1
            case ":": if depth == 1 { keys.append("=" + (keys.popLast() ?? "")) }
            default: break
            }
            if depth == 0 { break }
        }
        return keys.filter { $0.hasPrefix("=") }.map { String($0.dropFirst()) }
    }

    @Test("The properties have the contract's names in the contract's order")
    func propertyOrder() throws {
        let expected = [
            "finding_id", "site_id", "site_name", "layer", "family", "zone_id", "zone_code", "zone_name", "zone_class",
            "relation", "reason", "effect", "rules", "overlap_area_m2", "overlap_length_m", "points_inside",
            "site_share", "zone_share", "distance_m", "region_code", "region_name", "certainty", "margin_m",
        ]
        let text = try geoJSON(ReportFixture.everything)
        #expect(try keys(of: text, after: "\"properties\":") == expected)
        let json = try ReportFixture.text { try ScreeningReport(ReportFixture.everything).writeJSON(to: $0) }
        #expect(try keys(of: json, after: "\"findings\":[") == expected)
    }

    @Test("The run's own figures have the contract's names in the contract's order")
    func runOrder() throws {
        let text = try geoJSON(ReportFixture.everything)
        #expect(
            try keys(of: text, after: "\"redline\":") == [
                "schema", "version", "verb", "area_method", "language", "as_of", "catalog", "layers", "sites",
                "summary", "warnings", "engines",
            ])
        let run = try #require(try object(text)["redline"] as? [String: Any])
        #expect(run["sites"] as? [String: Int] == ["read": 7, "skipped": 1, "repaired": 1])
        let summary = try #require(run["summary"] as? [String: Any])
        #expect(summary["sites"] as? Int == 6)
        #expect(summary["not_assessable"] as? Int == 2)
        #expect(summary["findings"] as? Int == 8)
        #expect(summary["by_effect"] as? [String: Int] == ["none": 5, "not-judged": 3])
    }

    @Test("Every finding is a feature on its own line, in the order of the sites")
    func features() throws {
        let text = try geoJSON(ReportFixture.everything)
        let features = try #require(try object(text)["features"] as? [[String: Any]])
        #expect(features.count == 8)
        #expect(text.split(separator: "\n").filter { $0.hasPrefix("{\"type\":\"Feature\",") }.count == 8)
        let sites = features.compactMap { ($0["properties"] as? [String: Any])?["site_id"] as? String }
        #expect(sites == ["1", "1", "1", "1", "2", "3", "3", "4"])
        #expect(features[1]["zone_repaired"] as? Bool == true)
        #expect(features[0]["zone_repaired"] == nil)
    }

    @Test("No findings at all is still a collection")
    func empty() throws {
        let result = ReportFixture.result([])
        #expect((try object(try geoJSON(result))["features"] as? [Any])?.isEmpty == true)
        let json = try ReportFixture.text { try ScreeningReport(result).writeJSON(to: $0) }
        #expect((try object(json)["sites"] as? [Any])?.isEmpty == true)
    }

    @Test("Other areas stand beside the chosen one only where they are asked for, and in print where they differ")
    func areaFaces() throws {
        var options = ScreeningOptions()
        options.showsAllAreas = true
        func areas(_ options: ScreeningOptions) -> [String] {
            FindingColumn.columns(for: ReportFixture.result([], options: options), language: .en).map(\.name).filter {
                $0.hasPrefix("overlap_area")
            }
        }
        #expect(areas(options) == ["overlap_area_m2", "overlap_area_notice32_m2", "overlap_area_geodesic_m2"])
        options.showsAllAreas = false
        options.areaMethod = .geodesic
        #expect(areas(options) == ["overlap_area_m2"])
        // Acceptance case A-08: people see both side by side.
        #expect(MeasuredArea.faces(for: options, printing: true).map(\.method) == ["geodesic", "ellipsoidal"])
    }

    @Test("JSON lists every site with its state, and says why one was skipped")
    func sites() throws {
        let text = try ReportFixture.text { try ScreeningReport(ReportFixture.everything).writeJSON(to: $0) }
        let sites = try #require(try object(text)["sites"] as? [[String: Any]])
        #expect(
            sites.compactMap { $0["state"] as? String } == [
                "conflict", "not-assessable", "near", "touches", "clear-in-data", "clear", "skipped",
            ])
        #expect(sites[6]["problem"] as? String == "ring self-intersection at 95.1 37.2")
        #expect(sites[6]["area_m2"] is NSNull)
        #expect(sites[0]["findings_of_repaired_zones"] as? [String] == ["f-overlaps-0-2"])
    }

    @Test("CSV quotes what needs quotes, and null is an empty cell")
    func csv() {
        var csv = CSVText()
        csv.row([
            .text("a,b"), .text("say \"x\""), .null, .text(""), .real(0.5), .integer(2), .text("两\n行"), .json("[]"),
        ])
        #expect(String(decoding: csv.bytes, as: UTF8.self) == "\"a,b\",\"say \"\"x\"\"\",,\"\",0.5,2,\"两\n行\",[]\n")
    }

    @Test("A byte-order mark comes only when asked for")
    func byteOrderMark() throws {
        var settings = ReportSettings()
        settings.hasByteOrderMark = true
        let result = ReportFixture.everything
        var bytes: [UInt8] = []
        try ScreeningReport(result, settings: settings).writeCSV { bytes += $0 }
        #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
        let plain = try ReportFixture.text { try ScreeningReport(result).writeCSV(to: $0) }
        #expect(plain.hasPrefix("finding_id,site_id,"))
        #expect(plain.split(separator: "\n").count == 9)
    }

    @Test("Two runs give the same bytes, and chunks are bounded")
    func chunks() throws {
        let finding = ReportFixture.finding(area: 1)
        let result = ReportFixture.result((1...3000).map { ReportFixture.site("\($0)", .conflict, [finding]) })
        var sizes: [Int] = []
        try ScreeningReport(result).writeGeoJSON { sizes.append($0.count) }
        #expect(sizes.count > 2)
        // A chunk is handed on after the site that fills it; one here is below 1000 bytes.
        #expect(sizes.allSatisfy { $0 <= (1 << 18) + 1000 })
        #expect(try geoJSON(result) == geoJSON(result))
    }
}

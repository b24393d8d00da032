import Foundation
import Testing

/// Targets of the acceptance cases, from files through the command line.
@Suite("Acceptance cases: targets")
struct TargetCaseTests {
    private struct Target: Decodable {
        var indicator: String?
        var state: String
        var reason: String?
        var flags: String?
        var measured: Double?
        var measured_of: String?
        var measured_other: Double?
        var measured_other_of: String?
        var path: Double?
    }

    private struct Targets: Decodable { var targets: [Target] }

    private func judge(_ folder: WorkFolder, _ targets: String, _ options: String...) throws -> [Target] {
        try folder.write("targets.yaml", targets)
        let outcome = try RedlineCommand.run(
            ["share", "-c", "catalog.yaml", "--zones", "zones", "--regions", "regions", "-f", "json"]
                + ["--targets", "targets.yaml"] + options, in: folder)
        try #require(outcome.status == 0, "\(outcome.message)")
        return try JSONDecoder().decode(Targets.self, from: Data(outcome.output.utf8)).targets
    }

    /// A catalog of zones and one region from 95.0 to 96.0.
    private func folder(_ zones: [Shape], _ more: [String] = [], others: [Shape] = []) throws -> WorkFolder {
        let folder = try WorkFolder()
        try folder.write("zones.geojson", zones)
        try folder.write("approved.geojson", others)
        try folder.write("regions.geojson", [Shape.box(95, 96).with(["code": "632800", "name": "海西州"])])
        let family = more.contains { $0.hasPrefix("family") }
        _ = try folder.catalog([
            "  - id: zones\n"
                + ((family ? [] : ["family: ecological-redline"]) + ["source: zones.geojson"] + more)
                .map { "    \($0)\n" }.joined(),
            WorkFolder.layer("regions", family: "region"), WorkFolder.layer("approved"),
        ])
        return folder
    }

    @Test("B-07: national parks are 60.0 % of all protected ground, and 54.5 % of the sum of areas")
    func shareOfShare() throws {
        let folder = try folder(
            [
                Shape.box(95.0, 95.6).with(["code": "P", "class": "国家公园"]),
                Shape.box(95.5, 96.0).with(["code": "R", "class": "自然保护区"]),
            ],
            ["family: protected-area", "classes: {国家公园: national-park, 自然保护区: nature-reserve}", "edition: 2025-12-31"])
        let text = "- {indicator: np-share-of-pa, region: 632800, unit: '%', target: %@, year: 2025}"
        func parks(_ goal: String) throws -> Target {
            try #require(try judge(folder, text.replacing("%@", with: goal)).first)
        }
        let both = try parks("70")
        #expect(both.state == "not-met")
        #expect(both.measured_of == "union" && both.measured_other_of == "sum")
        #expect(abs((both.measured ?? 0) - 60) < 1e-9)
        #expect(abs((both.measured_other ?? 0) - 100 * 60 / 110) < 1e-9)
        #expect(try parks("57").reason == "denominator-not-stated")
        #expect(try parks("50").state == "met")
    }

    @Test("E-07, E-08: not lower than 20.52 is not met by 20.46; the approved geometry is the target once it is given")
    func redline() throws {
        let folder = try folder([.box(95, 95.2046)], ["edition: 2023-12-31"], others: [.box(95, 95.21)])
        let targets = try judge(
            folder,
            """
            - {indicator: redline-share, region: 632800, baseline: 20.52%, baseline_year: 2020, target: 不降低, year: 2025}
            - {indicator: redline-share, region: 632800, baseline: 20.5%, baseline_year: 2020, target: 不降低, year: 2025}
            - {indicator: redline-area, region: 632800, unit: km2, baseline: 200, baseline_year: 2020, target: 以国家批准面积为准, year: 2025}
            - {indicator: redline-area, region: 632800, unit: km2, baseline: 200, target: 以国家批准面积为准, approved_layer: approved}
            """)
        #expect(targets.map(\.state) == ["not-met", "not-evaluable", "not-evaluable", "not-met"])
        #expect(targets.map(\.reason) == [nil, "within-rounding", "approved-geometry-missing", nil])
        #expect(targets[0].flags == "worse-than-baseline")
    }

    @Test("E-01, E-02, E-11: the path, the day, and targets without a baseline")
    func path() throws {
        let folder = try folder([.box(95, 95.0425)], ["edition: 2023-12-31"])
        let text = """
            - {indicator: redline-share, region: 632800, unit: "%", baseline: 4.1, baseline_year: 2020, target: 4.35, year: 2025}
            - {indicator: redline-share, region: 632800, target: 24%以上, year: 2025}
            - {indicator: redline-share, region: 632800, target: 4%以上, year: 2025}
            """
        let dated = try judge(folder, text)
        #expect(dated.map(\.state) == ["on-path", "not-evaluable", "met"])
        #expect(dated[1].reason == "no-baseline" && dated[2].path == nil)
        #expect(abs((dated[0].path ?? 0) - 4.25) < 1e-12)
        #expect(
            try judge(folder, text, "--as-of", "2024-12-31").map(\.state) == ["behind-path", "not-evaluable", "met"])
        #expect(try judge(folder, text, "--as-of", "2026-01-31").map(\.state) == ["not-met", "not-met", "met"])
    }

    @Test("A region that the layer does not claim to cover has no verdict: unknown is never zero")
    func uncovered() throws {
        let folder = try folder([.box(95, 95.1)], ["extent: {bbox: [95, 36, 95.5, 38]}", "edition: 2025-12-31"])
        let targets = try judge(folder, "- {indicator: redline-share, region: 632800, target: ≥ 20%, year: 2025}")
        #expect(targets.map(\.reason) == ["region-not-covered"])
    }
}

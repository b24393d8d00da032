import Foundation
import Testing

/// Findings against an earlier screening, and findings that someone has accepted.
@Suite("Earlier screenings and accepted findings")
struct EarlierRunTests {
    let folder: WorkFolder

    init() throws {
        folder = try WorkFolder()
        try folder.write("old.geojson", [Shape.box(95.0, 95.1).zone("A"), Shape.box(95.2, 95.3).zone("B")])
        try folder.write("new.geojson", [Shape.box(95.0, 95.08).zone("A"), Shape.box(95.4, 95.5).zone("C")])
        try folder.write(
            "sites.geojson",
            [
                Shape.box(95.05, 95.09).site("kept"), Shape.box(95.02, 95.03).site("same"),
                Shape.box(95.21, 95.22).site("gone"), Shape.box(95.41, 95.42).site("come"),
            ])
        let editions =
            "editions: [{edition: 2018-12-31, source: old.geojson}, {edition: 2023-12-31, source: new.geojson}]"
        _ = try folder.catalog(
            [WorkFolder.layer("redline", source: editions)], top: "extent: {bbox: [90, 30, 100, 40]}")
    }

    private func baseline() throws {
        let outcome = try RedlineCommand.run(
            ["screen", "sites.geojson", "-c", "catalog.yaml", "--as-of", "2020-01-01", "-o", "base.geojson"], in: folder
        )
        #expect(outcome.status == 0)
    }

    @Test("F-09: an old site judged on new zones is new, unchanged, changed or absent, by the ids of findings")
    func changes() throws {
        try baseline()
        let file = try folder.screen("--baseline", "base.geojson")
        let changes = Dictionary(uniqueKeysWithValues: file.findings.map { ($0.site_id, $0.change ?? "") })
        #expect(changes == ["kept": "changed", "same": "unchanged", "come": "new"])
        #expect(file.text.contains("\"site_id\":\"gone\",\"layer\":\"redline\",\"zone_code\":\"B\""))
        #expect(file.text.contains("\"change\":\"absent\"}]"))
        let text = try RedlineCommand.run(
            [
                "screen", "sites.geojson", "-c", "catalog.yaml", "-f", "text", "--language", "en", "--baseline",
                "base.geojson",
            ],
            in: folder)
        #expect(text.output.contains("Against the baseline: new 1, changed 1, unchanged 1, absent 1"))
        // Against itself nothing changes.
        let same = try folder.screen("--as-of", "2020-01-01", "--baseline", "base.geojson")
        #expect(same.findings.allSatisfy { $0.change == "unchanged" })
    }

    @Test("A file that is no earlier screening is refused")
    func wrongBaseline() throws {
        let outcome = try RedlineCommand.run(
            ["screen", "sites.geojson", "-c", "catalog.yaml", "--baseline", "sites.geojson"], in: folder)
        #expect(
            outcome.status == 1 && outcome.output.isEmpty && outcome.message.contains("no result of 'redline screen'"))
    }

    @Test("Accepted findings leave the count and stay in the file; ended and orphaned suppressions are said")
    func suppressions() throws {
        let all = try folder.screen()
        let ids = Dictionary(uniqueKeysWithValues: all.findings.map { ($0.site_id, $0.finding_id) })
        func entry(_ site: String, _ until: String) throws -> String {
            "  - {finding: \(ids[site] ?? site), reason: bog oak, who: Li, until: \(until)}\n"
        }
        try folder.write(
            "suppressions.yaml",
            "schema: 1\nsuppressions:\n" + entry("kept", "2099-12-31") + entry("same", "2020-01-01")
                + entry("nobody", "2099-12-31"))
        let file = try folder.screen("--suppressions", "suppressions.yaml")
        #expect(file.findings.count == all.findings.count && file.run.summary.findings == all.findings.count - 1)
        #expect(file.findings.filter { $0.suppressed != nil }.map(\.site_id) == ["kept"])
        #expect(file.run.warnings.contains { $0.contains("ended on 2020-01-01") })
        #expect(file.run.warnings.contains { $0.contains("nobody no longer exists") })
        // All accepted: nothing is left to fail on.
        try folder.write(
            "suppressions.yaml",
            "schema: 1\nsuppressions:\n" + ["kept", "same", "come"].map { try entry($0, "2099-12-31") }.joined())
        #expect(try folder.screen("--fail-on", "any").status == 2)
        #expect(try folder.screen("--fail-on", "any", "--suppressions", "suppressions.yaml").status == 0)
    }

    @Test("A wrong file of suppressions is refused with its line", arguments: ["reason", "who", "finding"])
    func wrongSuppressions(key: String) throws {
        let parts = ["finding": "x", "reason": "y", "who": "z"].filter { $0.key != key }
        let entry = parts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
        try folder.write("suppressions.yaml", "schema: 1\nsuppressions:\n  - {\(entry)}\n")
        let outcome = try RedlineCommand.run(
            ["screen", "sites.geojson", "-c", "catalog.yaml", "--suppressions", "suppressions.yaml"], in: folder)
        #expect(outcome.status == 1 && outcome.message.contains("suppressions.yaml:3") && outcome.message.contains(key))
    }
}

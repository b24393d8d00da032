import Foundation
import Testing

/// What people read of a site as a whole, in both languages.
@Suite("Verdicts in words")
struct VerdictTests {
    let folder: WorkFolder

    private static let packs = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Layers/rules").path
    /// Metres for a degree of longitude at 37.05° N.
    private static let degree = 88_953.0

    init() throws {
        folder = try WorkFolder()
        try folder.write("redline.geojson", [Shape.box(95.0, 95.1).zone("Z")])
    }

    private func catalog(_ packs: String...) throws {
        let list = packs.map { "\(Self.packs)/\($0).yaml" }.joined(separator: ", ")
        _ = try folder.catalog(
            [WorkFolder.layer("redline", "title: {zh: 红线, en: Redline}", "accuracy: 5 m")],
            top: "extent: {bbox: [90, 30, 100, 40]}\nrules: [\(list)]")
    }

    private func site(metresEast: Double, _ attributes: [String: String] = [:]) throws {
        let west = 95.1 + metresEast / Self.degree
        try folder.write(
            "sites.geojson",
            [Shape.box(west, west + 0.01, 37.04, 37.05).with(attributes.merging(["id": "A"]) { $1 })])
    }

    private func text(_ language: String, _ options: String...) throws -> String {
        let outcome = try RedlineCommand.run(
            ["screen", "sites.geojson", "-c", "catalog.yaml", "-f", "text", "--language", language] + options,
            in: folder)
        #expect(outcome.status == 0, "\(outcome.message)")
        return outcome.output
    }

    @Test(
        "A finding that a shift of 20 m would remove says so, and one that it would not does not",
        arguments: [(-12.0, true), (-40, false)])
    func fragile(east: Double, isSaid: Bool) throws {
        try catalog("national")
        try site(metresEast: east, ["activity": "mining", "trigger": "new"])
        for (language, words) in [
            ("en", "a shift of 12.00 m would remove it"), ("zh", "移动 12.00 米即不再重叠"),
        ] {
            let output = try text(language)
            // In the table of findings, and in the verdict.
            #expect(output.components(separatedBy: words).count - 1 == (isSaid ? 2 : 0), "\(output)")
        }
    }

    @Test("A clear site says how far it is from the nearest zone, or that none is within 10 km")
    func clear() throws {
        _ = try folder.catalog([WorkFolder.layer("redline")], top: "extent: {bbox: [90, 30, 100, 40]}")
        try site(metresEast: 1_500)
        #expect(try text("en").contains("clear: A (1.500 km from the nearest zone or the edge of the data)"))
        #expect(try text("zh").contains("无冲突：A（距最近的管控区或数据边界 1.500 公里）"))
        try site(metresEast: 50_000)
        #expect(try text("en").contains("clear: A (no zone within 10 km)"))
        #expect(try text("zh").contains("无冲突：A（10 公里内没有管控区）"))
    }

    @Test(
        "A site that no rule stops says how far the nearest zone is that would; within the accuracy nothing is settled")
    func nearestProhibition() throws {
        try catalog("national", "haixi")
        let mine = ["activity": "mining", "trigger": "new"]
        try site(metresEast: 4, mine)
        let near = try text("en")
        #expect(near.contains("Whether it is forbidden or restricted is not settled."))
        #expect(near.contains("forbid it is Redline Z (national-01), 4.00 m away, which is within the accuracy"))
        #expect(try text("zh").contains("管控区是红线 Z（national-01），相距 4.00 米，在数据精度以内：可能已在区内。"))
        try site(metresEast: 2_000, mine)
        #expect(try text("en").contains("forbid it is Redline Z (national-01), 2.000 km away."))
        try site(metresEast: 30_000, mine)
        #expect(try text("en").contains("In the loaded layers no zone within 10 km would forbid it."))
        #expect(try text("zh").contains("已加载的图层中，10 公里内没有会禁止它的管控区。"))
        // Where a rule forbids it, there is no nearest.
        try site(metresEast: -500, mine)
        let inside = try text("en")
        #expect(inside.contains("Forbidden: ") && !inside.contains("nearest zone that would"))
    }

    @Test("json names the nearest prohibition, and null where it is forbidden already")
    func json() throws {
        try catalog("national")
        try site(metresEast: 2_000, ["activity": "mining", "trigger": "new"])
        func output() throws -> String {
            try RedlineCommand.run(["screen", "sites.geojson", "-c", "catalog.yaml", "-f", "json"], in: folder).output
        }
        let far = try output()
        #expect(far.contains("\"nearest_prohibition\":{\"layer\":\"redline\",\"zone_id\":\"1\",\"zone_code\":\"Z\""))
        #expect(far.contains("\"rules\":[\"national-01\"]") && far.contains("\"within_accuracy\":false"))
        try site(metresEast: -500, ["activity": "mining", "trigger": "new"])
        #expect(try output().contains("\"nearest_prohibition\":null"))
    }

    @Test("H-11: every forbidding rule is named with its document and section")
    func citations() throws {
        try catalog("national")
        try site(metresEast: -500, ["activity": "mining", "trigger": "new"])
        for language in ["en", "zh"] {
            let output = try text(language)
            #expect(output.contains("national-01") && output.contains("自然资发〔2022〕142号"))
            #expect(output.contains(language == "en" ? "Screening result, not an approval." : "筛查结果，不是审批意见。"))
        }
    }
}

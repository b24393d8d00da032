import Foundation
import RedlineGeometry
import TestSupport
import Testing

@testable import RedlineKit

/// The packs that are shipped.
enum ShippedPacks {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Layers/rules").path
    static let names = ["national", "qinghai", "haixi", "gansu", "wuwei", "xining-chengzhong"]
    static func path(_ name: String) -> String { folder + "/\(name).yaml" }

    static func book(
        _ names: [String] = names, asOf day: String? = nil, settings: [RuleSetting] = []
    ) throws -> RuleBook {
        try RuleBook(paths: names.map(path), asOf: day.flatMap { CalendarDate($0) }, settings: settings)
    }
}

@Test("Every rule that is shipped passes its tests, of which each has some that fire and some that do not")
func shippedTests() throws {
    let book = try ShippedPacks.book()
    let outcomes = book.runTests()
    let failures = outcomes.compactMap { outcome in outcome.problem.map { "\(outcome.rule.id): \($0)" } }
    #expect(failures.isEmpty, "\(failures)")
    for rule in book.packs.flatMap(\.rules) {
        let own = outcomes.filter { $0.rule.id == rule.id }
        #expect(own.contains(where: \.shouldFire) && own.contains { !$0.shouldFire }, "\(rule.id)")
        #expect(rule.summary.zh?.isEmpty == false && rule.summary.en?.isEmpty == false, "\(rule.id)")
        #expect(rule.citation.zh?.contains(rule.section) == true, "\(rule.id)")
    }
}

private let table = SharedData.path("domain/rules.csv")

@Test(
    "Every row of the domain's table is a rule with its effect, or listed as none with a reason",
    .enabled(if: table != nil, "the reference data are not there"))
func completeness() throws {
    let book = try ShippedPacks.book()
    let rules = Dictionary(uniqueKeysWithValues: book.packs.flatMap(\.rules).map { ($0.id, $0) })
    let unspatial = Dictionary(uniqueKeysWithValues: book.packs.flatMap(\.unspatial).map { ($0.id, $0.reason) })
    let rows = try String(contentsOfFile: #require(table), encoding: .utf8).split(separator: "\n").dropFirst()
    #expect(rows.count == 215)
    for row in rows {
        let id = String(row.prefix { $0 != "," })
        if let reason = unspatial[id] {
            #expect(reason.zh != nil && reason.en != nil && rules[id] == nil, "\(id)")
        } else {
            let rule = try #require(rules[id], "\(id) is in no pack")
            #expect(row.contains(",\(rule.effect.rawValue),"), "\(id): \(rule.effect)")
        }
    }
}

// MARK: Bad input

/// A pack with one rule; the parts that a case is about are replaced.
private func pack(_ replacements: [String: String] = [:], more: String = "") -> String {
    let parts = [
        "effect": "effect: forbid", "at": "at: [{family: wetland}]", "when": "",
        "tests":
            "tests: {fires: {in: wetland}, does-not-fire: {in: wetland, region: \"110101\"}}", "top": "", "rule": "",
    ].merging(replacements) { $1 }
    return """
        schema: 1
        pack: trial
        jurisdiction: {code: "630000"}
        uses: [\(ShippedPacks.folder)/vocabulary.yaml]
        \(parts["top"] ?? "")
        rules:
          - id: a
            section: "1"
            \(parts["at"] ?? "")
            \(parts["effect"] ?? "")
            \(parts["when"] ?? "")
            \(parts["rule"] ?? "")
            summary: {zh: 甲, en: A}
            \(parts["tests"] ?? "")
        \(more)
        """
}

private func book(_ texts: String...) throws -> RuleBook {
    let folder = FileManager.default.temporaryDirectory.appending(path: "redline-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let paths = try texts.enumerated().map { number, text in
        let path = folder.appending(path: "pack\(number).yaml").path
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }
    return try RuleBook(paths: paths)
}

@Test(
    "A wrong pack is refused with the line and what was expected",
    arguments: [
        (["effect": "effect: forbidden"], "Did you mean 'forbid'?", 10),
        (["at": "at: [{family: wetlands}]"], "Did you mean 'wetland'?", 9),
        (["at": "at: [{family: wetland, class: nateral}]"], "Did you mean 'natural'?", 9),
        (["at": "at: [{family: wetland, distance: 5}]"], "expected a length with unit", 9),
        (["rule": "activty: [mining]"], "Did you mean 'activity'?", 12),
        (["rule": "activity: [minning]"], "Did you mean 'mining'?", 12),
        (["rule": "trigger: [now]"], "Did you mean 'new'?", 12),
        (["rule": "industry: [XY9]"], "GB/T 4754", 12),
        (["when": "when: boiler-capacity < 35 kg"], "unit t/h", 11),
        (["when": "when: boiler-capacity < 35"], "unit t/h", 11),
        (["when": "when: boiler-capcity < 35 t/h"], "Did you mean 'boiler-capacity'?", 11),
        (["when": "when: (legal and authorised"], "column 22: expected ')'", 11),
        (["when": "when: legal authorised"], "column 7: expected 'and', 'or' or the end", 11),
        (["when": "when: zone.degraded >= bad"], "none < slight < medium", 11),
        (["when": "when: legal > 5"], "no order", 11),
        (["when": "when: slope < 10 deg and slope > 20 deg"], "never be true", 11),
        (["when": "when: slope < 10 deg and not slope < 10 deg"], "never be true", 11),
        (["when": "when: legal is yes and legal is no"], "never be true", 11),
        (["when": "when: zone.degraded > heavy and zone.degraded < extreme"], "never be true", 11),
        (["tests": "tests: {fires: {in: wetland}}"], "'does-not-fire' is missing", 14),
        (["tests": ""], "'tests' is missing", 7),
        (["at": ""], "'anywhere: true'", 7),
        (["rule": "yields_to: [b]"], "no pack holds", 7),
        (["top": "famlies: {}"], "Did you mean 'families'?", 5),
    ] as [([String: String], String, Int)])
func wrongPack(parts: [String: String], words: String, line: Int) throws {
    let error = try #require(throws: CatalogError.self) { _ = try book(pack(parts)) }
    #expect(error.expectation.contains(words), "\(error)")
    #expect(error.line == line, "\(error)")
}

@Test("Two rules with one id are refused, within a pack and across packs")
func sameID() throws {
    let again = pack().components(separatedBy: "\n").drop { !$0.hasPrefix("  - id") }.joined(separator: "\n")
    #expect(throws: CatalogError.self) { _ = try book(pack(more: again)) }
    let error = try #require(throws: CatalogError.self) { _ = try book(pack(), pack()) }
    #expect(error.expectation.contains("given to a rule of"))
}

@Test("A circular exception is refused with the way round")
func circle() throws {
    func rule(_ id: String, _ to: String) -> String {
        pack(["rule": "yields_to: [\(to)]"]).replacing("- id: a", with: "- id: \(id)")
            .replacing("pack: trial", with: "pack: trial-\(id)")
    }
    let error = try #require(throws: CatalogError.self) { _ = try book(rule("a", "b"), rule("b", "c"), rule("c", "a")) }
    #expect(error.expectation == "a circular exception: a yields to b yields to c yields to a.")
}

@Test("Contradictory effects on the same ground at the same time are warned of; at different times they are not")
func contradiction() throws {
    func other(_ valid: String) -> String {
        pack(["effect": "effect: advise", "rule": valid]).replacing("- id: a", with: "- id: b")
            .replacing("pack: trial", with: "pack: other")
    }
    let first = pack(["rule": "valid: {from: 2021-01-01, to: 2025-12-31}"])
    let same = try book(first, other("valid: {from: 2025-06-01}"))
    #expect(same.warnings.count == 1 && same.warnings[0].en.contains("contradict"))
    #expect(try book(first, other("valid: {from: 2026-01-01}")).warnings.isEmpty)
}

@Test("A rule that nothing in force supersedes is used; days decide what is in force")
func superseded() throws {
    let old = pack(["rule": "valid: {from: 2021-01-01, to: 2025-12-31}"])
    let new = pack(["rule": "valid: {from: 2026-01-01}\n    supersedes: [a]"]).replacing("- id: a", with: "- id: b")
    #expect(try book(old, new).rules.map(\.id) == ["b"])
    let shipped = try ShippedPacks.book(["haixi"], asOf: "2026-06-01")
    #expect(shipped.rules.isEmpty && shipped.warnings.count == 1)
    #expect(try ShippedPacks.book(["haixi"], asOf: "2025-12-31").rules.count == 48)
}

@Test("Only distances that rules leave open can be set, by rule or family")
func settings() throws {
    for name in ["distance.wuwei-51", "distance.sensitive-receptor"] {
        _ = try ShippedPacks.book(["wuwei"], settings: [RuleSetting(name: name, value: "500m")])
    }
    for (name, value) in [
        ("distance.wuwei-5", "500m"), ("distance.gansu-59", "1km"), ("wuwei-51", "5m"), ("distance.wuwei-51", "far"),
    ] {
        #expect(throws: RedlineError.self) {
            _ = try ShippedPacks.book(["wuwei", "gansu"], settings: [RuleSetting(name: name, value: value)])
        }
    }
}

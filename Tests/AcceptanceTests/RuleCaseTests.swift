import Foundation
import Testing

/// Section D of the acceptance cases, and those of section C that concern rules: the shipped packs on small catalogs.
@Suite("Acceptance cases of rules")
struct RuleCaseTests {
    let folder: WorkFolder

    init() throws { folder = try WorkFolder() }

    private static let packs = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Layers/rules").path

    /// Writes a catalog that names packs and covers the neighbourhood of the cell.
    private func catalog(_ packs: String..., layers: [String], more: String = "") throws {
        let list = packs.map { "\(Self.packs)/\($0).yaml" }.joined(separator: ", ")
        _ = try folder.catalog(layers, top: "extent: {bbox: [90, 30, 100, 40]}\nrules: [\(list)]\n\(more)")
    }

    private func site(_ attributes: [String: String], _ west: Double = 95.01, _ east: Double = 95.02) throws {
        try folder.write(
            "sites.geojson", [Shape.box(west, east, 37.04, 37.05).with(attributes.merging(["id": "A"]) { $1 })])
    }

    @Test(
        "D-01: an existing mine in a nature reserve of Qinghai is removed, forbidden where it does not fit, supervised")
    func mine() throws {
        try folder.write("reserve.geojson", [Shape.box(95.0, 95.1).with(["code": "R", "class": "nature-reserve"])])
        try catalog("qinghai", layers: [WorkFolder.layer("reserve", family: "protected-area")])
        try site(["activity": "mining", "trigger": "existing"])
        let finding = try #require(try folder.screen().findings.first { $0.layer == "reserve" })
        #expect(finding.effect == "remove" && finding.reason == "attribute-missing")
        #expect(finding.ruleIDs.contains("qinghai-23"))
        let file = try folder.screen("--attributes", "incompatible-industry=yes")
        let judged = try #require(file.findings.first { $0.layer == "reserve" })
        #expect(judged.effect == "forbid")
        #expect(Set(judged.ruleIDs).isSuperset(of: ["qinghai-23", "qinghai-41"]))
        #expect(file.findings.flatMap(\.ruleIDs).contains("qinghai-45"))
    }

    @Test("D-02: tourism in general ecological space is allowed under conditions, not forbidden")
    func tourism() throws {
        try folder.write("space.geojson", [Shape.box(95.0, 95.1).zone("S")])
        try catalog("qinghai", layers: [WorkFolder.layer("space", family: "general-ecological-space")])
        try site(["activity": "tourism", "trigger": "new"])
        let finding = try #require(try folder.screen().findings.first { $0.layer == "space" })
        #expect(finding.effect == "condition" && finding.ruleIDs == ["qinghai-06"])
    }

    @Test(
        "D-03: a chemical plant is forbidden outside every park, guided into a named one, and another park is no named one"
    )
    func chemicalPlant() throws {
        try folder.write(
            "parks.geojson",
            [
                Shape.box(95.0, 95.1).with(["code": "P1", "name": "德令哈工业园"]),
                Shape.box(95.2, 95.3).with(["code": "P2", "name": "都兰工业园"]),
            ])
        try catalog("haixi", layers: [WorkFolder.layer("parks", family: "industrial-park")])
        func effects(_ west: Double, _ east: Double) throws -> [String] {
            try site(["activity": "chemical", "trigger": "new"], west, east)
            return try folder.screen().findings.filter { $0.layer == "parks" }
                .map {
                    "\($0.relation) \($0.zone_code ?? "-") \($0.effect ?? "-") \($0.ruleIDs.joined(separator: " "))"
                }
        }
        #expect(try effects(95.01, 95.02) == ["overlaps P1 advise haixi-44"])
        #expect(try effects(95.21, 95.22) == ["overlaps P2 - "])
        #expect(try effects(95.15, 95.16) == ["outside - forbid haixi-46"])
        // Half in, half out: both hold.
        #expect(try effects(95.09, 95.11) == ["outside - forbid haixi-46", "overlaps P1 advise haixi-44"])
    }

    @Test(
        "D-04: an outfall in a zone over its limit is restricted; that of a sewage plant is exempt, and the exception named"
    )
    func exception() throws {
        try folder.write("zones.geojson", [Shape.box(95.0, 95.1).with(["code": "W", "class": "over-limit"])])
        try catalog("gansu", layers: [WorkFolder.layer("zones", family: "water-function-zone")])
        try site(["activity": "sewage-outfall", "trigger": "new"])
        let outfall = try #require(try folder.screen().findings.first { $0.layer == "zones" })
        #expect(outfall.effect == "restrict" && outfall.ruleIDs == ["gansu-36"])
        let exempt = try folder.screen("--attributes", "sewage-treatment-plant=yes")
        #expect(exempt.findings.first { $0.layer == "zones" }?.ruleIDs == [])
        #expect(exempt.text.contains("\"exempt\":[{\"id\":\"gansu-36\""))
        #expect(exempt.text.contains("outfalls of sewage treatment plants"))
    }

    @Test(
        "D-05: bounds of boilers by place",
        arguments: [
            ("20 t/h", 95.01, ["wuwei-05"]), ("20 t/h", 95.3, []), ("10 t/h", 95.3, ["wuwei-06"]),
            ("35 t/h", 95.01, []),
        ] as [(String, Double, [String])])
    func boilers(capacity: String, west: Double, expected: [String]) throws {
        try folder.write("built.geojson", [Shape.box(95.0, 95.1).with(["code": "B", "class": "built-up-city-county"])])
        try catalog("wuwei", layers: [WorkFolder.layer("built", family: "urban-area")])
        try site(["activity": "coal-boiler", "trigger": "new", "boiler-capacity": capacity], west, west + 0.01)
        let findings = try folder.screen().findings.filter { $0.layer == "built" }
        #expect(findings.flatMap(\.ruleIDs) == expected)
        #expect(findings.compactMap(\.effect) == expected.map { _ in "presumption-against" })
    }

    @Test(
        "D-05: in Chengzhong a coal boiler below 35 t/h is forbidden on any ground",
        arguments: [("20 t/h", "forbid"), ("35 t/h", nil)] as [(String, String?)])
    func boilersOfChengzhong(capacity: String, effect: String?) throws {
        try folder.write("built.geojson", [Shape.box(95.0, 95.1).with(["code": "B", "class": "built-up-city-county"])])
        try catalog("xining-chengzhong", layers: [WorkFolder.layer("built", family: "urban-area")])
        try site(["activity": "coal-boiler", "trigger": "new", "boiler-capacity": capacity], 95.3, 95.31)
        let findings = try folder.screen().findings.filter { $0.ruleIDs.contains("chengzhong-05") }
        #expect(findings.map(\.relation) == (effect == nil ? [] : ["anywhere"]))
        #expect(findings.compactMap(\.effect) == (effect.map { [$0] } ?? []))
    }

    @Test(
        "C-08, D-06: around a school nothing is judged until a distance is set, and an existing plant is free of the rule"
    )
    func schools() throws {
        let east = 480 / 88_953.0  // Metres for a degree of longitude at 37.05° N.
        try folder.write(
            "schools.geojson", [Shape.box(95.02, 95.03, 37.04, 37.05).with(["code": "S", "class": "school"])])
        try catalog("wuwei", layers: [WorkFolder.layer("schools", family: "sensitive-receptor")])
        func plant(_ trigger: String) throws {
            let attributes = ["id": "A", "activity": "soil-polluting-project", "trigger": trigger]
            try folder.write("sites.geojson", [Shape.box(95.03 + east, 95.04, 37.04, 37.05).with(attributes)])
        }
        try plant("new")
        let unset = try folder.screen().findings.filter { $0.layer == "schools" }
        #expect(unset.map(\.reason) == ["distance-not-set"])
        #expect(unset.allSatisfy { $0.relation == "not-assessable" && $0.distance_m == nil && $0.effect == nil })
        let set = try folder.screen("--set", "distance.wuwei-51=500m").findings.filter { $0.layer == "schools" }
        #expect(set.map(\.relation) == ["near"] && set.map(\.effect) == ["forbid"])
        #expect(abs((set.first?.distance_m ?? 0) - 480) < 0.1)  // The metres for a degree are rounded.
        #expect(try folder.screen("--set", "distance.wuwei-51=470m").findings.allSatisfy { $0.layer != "schools" })
        #expect(
            try folder.screen("--set", "distance.sensitive-receptor=0.5 km").findings.contains { $0.effect == "forbid" }
        )
        try plant("existing")
        #expect(try folder.screen().findings.allSatisfy { $0.layer != "schools" })
    }

    @Test("C-09: one kilometre along a named river; the basin as a whole still counts")
    func river() throws {
        try folder.write(
            "river.geojson", [Shape.line([(94.9, 37.0), (95.2, 37.0)]).with(["code": "J", "name": "嘉陵江干流"])])
        try folder.write("basin.geojson", [Shape.box(94.9, 95.2, 36.9, 37.2).with(["code": "B", "name": "嘉陵江流域"])])
        let river = WorkFolder.layer("river", family: "river-corridor")
        let degree = 110_985.0  // Metres for a degree of latitude at 37.05° N.
        func pond(_ metres: Double) throws {
            let south = 37.0 + metres / degree
            let attributes = ["id": "A", "activity": "tailings-pond", "trigger": "existing"]
            try folder.write("sites.geojson", [Shape.box(95.0, 95.01, south, south + 0.001).with(attributes)])
        }
        try catalog("gansu", layers: [river])
        try pond(900)
        let near = try folder.screen().findings.filter { $0.layer == "river" }
        #expect(near.map(\.relation) == ["near"] && near.map(\.ruleIDs) == [["gansu-59"]])
        try pond(1_100)
        #expect(try folder.screen().findings.allSatisfy { $0.layer != "river" })
        try catalog("gansu", layers: [river, WorkFolder.layer("basin", family: "river-basin")])
        #expect(try folder.screen().findings.contains { $0.layer == "basin" && $0.ruleIDs.contains("gansu-59") })
    }

    @Test(
        "C-10: in a ring of 5 to 10 km a finding is possible only, unless the distance is fixed",
        arguments: [(4_000.0, nil), (7_000, "possible"), (12_000, nil)] as [(Double, String?)])
    func ring(metres: Double, certainty: String?) throws {
        try folder.write("built.geojson", [Shape.box(95.0, 95.1).with(["code": "B", "class": "built-up-city-county"])])
        try catalog(
            "wuwei", layers: [WorkFolder.layer("built", family: "urban-area", "accuracy: 1 m")])
        let west = 95.1 + metres / 88_953
        let village = Shape.box(west, west + 0.001, 37.04, 37.05)
        try folder.write(
            "sites.geojson", [village.with(["id": "A", "activity": "stove-heating", "trigger": "existing"])])
        let findings = try folder.screen().findings.filter { $0.layer == "built" }
        #expect(findings.map(\.certainty) == (certainty.map { [$0] } ?? []))
        #expect(findings.allSatisfy { $0.relation == "near" && $0.ruleIDs == ["wuwei-09"] })
        let fixed = try folder.screen("--set", "distance.wuwei-09=8km").findings.filter { $0.layer == "built" }
        #expect(fixed.map(\.certainty) == (metres < 8_000 ? ["certain"] : []))
    }

    @Test(
        "C-15: near a redline the finding is certain where both accuracies together are less than the margin",
        arguments: [("5 m", "", "certain"), ("20 m", "", "possible"), ("5 m", "5 m", "possible")])
    func margin(zone: String, own: String, certainty: String) throws {
        let east = 95.1 + 5.2 / 88_953  // Metres for a degree of longitude at 37.05° N.
        try folder.write("redline.geojson", [Shape.box(95.0, 95.1).zone("Z")])
        _ = try folder.catalog(
            [WorkFolder.layer("redline", "accuracy: \(zone)")], top: "extent: {bbox: [90, 30, 100, 40]}")
        let attributes = own.isEmpty ? ["id": "A"] : ["id": "A", "accuracy": own]
        try folder.write("sites.geojson", [Shape.box(east, east + 0.01, 37.04, 37.05).with(attributes)])
        let near = try #require(try folder.screen("--distance", "1km").findings.first)
        #expect(near.certainty == certainty && abs((near.margin_m ?? 0) - 5.2) < 0.01)
        let json = try RedlineCommand.run(["screen", "sites.geojson", "-c", "catalog.yaml", "-f", "json"], in: folder)
        let text = try RedlineCommand.run(
            ["screen", "sites.geojson", "-c", "catalog.yaml", "-f", "text", "--language", "en"], in: folder)
        #expect(text.output.contains("Certainty: the accuracy of the layer plus that of the site"))
        #expect(json.output.contains("\"state\":\"clear\"") && json.output.contains("\"certainty\":\"\(certainty)\""))
    }

    @Test(
        "C-03: of a sliver the certainty is possible, whatever the layer says of its accuracy",
        arguments: ["", "accuracy: 1 m"])
    func sliver(accuracy: String) throws {
        let off = 0.0038 / 88_953  // Metres for a degree of longitude at 37.05° N.
        try folder.write("redline.geojson", [Shape.box(95.0, 95.1).zone("Z")])
        _ = try folder.catalog([WorkFolder.layer("redline", accuracy)])
        let site = Shape.polygon([(95.1 - off, 37.05), (95.11, 37.05), (95.11, 37.059), (95.1 + off, 37.059)])
        try folder.write("sites.geojson", [site.site("A")])
        let finding = try #require(try folder.screen().findings.first)
        #expect(finding.relation == "overlaps" && finding.certainty == "possible")
        #expect(abs((finding.margin_m ?? 0) - 0.0038) < 4e-5)
    }

    @Test("C-14: where a rule defers, the effect is a condition and the rules that it defers to are not loaded")
    func deferred() throws {
        try folder.write("redline.geojson", [Shape.box(95.0, 95.1).zone("Z")])
        try catalog("qinghai", layers: [WorkFolder.layer("redline")])
        try site(["activity": "monitoring", "trigger": "existing"])
        let finding = try #require(try folder.screen().findings.first { $0.layer == "redline" })
        #expect(finding.effect == "condition" && finding.ruleIDs == ["qinghai-05"])
        #expect(finding.reason == "rules-not-loaded")
        let text = try RedlineCommand.run(
            ["screen", "sites.geojson", "-c", "catalog.yaml", "-f", "text", "--language", "en"], in: folder)
        #expect(text.output.contains("rules not loaded") && !text.output.contains("allowed."))
        // With the redline's own rules there is nothing left to defer to.
        try catalog("qinghai", "national", layers: [WorkFolder.layer("redline")])
        let own = try #require(try folder.screen().findings.first { $0.layer == "redline" })
        #expect(own.reason != "rules-not-loaded")
    }

    @Test("C-17: of a line that crosses without taking land the length is told, and the rule on such works cited")
    func crossing() throws {
        try folder.write("redline.geojson", [Shape.box(95.0, 95.1).zone("Z")])
        try catalog("national", layers: [WorkFolder.layer("redline")])
        let line = Shape.line([(94.95, 37.05), (95.15, 37.05)])
        try folder.write("sites.geojson", [line.with(["id": "A", "activity": "power-line", "trigger": "new"])])
        let alone = try #require(try folder.screen("--attributes", "land-take-inside=no").findings.first)
        #expect(abs((alone.overlap_length_m ?? 0) - 8_895.335) <= 0.001 && alone.overlap_area_m2 == nil)
        #expect(alone.ruleIDs.contains("national-05"))
        // Its structures say the same: one inside takes land, one outside does not.
        for (x, isCited) in [(95.05, false), (94.96, true)] {
            try folder.write(
                "sites.geojson",
                [
                    line.with(["id": "A", "activity": "power-line", "trigger": "new"]),
                    Shape.point(x, 37.05).with(["id": "A", "activity": "power-line", "trigger": "new"]),
                    Shape.box(96, 96.1).with(["id": "B"]),
                ])
            let finding = try #require(try folder.screen().of("A").first { $0.layer == "redline" })
            #expect(finding.ruleIDs.contains("national-05") == isCited)
            #expect(finding.points_inside == (isCited ? 0 : 1))
        }
    }

    @Test("D-07: a two-high project has a rule with eight tests; D-08, D-09: soft effects stay what they are")
    func strengths() throws {
        try folder.write("units.geojson", [Shape.box(95.0, 95.1).with(["code": "U", "class": "priority"])])
        try catalog("gansu", "wuwei", layers: [WorkFolder.layer("units", family: "control-unit")])
        try site(["activity": "chemical two-high industrial-urban-large captive-coal-power", "trigger": "new"])
        let file = try folder.screen()
        let rules = Dictionary(
            file.findings.flatMap { $0.rules ?? [] }.map { ($0.id, $0.effect) }
        ) { first, _ in first }
        #expect(rules["wuwei-29"] == "condition" && rules["gansu-03"] == "forbid-or-restrict")
        #expect(rules["gansu-12"] == "presumption-against")
        for (language, words) in [("en", "To be settled: eight tests: law;"), ("zh", "须逐项核实：八项：法律法规、")] {
            let text = try RedlineCommand.run(
                ["screen", "sites.geojson", "-c", "catalog.yaml", "-f", "text", "--language", language], in: folder)
            #expect(text.output.contains(words))
        }
        #expect(file.findings.first { $0.layer == "units" }?.effect == "forbid-or-restrict")
    }

    @Test("D-10: a village in a water-source zone comes first in both lists; a scenic area is in Wuwei's only")
    func villages() throws {
        try folder.write("water.geojson", [Shape.box(95.0, 95.05).with(["code": "W"])])
        try folder.write("scenic.geojson", [Shape.box(95.05, 95.1).with(["code": "S"])])
        try catalog(
            "gansu", "wuwei",
            layers: [
                WorkFolder.layer("water", family: "water-source"), WorkFolder.layer("scenic", family: "scenic-area"),
            ])
        let village = ["activity": "village-sewage", "trigger": "existing"]
        try folder.write(
            "sites.geojson",
            [
                Shape.point(95.02, 37.05).with(village.merging(["id": "source"]) { $1 }),
                Shape.point(95.07, 37.05).with(village.merging(["id": "scenery"]) { $1 }),
                Shape.point(95.2, 37.05).with(village.merging(["id": "elsewhere"]) { $1 }),
            ])
        let file = try folder.screen()
        func rules(_ site: String) -> [String] {
            file.of(site).flatMap(\.ruleIDs).filter { ["gansu-53", "wuwei-19"].contains($0) }.sorted()
        }
        #expect(rules("source") == ["gansu-53", "wuwei-19"])
        #expect(rules("scenery") == ["wuwei-19"] && rules("elsewhere").isEmpty)
        #expect(file.of("source").first { $0.layer == "water" }?.points_inside == 1)
    }

    @Test("C-16: of findings against an edition shifted by 20 m those with a margin below that change, others do not")
    func shiftedEdition() throws {
        let degree = 88_953.0  // Metres for a degree of longitude at 37.05° N.
        try folder.write("old.geojson", [Shape.box(95.0, 95.1).zone("Z")])
        try folder.write("new.geojson", [Shape.box(95.0 + 20 / degree, 95.1 + 20 / degree).zone("Z")])
        _ = try folder.catalog(
            [
                WorkFolder.layer(
                    "redline",
                    source:
                        "editions: [{edition: 2018-12-31, source: old.geojson}, {edition: 2023-12-31, source: new.geojson}]",
                    "accuracy: 5 m")
            ], top: "extent: {bbox: [90, 30, 100, 40]}")
        // Into the west of the zone by as many metres, or away from its east: the shift goes east.
        func into(_ metres: Double) -> Shape { Shape.box(94.99, 95.0 + metres / degree, 37.04, 37.05) }
        func beside(_ metres: Double) -> Shape {
            Shape.box(95.1 + metres / degree, 95.11 + metres / degree, 37.04, 37.05)
        }
        try folder.write(
            "sites.geojson",
            [
                into(10).site("in-10"), into(30).site("in-30"), beside(10).site("by-10"), beside(30).site("by-30"),
            ])
        let old = try folder.screen("--as-of", "2020-01-01", "--distance", "1km")
        let new = try folder.screen("--distance", "1km")
        var changed: Set<String> = []
        for finding in old.findings {
            let margin = try #require(finding.margin_m)
            #expect(abs(margin - (finding.site_id.hasSuffix("10") ? 10 : 30)) < 0.1)
            let after = try #require(new.findings.first { $0.finding_id == finding.finding_id })
            if after.relation != finding.relation { changed.insert(finding.site_id) }
            #expect((margin < 20) == (after.relation != finding.relation), "\(finding.site_id)")
        }
        #expect(old.findings.count == 4 && changed == ["in-10", "by-10"])
    }

    @Test("D-11: after the plans have ended their rules do not fire, and the zones have none")
    func expired() throws {
        try folder.write("redline.geojson", [Shape.box(95.0, 95.1).zone("Z")])
        try catalog("qinghai", layers: [WorkFolder.layer("redline")])
        try site(["activity": "mining", "trigger": "new"])
        let file = try folder.screen("--as-of", "2026-06-01")
        #expect(file.findings.map(\.reason) == ["rules-not-loaded"])
        #expect(file.findings.allSatisfy { $0.effect == nil && $0.ruleIDs.isEmpty })
        #expect(file.run.warnings.contains { $0.contains("not in force on 2026-06-01") })
    }

    @Test(
        "D-12: cropland at 14.9° falls under the rule, at 15.0° it does not",
        arguments: [("14.9", true), ("15.0", false)])
    func slope(degrees: String, isMet: Bool) throws {
        try folder.write("fields.geojson", [Shape.box(95.0, 95.1).with(["code": "F", "PD": degrees])])
        try catalog("wuwei", layers: [WorkFolder.layer("fields", family: "farmland", "attributes: {slope: PD}")])
        try site(["activity": "crop-planting", "trigger": "existing"])
        #expect(try folder.screen().findings.flatMap(\.ruleIDs).contains("wuwei-39") == isMet)
    }

    @Test("A site of which nothing is said gets no verdict by default, and --fail-on counts it")
    func silent() throws {
        try folder.write("redline.geojson", [Shape.box(95.0, 95.1).zone("Z")])
        try catalog("national", layers: [WorkFolder.layer("redline")])
        try site([:])
        let file = try folder.screen("--fail-on", "forbid")
        #expect(file.status == 2)
        #expect(file.findings.map(\.reason) == ["attribute-missing"] && file.findings.map(\.effect) == [nil])
        #expect(file.text.contains("\"missing\":[\"activity\"]"))
        let known = try folder.screen(
            "--fail-on", "forbid", "--attributes", "activity=monitoring", "--attributes", "limited-human-activity=no",
            "--attributes", "trigger=existing")
        #expect(known.status == 0 && known.findings.map(\.reason) == [nil])
        #expect(try folder.screen("--fail-on", "restrict", "--attributes", "activity=mining").status == 2)
    }

    @Test("What nothing asks for, or cannot be understood, is refused or said")
    func badInput() throws {
        try folder.write("redline.geojson", [Shape.box(95.0, 95.1).zone("Z")])
        try catalog("national", "wuwei", layers: [WorkFolder.layer("redline")])
        try site(["activity": "frobnicating", "trigger": "maybe"])
        let odd = try folder.screen()
        #expect(odd.run.warnings.contains { $0.contains("'frobnicating' is not in the vocabulary") })
        #expect(odd.run.warnings.contains { $0.contains("'maybe' is no value of 'trigger'") })
        #expect(odd.run.warnings.contains { $0.contains("Not assessable: the catalog has no layer of these families") })
        for options in [
            ["--attributes", "actvity=mining"], ["--set", "distance.wuwei-52=5m"], ["--set", "distance.wuwei-51=near"],
        ] {
            let outcome = try RedlineCommand.run(
                ["screen", "sites.geojson", "-c", "catalog.yaml", "-f", "json"] + options, in: folder)
            #expect(outcome.status == 1 && outcome.output.isEmpty, "\(options)")
        }
        _ = try folder.catalog([WorkFolder.layer("redline")], top: "rules: [missing.yaml]")
        let outcome = try RedlineCommand.run(["screen", "sites.geojson", "-c", "catalog.yaml"], in: folder)
        #expect(outcome.status == 1 && outcome.message.contains("no such rule pack"))
    }
}

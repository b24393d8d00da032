import Foundation
import Testing

@Suite("Targets on the command line")
struct TargetTests {
    private static let arguments = [
        "share", "-c", "Layers/haixi/catalog.yaml", "--zones", "redline,protected", "--regions", "counties",
        "--targets",
    ]
    private static let sample = "Layers/haixi/targets.csv"

    @Test("The sample targets as people see them", arguments: ["en", "zh"])
    func text(language: String) throws {
        let result = try Command.redline(
            Self.arguments + [Self.sample, "-f", "text", "--language", language, "--unit", "km2"])
        #expect(result.status == 0)
        let targets = try #require(result.output.range(of: language == "zh" ? "规划指标" : "Targets:"))
        try Golden.expect(String(result.output[targets.lowerBound...]), "haixi-targets.\(language).txt")
    }

    /// The states of the targets of a file, by place.
    private func states(_ text: String, _ options: [String] = []) throws -> [[String: String]] {
        try Command.withTemporaryFolder { folder in
            let file = folder.appending(path: "targets.csv")
            try Data(text.utf8).write(to: file)
            let result = try Command.redline(Self.arguments + [file.path, "-f", "json"] + options)
            #expect(result.status == 0, "\(result.errors)")
            let json = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
            let rows = try #require(json?["targets"] as? [[String: Any]])
            return rows.map { $0.compactMapValues { $0 as? String } }
        }
    }

    @Test("Json holds a state, the reason and the flags of each target, binding ones first")
    func json() throws {
        let rows = try states(
            """
            indicator,region_code,unit,attribute,baseline,baseline_year,target,target_year
            redline-share,632822,%,expected,33.5,2020,35,2025
            redline-share,632822,%,expected,36,2020,35,2025
            redline-share,632800,%,binding,20.5,2020,不降低,2025
            redline-share,999999,%,expected,20.5,2020,不降低,2025
            redline-area,632801,公顶,expected,,,≥ 20,2025
            grass-cover,632800,%,binding,44.86,2020,省级下达指标,2025
            """)
        #expect(
            rows.map { $0["state"] } == [
                "met", "not-evaluable", "on-path", "behind-path", "not-evaluable", "not-evaluable",
            ])
        #expect(rows.map { $0["reason"] }[1] == "target-set-above")
        #expect(rows[3]["flags"] == "worse-than-baseline")
        #expect(rows[4]["reason"] == "region-not-in-layer")
        #expect(rows[5]["reason"] == "unit-not-comparable")
    }

    @Test("--as-of moves the day on the path")
    func asOf() throws {
        let text = """
            indicator,region_code,unit,baseline,baseline_year,target,target_year
            redline-share,632822,%,33.5,2020,35,2025
            """
        #expect(try states(text).map { $0["state"] } == ["on-path"])
        #expect(try states(text, ["--as-of", "2024-12-31"]).map { $0["state"] } == ["behind-path"])
        #expect(try states(text, ["--as-of", "2025-12-31"]).map { $0["state"] } == ["not-met"])
    }

    @Test("Beside a CSV file stands one with the targets; a workbook holds them as a sheet")
    func files() throws {
        try Command.withTemporaryFolder { folder in
            let file = folder.appending(path: "shares.csv")
            let result = try Command.redline(Self.arguments + [Self.sample, "-o", file.path])
            #expect(result.status == 0)
            let beside = try String(contentsOf: folder.appending(path: "shares.targets.csv"), encoding: .utf8)
            #expect(beside.hasPrefix("place,document,indicator,"))
            #expect(beside.split(separator: "\n").count == 16)
            let again = try Command.redline(Self.arguments + [Self.sample, "-o", file.path])
            #expect(again.status == 1)
            let workbook = try Command.redline(
                Self.arguments + [Self.sample, "-o", folder.appending(path: "shares.xlsx").path])
            #expect(workbook.status == 0)
        }
        let piped = try Command.redline(Self.arguments + [Self.sample, "-f", "csv"])
        #expect(piped.errors.contains("does not hold the targets"))
    }

    @Test("A faulty file is named with line and remedy")
    func faults() throws {
        expectFailure(try Command.redline(Self.arguments + ["nowhere.yaml"]), names: ["nowhere.yaml", "no such file"])
        try Command.withTemporaryFolder { folder in
            let file = folder.appending(path: "targets.csv")
            try Data("indicator,target,attribute\nredline-share,≥ 20%,maybe\n".utf8).write(to: file)
            expectFailure(
                try Command.redline(Self.arguments + [file.path]), names: [file.path, "line 2", "maybe", "binding"])
        }
    }

    @Test("Land cover answers for a class by name, and for no indicator with a legal definition that is not declared")
    func coverage() throws {
        try Command.withTemporaryFolder { folder in
            let file = folder.appending(path: "targets.csv")
            try Data(
                """
                indicator,region_code,unit,class,baseline,baseline_year,target,target_year
                forest-coverage,632801,%,,4.1,2020,4.35,2025
                林地面积占比,632801,%,forest,4.1,2020,4.35,2022
                林地面积占比,632801,%,forest,,,≥ 0.1,2025
                林地面积占比,632899,%,forest,,,≥ 0.1,2025
                """.utf8
            ).write(to: file)
            let result = try Command.redline([
                "coverage", "-c", "Layers/haixi/catalog.yaml", "--land-cover", "land-cover", "--regions", "counties",
                "--targets", file.path, "-f", "json",
            ])
            #expect(result.status == 0, "\(result.errors)")
            let json = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
            let rows = try #require(json?["targets"] as? [[String: Any]])
            #expect(rows.map { $0["state"] as? String } == ["not-evaluable", "not-met", "met", "not-evaluable"])
            #expect(rows[0]["reason"] as? String == "definition-not-declared")
            #expect(rows[3]["reason"] as? String == "region-not-in-layer")
        }
    }
}

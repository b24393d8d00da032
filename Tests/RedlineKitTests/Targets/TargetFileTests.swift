import Foundation
import RedlineGeometry
import Testing

@testable import RedlineKit

@Suite("Files of targets")
struct TargetFileTests {
    /// A file that is gone after the test.
    private func withFile<R>(_ name: String, _ bytes: Data, _ body: (String) throws -> R) throws -> R {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: name).path
        try bytes.write(to: URL(filePath: path))
        return try body(path)
    }

    private func read(_ name: String, _ text: String) throws -> TargetFile {
        try withFile(name, Data(text.utf8)) { try TargetFile(contentsOf: $0) }
    }

    @Test("YAML: flat keys, and figures with their years")
    func yaml() throws {
        let file = try read(
            "targets.yaml",
            """
            schema: 1
            document: demo
            indicators:
              - indicator: redline-share
                region: {code: 632800, name: 海西州}
                unit: "%"
                attribute: binding
                baseline: {year: 2020, value: 20.5%}
                target: {year: 2025, value: 不降低}
              - {indicator: 森林覆盖率, region: "632802", baseline: 4.1%, baseline_year: 2020, target: 4.35%, year: 2025,
                 measured: [{year: 2022, value: 4.2%}, {year: 2023, value: 4.22%}]}
            """)
        #expect(file.warnings.isEmpty)
        #expect(file.targets.count == 2)
        let share = file.targets[0]
        #expect(share.indicator?.id == "redline-share")
        #expect(share.regionCode == "632800")
        #expect(share.regionName == "海西州")
        #expect(share.attribute == .binding)
        #expect(share.document == "demo")
        #expect(share.baselines.map(\.period) == [PlanPeriod(2020)])
        #expect(share.target.figure.kind == .notLower)
        #expect(share.target.period == PlanPeriod(2025))
        #expect(share.place == "line 4")
        let forest = file.targets[1]
        #expect(forest.indicator?.id == "forest-coverage")
        #expect(forest.regionCode == "632802")
        #expect(forest.judged().state == .behindPath)
        #expect(forest.judged(asOf: CalendarDate("2022-12-31")).state == .onPath)
    }

    @Test("A table with the headings of a plan, in GBK")
    func chineseTable() throws {
        let text = "指标,行政区,单位,2020年,2025年目标,属性\n生态保护红线占国土面积比例,海西州,%,20.5,不降低,约束性\n湿地保有量,海西州,万亩,-,≥ 100,预期性\n"
        let bytes = try #require(text.data(using: String.Encoding(rawValue: 0x8000_0632)))
        let file = try withFile("targets.csv", bytes) { try TargetFile(contentsOf: $0) }
        #expect(file.targets.map(\.indicator?.id) == ["redline-share", "wetland-area"])
        #expect(file.targets.map(\.attribute) == [.binding, .expected])
        #expect(file.targets[0].baselines.first?.period == PlanPeriod(2020))
        #expect(file.targets[0].target.period == PlanPeriod(2025))
        #expect(file.targets[1].baselines.first?.figure.kind == .unknown)
        #expect(file.targets[1].target.figure.comparator == .atLeast)
    }

    @Test("Cells may be quoted and hold line ends, semicolons may part them")
    func quoting() throws {
        let file = try read(
            "targets.csv",
            "\u{FEFF}indicator;target;year;region_name\r\n\"redline-\nshare\";\"≥ \"\"20\"\" %\";2025;a;\r\n")
        #expect(file.targets.count == 1)
        #expect(file.targets[0].indicator?.id == "redline-share")
        #expect(file.targets[0].target.figure.kind == .unreadable)
    }

    @Test(
        "Faults name the line and the remedy",
        arguments: [
            ("t.csv", "", "the file is empty"), ("t.csv", "a,b\n1,2\n", "names no column of indicators"),
            ("t.csv", "indicator,target,year\nx,20,20x5\n", "line 2: '20x5' is no year"),
            ("t.csv", "indicator,target,attribute\nx,20,maybe\n", "line 2: 'maybe' is no attribute"),
            ("t.csv", "indicator,target\n,20\n", "line 2: the row names no indicator"),
            ("t.csv", "indicator,role,value_raw\nx,baseline,3\n", "the file has no target"),
            ("t.yaml", "indicators:\n  - {indicator: x, target: 3, atribute: binding}\n", "Did you mean 'attribute'?"),
            ("t.yaml", "indicators:\n  - {indicator: x, target: 3, year: soon}\n", ":2: 'soon' is no year"),
            ("t.yaml", "targets: 3\n", "expected a list"),
            ("t.csv", "indicator,region,target\nx,a|b|c,1|2\n", "2 figures stand beside 3 regions"),
        ])
    func faults(name: String, text: String, message: String) throws {
        do {
            _ = try read(name, text)
            Issue.record("no error for '\(text)'")
        } catch {
            #expect("\(error)".contains(message), "\(error)")
        }
    }

    @Test("A file that is missing is said to be")
    func missing() {
        #expect(throws: (any Error).self) { try TargetFile(contentsOf: "/nowhere/targets.yaml") }
        #expect(throws: (any Error).self) { try TargetFile(contentsOf: "/nowhere/targets.csv") }
    }

    @Test("Columns that nothing is taken from are named")
    func unusedColumns() throws {
        let file = try read("t.csv", "indicator,target,colour\nredline-share,≥ 20%,red\n")
        #expect(file.warnings.map(\.en) == ["Targets: columns that nothing was taken from: colour."])
    }
}

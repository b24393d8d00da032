import Foundation
import LayerIO
import RedlineGeometry
import TestSupport
import Testing

@testable import RedlineKit

/// The 389 values of five plans, as they are printed and as people read them.
@Suite("Indicators of five plans")
struct IndicatorTableTests {
    private struct Row {
        var cells: [String: String]
        subscript(_ name: String) -> String { cells[name] ?? "" }
    }

    private static let path = SharedData.path("domain/indicators.csv")

    private func rows() throws -> [Row] {
        let text = try DelimitedText(contentsOf: try #require(Self.path))
        let names = text.rows[0].cells
        return text.rows.dropFirst().map { Row(cells: Dictionary(zip(names, $0.cells)) { first, _ in first }) }
    }

    @Test("Every printed value is read as people read it", .enabled(if: Self.path != nil))
    func readings() throws {
        let rows = try rows()
        #expect(rows.count == 389)
        for row in rows {
            let figure = PlanFigure(reading: row["value_raw"], unit: PlanUnit(parsing: row["unit"]))
            #expect(figure.kind.rawValue == row["state"], "\(row["id"]): \(row["value_raw"])")
            #expect((figure.comparator?.rawValue ?? "") == row["comparator"], "\(row["id"]): \(row["value_raw"])")
            // A decrease is printed without its sign and is known by its role.
            let value = Double(row["value"]).map { row["role"] == "change" ? abs($0) : $0 }
            #expect(figure.value == value, "\(row["id"]): \(row["value_raw"])")
            if let value, let unit = PlanUnit(parsing: row["unit"]) {
                #expect(figure.value(in: unit) == value, "\(row["id"]): unit of \(row["value_raw"])")
            }
        }
    }

    @Test("Every target gets its state", .enabled(if: Self.path != nil))
    func states() throws {
        let rows = try rows()
        let file = try TargetFile(contentsOf: try #require(Self.path))
        let targets = rows.filter { $0["role"] == "target" }
        #expect(file.targets.count == targets.count)
        for (row, target) in zip(
            targets.sorted { order($0) < order($1) }, file.targets.sorted { order($0) < order($1) })
        {
            #expect(target.target.figure.raw == row["value_raw"], "\(row["id"])")
            #expect(target.attribute.rawValue == row["attribute"])
            #expect(target.direction?.rawValue ?? "none" == row["direction"])
            let judgement = target.judged()
            switch row["state"] {
            case "set-by-higher-level": #expect(judgement.reasons.first == .targetSetAbove, "\(row["id"])")
            case "approved-geometry": #expect(judgement.reasons.first == .approvedGeometryMissing)
            case "by-reference-standard": #expect(judgement.reasons == [.standardNotSupplied])
            case "qualitative": #expect(judgement.state == .qualitative)
            case "unknown": #expect(judgement.reasons.first == .targetUnknown)
            case "not-lower": #expect(judgement.reasons == [.notMeasured])
            default:
                // What the plan itself prints as the result, where it does.
                if row["remarks"].contains("printed result: 完成") {
                    #expect(judgement.state == .met, "\(row["id"]): \(judgement.state) \(judgement.reasons)")
                } else if row["remarks"].contains("printed result: 未完成") {
                    #expect(judgement.state == .notMet, "\(row["id"])")
                } else if judgement.values.isEmpty {
                    #expect(judgement.state == .notEvaluable, "\(row["id"])")
                    #expect(judgement.reasons == [.notMeasured], "\(row["id"]): \(judgement.reasons)")
                } else {
                    #expect(judgement.state == .met, "\(row["id"]): \(judgement)")
                }
            }
        }
    }

    // Files keep the order of their rows, but targets of one row of a plan stand together.
    private func order(_ row: Row) -> Int {
        Int(row["id"].filter(\.isNumber)).map { $0 + 1000 * plan(row["document"]) } ?? 0
    }

    private func order(_ target: PlanTarget) -> Int {
        Int((target.id ?? "").filter(\.isNumber)).map { $0 + 1000 * plan(target.document ?? "") } ?? 0
    }

    private func plan(_ name: String) -> Int {
        ["haixi-14fyp", "qinghai-14fyp", "gansu-14fyp", "wuwei-14fyp", "chengzhong-plan"].firstIndex(of: name) ?? 9
    }

    @Test("E-22 the plan that prints 95 and 98 for one baseline is asked which it is", .enabled(if: Self.path != nil))
    func twoBaselines() throws {
        let file = try TargetFile(contentsOf: try #require(Self.path))
        let safe = try #require(file.targets.first { $0.id == "haixi-i070" })
        #expect(safe.baselines.map(\.figure.value) == [98, 95])
        #expect(safe.baselines[1].place == "line 15")
        #expect(file.warnings.contains { $0.en.contains("98 (line 70) or 95 (line 15)") })
    }

    @Test("A-11 the basin's target that is printed in mu is remarked on", .enabled(if: Self.path != nil))
    func unitSlip() throws {
        let file = try TargetFile(contentsOf: try #require(Self.path))
        #expect(file.warnings.count { $0.en.contains("off by 15") } == 1)
        #expect(file.warnings.contains { $0.en.contains("44.47 km²") && $0.en.contains("100 万亩 are 6.67 万公顷") })
    }

    @Test("E-27 table 2-1 of Wuwei", .enabled(if: Self.path != nil))
    func tableOfWuwei() throws {
        let rows = try rows().filter { $0["document"] == "wuwei-14fyp" && $0["table"] == "表 2-1" }
        let file = try TargetFile(contentsOf: try #require(Self.path))
        let ids = Set(rows.map { $0["id"] })
        let targets = file.targets.filter { ids.contains($0.id ?? "") }
        #expect(targets.count == 21)
        #expect(targets.count { $0.attribute == .binding } == 11)
        #expect(targets.count { $0.attribute == .expected } == 10)
        let cells = targets.map { ($0.baselines.map(\.figure) + [$0.target.figure]) }
        #expect(cells.flatMap { $0 }.count { $0.kind == .cumulative } == 9)
        #expect(targets.count { $0.judged().reasons.contains(.targetSetAbove) } == 6)
        #expect(cells.count { $0.first?.kind == .unknown } == 4)
    }

    @Test("E-28 four counties in one cell: 20 values and four targets")
    func countySeries() throws {
        let cell = "凉州区|民勤县|古浪县|天祝县"
        var series: [DatedFigure] = []
        let years = [
            ("2016", "95.0|95.0|85.0|90.0"), ("2017", "95.0|95.0|85.0|90.0"), ("2018", "95.0|95.0|85.8|90.0"),
            ("2019", "95.0|95.0|95.0|95.0"), ("2020", "97.0|96.8|96.7|96.0"),
        ]
        var record = TargetRecord(place: "line 14")
        record.texts = [.indicator: "sewage-treatment-rate", .region: cell, .unit: "%"]
        record.target = .init(text: "≥95.0|≥85.0|≥85.0|≥85.0", period: "2020")
        record.measured = years.map { .init(text: $1, period: $0) }
        let targets = try PlanTarget.targets(of: record)
        for target in targets { series += target.measured }
        #expect(targets.map(\.regionName) == ["凉州区", "民勤县", "古浪县", "天祝县"])
        #expect(targets.map(\.target.figure.value) == [95, 85, 85, 85])
        #expect(series.count == 20)
        #expect(targets[2].measured.map(\.figure.value) == [85, 85, 85.8, 95, 96.7])
        #expect(targets.map { $0.judged().state } == [.met, .met, .met, .met])
    }

    @Test("E-28 the same series in the file with a row for each value", .enabled(if: Self.path != nil))
    func countySeriesInRows() throws {
        let file = try TargetFile(contentsOf: try #require(Self.path))
        let counties = file.targets.filter {
            $0.name == "城市污水处理率" && $0.target.period?.end == 2020 && $0.regionName != "武威市"
        }
        #expect(counties.map(\.regionName) == ["凉州区", "民勤县", "古浪县", "天祝县"])
        #expect(counties.flatMap(\.measured).count == 20)
        #expect(counties.map(\.target.figure.value) == [95, 85, 85, 85])
    }
}

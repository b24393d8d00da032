import RedlineGeometry
import Testing

@testable import RedlineKit

@Suite("Figures as plans print them")
struct FigureReadingTests {
    @Test(
        "A-12 full-width digits, comparators before and behind",
        arguments: [
            ("11．33％", PlanFigure.Kind.number, 11.33, PlanFigure.Comparator?.none), ("≥98", .number, 98, .atLeast),
            ("> 90", .number, 90, .moreThan), ("< 15", .number, 15, .lessThan),
            ("90%左右", .approximate, 90, .about), ("24%以上", .number, 24, .atLeast),
            ("不低于 70%", .number, 70, .atLeast), ("≤３５", .number, 35, .atMost), ("不超过35%", .number, 35, .atMost),
            ("15%以内", .number, 15, .atMost), ("近90％", .approximate, 90, .about), ("超过50％", .number, 50, .moreThan),
            ("达到 30%", .number, 30, nil), ("1,702.81", .number, 1702.81, nil), ("－1．76", .number, -1.76, nil),
            ("ΔE ≥ 0", .number, 0, .atLeast), ("15.94（较 2015 年）", .number, 15.94, nil),
            ("[1702.81]", .cumulative, 1702.81, nil), ("〔300〕", .cumulative, 300, nil),
            ("Ⅱ类及以上", .ordinalClass, 2, .atMost), ("III类", .ordinalClass, 3, .atMost),
            ("劣Ⅴ类", .ordinalClass, 6, .atMost), ("class II or better", .ordinalClass, 2, .atMost),
        ])
    func numbers(text: String, kind: PlanFigure.Kind, value: Double, comparator: PlanFigure.Comparator?) {
        let figure = PlanFigure(reading: text)
        #expect(figure.kind == kind)
        #expect(figure.value == value)
        #expect(figure.comparator == comparator)
        #expect(figure.raw == text)
    }

    @Test("A-12 6．71万亩 is an area of 6.71 × 10⁴ mu")
    func mu() {
        let figure = PlanFigure(reading: "6．71万亩")
        #expect(figure.value == 6.71)
        #expect(figure.unit == .area(.tenThousandMu, times: 1))
        #expect(abs((figure.value(in: .area(.squareKilometer, times: 1)) ?? 0) - 44.733333333333) < 1e-11)
    }

    @Test(
        "A-09, A-10 units and powers of ten convert exactly",
        arguments: [
            ("814.36 万公顷", "km2", 81436.0), ("814.36 万公顷", "万亩", 12215.4), ("29.27 万km²", "km2", 292_700),
            ("35 万公顷", "km2", 3500), ("8.7 万亩", "km2", 58), ("652.9 万平方米", "km2", 6.529),
            ("0.12 亿亩", "万亩", 1200), ("3 亿平方米", "平方公里", 300), ("5千公顷", "万公顷", 0.5), ("2万平方公里", "万公顷", 200),
            ("1 ㎢", "亩", 1500),
        ])
    func units(text: String, unit: String, value: Double) throws {
        let figure = PlanFigure(reading: text)
        #expect(figure.value(in: PlanUnit(parsing: unit)) == value)
    }

    @Test("A-10 33 280 m is a length and refuses to become an area")
    func length() {
        let figure = PlanFigure(reading: "33280 米")
        #expect(figure.unit == .length(.meter, times: 1))
        #expect(figure.value(in: .area(.squareMeter, times: 1)) == nil)
        #expect(PlanFigure(reading: "306 公里").value(in: .length(.meter, times: 1)) == 306_000)
    }

    @Test(
        "Words that are no number",
        arguments: [
            ("不降低", PlanFigure.Kind.notLower), ("不低于2020年水平", .notLower), ("不增加", .notHigher),
            ("省级下达指标", .setByHigherLevel), ("国家下达目标内", .setByHigherLevel), ("以国家批准面积为准", .approvedGeometry),
            ("市控标准以内", .byReferenceStandard), ("不发生", .zeroEvents), ("无变化", .noChange), ("稳中向好", .qualitative),
            ("有效保障", .qualitative), ("“基本稳定”以上", .qualitative), ("set by the higher level", .setByHigherLevel),
        ])
    func words(text: String, kind: PlanFigure.Kind) { #expect(PlanFigure(reading: text).kind == kind) }

    @Test("H-10 a column that mixes ways of writing")
    func mixedColumn() {
        let column = ["12.5", "12．5", "12.5 %", "-"].map { PlanFigure(reading: $0) }
        #expect(column.map(\.value) == [12.5, 12.5, 12.5, nil])
        #expect(column.map(\.kind) == [.number, .number, .number, .unknown])
        #expect(column[2].unit == .percent)
    }

    @Test("E-18 dashes and blanks are unknown, 0 is zero")
    func unknown() {
        for text in ["-", "—", "", "  ", "－", "/", "――"] {
            let figure = PlanFigure(reading: text)
            #expect(figure.kind == .unknown, "'\(text)'")
            #expect(figure.value == nil)
        }
        #expect(PlanFigure(reading: "0").value == 0)
        #expect(PlanFigure(reading: "0").kind == .number)
    }

    @Test(
        "Digits that make no figure are said to be unreadable", arguments: ["80-85", "比2020年下降10%", "1.2.3", "≥90以下"])
    func unreadable(text: String) { #expect(PlanFigure(reading: text).kind == .unreadable) }

    @Test("E-25 323 of 366 days are 88.25 %, which prints 88.3")
    func ratio() throws {
        let figure = PlanFigure(reading: "323/366")
        let value = try #require(figure.value)
        #expect(abs(value - 88.251366120218) < 1e-12)
        #expect(figure.roundingHalfWidth == 0)
        #expect(PlanFigure(reading: "88.3%").isPrinted(of: value))
        #expect(!PlanFigure(reading: "88.2%").isPrinted(of: value))
    }

    @Test("E-26 of 84 sources, 97.6 % can only be 82")
    func counts() {
        #expect(PlanFigure(reading: "97.6%").counts(of: 84) == [82])
        #expect(PlanFigure(reading: "97.7%").counts(of: 84).isEmpty)
        #expect(PlanFigure(reading: "98%").counts(of: 840) == Array(819...827))
    }
}

import RedlineGeometry
import RedlineKit
import Testing

@testable import RedlineReport

@Suite("Screening results as text")
struct ScreeningTextTests {
    private func text(_ result: ScreeningResult, _ language: Language, unit: AreaUnit = .hectare) throws -> String {
        var settings = ReportSettings()
        settings.language = language
        settings.unit = unit
        return try ReportFixture.text { try ScreeningReport(result, settings: settings).writeText(to: $0) }
    }

    @Test("The text says what it is, in both languages")
    func honestLabel() throws {
        let result = ReportFixture.everything
        #expect(try text(result, .en).hasSuffix("Screening result, not an approval.\n"))
        #expect(try text(result, .zh).hasSuffix("筛查结果，不是审批意见。\n"))
        #expect(try text(result, .en).contains("No rules were judged"))
        #expect(try text(result, .en).contains("this is no clearance (no extent is declared by Control units): 5"))
    }

    @Test("Every site that is not clear is named, with its reason")
    func reasons() throws {
        let text = try text(ReportFixture.everything, .en)
        #expect(text.contains("outside the extent that the layer declares"))
        #expect(text.contains("in no unit of a layer"))
        #expect(text.contains("ring self-intersection at 95.1 37.2"))
        #expect(text.contains("in two units of a layer"))
        #expect(text.contains("123.46 m"))
        #expect(text.contains("三江源 *"))
    }

    @Test("Columns line up where Chinese characters are two columns wide")
    func alignment() throws {
        let lines = try text(ReportFixture.everything, .zh).split(separator: "\n").map(String.init)
        let start = try #require(lines.firstIndex { $0.hasPrefix("分图层合计") })
        let table = lines[(start + 1)..<(start + 5)]
        // Areas are right-aligned, so each row's second figure ends in the same column.
        let ends = table.map { line -> Int in
            let cells = line.split(separator: " ")
            let head = line.prefix(upTo: cells[1].endIndex)
            return TerminalText.width(String(head))
        }
        #expect(Set(ends).count == 1)
    }

    @Test(
        "Text is as wide as a terminal shows it",
        arguments: [("abc", 3), ("红线", 4), ("e\u{301}", 1), ("ｶ", 1), ("（）", 4), ("𠀀", 2), ("㎡", 2), ("", 0)])
    func width(text: String, expected: Int) {
        #expect(TerminalText.width(text) == expected)
    }

    @Test("A name from a file cannot steer the terminal")
    func controlCharacters() {
        #expect(TerminalText.plain("a\u{1B}[2Jb\nc\u{202E}") == "a [2Jb c ")
    }

    @Test(
        "Small parts never print as nothing and never as all",
        arguments: [(0.0, "0.00%"), (0.000_000_1, "<0.01%"), (0.5, "50.00%"), (0.999_999, ">99.99%"), (1.0, "100.00%")])
    func percents(share: Double, expected: String) {
        #expect(PrintedNumbers.percent(share) == expected)
    }

    @Test("Areas print in the unit asked for")
    func units() {
        // Acceptance case A-02: one cell in four units.
        let area = 98_719_156.289364
        let expected: [AreaUnit: String] = [
            .squareMeter: "98719156.29", .hectare: "9871.9156", .mu: "148078.734", .squareKilometer: "98.719156",
        ]
        for (unit, text) in expected {
            #expect(PrintedNumbers.fixed(Area(squareMeters: area).value(in: unit), decimals: unit.decimals) == text)
        }
    }

    @Test("Lengths print in metres, and in kilometres from one on")
    func lengths() {
        #expect(PrintedNumbers.length(8895.335, .en) == "8.895 km")
        #expect(PrintedNumbers.length(999.994, .en) == "999.99 m")
        #expect(PrintedNumbers.length(0.001, .en) == "<0.01 m")
        #expect(PrintedNumbers.length(0, .en) == "0.00 m")
        #expect(PrintedNumbers.chosenLength(500, .en) == "500 m")
        #expect(PrintedNumbers.chosenLength(1500, .zh) == "1.5 公里")
    }
}

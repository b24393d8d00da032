import RedlineGeometry
import TestSupport
import Testing

@testable import RedlineKit

@Suite("States of targets (acceptance cases, section E)")
struct TargetStateTests {
    private typealias Judgement = TargetJudgement

    @Test("E-01 forest 4.1 to 4.35, 4.22 in 2023: behind the path of 4.25")
    func behindPath() throws {
        let judgement = try target("forest-coverage", baseline: "4.1", target: "4.35").judged(
            by: .share(0.0422, endOf: 2023))
        #expect(judgement.state == .behindPath)
        #expect(abs((judgement.pathNumber ?? 0) - 4.25) < 1e-12)
    }

    @Test("E-02 4.25 in 2023 is on the path; 4.35 in 2025 meets, 4.349 does not though it prints 4.35")
    func onPath() throws {
        let forest = try target("forest-coverage", baseline: "4.1", target: "4.35")
        #expect(forest.judged(by: .share(0.0425, endOf: 2023)).state == .onPath)
        #expect(forest.judged(by: .share(0.0435, endOf: 2025)).state == .met)
        let missed = forest.judged(by: .share(0.04349, endOf: 2025))
        #expect(missed.state == .notMet)
        #expect(missed.notes == [.printsAsTarget])
    }

    @Test("The path is asked on the day of the data: mid-2023 is half a year short of 2023")
    func pathOnADay() throws {
        let day = try #require(CalendarDate("2023-07-02"))
        let moment = PlanMoment(endOf: day)
        #expect(abs(moment.years - (2022 + 183.0 / 365)) < 1e-12)
        #expect(PlanMoment(endOf: try #require(CalendarDate("2023-12-31"))) == PlanMoment(endOf: 2023))
        #expect(PlanMoment(endOf: try #require(CalendarDate("2024-12-31"))) == PlanMoment(endOf: 2024))
        let evidence = TargetEvidence.measured(TargetMeasurement([.init(.share(0.0423), source: "x")], moment: moment))
        let judgement = try target("forest-coverage", baseline: "4.1", target: "4.35").judged(by: evidence)
        #expect(abs((judgement.pathNumber ?? 0) - (4.1 + 0.25 * (moment.years - 2020) / 5)) < 1e-12)
        #expect(judgement.state == .onPath)
    }

    @Test("E-03 a target that the higher level sets is not evaluable")
    func setAbove() throws {
        let judgement = try target("grass-cover", baseline: "44.86", target: "省级下达指标").judged(by: .share(0.45))
        #expect(judgement.state == .notEvaluable)
        #expect(judgement.reasons == [.targetSetAbove])
    }

    @Test("E-04 a baseline of - is unknown, not 0")
    func unknownBaseline() throws {
        let judgement = try target("wetland-protection-rate", baseline: "-", target: "省级下达指标").judged()
        #expect(judgement.state == .notEvaluable)
        #expect(judgement.reasons == [.targetSetAbove, .baselineUnknown])
        #expect(judgement.plannedChange == nil)
    }

    @Test(
        "E-05, E-06 a target below the baseline is met and flagged",
        arguments: [("good-air-days", "97.2", "96.3", 0.968), ("built-up-green-cover", "32.43", "30", 0.31)])
    func worseThanBaseline(indicator: String, baseline: String, goal: String, share: Double) throws {
        let judgement = try target(indicator, baseline: baseline, target: goal).judged(by: .share(share, endOf: 2025))
        #expect(judgement.state == .met)
        #expect(judgement.flags == [.worseThanBaseline])
        #expect(judgement.notes == [.targetWorseThanBaseline])
    }

    @Test("E-07 not lower than 20.52 with 20.46 is not met; against a printed 20.5 the rounding hides it")
    func notLower() throws {
        let exact = try target("redline-share", baseline: "20.52", target: "不降低")
        let missed = exact.judged(by: .share(0.2046, endOf: 2023))
        #expect(missed.state == .notMet)
        #expect(PlanFigure(reading: "20.5").isPrinted(of: missed.values[0].number))
        #expect(PlanFigure(reading: "20.5").isPrinted(of: 20.52))
        let printed = try target("redline-share", baseline: "20.5", target: "不降低")
        let hidden = printed.judged(by: .share(0.2046, endOf: 2023))
        #expect(hidden.state == .notEvaluable)
        #expect(hidden.reasons == [.withinRounding])
        #expect(printed.judged(by: .share(0.2044, endOf: 2023)).state == .notMet)
        #expect(printed.judged(by: .share(0.205, endOf: 2023)).state == .met)
        #expect(printed.judged(by: .share(0.2051)).state == .met)
    }

    @Test("E-08 as approved: not evaluable until the approved geometry is supplied, which then is the target")
    func approved() throws {
        let redline = try target("redline-area", baseline: "29.27", target: "以国家批准面积为准", unit: "万km²")
        let measured = TargetEvidence.area(Area(292_651, .squareKilometer), endOf: 2023)
        #expect(redline.judged(by: measured).reasons == [.approvedGeometryMissing])
        #expect(redline.judged(by: measured, approved: Area(292_700, .squareKilometer)).state == .notMet)
        #expect(redline.judged(by: measured, approved: Area(292_651, .squareKilometer)).state == .met)
    }

    @Test("E-09 a binding target is listed first, though it cannot be judged")
    func bindingFirst() throws {
        let forest = try target(
            "forest-coverage", baseline: "19.01", target: "完成省上下达目标", more: [.attribute: "约束性"])
        let others = [
            try target("pa-share", target: "24%以上", more: [.attribute: "预期性"]),
            try target("redline-share", baseline: "20", target: "不降低"),
        ]
        let judgements = (others + [forest]).map { $0.judged(by: .share(0.3)) }.bindingFirst
        #expect(judgements.map(\.target.indicator?.id) == ["forest-coverage", "pa-share", "redline-share"])
        #expect(judgements[0].state == .notEvaluable)
        #expect(judgements[0].reasons == [.targetSetAbove])
    }

    @Test("E-10 redline share with baseline - and a target set above: two reasons")
    func twoReasons() throws {
        let judgement = try target("redline-share", baseline: "-", target: "完成省上下达目标").judged(by: .share(0.28))
        #expect(judgement.state == .notEvaluable)
        #expect(judgement.reasons == [.targetSetAbove, .baselineUnknown])
    }

    @Test("E-11 protected areas of at least 24 % without a baseline: 24.3 meets, and there is no path")
    func withoutBaseline() throws {
        let areas = try target("pa-share", target: "24%以上")
        let judgement = areas.judged(by: .share(0.243, endOf: 2023))
        #expect(judgement.state == .met)
        #expect(judgement.pathNumber == nil)
        #expect(judgement.flags.isEmpty)
        let early = areas.judged(by: .share(0.23, endOf: 2023))
        #expect(early.state == .notEvaluable)
        #expect(early.reasons == [.noBaseline])
        #expect(areas.judged(by: .share(0.23, endOf: 2025)).state == .notMet)
    }

    @Test("E-12 class Ⅱ or better: Ⅰ meets, Ⅲ does not", arguments: [("Ⅰ类", true), ("Ⅱ类", true), ("Ⅲ类", false)])
    func ordinal(measured: String, isMet: Bool) throws {
        let water = try target(
            "section-water-class", baseline: "Ⅱ类及以上", target: "Ⅱ类及以上", unit: "class", measured: measured, "2025")
        #expect(water.judged().state == (isMet ? .met : .notMet))
    }

    @Test("E-13 no events: 0 meets, 1 does not", arguments: [("0", true), ("未发生", true), ("1", false)])
    func events(measured: String, isMet: Bool) throws {
        let events = try target(
            "environmental-emergencies", baseline: "未发生", target: "不发生", unit: "events", measured: measured, "2023")
        #expect(events.judged().state == (isMet ? .met : .notMet))
    }

    @Test("E-14 words without a measure get no verdict", arguments: ["稳中向好", "有效保障"])
    func qualitative(words: String) throws {
        let judgement = try target("eqi", baseline: "-", target: words, unit: nil).judged()
        #expect(judgement.state == .qualitative)
        #expect(judgement.reasons.isEmpty)
    }

    @Test("E-15 within the city's standard: the standard was not supplied")
    func standard() throws {
        let judgement = try target("pm25", target: "市控标准以内", 2026, unit: "µg/m³").judged()
        #expect(judgement.reasons == [.standardNotSupplied])
    }

    @Test("E-16 sums of two periods: no path, no comparison with the baseline")
    func cumulative() throws {
        let cut = try target("cod-project-cut", baseline: "[1702.81]", target: "[300]", unit: "t")
        let unmeasured = cut.judged()
        #expect(unmeasured.flags.isEmpty)
        #expect(unmeasured.notes.isEmpty)
        #expect(unmeasured.plannedChange == nil)
        let early = try target(
            "cod-project-cut", baseline: "[1702.81]", target: "[300]", unit: "t", measured: "120", "2023"
        )
        .judged()
        #expect(early.state == .notEvaluable)
        #expect(early.reasons == [.noPath])
        #expect(early.flags.isEmpty)
    }

    @Test("E-17 0 of 0 plots: no denominator, neither 0 nor 100")
    func noDenominator() throws {
        let judgement = try target("safe-use-farmland", baseline: "100", target: "100", measured: "0/0", "2025")
            .judged()
        #expect(judgement.state == .notEvaluable)
        #expect(judgement.reasons == [.noDenominator])
        #expect(judgement.values.isEmpty)
        let region = try target("redline-share", target: "≥ 20").judged(
            by: .measured(TargetMeasurement([.init(.noDenominator, source: "redline")], moment: nil)))
        #expect(region.reasons == [.noDenominator])
    }

    @Test("E-19 about 90 %: 88 needs a stated band, 90 meets")
    func about() throws {
        let about = try target("safe-use-farmland", target: "90%左右")
        #expect(about.judged(by: .share(0.88)).reasons == [.noBand])
        #expect(about.judged(by: .share(0.9)).state == .met)
        let banded = try target("safe-use-farmland", target: "90%左右", more: [.band: "2"])
        #expect(banded.judged(by: .share(0.88)).state == .met)
        #expect(banded.judged(by: .share(0.87, endOf: 2025)).state == .notMet)
    }

    @Test("E-20 a city that asks for less than its province is remarked on; E-21 one that asks for more is not")
    func levels() throws {
        func row(_ indicator: String, _ code: String, _ goal: String) throws -> PlanTarget {
            try target(indicator, target: goal, more: [.regionCode: code])
        }
        let film = TargetChecks([try row("film-recovery", "620000", "85"), try row("film-recovery", "620600", "82")])
        #expect(film.notes.map(\.kind) == [.belowHigherLevel])
        let manure = TargetChecks([
            try row("manure-use-rate", "620000", "80"), try row("manure-use-rate", "620600", "93"),
            try row("sewage-treatment-rate", "620000", "95"), try row("sewage-treatment-rate", "620600", "98"),
        ])
        #expect(manure.notes.isEmpty)
        #expect(RegionCode("632802")?.lies(in: "632800") == true)
        #expect(RegionCode("632802")?.lies(in: "630000") == true)
        #expect(RegionCode("632801101")?.lies(in: "632801") == true)
        #expect(RegionCode("632802")?.lies(in: "632700") == false)
        #expect(RegionCode("632800")?.lies(in: "632800") == false)
    }

    @Test("B-04 3 178 万亩 at 65.5 % and 2 227 万亩 at 45.9 % have one denominator, 32 321 to 32 371 km²")
    func oneDenominator() throws {
        func area(_ indicator: String, _ value: String) throws -> PlanTarget {
            try target(indicator, baseline: value, target: "不增加", unit: "万亩")
        }
        func share(_ indicator: String, _ value: String) throws -> PlanTarget {
            try target(indicator, baseline: value, target: "不增加")
        }
        func implied(_ area: String, _ share: String) throws -> ImpliedDenominator {
            try #require(
                ImpliedDenominator(area: PlanFigure(reading: area), share: PlanFigure(reading: share)))
        }
        let (wide, narrow) = (try implied("3178 万亩", "65.5%"), try implied("2227 万亩", "45.9%"))
        func tenThousandMu(_ area: Area) -> Double { (area.value(in: .tenThousandMu) * 10).rounded() / 10 }
        #expect(tenThousandMu(wide.lower) == 4848.2 && tenThousandMu(wide.upper) == 4855.6)
        #expect(tenThousandMu(narrow.lower) == 4846.6 && tenThousandMu(narrow.upper) == 4857.1)
        #expect(wide.agrees(with: narrow))
        #expect(max(wide.lower, narrow.lower).value(in: .squareKilometer).rounded() == 32_321)
        #expect(min(wide.upper, narrow.upper).value(in: .squareKilometer).rounded() == 32_371)
        let printed = [
            try area("desertified-area", "3178"), try share("desertified-share", "65.5"),
            try area("sandified-area", "2227"), try share("sandified-share", "45.9"),
        ]
        #expect(TargetChecks(printed).notes.isEmpty)
        // Over the sum of four county polygons the same area has 45.7 %: another denominator beside 65.5 %.
        var mixed = printed
        mixed[3] = try share("sandified-share", "45.7")
        #expect(TargetChecks(mixed).notes.map(\.kind) == [.denominatorsDiffer])
        #expect(TargetChecks(mixed).warnings.first?.en.contains("is a share of 32321–32371 km²") == true)
        #expect(ImpliedDenominator(area: PlanFigure(reading: "3178 万亩"), share: PlanFigure(reading: "-")) == nil)
        #expect(ImpliedDenominator(area: PlanFigure(reading: "3178 万元"), share: PlanFigure(reading: "5%")) == nil)
    }

    @Test(
        "G-01 a closing rate is what is closed over all",
        arguments: [
            (106, 9, 91.5), (73, 6, 91.8), (1984, 2, 99.9), (2643, 156, 94.1), (62, 4, 93.5),
        ])
    func closingRate(total: Int, open: Int, printed: Double) throws {
        let closing = try target(
            "source-rectified-share", target: "≥ 90", measured: "\(total - open)/\(total)", "2025",
            more: [.direction: "up"])
        let judgement = closing.judged()
        let rate = try #require(judgement.values.first).number
        #expect(abs(rate - 100 * Double(total - open) / Double(total)) < 1e-12)
        #expect((rate * 10).rounded() / 10 == printed)
        #expect(judgement.state == .met)
    }

    @Test("G-02 no entries at all have no closing rate, neither 0 nor 100 %")
    func noEntries() throws {
        let closing = try target(
            "source-rectified-share", target: "≥ 90", measured: "0/0", "2025", more: [.direction: "up"])
        #expect(closing.judged().state == .notEvaluable)
        #expect(closing.judged().reasons == [.noDenominator])
        #expect(closing.judged().values.isEmpty)
    }

    @Test("E-22 two values for one baseline are kept with their place, and the file asks which it is")
    func twoBaselines() throws {
        var safe = try target("safe-use-farmland", baseline: "98", target: "≥98")
        safe.baselines.append(DatedFigure(PlanFigure(reading: "95%"), period: PlanPeriod(2020), place: "line 14"))
        let early = safe.judged(by: .share(0.97, endOf: 2023))
        #expect(early.state == .notEvaluable)
        #expect(early.reasons == [.twoBaselines])
        #expect(early.notes.contains(.twoBaselines))
        #expect(safe.judged(by: .share(0.99, endOf: 2023)).state == .met)
        let remark = try #require(TargetChecks([safe]).notes.first)
        #expect(remark.kind == .twoBaselines)
        #expect(remark.text.en.contains("98 (line 2) or 95% (line 14)"))
    }

    @Test("E-23 figures that count 11 and 13 sections are not compared")
    func basesDiffer() throws {
        var sections = try target("section-good-share", baseline: "100", target: "≥ 95")
        sections.baselines[0].basis = "11 sections"
        sections.target.basis = "13 sections"
        let judgement = sections.judged(by: .share(0.9, endOf: 2023))
        #expect(judgement.reasons == [.basesDiffer])
        #expect(judgement.flags.isEmpty)
        #expect(TargetChecks([sections]).notes.map(\.kind) == [.basesDiffer])
    }

    @Test("E-24 379 to 270 is −28.8 %, and a printed −35 % is kept and remarked on")
    func plannedChange() throws {
        let water = try target(
            "water-per-10000-yuan", baseline: "379", target: "270", unit: "m³",
            more: [.change: "-35%", .direction: "down"])
        let judgement = water.judged()
        #expect(abs((judgement.plannedChange ?? 0) + 0.28759894459) < 1e-10)
        #expect(judgement.notes.contains(.statedChangeDiffers))
        #expect(judgement.target.statedChange?.raw == "-35%")
        let agreed = try target(
            "water-per-10000-yuan", baseline: "379", target: "270", unit: "m³",
            more: [.change: "-28.8%", .direction: "down"])
        #expect(!agreed.judged().notes.contains(.statedChangeDiffers))
    }

    @Test("E-26 a printed rate of a known number of things shows how many they are")
    func fittingCounts() throws {
        let sources = try target("source-water-good-share", target: "97.6%", more: [.total: "84"])
        #expect(sources.judged().fittingCounts == [82])
        let odd = try target("source-water-good-share", target: "97.7%", more: [.total: "84"])
        #expect(odd.judged().notes.contains(.noCountFits))
    }

    @Test("A-11 6.67 万亩 beside 35 万公顷 may be off by 15; the value stays as printed")
    func unitSlip() throws {
        let basin = try target("sandy-land-treated", target: "6.67 万亩", unit: nil, more: [.region: "柴达木地区"])
        let province = try target("sandy-land-treated", target: "35 万公顷", unit: nil, more: [.region: "青海省"])
        let checks = TargetChecks([basin, province])
        let remark = try #require(checks.notes.first)
        #expect(checks.notes.count == 1)
        #expect(remark.kind == .unitSlip)
        #expect(remark.text.en.contains("6.67 万亩 are 44.47 km², while 100 万亩 are 6.67 万公顷"))
        #expect(basin.target.figure.raw == "6.67 万亩")
        // 35.1 万亩 is no round number of anything.
        let plain = try target("sandy-land-treated", target: "35.13 万亩", unit: nil)
        #expect(TargetChecks([plain, province]).notes.isEmpty)
    }

    @Test("B-07 national parks over all protected ground, counted once and counted twice")
    func denominators() throws {
        func evidence(_ union: Double, _ sum: Double) -> TargetEvidence {
            .measured(
                TargetMeasurement(
                    [.init(.share(union), source: "union"), .init(.share(sum), source: "sum")],
                    moment: PlanMoment(endOf: 2025)))
        }
        let parks = try target("np-share-of-pa", baseline: "55.6", target: "70")
        let both = parks.judged(by: evidence(60.0 / 100, 60.0 / 110))
        #expect(both.state == .notMet)
        #expect(both.values.map(\.source) == ["union", "sum"])
        #expect(abs(both.values[1].number - 54.5454545454) < 1e-9)
        #expect(parks.judged(by: evidence(0.72, 0.68)).reasons == [.denominatorNotStated])
        #expect(
            try target("np-share-of-pa", target: "70", more: [.denominator: "union"]).judged(by: evidence(0.72, 0.68))
                .state == .met)
    }

    @Test("A unit that does not parse, and one of another kind, are said")
    func units() throws {
        let odd = try target("redline-area", target: "≥ 12 公顶", unit: nil).judged(by: .area(Area(12, .hectare)))
        #expect(odd.reasons == [.unitNotComparable])
        let length = try target("redline-area", target: "33280 米", unit: nil).judged(by: .area(Area(12, .hectare)))
        #expect(length.reasons == [.unitNotComparable])
        // 0.25 may be a fraction or a quarter of a per cent.
        let bare = try target("redline-share", target: "0.25", unit: nil).judged(by: .share(0.2))
        #expect(bare.reasons == [.unitNotComparable])
        #expect(try target("redline-share", target: "25", unit: nil).judged(by: .share(0.2)).state == .notMet)
    }

    @Test("A plain number needs a direction")
    func direction() throws {
        #expect(try target("某指标", target: "30").judged(by: .share(0.4)).reasons == [.directionUnknown])
        #expect(try target("某指标", target: "30", more: [.direction: "up"]).judged(by: .share(0.4)).state == .met)
        #expect(try target("某指标", target: "30", more: [.direction: "down"]).judged(by: .share(0.4)).state == .notMet)
    }

    @Test("An area fifteen times the baseline asks to look at the units")
    func unitOfBaseline() throws {
        let judgement = try target("wetland-area", baseline: "814.36", target: "814.36", unit: "万亩")
            .judged(by: .area(Area(814.36, .tenThousandHectares), endOf: 2025))
        #expect(judgement.notes == [.unitMayBeOff])
    }

    @Test("Laws: a better value never gets a worse state, and states do not depend on the unit")
    func laws() throws {
        var random = SeededGenerator(seed: 20_251_231)
        let order: [TargetJudgement.State] = [.behindPath, .notMet, .onPath, .met]
        for _ in 0..<500 {
            let baseline = Double.random(in: 1...60, using: &random)
            let goal = Double.random(in: 1...60, using: &random)
            let year = Int.random(in: 2020...2026, using: &random)
            let plan = try target("redline-share", baseline: String(baseline), target: String(goal))
            let values = [Double.random(in: 0...0.7, using: &random), Double.random(in: 0...0.7, using: &random)]
                .sorted()
            let states = values.map { plan.judged(by: .share($0, endOf: year)).state }
            let ranks = states.map { order.firstIndex(of: $0) ?? -1 }
            #expect(ranks[0] <= ranks[1], "\(baseline) → \(goal), \(values) in \(year): \(states)")
            #expect(!ranks.contains(-1))
            let inHectares = try target("redline-area", baseline: "\(baseline) 公顷", target: "\(goal) 公顷", unit: nil)
            let inMu = try target(
                "redline-area", baseline: "\(baseline * 15) 亩", target: "\(goal * 15) 亩", unit: nil)
            let area = TargetEvidence.area(Area(values[0] * 100, .hectare), endOf: year)
            #expect(inHectares.judged(by: area).state == inMu.judged(by: area).state)
        }
    }
}

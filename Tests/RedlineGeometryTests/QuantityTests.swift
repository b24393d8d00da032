import RedlineGeometry
import TestSupport
import Testing

@Test("A-02: the cell in hectares, mu and square kilometres, to six printed places")
func cellInItsUnits() {
    let cell = Area(squareMeters: 98_719_156.289_363_65)
    // Half a unit of the last printed place.
    #expect(abs(cell.value(in: .hectare) - 9_871.915_629) <= 5e-7)
    #expect(abs(cell.value(in: .mu) - 148_078.734_434) <= 5e-7)
    #expect(abs(cell.value(in: .squareKilometer) - 98.719_156) <= 5e-7)
    #expect(cell.value(in: .squareMeter) == cell.squareMeters)
}

@Test("A-09: 814.36 万公顷 is 81 436 km², 8 143 600 ha and 12 215.4 万亩, and back, exactly")
func unitRoundTrip() {
    let area = Area(814.36, .tenThousandHectares)
    #expect(area.value(in: .squareKilometer) == 81_436)
    #expect(area.value(in: .hectare) == 8_143_600)
    #expect(area.value(in: .tenThousandMu) == 12_215.4)
    #expect(Area(12_215.4, .tenThousandMu).value(in: .tenThousandHectares) == 814.36)
    #expect(Area(8_143_600, .hectare).value(in: .tenThousandHectares) == 814.36)
    #expect(Area(81_436, .squareKilometer) == area)
}

@Test(
    "A-10: a list of units in their own text",
    arguments: [
        ("29.27 万km²", 292_700.0), ("35 万公顷", 3_500.0), ("8.7 万亩", 58.0), ("31.7 万亩", 634.0 / 3),
        ("652.9 万m²", 6.529), ("1.5e3亩", 1.0),
    ])
func unitList(text: String, squareKilometers: Double) throws {
    let area = try #require(Area(parsing: text))
    #expect(area.value(in: .squareKilometer) == squareKilometers)
}

@Test(
    "A-10: what is no area refuses to become one",
    arguments: ["33280 m", "33 280 m", "12", "", "亩", "-3 ha", "nan ha", "inf ha", "1e ha", "0x10 ha", "1.2.3 ha"])
func noArea(text: String) { #expect(Area(parsing: text) == nil) }

@Test(
    "A length is a number with its unit, metres where it has none",
    arguments: [
        ("500", 500.0), ("500m", 500), ("0.5 km", 500), ("1 mm", 0.001), ("2 cm", 0.02), (" 1e3 m ", 1000),
        ("300米", 300), ("5 公里", 5000), ("1.5千米", 1500), ("0", 0), (".5", 0.5),
    ])
func lengthText(text: String, meters: Double) { #expect(Length(parsing: text)?.meters == meters) }

@Test(
    "What is no length refuses to become one",
    arguments: ["", "m", "-5", "5 ha", "5 m2", "5e", "e5", "inf", "nan", "1e400", "5 m 3", "0x5", "５m"])
func noLength(text: String) { #expect(Length(parsing: text) == nil) }

@Test("Every unit's raw value and both symbols of it are read back")
func unitsReadBack() {
    for unit in AreaUnit.allCases {
        #expect(AreaUnit(parsing: unit.rawValue) == unit)
        #expect(AreaUnit(parsing: unit.chineseSymbol) == unit)
    }
    for unit in LengthUnit.allCases {
        #expect(LengthUnit(parsing: unit.symbol) == unit)
        #expect(LengthUnit(parsing: unit.chineseSymbol) == unit)
    }
}

@Test("A printed figure of up to six places survives square metres and comes back the same")
func figuresSurvive() {
    var generator = SeededGenerator(seed: 15)
    for _ in 0..<20_000 {
        let printed = Double(Int.random(in: 0..<10_000_000, using: &generator)) / 1000
        for unit in AreaUnit.allCases where Area(printed, unit).value(in: unit) != printed {
            // One rounding each way: the neighbour at most.
            #expect(abs(Area(printed, unit).value(in: unit) - printed) <= printed.ulp, "\(printed) \(unit)")
        }
    }
}

@Test("Sums and differences are those of the amounts, and order follows them")
func quantityArithmetic() {
    var area = Area(1, .hectare) + Area(15, .mu)
    area -= Area(1, .hectare)
    #expect(area == Area(1, .hectare))
    #expect((Area.zero - area).squareMeters == -10_000)
    #expect(Area(14, .mu) < Area(1, .hectare))
    #expect(Length(1, .kilometer) - Length(meters: 1) == Length(meters: 999))
}

import Foundation
import Testing

/// Figures that plans print, made again by layers of the same areas.
@Suite("Acceptance cases: figures of plans")
struct UnitCaseTests {
    /// A strip of the cell's latitudes with this area, beginning at a longitude.
    private func strip(_ west: Double, squareKilometers: Double) -> Shape {
        .box(west, west + squareKilometers * 1e6 / Cell.area * 0.1)
    }

    private let tenThousandMu = 1e4 / 1500.0

    private func percent(_ share: Double?) -> Double { ((share ?? -1) * 1000).rounded() / 10 }

    @Test("B-05: over the sum of four counties the classes have 65.3 and 45.7 %, and the table says of what")
    func anotherDenominator() throws {
        let folder = try WorkFolder()
        // Four counties side by side that have 32 468.8 km² together.
        let parts = [5_000.0, 15_900, 5_050, 6_518.8]
        var counties: [Shape] = []
        var west = 80.0
        for (place, part) in parts.enumerated() {
            let shape = strip(west, squareKilometers: part)
            counties.append(shape.with(["code": "62060\(place + 2)"]))
            west += part * 1e6 / Cell.area * 0.1
        }
        let zones = [
            strip(80, squareKilometers: 3178 * tenThousandMu).with(["code": "D", "class": "desertified"]),
            strip(80, squareKilometers: 2227 * tenThousandMu).with(["code": "S", "class": "sandified"]),
        ]
        let file = try folder.share(zones: zones, regions: counties, ["--by", "class"])
        let rows = ["desertified", "sandified"].map { file.row("total", "zones", class: $0) }
        #expect(rows.map { percent($0?.share) } == [65.3, 45.7])
        #expect(rows.allSatisfy { agrees($0?.region_area_m2, 32_468.8e6) })
        let text = try RedlineCommand.run(
            [
                "share", "-c", "catalog.yaml", "--zones", "zones", "--by", "class", "-f", "text", "--unit", "km2",
                "--language", "en",
            ],
            in: folder)
        #expect(text.output.contains("Denominator: the whole region"))
        #expect(text.output.contains("32468.8") && text.output.contains("65.25%") && text.output.contains("45.73%"))
    }

    @Test("B-06: of 32 346 km², 24 % are 7 763 km² and 19.01 % are 6 149 km²")
    func orderOfMagnitude() throws {
        let folder = try WorkFolder()
        let width = 32_346e6 / Cell.area * 0.1
        for (share, squareKilometers) in [(0.24, 7763.0), (0.1901, 6149)] {
            let file = try folder.share(
                zones: [Shape.box(80, 80 + share * width).zone("Z")], regions: [Shape.box(80, 80 + width).zone("R")])
            let row = try #require(file.row("R"))
            #expect(abs((row.share ?? 0) - share) < 1e-9)
            #expect(abs(row.zone_area_m2 / 1e6 - squareKilometers) <= 1)
        }
    }

    @Test("B-08: 666 of 831 万亩 are 80.1 %; 6.71 and 1.53 万亩 are 44.7 and 10.2 km²")
    func farmland() throws {
        let folder = try WorkFolder()
        let region = strip(80, squareKilometers: 831 * tenThousandMu).zone("R")
        let farmland = try folder.share(
            zones: [strip(80, squareKilometers: 666 * tenThousandMu).zone("F")], regions: [region])
        #expect(percent(farmland.row("R")?.share) == 80.1)
        for (amount, squareKilometers) in [(6.71, "44.7"), (1.53, "10.2")] {
            let zone = strip(80, squareKilometers: amount * tenThousandMu).zone("F")
            let area = try #require(try folder.share(zones: [zone], regions: [region]).row("R")).zone_area_m2
            #expect(String(format: "%.1f", area / 1e6) == squareKilometers)
            let options = ["share", "-c", "catalog.yaml", "--zones", "zones", "-f", "text", "--language", "en"]
            let inMu = try RedlineCommand.run(options + ["--unit", "mu"], in: folder)
            #expect(inMu.output.contains(String(format: "%.0f", amount * 1e4)))
            let inKilometers = try RedlineCommand.run(options + ["--unit", "km2"], in: folder)
            #expect(inKilometers.output.contains(" \(squareKilometers)"))
        }
    }

    @Test(
        "B-15: units that tile add up, in per cent and in number",
        arguments: [([697, 293, 104], 1094), ([491, 263, 88], 842)])
    func tiling(counts: [Int], all: Int) throws {
        let folder = try WorkFolder()
        let (classes, shares) = (["priority", "key", "general"], [0.3176, 0.1547, 0.5277])
        var zones: [Shape] = []
        var west = 80.0
        for (place, count) in counts.enumerated() {
            let end = west + 20 * shares[place]
            let lines = (0...count).map { $0 == count ? end : west + (end - west) * Double($0) / Double(count) }
            for (left, right) in zip(lines, lines.dropFirst()) {
                zones.append(Shape.box(left, right).with(["code": "U\(zones.count)", "class": classes[place]]))
            }
            west = end
        }
        let file = try folder.share(zones: zones, regions: [Shape.box(80, west).zone("R")], ["--by", "class"])
        let rows = classes.map { file.row("R", "zones", class: $0) }
        let printed = rows.map { (($0?.share ?? 0) * 10_000).rounded() }
        #expect(printed == [3176, 1547, 5277] && printed.reduce(0, +) == 10_000)
        #expect(rows.map { $0?.zones } == counts)
        let whole = try #require(file.row("R", "zones", class: "*"))
        #expect(whole.zones == all && whole.share == 1)
        #expect(abs(rows.reduce(0) { $0 + ($1?.share ?? 0) } - 1) < 1e-9)
        // Neighbours share a line and no ground.
        #expect(whole.double_counted_m2 <= 1e-9 * whole.zone_area_m2)
    }
}

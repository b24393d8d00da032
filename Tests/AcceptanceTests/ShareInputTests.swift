import Foundation
import Testing

/// What `redline share --ledger -f json` wrote.
struct LedgerFile: Decodable {
    struct Row: Decodable {
        var key: String
        var region_code: String?
        var zone_code: String?
        var area_m2: Double
        var share_of_region: Double?
        var share_of_zone: Double
        var zone_area_m2: Double
    }

    var rows: [Row]
}

/// Layers as they come: regions that overlap, gape, repeat, lack codes.
@Suite("Shares of imperfect layers")
struct ShareInputTests {
    private let zone = [Shape.box(95.0, 95.1).with(["code": "Z"])]

    private func region(_ west: Double, _ east: Double, _ code: String, _ name: String? = nil) -> Shape {
        Shape.box(west, east).with(name.map { ["code": code, "name": $0] } ?? ["code": code])
    }

    @Test("A gap between regions is told with its area, a common border is none")
    func gap() throws {
        let folder = try WorkFolder()
        // The notch of the first is closed by the second, but for a strip.
        let first = Shape.polygon([
            (95.0, 37.0), (95.2, 37.0), (95.2, 37.03), (95.1, 37.03), (95.1, 37.07), (95.2, 37.07), (95.2, 37.1),
            (95.0, 37.1),
        ]).with(["code": "1"])
        let second = Shape.polygon([
            (95.2, 37.0), (95.3, 37.0), (95.3, 37.1), (95.2, 37.1), (95.2, 37.07), (95.12, 37.07), (95.12, 37.03),
            (95.2, 37.03),
        ]).with(["code": "2"])
        let file = try folder.share(zones: zone, regions: [first, second])
        let warning = try #require(file.warnings("gaps").first)
        // 0.02 by 0.04 degrees, with the mean latitude of the cell.
        let hectares = Cell.strip(0.02) * 0.4 / 1e4
        #expect(
            warning.contains("1 gaps of \((hectares * 10_000).rounded() / 10_000)")
                || warning.contains("1 gaps of 789."))
        let tiled = try folder.share(zones: zone, regions: [region(95.0, 95.1, "1"), region(95.1, 95.3, "2")])
        #expect(tiled.warnings("gaps").isEmpty && tiled.warnings("overlap").isEmpty)
    }

    @Test("A code on rows of different names stays two regions, and is told")
    func doubledCode() throws {
        let folder = try WorkFolder()
        let file = try folder.share(
            zones: zone, regions: [region(95.0, 95.1, "632801", "格尔木市"), region(95.1, 95.2, "632801", "德令哈市")])
        #expect(file.rows.map(\.region_name) == ["格尔木市", "德令哈市", nil])
        #expect(file.warnings("same code", "格尔木市", "德令哈市").count == 1)
    }

    @Test("Regions without a code go by their names, and that is told")
    func missingCode() throws {
        let folder = try WorkFolder()
        let file = try folder.share(
            zones: zone, regions: [Shape.box(95.0, 95.1).with(["name": "甲"]), region(95.1, 95.2, "2", "乙")])
        #expect(file.rows.map(\.region_code) == [nil, "2", "total"])
        #expect(file.warnings("1 regions have no code").count == 1)
    }

    @Test("A stub among counties is warned of")
    func stub() throws {
        let folder = try WorkFolder()
        let file = try folder.share(
            zones: zone,
            regions: [
                region(95.0, 96.0, "44001"), region(96.0, 97.0, "44003"), region(97.0, 97.0004, "44009", "Washington"),
            ])
        #expect(file.warnings("'44009 Washington'", "stub").count == 1)
    }

    @Test("Zones outside every region are counted by none, and told with their area")
    func outside() throws {
        let folder = try WorkFolder()
        let zones =
            zone + [Shape.box(96.0, 96.1).with(["code": "far"]), Shape.box(95.15, 95.25).with(["code": "half"])]
        let file = try folder.share(zones: zones, regions: [region(95.0, 95.2, "1")])
        #expect(file.warnings("1 zones", "far", "lie in no region", "9871.9156 ha").count == 1)
        #expect(agrees(file.closure.first?.outside_regions_m2, Cell.strip(0.15)))
        #expect(file.row("total")?.zones == 2)
    }

    @Test("A touch, and a sliver of half a millimetre, are no zones of the region; two millimetres are")
    func width() throws {
        let folder = try WorkFolder()
        // 1e-8° of longitude are 0.9 mm here.
        for (gap, expected) in [(0.0, 0), (5e-9, 0), (2.5e-8, 1)] {
            let file = try folder.share(zones: [Shape.box(95.1 - gap, 95.2)], regions: [region(95.0, 95.1, "1")])
            #expect(file.row("1")?.zones == expected, "\(gap)")
        }
    }

    @Test("A region that a layer does not claim to cover has a share that is not known")
    func uncovered() throws {
        let folder = try WorkFolder()
        let regions = [region(95.0, 95.1, "1"), region(95.1, 95.3, "2")]
        let box = try folder.share(
            zones: zone, regions: regions, top: "regions: regions\nextent: {bbox: [94, 36, 95.2, 38]}")
        #expect(box.not_covered?.map(\.region_code) == ["2"])
        #expect(agrees(box.not_covered?.first?.area_m2, Cell.strip(0.1)))
        #expect(box.warnings("leaves out ground of 1 regions", "not known").count == 1)
        let none = try folder.share(zones: zone, regions: regions, top: "regions: regions")
        #expect(none.warnings("declares no extent").count == 1 && none.not_covered == nil)
    }

    @Test("An unknown layer, a layer without areas and a class that no zone has are refused with a remedy")
    func refused() throws {
        let folder = try WorkFolder()
        _ = try folder.share(zones: zone, regions: [region(95.0, 95.2, "1")])
        let base = ["share", "-c", "catalog.yaml", "--zones"]
        let unknown = try RedlineCommand.run(base + ["zonse"], in: folder)
        #expect(unknown.status == 1 && unknown.message.contains("Did you mean 'zones'?"))
        let part = try RedlineCommand.run(base + ["zones", "--without", "zones:water"], in: folder)
        #expect(part.status == 1 && part.message.contains("no zone of the class 'water'"))
        try folder.write("regions.geojson", [Shape.point(95, 37)])
        let flat = try RedlineCommand.run(base + ["zones"], in: folder)
        #expect(flat.status == 1 && flat.message.contains("Regions are polygons."))
        #expect(flat.output.isEmpty)
    }

    @Test("The ledger's rows add up to zones and regions, and keep their keys when an edition changes")
    func ledger() throws {
        let folder = try WorkFolder()
        func read() throws -> [LedgerFile.Row] {
            let outcome = try RedlineCommand.run(
                ["share", "-c", "catalog.yaml", "--zones", "zones", "--ledger", "-f", "json"], in: folder)
            return try JSONDecoder().decode(LedgerFile.self, from: Data(outcome.output.utf8)).rows
        }
        let zones = [Shape.box(95.0, 95.3).with(["code": "A"]), Shape.box(95.4, 95.5).with(["code": "B"])]
        let regions = [region(94.9, 95.18, "1"), region(95.18, 95.45, "2")]
        let table = try folder.share(zones: zones, regions: regions)
        let rows = try read()
        #expect(rows.map(\.region_code) == ["1", "2", "2", nil] && rows.map(\.zone_code) == ["A", "A", "B", "B"])
        for code in ["A", "B"] {
            let own = rows.filter { $0.zone_code == code }
            #expect(agrees(own.reduce(0) { $0 + $1.area_m2 }, own[0].zone_area_m2))
            #expect(abs(own.reduce(0) { $0 + $1.share_of_zone } - 1) < 1e-9)
        }
        for code in ["1", "2"] {
            let sum = rows.filter { $0.region_code == code }.reduce(0) { $0 + $1.area_m2 }
            #expect(agrees(sum, table.row(code)?.gross_area_m2 ?? -1))
        }
        // The next edition: zone A has grown, the file is in another order.
        try folder.write(
            "zones.geojson", [Shape.box(95.4, 95.5).with(["code": "B"]), Shape.box(95.0, 95.35).with(["code": "A"])])
        #expect(Set(try read().map(\.key)) == Set(rows.map(\.key)) && Set(rows.map(\.key)).count == 4)
    }
}

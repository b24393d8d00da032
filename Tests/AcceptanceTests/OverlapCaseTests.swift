import Foundation
import Testing

/// What `redline overlaps -f json` wrote.
struct OverlapFile: Decodable {
    struct Row: Decodable {
        var layer_a: String
        var zone_a: String
        var layer_b: String
        var zone_b: String
        var relation: String
        var overlap_area_m2: Double
        var share_a: Double
        var share_b: Double
        var width_m: Double
    }

    struct DoubleCounting: Decodable {
        struct Depth: Decodable {
            var zones: Int
            var area_m2: Double
        }

        var union_m2: Double?
        var gross_m2: Double?
        var double_counted_m2: Double?
        var by_depth: [Depth]?
        var pairs_m2: Double?
        var expected_pairs_m2: Double?
        var residual_m2: Double?
        var shared_ground_m2: Double?
    }

    var rows: [Row]
    var double_counting: DoubleCounting

    /// The row of a pair; nil for none.
    func row(_ a: String, _ b: String) -> Row? { rows.first { $0.zone_a == a && $0.zone_b == b } }
}

extension WorkFolder {
    /// Looks for overlaps and reads the JSON.
    func overlaps(_ options: String...) throws -> OverlapFile {
        let arguments = ["overlaps", "-c", "catalog.yaml", "-f", "json", "--layers"] + options
        let outcome = try RedlineCommand.run(arguments, in: self)
        try #require(outcome.status == 0, "\(outcome.message)")
        return try JSONDecoder().decode(OverlapFile.self, from: Data(outcome.output.utf8))
    }
}

@Suite("Which zones overlap which")
struct OverlapCaseTests {
    private func folder(_ zones: [Shape], _ others: [Shape] = [], _ keys: String...) throws -> WorkFolder {
        let folder = try WorkFolder()
        try folder.write("zones.geojson", zones)
        try folder.write("others.geojson", others)
        _ = try folder.catalog([
            "  - id: zones\n    family: ecological-redline\n    source: zones.geojson\n"
                + keys.map { "    \($0)\n" }.joined(),
            WorkFolder.layer("others"),
        ])
        return folder
    }

    @Test("Three zones on one ground are three pairs, which explain what counts twice")
    func threeWay() throws {
        let work = try folder([
            Shape.box(95.0, 95.1).zone("A"), Shape.box(95.05, 95.15).zone("B"), Shape.box(95.05, 95.10).zone("C"),
        ])
        let file = try work.overlaps("zones")
        #expect(file.rows.count == 3)
        for (a, b) in [("A", "B"), ("A", "C"), ("B", "C")] {
            #expect(agrees(file.row(a, b)?.overlap_area_m2, 49_359_578.145), "\(a)\(b)")
        }
        let row = try #require(file.row("B", "C"))
        #expect(abs(row.share_a - 0.5) < 1e-12 && row.share_b == 1 && row.relation == "overlaps")
        // 4447 m by 11 097 m: twice the area over the boundary.
        #expect(abs(row.width_m - 49_359_578 * 2 / (2 * (4_447.7 + 11_097.9))) < 5)
        let counting = file.double_counting
        #expect(agrees(counting.union_m2, 148_078_734.434) && agrees(counting.gross_m2, 246_797_890.723))
        #expect(agrees(counting.double_counted_m2, 98_719_156.289))
        #expect(counting.by_depth?.map(\.zones) == [1, 2, 3])
        #expect(agrees(counting.by_depth?.last?.area_m2, 49_359_578.145) && counting.by_depth?[1].area_m2 == 0)
        #expect(agrees(counting.pairs_m2, 3 * 49_359_578.145) && agrees(counting.expected_pairs_m2, 3 * 49_359_578.145))
        #expect(abs(counting.residual_m2 ?? 1) < 1e-3)
    }

    @Test("Neighbours are listed as touching only where asked for, corners too")
    func touching() throws {
        let work = try folder([
            Shape.box(95.0, 95.1).zone("A"), Shape.box(95.1, 95.2).zone("B"),
            Shape.box(95.2, 95.3, 37.1, 37.2).zone("C"),
            Shape.box(95.5, 95.6).zone("D"),
        ])
        #expect(try work.overlaps("zones").rows.isEmpty)
        let file = try work.overlaps("zones", "--touching")
        #expect(file.rows.map { $0.zone_a + $0.zone_b } == ["AB", "BC"])
        #expect(file.rows.allSatisfy { $0.relation == "touches" && $0.overlap_area_m2 == 0 && $0.width_m == 0 })
        let outcome = try RedlineCommand.run(
            ["overlaps", "-c", "catalog.yaml", "--layers", "zones", "--touching", "-f", "geojson"], in: work)
        #expect(outcome.output.contains(#""geometry":{"type":"LineString","coordinates":[[95.1,37.0],[95.1,37.1]]}"#))
        #expect(outcome.output.contains(#""geometry":{"type":"Point","coordinates":[95.2,37.1]}"#))
    }

    @Test("C-03, C-04: a sliver is told by its width, never by its area")
    func slivers() throws {
        // 1.5e-8° of longitude are 1.3 mm here; the border is 11 km long, so that the sliver has 15 m².
        let sliver = [Shape.box(95.0, 95.1).zone("A"), Shape.box(95.1 - 1.5e-8, 95.2).zone("B")]
        let exact = try folder(sliver).overlaps("zones", "--touching")
        #expect(exact.rows.map(\.relation) == ["overlaps"] && abs(exact.rows[0].width_m - 0.00133) < 1e-4)
        #expect(abs(exact.rows[0].overlap_area_m2 - Cell.strip(1.5e-8)) < 0.1)
        let loose = try folder(sliver, [], "tolerance: 1 cm")
        #expect(try loose.overlaps("zones").rows.isEmpty)
        let listed = try loose.overlaps("zones", "--touching")
        #expect(listed.rows.map(\.relation) == ["touches"] && abs(listed.rows[0].overlap_area_m2 - 14.8) < 0.2)
        #expect(try loose.overlaps("zones", "--tolerance", "1 mm").rows.map(\.relation) == ["overlaps"])
        // Half a metre by two metres: 1 m², and real.
        let thin = [Shape.box(95.0, 95.1).zone("A"), Shape.box(95.1 - 5.6e-6, 95.2, 37.05, 37.050018).zone("B")]
        #expect(try folder(thin, [], "tolerance: 1 cm").overlaps("zones").rows.map(\.relation) == ["overlaps"])
    }

    @Test("Between two layers each pair stands once, the largest first, and the common ground counts once")
    func twoLayers() throws {
        let work = try folder(
            [Shape.box(95.0, 95.1).zone("A"), Shape.box(95.05, 95.15).zone("B")],
            [Shape.box(95.08, 95.3).zone("X"), Shape.box(95.0, 95.01).zone("Y"), Shape.box(97, 98).zone("Z")])
        let file = try work.overlaps("zones,others")
        #expect(file.rows.map { $0.zone_a + $0.zone_b } == ["BX", "AX", "AY"])
        #expect(file.rows.allSatisfy { $0.layer_a == "zones" && $0.layer_b == "others" })
        #expect(agrees(file.double_counting.shared_ground_m2, Cell.strip(0.08)))
        let swapped = try work.overlaps("others,zones")
        #expect(swapped.rows.map { $0.zone_b + $0.zone_a } == ["BX", "AX", "AY"])
        #expect(zip(file.rows, swapped.rows).allSatisfy { $0.share_a == $1.share_b && $0.share_b == $1.share_a })
    }

    @Test("Zones of one code are told apart by their ids; a layer named twice and three layers are wrong usage")
    func names() throws {
        let work = try folder([
            Shape.box(95.0, 95.1).with(["code": "A"], id: "7"), Shape.box(95.05, 95.15).with(["code": "A"], id: "9"),
            Shape.box(95.14, 95.2),
        ])
        let file = try work.overlaps("zones")
        #expect(file.rows.map(\.zone_a) == ["A#7", "A#9"] && file.rows.map(\.zone_b).first == "A#9")
        for layers in ["zones,zones", "zones,others,zones"] {
            #expect(
                try RedlineCommand.run(["overlaps", "-c", "catalog.yaml", "--layers", layers], in: work).status == 64)
        }
        let unknown = try RedlineCommand.run(["overlaps", "-c", "catalog.yaml", "--layers", "zone"], in: work)
        #expect(unknown.status == 1 && unknown.message.contains("Did you mean 'zones'?"))
    }

    @Test("One thread and four give the same bytes")
    func threads() throws {
        let catalog = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Layers/haixi/catalog.yaml").path
        let folder = try WorkFolder()
        for arguments in [
            ["overlaps", "-c", catalog, "--layers", "redline,protected", "--touching", "-f", "geojson"],
            ["share", "-c", catalog, "--zones", "redline,protected", "--by", "class", "-f", "geojson"],
            ["share", "-c", catalog, "--zones", "redline,units", "--ledger", "-f", "geojson"],
            [
                "share", "-c", catalog, "--zones", "protected", "--all-areas", "--without", "land-cover:water", "-f",
                "json",
            ],
        ] {
            let one = try RedlineCommand.run(arguments + ["--threads", "1"], in: folder)
            let four = try RedlineCommand.run(arguments + ["--threads", "4"], in: folder)
            #expect(one.status == 0 && one.output == four.output && one.output.count > 1000)
        }
    }
}

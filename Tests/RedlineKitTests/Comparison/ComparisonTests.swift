import Foundation
import RedlineGeometry
import TestSupport
import Testing

@testable import RedlineKit

private typealias Zone = EditionFixture.Zone

@Suite("Two editions (acceptance cases, section F)")
struct ComparisonTests {
    @Test("F-01 net and gross: the area is kept, the location lost, 80.0 % of the old ground is still inside")
    func netAndGross() async throws {
        let table = try await EditionFixture(
            old: [Zone(["code": "A"], 95, 95.1)], new: [Zone(["code": "A"], 95.02, 95.12)]
        )
        .compare()
        let total = try #require(table.rows.last)
        #expect(total.region == nil)
        #expect(abs(total.old.squareMeters - 98_719_156.289) < 1e-3)
        #expect(abs(total.new.squareMeters - 98_719_156.289) < 1e-3)
        #expect(abs(total.lost.squareMeters - 19_743_831.258) < 1e-3)
        #expect(abs(total.gained.squareMeters - 19_743_831.258) < 1e-3)
        #expect(abs(total.unchanged.squareMeters - 78_975_325.031) < 1e-3)
        #expect(abs(total.net.squareMeters) < 1e-4)
        #expect(total.areaVerdict == .kept)
        #expect(total.locationVerdict == .lost)
        #expect(total.natureVerdict == .notEvaluable)
        #expect(total.functionVerdict == .notEvaluable)
        #expect(abs((total.keptShare ?? 0) - 0.8) < 1e-12)
    }

    @Test("F-02 swapping never hides loss: the share target is met, 30 km² left, 98.5 % of the location stayed")
    func swap() async throws {
        // Widths stand for areas: a strip of w degrees has w of what the whole has.
        var fixture = EditionFixture(old: [Zone(95, 95.205)], new: [Zone(95.003, 95.205), Zone(95.5, 95.503)])
        fixture.regions = [Zone(["code": "632801"], 95, 96)]
        let table = try await fixture.compare()
        let row = table.rows[0]
        let region = try #require(table.regions.first?.geometry)
        let whole = EllipsoidalAreaOracle.squareMeters(region)
        #expect(abs(row.old.squareMeters / whole - 0.205) < 1e-12)
        #expect(abs(row.new.squareMeters / whole - 0.205) < 1e-12)
        #expect(abs(row.lost.squareMeters / whole - 0.003) < 1e-12)
        #expect(row.areaVerdict == .kept)
        #expect(row.locationVerdict == .lost)
        #expect(abs((row.keptShare ?? 0) - 0.202 / 0.205) < 1e-12)
        let notLower = try target("redline-share", baseline: "20.5", target: "不降低")
        #expect(notLower.judged(by: .share(row.new.squareMeters / whole, endOf: 2023)).state == .met)
    }

    @Test("F-03 five polygons become four of a larger area: area kept, count lost, function not evaluable")
    func count() async throws {
        let old = (0..<5).map { Zone(95 + 0.1 * Double($0), 95.02 + 0.1 * Double($0)) }
        var new = Array(old.prefix(4))
        new[3] = Zone(95.3, 95.341)
        let row = try await EditionFixture(old: old, new: new).compare().rows[0]
        #expect(row.areaVerdict == .kept)
        #expect(row.oldCount == 5 && row.newCount == 4)
        #expect(row.countVerdict == .lost)
        #expect(row.functionVerdict == .notEvaluable)
    }

    @Test("F-04 a loss under a duty in principle is a loss, and the soft wording is carried")
    func softWording() async throws {
        let fixture = EditionFixture(
            old: [Zone(95, 95.1)], new: [Zone(95, 95.05)],
            catalog: "comparison: {wording: {zh: 原则上不减少, en: not reduced in principle}}")
        let table = try await fixture.compare()
        #expect(table.rows[0].areaVerdict == .lost)
        #expect(table.rules.wording?.zh == "原则上不减少")
    }

    @Test("F-05 vertices that move by at most 0.3 m are noise at an accuracy of 1 m, and real at 0.01 m")
    func redigitised() async throws {
        var random = SeededGenerator(seed: 5)
        let ring = (0..<200).map { step -> Position in
            let angle = Double(step) / 200 * 2 * .pi
            return Position(x: 95.5 + 0.05 * cos(angle), y: 37.5 + 0.05 * sin(angle))
        }
        let moved = ring.map { position in
            Position(
                x: position.x + .random(in: -0.2...0.2, using: &random) / 88_000,
                y: position.y + .random(in: -0.2...0.2, using: &random) / 111_000)
        }
        let fixture = EditionFixture(old: [Zone(ring: ring + [ring[0]])], new: [Zone(ring: moved + [moved[0]])])
        let row = try await fixture.compare().rows[0]
        #expect(row.lost.squareMeters > 100 && row.gained.squareMeters > 100)
        #expect(abs(row.lostNoise.squareMeters - row.lost.squareMeters) < 1e-3)
        #expect(abs(row.gainedNoise.squareMeters - row.gained.squareMeters) < 1e-3)
        #expect(row.areaVerdict == .kept && row.locationVerdict == .kept)
        #expect(row.isUnchangedWithinAccuracy)
        var strict = ComparisonOptions()
        strict.accuracy = Length(meters: 0.01)
        #expect(try await fixture.compare(strict).rows[0].locationVerdict == .lost)
    }

    @Test("Accuracy is what the layers declare, else 1 m; noise is judged by width, not by area")
    func accuracy() async throws {
        // 60 cm wide and 11 km long: 0.7 ha.
        let sliver = EditionFixture(old: [Zone(95, 95.1)], new: [Zone(95, 95.1 - 0.6 / 89_000)])
        let row = try await sliver.compare().rows[0]
        #expect(row.lost.squareMeters > 6000)
        #expect(row.locationVerdict == .kept)
        var exact = sliver
        exact.catalog = "accuracy: 0.5 m"
        let table = try await exact.compare()
        #expect(table.accuracySource == .declared)
        #expect(table.rows[0].locationVerdict == .lost)
        #expect(table.rows[0].areaVerdict == .lost)
    }

    @Test("F-06 a class that changes is listed, and is a change of nature only if the catalog says so")
    func attributes() async throws {
        let old = [
            Zone(["code": "A", "class": "水源涵养", "level": "省级"], 95, 95.1),
            Zone(["code": "B", "class": "x"], 95.2, 95.3),
        ]
        let new = [
            Zone(["code": "A", "class": "防风固沙", "level": "省级"], 95, 95.1),
            Zone(["code": "B", "class": "x"], 95.2, 95.3),
        ]
        let plain = try await EditionFixture(old: old, new: new).compare()
        #expect(plain.rows[0].changedZones.count == 1)
        #expect(plain.rows[0].natureVerdict == .notEvaluable)
        #expect(plain.zones[0].changed == [.init(name: "class", old: "水源涵养", new: "防风固沙")])
        #expect(plain.zones[0].isSameGeometry)
        #expect(plain.rows[0].areaVerdict == .kept)
        let declared = EditionFixture(old: old, new: new, catalog: "comparison: {class_change: nature}")
        #expect(try await declared.compare().rows[0].natureVerdict == .lost)
        let kept = EditionFixture(old: old, new: old)
        #expect(try await kept.compare().rows[0].natureVerdict == .kept)
    }

    @Test("F-07 three zones become two: where each went is listed, with what left the core")
    func flows() async throws {
        let old = [
            Zone(["code": "H", "class": "核心区"], 95.00, 95.04), Zone(["code": "C", "class": "缓冲区"], 95.04, 95.07),
            Zone(["code": "S", "class": "实验区"], 95.07, 95.10),
        ]
        let new = [
            Zone(["code": "HX", "class": "核心保护区"], 95.01, 95.07),
            Zone(["code": "YB", "class": "一般控制区"], 95.07, 95.11),
        ]
        let table = try await EditionFixture(old: old, new: new).compare()
        let strip = EllipsoidalAreaOracle.cell / 10
        let flows = table.flows.map {
            ([$0.old.code, $0.new?.code], ($0.area.squareMeters / strip * 1000).rounded() / 1000)
        }
        #expect(flows.map(\.0) == [["H", "HX"], ["H", nil], ["C", "HX"], ["S", "YB"]])
        #expect(flows.map(\.1) == [3, 1, 3, 3])
        #expect(table.zones.map(\.match) == [.area, .none, .area])
        #expect(table.zones.map { [$0.old?.code, $0.new?.code] } == [["H", "HX"], ["C", nil], ["S", "YB"]])
        #expect(table.classes.map(\.name) == ["一般控制区", "实验区", "核心保护区", "核心区", "缓冲区"].sorted())
    }

    @Test("F-08 a zone that leaves a list keeps its area and changes its level")
    func downgrade() async throws {
        let table = try await EditionFixture(
            old: [Zone(["code": "W", "级别": "省级"], 95, 95.1)], new: [Zone(["code": "W", "级别": "一般"], 95, 95.1)]
        ).compare()
        #expect(table.zones[0].changed == [.init(name: "级别", old: "省级", new: "一般")])
        #expect(table.rows[0].changedZones == [0])
        #expect(table.rows[0].areaVerdict == .kept && table.rows[0].locationVerdict == .kept)
    }

    @Test("F-10 a grade that falls is a lost function where the catalog names it, and not evaluable where it does not")
    func grades() async throws {
        let old = [Zone(["code": "F", "DJ": "3"], 95, 95.05), Zone(["code": "G", "DJ": "5"], 95.05, 95.1)]
        let new = [Zone(["code": "F", "DJ": "4"], 95, 95.05), Zone(["code": "G", "DJ": "5"], 95.05, 95.1)]
        func verdict(_ old: [Zone], _ new: [Zone], _ catalog: String?) async throws -> Verdict {
            try await EditionFixture(old: old, new: new, catalog: catalog).compare().rows[0].functionVerdict
        }
        let grade = "comparison: {function: {field: DJ, better: lower}}"
        #expect(try await verdict(old, new, nil) == .notEvaluable)
        #expect(try await verdict(old, new, grade) == .lost)
        #expect(try await verdict(new, old, grade) == .kept)
        #expect(try await verdict(old, old, grade) == .kept)
        let unknown = [Zone(["code": "F", "DJ": "-"], 95, 95.05), Zone(["code": "G", "DJ": "5"], 95.05, 95.1)]
        #expect(try await verdict(old, unknown, grade) == .notEvaluable)
        #expect(try await verdict(old, new, "comparison: {function: {field: DJ}}") == .kept)
    }

    @Test("F-11 what each class has in both editions")
    func degrees() async throws {
        func zones(_ heavy: Double, _ medium: Double, _ light: Double) -> [Zone] {
            [
                Zone(["class": "重度"], 95, 95 + heavy / 100), Zone(["class": "中度"], 95.2, 95.2 + medium / 100),
                Zone(["class": "轻度"], 95.4, 95.4 + light / 100),
            ]
        }
        let table = try await EditionFixture(old: zones(10, 10, 10), new: zones(7, 11, 9)).compare()
        let unit = EllipsoidalAreaOracle.cell / 10
        let change = Dictionary(
            uniqueKeysWithValues: table.classes.map { ($0.name, ($0.new - $0.old).squareMeters / unit) })
        #expect(change.mapValues { ($0 * 1e6).rounded() / 1e6 } == ["重度": -3, "中度": 1, "轻度": -1])
        #expect(abs((table.rows[0].net.squareMeters) / unit + 3) < 1e-9)
    }

    @Test("G-04 fewer patches of more ground: the count fell and the area rose, which is no double fall")
    func noDoubleFall() async throws {
        // Patches of equal height: their widths stand for 30 ha in twelve and 31 ha in nine.
        func patches(_ count: Int, hectares: Double) -> [Zone] {
            let width = hectares / 1e4 / Double(count)
            return (0..<count).map { Zone(["code": "P\($0)"], 95 + Double($0) * 0.01, 95 + Double($0) * 0.01 + width) }
        }
        let table = try await EditionFixture(old: patches(12, hectares: 30), new: patches(9, hectares: 31)).compare()
        let total = try #require(table.rows.last)
        #expect(total.oldCount == 12 && total.newCount == 9 && total.countVerdict == .lost)
        #expect(total.net.squareMeters > 0 && total.areaVerdict == .kept)
        #expect(abs(total.new.squareMeters / total.old.squareMeters - 31.0 / 30) < 1e-9)
    }

    @Test("B-14 a loss that rounding hides is still a loss")
    func hiddenLoss() async throws {
        // 49 of 292 700 parts.
        let row = try await EditionFixture(
            old: [Zone(95, 95.2927)], new: [Zone(95, 95.292651)]
        ).compare().rows[0]
        #expect(abs(row.net.squareMeters / row.old.squareMeters + 49.0 / 292_700) < 1e-12)
        #expect(row.areaVerdict == .lost)
    }

    @Test("Codes that repeat match the row that shares the largest area; codes that differ match by area")
    func matching() async throws {
        let old = [Zone(["code": "A"], 95, 95.1), Zone(["code": "A"], 95.2, 95.3), Zone(["code": "B"], 95.4, 95.5)]
        let new = [
            Zone(["code": "A"], 95.2, 95.31), Zone(["code": "A"], 95.01, 95.1), Zone(["code": "C"], 95.4, 95.49),
        ]
        let zones = try await EditionFixture(old: old, new: new).compare().zones
        #expect(zones.map { [$0.old?.id, $0.new?.id] } == [["1", "2"], ["2", "1"], ["3", "3"]])
        #expect(zones.map(\.match) == [.code, .code, .area])
        #expect(zones[2].changed == [.init(name: "code", old: "B", new: "C")])
    }

    @Test("Pieces have width, codes and region; adjoining losses of two zones are one piece")
    func pieces() async throws {
        var options = ComparisonOptions()
        options.hasPieces = true
        let table = try await EditionFixture(
            old: [Zone(["code": "A"], 95, 95.1), Zone(["code": "B"], 95.1, 95.2)],
            new: [Zone(["code": "A"], 95, 95.09), Zone(["code": "B"], 95.11, 95.2)]
        ).compare(options)
        #expect(table.pieces.count == 1)
        let piece = try #require(table.pieces.first)
        #expect(piece.isLost && !piece.isNoise)
        #expect(piece.zones.map(\.code) == ["A", "B"])
        #expect(piece.region == 0)
        #expect(abs(piece.area.squareMeters - EllipsoidalAreaOracle.cell / 5) < 1e-3)
        // 0.02° at 37.05° by 0.1°: 1 777 m by 11 097 m.
        #expect(abs(piece.width.meters - 1532) < 5)
    }

    @Test("Regions that overlap count ground twice in rows and once in the total, and that is said")
    func overlappingRegions() async throws {
        var fixture = EditionFixture(old: [Zone(95, 95.1)], new: [Zone(95, 95.05)])
        fixture.regions = [Zone(["code": "1"], 94, 95.08, north: 38), Zone(["code": "2"], 95.02, 97, north: 38)]
        let table = try await fixture.compare()
        let total = try #require(table.rows.last)
        #expect(abs(total.old.squareMeters - EllipsoidalAreaOracle.cell) < 1e-3)
        #expect(table.rows[0].old.squareMeters + table.rows[1].old.squareMeters > total.old.squareMeters)
        #expect(table.warnings.contains { $0.en.contains("regions overlap") })
        #expect(table.closures[0].residual.squareMeters > 1)
    }

    @Test("Ground outside every region is said and no row counts it")
    func outside() async throws {
        var fixture = EditionFixture(old: [Zone(95, 95.1)], new: [Zone(95, 95.05)])
        fixture.regions = [Zone(["code": "1"], 95, 95.02)]
        let table = try await fixture.compare()
        #expect(abs(table.closures[0].outside.squareMeters - EllipsoidalAreaOracle.cell / 2) < 1e-3)
        #expect(table.rows.last?.lost.squareMeters == 0)
        #expect(table.warnings.contains { $0.en.contains("Ground in no region") })
    }

    @Test(
        "Laws under a seed: an edition compared with itself loses nothing, swapping swaps, rows close", arguments: 0..<4
    )
    func laws(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        func edition() -> [Zone] {
            (0..<8).map { place in
                let west = Double.random(in: 95...95.8, using: &random)
                return Zone(
                    ["code": "Z\(place)"], west, west + .random(in: 0.01...0.2, using: &random),
                    north: .random(in: 37.02...37.4, using: &random))
            }
        }
        let (first, second) = (edition(), edition())
        let regions = [Zone(["code": "1"], 94, 95.37, north: 38), Zone(["code": "2"], 95.37, 97, north: 38)]
        var options = ComparisonOptions()
        options.threads = 2
        let own = try await EditionFixture(old: first, new: first, regions: regions).compare(options)
        #expect(own.rows.allSatisfy { $0.lost == .zero && $0.gained == .zero && $0.locationVerdict == .kept })
        #expect(own.zones.allSatisfy { $0.match == .code && $0.isSameGeometry })
        let forth = try await EditionFixture(old: first, new: second, regions: regions).compare(options)
        let back = try await EditionFixture(old: second, new: first, regions: regions).compare()
        for (a, b) in zip(forth.rows, back.rows) {
            #expect(abs(a.lost.squareMeters - b.gained.squareMeters) < 1e-4)
            #expect(abs(a.gained.squareMeters - b.lost.squareMeters) < 1e-4)
            #expect(abs((a.unchanged + a.lost - a.old).squareMeters) < 1e-4)
            #expect(abs((a.unchanged + a.gained - a.new).squareMeters) < 1e-4)
        }
        for closure in forth.closures { #expect(abs(closure.residual.squareMeters) < 1e-3) }
        #expect(forth.warnings.isEmpty)
        let single = try await EditionFixture(old: first, new: second, regions: regions).compare()
        #expect(single.rows.map(\.lost) == forth.rows.map(\.lost))
        #expect(single.rows.map(\.gainedNoise) == forth.rows.map(\.gainedNoise))
    }
}

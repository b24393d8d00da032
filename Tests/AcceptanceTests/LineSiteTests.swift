import Foundation
import TestSupport
import Testing

/// Lines section by section, and their structures one by one.
@Suite("Lines and structures")
struct LineSiteTests {
    let folder: WorkFolder

    init() throws {
        folder = try WorkFolder()
        try folder.write(
            "redline.geojson",
            [
                Shape.polygons([
                    [(95.0, 37.0), (95.02, 37.0), (95.02, 37.1), (95.0, 37.1)],
                    [(95.04, 37.0), (95.06, 37.0), (95.06, 37.1), (95.04, 37.1)],
                ]).zone("R")
            ])
        _ = try folder.catalog([WorkFolder.layer("redline")], top: "extent: {bbox: [90, 30, 100, 40]}")
    }

    private struct Document: Decodable {
        struct Site: Decodable {
            struct Crossing: Decodable {
                struct Section: Decodable {
                    var line: Int
                    var from_m: Double
                    var length_m: Double
                    var inside: Bool
                }
                struct Structure: Decodable {
                    var inside: Bool
                    var distance_m: Double?
                }
                var finding_id: String
                var count: Int?
                var sections: [Section]
                var structures: [Structure]
            }
            struct Finding: Decodable {
                var finding_id: String
                var overlap_length_m: Double?
                var points_inside: Int?
            }
            var site_id: String
            var length_m: Double?
            var crossings: [Crossing]?
            var findings: [Finding]
        }
        var sites: [Site]
    }

    private func sites() throws -> [Document.Site] {
        let outcome = try RedlineCommand.run(
            ["screen", "sites.geojson", "-c", "catalog.yaml", "-f", "json"], in: folder)
        #expect(outcome.status == 0, "\(outcome.message)")
        return try JSONDecoder().decode(Document.self, from: Data(outcome.output.utf8)).sites
    }

    @Test("A line that goes through twice has two crossings with their kilometres, and its towers are told one by one")
    func crossings() throws {
        // A degree of longitude at 37.05° N has 88 953 m.
        try folder.write(
            "sites.geojson",
            [
                Shape.line([(95.08, 37.05), (94.99, 37.05)]).site("L"), Shape.point(95.05, 37.05).site("L"),
                Shape.point(95.06 + 5 / 88_953.0, 37.05).site("L"), Shape.point(95.9, 37.05).site("L"),
                Shape.point(95.07, 37.05).site("alone"),
            ])
        let line = try #require(try sites().first { $0.site_id == "L" })
        let crossing = try #require(line.crossings?.first)
        #expect(crossing.count == 2 && crossing.finding_id == line.findings.first?.finding_id)
        #expect(crossing.sections.map(\.inside) == [false, true, false, true, false])
        for (section, metres) in zip(crossing.sections, [0.02, 0.02, 0.02, 0.02, 0.01].map { $0 * 88_953 }) {
            #expect(abs(section.length_m - metres) < 0.1)
        }
        #expect(abs(crossing.sections[3].from_m - 0.06 * 88_953) < 0.1)
        #expect(crossing.structures.map(\.inside) == [true, false, false])
        #expect(crossing.structures[0].distance_m == 0 && crossing.structures[2].distance_m == nil)
        #expect(abs((crossing.structures[1].distance_m ?? 0) - 5) < 0.01)
        #expect(line.findings.first?.points_inside == 1)
        for (language, words) in [
            (
                "en",
                "crosses 2 times, at km 1.779–3.558 (1.779 km), km 5.337–7.116 (1.779 km); 1 point structure inside, "
                    + "2 outside at 5.00 m, more than 10 km"
            ),
            (
                "zh",
                "穿越 2 次，里程 1.779–3.558 公里（1.779 公里）、5.337–7.116 公里（1.779 公里）；点状设施区内 1 个，区外 2 个，"
                    + "距离 5.00 米、10 公里以外"
            ),
        ] {
            let text = try RedlineCommand.run(
                ["screen", "sites.geojson", "-c", "catalog.yaml", "-f", "text", "--language", language], in: folder)
            #expect(text.output.contains(words), "\(text.output)")
        }
    }

    @Test("A line wholly inside is one section; one that only touches crosses nothing; GeoJSON carries the same")
    func whole() throws {
        try folder.write(
            "sites.geojson",
            [
                Shape.line([(95.045, 37.05), (95.055, 37.05)]).site("in"),
                Shape.line([(95.06, 37.02), (95.06, 37.05)]).site("along"),
            ])
        let found = try sites()
        #expect(found[0].crossings?.map(\.count) == [1] && found[0].crossings?[0].sections.map(\.inside) == [true])
        #expect(found[1].crossings == nil)
        #expect(
            try folder.screen().text.contains("\"crossing\":{\"count\":1,\"sections\":[{\"line\":1,\"from_m\":0.0,"))
    }

    @Test(
        "Under a seed: sections follow one another, add up to the line and to the overlap, and are as many as on paper")
    func seeded() throws {
        var generator = SeededGenerator(seed: 19)
        var expected: [Int] = []
        var shapes: [Shape] = []
        func isInside(_ x: Double) -> Bool { (x > 95.0 && x < 95.02) || (x > 95.04 && x < 95.06) }
        for number in 0..<60 {
            let vertices = (0..<Int.random(in: 2...12, using: &generator)).map { _ in
                (
                    Double.random(in: 94.98...95.08, using: &generator),
                    Double.random(in: 37.01...37.09, using: &generator)
                )
            }
            // Inside is a matter of longitude alone: between the cuts of an edge the middle decides.
            var runs: [Bool] = []
            for (a, b) in zip(vertices, vertices.dropFirst()) {
                let cuts = [95.0, 95.02, 95.04, 95.06].map { ($0 - a.0) / (b.0 - a.0) }.filter { $0 > 0 && $0 < 1 }
                let stops = [0] + cuts.sorted() + [1]
                for (from, to) in zip(stops, stops.dropFirst()) {
                    let inside = isInside(a.0 + (b.0 - a.0) * (from + to) / 2)
                    if runs.last != inside { runs.append(inside) }
                }
            }
            expected.append(runs.count(where: \.self))
            shapes.append(Shape.line(vertices).site("s\(number)"))
        }
        try folder.write("sites.geojson", shapes)
        for (site, count) in zip(try sites(), expected) {
            let sections = site.crossings?.first?.sections ?? []
            #expect((site.crossings?.first?.count ?? 0) == count, "\(site.site_id)")
            guard count > 0 else { continue }
            let inside = sections.filter(\.inside).map(\.length_m).reduce(0, +)
            #expect(abs(inside - (site.findings.first?.overlap_length_m ?? -1)) < 1e-3, "\(site.site_id)")
            #expect(abs(sections.map(\.length_m).reduce(0, +) - (site.length_m ?? -1)) < 1e-3)
            for (section, next) in zip(sections, sections.dropFirst()) {
                #expect(section.inside != next.inside)
                #expect(abs(section.from_m + section.length_m - next.from_m) < 1e-3)
            }
        }
    }
}

import Foundation
import LayerIO
import RedlineGeometry
import RedlineMeasure
import TestSupport
import Testing

@testable import RedlineKit

@Suite("Repaired copies")
struct RepairTests {
    /// A square of 0.01 degrees, its corners in the order of the ring.
    private static func square(_ x: Double, _ y: Double) -> [[Double]] {
        [[x, y], [x + 0.01, y], [x + 0.01, y + 0.01], [x, y + 0.01], [x, y]]
    }

    private static func feature(_ ring: [[Double]], _ code: String) -> [String: Any] {
        [
            "type": "Feature", "properties": ["code": code],
            "geometry": ["type": "Polygon", "coordinates": [ring]],
        ]
    }

    private func copies(
        _ features: [[String: Any]], family: String? = nil, tiling: Bool = true, snap: Double
    ) async throws -> RepairedLayer {
        let path = FileManager.default.temporaryDirectory.appending(path: "repair-\(UUID().uuidString).geojson")
        defer { try? FileManager.default.removeItem(at: path) }
        try JSONSerialization.data(withJSONObject: ["type": "FeatureCollection", "features": features]).write(to: path)
        let before = try Data(contentsOf: path)
        var files = CheckedFiles(paths: [path.path])
        files.isTiling = tiling
        files.family = family
        let copies = try await repairedCopies(
            of: files, options: CheckOptions(), snapDistance: Length(meters: snap))
        #expect(try Data(contentsOf: path) == before)
        return try #require(copies.first)
    }

    @Test("What nothing is wrong with stays to the last bit, and no change is told")
    func untouched() async throws {
        let copy = try await copies(
            [Self.feature(Self.square(95, 37), "1"), Self.feature(Self.square(95.01, 37), "2")], snap: 0.5)
        #expect(copy.changes.isEmpty)
        let ring = try #require(copy.rows[1].geometry?.parts.polygons.first?.exteriorRing)
        #expect(ring.map { [$0.x, $0.y] } == Self.square(95.01, 37))
    }

    @Test("An equal row is dropped; one with other attributes stays")
    func duplicates() async throws {
        let square = Self.square(95, 37)
        let copy = try await copies(
            [Self.feature(square, "1"), Self.feature(square, "1"), Self.feature(square, "2")], tiling: false, snap: 0)
        #expect(copy.rows.map(\.id) == ["1", "3"])
        #expect(copy.changes.map(\.kind) == [.dropped])
    }

    @Test("A bow tie becomes two triangles; the area that moved is the one that was inside out")
    func bowTie() async throws {
        let copy = try await copies(
            [Self.feature([[95, 37], [95.01, 37.01], [95.01, 37], [95, 37.01], [95, 37]], "1")], snap: 0)
        let change = try #require(copy.changes.first)
        #expect(change.kind == .madeValid)
        // Even–odd, both wings are inside before and after.
        #expect(abs(change.areaAfter - change.areaBefore) < 1e-6 * change.areaBefore)
        #expect(change.movedArea < 1e-3)
        #expect(copy.rows[0].geometry?.parts.polygons.count == 2)
    }

    @Test(
        "A crack and an overlap narrower than the distance close; wider ones stay",
        arguments: [(0.3, true), (3, false)])
    func snapping(shift: Double, closes: Bool) async throws {
        let degrees = shift / 111_000 * 1.25  // About that many metres of longitude at 37 degrees.
        var right = Self.square(95.01, 37)
        right[0][0] += degrees
        right[3][0] -= degrees
        right[4] = right[0]
        let copy = try await copies([Self.feature(Self.square(95, 37), "1"), Self.feature(right, "2")], snap: 0.5)
        #expect(copy.changes.map(\.kind) == (closes ? [.snapped] : []))
        let ring = try #require(copy.rows[1].geometry?.parts.polygons.first?.exteriorRing)
        #expect(Set(ring.map { [$0.x, $0.y] }) == Set(closes ? Self.square(95.01, 37) : right))
        if closes {
            let change = try #require(copy.changes.first)
            let longest = try #require(change.longestShift)
            #expect(longest > 0.2 && longest < 0.5)
            // Two triangles on an edge of 1.1 km, each a quarter of its length times the shift.
            #expect(abs(change.movedArea - 2 * 1110 / 4 * longest) < 0.05 * change.movedArea)
        }
    }

    @Test("The vertices of a neighbour are taken into an edge beside it")
    func throughVertices() async throws {
        // The left zone has a vertex in the middle of the common edge, 20 cm off.
        let left = [[95.0, 37], [95.01, 37], [95.010002, 37.005], [95.01, 37.01], [95, 37.01], [95, 37]]
        let copy = try await copies([Self.feature(left, "1"), Self.feature(Self.square(95.01, 37), "2")], snap: 0.5)
        let ring = try #require(copy.rows[1].geometry?.parts.polygons.first?.exteriorRing)
        #expect(ring.contains(Position(x: 95.010002, y: 37.005)))
        #expect(ring.count == 6)
    }

    @Test("Zones that may overlap are not snapped")
    func overlapping() async throws {
        var right = Self.square(95.01, 37)
        right[0][0] += 2e-6
        right[4] = right[0]
        let features = [Self.feature(Self.square(95, 37), "1"), Self.feature(right, "2")]
        let copy = try await copies(features, family: "protected-area", tiling: false, snap: 0.5)
        #expect(copy.changes.isEmpty)
    }

    @Test("The invalid Dutch areas have the published area after repair")
    func dutchAreas() async throws {
        guard let path = SharedData.path("data/nl-natura2000-sites/areas.gpkg"),
            let table = SharedData.path("data/nl-natura2000-sites/expected-validity-area.csv")
        else { return }
        let lines = try String(contentsOfFile: table, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst()
        var expected: [String: (isValid: Bool, area: Double)] = [:]
        for line in lines {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            expected[String(cells[0])] = (cells[3] == "1", try #require(cells.last.flatMap { Double($0) }))
        }
        let copies = try await repairedCopies(
            of: CheckedFiles(paths: [path]), options: CheckOptions(), snapDistance: .zero)
        let copy = try #require(copies.first)
        let slug = try #require(copy.fields.firstIndex { $0.name == "slug" })
        let meter = try AreaMeter(method: .geodesic)
        #expect(copy.changes.count { $0.kind == .madeValid } == 15)
        #expect(expected.values.count { !$0.isValid } == 15)
        for row in copy.rows {
            let name = try #require(row.attributes[slug].text)
            let area = try meter.area(of: try #require(row.geometry)).squareMeters
            // The table was made by MakeValid's other method, linework, which takes one part of this area for a hole
            // where it fills that of another. No part of it is broken: the sum of its parts is its area.
            let published = name == "rijntakken" ? 230_517_120.37 : try #require(expected[name]).area
            #expect(abs(area - published) <= 1e-6 * published + 0.01, "\(name): \(area), \(published)")
        }
    }
}

import RedlineGeometry
import Testing

@testable import RedlineKit

/// Patches in columns are what they were as objects.
@Suite("Columns of patches")
struct PatchColumnsTests {
    private static func square(_ x: Double, _ side: Double) -> [Position] {
        [
            Position(x: x, y: 36), Position(x: x + side, y: 36), Position(x: x + side, y: 36 + side),
            Position(x: x, y: 36 + side), Position(x: x, y: 36),
        ]
    }

    private static func zone(_ number: Int, class name: String?, cover: String?, _ polygons: [Polygon]) -> Zone {
        var zone = Zone(id: "\(number)", ground: Ground(polygons: polygons), isRepaired: false)
        zone.class = name
        zone.attributes["cover"] = cover
        return zone
    }

    private static let zones: [Zone] = [
        zone(1, class: "林地", cover: "40", [Polygon(exteriorRing: square(95, 0.5))]),
        zone(
            2, class: nil, cover: "120",
            [
                Polygon(exteriorRing: square(96, 0.5), interiorRings: [square(96.1, 0.1), square(96.3, 0.1)]),
                Polygon(exteriorRing: square(97, 0.25)),
            ]),
        zone(3, class: "草地", cover: nil, []),
        zone(
            4, class: "林地", cover: "0", [Polygon(exteriorRing: square(98, 0.125), interiorRings: [square(98.05, 0.01)])]
        ),
    ]

    @Test("Rings come back as the polygons that they were")
    func rings() {
        var rings = PatchRings()
        for zone in Self.zones { rings.append(zone.ground.polygons) }
        #expect(rings.count == 4)
        for (place, zone) in Self.zones.enumerated() {
            #expect(rings.polygons(of: place) == zone.ground.polygons)
            var seen: [(Int, Bool)] = []
            rings.forEachRing(of: place) { seen.append(($0.count, $1)) }
            let expected = zone.ground.polygons.flatMap {
                [($0.exteriorRing.count, false)] + $0.interiorRings.map { ($0.count, true) }
            }
            #expect(seen.elementsEqual(expected, by: ==))
        }
    }

    @Test("Columns filled in parts are those filled at once", arguments: [0, 1, 2, 3, 4])
    func parts(cut: Int) {
        var (whole, first, second) = (
            PatchColumns(amountName: "cover", room: 12), PatchColumns(amountName: "cover", room: 12),
            PatchColumns(amountName: "cover", room: 12)
        )
        for (place, zone) in Self.zones.enumerated() {
            whole.take(zone)
            if place < cut { first.take(zone) } else { second.take(zone) }
        }
        first.take(contentsOf: second)
        #expect(whole.classNames == ["林地", nil, "草地"])
        #expect(whole.classes == [0, 1, 2, 0])
        #expect(whole.oddAmounts == 1)
        #expect(first.classNames == whole.classNames)
        #expect(first.classes == whole.classes)
        #expect(first.areas == whole.areas)
        #expect(first.envelopes == whole.envelopes)
        #expect(first.sizes == [5, 20, 0, 10])
        #expect(first.oddAmounts == 1)
        #expect(first.amounts.map { $0.isNaN ? -1 : $0 } == [40, -1, -1, 0])
        #expect(first.rings.count > 1)
        let layer = LoadedLayer(empty: CatalogLayer(file: "lc.gpkg", id: "lc"), nil)
        let patches = LandCoverPatches(layer, first)
        for (place, zone) in Self.zones.enumerated() { #expect(patches.polygons(of: place) == zone.ground.polygons) }
    }

    @Test("A text loses the white space around it, whatever its characters are")
    func trimming() {
        #expect("林地".trimmed == "林地")
        #expect("　林地 \n".trimmed == "林地")
        #expect("é\u{301}".trimmed == "é\u{301}")
        #expect("林\u{A0}".trimmed == "林")
        #expect("\u{3000}".trimmed == nil)
        #expect("0301 ".trimmed == "0301")
    }
}

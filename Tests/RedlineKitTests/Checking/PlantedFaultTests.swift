import Foundation
import RedlineGeometry
import TestSupport
import Testing

@testable import RedlineKit

/// Ways to spoil a copy of the sample catalog; each says what a check must find then, and nothing else.
enum Planting: String, CaseIterable, Sendable {
    case nothing, brokenRing, exactDuplicate, gap, overlap, sliver, spike, longSpike, classDigit, unknownCounty,
        otherCounty,
        classes,
        areas, outside, mojibake, otherName, oldCounty, sharedCode, swappedAxes, noGeometry
}

@Suite("Planted faults are found, each and nothing else")
struct PlantedFaultTests {
    @Test("In a copy of the sample catalog", arguments: Planting.allCases, [UInt64(1), 2])
    func planted(_ planting: Planting, seed: UInt64) async throws {
        let copy = try SampleCopy(seed: seed)
        let expected = try plant(planting, copy)
        #expect(try await copy.faults() == expected.sorted(), "\(planting.rawValue), seed \(seed)")
    }

    private func plant(_ planting: Planting, _ copy: SampleCopy) throws -> [String] {
        switch planting {
        case .nothing: return []
        case .brokenRing:
            let place = Int.random(in: 0..<8, using: &copy.generator)
            var ring = try copy.ring("water-sources", place)
            ring.swapAt(3, 9)
            try copy.setRing("water-sources", place, ring)
            return ["water-sources invalid-geometry \(place + 1)"]
        case .exactDuplicate:
            var features = try copy.features("redline")
            features.append(features[Int.random(in: 0..<features.count, using: &copy.generator)])
            try copy.set("redline", features)
            return ["redline duplicate \(features.count)"]
        case .gap: return [try moveVertex(copy, inward: true)]
        case .overlap: return [try moveVertex(copy, inward: false)]
        case .sliver: return [try crack(copy)]
        case .spike: return [try plantSpike(copy, steps: 1)]
        case .longSpike: return [try plantSpike(copy, steps: 7)]
        default: return try plantWords(planting, copy)
        }
    }

    /// 300 m out of a ring that runs counter-clockwise, in steps, and back half a metre further on.
    private func plantSpike(_ copy: SampleCopy, steps: Int) throws -> String {
        let place = Int.random(in: 0..<8, using: &copy.generator)
        var ring = try copy.ring("water-sources", place)
        let corner = Int.random(in: 2..<ring.count - 3, using: &copy.generator)
        let (a, b) = (ring[corner], ring[corner + 1])
        let base = Position(x: (a.x + b.x) / 2, y: (a.y + b.y) / 2)
        let length = ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)).squareRoot()
        let along = Position(x: (b.x - a.x) / length, y: (b.y - a.y) / length)
        func out(_ share: Double, _ further: Double) -> Position {
            Position(
                x: base.x + along.y * 0.003 * share + along.x * further,
                y: base.y - along.x * 0.003 * share + along.y * further)
        }
        let way = (0...steps).map { out(Double($0) / Double(steps), 0) }
        // Other places on the way back, and an end as broad as the rest where there are several steps.
        let back = (0..<steps).map { out(1 - (Double($0) + 0.4) / Double(steps), 5e-6) }
        ring.insert(contentsOf: way + (steps > 1 ? [out(1, 5e-6)] + back : []) + [out(0, 5e-6)], at: corner + 1)
        try copy.setRing("water-sources", place, ring)
        return "water-sources spike \(place + 1)"
    }

    private func plantWords(_ planting: Planting, _ copy: SampleCopy) throws -> [String] {
        let place = Int.random(in: 0..<64, using: &copy.generator)
        let feature = "units \(place + 1)"
        func unit(_ kind: String) -> String { "units \(kind) \(place + 1)" }
        let code = try copy.value("units", place, "HJGKDYBM")
        switch planting {
        case .classDigit:
            let digit = code.dropFirst(8).first == "1" ? "2" : "1"
            try copy.setValues("units", place, ["HJGKDYBM": code.prefix(8) + digit + "9999"])
            return [unit("code-grammar")]
        case .unknownCounty:
            try copy.setValues("units", place, ["HJGKDYBM": "ZH639999" + code.dropFirst(8)])
            return [unit("code-grammar")]
        case .otherCounty:
            let own = code.dropFirst(2).prefix(6)
            let other = own == "632801" ? ("632802", "德令哈市") : ("632801", "格尔木市")
            try copy.setValues(
                "units", place,
                [
                    "HJGKDYBM": "ZH" + other.0 + code.dropFirst(8).prefix(1) + "9998", "XZQDM": other.0,
                    "HJGKDYMC": other.1 + "单元",
                ])
            return [unit("code-place")]
        case .classes:
            let second = (place + 7) % 64
            try copy.setValues("units", place, ["GKDYFL": NSNull()])
            try copy.setValues("units", second, ["GKDYFL": "优先保护单位"])
            return [unit("class-missing"), "units class-unknown \(second + 1)"]
        case .areas:
            let third = (place + 9) % 275
            try scaleArea(copy, place, by: 1e-4)  // Hectares among square metres.
            try scaleArea(copy, third, by: 1.03)
            return ["land-cover area-disagrees \(place + 1)", "land-cover area-disagrees \(third + 1)"]
        case .outside:
            let ring = try copy.ring("parks", 1).map { Position(x: $0.x + 12, y: $0.y) }
            try copy.setRing("parks", 1, ring)
            return ["parks outside-extent 2"]
        case .mojibake:
            // 格尔木工业园 in UTF-8, read as GBK.
            try copy.setValues("parks", 0, ["YQMC": "鏍煎皵鏈ㄥ伐涓氬洯"])
            return ["parks encoding 1"]
        case .otherName:
            let isDulan = code.hasPrefix("ZH632822")
            try copy.setValues("units", place, ["HJGKDYMC": isDulan ? "乌兰县优先保护单元" : "都兰县优先保护单元"])
            // A river is no county.
            let second = (place + 1) % 64
            try copy.setValues("units", second, ["HJGKDYMC": "都兰河优先保护单元"])
            return [unit("name-disagrees")]
        case .oldCounty:
            let units = try copy.features("units").indices.filter {
                try copy.value("units", $0, "XZQDM") == "632857"
            }
            let unit = try #require(units.randomElement(using: &copy.generator))
            let old = try copy.value("units", unit, "HJGKDYBM").dropFirst(8)
            try copy.setValues("units", unit, ["HJGKDYBM": "ZH632825" + old, "XZQDM": "632825"])
            return []  // 大柴旦 under the code of boundary files: the catalog's regions know it.
        case .sharedCode:
            let second = (place + 5) % 64
            let first = min(place, second)
            let later = max(place, second)
            let own = try copy.value("units", first, "HJGKDYBM")
            try copy.setValues(
                "units", later,
                [
                    "HJGKDYBM": own, "XZQDM": try copy.value("units", first, "XZQDM"),
                    "GKDYFL": try copy.value("units", first, "GKDYFL"), "HJGKDYMC": "单元",
                ])
            let isElsewhere = try copyOf(copy, later) != own.dropFirst(2).prefix(6)
            return ["units duplicate-code \(later + 1)"] + (isElsewhere ? ["units code-place \(later + 1)"] : [])
        case .swappedAxes:
            let ring = try copy.ring("parks", 0).map { Position(x: $0.y, y: $0.x) }
            try copy.setRing("parks", 0, ring)
            return ["parks crs -"]
        case .noGeometry:
            try copy.change("redline", place) { $0["geometry"] = NSNull() }
            return ["redline invalid-geometry \(place + 1)"]
        default: return [feature]
        }
    }

    /// The county that the unmoved sample gives a unit.
    private func copyOf(_ copy: SampleCopy, _ place: Int) throws -> Substring {
        try SampleCopy(seed: 0).value("units", place, "XZQDM")[...]
    }

    private func scaleArea(_ copy: SampleCopy, _ place: Int, by factor: Double) throws {
        let properties = try #require(try copy.features("land-cover")[place]["properties"] as? [String: Any])
        let area = try #require(properties["TBMJ"] as? Double)
        try copy.setValues("land-cover", place, ["TBMJ": (area * factor * 100).rounded() / 100])
    }

    /// Moves a vertex of one of two neighbours of the same county, so that their lines part or cross.
    private func moveVertex(_ copy: SampleCopy, inward: Bool) throws -> String {
        let units = try copy.features("units").map { try SampleCopy.polygons($0) }
        var owners: [Position: Set<Int>] = [:]
        for (unit, polygons) in units.enumerated() {
            for position in polygons.flatMap({ $0 }).flatMap({ $0 }) { owners[position, default: []].insert(unit) }
        }
        while true {
            let unit = Int.random(in: 0..<units.count, using: &copy.generator)
            guard units[unit].count == 1 else { continue }
            var ring = units[unit][0][0]
            let vertex = Int.random(in: 1..<ring.count - 1, using: &copy.generator)
            let shared = [ring[vertex - 1], ring[vertex], ring[vertex + 1]].map { owners[$0] ?? [] }
            guard shared[1].count == 2, shared[0].isSuperset(of: shared[1]), shared[2].isSuperset(of: shared[1]),
                let other = shared[1].subtracting([unit]).first,
                try copy.value("units", unit, "XZQDM") == copy.value("units", other, "XZQDM")
            else { continue }
            let before = Polygon(exteriorRing: ring).planarArea
            let (a, b) = (ring[vertex - 1], ring[vertex + 1])
            let middle = Position(x: (a.x + b.x) / 2, y: (a.y + b.y) / 2)
            // A third of the way to the chord: on one side only, and no line is crossed.
            ring[vertex] = Position(
                x: ring[vertex].x + (middle.x - ring[vertex].x) / 3, y: ring[vertex].y + (middle.y - ring[vertex].y) / 3
            )
            let change = Polygon(exteriorRing: ring).planarArea - before
            guard abs(change) > 1e-6, (change < 0) == inward else { continue }
            try copy.setRing("units", unit, ring)
            return inward ? "units gap -" : "units overlap \(max(unit, other) + 1)"
        }
    }

    /// A hole two metres wide in a large redline zone.
    private func crack(_ copy: SampleCopy) throws -> String {
        let zones = try copy.features("redline").map { try SampleCopy.polygons($0) }
        while true {
            let zone = Int.random(in: 0..<zones.count, using: &copy.generator)
            let ring = zones[zone][0][0]
            let envelope = Envelope(ring)
            let center = Position(
                x: Double.random(in: envelope.minX...envelope.maxX, using: &copy.generator),
                y: Double.random(in: envelope.minY...envelope.maxY, using: &copy.generator))
            let isFar = ring.allSatisfy { abs($0.x - center.x) > 0.02 || abs($0.y - center.y) > 0.02 }
            guard isFar, Self.holds(ring, center) else { continue }
            let (w, h) = (0.004, 1e-5)
            let hole = [(0.0, 0.0), (0, h), (w, h), (w, 0), (0, 0)].map {
                Position(x: center.x + $0.0, y: center.y + $0.1)
            }
            try copy.change("redline", zone) { feature in
                var polygons = zones[zone]
                polygons[0].append(hole)
                SampleCopy.set(polygons, in: &feature)
            }
            return "redline sliver \(zone + 1)"
        }
    }

    private static func holds(_ ring: [Position], _ point: Position) -> Bool {
        var isInside = false
        for (a, b) in zip(ring, ring.dropFirst()) where (a.y > point.y) != (b.y > point.y) {
            if point.x < a.x + (point.y - a.y) / (b.y - a.y) * (b.x - a.x) { isInside.toggle() }
        }
        return isInside
    }
}

import RedlineCells
import RedlineGeometry
import TestSupport
import Testing

@Test("The tree finds what a look at every rectangle finds", arguments: [0, 1, 15, 16, 17, 1000])
func sameAsLinear(count: Int) {
    var generator = SeededGenerator(seed: 7)
    func box(_ size: Double) -> Envelope {
        let x = Double.random(in: 90...100, using: &generator)
        let y = Double.random(in: 30...40, using: &generator)
        return Envelope(
            minX: x, minY: y, maxX: x + .random(in: 0...size, using: &generator),
            maxY: y + .random(in: 0...size, using: &generator))
    }
    var boxes = (0..<count).map { _ in box(0.5) }
    if count > 10 { boxes[3] = .empty }
    let tree = PackedRTree(boxes)
    for _ in 0..<50 {
        let window = box(3)
        #expect(tree.indices(intersecting: window) == boxes.indices.filter { boxes[$0].intersects(window) })
    }
    #expect(tree.indices(intersecting: .empty).isEmpty)
}

@Test("Points on one spot and rectangles of no size are found")
func degenerate() {
    let spot = Envelope(minX: 95, minY: 37, maxX: 95, maxY: 37)
    let tree = PackedRTree(Array(repeating: spot, count: 100))
    #expect(tree.indices(intersecting: spot).count == 100)
}

@Test(
    "Rectangles come from the nearest outwards, all that lie within reach and no others", arguments: [1, 16, 17, 900])
func nearestFirst(count: Int) {
    var generator = SeededGenerator(seed: UInt64(count) + 7)
    var boxes = (0..<count).map { _ in
        let (x, y) = (Double.random(in: 0...10, using: &generator), Double.random(in: 0...10, using: &generator))
        return Envelope(minX: x, minY: y, maxX: x + .random(in: 0...0.5, using: &generator), maxY: y + 0.1)
    }
    boxes[count / 2] = .empty
    let tree = PackedRTree(boxes)
    let site = Envelope(minX: 4, minY: 5, maxX: 4.5, maxY: 5.2)
    func distance(_ box: Envelope) -> Double {
        let dx = max(0, box.minX - site.maxX, site.minX - box.maxX) * 90
        let dy = max(0, box.minY - site.maxY, site.minY - box.maxY) * 110
        return (dx * dx + dy * dy).squareRoot()
    }
    for limit in [0, 50, 300, 5000.0] {
        var found: [Int] = []
        tree.forEachIndex(nearestTo: site, (90, 110), within: limit) {
            found.append($0)
            return limit
        }
        let distances = found.map { distance(boxes[$0]) }
        #expect(distances == distances.sorted())
        #expect(Set(found) == Set(boxes.indices.filter { !boxes[$0].isEmpty && distance(boxes[$0]) <= limit }))
        #expect(found.count == Set(found).count)
    }
    // The answer of the first one ends the search.
    var asked = 0
    tree.forEachIndex(nearestTo: site, (90, 110), within: 5000) { _ in
        asked += 1
        return -1
    }
    #expect(asked == (count > 1 ? 1 : 0))
}

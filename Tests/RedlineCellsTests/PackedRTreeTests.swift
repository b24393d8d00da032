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

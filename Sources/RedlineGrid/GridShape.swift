package import RedlineGeometry

/// The ground of a region on a grid of cells: its boundary in columns (x) and rows (y), ready to be walked band by band.
///
/// A band is some rows of cells; each knows the edges that reach into it. Edges left of the grid lie on its left side,
/// because they still separate what is right of them; others beyond the grid are left out.
package struct GridShape: Sendable {
    /// The rows with a part of the region, within the grid.
    package let rows: Range<Int>
    /// The area in cells, also of what lies beyond the grid.
    package let cellCount: Double
    /// Whether all of it lies on the grid.
    package let isInside: Bool
    let bandRows: Int
    let width: Double
    private let edges: [GridEdge]
    private let order: [Int32]
    private let firstBand: Int
    private let starts: [Int]

    /// Puts polygons that share no ground on a grid.
    ///
    /// - Parameters:
    ///   - polygons: In columns and rows; the direction of rings does not matter.
    ///   - width: The number of columns.
    ///   - height: The number of rows.
    ///   - bandRows: How many rows make a band.
    /// - Complexity: O(*n*) in the number of edges and of the bands that each reaches into.
    package init(_ polygons: [Polygon], width: Int, height: Int, bandRows: Int) {
        precondition(width > 0 && height > 0 && bandRows > 0, "A grid has cells.")
        self.bandRows = bandRows
        self.width = Double(width)
        var builder = Builder(width: Double(width), height: Double(height))
        for polygon in polygons {
            for (index, ring) in polygon.rings.enumerated() { builder.append(ring, isShell: index == 0) }
        }
        edges = builder.edges
        cellCount = builder.cellCount
        isInside = builder.isInside
        var (low, high) = (Double(height), 0.0)
        for edge in edges { (low, high) = (min(low, max(edge.top, 0)), max(high, min(edge.bottom, Double(height)))) }
        rows = low < high ? Int(low)..<Int(high.rounded(.up)) : 0..<0
        (firstBand, starts, order) = Self.bands(edges, rows, bandRows)
    }

    /// Sorts edges into the bands they reach into.
    private static func bands(
        _ edges: [GridEdge], _ rows: Range<Int>, _ bandRows: Int
    ) -> (first: Int, starts: [Int], order: [Int32]) {
        guard !rows.isEmpty else { return (0, [0], []) }
        let first = rows.lowerBound / bandRows
        let count = (rows.upperBound - 1) / bandRows - first + 1
        func reach(_ edge: GridEdge) -> ClosedRange<Int> {
            let top = max(Int(max(edge.top, 0)) / bandRows - first, 0)
            let end = Int(min(edge.bottom, Double(rows.upperBound)).rounded(.up))
            return top...max((end - 1) / bandRows - first, top)
        }
        var starts = Array(repeating: 0, count: count + 1)
        for edge in edges { for band in reach(edge) { starts[band + 1] += 1 } }
        for band in 0..<count { starts[band + 1] += starts[band] }
        var next = starts
        var order = [Int32](repeating: 0, count: starts[count])
        for (index, edge) in edges.enumerated() {
            for band in reach(edge) {
                order[next[band]] = Int32(index)
                next[band] += 1
            }
        }
        return (first, starts, order)
    }

    /// Calls `body` with each edge that reaches into a band.
    @inline(__always)
    func forEachEdge(inBand band: Int, _ body: (GridEdge) -> Void) {
        let place = band - firstBand
        guard place >= 0, place + 1 < starts.count else { return }
        for index in starts[place]..<starts[place + 1] { body(edges[Int(order[index])]) }
    }
}

/// An edge that is not horizontal, in columns and rows, from its upper end (the smaller row) down.
struct GridEdge: Sendable {
    var topX: Double
    var top: Double
    var bottomX: Double
    var bottom: Double
    /// 1 where what lies right of it is inside by it, −1 where outside.
    var sign: Double

    /// Where it is at a row, which lies between its ends.
    @inline(__always)
    func x(atY y: Double) -> Double {
        if y <= top { return topX }
        if y >= bottom { return bottomX }
        let x = topX + (y - top) / (bottom - top) * (bottomX - topX)
        return max(min(x, max(topX, bottomX)), min(topX, bottomX))
    }
}

/// Takes rings apart into edges on the grid.
private struct Builder {
    let width: Double
    let height: Double
    var edges: [GridEdge] = []
    var cellCount = 0.0
    var isInside = true

    init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    mutating func append(_ ring: [Position], isShell: Bool) {
        let ring = ring.map { Position(x: Self.snapped($0.x), y: Self.snapped($0.y)) }
        let area = Self.signedArea(ring)
        cellCount += isShell ? abs(area) : -abs(area)
        // Inside is left of a ring of positive area, so that the edges where y grows have it on their left.
        let isPositive = (area > 0) == isShell
        guard var previous = ring.last else { return }
        for position in ring {
            if !(0...width).contains(position.x) || !(0...height).contains(position.y) { isInside = false }
            append(previous, position, isPositive: isPositive)
            previous = position
        }
    }

    private mutating func append(_ start: Position, _ end: Position, isPositive: Bool) {
        guard start.y != end.y else { return }
        let runsDown = start.y < end.y
        let (top, bottom) = runsDown ? (start, end) : (end, start)
        guard bottom.y > 0, top.y < height, min(top.x, bottom.x) < width else { return }
        edges.append(
            GridEdge(
                topX: top.x, top: top.y, bottomX: bottom.x, bottom: bottom.y, sign: runsDown == isPositive ? -1 : 1))
    }

    /// A place beside a line of the grid is on it: a longitude in degrees is known to some 10⁻¹⁰ of a cell of 10 m, and
    /// a sliver of that width must not bring the neighbouring cell's value into the table.
    private static func snapped(_ value: Double) -> Double {
        let nearest = value.rounded()
        return abs(value - nearest) <= 1e-9 ? nearest : value
    }

    private static func signedArea(_ ring: [Position]) -> Double {
        guard let origin = ring.first, var previous = ring.last else { return 0 }
        var sum = 0.0
        for position in ring {
            sum +=
                (previous.x - origin.x) * (position.y - origin.y) - (position.x - origin.x) * (previous.y - origin.y)
            previous = position
        }
        return sum / 2
    }
}

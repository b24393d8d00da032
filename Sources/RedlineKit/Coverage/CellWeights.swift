import CoordinateReference
import LayerIO
import RedlineGeometry
import RedlineMeasure

/// The ground of the cells of one block of a raster whose sides are no parallels: a projected one, a rotated one.
///
/// Exact areas are measured at the nodes of a lattice and interpolated along rows and columns. A scale factor's second
/// derivative is some 1/R², so that at most 2 km between nodes leave 10⁻⁷ of an area; where cells are larger, nodes are
/// cells.
struct CellWeights {
    /// The area of a cell at a node, row by row.
    private var nodes: [Double] = []
    private var columns = 0
    private var column0 = 0
    private var row0 = 0
    /// Cells between nodes.
    private let pitch: Int

    /// Chooses the pitch for a raster.
    init(_ description: RasterDescription, linearUnitInMeters: Double) {
        let transform = description.transform
        let side =
            max(
                (transform.columnX * transform.columnX + transform.columnY * transform.columnY).squareRoot(),
                (transform.rowX * transform.rowX + transform.rowY * transform.rowY).squareRoot())
            * linearUnitInMeters
        pitch = min(max(Int(2000 / side), 1), 1024)
    }

    /// Measures the nodes over a block.
    ///
    /// - Returns: Whether any node has a place on the ground.
    mutating func measure(
        columns columnRange: Range<Int>, rows: Range<Int>, _ description: RasterDescription,
        _ transformation: CoordinateTransformation
    ) -> Bool {
        column0 = columnRange.lowerBound
        row0 = rows.lowerBound
        columns = (columnRange.count + pitch - 1) / pitch + 1
        let lines = (rows.count + pitch - 1) / pitch + 1
        let places = (0..<lines).flatMap { line in
            (0..<columns).map { (Double(column0 + $0 * pitch) + 0.5, Double(row0 + line * pitch) + 0.5) }
        }
        let corners = places.flatMap { column, row in
            Self.square.map { description.transform.position(column: column + $0.0, row: row + $0.1) }
        }
        let measure = EllipsoidalArea()
        func area(_ ring: [Position]) -> Double { abs(measure.signedRingArea(ring).squareMeters) }
        if let positions = try? transformation.transform(corners) {
            nodes = places.indices.map { area(Array(positions[4 * $0..<4 * $0 + 4])) }
            return true
        }
        // At the rim of a world map some nodes have no place; no ground lies there, and a neighbour stands in.
        var known: [Double?] = places.indices.map { index in
            (try? transformation.transform(Array(corners[4 * index..<4 * index + 4]))).map(area)
        }
        guard let any = known.compactMap({ $0 }).first else { return false }
        var last = any
        for index in known.indices {
            last = known[index] ?? last
            known[index] = last
        }
        nodes = known.map { $0 ?? any }
        return true
    }

    private static let square = [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)]

    /// Calls `body` with the parts of a run of cells on which areas change evenly: its first column, the column after
    /// its last, the area of its first cell, and the change from cell to cell.
    func forEachPart(row: Int, _ start: Int, _ end: Int, _ body: (Int, Int, Double, Double) -> Void) {
        let line = min((row - row0) / pitch, nodes.count / columns - 2)
        let down = Double(row - row0 - line * pitch) / Double(pitch)
        func node(_ place: Int) -> Double {
            let upper = nodes[line * columns + place]
            return upper + (nodes[(line + 1) * columns + place] - upper) * down
        }
        var column = start
        while column < end {
            let place = min((column - column0) / pitch, columns - 2)
            let next = place == columns - 2 ? end : min(end, column0 + (place + 1) * pitch)
            let low = node(place)
            let change = (node(place + 1) - low) / Double(pitch)
            body(column, next, low + change * Double(column - column0 - place * pitch), change)
            column = next
        }
    }
}

internal import Glibc
internal import RedlineGeometry

/// Finds the positions to add to edges that are straight in their CRS, so that the chords in longitude–latitude between
/// transformed vertices stay within 1 mm of where the edges were.
///
/// **Edges up to one cell** are judged without a transformation. Let T be the map to local metres (longitude and
/// latitude times the metres of a degree) and d the edge. Where T is smooth, its chord errs by at most max |T″[d,
/// d]|/8, and of that only what stands across the chord counts. The cell of a fixed grid that holds the edge's midpoint
/// knows T″ at its centre, by second differences of 13 positions one pitch apart, and a bound of how much T″ varies out
/// to one pitch, which is as far as the edge can reach; so the bound holds along the whole edge. It falls by 4 with
/// each halving: the number of halvings follows at once. Typical edges end after one comparison: across a 3-degree zone
/// at 37° N nothing shorter than about 200 m needs a position.
///
/// **Longer edges, and all near poles or where T is not smooth** (grids, a choice of formulas), are halved until their
/// transformed points at 1/4, 1/2 and 3/4 lie within the tolerance of the chord; the quarters catch S-shaped
/// deviations.
///
/// Each edge is worked on from its smaller end (by x, then y), and positions come from (a + b)/2 only: an edge and its
/// reverse get the same positions to the last bit.
struct EdgeDensifier {
    /// The pitch of the grid, in units of the source.
    private let cellSize: Double
    /// Edges whose two ends are closer than this, in units of the source, stay whole where T is not smooth: a grid's
    /// shifts change by less than 10⁻⁵ of the distance, so that 100 m hide less than 1 mm.
    private let alwaysShort: Double
    private var cells: [CellKey: Cell] = [:]
    private var lastKey: CellKey?
    private var lastCell = Cell.unusable

    // 0.2 mm of the promised millimetre are left for the bound's own approximations (terms beyond the third).
    private static let tolerance = 0.8e-3
    // 2²⁰ pieces of one edge: a millimetre at the scale of the globe, and an end for maps that jump.
    private static let maximumDepth = 20

    /// Positions to add, all edges after one another, and how many belong to each edge.
    struct Insertions {
        var positions: [Position] = []
        var counts: [Int] = []

        /// Returns `vertices` with `added`, the transformed positions, in their places.
        func woven(into vertices: [Position], _ added: [Position]) -> [Position] {
            var result: [Position] = []
            result.reserveCapacity(vertices.count + added.count)
            var next = 0
            for (vertex, count) in zip(vertices, counts + [0]) {
                result.append(vertex)
                result += added[next..<next + count]
                next += count
            }
            return result
        }
    }

    init(cellSize: Double, alwaysShort: Double = 0) {
        self.cellSize = cellSize
        self.alwaysShort = alwaysShort
    }

    /// Chooses the grid for a source: 8192 m or 1/16°.
    init(definition: CRSDefinition) {
        if definition.isGeographic {
            self.init(cellSize: 1.0 / 16, alwaysShort: 1e-3)
        } else {
            let unit = definition.linearUnitInMeters ?? 1
            self.init(cellSize: 8192 / unit, alwaysShort: 100 / unit)
        }
    }

    /// Returns what to add between neighbouring positions of `run`, whose transformed positions are `vertices`.
    mutating func insertions(
        _ run: [Position], _ vertices: [Position], _ operation: some BatchOperation
    ) -> Insertions {
        var insertions = Insertions()
        for index in 1..<run.count {
            let (start, end) = (run[index - 1], run[index])
            let before = insertions.positions.count
            if !(operation.isSmooth && isStraight(start, end, operation)) {
                let isForward = (start.x, start.y) <= (end.x, end.y)
                let ends = Ends(start, vertices[index - 1], end, vertices[index])
                divide(isForward ? ends : ends.reversed, depth: 0, operation, into: &insertions.positions)
                if !isForward { insertions.positions[before...].reverse() }
            }
            // Most runs need no position, and so no counts.
            let added = insertions.positions.count - before
            guard added > 0 || !insertions.counts.isEmpty else { continue }
            if insertions.counts.isEmpty { insertions.counts = Array(repeating: 0, count: index - 1) }
            insertions.counts.append(added)
        }
        return insertions
    }

    private struct Ends {
        var start: Position
        var startPlace: Position
        var end: Position
        var endPlace: Position

        init(_ start: Position, _ startPlace: Position, _ end: Position, _ endPlace: Position) {
            (self.start, self.startPlace, self.end, self.endPlace) = (start, startPlace, end, endPlace)
        }

        var reversed: Ends { Ends(end, endPlace, start, startPlace) }
    }

    /// Whether even the largest bend of the cell leaves the edge straight: the way out for nearly all edges.
    @inline(__always)
    private mutating func isStraight(_ start: Position, _ end: Position, _ operation: some BatchOperation) -> Bool {
        let (dx, dy) = (end.x - start.x, end.y - start.y)
        let square = dx * dx + dy * dy
        guard square <= cellSize * cellSize else { return false }
        return square * cell(at: Self.middle(start, end), operation).largestBend <= 8 * Self.tolerance
    }

    private mutating func divide(
        _ edge: Ends, depth: Int, _ operation: some BatchOperation, into positions: inout [Position]
    ) {
        guard depth < Self.maximumDepth else { return }
        let (dx, dy) = (edge.end.x - edge.start.x, edge.end.y - edge.start.y)
        let square = dx * dx + dy * dy
        let middle = Self.middle(edge.start, edge.end)
        if operation.isSmooth, square <= cellSize * cellSize {
            let bend = cell(at: middle, operation).bend(dx, dy)
            if bend.isFinite {
                let halvings =
                    bend <= 8 * Self.tolerance ? 0 : Int((log2(bend / (8 * Self.tolerance)) / 2).rounded(.up))
                return Self.halve(edge.start, edge.end, halvings, into: &positions)
            }
        }
        if !operation.isSmooth, square <= alwaysShort * alwaysShort { return }
        let quarters = [Self.middle(edge.start, middle), middle, Self.middle(middle, edge.end)]
        var places = quarters
        operation.apply(&places)
        if Self.areStraight(places, edge.startPlace, edge.endPlace) { return }
        divide(Ends(edge.start, edge.startPlace, middle, places[1]), depth: depth + 1, operation, into: &positions)
        positions.append(middle)
        divide(Ends(middle, places[1], edge.end, edge.endPlace), depth: depth + 1, operation, into: &positions)
    }

    private static func halve(_ start: Position, _ end: Position, _ times: Int, into positions: inout [Position]) {
        guard times > 0 else { return }
        let middle = middle(start, end)
        halve(start, middle, times - 1, into: &positions)
        positions.append(middle)
        halve(middle, end, times - 1, into: &positions)
    }

    private static func middle(_ a: Position, _ b: Position) -> Position {
        Position(x: (a.x + b.x) / 2, y: (a.y + b.y) / 2)
    }

    /// Whether transformed positions lie within the tolerance of the chord, which runs in longitude–latitude.
    private static func areStraight(_ places: [Position], _ start: Position, _ end: Position) -> Bool {
        let scale = LocalScale(latitude: (start.y + end.y) / 2)
        let chord = scale.meters(from: start, to: end)
        let length = (chord.x * chord.x + chord.y * chord.y).squareRoot()
        for place in places {
            let offset = scale.meters(from: start, to: place)
            let across =
                length > 0
                ? abs(offset.x * chord.y - offset.y * chord.x) / length
                : (offset.x * offset.x + offset.y * offset.y).squareRoot()
            // A failed position is not judged here: it is told apart, with its name, when all are transformed.
            if across > tolerance { return false }
        }
        return true
    }

    @inline(__always)
    private mutating func cell(at position: Position, _ operation: some BatchOperation) -> Cell {
        let key = CellKey(x: (position.x / cellSize).rounded(.down), y: (position.y / cellSize).rounded(.down))
        if key == lastKey { return lastCell }
        return loadCell(key, operation)
    }

    private mutating func loadCell(_ key: CellKey, _ operation: some BatchOperation) -> Cell {
        let cell: Cell
        if let known = cells[key] {
            cell = known
        } else {
            cell = Cell(key, size: cellSize, operation)
            if cells.count >= 100_000 { cells.removeAll(keepingCapacity: true) }  // 10 MB, then start again.
            cells[key] = cell
        }
        (lastKey, lastCell) = (key, cell)
        return cell
    }
}

/// Walks the boundary of a region through one band of a grid, and finds what part of each cell lies inside.
///
/// As an anti-aliased rasteriser does: each piece of an edge inside a cell adds its height to what all cells right of it
/// are covered by, and the part of the cell right of the piece to that cell alone. Sorted by column, the sums give the
/// cells on the boundary one by one and all cells between them in one span. Nothing is tested cell by cell, and nothing
/// is approximated.
///
/// One for each task, because it keeps its working memory; answers do not depend on what was asked before.
package struct BandWalker: Sendable {
    private var entries: [Entry] = []
    private var counts: [Int] = []
    private var order: [Int32] = []

    // What rounding leaves of 0 and of 1 where some hundred pieces add up.
    private static let rounding = 1e-12

    /// Creates a walker without memory.
    package init() {}

    /// What the pieces inside one cell add up to, at first for each stay of the boundary in it.
    private struct Entry {
        var row: Int32
        var column: Int32
        /// What they cover of all cells right of this one.
        var cover = 0.0
        var groundCover = 0.0
        /// What they cover of this one.
        var area = 0.0
        var groundArea = 0.0
    }

    /// Finds the exact shares of the cells of a band.
    ///
    /// - Parameters:
    ///   - shape: The region.
    ///   - band: The band, from 0.
    ///   - rows: Its rows, within the grid.
    ///   - densities: The ground of each of the rows; nil where a cell weighs the same all over.
    ///   - spans: Gets the spans, by row and column.
    package mutating func appendSpans(
        of shape: GridShape, band: Int, rows: Range<Int>, densities: [RowDensity]?, to spans: inout [GridSpan]
    ) {
        entries.removeAll(keepingCapacity: true)
        shape.forEachEdge(inBand: band) { walk($0, rows, shape.width, densities) }
        guard !entries.isEmpty else { return }
        sortEntries(rows)
        var place = 0
        while place < entries.count {
            let row = entries[Int(order[place])].row
            var cover = 0.0
            var groundCover = 0.0
            var column = -1
            while place < entries.count, entries[Int(order[place])].row == row {
                let next = Int(entries[Int(order[place])].column)
                append(Int(row), column + 1, next, cover, groundCover, &spans)
                var area = cover
                var groundArea = groundCover
                while place < entries.count {
                    let entry = entries[Int(order[place])]
                    guard entry.row == row, entry.column == next else { break }
                    cover += entry.cover
                    groundCover += entry.groundCover
                    area += entry.area
                    groundArea += entry.groundArea
                    place += 1
                }
                append(Int(row), next, next + 1, area, groundArea, &spans)
                column = next
            }
            append(Int(row), column + 1, Int(shape.width), cover, groundCover, &spans)
        }
    }

    private func append(
        _ row: Int, _ start: Int, _ end: Int, _ share: Double, _ groundShare: Double, _ spans: inout [GridSpan]
    ) {
        guard start < end, share > Self.rounding else { return }
        let isWhole = abs(share - 1) <= Self.rounding
        spans.append(
            GridSpan(
                row: row, start: start, end: end, share: isWhole ? 1 : share, groundShare: isWhole ? 1 : groundShare))
    }

    /// Walks an edge down through the rows.
    private mutating func walk(_ edge: GridEdge, _ rows: Range<Int>, _ width: Double, _ densities: [RowDensity]?) {
        var y = max(edge.top, Double(rows.lowerBound))
        let end = min(edge.bottom, Double(rows.upperBound))
        guard y < end else { return }
        var x = edge.x(atY: y)
        var row = Int(y)
        while y < end {
            let nextY = min(Double(row + 1), end)
            let nextX = edge.x(atY: nextY)
            let density = densities.map { $0[row - rows.lowerBound] }
            walk(Piece(row: row, x: x, y: y, endX: nextX, endY: nextY, sign: edge.sign), width, density)
            (x, y) = (nextX, nextY)
            row += 1
        }
    }

    /// A part of an edge within one row.
    private struct Piece {
        var row: Int
        var x: Double
        var y: Double
        var endX: Double
        var endY: Double
        var sign: Double

        /// Where it has the place `line`, which lies between its ends.
        func y(atX line: Double) -> Double {
            min(max(y + (line - x) / (endX - x) * (endY - y), y), endY)
        }
    }

    /// Walks a piece through the columns; what lies left of the grid is put on its left side.
    private mutating func walk(_ piece: Piece, _ width: Double, _ density: RowDensity?) {
        let isRightward = piece.x <= piece.endX
        if min(piece.x, piece.endX) >= 0, max(piece.x, piece.endX) < width {
            // The usual case, one column.
            let column = piece.x.rounded(.down)
            if column == piece.endX.rounded(.down) || (!isRightward && piece.x == column && piece.endX >= column - 1) {
                let own = isRightward || piece.x > column ? column : column - 1
                return add(piece, column: Int(own), density)
            }
        }
        var rest = piece
        while rest.y < rest.endY {
            var part = rest
            if rest.x < 0 || (rest.x == 0 && rest.endX < 0) {
                if rest.endX > 0 { cut(&part, &rest, at: 0) } else { rest.y = rest.endY }
                (part.x, part.endX) = (0, 0)
                add(part, column: 0, density)
            } else if rest.x > width || (rest.x == width && rest.endX >= width) {
                // What lies right of the grid separates nothing on it.
                if rest.endX < width { cut(&part, &rest, at: width) } else { rest.y = rest.endY }
            } else {
                let down = rest.x.rounded(.down)
                let column = isRightward || rest.x > down ? down : down - 1
                let line = isRightward ? column + 1 : column
                let isLast = isRightward ? rest.endX <= line : rest.endX >= line
                if isLast { rest.y = rest.endY } else { cut(&part, &rest, at: line) }
                add(part, column: Int(column), density)
            }
        }
    }

    private func cut(_ part: inout Piece, _ rest: inout Piece, at line: Double) {
        let y = rest.y(atX: line)
        (part.endX, part.endY) = (line, y)
        (rest.x, rest.y) = (line, y)
    }

    @inline(__always)
    private mutating func add(_ piece: Piece, column: Int, _ density: RowDensity?) {
        let height = (piece.endY - piece.y) * piece.sign
        guard height != 0 else { return }
        let right = Double(column + 1)
        let area = height * (right - (piece.x + piece.endX) / 2)
        var groundHeight = height
        var groundArea = area
        if let density {
            let row = Double(piece.row)
            let integrals = density.integrals(
                from: piece.y - row, to: piece.endY - row, startX: right - piece.x, endX: right - piece.endX)
            groundHeight = integrals.whole * piece.sign
            groundArea = integrals.moment * piece.sign
        }
        if entries.last.map({ Int($0.row) == piece.row && Int($0.column) == column }) != true {
            entries.append(Entry(row: Int32(piece.row), column: Int32(column)))
        }
        let last = entries.count - 1
        entries[last].cover += height
        entries[last].area += area
        entries[last].groundCover += groundHeight
        entries[last].groundArea += groundArea
    }

    /// Sorts by row, then by column; entries of one cell stay in the order of the boundary.
    private mutating func sortEntries(_ rows: Range<Int>) {
        counts.removeAll(keepingCapacity: true)
        counts.append(contentsOf: repeatElement(0, count: rows.count + 1))
        for entry in entries { counts[Int(entry.row) - rows.lowerBound + 1] += 1 }
        for row in 0..<rows.count { counts[row + 1] += counts[row] }
        var next = counts
        order.removeAll(keepingCapacity: true)
        order.append(contentsOf: repeatElement(0, count: entries.count))
        for (index, entry) in entries.enumerated() {
            let row = Int(entry.row) - rows.lowerBound
            order[next[row]] = Int32(index)
            next[row] += 1
        }
        let entries = entries  // So that sorting does not read and write the same value at once.
        for row in 0..<rows.count where counts[row + 1] - counts[row] > 1 {
            order[counts[row]..<counts[row + 1]].sort { (entries[Int($0)].column, $0) < (entries[Int($1)].column, $1) }
        }
    }

    // MARK: - Centres

    private struct Crossing {
        var x: Double
        var sign: Double
    }

    /// Finds the cells of a band whose centre lies inside; each counts whole.
    ///
    /// A centre exactly on an edge counts as right of it, so that regions that tile share out each cell once.
    package mutating func appendSpansByCentre(
        of shape: GridShape, band: Int, rows: Range<Int>, to spans: inout [GridSpan]
    ) {
        var sorted: [[Crossing]] = Array(repeating: [], count: rows.count)
        shape.forEachEdge(inBand: band) { edge in
            let first = max(rows.lowerBound, Int((edge.top - 0.5).rounded(.up)))
            var row = first
            while row < rows.upperBound, Double(row) + 0.5 < edge.bottom {
                let x = edge.x(atY: Double(row) + 0.5)
                sorted[row - rows.lowerBound].append(Crossing(x: x, sign: edge.sign))
                row += 1
            }
        }
        for (index, var crossings) in sorted.enumerated() where !crossings.isEmpty {
            crossings.sort { $0.x < $1.x }
            var inside = 0.0
            var open = 0.0
            for crossing in crossings + [Crossing(x: .infinity, sign: 0)] {
                let start = Int(min(max((open - 0.5).rounded(.up), 0), shape.width))
                let end = Int(min(max((crossing.x - 0.5).rounded(.up), 0), shape.width))
                if inside > 0.5, start < end {
                    spans.append(
                        GridSpan(row: rows.lowerBound + index, start: start, end: end, share: 1, groundShare: 1))
                }
                inside += crossing.sign
                open = crossing.x
            }
        }
    }
}

/// Neighbouring cells of one row that a region covers to the same part.
package struct GridSpan: Hashable, Sendable {
    /// The row.
    package var row: Int
    /// The first column.
    package var start: Int
    /// The column after the last.
    package var end: Int
    /// The covered part of each cell in the plane of the grid, 0…1.
    package var share: Double
    /// The covered part of the ground of each cell, 0…1: other than `share` where a cell's south holds more ground than
    /// its north.
    package var groundShare: Double

    /// Creates a span.
    package init(row: Int, start: Int, end: Int, share: Double, groundShare: Double) {
        self.row = row
        self.start = start
        self.end = end
        self.share = share
        self.groundShare = groundShare
    }
}

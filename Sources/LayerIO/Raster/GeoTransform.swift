public import RedlineGeometry

/// Where the cells of a raster lie in its CRS: an affine map from columns and rows.
///
/// Column 0, row 0 is the outer corner of the first cell, as GDAL has it, not its centre.
public struct GeoTransform: Hashable, Sendable {
    /// x of the corner of the first cell.
    public var originX: Double
    /// Change of x from one column to the next.
    public var columnX: Double
    /// Change of x from one row to the next; 0 where the raster is not rotated.
    public var rowX: Double
    /// y of the corner of the first cell.
    public var originY: Double
    /// Change of y from one column to the next; 0 where the raster is not rotated.
    public var columnY: Double
    /// Change of y from one row to the next; negative where the first row is the northern one.
    public var rowY: Double

    /// Creates a map from its six numbers, in the order of GDAL.
    public init(
        originX: Double, columnX: Double, rowX: Double, originY: Double, columnY: Double, rowY: Double
    ) {
        self.originX = originX
        self.columnX = columnX
        self.rowX = rowX
        self.originY = originY
        self.columnY = columnY
        self.rowY = rowY
    }

    /// Whether the sides of cells run along the axes of the CRS.
    public var isAligned: Bool { rowX == 0 && columnY == 0 }

    /// Whether cells have an area that is a finite number.
    public var isInvertible: Bool { determinant != 0 && determinant.isFinite && originX.isFinite && originY.isFinite }

    /// The area of a cell in the unit of the CRS squared; negative where rows run down.
    public var determinant: Double { columnX * rowY - rowX * columnY }

    /// The place of a column and row in the CRS; fractions are places inside cells.
    public func position(column: Double, row: Double) -> Position {
        Position(
            x: originX + column * columnX + row * rowX, y: originY + column * columnY + row * rowY)
    }

    /// The column and row of a place, as x and y.
    public func cell(at position: Position) -> Position {
        let (x, y) = (position.x - originX, position.y - originY)
        if isAligned { return Position(x: x / columnX, y: y / rowY) }
        return Position(
            x: (x * rowY - y * rowX) / determinant, y: (y * columnX - x * columnY) / determinant)
    }
}

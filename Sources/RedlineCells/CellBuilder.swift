package import RedlineGeometry

/// Cuts zones into cells.
///
/// A value without state: zones can be cut by any number of tasks at once, and each gets the same cells every time.
package struct CellBuilder: Hashable, Sendable {
    /// How many edges a cell may have before it is halved.
    package var edgeLimit: Int

    /// Creates a builder.
    ///
    /// - Parameter edgeLimit: How many edges a cell may have; at least 1. Between 16 and 64 little changes in time; the
    ///   areas that come out differ by rounding only.
    package init(edgeLimit: Int = 32) {
        precondition(edgeLimit >= 1, "A cell has at least one edge.")
        self.edgeLimit = edgeLimit
    }

    /// Cuts the polygons of one zone by recursive halving of their box.
    ///
    /// - Parameters:
    ///   - polygons: Longitude and latitude in degrees. For a valid zone they share no ground. An open ring is closed;
    ///     positions that are not finite are left out.
    ///   - rule: What counts as inside, over the rings of all polygons together.
    /// - Returns: The cells, in an order that depends on the polygons alone.
    /// - Complexity: O(*n* log *n*) in the number of edges. Edges that many cells would share stop the halving once
    ///   there would be about 8 *n* + 10 000 of them, whatever the shape.
    package func cells(of polygons: [Polygon], rule: FillRule = .evenOdd) -> ZoneCells {
        var cutter = CellCutter(edgeLimit: edgeLimit, rule: rule)
        cutter.reserve(polygons.reduce(0) { $0 + $1.positionCount })
        for polygon in polygons { cutter.append(polygon) }
        return cutter.finish()
    }
}

package import RedlineGeometry

/// A site made ready for questions to any number of layers.
package struct SiteCells: Hashable, Sendable {
    /// The cells of all polygons; a small polygon is one cell.
    package let cells: ZoneCells
    /// The smallest rectangle around the site.
    package let envelope: Envelope
    /// The area of the site in square metres.
    package let area: Double
    /// The area of the cells' rectangles in square degrees.
    let rectangleArea: Double

    // A walk through a site of this size costs less than the cells it would be cut into.
    private static let uncutLimit = 64

    /// Prepares a site.
    ///
    /// - Parameters:
    ///   - polygons: Longitude and latitude in degrees; valid, and sharing no ground.
    ///   - area: The ellipsoidal area of all in square metres, given back where the site lies wholly inside.
    package init(_ polygons: [Polygon], area: Double) {
        var cells = ZoneCells(rule: .evenOdd)
        let first = polygons.lazy.compactMap { $0.exteriorRing.first(where: \.isFinite) }.first
        cells.origin = first ?? cells.origin
        cells.edges.reserveCapacity(polygons.reduce(0) { $0 + $1.positionCount })
        // Each polygon by itself: ground between them would be asked for in vain.
        for polygon in polygons {
            if polygon.positionCount <= Self.uncutLimit {
                cells.appendUncut(polygon)
            } else {
                var cutter = CellCutter(edgeLimit: 32, rule: .evenOdd, origin: cells.origin)
                cutter.append(polygon)
                cells.append(cutter.finish())
            }
        }
        self.cells = cells
        envelope = cells.envelope
        self.area = area
        rectangleArea = cells.rectangleArea
    }

    /// Prepares a rectangle.
    init(rectangle: Envelope, area: Double) {
        var cells = ZoneCells(rule: .evenOdd)
        if rectangle.width > 0, rectangle.height > 0 { cells.close(rectangle) }
        self.cells = cells
        envelope = rectangle
        self.area = area
        rectangleArea = cells.rectangleArea
    }
}

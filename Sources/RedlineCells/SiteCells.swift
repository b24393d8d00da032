package import RedlineGeometry

/// A site made ready for questions to any number of layers.
package struct SiteCells: Hashable, Sendable {
    /// The cells of each polygon; a small polygon is one cell.
    package let parts: [ZoneCells]
    /// The smallest rectangle around the site.
    package let envelope: Envelope
    /// The area of the site in square metres.
    package let area: Double

    // A walk through a site of this size costs less than the cells it would be cut into.
    private static let uncutLimit = 64

    /// Prepares a site.
    ///
    /// - Parameters:
    ///   - polygons: Longitude and latitude in degrees; valid, and sharing no ground.
    ///   - area: The ellipsoidal area of all in square metres, given back where the site lies wholly inside.
    package init(_ polygons: [Polygon], area: Double) {
        // Each polygon by itself: ground between them would be asked for in vain.
        var parts: [ZoneCells] = []
        parts.reserveCapacity(polygons.count)
        var envelope = Envelope.empty
        for polygon in polygons {
            let isSmall = polygon.positionCount <= Self.uncutLimit
            let cells = isSmall ? ZoneCells(uncut: polygon) : CellBuilder().cells(of: [polygon])
            for rectangle in cells.rectangles { envelope.formUnion(rectangle) }
            parts.append(cells)
        }
        self.parts = parts
        self.envelope = envelope
        self.area = area
    }

    /// Prepares a rectangle.
    init(rectangle: Envelope, area: Double) {
        var cells = ZoneCells(rule: .evenOdd)
        if rectangle.width > 0, rectangle.height > 0 { cells.close(rectangle) }
        parts = [cells]
        envelope = rectangle
        self.area = area
    }
}

package import RedlineGeometry

/// A site made ready for questions to any number of layers.
package struct SiteCells: Hashable, Sendable {
    /// The cells of the site; a small polygon is one cell.
    package let cells: ZoneCells
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
        var cells = ZoneCells(rule: .evenOdd)
        var envelope = Envelope.empty
        for polygon in polygons {
            let isSmall = polygon.positionCount <= Self.uncutLimit
            // Each polygon by itself: ground between them would be asked for in vain.
            let builder = CellBuilder(edgeLimit: isSmall ? 2 * Self.uncutLimit : 32)
            cells.append(builder.cells(of: [polygon]))
            envelope.formUnion(Envelope(polygon.exteriorRing.lazy.filter(\.isFinite)))
        }
        self.cells = cells
        self.envelope = envelope
        self.area = area
    }
}

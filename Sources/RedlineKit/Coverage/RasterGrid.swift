import CoordinateReference
import LayerIO
import RedlineGeometry
import RedlineGrid
import RedlineMeasure

/// The cells of a raster on the ground: where they lie in the inside plane, and what each weighs.
struct RasterGrid: Sendable {
    /// What the raster is.
    let description: RasterDescription
    /// Its CRS, as CRS readers take it.
    let crs: String
    /// Whether the sides of cells are parallels and meridians of CGCS2000, so that areas inside a cell are exact.
    let isGraticule: Bool
    /// What the cells may reach over, in longitude and latitude; nil where that could not be told.
    let footprint: Envelope?
    /// How many rows make a band, the piece of work of one task.
    let bandRows: Int

    /// Looks at a raster.
    ///
    /// - Throws: ``RedlineError`` where it has no CRS, `CoordinateReferenceError` where its CRS cannot be used.
    init(_ description: RasterDescription, file: String, layer: String) throws {
        guard let crs = description.crs.shortestDefinition else {
            throw RedlineError(
                "the raster has no CRS.", file: file, layer: layer,
                remedy: "Say what its coordinates are with 'crs: EPSG:n' in the catalog.")
        }
        self.description = description
        self.crs = crs
        let inverse = try InverseTransformation(to: crs)
        isGraticule = inverse.isIdentity && description.transform.isAligned
        footprint =
            inverse.isIdentity
            ? Self.envelope(of: description) : Self.footprint(description, try CoordinateTransformation(from: crs))
        // Enough rows to be worth a task, whole blocks, and the same on any machine.
        let blocks = max(1, (64 + description.blockHeight - 1) / description.blockHeight)
        bandRows = blocks * description.blockHeight
    }

    /// The number of bands.
    var bandCount: Int { (description.height + bandRows - 1) / bandRows }

    /// The rows of a band.
    func rows(ofBand band: Int) -> Range<Int> { band * bandRows..<min((band + 1) * bandRows, description.height) }

    /// The ground of each row, for cells between parallels.
    func densities(of rows: Range<Int>) -> [RowDensity] {
        let transform = description.transform
        return rows.map { row in
            RowDensity(
                top: transform.originY + Double(row) * transform.rowY,
                bottom: transform.originY + Double(row + 1) * transform.rowY, width: transform.columnX)
        }
    }

    private static func envelope(of description: RasterDescription) -> Envelope {
        let (width, height) = (Double(description.width), Double(description.height))
        return Envelope(
            [(0, 0), (width, 0), (0, height), (width, height)].map {
                description.transform.position(column: $0.0, row: $0.1)
            })
    }

    /// The envelope of 33 × 33 places in the raster, wider by what may lie between them.
    private static func footprint(_ description: RasterDescription, _ transformation: CoordinateTransformation)
        -> Envelope?
    {
        var envelope = Envelope.empty
        for row in 0...32 {
            for column in 0...32 {
                let place = description.transform.position(
                    column: Double(description.width) * Double(column) / 32,
                    row: Double(description.height) * Double(row) / 32)
                // Corners of world maps lie beyond the world.
                guard let found = try? transformation.transform([place]), let position = found.first else { continue }
                envelope.insert(position)
            }
        }
        guard !envelope.isEmpty else { return nil }
        return envelope.expanded(dx: envelope.width / 16, dy: envelope.height / 16)
    }
}

/// A region on the grid of a raster.
struct PlacedRegion: Sendable {
    /// The part that lies near the raster.
    var shape: GridShape
    /// Whether all of the region lies on the raster.
    var isWhole: Bool
}

/// Puts regions on a grid; one for each task.
final class RegionPlacer {
    private let grid: RasterGrid
    private let inverse: InverseTransformation

    init(_ grid: RasterGrid) throws {
        self.grid = grid
        inverse = try InverseTransformation(to: grid.crs)
    }

    /// The region in columns and rows; nil where it lies wholly beyond the raster.
    ///
    /// - Throws: `CoordinateReferenceError` for positions that have no place in the raster's CRS.
    func region(of polygons: [Polygon]) throws -> PlacedRegion? {
        let envelope = polygons.reduce(into: Envelope.empty) { $0.formUnion(Envelope($1.exteriorRing)) }
        var placed: [Polygon] = []
        var isUncut = true
        // The same ground has longitudes that differ by whole turns, on either side of the antimeridian.
        for turn in [0.0, -360, 360] {
            let moved = Envelope(
                minX: envelope.minX + turn, minY: envelope.minY, maxX: envelope.maxX + turn, maxY: envelope.maxY)
            guard grid.footprint?.intersects(moved) ?? (turn == 0) else { continue }
            for polygon in polygons {
                let moved = turn == 0 ? polygon : polygon.movedEast(by: turn)
                let parts = clipped(moved)
                if parts != [moved] { isUncut = false }
                for part in parts { placed.append(try cells(of: part)) }
            }
        }
        guard !placed.isEmpty else { return nil }
        let shape = GridShape(
            placed, width: grid.description.width, height: grid.description.height, bandRows: grid.bandRows)
        guard !shape.rows.isEmpty else { return nil }
        return PlacedRegion(shape: shape, isWhole: isUncut && placed.count == polygons.count && shape.isInside)
    }

    /// The part of a polygon near the raster, where its CRS may have no place for the rest; it need not be exact.
    private func clipped(_ polygon: Polygon) -> [Polygon] {
        let envelope = Envelope(polygon.exteriorRing)
        guard let box = grid.footprint else { return [polygon] }
        guard box.intersects(envelope) else { return [] }
        guard !inverse.isIdentity, !box.contains(envelope) else { return [polygon] }
        var parts = [polygon]
        let cuts: [(PolygonCut.Axis, Double, Bool)] = [
            (.x, box.minX, true), (.x, box.maxX, false), (.y, box.minY, true), (.y, box.maxY, false),
        ]
        for (axis, value, keepsAbove) in cuts {
            parts = parts.flatMap { part -> [Polygon] in
                guard let halves = PolygonCut.halves(of: part, across: axis, at: value) else { return [part] }
                return keepsAbove ? halves.above : halves.below
            }
        }
        return parts
    }

    private func cells(of polygon: Polygon) throws -> Polygon {
        func cells(_ ring: [Position]) throws -> [Position] {
            try inverse.densifiedAndTransformed(ring).map(grid.description.transform.cell(at:))
        }
        return Polygon(
            exteriorRing: try cells(polygon.exteriorRing), interiorRings: try polygon.interiorRings.map(cells))
    }
}

extension Polygon {
    /// The polygon some degrees further east.
    fileprivate func movedEast(by degrees: Double) -> Polygon {
        func moved(_ ring: [Position]) -> [Position] { ring.map { Position(x: $0.x + degrees, y: $0.y) } }
        return Polygon(exteriorRing: moved(exteriorRing), interiorRings: interiorRings.map(moved))
    }
}

import CoordinateReference
import LayerIO
public import RedlineGeometry
import RedlineKit
import RedlineMeasure

extension ScreeningReport {
    /// The 3-degree Gauss–Krüger zones in which plots of the overlaps would be written, by number; none where no overlap
    /// has an area.
    ///
    /// A plot is a polygon of an overlap and belongs to the zone that its middle lies in.
    ///
    /// - Returns: Zones with prefix.
    /// - Throws: ``RedlineKit/RedlineError`` where a plot lies outside China's zones, or reaches further from its
    ///   meridian than eastings can say.
    public func boundaryPointZones() throws -> [GaussKrugerZone] {
        var projections: [GaussKrugerZone: PlaneProjection] = [:]
        try forEachPlot { row, polygon, _ in
            let envelope = Envelope(polygon.exteriorRing)
            guard let zone = Self.zone(of: envelope) else {
                throw RedlineError(
                    "the overlap \(row.finding.id) lies at \(envelope.center.x)° E, in no 3-degree zone of China, so that "
                        + "it cannot be written as boundary points.",
                    feature: row.site.id, remedy: "Leave out --boundary-points.")
            }
            let projection = try projections[zone] ?? PlaneProjection(to: zone.code(on: .cgcs2000))
            projections[zone] = projection
            // East and west of the meridian, eastings are largest on the side of the equator.
            let corners = [(envelope.minX, envelope.minY), (envelope.maxX, envelope.minY)]
            for place in try projection.project(corners.map { Position(x: $0.0, y: $0.1) })
            where GaussKrugerZone.split(easting: place.x)?.zone != zone.number {
                throw RedlineError(
                    "the overlap \(row.finding.id) reaches from \(envelope.minX)° to \(envelope.maxX)° E, further than "
                        + "the eastings of zone \(zone.number) go.",
                    feature: row.site.id, remedy: "Cut the site, or leave out --boundary-points.")
            }
        }
        return projections.keys.sorted { $0.number < $1.number }
    }

    /// Writes the plots of a zone as exchange text of boundary points (界址点): a plot for each polygon of an overlap, its
    /// number the finding's id, its name site and zone, its use the layer.
    ///
    /// Vertices are those of the overlap: between them edges are straight in the plane there and in longitude and latitude
    /// here, which differ by 2 cm on an edge of 1 km. Areas are ellipsoidal, of each polygon.
    ///
    /// - Parameters:
    ///   - zone: One of ``boundaryPointZones()``.
    ///   - write: Takes the bytes.
    /// - Throws: Whatever `write` throws.
    public func writeBoundaryPoints(in zone: GaussKrugerZone, to write: ByteWriter) throws {
        let projection = try PlaneProjection(to: zone.code(on: .cgcs2000))
        let meter = try AreaMeter(method: .ellipsoidal)
        let writer = BoundaryPointWriter(zone: zone)
        try write(Array(writer.head.utf8))
        try forEachPlot { row, polygon, suffix in
            guard Self.zone(of: Envelope(polygon.exteriorRing)) == zone else { return }
            let plot = BoundaryPointWriter.Plot(
                number: row.finding.id + suffix,
                name: "\(row.site.name) \(row.finding.zone?.name ?? row.finding.zone?.code ?? "")",
                use: row.layer?.id ?? "",
                areaInSquareMeters: try meter.area(of: .polygon(polygon)).squareMeters,
                polygon: Polygon(
                    exteriorRing: try projection.project(polygon.exteriorRing),
                    interiorRings: try polygon.interiorRings.map { try projection.project($0) }))
            try write(Array(writer.lines(of: plot).utf8))
        }
    }

    /// The zone that the middle of a plot lies in; nil outside China's zones.
    private static func zone(of envelope: Envelope) -> GaussKrugerZone? {
        let number = (envelope.center.x / 3).rounded()
        guard (25...45).contains(number) else { return nil }
        return GaussKrugerZone(number: Int(number), hasPrefix: true)
    }

    /// Every polygon of every overlap, and what tells it from the others of its finding: `-1`, `-2`, … .
    private func forEachPlot(_ body: (FindingRow, Polygon, _ suffix: String) throws -> Void) rethrows {
        try forEachFinding { row in
            guard row.finding.relation == .overlaps, let polygons = row.finding.geometry?.parts.polygons else { return }
            for (index, polygon) in polygons.enumerated() {
                try body(row, polygon, polygons.count == 1 ? "" : "-\(index + 1)")
            }
        }
    }
}

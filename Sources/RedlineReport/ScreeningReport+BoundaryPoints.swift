import CoordinateReference
import LayerIO
import RedlineGeometry
import RedlineKit
import RedlineMeasure

extension ScreeningReport {
    /// Whether any overlap has an area, so that there are plots to write.
    public var hasPlots: Bool {
        result.sites.contains { site in
            site.findings.contains { $0.relation == .overlaps && $0.geometry?.parts.polygons.isEmpty == false }
        }
    }

    /// Writes the ground of every overlap as the exchange text of boundary points (界址点): a plot for each polygon, its
    /// number the finding's id, its name site and zone, its use the layer; in the 3-degree Gauss–Krüger zone that holds
    /// the middle of all.
    ///
    /// Vertices are those of the overlap: between them edges are straight in the plane there and in longitude and latitude
    /// here, which differ by 2 cm on an edge of 1 km. Areas are ellipsoidal,
    /// of each polygon.
    ///
    /// - Throws: ``RedlineKit/RedlineError`` where nothing overlaps with an area, or the overlaps lie outside China's zones
    ///   or too far apart for one zone; whatever `write` throws.
    public func writeBoundaryPoints(to write: ByteWriter) throws {
        var envelope = Envelope.empty
        forEachOverlap { _, polygons in
            for polygon in polygons { envelope.formUnion(Envelope(polygon.exteriorRing)) }
        }
        guard !envelope.isEmpty else {
            throw RedlineError(
                "no site overlaps a zone with an area, so there is no plot to write.",
                remedy: "Use another format, such as text or json.")
        }
        let number = Int((envelope.center.x / 3).rounded())
        guard let zone = GaussKrugerZone(number: number, hasPrefix: true),
            abs(envelope.minX - Double(zone.centralMeridian)) <= 3.5,
            abs(envelope.maxX - Double(zone.centralMeridian)) <= 3.5
        else {
            throw RedlineError(
                "the overlaps lie between \(envelope.minX)° and \(envelope.maxX)° E, which no 3-degree zone of China holds.",
                remedy: "Screen the sites of each zone by themselves.")
        }
        let projection = try PlaneProjection(to: zone.code(on: .cgcs2000))
        let meter = try AreaMeter(method: .ellipsoidal)
        let writer = BoundaryPointWriter(zone: zone)
        try write(Array(writer.head.utf8))
        try forEachOverlap { row, polygons in
            for (index, polygon) in polygons.enumerated() {
                let own = polygons.count == 1 ? nil : "-\(index + 1)"
                let plot = BoundaryPointWriter.Plot(
                    number: row.finding.id + (own ?? ""),
                    name: "\(row.site.name) \(row.finding.zone?.name ?? row.finding.zone?.code ?? "")",
                    use: row.layer?.id ?? "",
                    areaInSquareMeters: try meter.area(of: .polygon(polygon)).squareMeters,
                    polygon: Polygon(
                        exteriorRing: try projection.project(polygon.exteriorRing),
                        interiorRings: try polygon.interiorRings.map { try projection.project($0) }))
                try write(Array(writer.lines(of: plot).utf8))
            }
        }
    }

    private func forEachOverlap(_ body: (FindingRow, [Polygon]) throws -> Void) rethrows {
        try forEachFinding { row in
            guard row.finding.relation == .overlaps, let polygons = row.finding.geometry?.parts.polygons,
                !polygons.isEmpty
            else { return }
            try body(row, polygons)
        }
    }
}

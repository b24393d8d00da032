import Foundation
import GRDB
import LayerIO
import RedlineCells
import RedlineGeometry
import RedlineMeasure

/// One edition of a layer, as a prepared catalog holds it.
struct PreparedEdition {
    /// The files that it was made from.
    let sources: [PreparedSource]
    private let number: Int64
    private let layer: CatalogLayer
    private let day: String
    private let summary: Data
    private let directory: Data
    private let rows: [PreparedZone]
    private let blocks: [(table: String, data: Data)]
    private let chunks: [Data]
    private let envelope: Envelope
    private let isOnlyPolygons: Bool

    /// Reads and judges an edition, and cuts it into cells.
    ///
    /// - Parameters:
    ///   - layer: Its layer.
    ///   - edition: The edition.
    ///   - number: Its number among all of the catalog, from 1.
    ///   - threads: How many tasks work at once.
    /// - Throws: ``RedlineError`` if a source cannot be read; `CancellationError`.
    init(_ layer: CatalogLayer, _ edition: Edition, _ number: Int64, threads: Int) async throws {
        var single = layer
        single.editions = [edition]
        let files = try LayerSource(path: edition.source, layer: layer.sourceLayer).constituentFiles
        // Before the files are read, so that a change meanwhile is seen.
        let states = files.map { SourceState(of: $0) }
        var fields = PreparedFields.areKept(of: layer) ? try PreparedFields(of: &single, edition) : nil
        let loaded = try await LayerLoader(asOf: nil, threads: threads).load(single)
        sources = try [PreparedSource](of: files, states, digest: loaded.sha256)
        let zones = fields?.takeValues(from: loaded.zones) ?? loaded.zones
        let cut = try await concurrentMap(count: zones.count, threads: threads, chunk: 8) {
            try Meter(ScreeningOptions())
        } _: { meter, place in
            let zone = zones[place]
            return (
                measured: try MeasuredZone(zone, meter), cells: CellBuilder().cells(of: zone.ground.polygons),
                row: GeoPackageGeometry.row(zone)
            )
        }
        var (directory, cells) = (PreparedDirectory(), PreparedCells())
        for (place, zone) in zones.enumerated() {
            directory.envelopes.append(zone.ground.envelope)
            directory.checksums.append(cut[place].row.checksum(row: place + 1))
            directory.areas.append(cut[place].measured.area ?? .nan)
            directory.widths.append(cut[place].measured.width ?? .nan)
        }
        chunks = try await cells.take(cut.map(\.cells), threads: threads)
        // Land cover is tabulated patch by patch.
        let tiles = fields != nil ? try await Self.tiles(of: cut.map(\.cells), threads: threads) : nil
        let patches = fields == nil ? try await PreparedPatches(zones, of: loaded, threads: threads).data : nil
        self.number = number
        self.layer = layer
        day = edition.date?.description ?? ""
        (summary, self.directory) = (LayerSummary(loaded).data, directory.data)
        blocks = [
            ("redline_chunks", cells.data), ("redline_tiles", tiles), ("redline_fields", fields?.data),
            ("redline_patches", patches),
        ].compactMap { table, data in data.map { (table, $0) } }
        rows = cut.map(\.row)
        envelope = zones.reduce(into: Envelope.empty) { $0.formUnion($1.ground.envelope) }
        isOnlyPolygons = zones.allSatisfy { $0.ground.lines.isEmpty && $0.ground.points.isEmpty }
    }

    /// The ground of a layer, measured once for every table that is made of it.
    private static func tiles(of zones: [ZoneCells], threads: Int) async throws -> Data {
        let layer = try CellLayer(zones, threads: threads)
        return try await RegionCoverage(regions: CellLayer([]), threads: threads).tiles(of: layer).block.data
    }

    /// Writes the edition.
    func insert(into database: Database) throws {
        let table = layer.editions.count > 1 && !day.isEmpty ? "\(layer.id) \(day)" : layer.id
        try GeoPackageSchema.createLayer(
            table, title: layer.title.en ?? layer.title.zh ?? layer.id, envelope: envelope,
            geometryType: isOnlyPolygons ? "MULTIPOLYGON" : "GEOMETRY", in: database)
        try GeoPackageSchema.insert(rows, into: table, in: database)
        try database.execute(
            sql: "INSERT INTO redline_layer VALUES (?, ?, ?, ?, ?, ?, ?)",
            arguments: [
                number, layer.id, day, table, summary, directory,
                Int64(
                    bitPattern: Checksum.of(
                        Data("\(number)\n\(layer.id)\n\(day)\n\(table)\n".utf8), summary, directory)),
            ])
        for (table, data) in blocks { try GeoPackageSchema.insert(data, of: number, into: table, in: database) }
        let insert = try database.makeStatement(sql: "INSERT INTO redline_cells VALUES (?, ?)")
        for (place, chunk) in chunks.enumerated() {
            try insert.execute(arguments: [PreparedCatalog.chunkID(layer: number, chunk: place), chunk])
        }
    }
}

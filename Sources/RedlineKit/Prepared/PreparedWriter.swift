import Foundation
import GRDB
import LayerIO
import RedlineCells
import RedlineGeometry
import RedlineMeasure

/// Prepares a catalog: reads and judges all layers in all editions, cuts them into cells, and writes one GeoPackage.
///
/// Rasters stay where they are; they are read as they are, block by block.
///
/// - Parameters:
///   - catalog: The catalog, read from its YAML file.
///   - path: Where no file is yet; the caller renames it once it is whole.
///   - threads: How many tasks work at once; the file does not depend on it.
///   - progress: Told the id of each layer before it is read.
/// - Throws: ``RedlineError`` if a source cannot be read or the file cannot be written.
public func prepare(
    _ catalog: Catalog, at path: String, threads: Int, progress: (@Sendable (String) -> Void)? = nil
) async throws {
    do {
        try await PreparedWriter(catalog: catalog, threads: threads).write(to: path, progress: progress)
    } catch let error as DatabaseError {
        throw RedlineError(
            "the prepared catalog could not be written: \(error.message ?? "\(error)").",
            remedy: "Check that there is room on the disk and that the folder may be written to.")
    }
}

/// One run of preparing.
struct PreparedWriter {
    let catalog: Catalog
    let threads: Int

    func write(to path: String, progress: (@Sendable (String) -> Void)?) async throws {
        guard catalog.layers.allSatisfy({ $0.prepared == nil }) else {
            throw RedlineError(
                "is prepared already.", file: catalog.path, remedy: "Give the YAML catalog that it was made from.")
        }
        var configuration = Configuration()
        // The file is new and renamed when whole: nothing to roll back.
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192")
        }
        let database = try DatabaseQueue(path: path, configuration: configuration)
        try await database.writeWithoutTransaction { try GeoPackageSchema.create(in: $0) }
        var sources = [catalog.path]
        var layers: [String] = []
        var number: Int64 = 0
        for layer in catalog.layers where try !layer.isRaster() {
            progress?(layer.id)
            for edition in layer.editions {
                number += 1
                sources += try await write(layer, edition, number, to: database)
            }
            layers.append(layer.id)
        }
        var reader = RulePackReader()
        for pack in catalog.rules { _ = try reader.pack(at: pack) }
        let packs = reader.texts.sorted { $0.key < $1.key }
        sources += packs.map(\.key)
        let lines = try Set(sources).sorted().compactMap { source -> String? in
            guard let state = SourceState(of: source), let digest = try FileDigest.sha256(of: [source]) else {
                return nil
            }
            return "\(state.stamp)\t\(digest)\t\(source)"
        }
        let meta =
            [
                ("format", String(PreparedCatalog.format)), ("catalog", try catalogText()),
                ("catalog_path", catalog.path),
                ("sources", lines.joined(separator: "\n")), ("layers", layers.joined(separator: "\n")),
                ("packs", packs.map(\.key).joined(separator: "\n")),
            ] + packs.map { ("pack:" + $0.key, $0.value) }
        try await database.writeWithoutTransaction { database in
            try database.inTransaction {
                for (key, value) in meta { try GeoPackageSchema.setMeta(key, value, in: database) }
                return .commit
            }
            // Room for the number itself first: setting it then moves no page.
            try GeoPackageSchema.setMeta("pages", "000000000000", in: database)
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            let text = String(pages)
            try GeoPackageSchema.setMeta(
                "pages", String(repeating: "0", count: 12 - text.count) + text, in: database)
        }
        try database.close()
    }

    private func catalogText() throws -> String {
        guard let bytes = FileManager.default.contents(atPath: catalog.path),
            let text = String(validating: bytes, as: UTF8.self)
        else {
            throw RedlineError("cannot be read.", file: catalog.path, remedy: "Check that it is still there.")
        }
        return text
    }

    /// Writes one edition of a layer; returns the files that it came from.
    private func write(
        _ layer: CatalogLayer, _ edition: Edition, _ number: Int64, to database: DatabaseQueue
    ) async throws -> [String] {
        var single = layer
        single.editions = [edition]
        var fields = PreparedFields.areKept(of: layer) ? try PreparedFields(of: &single, edition) : nil
        let loader = LayerLoader(asOf: nil, threads: threads)
        let loaded = try await loader.load(single)
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
        let chunks = try await cells.take(cut.map(\.cells), threads: threads)
        // Land cover is tabulated patch by patch.
        let tiles = fields != nil ? try await tiles(of: cut.map(\.cells)) : nil
        let patches = fields == nil ? try await PreparedPatches(zones, of: loaded, threads: threads).data : nil
        let day = edition.date?.description ?? ""
        let table = layer.editions.count > 1 && !day.isEmpty ? "\(layer.id) \(day)" : layer.id
        let (summary, index) = (LayerSummary(loaded).data, directory.data)
        let blocks = [
            ("redline_chunks", cells.data), ("redline_tiles", tiles), ("redline_fields", fields?.data),
            ("redline_patches", patches),
        ].compactMap { table, data in data.map { (table, $0) } }
        let rows = cut.map(\.row)
        let envelope = zones.reduce(into: Envelope.empty) { $0.formUnion($1.ground.envelope) }
        let isOnlyPolygons = zones.allSatisfy { $0.ground.lines.isEmpty && $0.ground.points.isEmpty }
        try await database.write { database in
            try GeoPackageSchema.createLayer(
                table, title: layer.title.en ?? layer.title.zh ?? layer.id, envelope: envelope,
                geometryType: isOnlyPolygons ? "MULTIPOLYGON" : "GEOMETRY", in: database)
            try GeoPackageSchema.insert(rows, into: table, in: database)
            try database.execute(
                sql: "INSERT INTO redline_layer VALUES (?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    number, layer.id, day, table, summary, index,
                    Int64(
                        bitPattern: Checksum.of(
                            Data("\(number)\n\(layer.id)\n\(day)\n\(table)\n".utf8), summary, index)),
                ])
            for (table, data) in blocks { try GeoPackageSchema.insert(data, of: number, into: table, in: database) }
            let insert = try database.makeStatement(sql: "INSERT INTO redline_cells VALUES (?, ?)")
            for (place, chunk) in chunks.enumerated() {
                try insert.execute(arguments: [PreparedCatalog.chunkID(layer: number, chunk: place), chunk])
            }
        }
        return try LayerSource(path: edition.source, layer: layer.sourceLayer).constituentFiles
    }

    /// The ground of a layer, measured once for every table that is made of it.
    private func tiles(of zones: [ZoneCells]) async throws -> Data {
        try await RegionCoverage(regions: CellLayer([]), threads: threads).tiles(of: CellLayer(zones)).block.data
    }
}

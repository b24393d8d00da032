import Foundation
import GRDB
import RedlineCells
import RedlineGeometry

/// What a prepared file knows beforehand of the zones of a layer.
struct PreparedZones: Sendable {
    /// By place in the layer that was loaded.
    var cells: CellLayer
    /// Ellipsoidal area and width of the narrowest polygon, by place.
    var measures: [(area: Double?, width: Double?)]
    /// Reads how the ground is measured; nil where not all zones were loaded. The file may have nothing of it.
    var tiles: (@Sendable () throws -> TileBlock?)?
}

extension PreparedCatalog {
    /// Loads the zones of a layer that reach into a window, and their cells there if they are wanted.
    ///
    /// - Throws: ``RedlineError`` where what is read is damaged.
    func load(
        _ layer: CatalogLayer, _ edition: Edition, window: Envelope, withCells: Bool, threads: Int
    ) async throws -> LoadedLayer {
        do {
            return try await checkedLoad(layer, edition, window: window, withCells: withCells, threads: threads)
        } catch let error as RedlineError {
            throw error
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw Self.damaged(path, error)
        }
    }

    private func checkedLoad(
        _ layer: CatalogLayer, _ edition: Edition, window: Envelope, withCells: Bool, threads: Int
    ) async throws -> LoadedLayer {
        let entry = try entry(layer.preparedID ?? layer.id, edition)
        let directory = try PreparedDirectory(entry.directory)
        let wanted = directory.zones.indices.filter { directory.zones[$0].envelope.intersects(window) }
        let isAll = wanted.count == directory.zones.count
        let rows = try zoneRows(entry, isAll ? nil : wanted)
        guard rows.count == wanted.count else { throw PackedReader.Damaged() }
        // Cells are read while zones are made of their rows.
        async let cells =
            withCells ? cells(entry, directory, wanted, near: window, threads: threads) : CellLayer([])
        let zones = try await concurrentMap(count: rows.count, threads: threads, chunk: 16) {
        } _: { _, index in
            try Self.zone(rows[index], row: wanted[index] + 1, directory.zones[wanted[index]].checksum)
        }
        var loaded = LoadedLayer(
            layer: layer, edition: edition, zones: zones, featureCount: entry.summary.featureCount,
            repairedCount: entry.summary.repairedCount, codeCounts: entry.summary.codeCounts,
            sha256: entry.summary.sha256, hasUnusableZones: entry.summary.hasUnusableZones,
            warnings: entry.summary.warnings)
        let known = try await cells
        guard withCells else { return loaded }
        let (number, cellCount) = (entry.number, known.count)
        let tiles: @Sendable () throws -> TileBlock? = { try self.tiles(of: number, cells: cellCount) }
        loaded.prepared = PreparedZones(
            cells: known, measures: wanted.map { (area: directory.zones[$0].area, width: directory.zones[$0].width) },
            tiles: isAll ? tiles : nil)
        return loaded
    }

    /// The tiles of a layer; nil where the file was made before they were kept, or keeps none of land cover.
    private func tiles(of layer: Int64, cells count: Int) throws -> TileBlock? {
        do {
            return try read { database in
                guard try database.tableExists("redline_tiles"),
                    let row = try Row.fetchOne(
                        database, sql: "SELECT data, checksum FROM redline_tiles WHERE id = ?", arguments: [layer])
                else { return nil }
                guard let data: Data = row[0], let checksum: Int64 = row[1],
                    UInt64(bitPattern: checksum) == Checksum.of(Data("\(layer)\n".utf8), data)
                else { throw PackedReader.Damaged() }
                return try TileBlock(data, cells: count)
            }
        } catch {
            throw Self.damaged(path, error)
        }
    }

    func entry(_ layer: String, _ edition: Edition) throws -> Entry {
        let day = edition.date?.description ?? ""
        let entry = try read { database -> Entry? in
            guard
                let row = try Row.fetchOne(
                    database,
                    sql: """
                        SELECT id, table_name, summary, directory, checksum FROM redline_layer
                        WHERE layer = ? AND edition = ?
                        """, arguments: [layer, day])
            else { return nil }
            guard let number: Int64 = row[0], let table: String = row[1], let summary: Data = row[2],
                let directory: Data = row[3], let checksum: Int64 = row[4],
                UInt64(bitPattern: checksum)
                    == Checksum.of(Data("\(number)\n\(layer)\n\(day)\n\(table)\n".utf8), summary, directory)
            else { throw PackedReader.Damaged() }
            return Entry(
                number: number, table: table, summary: try LayerSummary(summary), directory: directory,
                checksum: UInt64(bitPattern: checksum))
        }
        guard let entry else { throw PackedReader.Damaged() }
        return entry
    }

    /// The rows of zones by place, or all; ascending.
    private func zoneRows(_ entry: Entry, _ wanted: [Int]?) throws -> [PreparedZone] {
        let table = entry.table.quotedDatabaseIdentifier
        let columns = "zone_id, zone_code, zone_name, zone_class, attributes, repaired, geom"
        return try read { database in
            func zone(_ row: Row) throws -> PreparedZone {
                guard let id: String = row[0], let attributes: Data = row[4], let isRepaired: Bool = row[5],
                    let geometry: Data = row[6]
                else { throw PackedReader.Damaged() }
                return PreparedZone(
                    id: id, code: row[1], name: row[2], class: row[3], attributes: attributes, isRepaired: isRepaired,
                    geometry: geometry)
            }
            guard let wanted else {
                let rows = try Row.fetchCursor(database, sql: "SELECT \(columns) FROM \(table) ORDER BY fid")
                return try Array(rows.map(zone))
            }
            let statement = try database.cachedStatement(sql: "SELECT \(columns) FROM \(table) WHERE fid = ?")
            return try wanted.compactMap { place in
                try Row.fetchOne(statement, arguments: [place + 1]).map(zone)
            }
        }
    }

    private static func zone(_ row: PreparedZone, row number: Int, _ checksum: UInt64) throws -> Zone {
        guard row.checksum(row: number) == checksum, row.geometry.count > GeoPackageGeometry.headerSize else {
            throw PackedReader.Damaged()
        }
        let bytes = [UInt8](row.geometry.dropFirst(GeoPackageGeometry.headerSize))
        let parts = try WellKnownBinary.decode(bytes).parts
        return Zone(
            id: row.id, code: row.code, name: row.name, class: row.class, attributes: try row.unpackedAttributes(),
            ground: Ground(polygons: parts.polygons, lines: parts.lines, points: parts.points),
            isRepaired: row.isRepaired)
    }

    /// The cells of some zones near a window, by zone, in the order in which the zone was cut.
    private func cells(
        _ entry: Entry, _ directory: PreparedDirectory, _ wanted: [Int], near window: Envelope, threads: Int
    ) async throws -> CellLayer {
        let chunks = directory.chunks.indices.filter { directory.chunks[$0].envelope.intersects(window) }
        var places = Array(repeating: Int32(-1), count: directory.zones.count)
        for (index, zone) in wanted.enumerated() { places[zone] = Int32(index) }
        let place = places
        let data = try read { database in
            let statement = try database.cachedStatement(sql: "SELECT data FROM redline_cells WHERE id = ?")
            return try chunks.map { chunk in
                let id = Self.chunkID(layer: entry.number, chunk: chunk)
                guard let data = try Data.fetchOne(statement, arguments: [id]) else { throw PackedReader.Damaged() }
                return data
            }
        }
        let read = try await concurrentMap(count: chunks.count, threads: threads, chunk: 4) {
        } _: { _, index in
            guard Checksum.of(data[index]) == directory.chunks[chunks[index]].checksum else {
                throw PackedReader.Damaged()
            }
            var block = try CellChunk.cells(in: data[index])
            for cell in block.owners.indices {
                let zone = Int(block.owners[cell])
                guard place.indices.contains(zone) else { throw PackedReader.Damaged() }
                block.owners[cell] = place[zone]
            }
            return block
        }
        var origins = Array(repeating: Position(x: 0, y: 0), count: wanted.count)
        for (zone, place) in place.enumerated() where place >= 0 { origins[Int(place)] = directory.zones[zone].origin }
        return CellLayer(read, origins: origins)
    }

    /// The row of a chunk.
    static func chunkID(layer: Int64, chunk: Int) -> Int64 { layer << 32 | Int64(chunk) }
}

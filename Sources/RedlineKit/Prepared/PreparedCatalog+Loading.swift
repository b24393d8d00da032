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
    /// Reads how the ground is measured; nil where not all zones were loaded. The file has nothing of land cover.
    var tiles: (@Sendable () throws -> TileBlock?)?
}

extension PreparedCatalog {
    /// Loads the zones of a layer that reach into a window, and their cells there if they are wanted.
    ///
    /// - Throws: ``RedlineError`` where what is read is damaged.
    func load(
        _ layer: CatalogLayer, _ edition: Edition, window: Envelope, withCells: Bool, threads: Int
    ) async throws -> LoadedLayer {
        try await checked {
            try await loadUnchecked(layer, edition, window: window, withCells: withCells, threads: threads)
        }
    }

    private func loadUnchecked(
        _ layer: CatalogLayer, _ edition: Edition, window: Envelope, withCells: Bool, threads: Int
    ) async throws -> LoadedLayer {
        let entry = try entry(layer.preparedID ?? layer.id, edition)
        let directory = try PreparedDirectory(entry.directory)
        let wanted = directory.envelopes.indices.filter { directory.envelopes[$0].intersects(window) }
        // Cells are read while zones are made of their rows.
        async let cells = withCells ? cellLayer(entry, directory, wanted, near: window, threads: threads) : nil
        let zones = try await zones(entry, directory, wanted, threads: threads)
        var loaded = LoadedLayer(layer: layer, edition: edition, zones: zones, summary: entry.summary)
        guard let known = try await cells else { return loaded }
        func measure(_ value: Double) -> Double? { value.isNaN ? nil : value }
        let measures = wanted.map { (area: measure(directory.areas[$0]), width: measure(directory.widths[$0])) }
        var prepared = PreparedZones(cells: known, measures: measures)
        let (number, cellCount) = (entry.number, known.count)
        if wanted.count == directory.envelopes.count {
            prepared.tiles = { try self.tiles(of: number, cells: cellCount) }
        }
        loaded.prepared = prepared
        return loaded
    }

    /// Reports as damage whatever cannot be read.
    func checked<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as RedlineError {
            throw error
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw Self.damaged(path, error)
        }
    }

    /// The tiles of a layer; nil for land cover.
    private func tiles(of layer: Int64, cells count: Int) throws -> TileBlock? {
        do {
            return try block("redline_tiles", of: layer).map { try TileBlock($0, cells: count) }
        } catch {
            throw Self.damaged(path, error)
        }
    }

    /// What a table keeps of a layer as a whole, checked; nil where it keeps nothing.
    func block(_ table: String, of layer: Int64) throws -> Data? {
        try read { database in
            let sql = "SELECT data, checksum FROM \(table) WHERE id = ?"
            guard let row = try Row.fetchOne(database, sql: sql, arguments: [layer]) else { return nil }
            guard let data: Data = row[0], let checksum: Int64 = row[1],
                UInt64(bitPattern: checksum) == Checksum.of(Data("\(layer)\n".utf8), data)
            else { throw PackedReader.Damaged() }
            return data
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

    /// Some zones of a layer, by place, ascending.
    func zones(
        _ entry: Entry, _ directory: PreparedDirectory, _ wanted: [Int], threads: Int
    ) async throws -> [Zone] {
        let table = entry.table.quotedDatabaseIdentifier
        let columns = "fid, zone_id, zone_code, zone_name, zone_class, attributes, repaired, geom"
        let parts = stride(from: 0, to: wanted.count, by: Self.rowChunk).map {
            wanted[$0..<min($0 + Self.rowChunk, wanted.count)]
        }
        let zones = try await concurrentMap(count: parts.count, threads: threads, chunk: 1) {
        } _: { _, place in
            let part = parts[place]
            let (first, last) = (part[part.startIndex], part[part.endIndex - 1])
            let sql = "SELECT \(columns) FROM \(table) WHERE fid BETWEEN ? AND ? ORDER BY fid"
            return try self.read { database in
                let statement = try database.cachedStatement(sql: sql)
                // Rows that follow each other are read in one go; few that lie apart, each by itself.
                let spans = last - first < 2 * part.count ? [(first, last)] : part.map { ($0, $0) }
                let isWanted = Set(part)
                var zones: [Zone] = []
                for (first, last) in spans {
                    let rows = try Row.fetchCursor(statement, arguments: [first + 1, last + 1])
                    while let row = try rows.next() {
                        guard let number: Int = row[0], directory.checksums.indices.contains(number - 1) else {
                            throw PackedReader.Damaged()
                        }
                        guard isWanted.contains(number - 1) else { continue }
                        zones.append(try Self.zone(row, directory.checksums[number - 1]))
                    }
                }
                guard zones.count == part.count else { throw PackedReader.Damaged() }
                return zones
            }
        }
        return Array(zones.joined())
    }

    /// How many rows a task reads at once.
    private static let rowChunk = 256

    private static func zone(_ row: Row, _ checksum: UInt64) throws -> Zone {
        guard let number: Int = row[0], let id: String = row[1], let attributes: Data = row[5],
            let isRepaired: Bool = row[6]
        else { throw PackedReader.Damaged() }
        return try row.withUnsafeData(atIndex: 7) { geometry in
            guard let geometry else { throw PackedReader.Damaged() }
            let kept = PreparedZone(
                id: id, code: row[2], name: row[3], class: row[4], attributes: attributes, isRepaired: isRepaired,
                geometry: geometry)
            guard kept.checksum(row: number) == checksum, geometry.count > GeoPackageGeometry.headerSize else {
                throw PackedReader.Damaged()
            }
            let bytes = geometry.span.extracting(droppingFirst: GeoPackageGeometry.headerSize)
            let parts = try WellKnownBinary.decode(bytes).parts
            return Zone(
                id: id, code: kept.code, name: kept.name, class: kept.class, attributes: try kept.unpackedAttributes(),
                ground: Ground(polygons: parts.polygons, lines: parts.lines, points: parts.points),
                isRepaired: isRepaired)
        }
    }

    /// The cells of some zones near a window, by zone, in the order in which the zone was cut.
    private func cellLayer(
        _ entry: Entry, _ directory: PreparedDirectory, _ wanted: [Int], near window: Envelope, threads: Int
    ) throws -> CellLayer {
        guard let data = try block("redline_chunks", of: entry.number) else { throw PackedReader.Damaged() }
        let known = try PreparedCells(data)
        let zoneCount = directory.envelopes.count
        guard known.origins.count == zoneCount else { throw PackedReader.Damaged() }
        let chunks = known.chunks.indices.filter { known.chunks[$0].envelope.intersects(window) }
        var places = Array(repeating: Int32(-1), count: zoneCount)
        for (index, zone) in wanted.enumerated() { places[zone] = Int32(index) }
        let runs = chunks.map { chunk in
            known.chunks[chunk].runs.map { CellRun(zone: places[Int($0.zone)], cells: $0.cells, edges: $0.edges) }
        }
        // What is promised is asked of memory, and so held against the file first.
        let (cellCount, edgeCount) = runs.joined().reduce((0, 0)) { ($0.0 + Int($1.cells), $0.1 + Int($1.edges)) }
        guard 32 * (cellCount + edgeCount) <= size else { throw PackedReader.Damaged() }
        let layer = try CellLayer(runs, origins: wanted.map { known.origins[$0] }) { room in
            try concurrentRanges(count: chunks.count, threads: threads, chunk: 16) { range in
                try read { database in
                    let sql = "SELECT data FROM redline_cells WHERE id = ?"
                    let statement = try database.cachedStatement(sql: sql)
                    for place in range {
                        let id = Self.chunkID(layer: entry.number, chunk: chunks[place])
                        let rows = try Row.fetchCursor(statement, arguments: [id])
                        let isTaken = try rows.next()?.withUnsafeData(atIndex: 0) { data in
                            guard let data, Checksum.of(data) == known.chunks[chunks[place]].checksum else {
                                return false
                            }
                            return room.take(data.span, ofChunk: place)
                        }
                        guard isTaken == true else { return false }
                    }
                    return true
                }
            }
        }
        guard let layer else { throw PackedReader.Damaged() }
        return layer
    }

    /// The row of a chunk.
    static func chunkID(layer: Int64, chunk: Int) -> Int64 { layer << 32 | Int64(chunk) }
}

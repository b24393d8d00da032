import Foundation
import GRDB
import RedlineCells
import RedlineGeometry
import Synchronization

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
        let directory = entry.directory
        let wanted = directory.envelopes.indices.filter { directory.envelopes[$0].intersects(window) }
        // Cells are read while zones are made of their rows.
        async let cells = withCells ? cellLayer(entry, wanted, near: window, threads: threads) : nil
        let zones = try await zones(entry, wanted, threads: threads)
        var loaded = LoadedLayer(layer: layer, edition: edition, zones: zones, summary: entry.summary)
        loaded.codeCounts = try entry.summary.codeCounts()
        guard let known = try await cells else { return loaded }
        func measure(_ value: Double) -> Double? { value.isNaN ? nil : value }
        let measures = wanted.map { (area: measure(directory.areas[$0]), width: measure(directory.widths[$0])) }
        var prepared = PreparedZones(cells: known, measures: measures)
        let (number, cellCount) = (entry.number, known.count)
        // Tiles name cells by their places among all.
        if wanted.count == directory.envelopes.count, directory.envelopes.allSatisfy(window.contains) {
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
            return try block("redline_tiles", of: layer) { try TileBlock($0, cells: count) }
        } catch {
            throw Self.damaged(path, error)
        }
    }

    /// What a table keeps of a layer as a whole, checked; nil where it keeps nothing.
    func block<Value: Sendable>(
        _ table: String, of layer: Int64, _ make: @Sendable (Data) throws -> Value
    ) throws -> Value? {
        try read { database in
            let sql = "SELECT data, checksum FROM \(table) WHERE id = ?"
            let rows = try Row.fetchCursor(database, sql: sql, arguments: [layer])
            defer { withExtendedLifetime(rows) {} }
            guard let row = try rows.next() else { return nil }
            return try row.checkedValue(at: 0, checksum: 1, after: Data("\(layer)\n".utf8), make)
        }
    }

    func entry(_ layer: String, _ edition: Edition) throws -> Entry {
        let day = edition.date?.description ?? ""
        let entry = try read { database -> Entry? in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT id, table_name, summary, directory, checksum FROM redline_layer
                    WHERE layer = ? AND edition = ?
                    """, arguments: [layer, day])
            defer { withExtendedLifetime(rows) {} }
            guard let row = try rows.next() else { return nil }
            guard let number: Int64 = try row.value(at: 0), let table: String = try row.value(at: 1),
                let summary: Data = try row.value(at: 2)
            else { throw PackedReader.Damaged() }
            let head = Data("\(number)\n\(layer)\n\(day)\n\(table)\n".utf8)
            return try row.checkedValue(at: 3, checksum: 4, after: head + summary) { directory in
                Entry(
                    number: number, table: table, summary: try LayerSummary(summary),
                    directory: try PreparedDirectory(directory))
            }
        }
        guard let entry else { throw PackedReader.Damaged() }
        return entry
    }

    /// The cells of some zones near a window, by zone, in the order in which the zone was cut.
    private func cellLayer(
        _ entry: Entry, _ wanted: [Int], near window: Envelope, threads: Int
    ) throws -> CellLayer {
        guard let known = try block("redline_chunks", of: entry.number, { try PreparedCells($0) }) else {
            throw PackedReader.Damaged()
        }
        let zoneCount = entry.directory.envelopes.count
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
                        defer { withExtendedLifetime(rows) {} }
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

extension Row {
    /// A value of the type that a sound file has there; nil for none. Subscripts end the process where it is another.
    ///
    /// - Throws: ``PackedReader/Damaged``.
    func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(at index: Int) throws -> Value? {
        do {
            return try decode(Value?.self, atIndex: index)
        } catch {
            throw PackedReader.Damaged()
        }
    }

    /// What is made of a value that is as its checksum says, of it and of the bytes before it.
    ///
    /// - Throws: ``PackedReader/Damaged``; what `make` throws.
    fileprivate func checkedValue<Value: Sendable>(
        at index: Int, checksum: Int, after head: Data, _ make: @Sendable (Data) throws -> Value
    ) throws -> Value {
        guard let expected: Int64 = try value(at: checksum) else { throw PackedReader.Damaged() }
        return try withUnsafeData(atIndex: index) { data in
            guard let data else { throw PackedReader.Damaged() }
            @Sendable func isIntact() -> Bool { Checksum.of(head, data) == UInt64(bitPattern: expected) }
            guard data.count > 1 << 20 else {
                guard isIntact() else { throw PackedReader.Damaged() }
                return try make(data)
            }
            // Of millions of bytes the checksum takes as long as the rest.
            let made = Mutex<Result<Value, any Error>?>(nil)
            let isWhole = try concurrentRanges(count: 2, threads: 2, chunk: 1) { task in
                guard task.lowerBound == 0 else { return isIntact() }
                made.withLock { made in made = Result { try make(data) } }
                return true
            }
            guard isWhole, let value = made.withLock({ $0 }) else { throw PackedReader.Damaged() }
            return try value.get()
        }
    }
}

import Foundation
import RedlineCells
import RedlineGeometry

/// What a prepared file knows of all zones of a layer, so that it need not read those far away; by place, in columns.
struct PreparedDirectory {
    var envelopes: [Envelope] = []
    /// Of the row of each zone, which bears its place + 1.
    var checksums: [UInt64] = []
    /// The ellipsoidal area in square metres; NaN where a zone has no polygons.
    var areas: [Double] = []
    /// The width in metres of the narrowest polygon; NaN where a zone has none or is repaired.
    var widths: [Double] = []

    init() {}

    var data: Data {
        var writer = PackedWriter()
        writer.write(Int32(envelopes.count))
        for envelope in envelopes { writer.write(envelope) }
        for checksum in checksums { writer.write(checksum) }
        for area in areas { writer.write(area) }
        for width in widths { writer.write(width) }
        return writer.data
    }

    /// Reads a directory.
    ///
    /// - Throws: ``PackedReader/Damaged``.
    init(_ data: Data) throws {
        var reader = PackedReader(data)
        let count = try reader.count(ofSize: 56)
        envelopes = try reader.array(count, ofSize: 32) { $0.envelope(at: $1) }
        checksums = try reader.array(count, ofSize: 8) { $0.uint64(at: $1) }
        areas = try reader.array(count, ofSize: 8) { $0.double(at: $1) }
        widths = try reader.array(count, ofSize: 8) { $0.double(at: $1) }
        guard reader.isAtEnd else { throw PackedReader.Damaged() }
    }
}

/// What a prepared file knows of the cells of a layer besides themselves.
struct PreparedCells {
    /// Some hundred cells that follow each other.
    struct Chunk: Sendable {
        var envelope: Envelope
        var checksum: UInt64
        var runs: [CellRun]
    }

    /// From where the places in each zone's cells are counted.
    var origins: [Position] = []
    var chunks: [Chunk] = []

    /// How many cells a chunk holds at most, about.
    private static let chunkSize = 256

    /// Takes in the cells of all zones: zones near each other in one chunk, a large zone in several.
    ///
    /// - Returns: The bytes of each chunk.
    /// - Throws: `CancellationError`.
    mutating func take(_ zones: [ZoneCells], threads: Int) async throws -> [Data] {
        origins = zones.map(\.origin)
        let order = PackedRTree.hilbertOrder(zones.map(\.envelope)).map(Int.init)
        let cells = order.flatMap { zone in (0..<zones[zone].count).map { (zone: zone, cell: $0) } }
        let size = Self.chunkSize
        let made = try await concurrentMap(count: (cells.count + size - 1) / size, threads: threads, chunk: 8) {
        } _: { _, place in
            let own = Array(cells[place * size..<min((place + 1) * size, cells.count)])
            let (runs, bytes) = CellChunk.encoded(own, of: zones)
            let data = Data(bytes)
            let envelope = own.reduce(into: Envelope.empty) { $0.formUnion(zones[$1.zone].rectangles[$1.cell]) }
            return (chunk: Chunk(envelope: envelope, checksum: Checksum.of(data), runs: runs), data: data)
        }
        chunks = made.map(\.chunk)
        return made.map(\.data)
    }

    init() {}

    var data: Data {
        var writer = PackedWriter()
        writer.write(Int32(origins.count))
        for origin in origins {
            writer.write(origin.x)
            writer.write(origin.y)
        }
        writer.write(Int32(chunks.count))
        for chunk in chunks {
            writer.write(chunk.envelope)
            writer.write(chunk.checksum)
            writer.write(Int32(chunk.runs.count))
            for run in chunk.runs { for value in [run.zone, run.cells, run.edges] { writer.write(value) } }
        }
        return writer.data
    }

    /// Reads what is known of cells.
    ///
    /// - Throws: ``PackedReader/Damaged``.
    init(_ data: Data) throws {
        var reader = PackedReader(data)
        let count = try reader.count(ofSize: 16)
        origins = try reader.array(count, ofSize: 16) { Position(x: $0.double(at: $1), y: $0.double(at: $1 + 8)) }
        for _ in 0..<(try reader.count(ofSize: 44)) {
            let (envelope, checksum) = (try reader.envelope(), try reader.uint64())
            let runs = try reader.array(try reader.count(ofSize: 12), ofSize: 12) {
                CellRun(zone: $0.int32(at: $1), cells: $0.int32(at: $1 + 4), edges: $0.int32(at: $1 + 8))
            }
            guard runs.allSatisfy({ $0.zone >= 0 && $0.zone < count && $0.cells >= 0 && $0.edges >= 0 }) else {
                throw PackedReader.Damaged()
            }
            chunks.append(Chunk(envelope: envelope, checksum: checksum, runs: runs))
        }
        guard reader.isAtEnd else { throw PackedReader.Damaged() }
    }
}

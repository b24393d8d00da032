import Foundation
import RedlineCells
import RedlineGeometry

/// What a prepared file knows of all zones and chunks of cells of a layer, so that it need not read those far away.
struct PreparedDirectory {
    /// A zone, whose row bears its place + 1.
    struct ZoneEntry {
        var envelope: Envelope
        var checksum: UInt64
        /// The ellipsoidal area in square metres; nil where it has no polygons.
        var area: Double?
        /// The width in metres of its narrowest polygon; nil where it has none or is repaired.
        var width: Double?
        /// Where places in its cells are counted from.
        var origin: Position
    }

    /// Some hundred cells that follow each other.
    struct ChunkEntry {
        var envelope: Envelope
        var checksum: UInt64
    }

    var zones: [ZoneEntry] = []
    var chunks: [ChunkEntry] = []

    var data: Data {
        var writer = PackedWriter()
        func write(_ envelope: Envelope) {
            for side in [envelope.minX, envelope.minY, envelope.maxX, envelope.maxY] { writer.write(side) }
        }
        writer.write(Int32(zones.count))
        for zone in zones {
            write(zone.envelope)
            writer.write(zone.checksum)
            writer.write(zone.area ?? .nan)
            writer.write(zone.width ?? .nan)
            writer.write(zone.origin.x)
            writer.write(zone.origin.y)
        }
        writer.write(Int32(chunks.count))
        for chunk in chunks {
            write(chunk.envelope)
            writer.write(chunk.checksum)
        }
        return writer.data
    }

    init() {}

    /// Reads a directory.
    ///
    /// - Throws: ``PackedReader/Damaged``.
    init(_ data: Data) throws {
        var reader = PackedReader(data)
        func envelope() throws -> Envelope {
            Envelope(
                minX: try reader.double(), minY: try reader.double(), maxX: try reader.double(),
                maxY: try reader.double())
        }
        func measure() throws -> Double? {
            let value = try reader.double()
            return value.isNaN ? nil : value
        }
        for _ in 0..<(try reader.count(ofSize: 72)) {
            zones.append(
                ZoneEntry(
                    envelope: try envelope(), checksum: try reader.uint64(), area: try measure(), width: try measure(),
                    origin: Position(x: try reader.double(), y: try reader.double())))
        }
        for _ in 0..<(try reader.count(ofSize: 40)) {
            chunks.append(ChunkEntry(envelope: try envelope(), checksum: try reader.uint64()))
        }
        guard reader.isAtEnd else { throw PackedReader.Damaged() }
    }
}

/// Cells as they lie in a prepared file.
enum CellChunk {
    /// How many cells a chunk holds at most, about.
    private static let size = 256

    /// The cells of all zones in chunks: zones near each other together, a large zone in several.
    static func chunks(of zones: [ZoneCells]) -> [(envelope: Envelope, data: Data)] {
        var chunks: [(envelope: Envelope, data: Data)] = []
        var envelope = Envelope.empty
        var cells: [(zone: Int, cell: Int)] = []
        func close() {
            guard !cells.isEmpty else { return }
            chunks.append((envelope, encoded(cells, of: zones)))
            cells = []
            envelope = .empty
        }
        for zone in PackedRTree.hilbertOrder(zones.map(\.envelope)).map(Int.init) {
            for cell in 0..<zones[zone].count {
                cells.append((zone, cell))
                envelope.formUnion(zones[zone].rectangles[cell])
                if cells.count == size { close() }
            }
        }
        close()
        return chunks
    }

    private static func encoded(_ cells: [(zone: Int, cell: Int)], of zones: [ZoneCells]) -> Data {
        var writer = PackedWriter()
        writer.write(Int32(cells.count))
        for (zone, cell) in cells {
            let owner = zones[zone]
            let rectangle = owner.rectangles[cell]
            let edges = owner.edges[Int(owner.edgeStarts[cell])..<Int(owner.edgeStarts[cell + 1])]
            writer.write(Int32(zone))
            for side in [rectangle.minX, rectangle.minY, rectangle.maxX, rectangle.maxY] { writer.write(side) }
            writer.write(Int32(edges.count))
            for edge in edges {
                for value in [edge.startX, edge.startY, edge.endX, edge.endY] { writer.write(value) }
            }
        }
        return writer.data
    }

    /// Reads the cells of a chunk.
    ///
    /// - Throws: ``PackedReader/Damaged``.
    static func cells(in data: Data) throws -> CellBlock {
        var reader = PackedReader(data)
        var block = CellBlock()
        block.edges.reserveCapacity(data.count / 32)
        for _ in 0..<(try reader.count(ofSize: 40)) {
            block.owners.append(try reader.int32())
            block.rectangles.append(
                Envelope(
                    minX: try reader.double(), minY: try reader.double(), maxX: try reader.double(),
                    maxY: try reader.double()))
            let count = try reader.count(ofSize: 32)
            for _ in 0..<count {
                block.edges.append(
                    CellEdge(
                        startX: try reader.double(), startY: try reader.double(), endX: try reader.double(),
                        endY: try reader.double()))
            }
            block.edgeCounts.append(Int32(count))
        }
        guard reader.isAtEnd else { throw PackedReader.Damaged() }
        return block
    }
}

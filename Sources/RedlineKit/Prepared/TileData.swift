import Foundation
import RedlineCells
import RedlineGeometry

/// Tiles as they lie in a prepared file.
extension TileBlock {
    var data: Data {
        var writer = PackedWriter()
        writer.write(Int32(rectangles.count))
        var start = 0
        for (rectangle, end) in zip(rectangles, ends) {
            for side in [rectangle.minX, rectangle.minY, rectangle.maxX, rectangle.maxY] { writer.write(side) }
            writer.write(end - Int32(start))
            for place in start..<Int(end) {
                writer.write(cells[place])
                writer.write(areas[place])
            }
            start = Int(end)
        }
        return writer.data
    }

    /// Reads tiles.
    ///
    /// - Parameters:
    ///   - data: As ``data`` gives it.
    ///   - count: How many cells the layer has.
    /// - Throws: ``PackedReader/Damaged``.
    init(_ data: Data, cells count: Int) throws {
        self.init()
        var reader = PackedReader(data)
        for _ in 0..<(try reader.count(ofSize: 36)) {
            rectangles.append(
                Envelope(
                    minX: try reader.double(), minY: try reader.double(), maxX: try reader.double(),
                    maxY: try reader.double()))
            for _ in 0..<(try reader.count(ofSize: 12)) {
                let cell = try reader.int32()
                guard cell >= 0, cell < count else { throw PackedReader.Damaged() }
                cells.append(cell)
                areas.append(try reader.double())
            }
            ends.append(Int32(cells.count))
        }
        guard reader.isAtEnd else { throw PackedReader.Damaged() }
    }
}

import Foundation
import RedlineCells
import RedlineGeometry

/// Tiles as they lie in a prepared file.
extension TileBlock {
    var data: Data {
        var writer = PackedWriter()
        writer.write(Int32(rectangles.count))
        for rectangle in rectangles { writer.write(rectangle) }
        for end in ends { writer.write(end) }
        writer.write(Int32(cells.count))
        for cell in cells { writer.write(cell) }
        for area in areas { writer.write(area) }
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
        let tiles = try reader.count(ofSize: 36)
        rectangles = try reader.array(tiles, ofSize: 32) { $0.envelope(at: $1) }
        ends = try reader.array(tiles, ofSize: 4) { $0.int32(at: $1) }
        let places = try reader.count(ofSize: 12)
        cells = try reader.array(places, ofSize: 4) { $0.int32(at: $1) }
        areas = try reader.array(places, ofSize: 8) { $0.double(at: $1) }
        guard reader.isAtEnd, ends.last ?? 0 == places, zip(ends, ends.dropFirst()).allSatisfy({ $0 <= $1 }),
            ends.first ?? 0 >= 0, cells.allSatisfy({ $0 >= 0 && $0 < count })
        else { throw PackedReader.Damaged() }
    }
}

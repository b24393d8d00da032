import Foundation

/// Writes GeoTIFF files of 64-bit offsets (BigTIFF), longitude and latitude in CGCS2000, tile by tile: what is not written is
/// not there, so that huge files take no room.
struct TIFFFile {
    var width: Int
    var height: Int
    /// Columns and rows of a tile; a multiple of 16.
    var tile = 16
    var bits = 8
    /// 1 for whole numbers, 2 for signed ones, 3 for floats.
    var sampleFormat = 1
    var hasPalette = false
    var noData: String?
    var west = 95.0
    var north = 37.02
    var size = 0.01
    /// Where the tiles begin.
    var start = 1 << 20

    var tilesAcross: Int { (width + tile - 1) / tile }
    private var tileCount: Int { tilesAcross * ((height + tile - 1) / tile) }
    private var tileBytes: Int { tile * tile * bits / 8 }

    /// Writes a file.
    ///
    /// - Parameters:
    ///   - path: Where to.
    ///   - tiles: The bytes of some tiles by number, row by row; shorter ones are filled with zeros.
    /// - Throws: An error where the file cannot be written.
    func write(to path: String, _ tiles: [Int: Data]) throws {
        var offsets = Data()
        var counts = Data()
        for index in 0..<tileCount {
            let isThere = tiles[index] != nil
            append(isThere ? start + index * tileBytes : 0, 8, to: &offsets)
            append(isThere ? tileBytes : 0, 4, to: &counts)
        }
        var head = Data("II".utf8)
        for (value, count) in [(43, 2), (8, 2), (0, 2), (16, 8)] { append(value, count, to: &head) }
        var entries: [(tag: Int, type: Int, count: Int, data: Data)] = [
            (256, 4, 1, number(width)), (257, 4, 1, number(height)), (258, 3, 1, number(bits)), (259, 3, 1, number(1)),
            (262, 3, 1, number(hasPalette ? 3 : 1)), (277, 3, 1, number(1)), (322, 4, 1, number(tile)),
            (323, 4, 1, number(tile)), (324, 16, tileCount, offsets), (325, 4, tileCount, counts),
        ]
        if hasPalette {
            entries.append((320, 3, 3 << bits, Data((0..<(6 << bits)).map { UInt8(truncatingIfNeeded: 7 * $0) })))
        }
        entries.append((339, 3, 1, number(sampleFormat)))
        entries.append((33550, 12, 3, doubles([size, size, 0])))
        entries.append((33922, 12, 6, doubles([0, 0, 0, west, north, 0])))
        let keys = [1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4490]
        entries.append((34735, 3, keys.count, keys.reduce(into: Data()) { append($1, 2, to: &$0) }))
        if let noData { entries.append((42113, 2, noData.utf8.count + 1, Data(noData.utf8 + [0]))) }
        entries.sort { $0.tag < $1.tag }
        append(entries.count, 8, to: &head)
        var more = Data()
        let end = 16 + 8 + 20 * entries.count + 8
        for entry in entries {
            append(entry.tag, 2, to: &head)
            append(entry.type, 2, to: &head)
            append(entry.count, 8, to: &head)
            if entry.data.count <= 8 {
                head += entry.data + Data(count: 8 - entry.data.count)
            } else {
                append(end + more.count, 8, to: &head)
                more += entry.data
            }
        }
        append(0, 8, to: &head)
        try (head + more).write(to: URL(filePath: path))
        let file = try FileHandle(forWritingTo: URL(filePath: path))
        defer { try? file.close() }
        for (index, bytes) in tiles {
            try file.seek(toOffset: UInt64(start + index * tileBytes))
            try file.write(contentsOf: bytes + Data(count: tileBytes - bytes.count))
        }
    }

    private func append(_ value: Int, _ count: Int, to data: inout Data) {
        for place in 0..<count { data.append(UInt8(truncatingIfNeeded: value >> (8 * place))) }
    }

    private func number(_ value: Int) -> Data {
        var data = Data()
        append(value, 4, to: &data)
        return data
    }

    private func doubles(_ values: [Double]) -> Data {
        values.reduce(into: Data()) { append(Int(truncatingIfNeeded: $1.bitPattern), 8, to: &$0) }
    }
}

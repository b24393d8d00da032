import Foundation
import GRDB
import RedlineGeometry

extension PreparedCatalog {
    /// Some zones of a layer, by place, ascending.
    func zones(
        _ entry: Entry, _ wanted: [Int], threads: Int
    ) async throws -> [Zone] {
        let checksums = entry.directory.checksums
        let table = entry.table.quotedDatabaseIdentifier
        let columns = "fid, zone_id, zone_code, zone_name, zone_class, attributes, repaired, geom"
        let parts = stride(from: 0, to: wanted.count, by: Self.rowChunk).map {
            wanted[$0..<min($0 + Self.rowChunk, wanted.count)]
        }
        let zones = try await concurrentMap(count: parts.count, threads: threads, chunk: 1) {
        } _: { _, place in
            let part = parts[place]
            let (first, last) = (part[part.startIndex], part[part.endIndex - 1])
            return try self.read { database in
                let rows: RowCursor
                if last - first + 1 == part.count {
                    let sql = "SELECT \(columns) FROM \(table) WHERE fid BETWEEN ? AND ?"
                    rows = try Row.fetchCursor(
                        try database.cachedStatement(sql: sql), arguments: [first + 1, last + 1])
                } else {
                    let sql = "SELECT \(columns) FROM \(table) WHERE fid IN (SELECT value FROM json_each(?))"
                    let list = "[\(part.map { String($0 + 1) }.joined(separator: ","))]"
                    rows = try Row.fetchCursor(try database.cachedStatement(sql: sql), arguments: [list])
                }
                var zones: [Zone?] = Array(repeating: nil, count: part.count)
                while let row = try rows.next() {
                    guard let number: Int = try row.value(at: 0), let place = part.place(of: number - 1) else {
                        throw PackedReader.Damaged()
                    }
                    zones[place - part.startIndex] = try Self.zone(row, checksums[number - 1])
                }
                return try zones.map { zone in
                    guard let zone else { throw PackedReader.Damaged() }
                    return zone
                }
            }
        }
        return Array(zones.joined())
    }

    /// How many rows a task reads at once.
    private static let rowChunk = 256

    private static func zone(_ row: Row, _ checksum: UInt64) throws -> Zone {
        guard let number: Int = try row.value(at: 0), let id = try row.text(at: 1),
            let attributes: Data = try row.value(at: 5), let isRepaired: Bool = try row.value(at: 6)
        else { throw PackedReader.Damaged() }
        let (code, name, zoneClass) = (try row.text(at: 2), try row.text(at: 3), try row.text(at: 4))
        return try row.withUnsafeData(atIndex: 7) { geometry in
            guard let geometry else { throw PackedReader.Damaged() }
            let kept = PreparedZone(
                id: id, code: code, name: name, class: zoneClass, attributes: attributes, isRepaired: isRepaired,
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
}

extension ArraySlice<Int> {
    /// Where a number stands among ascending ones; nil where it does not.
    fileprivate func place(of number: Int) -> Int? {
        var range = startIndex..<endIndex
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if self[middle] == number { return middle }
            range = self[middle] < number ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }
}

extension Row {
    /// A text, whole: one that holds U+0000 is kept as bytes.
    ///
    /// - Throws: ``PackedReader/Damaged`` where it is no UTF-8.
    fileprivate func text(at index: Int) throws -> String? {
        try withUnsafeData(atIndex: index) { data in
            guard let data else { return nil }
            guard let text = String(validating: data, as: UTF8.self) else { throw PackedReader.Damaged() }
            return text
        }
    }
}

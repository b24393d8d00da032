import Foundation
import GRDB
import LayerIO
import RedlineGeometry
import Testing

@testable import RedlineKit

/// Rows that several tasks read, each a part of the file.
@Suite("Reading rows in parts")
struct RowReadingTests {
    private static let count = 20_000

    /// A GeoPackage with so many rows that it is read in parts.
    private func file(in folder: URL) throws -> String {
        let path = folder.appending(path: "rows.gpkg").path
        let writer = try TableWriter(path: path, format: .geoPackage)
        try writer.addTable("rows", fields: [FieldDescription(name: "name", type: .string)], crs: "EPSG:4490")
        for row in 0..<Self.count {
            try writer.append(
                [.string("row \(row)")], geometry: .point(Position(x: 96 + Double(row) / 1e5, y: 37)))
        }
        try writer.finish()
        return path
    }

    private func names(_ path: String, threads: Int) async throws -> [String] {
        let source = LayerSource(path: path)
        var names: [String] = []
        try await LayerReader(source).forEachRow(["name"], of: source, threads: threads) {
            { $0.attributes[0].text ?? "" }
        } _: {
            names.append($0)
        }
        return names
    }

    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "redline-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    @Test("gives all rows in the order of the file, on any number of threads, with gaps among the identifiers too")
    func allRows() async throws {
        try await withFolder { folder in
            let path = try file(in: folder)
            #expect(try LayerReader(LayerSource(path: path)).identifierRanges(count: 4) != nil)
            let expected = (0..<Self.count).map { "row \($0)" }
            for threads in [1, 2, 5] { #expect(try await names(path, threads: threads) == expected) }
            try await DatabaseQueue(path: path).write { database in
                try database.execute(
                    sql: "DROP TRIGGER IF EXISTS rtree_rows_geom_delete; DELETE FROM rows WHERE fid % 7 = 3")
            }
            let rest = try await names(path, threads: 1)
            #expect(rest.count < Self.count && rest.count > Self.count / 2)
            #expect(try await names(path, threads: 3) == rest)
        }
    }

    @Test("misses no row whose identifier is empty, which a key of another type may be")
    func emptyIdentifiers() async throws {
        try await withFolder { folder in
            let path = try file(in: folder)
            try await DatabaseQueue(path: path).write { database in
                try database.execute(
                    sql: """
                        ALTER TABLE rows RENAME TO before;
                        CREATE TABLE rows (fid INT PRIMARY KEY, geom POINT, name TEXT);
                        INSERT INTO rows SELECT CASE WHEN fid % 100 = 0 THEN NULL ELSE fid END, geom, name FROM before;
                        """)
            }
            let expected = try await names(path, threads: 1)
            #expect(expected.count == Self.count)
            #expect(try await names(path, threads: 3) == expected)
        }
    }
}

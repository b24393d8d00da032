import Crypto
import Foundation
import GRDB
import RedlineGeometry
import RedlineKit
import RedlineReport
import TestSupport
import Testing

/// A folder that goes away with the test.
private struct Scratch: ~Copyable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "/prepared-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

private let haixi = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Layers/haixi").path

/// The whole GeoJSON of a run.
private func findings(_ sites: String, _ catalog: Catalog, threads: Int = 2) async throws -> [UInt8] {
    var options = ScreeningOptions()
    options.threads = threads
    let result = try await screen(SiteInput(paths: [haixi + "/" + sites]), against: catalog, options: options)
    var bytes: [UInt8] = []
    try ScreeningReport(result, settings: ReportSettings()).writeGeoJSON { bytes += $0 }
    return bytes
}

@Suite("A prepared catalog")
struct PreparedCatalogTests {
    /// What a damaged head of a record makes of a value: SQLite takes its kind from the record, not from the column.
    private static let otherKinds = ["7431819352983106664", "1.5", "'text'", "X'FF00'", "NULL", "9e99"]

    @Test(
        "is refused where a value is of another kind, never worse",
        arguments: [
            ("redline_meta", "value"), ("redline_meta", "checksum"), ("redline_layer", "table_name"),
            ("redline_layer", "summary"), ("redline_layer", "directory"), ("redline_layer", "checksum"),
            ("redline_cells", "data"), ("redline_chunks", "data"), ("redline_chunks", "checksum"),
            ("redline", "zone_id"), ("redline", "zone_name"), ("redline", "attributes"), ("redline", "repaired"),
            ("redline", "geom"),
        ])
    func otherKinds(table: String, column: String) async throws {
        let scratch = try Scratch()
        let path = scratch.path + "/catalog.gpkg"
        try await prepare(try Catalog(contentsOf: haixi + "/catalog.yaml"), at: path, threads: 2)
        let expected = try await findings("sites.geojson", try Catalog(contentsOf: path))
        try await change(path) { database in
            // Columns without a type take values of any.
            try database.execute(
                sql: """
                    PRAGMA writable_schema = ON;
                    UPDATE sqlite_master SET sql = replace(replace(replace(replace(replace(sql, ' NOT NULL', ''),
                      ' TEXT', ''), ' INTEGER,', ','), ' INTEGER)', ')'), ' BOOLEAN', '') WHERE name = '\(table)';
                    PRAGMA writable_schema = RESET;
                    """)
        }
        #expect(try await findings("sites.geojson", try Catalog(contentsOf: path)) == expected)
        let whole = try #require(FileManager.default.contents(atPath: path))
        for kind in Self.otherKinds {
            try whole.write(to: URL(filePath: path))
            try await change(path) { database in
                try database.execute(sql: "UPDATE OR IGNORE \"\(table)\" SET \"\(column)\" = \(kind)")
            }
            do {
                let found = try await findings("sites.geojson", try Catalog(contentsOf: path))
                #expect(found == expected, "\(table).\(column) = \(kind)")
            } catch {
                #expect(error is RedlineError || error is CatalogError, "\(table).\(column) = \(kind): \(error)")
            }
        }
    }

    private func change(_ path: String, _ body: @escaping @Sendable (Database) throws -> Void) async throws {
        let database = try DatabaseQueue(path: path)
        try await database.writeWithoutTransaction(body)
        try database.close()
    }

    @Test("gives the same bytes as the YAML catalog, on any number of threads, and is the same file each time")
    func sameResult() async throws {
        let scratch = try Scratch()
        let yaml = try Catalog(contentsOf: haixi + "/catalog.yaml")
        try await prepare(yaml, at: scratch.path + "/1.gpkg", threads: 1)
        try await prepare(yaml, at: scratch.path + "/2.gpkg", threads: 2)
        let first = FileManager.default.contents(atPath: scratch.path + "/1.gpkg")
        #expect(first != nil && first == FileManager.default.contents(atPath: scratch.path + "/2.gpkg"))
        let prepared = try Catalog(contentsOf: scratch.path + "/1.gpkg")
        for sites in ["sites.geojson", "site.geojson"] {
            let expected = try await findings(sites, yaml)
            #expect(try await findings(sites, prepared) == expected)
            #expect(try await findings(sites, prepared, threads: 1) == expected)
        }
    }

    @Test("gives the same land cover by region as the YAML catalog, which stays the source of rasters")
    func sameCoverage() async throws {
        let scratch = try Scratch()
        let yaml = try Catalog(contentsOf: haixi + "/catalog.yaml")
        try await prepare(yaml, at: scratch.path + "/c.gpkg", threads: 2)
        let prepared = try Catalog(contentsOf: scratch.path + "/c.gpkg")
        for layer in ["land-cover", "land-cover-raster"] {
            let options = CoverageOptions(landCover: layer, threads: 2)
            let expected = try await coverage(of: yaml, options: options)
            let found = try await coverage(of: prepared, options: options)
            let settings = ReportSettings()
            #expect(
                String(describing: CoverageReport(found, settings: settings).table.rows)
                    == String(describing: CoverageReport(expected, settings: settings).table.rows))
        }
    }

    @Test("counts ground in several patches as the YAML catalog does", arguments: [1, 2, 3] as [UInt64])
    func sharedGround(seed: UInt64) async throws {
        let scratch = try Scratch()
        var generator = SeededGenerator(seed: seed)
        func feature(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>, _ properties: String) -> String {
            let (a, b, c, d) = (x.lowerBound, y.lowerBound, x.upperBound, y.upperBound)
            return """
                {"type":"Feature","properties":{\(properties)},"geometry":{"type":"Polygon",\
                "coordinates":[[[\(a),\(b)],[\(c),\(b)],[\(c),\(d)],[\(a),\(d)],[\(a),\(b)]]]}}
                """
        }
        func write(_ features: [String], _ name: String) throws {
            try #"{"type":"FeatureCollection","features":[\#(features.joined(separator: ",\n"))]}"#
                .write(toFile: scratch.path + "/" + name, atomically: true, encoding: .utf8)
        }
        var patches = (0..<120).map { _ in
            let (x, y) = (
                Double.random(in: 99.95...100.2, using: &generator), Double.random(in: 35...35.2, using: &generator)
            )
            let size = Double.random(in: 0.005...0.05, using: &generator)
            let kind = ["03", "04", "99"].randomElement(using: &generator) ?? "03"
            return feature(x...x + size, y...y + size, #""dlbm":"\#(kind)""#)
        }
        patches.append(
            #"{"type":"Feature","properties":{"dlbm":"03"},"geometry":{"type":"Point","coordinates":[100.05,35.05]}}"#)
        // First in the file, and no class of the regions.
        patches.insert(feature(110...110.1, 35...35.1, #""dlbm":"far""#), at: 0)
        try write(patches, "cover.geojson")
        try write(
            [
                feature(100...100.1, 35...35.2, #""code":"1""#),
                feature(100.1...100.2, 35...35.2, #""code":"2\u0000b""#),
            ],
            "regions.geojson")
        try """
        schema: 1
        name: shared ground
        regions: regions
        layers:
          - {id: regions, family: region, source: regions.geojson, fields: {code: code}}
          - {id: cover, family: land-cover, source: cover.geojson, fields: {class: dlbm}}
        """.write(toFile: scratch.path + "/catalog.yaml", atomically: true, encoding: .utf8)
        let yaml = try Catalog(contentsOf: scratch.path + "/catalog.yaml")
        try await prepare(yaml, at: scratch.path + "/c.gpkg", threads: 2)
        let options = CoverageOptions(landCover: "cover", threads: 2)
        let expected = try await coverage(of: yaml, options: options)
        let found = try await coverage(of: try Catalog(contentsOf: scratch.path + "/c.gpkg"), options: options)
        #expect(expected.regions.count == 2 && found.regions.count == 2)
        // Texts are kept whole.
        #expect(found.regions.map(\.code) == ["1", "2\u{0}b"] && expected.regions.map(\.code) == ["1", "2\u{0}b"])
        #expect(found.classes.map(\.id) == expected.classes.map(\.id))
        #expect(found.provenance.warnings.map(\.en) == expected.provenance.warnings.map(\.en))
        for (region, known) in zip(found.regions, expected.regions) {
            #expect(try #require(known.doubleCountedArea) > 1e6)
            // Where ground is shared is looked for in other rectangles, so that sums may round apart.
            func isNear(_ a: Double?, _ b: Double?) -> Bool { abs((a ?? -1) - (b ?? -1)) <= 1e-12 * known.area }
            #expect(isNear(region.doubleCountedArea, known.doubleCountedArea))
            #expect(isNear(region.unclassified?.area, known.unclassified?.area))
            let (classes, others) = (try #require(region.classes), try #require(known.classes))
            #expect(classes.count == others.count && classes.count == 3)
            for (row, other) in zip(classes, others) { #expect(isNear(row.area, other.area)) }
        }
    }

    @Test("gives the same bytes where its layers are read before it is known where the sites lie")
    func readAhead() async throws {
        let scratch = try Scratch()
        let yaml = try Catalog(contentsOf: haixi + "/catalog.yaml")
        try await prepare(yaml, at: scratch.path + "/c.gpkg", threads: 2)
        let prepared = try Catalog(contentsOf: scratch.path + "/c.gpkg")
        let expected = try await findings("site.geojson", yaml)
        // A file as large as one with many sites.
        let padding = Data(repeating: UInt8(ascii: " "), count: 5 << 20)
        let text = try Data(contentsOf: URL(filePath: haixi + "/site.geojson")) + padding
        try text.write(to: URL(filePath: scratch.path + "/site.geojson"))
        for (catalog, threads) in [(prepared, 2), (prepared, 1), (yaml, 2)] {
            var options = ScreeningOptions()
            options.threads = threads
            let result = try await screen(
                SiteInput(paths: [scratch.path + "/site.geojson"]), against: catalog, options: options)
            var bytes: [UInt8] = []
            try ScreeningReport(result, settings: ReportSettings()).writeGeoJSON { bytes += $0 }
            #expect(bytes == expected)
        }
    }

    @Test("gives the same shares as the YAML catalog")
    func sameShares() async throws {
        let scratch = try Scratch()
        let yaml = try Catalog(contentsOf: haixi + "/catalog.yaml")
        try await prepare(yaml, at: scratch.path + "/c.gpkg", threads: 2)
        let expected = try await shares(yaml)
        #expect(try await shares(try Catalog(contentsOf: scratch.path + "/c.gpkg")) == expected)
    }

    @Test("is refused where another version made it", arguments: [(1, "an older version"), (999, "a newer version")])
    func otherFormat(format: Int, reason: String) async throws {
        let scratch = try Scratch()
        let path = scratch.path + "/c.gpkg"
        try await prepare(try Catalog(contentsOf: haixi + "/catalog.yaml"), at: path, threads: 2)
        let digest = SHA256.hash(data: Data("format\(format)".utf8)).prefix(8).reduce(UInt64(0)) {
            $0 << 8 | UInt64($1)
        }
        try await DatabaseQueue(path: path).write { database in
            try database.execute(
                sql: "UPDATE redline_meta SET value = ?, checksum = ? WHERE key = 'format'",
                arguments: [String(format), Int64(bitPattern: digest)])
        }
        let error = #expect(throws: RedlineError.self) { try Catalog(contentsOf: path) }
        #expect(error?.reason.contains(reason) == true)
    }

    @Test("never gives a wrong share where bytes are changed")
    func damagedShares() async throws {
        let scratch = try Scratch()
        let yaml = try Catalog(contentsOf: haixi + "/catalog.yaml")
        try await prepare(yaml, at: scratch.path + "/c.gpkg", threads: 2)
        let whole = try Data(contentsOf: URL(filePath: scratch.path + "/c.gpkg"))
        let expected = try await shares(yaml)
        let path = scratch.path + "/damaged.gpkg"
        var generator = SeededGenerator(seed: 5)
        var (refused, unharmed) = (0, 0)
        for _ in 0..<25 {
            var changed = whole
            changed[Int.random(in: 4096..<whole.count, using: &generator)] ^= UInt8.random(
                in: 1...255, using: &generator)
            try changed.write(to: URL(filePath: path))
            do {
                #expect(try await shares(try Catalog(contentsOf: path)) == expected)
                unharmed += 1
            } catch let error as RedlineError {
                #expect(error.file == path)
                refused += 1
            }
        }
        #expect(refused > 0 && unharmed > 0)
    }

    /// All rows of a share table.
    private func shares(_ catalog: Catalog) async throws -> String {
        var options = ShareOptions()
        options.threads = 2
        let table = try await tabulateShares(
            of: ["redline", "protected"], in: "counties", of: catalog, options: options)
        return String(describing: ShareReport(table).table.rows)
    }

    @Test("is refused where it is cut short, and never gives a wrong answer where bytes are changed")
    func damage() async throws {
        let scratch = try Scratch()
        let yaml = try Catalog(contentsOf: haixi + "/catalog.yaml")
        try await prepare(yaml, at: scratch.path + "/whole.gpkg", threads: 2)
        let whole = try Data(contentsOf: URL(filePath: scratch.path + "/whole.gpkg"))
        let expected = try await findings("site.geojson", yaml)
        let path = scratch.path + "/damaged.gpkg"
        for size in stride(from: 0, to: whole.count, by: 1 << 16) {
            try whole.prefix(size).write(to: URL(filePath: path))
            #expect(throws: (any Error).self, "cut at \(size)") { try Catalog(contentsOf: path) }
        }
        var generator = SeededGenerator(seed: 4)
        var refused = 0
        for _ in 0..<40 {
            var changed = whole
            for _ in 0..<20 {
                changed[Int.random(in: 0..<whole.count, using: &generator)] ^= UInt8.random(
                    in: 1...255, using: &generator)
            }
            try changed.write(to: URL(filePath: path))
            do {
                let result = try await findings("site.geojson", try Catalog(contentsOf: path))
                #expect(result == expected)
            } catch let error as RedlineError {
                #expect(error.file == path)
                refused += 1
            }
        }
        #expect(refused > 0)
    }

    @Test("is refused where a source has changed, unless that is ignored")
    func stale() async throws {
        let scratch = try Scratch()
        let folder = scratch.path + "/haixi"
        try FileManager.default.copyItem(atPath: haixi, toPath: folder)
        try FileManager.default.copyItem(
            atPath: URL(filePath: haixi).deletingLastPathComponent().path + "/rules", toPath: scratch.path + "/rules")
        try await prepare(try Catalog(contentsOf: folder + "/catalog.yaml"), at: scratch.path + "/c.gpkg", threads: 2)
        _ = try Catalog(contentsOf: scratch.path + "/c.gpkg")
        let text = try String(contentsOfFile: folder + "/catalog.yaml", encoding: .utf8)
        try (text + "\n# another line\n").write(toFile: folder + "/catalog.yaml", atomically: true, encoding: .utf8)
        let error = #expect(throws: RedlineError.self) { try Catalog(contentsOf: scratch.path + "/c.gpkg") }
        #expect(error?.reason.contains("has changed since") == true)
        _ = try Catalog(contentsOf: scratch.path + "/c.gpkg", ignoresStale: true)
        // The same content under a new time is no change.
        try text.write(toFile: folder + "/catalog.yaml", atomically: true, encoding: .utf8)
        _ = try Catalog(contentsOf: scratch.path + "/c.gpkg")
    }

    @Test("is told from other databases")
    func otherDatabase() async throws {
        let scratch = try Scratch()
        let path = scratch.path + "/empty.gpkg"
        try Data("SQLite format 3\0".utf8).write(to: URL(filePath: path))
        #expect(throws: RedlineError.self) { try Catalog(contentsOf: path) }
    }
}

import Foundation
import GRDB
import LayerIO
import RedlineCells
import RedlineGeometry
import RedlineMeasure

/// Prepares a catalog: reads and judges all layers in all editions, cuts them into cells, and writes one GeoPackage.
///
/// Rasters stay where they are; they are read as they are, block by block.
///
/// - Parameters:
///   - catalog: The catalog, read from its YAML file.
///   - path: Where no file is yet; the caller renames it once it is whole.
///   - threads: How many tasks work at once; the file does not depend on it.
///   - progress: Told the id of each layer before it is read.
/// - Throws: ``RedlineError`` if a source cannot be read or the file cannot be written.
public func prepare(
    _ catalog: Catalog, at path: String, threads: Int, progress: (@Sendable (String) -> Void)? = nil
) async throws {
    do {
        try await PreparedWriter(catalog: catalog, threads: threads).write(to: path, progress: progress)
    } catch let error as DatabaseError {
        throw RedlineError(
            "the prepared catalog could not be written: \(error.message ?? "\(error)").",
            remedy: "Check that there is room on the disk and that the folder may be written to.")
    }
}

/// One run of preparing.
struct PreparedWriter {
    let catalog: Catalog
    let threads: Int

    func write(to path: String, progress: (@Sendable (String) -> Void)?) async throws {
        guard catalog.layers.allSatisfy({ $0.prepared == nil }) else {
            throw RedlineError(
                "is prepared already.", file: catalog.path, remedy: "Give the YAML catalog that it was made from.")
        }
        var configuration = Configuration()
        // The file is new and renamed when whole: nothing to roll back.
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192")
        }
        let database = try DatabaseQueue(path: path, configuration: configuration)
        try await database.writeWithoutTransaction { try GeoPackageSchema.create(in: $0) }
        var sources = try [PreparedSource](of: [catalog.path])
        var layers: [String] = []
        // While one edition is written, the next is made.
        try await withThrowingTaskGroup(of: Void.self) { group in
            var number: Int64 = 0
            for layer in catalog.layers where try !layer.isRaster() {
                progress?(layer.id)
                for edition in layer.editions {
                    number += 1
                    let made = try await PreparedEdition(layer, edition, number, threads: threads)
                    sources += made.sources
                    try await group.next()
                    group.addTask { try await database.write { try made.insert(into: $0) } }
                }
                layers.append(layer.id)
            }
            try await group.waitForAll()
        }
        var reader = RulePackReader()
        for pack in catalog.rules { _ = try reader.pack(at: pack) }
        let packs = reader.texts.sorted { $0.key < $1.key }
        sources += try [PreparedSource](of: packs.map(\.key))
        let lines = Set(sources).sorted { ($0.path, $0.line) < ($1.path, $1.line) }.map(\.line)
        let meta =
            [
                ("format", String(PreparedCatalog.format)), ("catalog", try catalogText()),
                ("catalog_path", catalog.path),
                ("sources", lines.joined(separator: "\n")), ("layers", layers.joined(separator: "\n")),
                ("packs", packs.map(\.key).joined(separator: "\n")),
            ] + packs.map { ("pack:" + $0.key, $0.value) }
        try await database.writeWithoutTransaction { database in
            try database.inTransaction {
                for (key, value) in meta { try GeoPackageSchema.setMeta(key, value, in: database) }
                return .commit
            }
            // Room for the number itself first: setting it then moves no page.
            try GeoPackageSchema.setMeta("pages", "000000000000", in: database)
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            let text = String(pages)
            try GeoPackageSchema.setMeta(
                "pages", String(repeating: "0", count: 12 - text.count) + text, in: database)
        }
        try database.close()
    }

    private func catalogText() throws -> String {
        guard let bytes = FileManager.default.contents(atPath: catalog.path),
            let text = String(validating: bytes, as: UTF8.self)
        else {
            throw RedlineError("cannot be read.", file: catalog.path, remedy: "Check that it is still there.")
        }
        return text
    }
}

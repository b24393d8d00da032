import Foundation
import GRDB
import Synchronization

/// A prepared catalog: a GeoPackage that holds the layers of a catalog with their cells, made by `redline prepare`.
///
/// Whatever is read of it is held against its checksum. It belongs to nobody: any number of tasks may read it.
final class PreparedCatalog: Sendable {
    /// What this version writes, and all that it reads.
    static let format = 2

    /// A layer in one edition.
    struct Entry: Sendable {
        /// The number of the edition in the file.
        var number: Int64
        var table: String
        var summary: LayerSummary
        var directory: PreparedDirectory
    }

    let path: String
    /// The size of the file in bytes.
    let size: Int
    /// What tells the file from one that takes its place.
    private let fileNumber: Int?
    private let configuration: Configuration
    private let first: DatabaseQueue
    /// Connections that nobody reads by just now.
    private let idle: Mutex<[DatabaseQueue]>

    private init(path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA mmap_size = 1073741824") }
        self.path = path
        self.configuration = configuration
        size = (try FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber)?.intValue ?? 0
        fileNumber = Self.fileNumber(of: path)
        first = try DatabaseQueue(path: path, configuration: configuration)
        idle = Mutex([first])
    }

    /// Whether a file looks like a database, so that it may be a prepared catalog.
    static func isDatabase(_ path: String) -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? file.close() }
        return (try? file.read(upToCount: 16)) == Data("SQLite format 3\0".utf8)
    }

    /// Reads the catalog of a prepared file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - ignoresStale: Whether a source that changed since is no error.
    /// - Returns: The catalog, its layers read from the file.
    /// - Throws: ``RedlineError`` where the file is none, is damaged, of another format, or older than its sources.
    static func catalog(at path: String, ignoresStale: Bool) throws -> Catalog {
        let prepared: PreparedCatalog
        do { prepared = try PreparedCatalog(path: path) } catch { throw damaged(path, error) }
        do {
            try prepared.checkFormat()
            if !ignoresStale { try prepared.checkSources() }
            guard let yaml = try prepared.meta("catalog"), let original = try prepared.meta("catalog_path") else {
                throw PackedReader.Damaged()
            }
            var catalog = try Catalog(yaml: yaml, path: original)
            catalog.path = path
            catalog.packTexts = try prepared.packTexts()
            let kept = try prepared.preparedLayers()
            for index in catalog.layers.indices where kept.contains(catalog.layers[index].id) {
                catalog.layers[index].prepared = prepared
            }
            return catalog
        } catch let error as RedlineError {
            throw error
        } catch {
            throw damaged(path, error)
        }
    }

    /// What is said of a file that cannot be trusted.
    static func damaged(_ path: String, _ error: any Error) -> RedlineError {
        let reason = (error as? DatabaseError).flatMap(\.message).map { " (\($0))" } ?? ""
        return RedlineError(
            "the prepared catalog is damaged or cut short\(reason).", file: path,
            remedy: "Make it again with 'redline prepare'.")
    }

    /// Reads by a connection of its own, so that several tasks read at once; once another file has taken the place of this
    /// one, by the connections that there are, one task after the other.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        let known = idle.withLock { $0.popLast() }
        guard let database = known ?? anotherConnection() else { return try first.read(body) }
        defer { idle.withLock { $0.append(database) } }
        return try database.read(body)
    }

    /// A further connection; nil where another file lies at the path now, or none.
    private func anotherConnection() -> DatabaseQueue? {
        guard let database = try? DatabaseQueue(path: path, configuration: configuration),
            fileNumber != nil, Self.fileNumber(of: path) == fileNumber
        else { return nil }
        return database
    }

    private static func fileNumber(of path: String) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? NSNumber)?.intValue
    }

    // MARK: - Opening

    private func checkFormat() throws {
        let tables = try read { database in
            try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM sqlite_master WHERE name = 'redline_meta'")
        }
        guard tables == 1 else {
            throw RedlineError(
                "is a database, but no prepared catalog.", file: path,
                remedy: "Give the YAML catalog, or a file that 'redline prepare' made.")
        }
        guard let text = try meta("format"), let format = Int(text) else { throw PackedReader.Damaged() }
        guard format <= Self.format else {
            throw RedlineError(
                "was prepared by a newer version (format \(format); this one reads \(Self.format)).", file: path,
                remedy: "Use that version, or make it again with 'redline prepare'.")
        }
        guard format == Self.format else {
            throw RedlineError(
                "was prepared by an older version (format \(format); this one reads \(Self.format)).", file: path,
                remedy: "Make it again with 'redline prepare'.")
        }
        // A file that was cut short shows it at once.
        let pages = try read { database in
            (
                count: try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0,
                size: try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0
            )
        }
        guard let wanted = try meta("pages").flatMap(Int.init), pages.count == wanted, size == pages.count * pages.size
        else { throw PackedReader.Damaged() }
    }

    /// A value of the file's own record, checked; nil where there is none.
    private func meta(_ key: String) throws -> String? {
        try read { database in
            guard
                let row = try Row.fetchOne(
                    database, sql: "SELECT value, checksum FROM redline_meta WHERE key = ?", arguments: [key])
            else { return nil }
            guard let value: String = try row.value(at: 0), let checksum: Int64 = try row.value(at: 1),
                UInt64(bitPattern: checksum) == Checksum.of(Data(key.utf8), Data(value.utf8))
            else { throw PackedReader.Damaged() }
            return value
        }
    }

    /// Whether the files that it was made from are as they were: by size and time, else by digest. A file that is not
    /// there cannot be compared; the prepared catalog stands for itself then.
    private func checkSources() throws {
        let list = try meta("sources") ?? ""
        for line in list.split(separator: "\n") {
            let parts = line.split(separator: "\t", maxSplits: 3).map(String.init)
            guard parts.count == 4 else { throw PackedReader.Damaged() }
            guard let state = SourceState(of: parts[3]), state.stamp != "\(parts[0])\t\(parts[1])" else { continue }
            guard try FileDigest.sha256(of: [parts[3]]) == parts[2] else {
                throw RedlineError(
                    "was prepared from '\(parts[3])', which has changed since.", file: path,
                    remedy: "Make it again with 'redline prepare', or use it as it is with --stale ignore.")
            }
        }
    }

    private func packTexts() throws -> [String: String] {
        guard let list = try meta("packs") else { throw PackedReader.Damaged() }
        var texts: [String: String] = [:]
        for name in list.split(separator: "\n").map(String.init) {
            guard let pack = try meta("pack:" + name) else { throw PackedReader.Damaged() }
            texts[name] = pack
        }
        return texts
    }

    private func preparedLayers() throws -> Set<String> {
        guard let list = try meta("layers") else { throw PackedReader.Damaged() }
        return Set(list.split(separator: "\n").map(String.init))
    }
}

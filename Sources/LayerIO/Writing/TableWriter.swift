import Glibc
public import RedlineGeometry

/// Writes tables, with or without geometry, as one file.
///
/// The rows go to a temporary file beside the target, which takes the target's name when ``finish()`` has closed it
/// and found everything in it. Whatever fails before leaves the target as it was, and no other file. The same rows
/// give the same bytes on every day and machine with the same version of GDAL.
public final class TableWriter {
    /// What can be written.
    public enum Format: String, Hashable, Sendable {
        /// A GeoPackage; tables may have geometry.
        case geoPackage = "GPKG"
        /// An Office Open XML workbook, one sheet for each table. Texts stay texts: `0632801` keeps its zero.
        case xlsx = "XLSX"

        fileprivate var ending: String { self == .geoPackage ? "gpkg" : "xlsx" }
    }

    private let path: String
    private let temporaryPath: String
    private let format: Format
    private let overwrites: Bool
    private let dataset: GDALDataset
    private var tables: [(table: GDALTable, name: String, rowCount: Int)] = []
    private var isFinished = false

    /// Creates the temporary file.
    ///
    /// - Parameters:
    ///   - path: Where the file shall be.
    ///   - format: Its format; the ending of the path does not matter.
    ///   - overwrites: Whether a file that is there is replaced.
    /// - Throws: ``LayerError/writeFailed(path:message:)`` if there is a file, or the folder takes none;
    ///   ``LayerError/libraryMissing(message:)``.
    public init(path: String, format: Format, overwrites: Bool = false) throws(LayerError) {
        self.path = path
        self.format = format
        self.overwrites = overwrites
        let name = PathName(path)
        if !overwrites, FileSystem.status(of: path) != .missing {
            throw .writeFailed(path: path, message: "there is a file of this name already")
        }
        let mark = String(UInt64.random(in: 0...UInt64.max), radix: 36)
        temporaryPath = "\(name.folder).\(name.stem)-\(mark).\(format.ending)"
        // GDAL's own message for a folder that takes no files names the driver and not the reason.
        let descriptor = unsafe open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw .writeFailed(path: path, message: FileSystem.lastReason) }
        close(descriptor)
        unsafe unlink(temporaryPath)
        do {
            dataset = try GDALDataset(
                creating: temporaryPath, driver: format.rawValue, gdal: GDALLibrary(), log: MessageLog())
            if format == .geoPackage { dataset.startTransaction() }
        } catch {
            Self.remove(temporaryPath)
            throw error.with(path: path)
        }
    }

    deinit {
        guard !isFinished else { return }
        dataset.close()
        Self.remove(temporaryPath)
    }

    /// Adds a table; later rows go there.
    ///
    /// - Parameters:
    ///   - name: Its name; in a workbook cut to 31 characters and freed from those that sheets forbid.
    ///   - fields: Its fields: text, whole numbers and numbers as such, every other kind as text.
    ///   - crs: The CRS of the geometries, longitude or easting first; nil for a table without. A workbook has none.
    /// - Throws: ``LayerError/writeFailed(path:message:)``.
    public func addTable(
        _ name: String, fields: [FieldDescription], crs: String? = nil
    ) throws(LayerError) {
        let hasGeometry = format == .geoPackage && crs != nil
        let shownName = format == .xlsx ? sheetName(name) : name
        let names = Set(fields.map { $0.name.lowercased() })
        func free(_ word: String) -> String { names.contains(word) ? free(word + "_") : word }
        let options = format == .xlsx ? [] : ["FID=\(free("fid"))", "GEOMETRY_NAME=\(free("geom"))"]
        do {
            let table = try dataset.createLayer(
                shownName, fields: fields, geometry: hasGeometry ? .any(crs: crs ?? "") : .none, options: options)
            tables.append((table, shownName, 0))
        } catch {
            throw error.with(path: path)
        }
    }

    /// Adds a row to the table that was added last.
    ///
    /// - Parameters:
    ///   - values: In the order of the fields; missing ones are null.
    ///   - geometry: In the CRS of the table; left out where the table has none.
    /// - Throws: ``LayerError/writeFailed(path:message:)``, also for a text in a field of numbers.
    public func append(_ values: [AttributeValue], geometry: Geometry? = nil) throws(LayerError) {
        guard !tables.isEmpty else { throw .writeFailed(path: path, message: "a row came before the first table") }
        do {
            try tables[tables.count - 1].table.append(values, geometry: geometry)
            tables[tables.count - 1].rowCount += 1
        } catch {
            throw error.with(path: path)
        }
    }

    /// Closes the file, checks it, and gives it its name.
    ///
    /// - Throws: ``LayerError/writeFailed(path:message:)`` if the disk is full, or anything else went wrong.
    public func finish() throws(LayerError) {
        guard !isFinished else { return }
        isFinished = true
        do throws(LayerError) {
            let log = dataset.log
            log.clear()
            if format == .geoPackage { dataset.commitTransaction() }
            dataset.close()
            if let failure = log.firstFailure { throw LayerError.writeFailed(path: path, message: failure) }
            try verify()
            if !overwrites, FileSystem.status(of: path) != .missing {
                throw LayerError.writeFailed(path: path, message: "there is a file of this name already")
            }
            let status = unsafe rename(temporaryPath, path)
            guard status == 0 else { throw LayerError.writeFailed(path: path, message: FileSystem.lastReason) }
        } catch {
            Self.remove(temporaryPath)
            throw error
        }
    }

    /// Reads back what a full disk would have cut: GDAL does not report every write that failed.
    private func verify() throws(LayerError) {
        let gdal = dataset.gdal
        let incomplete = LayerError.writeFailed(path: path, message: "the file is incomplete; is the disk full?")
        switch format {
        case .geoPackage:
            let log = MessageLog()
            guard
                let copy = GDALDataset(
                    opening: temporaryPath, drivers: ["GPKG"], options: ["LIST_ALL_TABLES=NO"], gdal: gdal, log: log)
            else { throw incomplete }
            let counts = Dictionary(copy.layers.map { ($0.name, $0.featureCount(force: true)) }) { first, _ in first }
            guard tables.allSatisfy({ counts[$0.name] == $0.rowCount }) else { throw incomplete }
        case .xlsx:
            let files = VirtualFile(gdal: gdal)
            let root = "/vsizip/" + temporaryPath
            var ends = [("xl/sharedStrings.xml", "</sst>"), ("xl/workbook.xml", "</workbook>")]
            ends += tables.indices.map { ("xl/worksheets/sheet\($0 + 1).xml", "</worksheet>") }
            for (member, end) in ends {
                // Reading a member to its end also compares its checksum.
                guard let bytes = files.read("\(root)/\(member)"), files.log.firstFailure == nil,
                    bytes.suffix(64).split(whereSeparator: { $0 <= 0x20 }).last?.elementsEqual(end.utf8) == true
                else { throw incomplete }
            }
        }
    }

    private func sheetName(_ name: String) -> String {
        let clean = String(name.map { "[]:*?/\\'".contains($0) ? "_" : $0 }.prefix(31))
        var candidate = clean.isEmpty ? "Sheet" : clean
        var number = 2
        while tables.contains(where: { $0.name.lowercased() == candidate.lowercased() }) {
            candidate = "\(clean.prefix(27)) (\(number))"
            number += 1
        }
        return candidate
    }

    private static func remove(_ path: String) {
        for ending in ["", "-journal", "-wal", "-shm"] { unsafe unlink(path + ending) }
    }
}

extension LayerError {
    /// The same failure of writing, told of the file that the caller knows.
    fileprivate func with(path: String) -> LayerError {
        if case .writeFailed(_, let message) = self { .writeFailed(path: path, message: message) } else { self }
    }
}

extension LayerSource {
    /// The files whose bytes define the data, in an order that does not change: for checksums.
    ///
    /// A shapefile gives its `.shp`, `.shx`, `.dbf`, `.prj` and `.cpg` as far as they exist, a folder everything in it
    /// but locks, an archive itself; standard input and databases have none.
    ///
    /// - Throws: ``LayerError/fileMissing(path:)``, ``LayerError/unreadable(path:reason:)``.
    public var constituentFiles: [String] {
        get throws(LayerError) {
            if path == "-" || isDatabase || isTyped { return [] }
            switch FileSystem.status(of: path) {
            case .missing: throw .fileMissing(path: path)
            case .refused(let reason): throw .unreadable(path: path, reason: reason)
            case .stream: return []
            case .folder: return Self.files(in: path)
            case .file: return Self.companions(of: path)
            }
        }
    }

    private static func files(in folder: String) -> [String] {
        let prefix = folder.hasSuffix("/") ? folder : folder + "/"
        return FileSystem.contents(of: folder).filter { PathName($0).ending != "lock" }.flatMap { name -> [String] in
            switch FileSystem.status(of: prefix + name) {
            case .file: [prefix + name]
            case .folder: files(in: prefix + name)
            case .missing, .refused, .stream: []
            }
        }
    }

    private static func companions(of path: String) -> [String] {
        let name = PathName(path)
        let endings: [String] =
            switch name.ending {
            case "shp", "shx", "dbf": ["shp", "shx", "dbf", "prj", "cpg"]
            case "csv": ["csv", "csvt", "prj"]
            case "tab": ["tab", "dat", "map", "id"]
            case "mif": ["mif", "mid"]
            case "gpkg": ["gpkg", "gpkg-wal"]
            default: []
            }
        guard !endings.isEmpty else { return [path] }
        let found = endings.compactMap { ending in
            ["\(name.base).\(ending)", "\(name.base).\(ending.uppercased())"].first { candidate in
                if case .file = FileSystem.status(of: candidate) { true } else { false }
            }
        }
        return found.contains(path) ? found : [path] + found
    }
}

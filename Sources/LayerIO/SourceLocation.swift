/// Where the data of a source lie, and how they are to be opened.
struct SourceLocation {
    /// How to open.
    enum Kind {
        /// A text that looks like JSON; the path is for GDAL, where it is no GeoJSON.
        case json(GeoJSONText, path: String?)
        /// One `.shp`, or a `.dbf` without one.
        case shapefile(String)
        /// A folder with several shapefiles.
        case shapefileFolder(String)
        /// Bytes of a text file that may be a list of coordinates; the path is for GDAL, where they are none.
        case text([UInt8], path: String)
        /// A workbook that may hold lists of coordinates.
        case workbook(String)
        /// Positions or well-known text in the place of a path.
        case typed(String)
        /// Anything else that GDAL reads.
        case dataset(String)
    }

    var kind: Kind
    /// The layer that remains to be chosen after a member of an archive was.
    var layer: String?

    /// More than any sensible file of sites, and less than most memories.
    static let streamLimit = 1 << 30

    /// Finds out what `source` is.
    static func find(_ source: LayerSource) throws(LayerError) -> SourceLocation {
        let path = source.path
        if path == "-" { return try stream(path, source) }
        if source.isDatabase { return SourceLocation(kind: .dataset(path), layer: source.layer) }
        try refuseNetwork(path)
        switch FileSystem.status(of: path) {
        case .missing where source.isTyped: return SourceLocation(kind: .typed(path), layer: source.layer)
        case .missing: throw .fileMissing(path: path)
        case .refused(let reason): throw .unreadable(path: path, reason: reason)
        case .stream: return try stream(path, source)
        case .folder: return try folder(path, source)
        case .file(0): throw .fileEmpty(path: path)
        case .file: return try file(path, source)
        }
    }

    static func refuseNetwork(_ path: String) throws(LayerError) {
        let start = path.lowercased()
        let isAddress = start.prefixMatch(of: /[a-z][a-z0-9+.\-]*:\/\//) != nil && !start.hasPrefix("file://")
        if ["/vsizip/", "/vsitar/", "/vsigzip/"].contains(where: start.hasPrefix) { throw .virtualPath(path: path) }
        if isAddress || start.hasPrefix("/vsi") { throw .networkRefused(path: path) }
    }

    private static func stream(_ path: String, _ source: LayerSource) throws(LayerError) -> SourceLocation {
        let bytes =
            path == "-"
            ? try StandardInput.read(limit: streamLimit + 1) : try FileSystem.read(path, limit: streamLimit + 1)
        if bytes.isEmpty { throw .standardInput(reason: "nothing came on standard input; GeoJSON is expected there.") }
        guard bytes.count <= streamLimit else {
            throw .standardInput(
                reason: "more than \(streamLimit >> 20) MiB came on standard input; pass a file instead.")
        }
        guard looksLikeJSON(bytes.prefix(4096)) else {
            throw .standardInput(reason: "standard input is not GeoJSON; pass other formats as a file.")
        }
        return SourceLocation(kind: .json(GeoJSONText(bytes), path: nil), layer: source.layer)
    }

    private static func file(_ path: String, _ source: LayerSource) throws(LayerError) -> SourceLocation {
        let name = PathName(path)
        // GDAL finds the tables of a geodatabase in an archive of this name, in a folder or not.
        if path.lowercased().hasSuffix(".gdb.zip") { return SourceLocation(kind: .dataset(path), layer: source.layer) }
        switch name.ending {
        case "zip", "tar", "tgz", "shz": return try archive(path, source)
        case "gz":
            if PathName(name.stem).ending == "tar" { return try archive(path, source) }
            return try member("/vsigzip/" + path, source)
        case "shp", "shx", "dbf": return shapefile(path, layer: source.layer)
        case "xlsx", "xlsm": return SourceLocation(kind: .workbook(path), layer: source.layer)
        case "csv", "txt", "tsv", "dat", "wkt", "jzd":
            if case .file(let size) = FileSystem.status(of: path), size <= CoordinateListContainer.textLimit {
                let bytes = try FileSystem.read(path)
                // `[属性描述]` heads an exchange text, and no JSON begins with a letter behind its bracket.
                let isHeading = bytes.drop { $0 != UInt8(ascii: "[") }.dropFirst().first.map { $0 >= 0x80 } ?? false
                if isHeading || !looksLikeJSON(bytes.prefix(4096)) {
                    return SourceLocation(kind: .text(bytes, path: path), layer: source.layer)
                }
            }
        default: break
        }
        let start = try FileSystem.read(path, limit: 4096)
        if looksLikeJSON(start[...]) {
            return SourceLocation(kind: .json(try GeoJSONText(path: path), path: path), layer: source.layer)
        }
        return SourceLocation(kind: .dataset(path), layer: source.layer)
    }

    /// The `.shp` beside any of a shapefile's files, else the `.dbf` itself.
    private static func shapefile(_ path: String, layer: String?) -> SourceLocation {
        let name = PathName(path)
        let shape = ["shp", "SHP"].map { "\(name.base).\($0)" }.first {
            if case .file = FileSystem.status(of: $0) { true } else { false }
        }
        return SourceLocation(kind: .shapefile(name.ending == "shp" ? path : shape ?? path), layer: layer)
    }

    private static func folder(_ path: String, _ source: LayerSource) throws(LayerError) -> SourceLocation {
        let names = FileSystem.contents(of: path)
        let endings = Set(names.map { PathName($0).ending })
        if endings.contains("gdbtable") || PathName(path).ending == "gdb" {
            return SourceLocation(kind: .dataset(path), layer: source.layer)
        }
        if endings.contains("shp") { return SourceLocation(kind: .shapefileFolder(path), layer: source.layer) }
        throw .noDataset(path: path, contents: names)
    }

    private static func archive(_ path: String, _ source: LayerSource) throws(LayerError) -> SourceLocation {
        let root = (PathName(path).ending == "zip" || PathName(path).ending == "shz" ? "/vsizip/" : "/vsitar/") + path
        let members = VirtualFile(gdal: try GDALLibrary()).members(of: root)
        guard !members.isEmpty else { throw .noDataset(path: path, contents: []) }
        let datasets = datasets(in: members)
        guard !datasets.isEmpty else { throw .noDataset(path: path, contents: members) }
        if datasets.count == 1 { return try member(root + "/" + datasets[0], source) }
        if let layer = source.layer {
            // The layer names the member, by path, name or stem, and after a colon a layer in it.
            for dataset in datasets {
                let name = PathName(dataset)
                for word in [dataset, name.name, name.stem] {
                    if layer == word { return try member(root + "/" + dataset, source, layer: nil) }
                    if layer.hasPrefix(word + ":") {
                        let rest = String(layer.dropFirst(word.count + 1))
                        return try member(root + "/" + dataset, source, layer: rest)
                    }
                }
            }
            throw .layerNotFound(path: path, layer: layer, names: NearNames.sorted(datasets, near: layer))
        }
        throw .severalDatasets(path: path, names: datasets)
    }

    /// The members of an archive that are data sets of their own.
    private static func datasets(in members: [String]) -> [String] {
        let visible = members.filter { member in
            !member.split(separator: "/").contains { $0.hasPrefix(".") || $0 == "__MACOSX" }
        }
        var databases: [String] = []
        for member in visible where PathName(member).ending == "gdbtable" {
            let folder = String(PathName(member).folder.dropLast())
            if !folder.isEmpty && !databases.contains(folder) { databases.append(folder) }
        }
        let files = visible.filter { member in
            !member.hasSuffix("/") && !databases.contains { member.hasPrefix($0 + "/") }
        }
        func with(_ endings: Set<String>) -> [String] { files.filter { endings.contains(PathName($0).ending) } }
        var found = databases + with(["shp", "gpkg", "fgb", "geojson", "geojsonl", "geojsons", "kml", "kmz", "dxf"])
        if found.isEmpty { found = with(["json", "ndjson", "topojson", "gml", "tab", "mif", "sqlite"]) }
        if found.isEmpty { found = with(["csv", "dbf"]) }
        return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private static func member(
        _ path: String, _ source: LayerSource, layer: String?
    ) throws(LayerError) -> SourceLocation {
        var location = try member(path, source)
        location.layer = layer
        return location
    }

    private static func member(_ path: String, _ source: LayerSource) throws(LayerError) -> SourceLocation {
        let layer = source.layer.flatMap { $0 == PathName(path).stem || $0 == PathName(path).name ? nil : $0 }
        switch PathName(path).ending {
        case "shp", "dbf": return SourceLocation(kind: .shapefile(path), layer: source.layer)
        case "gdb": return SourceLocation(kind: .dataset(path), layer: source.layer)
        default: break
        }
        let files = VirtualFile(gdal: try GDALLibrary())
        guard let start = files.read(path, limit: 4096), !start.isEmpty else {
            throw .unreadable(path: source.path, reason: files.log.last ?? "\(PathName(path).name) is empty")
        }
        if looksLikeJSON(start[...]), let bytes = files.read(path, limit: streamLimit) {
            return SourceLocation(kind: .json(GeoJSONText(bytes), path: path), layer: layer)
        }
        return SourceLocation(kind: .dataset(path), layer: source.layer)
    }

    /// Whether the first character is one that JSON or a JSON text sequence (RFC 8142) starts with.
    private static func looksLikeJSON(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        guard let first = rest.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else { return false }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[") || first == 0x1E
    }
}

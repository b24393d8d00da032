/// Where GDAL finds the bytes of a raster: the file itself, or a member of an archive.
enum RasterLocation {
    private static let endings: Set<String> = ["tif", "tiff", "img", "asc", "bil", "bip", "bsq", "jp2", "nc", "rst"]

    /// The path for GDAL.
    ///
    /// - Parameters:
    ///   - path: A file, or an archive (`.zip`, `.gz`).
    ///   - member: Which member of an archive with several rasters, by path, name, or name without its ending.
    /// - Returns: The file, or the member in the file system of archives.
    /// - Throws: ``LayerError`` where the member is not there, or was not named and must be.
    static func find(_ path: String, member: String?) throws(LayerError) -> String {
        guard let rasters = try members(of: path) else { return path }
        if rasters.names.count == 1 { return rasters.root + rasters.names[0] }
        guard !rasters.names.isEmpty else { return path }
        guard let member else { throw .severalDatasets(path: path, names: rasters.names) }
        guard
            let name = rasters.names.first(where: { [$0, PathName($0).name, PathName($0).stem].contains(member) })
        else { throw .layerNotFound(path: path, layer: member, names: NearNames.sorted(rasters.names, near: member)) }
        return rasters.root + name
    }

    /// Whether an archive holds rasters and no vector data set; nil where the file is no archive.
    static func holdsRasters(_ path: String) throws(LayerError) -> Bool? {
        guard let rasters = try members(of: path) else { return nil }
        return !rasters.names.isEmpty && !rasters.hasVectors
    }

    private static func members(
        of path: String
    ) throws(LayerError) -> (root: String, names: [String], hasVectors: Bool)? {
        let name = PathName(path)
        guard case .file = FileSystem.status(of: path) else { return nil }
        if name.ending == "gz" {
            let isRaster = endings.contains(PathName(name.stem).ending)
            return isRaster ? ("/vsigzip/", [path], false) : nil
        }
        guard name.ending == "zip" else { return nil }
        let root = "/vsizip/" + path + "/"
        let all = VirtualFile(gdal: try GDALLibrary()).members(of: String(root.dropLast())).filter { member in
            !member.split(separator: "/").contains { $0.hasPrefix(".") || $0 == "__MACOSX" }
        }
        let vectors: Set<String> = ["shp", "gpkg", "fgb", "geojson", "gdbtable", "kml", "kmz", "dxf"]
        let rasters = all.filter { endings.contains(PathName($0).ending) }
        return (
            root, rasters.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) },
            all.contains { vectors.contains(PathName($0).ending) }
        )
    }
}

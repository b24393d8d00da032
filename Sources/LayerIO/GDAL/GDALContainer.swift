import RedlineGeometry

/// A file that GDAL reads.
final class GDALContainer: LayerContainer {
    let driver: String
    let layerNames: [String]
    let source: LayerSource
    let gdal: GDALLibrary
    let dataset: GDALDataset
    let layers: [GDALLayer]
    private let kind: SourceLocation.Kind
    private var encodings: [Int: EncodingEvidence] = [:]

    /// Opens the file.
    init(_ source: LayerSource, kind: SourceLocation.Kind) throws(LayerError) {
        self.source = source
        self.kind = kind
        gdal = try GDALLibrary()
        let (path, drivers) = Self.target(kind)
        if case .shapefile(let path) = kind {
            _ = try Shapefile(path, shownPath: source.shownPath, gdal: gdal)
        }
        try KMLCheck.refuseUnsafe(path, source: source, gdal: gdal)
        dataset = try Self.open(path, drivers: drivers, encoding: "", source: source, gdal: gdal)
        driver = dataset.driverName
        layers = dataset.layers
        layerNames = layers.map(\.name)
    }

    private static func target(_ kind: SourceLocation.Kind) -> (path: String, drivers: [String]) {
        switch kind {
        case .shapefile(let path), .shapefileFolder(let path): (path, ["ESRI Shapefile"])
        case .dataset(let path), .json(_, .some(let path)): (path, drivers)
        case .text(_, let path), .workbook(let path): (path, drivers)
        case .json(_, .none), .typed: ("", drivers)
        }
    }

    /// The drivers that may be asked; none of them uses the network.
    private static let drivers = [
        "GPKG", "SQLite", "OpenFileGDB", "FlatGeobuf", "GeoJSON", "GeoJSONSeq", "ESRIJSON", "TopoJSON", "LIBKML", "KML",
        "DXF", "CSV", "PostgreSQL", "MapInfo File", "GML", "GPX", "OSM", "S57", "DGN", "CAD", "GeoRSS", "OGR_GMT",
        "JML",
        "XLSX", "ODS", "Parquet", "Arrow",
    ]

    /// Opens `path`, or says why that is not possible.
    private static func open(
        _ path: String, drivers: [String], encoding: String, source: LayerSource, gdal: GDALLibrary
    ) throws(LayerError) -> GDALDataset {
        // An option that starts with @ is silently left out by the drivers that do not know it.
        let options = [
            "@ENCODING=\(encoding)", "@GEOM_POSSIBLE_NAMES=WKT,wkt,geometry,geom,the_geom,GEOMETRY,GEOM",
            "@WRITE_GFS=NO",
        ]
        let log = MessageLog()
        if let dataset = GDALDataset(opening: path, drivers: drivers, options: options, gdal: gdal, log: log) {
            return dataset
        }
        let shown = source.shownPath
        let message = (log.firstFailure ?? "").replacing(path, with: shown)
        if source.isDatabase { throw .connectionFailed(path: shown, message: message) }
        if let raster = gdal.driver(identifying: path, isRaster: true), !drivers.contains(raster) {
            throw .rasterFile(path: shown, driver: raster)
        }
        if let vector = gdal.driver(identifying: path, isRaster: false) {
            throw .malformed(path: shown, detail: "\(vector): \(message)")
        }
        throw .unknownFormat(path: shown, message: message)
    }

    func hasGeometry(_ layer: Int) -> Bool { layers[layer].geometryType.name != "None" }

    /// The path of one layer's shapefile; nil for other formats.
    private func shapefilePath(_ layer: Int) -> String? {
        switch kind {
        case .shapefile(let path): return path
        case .shapefileFolder(let folder):
            let base = (folder.hasSuffix("/") ? folder : folder + "/") + layerNames[layer]
            let files = VirtualFile(gdal: gdal)
            return ["shp", "SHP", "dbf", "DBF"].map { "\(base).\($0)" }.first { files.size($0) != nil }
        case .dataset, .json, .text, .workbook, .typed: return nil
        }
    }

    /// How the texts of one layer are encoded; found once, because that may read a whole table.
    func encoding(_ layer: Int) throws(LayerError) -> EncodingEvidence {
        if let known = encodings[layer] { return known }
        let evidence = try findEncoding(layer)
        encodings[layer] = evidence
        return evidence
    }

    private func findEncoding(_ layer: Int) throws(LayerError) -> EncodingEvidence {
        if let path = shapefilePath(layer) {
            let shapefile = try Shapefile(path, shownPath: source.shownPath, gdal: gdal)
            return try shapefile.encoding(userWord: source.encoding)
        }
        guard !layers[layer].has("StringsAsUTF8") else { return .utf8 }
        if let word = source.encoding {
            guard let name = TextEncoding.canonicalName(word) else {
                throw .unknownEncoding(path: source.shownPath, name: word)
            }
            return EncodingEvidence(name: name, how: .user)
        }
        guard driver == "CSV", case .dataset(let path) = kind else { return .utf8 }
        var detection = EncodingDetection()
        let bytes = VirtualFile(gdal: gdal).read(path, limit: 64 << 20) ?? []
        // The last line of a sample may be cut; a whole file ends where it ends.
        for line in bytes.split(separator: 0x0A).dropLast(bytes.count == 64 << 20 ? 1 : 0) { detection.add(line) }
        return detection.verdict
    }

    func describe(_ index: Int, isThorough: Bool) throws(LayerError) -> LayerDescription {
        let layer = layers[index]
        dataset.log.clear()
        let encoding = try encoding(index)
        guard var decoder = TextDecoder(encoding.name) else {
            throw .unknownEncoding(path: source.shownPath, name: encoding.name)
        }
        let type = layer.geometryType
        let hidden = hiddenField(layer)
        let description = LayerDescription(
            name: layerNames[index], driver: driver, geometryTypeName: type.name, hasZ: type.hasZ, hasM: type.hasM,
            featureCount: layer.featureCount(force: isThorough),
            extent: type.name == "None" ? nil : layer.extent(force: isThorough),
            fields: layer.fields(decoder: &decoder).map(\.field).filter { $0.name != hidden }, crs: crs(index),
            encoding: encoding, fidColumn: layer.fidColumn)
        if isThorough, let failure = dataset.log.firstFailure {
            throw .readFailed(path: source.shownPath, layer: layerNames[index], rowsRead: 0, message: failure)
        }
        return description
    }

    /// The column of a CSV file whose text became the geometry: shown as a field by GDAL, and none.
    func hiddenField(_ layer: GDALLayer) -> String? {
        guard driver == "CSV", layer.geometryType.name != "None" else { return nil }
        return layer.geometryColumn ?? "WKT"
    }

    private func crs(_ index: Int) -> CRSEvidence {
        if let word = source.crs { return .user(word) }
        guard let crs = layers[index].crs else { return .none }
        let how: CRSEvidence.Origin =
            switch driver {
            case "ESRI Shapefile": .prj
            case "LIBKML", "KML", "GPX", "OSM": .format
            case "GeoJSON", "GeoJSONSeq", "TopoJSON", "ESRIJSON": crs.authority == "EPSG:4326" ? .geoJSONDefault : .file
            default: .file
            }
        return CRSEvidence(wkt: crs.wkt, authority: crs.authority, how: how)
    }

    /// A second handle on the file in which GDAL decodes the texts, for filters that speak of them.
    func decodedLayer(_ index: Int, encoding: String) throws(LayerError) -> GDALLayer? {
        let (path, drivers) = Self.target(kind)
        let iconvName = TextEncoding.decoderName(encoding)
        let decoded = try Self.open(path, drivers: drivers, encoding: iconvName, source: source, gdal: gdal)
        return decoded.layers.indices.contains(index) ? decoded.layers[index] : nil
    }
}

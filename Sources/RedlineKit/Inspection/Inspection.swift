public import CoordinateReference
public import LayerIO
public import RedlineGeometry

/// What a file holds.
public enum Inspection: Sendable {
    /// A file with vector layers.
    case data(InspectedFile)
    /// A catalog.
    case catalog(InspectedCatalog)
}

/// A file with vector layers.
public struct InspectedFile: Sendable {
    /// The path, as it was asked for; a database without its password.
    public var path: String
    /// The format, by the short name of GDAL's driver.
    public var driver: String
    /// The layers in the order of the file.
    public var layers: [InspectedLayer]
}

/// One layer of a file, and what can be said of its coordinates.
public struct InspectedLayer: Sendable {
    /// What the file says.
    public var description: LayerDescription
    /// The CRS as it is understood; nil where there is none or it is not known.
    public var crs: CRSDefinition?
    /// What keeps the layer from being used: no CRS, an unknown one, no transformation to CGCS2000, numbers that do not
    /// fit.
    public var problem: String?
    /// What its numbers can be; nil where that was not asked for.
    public var diagnosis: CoordinateDiagnosis?
}

/// A catalog with the state of its sources.
public struct InspectedCatalog: Sendable {
    /// The catalog.
    public var catalog: Catalog
    /// Its layers in the order of the file.
    public var layers: [InspectedCatalogLayer]
}

/// A layer of a catalog with the state of its sources.
public struct InspectedCatalogLayer: Sendable {
    /// The layer as the catalog declares it.
    public var layer: CatalogLayer
    /// Its editions, oldest first.
    public var editions: [InspectedEdition]
}

/// An edition of a catalog's layer: what its source holds, or why it cannot be used.
public struct InspectedEdition: Sendable {
    /// The edition as the catalog declares it.
    public var edition: Edition
    /// The layer of its source; nil where it cannot be read.
    public var source: InspectedLayer?
    /// The fields that hold code, name and class: those that the catalog names, else those that bear a usual name.
    public var fields: FieldMapping
    /// What is wrong, in order; empty where nothing is.
    public var problems: [String]
}

/// Says what a file holds: its layers, their CRS, encoding, counts, extents and fields; of a catalog (`.yaml`, `.yml`),
/// its layers and the state of their sources.
///
/// - Parameters:
///   - path: A file, folder, archive or database connection, or a catalog.
///   - layer: The only layer to describe, inside a container.
///   - encoding: The text encoding, where the file does not say or is wrong.
///   - crs: The CRS, where the file has none or a wrong one.
///   - listShape: What a list of coordinates draws, where it does not say.
///   - explains: Whether the numbers of every layer are weighed; those of layers with a problem always are.
///   - catalog: Whose extent and regions the numbers are weighed against.
/// - Returns: The description; of a catalog with the state of each source.
/// - Throws: ``RedlineError`` if the file cannot be read, ``CatalogError`` if a catalog is wrong. Faults of a catalog's
///   sources are described instead.
/// - Complexity: Reads every row where a file does not tell its count or extent.
public func inspect(
    _ path: String, layer: String? = nil, encoding: String? = nil, crs: String? = nil,
    listShape: ListShape? = nil, explains: Bool = false, catalog: Catalog? = nil
) async throws -> Inspection {
    let ending = path.split(separator: ".").last?.lowercased()
    if ending == "yaml" || ending == "yml" { return .catalog(try InspectedCatalog(contentsOf: path)) }
    let source = LayerSource(path: path, layer: layer, encoding: encoding, crs: crs, listShape: listShape)
    var file = try InspectedFile(source, named: path)
    guard explains || file.layers.contains(where: { $0.problem != nil }) else { return .data(file) }
    var known = KnownPlaces()
    if let catalog { known = await KnownPlaces(catalog, threads: 1) }
    for index in file.layers.indices where file.layers[index].description.hasGeometry {
        var own = source
        own.layer = file.layers.count > 1 ? file.layers[index].description.name : layer
        guard let sample = try? CoordinateSample(own) else { continue }
        file.layers[index].diagnosis = try? CoordinateDetective(known: known).diagnose(sample)
    }
    return .data(file)
}

extension InspectedFile {
    init(_ source: LayerSource, named path: String) throws {
        do {
            let file = try VectorFile(source)
            self.init(
                path: path.withoutPassword, driver: file.driver, layers: try file.describe().map(InspectedLayer.init))
        } catch LayerError.rasterFile(_, let driver) {
            let layer = try Self.raster(source)
            self.init(path: path.withoutPassword, driver: driver, layers: [InspectedLayer(layer)])
        } catch {
            throw RedlineError(inLayer: nil, error)
        }
    }
}

extension InspectedFile {
    /// What is to be said of the first band of a raster, in the words of layers.
    private static func raster(_ source: LayerSource) throws -> LayerDescription {
        do {
            let raster = try RasterReader(RasterSource(path: source.path, band: 1, crs: source.crs)).description
            let corners = [(0, 0), (raster.width, 0), (0, raster.height), (raster.width, raster.height)]
            let extent = Envelope(
                corners.map { raster.transform.position(column: Double($0.0), row: Double($0.1)) })
            let bands = raster.bandCount > 1 ? ", \(raster.bandCount) bands" : ""
            return LayerDescription(
                name: "\(raster.width) × \(raster.height) \(raster.valueType)\(bands)", driver: raster.driver,
                geometryTypeName: "Raster", extent: extent, fields: [], crs: raster.crs,
                encoding: EncodingEvidence(name: "-", how: .format))
        } catch {
            throw RedlineError(inLayer: nil, error)
        }
    }
}

extension InspectedLayer {
    /// Reads the CRS of a described layer and tries whether its coordinates can be used.
    init(_ description: LayerDescription) {
        self.init(description: description, crs: nil, problem: nil)
        guard description.hasGeometry else { return }
        guard let definition = description.crs.shortestDefinition else {
            problem =
                "the layer has no CRS\(description.crs.doubt.map { " (\($0))" } ?? ""); say what its coordinates are "
                + "with --crs, or 'crs' in a catalog."
            return
        }
        do {
            let crs = try CRSDefinition(parsing: definition)
            self.crs = crs
            _ = try CoordinateTransformation(from: definition)
            problem = Self.misfit(of: description.extent, in: crs)
        } catch {
            problem = "\(error)"
        }
    }

    /// Why the numbers of an extent cannot be what the CRS says; nil where they can.
    private static func misfit(of extent: Envelope?, in crs: CRSDefinition) -> String? {
        guard let extent, !extent.isEmpty else { return nil }
        if crs.isProjected {
            guard let transformation = try? CoordinateTransformation(from: crs.text) else { return nil }
            return CoordinateDoubt.contradiction(extent, transformation)
        }
        guard crs.isGeographic else { return nil }
        guard abs(extent.minY) <= 90, abs(extent.maxY) <= 90, abs(extent.minX) <= 360, abs(extent.maxX) <= 360 else {
            let isSwapped = abs(extent.minX) <= 90 && abs(extent.maxX) <= 90 && extent.maxY <= 360
            return "the extent is beyond the degrees of the CRS: "
                + (isSwapped ? "the axes may be swapped (longitude comes first)." : "the numbers may be metres.")
        }
        return nil
    }
}

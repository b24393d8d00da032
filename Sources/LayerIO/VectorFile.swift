/// A file with vector layers, to see what is in it.
///
/// Belongs to one task at a time.
public final class VectorFile {
    /// The format, by the short name of GDAL's driver.
    public var driver: String { container.driver }

    /// The names of the layers in the order of the file.
    public let layerNames: [String]

    private let container: any LayerContainer
    private let source: LayerSource
    private let layer: String?

    /// Opens a file.
    ///
    /// - Parameter source: The file. Where it names a layer, only that one is described.
    /// - Throws: ``LayerError`` that says what is wrong with the file.
    public init(_ source: LayerSource) throws(LayerError) {
        (container, layer) = try source.openContainer()
        self.source = source
        layerNames = container.layerNames
        guard !layerNames.isEmpty else { throw .noLayers(path: source.shownPath, driver: container.driver) }
    }

    /// Opens a file of which nothing is known but its path.
    public convenience init(path: String) throws(LayerError) { try self.init(LayerSource(path: path)) }

    /// Describes the layers; counts rows and finds extents by reading, where the file does not tell.
    ///
    /// - Returns: The layers in the order of the file.
    /// - Throws: ``LayerError`` for the first layer that cannot be described.
    public func describe() throws(LayerError) -> [LayerDescription] {
        var indices = Array(layerNames.indices)
        if let layer { indices = [try container.layerIndex(named: layer, path: source.shownPath)] }
        var descriptions: [LayerDescription] = []
        for index in indices { descriptions.append(try container.describe(index, isThorough: true)) }
        return descriptions
    }
}

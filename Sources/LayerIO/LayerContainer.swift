import RedlineGeometry

/// An open file with its layers, whatever reads it.
protocol LayerContainer: AnyObject {
    /// The format, by the short name of GDAL's driver.
    var driver: String { get }

    /// The names of the layers in the order of the file.
    var layerNames: [String] { get }

    /// Whether rows of the layer may have a geometry.
    func hasGeometry(_ layer: Int) -> Bool

    /// What the layer is; where it is thorough, counts and extents are found by reading the whole layer.
    func describe(_ layer: Int, isThorough: Bool) throws(LayerError) -> LayerDescription

    /// Reads rows in the order of the file.
    func read(_ layer: Int, _ request: ReadRequest, _ body: ([FeatureRow]) throws -> Void) throws
}

/// Which rows and values to read.
struct ReadRequest {
    /// The positions of the wanted fields among those of the description.
    var fields: [Int]
    /// Only rows that reach into this rectangle.
    var within: Envelope?
    /// Only rows that meet this SQL condition.
    var filter: String?
    /// Only rows with identifiers in this range, of those that ``GDALContainer/identifierRanges(_:count:)`` gives.
    var identifiers: Range<Int64>?
    /// The number of rows in a batch.
    static let batchSize = 1024
}

extension LayerSource {
    /// Opens the file with what reads its format.
    func openContainer() throws(LayerError) -> (container: any LayerContainer, layer: String?) {
        let location = try SourceLocation.find(self)
        switch location.kind {
        case .json(let text, let path):
            if let container = try GeoJSONContainer(text, source: self) { return (container, location.layer) }
            guard let path else {
                throw .standardInput(reason: "standard input is JSON but no GeoJSON; pass other formats as a file.")
            }
            return (try GDALContainer(self, kind: .dataset(path)), location.layer)
        case .text(let bytes, let path):
            if let container = try CoordinateListContainer(text: bytes, source: self) {
                return (container, location.layer)
            }
            let text = try EncodedText.decode(bytes, source: self).text
            if TypedCoordinates.isWellKnownText(text) {
                return (try CoordinateListContainer(wellKnownText: text, source: self), location.layer)
            }
            return (try GDALContainer(self, kind: .dataset(path)), location.layer)
        case .workbook(let path):
            if let container = try CoordinateListContainer(workbook: path, source: self) {
                return (container, location.layer)
            }
            return (try GDALContainer(self, kind: .dataset(path)), location.layer)
        case .typed(let word):
            let isText = TypedCoordinates.isWellKnownText(word)
            let container =
                isText
                ? try CoordinateListContainer(wellKnownText: word, source: self)
                : try CoordinateListContainer(typed: word, source: self)
            return (container, location.layer)
        case let kind:
            return (try GDALContainer(self, kind: kind), location.layer)
        }
    }
}

extension LayerContainer {
    /// The position of the layer that is meant by a name as the user wrote it: taken exactly, else without regard to
    /// case; by nil the only layer, or the only one with geometry.
    func layerIndex(named name: String?, path: String) throws(LayerError) -> Int {
        let names = layerNames
        guard !names.isEmpty else { throw .noLayers(path: path, driver: driver) }
        guard let name else {
            if names.count == 1 { return 0 }
            let withGeometry = names.indices.filter(hasGeometry)
            guard withGeometry.count == 1 else { throw .layerNotNamed(path: path, names: names) }
            return withGeometry[0]
        }
        if let index = names.firstIndex(of: name) { return index }
        let similar = names.indices.filter { names[$0].lowercased() == name.lowercased() }
        guard similar.count == 1 else {
            throw .layerNotFound(path: path, layer: name, names: NearNames.sorted(names, near: name))
        }
        return similar[0]
    }
}

extension LayerDescription {
    /// The position of the field that `name` means.
    ///
    /// A name is taken exactly; else without regard to case; else, in a shapefile, as the longer form of a name that
    /// its table cut to ten bytes.
    ///
    /// - Parameters:
    ///   - name: As the user wrote it.
    ///   - path: For the message.
    /// - Returns: A position in ``fields``; the first of several fields of exactly this name.
    /// - Throws: ``LayerError/fieldNotFound(path:layer:field:names:)`` with the nearest names.
    public func fieldIndex(named name: String, path: String) throws(LayerError) -> Int {
        if let index = fields.firstIndex(where: { $0.name == name }) { return index }
        let lowercased = name.lowercased()
        let similar = fields.indices.filter { fields[$0].name.lowercased() == lowercased }
        if similar.count == 1 { return similar[0] }
        if driver == "ESRI Shapefile" {
            // Ten bytes hold five Chinese characters in GBK, three in UTF-8 with a rest that is dropped.
            let cut = fields.indices.filter { index in
                let field = fields[index].name.lowercased()
                let isASCII = field.allSatisfy(\.isASCII)
                let size = isASCII || encoding.name == "UTF-8" ? field.utf8.count : 2 * field.count
                return size >= (isASCII ? 10 : 8) && lowercased.hasPrefix(field)
            }
            if cut.count == 1 { return cut[0] }
        }
        let near = NearNames.sorted(fields.map(\.name), near: name)
        throw .fieldNotFound(path: path, layer: self.name, field: name, names: near)
    }
}

public import RedlineGeometry

/// Reads the rows of one layer.
///
/// Belongs to one task at a time; open the source again for each task.
public final class LayerReader {
    /// What the layer is; its count and extent only where the file tells them without being read.
    public let description: LayerDescription

    private let container: any LayerContainer
    private let source: LayerSource
    private let layer: Int

    /// Opens a layer.
    ///
    /// - Parameter source: The file and, where it has several layers with geometry, the name of one.
    /// - Throws: ``LayerError`` that says what is wrong with the file or the name.
    public init(_ source: LayerSource) throws(LayerError) {
        let (container, name) = try source.openContainer()
        layer = try container.layerIndex(named: name, path: source.shownPath)
        description = try container.describe(layer, isThorough: false)
        self.container = container
        self.source = source
    }

    /// The fields with which GeoJSON's own feature id can be asked for, though it is no property.
    public static let featureIDField = "@id"

    /// The name by which the layer knows a field.
    ///
    /// - Parameter name: As the user wrote it; see ``LayerDescription/fieldIndex(named:path:)``.
    /// - Returns: The name in the file; nil where there is none like it.
    public func fieldName(like name: String) -> String? {
        (try? description.fieldIndex(named: name, path: source.shownPath)).map { description.fields[$0].name }
    }

    /// Reads all rows that pass the attribute filter of the source, in the order of the file.
    ///
    /// May be called again, and then reads the file again (standard input too).
    ///
    /// - Parameters:
    ///   - fields: The names of the wanted fields. GeoJSON has the field `@id` for the feature's own id.
    ///   - envelope: Only rows whose geometry reaches into it, in the CRS of the layer; rows near it may come too, and
    ///     rows whose geometry is broken do. Nil for all rows, those without geometry included.
    ///   - identifiers: Only rows with identifiers in this range, one of ``identifierRanges(count:)``; nil for all. How many
    ///     there are is then not compared with what the file announces: see ``isAll(rowsRead:)``.
    ///   - body: Gets the rows in batches; what it throws ends the reading.
    /// - Throws: ``LayerError`` if a field is missing, or if the file breaks off or gives fewer rows than it announces;
    ///   rows before the break have been handed over by then.
    public func read(
        fields: [String], within envelope: Envelope? = nil, identifiers: Range<Int64>? = nil,
        _ body: ([FeatureRow]) throws -> Void
    ) throws {
        var indices: [Int] = []
        for field in fields { indices.append(try description.fieldIndex(named: field, path: source.shownPath)) }
        let request = ReadRequest(
            fields: indices, within: envelope, filter: source.attributeFilter, identifiers: identifiers)
        try container.read(layer, request, body)
    }

    /// Ranges of identifiers that hold all rows in the order of the file, so that several readers of one source can read a
    /// part each.
    ///
    /// - Parameter count: How many are wanted.
    /// - Returns: About so many; nil where the format has no such order (it is a GeoPackage's), rows are filtered, or they
    ///   are few.
    public func identifierRanges(count: Int) -> [Range<Int64>]? {
        guard source.attributeFilter == nil, let container = container as? GDALContainer else { return nil }
        return container.identifierRanges(layer, count: count)
    }

    /// Whether so many rows, read in parts, are all that the file holds, counted.
    public func isAll(rowsRead: Int) -> Bool { (container as? GDALContainer)?.count(layer) == rowsRead }
}

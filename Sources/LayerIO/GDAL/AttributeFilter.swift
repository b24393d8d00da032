import CRedlineGDAL
import RedlineGeometry

/// An SQL condition on rows that GDAL has not read: GDAL judges copies of their values in its memory.
struct AttributeFilter {
    private let filter: String
    private let path: String
    private let layer: String
    private let fields: [FieldDescription]
    private let gdal: GDALLibrary

    /// Takes a condition in the dialect of OGR SQL.
    init(_ filter: String, path: String, layer: String, fields: [FieldDescription]) throws(LayerError) {
        self.filter = filter
        self.path = path
        self.layer = layer
        self.fields = fields
        gdal = try GDALLibrary()
    }

    /// Judges rows.
    ///
    /// - Parameter rows: Their values in the order of the fields.
    /// - Returns: The positions of the rows that meet the condition.
    /// - Throws: ``LayerError/invalidFilter(path:layer:filter:message:)``.
    func passing(_ rows: [[AttributeValue]]) throws(LayerError) -> Set<Int> {
        let log = MessageLog()
        let dataset = try GDALDataset(creating: "", driver: "Memory", gdal: gdal, log: log)
        let table = try dataset.createLayer(layer, fields: fields, geometry: .none, options: [])
        for (number, row) in rows.enumerated() {
            try table.append(row, geometry: nil, identifier: Int64(number))
        }
        guard table.layer.setFilter(filter) else {
            throw .invalidFilter(
                path: path, layer: layer, filter: filter, message: log.last ?? "it is not understood")
        }
        var numbers: Set<Int> = []
        table.layer.rewind()
        while let number = table.layer.withNextFeature({ Int($0.identifier) }) { numbers.insert(number) }
        return numbers
    }
}

import Foundation
import GRDB
import LayerIO

/// All fields of the source of a layer, which a prepared file keeps so that its editions can be compared.
struct PreparedFields: Sendable {
    /// The names of the fields, as the file writes them, but for those of ``roles``.
    var names: [String]
    /// The fields of code, name and class.
    var roles: FieldMapping
    /// For each zone, a text for each of ``names``; nil for an empty cell.
    var values: [[String?]]

    /// Whether prepared files keep the fields of a layer: not of land cover, which has many patches and classes alone.
    static func areKept(of layer: CatalogLayer) -> Bool { layer.family != "land-cover" }

    /// What stands before the name of a field, so that it is not taken for an attribute of the catalog.
    private static let mark = "\u{0}"

    /// Whose fields the layer is to read besides its own attributes.
    ///
    /// - Throws: What the reader throws, or ``RedlineError`` for a field that the file lacks.
    init(of layer: inout CatalogLayer, _ edition: Edition) throws {
        let source = layer.source(of: edition)
        do {
            names = try LayerReader(source).description.fields.map(\.name)
        } catch {
            throw RedlineError(inLayer: layer.id, error)
        }
        let roles = try FieldMapping(of: layer, among: names, file: edition.source)
        self.roles = roles
        names.removeAll { [roles.code, roles.name, roles.class, LayerReader.featureIDField].contains($0) }
        values = []
        layer.attributes += names.map { ZoneAttributeMapping(name: Self.mark + $0, field: $0, values: [:]) }
    }

    /// Takes the values of the fields from zones that were read.
    ///
    /// - Returns: The zones with the attributes of the catalog alone.
    mutating func takeValues(from zones: [Zone]) -> [Zone] {
        var zones = zones
        values = zones.indices.map { place in
            names.map { zones[place].attributes.removeValue(forKey: Self.mark + $0) }
        }
        return zones
    }

    /// As a prepared file keeps it.
    var data: Data {
        var writer = PackedWriter()
        writer.write(Int32(names.count))
        for name in names { writer.write(name) }
        for role in [roles.code, roles.name, roles.class] { writer.write(role) }
        writer.write(Int32(values.count))
        for row in values { for value in row { writer.write(value) } }
        return writer.data
    }

    /// Reads what ``data`` gave.
    ///
    /// - Parameters:
    ///   - data: The bytes.
    ///   - rows: How many rows the layer has.
    /// - Throws: ``PackedReader/Damaged``.
    init(_ data: Data, rows: Int) throws {
        var reader = PackedReader(data)
        names = []
        for _ in 0..<(try reader.count(ofSize: 4)) {
            guard let name = try reader.text() else { throw PackedReader.Damaged() }
            names.append(name)
        }
        roles = FieldMapping(code: try reader.text(), name: try reader.text(), class: try reader.text())
        values = []
        // A row of a file without fields takes no room, so that the number of rows is held against that of the layer.
        guard Int(try reader.int32()) == rows else { throw PackedReader.Damaged() }
        for _ in 0..<rows { values.append(try names.map { _ in try reader.text() }) }
        guard reader.isAtEnd else { throw PackedReader.Damaged() }
    }
}

extension PreparedCatalog {
    /// The fields of a layer in an edition.
    ///
    /// - Throws: ``RedlineError`` where what is read is damaged, or fields are not kept.
    func fields(of layer: CatalogLayer, _ edition: Edition) throws -> PreparedFields {
        guard PreparedFields.areKept(of: layer) else {
            throw RedlineError(
                "a prepared catalog keeps no fields of land cover, by which its editions are compared.", file: path,
                layer: layer.preparedID ?? layer.id, remedy: "Give the YAML catalog.")
        }
        do {
            let entry = try entry(layer.preparedID ?? layer.id, edition)
            let rows = entry.directory.envelopes.count
            let fields = try block("redline_fields", of: entry.number) { try PreparedFields($0, rows: rows) }
            guard let fields else { throw PackedReader.Damaged() }
            return fields
        } catch let error as RedlineError {
            throw error
        } catch {
            throw Self.damaged(path, error)
        }
    }

    /// Whether a file is a prepared catalog, and not another database.
    static func isPrepared(_ path: String) -> Bool {
        guard isDatabase(path) else { return false }
        var configuration = Configuration()
        configuration.readonly = true
        let database = try? DatabaseQueue(path: path, configuration: configuration)
        return (try? database?.read { try $0.tableExists("redline_meta") }) == true
    }
}

import Foundation
import LayerIO

extension InspectedCatalog {
    /// Reads a catalog and looks at every source that it names.
    init(contentsOf path: String) throws {
        let catalog = try Catalog(contentsOf: path)
        self.init(
            catalog: catalog,
            layers: catalog.layers.map { layer in
                InspectedCatalogLayer(layer: layer, editions: layer.editions.map { InspectedEdition($0, of: layer) })
            })
    }

    /// The source of an edition as people name it: relative to the catalog's folder where it lies inside, and without
    /// the password of a database.
    public func sourcePath(of edition: InspectedEdition) -> String {
        let source = edition.edition.source
        let folder = URL(filePath: catalog.path).deletingLastPathComponent().path + "/"
        return source.hasPrefix(folder) ? String(source.dropFirst(folder.count)) : source.withoutPassword
    }
}

extension String {
    /// A connection to a database without its password.
    var withoutPassword: String {
        guard lowercased().hasPrefix("pg:") || lowercased().hasPrefix("postgresql:") else { return self }
        return replacing(/(?i)(password|passwd|pwd)\s*=\s*('[^']*'|\S+)/) { "\($0.output.1)=***" }
            .replacing(/\/\/([^:@\/]*):[^@\/]*@/) { "//\($0.output.1):***@" }
    }
}

extension InspectedEdition {
    init(_ edition: Edition, of layer: CatalogLayer) {
        self.init(edition: edition, source: nil, fields: FieldMapping(), problems: [])
        let source = layer.source(of: edition)
        do {
            let inspected = try InspectedFile(source, named: edition.source).layers
            guard inspected.count == 1 else {
                let names = inspected.map { "'\($0.description.name)'" }.joined(separator: ", ")
                problems.append("the source has several layers: \(names). Name one with the key 'layer'.")
                return
            }
            self.source = inspected[0]
            if let problem = inspected[0].problem { problems.append(problem) }
            let names = inspected[0].description.fields.map(\.name)
            fields = FieldMapping(
                code: field(layer.fields.code, FieldAliases.code, key: "code", among: names),
                name: field(layer.fields.name, FieldAliases.name, key: "name", among: names),
                class: field(layer.fields.class, FieldAliases.class, key: "class", among: names))
        } catch {
            problems.append("\(error)")
        }
    }

    /// The field that the catalog names, else one that bears a usual name; a named field that is not there is a problem.
    private mutating func field(
        _ named: String?, _ aliases: [String], key: String, among names: [String]
    ) -> String? {
        guard let named else { return FieldAliases.find(aliases, among: names) }
        if let match = FieldAliases.field(named: named, among: names) { return match }
        let near = closest(to: named, among: names).map { " Did you mean '\($0)'?" } ?? ""
        problems.append("the field '\(named)' for '\(key)' is not in the source.\(near)")
        return nil
    }
}

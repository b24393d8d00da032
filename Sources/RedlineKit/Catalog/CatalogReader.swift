import Crypto
import Foundation
import RedlineGeometry

extension Catalog {
    /// Reads and checks a catalog file, in YAML or prepared; the files that it names are not opened.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - ignoresStale: Whether a prepared catalog is taken although a source has changed since.
    /// - Throws: ``RedlineError`` if the file cannot be read, or a prepared catalog is damaged, too new or outdated;
    ///   ``CatalogError`` with line, key and expectation if it is not a catalog.
    public init(contentsOf path: String, ignoresStale: Bool = false) throws {
        guard FileManager.default.fileExists(atPath: path) else {
            throw RedlineError("no such file.", file: path, remedy: "Check the path.")
        }
        if PreparedCatalog.isDatabase(path) {
            self = try PreparedCatalog.catalog(at: path, ignoresStale: ignoresStale)
            return
        }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw RedlineError("cannot be read.", file: path, remedy: "Check that it is a file you may read.")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CatalogError(file: path, line: nil, key: "", expectation: "the file is not UTF-8 text.")
        }
        try self.init(yaml: text, path: path)
    }

    /// Reads and checks a catalog's text.
    ///
    /// - Parameters:
    ///   - yaml: The text of the file, with or without a byte-order mark.
    ///   - path: Where it comes from: sources are relative to its folder, and faults name it.
    /// - Throws: ``CatalogError`` at the first fault.
    init(yaml: String, path: String) throws {
        let members = try CatalogNode.root(yaml: yaml, path: path).members(
            known: [
                "schema", "name", "regions", "extent", "rules", "parameters", "effect_order", "as_of", "layers",
            ])
        try CatalogNode.checkSchema(members["schema"], path: path)
        guard let layersNode = members["layers"] else {
            throw CatalogError(file: path, line: 1, key: "layers", expectation: "the key is missing.")
        }
        let folder = URL(filePath: path).deletingLastPathComponent().path
        let layers = try layersNode.elements().map { try CatalogLayer($0, folder: folder) }
        guard !layers.isEmpty else { throw layersNode.fault("expected at least one layer.") }
        name = try members["name"].map { try LocalizedText($0) } ?? LocalizedText()
        self.path = path
        sha256 = SHA256.hash(data: Data(yaml.utf8)).hexadecimal
        regions = try members["regions"]?.text()
        extent = try members["extent"].map { try CatalogExtent($0) }
        asOf = try members["as_of"].map { try CalendarDate($0) }
        self.layers = layers
        rules = try members["rules"]?.elements().map { CatalogLayer.resolve(try $0.text(), folder: folder) } ?? []
        parameters = try members["parameters"]?.textPairs().map { RuleSetting(name: $0, value: $1) } ?? []
        effectOrder = try members["effect_order"].map { try EffectOrder($0) } ?? .usual
        try checkReferences(members: members, layerNodes: layersNode.elements())
    }

    /// Layer ids are unique, and `regions` and `extent` name layers that exist.
    private func checkReferences(members: [String: CatalogNode], layerNodes: [CatalogNode]) throws {
        var seen: Set<String> = []
        for (layer, node) in zip(layers, layerNodes) where !seen.insert(layer.id).inserted {
            throw node.fault("the id '\(layer.id)' is given to an earlier layer.")
        }
        func check(_ id: String, _ node: CatalogNode?) throws {
            guard let node, !seen.contains(id) else { return }
            let ids = layers.map(\.id)
            let near = closest(to: id, among: ids).map { " Did you mean '\($0)'?" } ?? ""
            throw node.fault("no layer has the id '\(id)'.\(near) Layers: \(ids.joined(separator: ", ")).")
        }
        if let regions { try check(regions, members["regions"]) }
        if case .layer(let id) = extent { try check(id, members["extent"]) }
        for (layer, node) in zip(layers, layerNodes) {
            if case .layer(let id) = layer.extent {
                try check(id, try node.members(known: CatalogLayer.keys)["extent"])
            }
        }
    }
}

extension Digest {
    /// The digest as lower-case hexadecimal digits.
    var hexadecimal: String { hexadecimal(bytes: Self.byteCount) }

    /// The first bytes of the digest as lower-case hexadecimal digits.
    func hexadecimal(bytes count: Int) -> String {
        func digit(_ value: UInt8) -> UInt8 { value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value }
        var text: [UInt8] = []
        text.reserveCapacity(count * 2)
        for byte in self.prefix(count) {
            text.append(digit(byte >> 4))
            text.append(digit(byte & 15))
        }
        return String(decoding: text, as: UTF8.self)
    }
}

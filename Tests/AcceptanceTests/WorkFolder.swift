import Foundation

/// A folder of its own for one test, gone with its owner.
final class WorkFolder {
    let root: String

    init() throws {
        root = FileManager.default.temporaryDirectory.appending(path: "redline-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    /// The path of a file in the folder.
    func path(_ name: String) -> String { root + "/" + name }

    /// Writes a file and returns its path.
    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        try text.write(toFile: path(name), atomically: true, encoding: .utf8)
        return path(name)
    }

    /// Writes features as a GeoJSON file and returns its path.
    @discardableResult
    func write(_ name: String, _ features: [Shape]) throws -> String {
        let rows = features.map(\.json).joined(separator: ",\n")
        return try write(name, "{\"type\":\"FeatureCollection\",\"features\":[\n\(rows)\n]}\n")
    }

    /// Writes a catalog with these layers and whatever else stands at its top.
    func catalog(_ layers: [String], top: String = "") throws -> String {
        try write("catalog.yaml", "schema: 1\nname: {zh: 试验, en: Trial}\n\(top)\nlayers:\n" + layers.joined())
    }

    /// The text of a layer of a catalog.
    static func layer(_ id: String, family: String = "ecological-redline", source: String? = nil, _ more: String...)
        -> String
    {
        let keys = ["family: \(family)", source ?? "source: \(id).geojson"] + more
        return "  - id: \(id)\n" + keys.map { "    \($0)\n" }.joined()
    }

    /// Screens the file `sites.geojson` against `catalog.yaml` and reads the GeoJSON.
    func screen(_ options: String..., sites: [String] = ["sites.geojson"]) throws -> FindingFile {
        let arguments = ["screen"] + sites + ["-c", "catalog.yaml", "-f", "geojson"] + options
        let outcome = try RedlineCommand.run(arguments, in: self)
        return try FindingFile(outcome)
    }

    /// Screens and reads the state of each site from JSON.
    func states(_ options: String..., sites: [String] = ["sites.geojson"]) throws -> [String: String] {
        let arguments = ["screen"] + sites + ["-c", "catalog.yaml", "-f", "json"] + options
        let outcome = try RedlineCommand.run(arguments, in: self)
        return try StateFile(outcome).states
    }
}

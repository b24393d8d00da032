import Foundation
import RedlineGeometry

/// A finding that someone has accepted: it stays in the result and leaves the count.
public struct Suppression: Hashable, Sendable {
    /// The identifier of the finding.
    public var finding: String
    /// Why it is accepted.
    public var reason: String
    /// Who accepts it.
    public var who: String
    /// The last day on which it counts; nil where it has none.
    public var until: CalendarDate?
}

/// The suppressions of a file (`suppressions.yaml`).
public struct Suppressions: Sendable {
    /// In the order of the file.
    public var entries: [Suppression]

    /// Reads a file of suppressions.
    ///
    /// - Throws: ``RedlineError`` if it cannot be read, ``CatalogError`` with line, key and expectation if it is wrong.
    public init(contentsOf path: String) throws {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw RedlineError("cannot be read.", file: path, remedy: "Name a YAML file with suppressions.")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CatalogError(file: path, line: nil, key: "", expectation: "the file is not UTF-8 text.")
        }
        let root = try CatalogNode.root(yaml: text, path: path)
        let members = try root.members(known: ["schema", "suppressions"])
        try CatalogNode.checkSchema(members["schema"], path: path)
        guard let list = members["suppressions"] else { throw root.fault("the key 'suppressions' is missing.") }
        var seen: Set<String> = []
        entries = try list.elements().map { node in
            let parts = try node.members(known: ["finding", "reason", "who", "until"])
            func text(_ key: String) throws -> String {
                guard let part = parts[key] else { throw node.fault("the key '\(key)' is missing.") }
                return try part.text()
            }
            let entry = Suppression(
                finding: try text("finding"), reason: try text("reason"), who: try text("who"),
                until: try parts["until"].map { try CalendarDate($0) })
            guard seen.insert(entry.finding).inserted else { throw node.fault("the finding is suppressed twice.") }
            return entry
        }
    }
}

/// A catalog that is wrong: the line, the key, and what was expected there.
public struct CatalogError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The catalog file, as the user named it.
    public var file: String
    /// The line, from 1; nil where the fault has no place in the file.
    public var line: Int?
    /// The key, as a path: `layers[2].fields.code`.
    public var key: String
    /// What was expected, or what is wrong.
    public var expectation: String

    /// One line: file, line, key, expectation.
    public var description: String {
        file + (line.map { ":\($0)" } ?? "") + ": " + (key.isEmpty ? "" : "'\(key)': ") + expectation
    }
}

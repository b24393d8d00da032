import Yams

/// A place in a YAML document that knows its line and its path, and says what it expected.
struct CatalogNode {
    let node: Node
    let key: String
    let file: String

    var line: Int? { node.mark?.line }
    var isScalar: Bool { node.scalar != nil }
    var isMapping: Bool { node.mapping != nil }
    var isList: Bool { node.sequence != nil }

    /// The root of a document, with or without a byte-order mark.
    ///
    /// - Throws: ``CatalogError`` where the text is not YAML or empty.
    static func root(yaml: String, path: String) throws -> CatalogNode {
        do {
            // Editors on Windows put a byte-order mark first, which Yams takes for text.
            let text = yaml.unicodeScalars.first == "\u{FEFF}" ? String(yaml.unicodeScalars.dropFirst()) : yaml
            guard let node = try Yams.compose(yaml: text) else {
                throw CatalogError(file: path, line: nil, key: "", expectation: "the file is empty.")
            }
            return CatalogNode(node: node, key: "", file: path)
        } catch let error as YamlError {
            throw CatalogError(file: path, line: error.line, key: "", expectation: "not YAML: \(error.reason).")
        }
    }

    /// Checks the member `schema` of a document.
    static func checkSchema(_ node: CatalogNode?, path: String) throws {
        guard let node else {
            throw CatalogError(file: path, line: 1, key: "schema", expectation: "the key is missing; expected 1.")
        }
        guard try node.text() == "1" else { throw node.fault("expected 1, the version that this program reads.") }
    }

    /// Whether a mapping has a key.
    func has(_ key: String) -> Bool { node.mapping?[key] != nil }

    func fault(_ expectation: String) -> CatalogError {
        CatalogError(file: file, line: line, key: key, expectation: expectation)
    }

    /// The members of a mapping; a key outside `known` and a key given twice are faults.
    func members(known: [String]) throws -> [String: CatalogNode] {
        guard let mapping = node.mapping else { throw fault("expected a mapping of keys and values, found \(kind).") }
        var members: [String: CatalogNode] = [:]
        for (name, value) in mapping {
            let text = name.string ?? "?"
            let place = CatalogNode(node: value, key: key.isEmpty ? text : "\(key).\(text)", file: file)
            guard known.contains(text) else {
                let near = closest(to: text, among: known).map { " Did you mean '\($0)'?" } ?? ""
                throw CatalogError(
                    file: file, line: name.mark?.line, key: place.key,
                    expectation: "unknown key.\(near) Expected one of \(known.joined(separator: ", ")).")
            }
            guard members.updateValue(place, forKey: text) == nil else { throw place.fault("the key is given twice.") }
        }
        return members
    }

    /// The pairs of a mapping from text to text, in order.
    func textPairs() throws -> [(String, String)] {
        guard let mapping = node.mapping else { throw fault("expected a mapping of text to text, found \(kind).") }
        return try mapping.map { name, value in
            guard let text = name.string else { throw fault("expected text as a key.") }
            return (text, try CatalogNode(node: value, key: "\(key).\(text)", file: file).text())
        }
    }

    /// The members of a sequence.
    func elements() throws -> [CatalogNode] {
        guard let sequence = node.sequence else { throw fault("expected a list, found \(kind).") }
        return sequence.enumerated().map { CatalogNode(node: $1, key: "\(key)[\($0)]", file: file) }
    }

    /// Text that is not empty; numbers and dates count as the text they are written as.
    func text() throws -> String {
        guard let scalar = node.scalar, !scalar.string.isEmpty else { throw fault("expected text, found \(kind).") }
        return scalar.string
    }

    func flag() throws -> Bool {
        guard let flag = node.bool else { throw fault("expected true or false, found \(kind).") }
        return flag
    }

    func number() throws -> Double {
        guard let number = node.float, number.isFinite else { throw fault("expected a number, found \(kind).") }
        return number
    }

    private var kind: String {
        switch node {
        case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "'\(scalar.string)'"
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }
}

extension CatalogNode {
    /// The pairs of a mapping, in order, a key given twice being a fault.
    func pairs() throws -> [(name: String, node: CatalogNode)] {
        guard let mapping = node.mapping else { throw fault("expected a mapping of keys and values.") }
        var seen: Set<String> = []
        return try mapping.map { name, value in
            guard let text = name.scalar?.string, !text.isEmpty else { throw fault("expected text as a key.") }
            let place = CatalogNode(node: value, key: key.isEmpty ? text : "\(key).\(text)", file: file)
            guard seen.insert(text).inserted else { throw place.fault("the key is given twice.") }
            return (text, place)
        }
    }

    /// The texts of a list; one text alone is a list of one.
    func texts() throws -> [(text: String, node: CatalogNode)] {
        if isScalar { return [(try text(), self)] }
        return try elements().map { (try $0.text(), $0) }
    }
}

extension YamlError {
    /// The line of the fault, from 1; nil where it has none.
    var line: Int? {
        switch self {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        default: nil
        }
    }

    /// What is wrong, in the parser's words.
    var reason: String {
        switch self {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
        default: "\(self)"
        }
    }
}

/// The word of `words` that is nearest to `word` by edits, if it is near at all.
func closest(to word: String, among words: [String]) -> String? {
    words.map { ($0, editDistance(word.lowercased(), $0.lowercased())) }
        .filter { $0.1 <= max(2, word.count / 3) }
        .min { $0.1 < $1.1 }?.0
}

/// The number of characters to insert, delete or replace (Levenshtein).
func editDistance(_ lhs: String, _ rhs: String) -> Int {
    let rhs = Array(rhs)
    var row = Array(0...rhs.count)
    for (i, a) in lhs.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, b) in rhs.enumerated() {
            let above = row[j + 1]
            row[j + 1] = min(above + 1, row[j] + 1, diagonal + (a == b ? 0 : 1))
            diagonal = above
        }
    }
    return row[rhs.count]
}

/// The parts of a path, as far as opening files needs them.
struct PathName {
    /// Everything before the last slash, with it; empty where there is none.
    let folder: String
    /// What follows the last slash.
    let name: String

    init(_ path: String) {
        var rest = path[...]
        while rest.count > 1, rest.last == "/" { rest.removeLast() }
        let slash = rest.lastIndex(of: "/")
        folder = slash.map { String(rest[...$0]) } ?? ""
        name = String(slash.map { rest[rest.index(after: $0)...] } ?? rest)
    }

    /// The name without its last ending.
    var stem: String {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        return String(name[..<dot])
    }

    /// The last ending in lower case, without its dot; empty where there is none.
    var ending: String {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }

    /// The path without its last ending.
    var base: String { folder + stem }
}

/// Names near to one that was not found.
enum NearNames {
    /// Returns `names` with those first that differ least from `wanted`; equally near ones keep their order.
    static func sorted(_ names: [String], near wanted: String) -> [String] {
        let key = Array(wanted.lowercased())
        return names.enumerated()
            .map { (distance: distance(Array($0.element.lowercased()), key), index: $0.offset, name: $0.element) }
            .sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }
            .map(\.name)
    }

    /// The number of characters to insert, remove, replace or swap with their neighbour (optimal string alignment).
    static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforeLast[j - 1] + 1) }
                row.append(best)
            }
            beforeLast = last
            last = row
        }
        return last[b.count]
    }
}

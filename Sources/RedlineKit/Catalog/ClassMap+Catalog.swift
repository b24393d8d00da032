import Yams

extension ClassMap {
    /// Reads the `class_map` of a layer: the id of a built-in one, or values of the catalog's own on top of one or none.
    init(_ node: CatalogNode) throws {
        if node.node.scalar != nil {
            self = try Self.builtIn(node)
            return
        }
        let members = try node.members(known: ["base", "title", "values", "implements", "precedence"])
        let base = try members["base"].map { try Self.builtIn($0) }
        self = base ?? ClassMap(entries: [])
        if let title = members["title"] { self.title = try LocalizedText(title) }
        if let values = members["values"] {
            let own = try values.pairs().map { value, node in try Entry(value: value, node) }
            let known = Set(own.map(\.value))
            entries = own + entries.filter { !known.contains($0.value) }
            source = base?.source
        }
        guard base != nil || members["values"] != nil || members["implements"] != nil else {
            throw node.fault("expected 'base', 'values' or both.")
        }
        for (name, node) in try members["implements"]?.pairs() ?? [] {
            guard let indicator = Indicator(rawValue: try node.text()) else {
                let known = Indicator.allCases.map(\.rawValue).joined(separator: ", ")
                throw node.fault("expected one of \(known).")
            }
            guard entries.isEmpty || classes.contains(name) else {
                throw node.fault("no value leads to the class '\(name)'. Classes: \(classes.joined(separator: ", ")).")
            }
            implements[name] = indicator
        }
        precedence = try members["precedence"]?.elements().map { element in
            let name = try element.text()
            guard classes.contains(name) else {
                throw element.fault(
                    "no value leads to the class '\(name)'. Classes: \(classes.joined(separator: ", ")).")
            }
            return name
        }
    }

    private static func builtIn(_ node: CatalogNode) throws -> ClassMap {
        let id = try node.text()
        guard let map = builtIn[id] else {
            let ids = builtIn.keys.sorted()
            let near = closest(to: id, among: ids).map { " Did you mean '\($0)'?" } ?? ""
            throw node.fault("no class map '\(id)' is built in.\(near) Built in: \(ids.joined(separator: ", ")).")
        }
        return map
    }
}

extension ClassMap.Entry {
    fileprivate init(value: String, _ node: CatalogNode) throws {
        if node.node.scalar != nil {
            self.init(value: value, class: try node.text())
            return
        }
        let members = try node.members(known: ["class", "name"])
        guard let name = members["class"] else { throw node.fault("the key 'class' is missing.") }
        self.init(
            value: value, class: try name.text(),
            name: try members["name"].map { try LocalizedText($0) } ?? LocalizedText())
    }
}

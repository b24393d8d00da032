extension ComparisonRules {
    /// Reads the key `comparison` of a layer in a catalog.
    init(_ node: CatalogNode) throws {
        self.init()
        let members = try node.members(known: ["class_change", "function", "wording"])
        if let change = members["class_change"] {
            guard ["nature", "none"].contains(try change.text()) else {
                throw change.fault(
                    "expected 'nature' where a zone that changes its class changes its nature, else 'none'.")
            }
            classIsNature = try change.text() == "nature"
        }
        if let function = members["function"] {
            let parts = try function.members(known: ["field", "better"])
            guard let field = parts["field"] else { throw function.fault("the key 'field' is missing.") }
            functionField = try field.text()
            if let better = parts["better"] {
                guard let word = Better(rawValue: try better.text()) else {
                    throw better.fault("expected 'higher' or 'lower'.")
                }
                betterFunction = word
            }
        }
        wording = try members["wording"].map { try LocalizedText($0) }
    }
}

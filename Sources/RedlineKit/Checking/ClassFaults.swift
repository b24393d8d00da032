/// Finds rows without class and classes that nobody knows.
struct ClassFaults {
    let layer: CheckedLayer

    func faults() -> [FaultDraft] {
        guard layer.classField != nil else { return [] }
        let isExpected = !layer.layer.classes.isEmpty || layer.rows.contains { $0.rawClass != nil }
        guard isExpected else { return [] }
        // The same few words come again and again.
        var meant: [String: String?] = [:]
        return layer.rows.indices.compactMap { row in
            fault(row) { raw in
                if let known = meant[raw] { return known }
                let word = ClassWords.standardClass(of: raw, family: layer.layer.family)
                if meant.count < 10_000 { meant[raw] = .some(word) }
                return word
            }
        }
    }

    /// The fault of a row; `standard` tells what a class seems to mean.
    private func fault(_ row: Int, _ standard: (String) -> String?) -> FaultDraft? {
        guard let raw = layer.rows[row].rawClass else {
            return layer.fault(.classMissing, .warning, row, zh: "没有类别", en: "there is no class")
        }
        let classes = layer.layer.classes
        guard !classes.isEmpty else {
            guard ClassWords.knows(layer.layer.family), standard(raw) == nil else { return nil }
            return layer.fault(
                .classUnknown, .warning, row, zh: "类别“\(raw)”不是优先、重点或一般",
                en: "the class '\(raw)' is neither priority, key nor general"
            ).keyed(raw)
        }
        guard classes[raw] == nil else { return nil }
        let near = standard(raw).flatMap { word in classes.filter { $0.value == word }.keys.min() }
        return layer.fault(
            .classUnknown, .warning, row, zh: "类别“\(raw)”不在图层目录的类别表中" + (near.map { "；似为“\($0)”" } ?? ""),
            en: "the class '\(raw)' is not in the catalog's class map"
                + (near.map { "; it seems to mean '\($0)'" } ?? "")
        ).keyed(raw)
    }
}

import Yams

/// A YAML file of targets: a list of indicators, or a mapping with the list under `indicators`.
struct TargetDocument {
    private let list: CatalogNode
    private let shared: [TargetKey: String]

    private static let sharedKeys: [TargetKey] = [.document, .region, .regionCode]

    /// Reads the text.
    ///
    /// - Throws: ``CatalogError`` with line, key and expectation.
    init(yaml: String, path: String) throws {
        let root: Node
        do {
            let text = yaml.unicodeScalars.first == "\u{FEFF}" ? String(yaml.unicodeScalars.dropFirst()) : yaml
            guard let node = try Yams.compose(yaml: text) else {
                throw CatalogError(file: path, line: nil, key: "", expectation: "the file is empty.")
            }
            root = node
        } catch let error as YamlError {
            throw CatalogError(file: path, line: error.line, key: "", expectation: "not YAML: \(error.reason).")
        }
        let top = CatalogNode(node: root, key: "", file: path)
        if root.sequence != nil {
            list = top
            shared = [:]
            return
        }
        let members = try top.members(
            known: ["schema", "indicators", "targets"] + Self.sharedKeys.map(\.rawValue))
        if let schema = members["schema"], try schema.text() != "1" {
            throw schema.fault("expected 1, the version that this program reads.")
        }
        guard let list = members["indicators"] ?? members["targets"] else {
            throw CatalogError(file: path, line: 1, key: "indicators", expectation: "the key is missing.")
        }
        self.list = list
        shared = try Dictionary(
            uniqueKeysWithValues: Self.sharedKeys.compactMap { key in
                try members[key.rawValue].map { (key, try $0.text()) }
            })
    }

    /// The records, in the order of the file.
    func records() throws -> [TargetRecord] { try list.elements().map(record) }

    /// The fault of a record as one of its file.
    func error(_ fault: TargetFault, in record: TargetRecord) -> CatalogError {
        CatalogError(
            file: list.file, line: Int(record.place.drop { !$0.isNumber }), key: "",
            expectation: fault.reason + (fault.remedy.map { " " + $0 } ?? ""))
    }

    private static let figureKeys = [
        "baseline", "baseline_year", "baseline_basis", "target", "target_year", "target_basis", "year", "measured",
        "measured_year", "measured_basis",
    ]

    private func record(_ node: CatalogNode) throws -> TargetRecord {
        let members = try node.members(known: TargetKey.allCases.map(\.rawValue) + Self.figureKeys)
        var record = TargetRecord(place: node.line.map { "line \($0)" } ?? node.key)
        record.texts = shared
        for key in TargetKey.allCases {
            guard let member = members[key.rawValue] else { continue }
            if key == .region, member.node.mapping != nil {
                let parts = try member.members(known: ["code", "name"])
                record.texts[.region] = try parts["name"]?.text()
                record.texts[.regionCode] = try parts["code"]?.text()
            } else {
                record.texts[key] = try member.text()
            }
        }
        record.baselines = try entries(members["baseline"], members, "baseline")
        record.measured = try entries(members["measured"], members, "measured")
        let targets = try entries(members["target"], members, "target")
        guard targets.count <= 1 else {
            throw node.fault("expected one target; give others as indicators of their own.")
        }
        record.target = targets.first
        if record.target?.period == nil { record.target?.period = try members["year"]?.text() }
        return record
    }

    /// A figure: text, a mapping with its year, or a list of these.
    private func entries(
        _ node: CatalogNode?, _ members: [String: CatalogNode], _ role: String
    ) throws -> [TargetRecord.Entry] {
        guard let node else { return [] }
        let nodes = node.node.sequence == nil ? [node] : try node.elements()
        return try nodes.map { node in
            guard node.node.mapping != nil else {
                return TargetRecord.Entry(
                    text: node.node.scalar?.string ?? "", period: try members["\(role)_year"]?.text(),
                    basis: try members["\(role)_basis"]?.text())
            }
            let parts = try node.members(known: ["value", "year", "basis"])
            return TargetRecord.Entry(
                text: parts["value"]?.node.scalar?.string ?? "", period: try parts["year"]?.text(),
                basis: try parts["basis"]?.text())
        }
    }
}

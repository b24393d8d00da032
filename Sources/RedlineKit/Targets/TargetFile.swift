import Foundation
import LayerIO
public import RedlineGeometry

/// The targets (规划指标) of one or more plans, as a file gives them.
public struct TargetFile: Sendable {
    /// The targets in the order of the file.
    public var targets: [PlanTarget]
    /// What the user should know of the file, without paths.
    public var warnings: [Remark]

    /// Creates a file's content from targets.
    public init(targets: [PlanTarget], warnings: [Remark] = []) {
        self.targets = targets
        self.warnings = warnings
    }

    /// Reads a YAML file (`.yaml`, `.yml`) or a table as CSV (any other ending), in any encoding that attribute tables
    /// come in.
    ///
    /// A table has a row for each indicator (`indicator`, `region_code`, `baseline`, `target`, …, or the Chinese
    /// headings of plans), or a row for each value with its `role` (`baseline`, `target`, `achieved`, `state`).
    ///
    /// - Parameter path: The file.
    /// - Throws: ``RedlineError`` or ``CatalogError`` with the line and what was expected there.
    public init(contentsOf path: String) throws {
        let ending = URL(filePath: path).pathExtension.lowercased()
        if ending == "yaml" || ending == "yml" {
            try self.init(document: path)
        } else {
            try self.init(table: path)
        }
    }

    private init(document path: String) throws {
        let document = try TargetDocument(yaml: try DecodedText(contentsOf: path).text, path: path)
        targets = []
        warnings = []
        for record in try document.records() {
            do throws(TargetFault) {
                targets += try PlanTarget.targets(of: record)
            } catch {
                throw document.error(error, in: record)
            }
        }
        try finish(path)
    }

    private init(table path: String) throws {
        targets = []
        warnings = []
        let table: TargetTable
        do {
            table = try TargetTable(DelimitedText(contentsOf: path))
        } catch let fault as TargetFault {
            throw RedlineError(fault.reason, file: path, feature: nil, remedy: fault.remedy)
        }
        for record in table.records() {
            do throws(TargetFault) {
                targets += try PlanTarget.targets(of: record)
            } catch {
                throw RedlineError("\(record.place): \(error.reason)", file: path, remedy: error.remedy)
            }
        }
        if !table.unusedHeadings.isEmpty {
            let list = table.unusedHeadings.joined(separator: ", ")
            warnings.append(
                Remark(zh: "指标表中未使用的列：\(list)。", en: "Targets: columns that nothing was taken from: \(list)."))
        }
        try finish(path)
    }

    private mutating func finish(_ path: String) throws {
        guard !targets.isEmpty else {
            throw RedlineError(
                "the file has no target.", file: path,
                remedy: "Give each indicator a 'target'; in a table with a 'role' column, a row with role 'target'.")
        }
        warnings += TargetChecks(targets).warnings
    }
}

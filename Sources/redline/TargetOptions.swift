import ArgumentParser
import Foundation
import RedlineKit
import RedlineReport

/// Which targets of plans a table is judged by.
struct TargetOptions: ParsableArguments {
    @Option(
        name: .customLong("targets"),
        help: ArgumentHelp("Judge the indicators of this file (YAML or CSV) by the table.", valueName: "file"))
    var file: String?

    /// The files that are read.
    var inputs: [String] { file.map { [$0] } ?? [] }

    /// Reads the targets; nil where none are asked for.
    func read() throws -> TargetFile? { try file.map { try TargetFile(contentsOf: $0) } }

    /// Where the targets go beside a CSV file; nil where the result itself holds them, or nothing does.
    func destination(beside output: OutputOptions, _ format: OutputFormat, inputs: [String]) throws
        -> ReportDestination?
    {
        guard file != nil, format == .csv, let path = output.path else { return nil }
        let url = URL(filePath: path)
        let ending = url.pathExtension.isEmpty ? "" : "." + url.pathExtension
        let name = url.deletingPathExtension().lastPathComponent + ".targets" + ending
        let folder = path.hasSuffix(url.lastPathComponent) ? String(path.dropLast(url.lastPathComponent.count)) : ""
        return try ReportDestination(
            path: folder + name, overwrites: output.overwrite, inputs: inputs + self.inputs)
    }

    /// Writes the targets beside a CSV file; says where they are where CSV on standard output has no place for them.
    func write(
        _ tables: [TableReport], as format: OutputFormat, to destination: ReportDestination?, _ messages: MessageOptions
    ) throws {
        guard format == .csv, let table = tables.first else { return }
        if let destination { return try table.write(as: .csv, to: destination) }
        if !messages.quiet {
            Console.say(
                messages.chosenLanguage.pick(
                    zh: "标准输出的 CSV 不含指标；请用 -f text、-f json，或 -o 文件.csv（指标写入 文件.targets.csv）。",
                    en:
                        "CSV on standard output does not hold the targets; use -f text, -f json, or -o FILE.csv, beside "
                        + "which FILE.targets.csv then stands."))
        }
    }
}

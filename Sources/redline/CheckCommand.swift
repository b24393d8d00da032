import ArgumentParser
import Foundation
import RedlineKit
import RedlineReport

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Find faults of the input: geometry, gaps and overlaps, codes, classes, areas, text.",
        discussion: """
            Looks at every layer of a catalog, or at files without one, and lists what is wrong with them: broken \
            geometry with reason and place, duplicates, gaps and overlaps, slivers and spikes, zones outside the \
            territory or in another county than their code says, codes and classes that break their grammar, declared \
            areas that are not those of the geometry (and by which method they would be), wrongly decoded text, missing \
            CRSs and fields. The layers are never changed. Documentation/faults.md explains every kind.

            A file without a catalog is checked for what holds of any layer; --family and --tiling say what it is.

            REPAIR
            --fix writes a copy of all layers (.gpkg, or .geojson for one) and, beside it, a table of every change with \
            the area that moved (.changes.csv). Exact duplicates are dropped, invalid geometry is made valid (MakeValid, \
            structure), and where zones should not overlap, lines are moved to those of zones before them by up to \
            --snap. Everything else stays as it is. What needs a person (codes, classes, large gaps) is not touched, \
            and the files that were read never are.

            RESULT
            One row for each fault, worst first within each layer: fault_id, severity (error, warning, note), kind, \
            layer, feature, zone_code, message, area_m2, width_m, longitude, latitude. GeoJSON and GeoPackage carry the \
            ground concerned. Standard output carries text on a terminal, else CSV. Areas are in m² in data formats and \
            in --unit in text; widths are 2 · area / perimeter of the widest piece in metres; coordinates are CGCS2000 \
            longitude and latitude (EPSG:4490).

            EXIT STATUS
              0   done
              1   failed, or some layers could not be read; the faults of the others are written
              2   done, with faults at or above --fail-on
              64  wrong usage

            EXAMPLES
              redline check -c catalog.yaml
              redline check -c catalog.yaml -o faults.geojson --fail-on error
              redline check units.shp --family control-unit --tiling -f text
              redline check -c catalog.yaml --against redline -o outside.csv
              redline check units.shp --tiling --fix units-fixed.gpkg --snap 0.5m
            """)

    @Argument(help: ArgumentHelp("Files to check without a catalog.", valueName: "files"))
    var files: [String] = []

    @OptionGroup(title: "Checks") var checks: CheckArguments
    @OptionGroup(title: "Input") var input: InputOptions
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Messages") var messages: MessageOptions

    func validate() throws {
        guard files.isEmpty != (checks.catalog == nil) else {
            throw ValidationError("Name a catalog with --catalog, or files without one.")
        }
        if checks.catalog != nil {
            let given = [
                ("--family", checks.family != nil), ("--tiling", checks.tiling), ("--layer", input.layer != nil),
                ("--encoding", input.encoding != nil), ("--crs", input.crs != nil),
                ("--sql-where", checks.sqlWhere != nil),
            ].first(where: \.1)
            if let given { throw ValidationError("\(given.0) is for files; in a catalog, the layer itself says so.") }
        } else if checks.against != nil || checks.layers != nil {
            throw ValidationError("--against and --layers name layers of a catalog; name it with --catalog.")
        }
    }

    func run() async throws {
        let language = messages.chosenLanguage
        let format = try output.chosenFormat(standardOutput: Console.showsOutput ? .text : .csv)
        let destination = try ReportDestination(
            path: output.path, overwrites: output.overwrite, inputs: files + [checks.catalog].compactMap { $0 })
        let repair = try repairDestination()
        let result = try await checked()
        let report = CheckReport(result, settings: output.settings(language: language))
        try report.table.write(as: format, to: destination)
        say(result, language)
        if let repair { try await self.repair(to: repair, language) }
        if !result.unreadLayers.isEmpty { throw ExitCode.failure }
        if let level = checks.failOn, result.faults.contains(where: { $0.severity <= level.severity }) {
            throw ExitCode(2)
        }
    }

    private func checked() async throws -> CheckResult {
        if let path = checks.catalog {
            return try await check(try Catalog(contentsOf: path), options: checks.options)
        }
        return try await check(givenFiles, options: checks.options)
    }

    private var givenFiles: CheckedFiles {
        var given = CheckedFiles(paths: files)
        given.family = checks.family
        given.isTiling = checks.tiling
        given.layer = input.layer
        given.encoding = input.encoding
        given.crs = input.crs
        given.filter = checks.sqlWhere
        return given
    }

    // MARK: - Repair

    /// The places of the repaired copy and of its log; nil without `--fix`. No file that is read is ever replaced.
    private func repairDestination() throws -> RepairDestination? {
        guard let path = checks.fix else { return nil }
        let catalog = try checks.catalog.map { try Catalog(contentsOf: $0) }
        let sources = catalog?.layers.flatMap(\.editions).map(\.source) ?? []
        return try RepairDestination(
            path: path, overwrites: output.overwrite,
            inputs: files + sources + [checks.catalog, output.path].compactMap { $0 })
    }

    private func repair(to destination: RepairDestination, _ language: Language) async throws {
        let copies: [RepairedLayer]
        if let path = checks.catalog {
            copies = try await repairedCopies(
                of: try Catalog(contentsOf: path), options: checks.options, snapDistance: checks.snapDistance)
        } else {
            copies = try await repairedCopies(
                of: givenFiles, options: checks.options, snapDistance: checks.snapDistance)
        }
        try RepairReport(copies, settings: output.settings(language: language)).write(to: destination)
        guard !messages.quiet else { return }
        let changes = copies.flatMap(\.changes)
        let moved = changes.reduce(0) { $0 + $1.movedArea }
        Console.say(
            language.pick(
                zh: "修复副本：\(changes.count) 处改动，移动面积 \(moved) 平方米，见 \(destination.logPath)",
                en: "repaired copy: \(changes.count) changes, \(moved) m² moved; all listed in \(destination.logPath)"))
    }

    private func say(_ result: CheckResult, _ language: Language) {
        for layer in result.unreadLayers {
            let fault = result.faults.first { $0.layer == layer }
            let reason = fault?.message.text(in: language) ?? ""
            Console.say(language.pick(zh: "图层 \(layer) 未检查：", en: "layer \(layer) was not checked: ") + reason)
        }
        guard messages.verbose else { return }
        let counts = FaultSeverity.allCases.map { severity in result.faults.count { $0.severity == severity } }
        Console.say(
            language.pick(
                zh: "检查了 \(result.layers.count) 个图层：错误 \(counts[0])，警告 \(counts[1])，提示 \(counts[2])",
                en:
                    "\(result.layers.count) layers checked: \(counts[0]) errors, \(counts[1]) warnings, \(counts[2]) notes"
            ))
    }
}

import RedlineKit
import RedlineReport
import Synchronization

/// Writes what a screening finds: formats that list findings as they are found, the others when all are.
struct ScreeningWriter {
    let run: ScreeningRun
    let format: OutputFormat
    let settings: ReportSettings
    let reached: ReachedLevel

    /// Compares the sites and writes their findings.
    ///
    /// - Parameters:
    ///   - destination: Where the report goes.
    ///   - plots: The files of boundary points; nil for none. They need all findings before any is written.
    ///   - willWrite: Called where all findings are held, before they are written.
    /// - Returns: The result, without sites where they were written as they were found.
    /// - Throws: As `ScreeningRun.forEachSite` and `ReportDestination`.
    func write(
        to destination: ReportDestination, _ plots: BoundaryPointFiles?, willWrite: () -> Void
    ) async throws -> ScreeningResult {
        guard plots == nil else { return try await writeHeld(to: destination, plots, willWrite) }
        switch format {
        case .text, .json: return try await writeHeld(to: destination, nil, willWrite)
        case .geojson: return try await write(.geojson, to: destination)
        case .csv: return try await write(.csv, to: destination)
        case .xlsx: return try await make(.xlsx, at: destination)
        case .gpkg: return try await make(.geoPackage, at: destination)
        }
    }

    private func write(
        _ format: FindingText.Format, to destination: ReportDestination
    ) async throws -> ScreeningResult {
        let text = FindingText(format, of: run.outline, settings: settings)
        var result = run.outline
        try await destination.writeAsynchronously { write in
            result = try await text.write(run, looking: { [reached] in reached.look(at: $0) }, to: write)
        }
        return result
    }

    private func make(
        _ format: FindingTable.Format, at destination: ReportDestination
    ) async throws -> ScreeningResult {
        var result = run.outline
        try await destination.makeAsynchronously { path in
            let table = try FindingTable(format, of: run.outline, settings: settings, at: path)
            result = try await table.write(run) { [reached] in reached.look(at: $0) }
        }
        return result
    }

    private func writeHeld(
        to destination: ReportDestination, _ plots: BoundaryPointFiles?, _ willWrite: () -> Void
    ) async throws -> ScreeningResult {
        let result = try await run.result()
        for site in result.sites { reached.look(at: site) }
        willWrite()
        let report = ScreeningReport(result, settings: settings)
        let files = try plots?.prepared(for: report)
        switch format {
        case .text: try destination.write { try report.writeText(to: $0) }
        case .json: try destination.write { try report.writeJSON(to: $0) }
        case .geojson: try destination.write { try report.writeGeoJSON(to: $0) }
        case .csv: try destination.write { try report.writeCSV(to: $0) }
        case .xlsx: try destination.make { try report.makeSpreadsheet(at: $0) }
        case .gpkg: try destination.make { try report.makeGeoPackage(at: $0) }
        }
        try files?.write(report, language: settings.language)
        Console.keep(result)
        return result
    }
}

/// Whether any finding is at or above the level that fails; asked by all tasks.
final class ReachedLevel: Sendable {
    private let level: FailLevel?
    private let order: EffectOrder
    private let found = Atomic<Bool>(false)

    init(_ level: FailLevel?, _ order: EffectOrder) { (self.level, self.order) = (level, order) }

    func look(at site: ScreenedSite) {
        guard let level, !isReached, site.findings.contains(where: { level.includes($0, order) }) else { return }
        found.store(true, ordering: .relaxed)
    }

    var isReached: Bool { found.load(ordering: .relaxed) }
}

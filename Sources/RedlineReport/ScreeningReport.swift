public import RedlineGeometry
public import RedlineKit

/// Writes what a screening found, in every format from the same values.
///
/// Each format is handed on in chunks, in order, so that memory stays bounded however many findings there are. The
/// same result and settings give the same bytes.
public struct ScreeningReport: Sendable {
    /// The version of this program, as reports record it.
    public static let toolVersion = "0.1.0"

    /// What was found.
    public let result: ScreeningResult
    /// How it is written.
    public let settings: ReportSettings

    /// Creates a report of `result`.
    public init(_ result: ScreeningResult, settings: ReportSettings = ReportSettings()) {
        self.result = result
        self.settings = settings
    }

    /// Calls `body` with every finding: sites in the order of the input, findings in their order.
    func forEachFinding(_ body: (FindingRow) throws -> Void) rethrows {
        for site in result.sites {
            for place in site.findings.indices { try body(row(site, place)) }
        }
    }

    /// The finding of a site at a place.
    func row(_ site: ScreenedSite, _ place: Int) -> FindingRow {
        let finding = site.findings[place]
        return FindingRow(site: site, finding: finding, layer: finding.layerIndex.map { result.layers[$0] })
    }
}

extension ScreeningResult {
    /// The warnings without those on skipped sites, which stand in a list of their own.
    public var warningsBesideSkippedSites: [Remark] {
        let known = Set(
            skippedSites.map {
                ScreenedSite.skippedRemark(id: $0.id, problem: $0.problem)
            })
        return warnings.filter { !known.contains($0) }
    }
}

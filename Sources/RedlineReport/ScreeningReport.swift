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
        for site in result.sites { try result.forEachFinding(of: site, body) }
    }
}

extension ScreeningResult {
    /// Calls `body` with the findings of a site, in their order.
    func forEachFinding(of site: ScreenedSite, _ body: (FindingRow) throws -> Void) rethrows {
        for finding in site.findings {
            try body(FindingRow(site: site, finding: finding, layer: finding.layerIndex.map { layers[$0] }))
        }
    }

    /// The warnings without those on skipped sites, which stand in a list of their own.
    public var warningsBesideSkippedSites: [Remark] {
        let known = Set(
            skippedSites.map {
                ScreenedSite.skippedRemark(id: $0.id, problem: $0.problem)
            })
        return warnings.filter { !known.contains($0) }
    }
}

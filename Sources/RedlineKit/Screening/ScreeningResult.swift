public import RedlineGeometry
public import RedlineMeasure

/// What is to be screened, and how.
public struct ScreeningOptions: Sendable {
    /// The method of the areas shown; shares are always made of ellipsoidal areas.
    public var areaMethod: AreaMethod = .ellipsoidal
    /// Whether the areas of the other methods stand beside.
    public var showsAllAreas = false
    /// Zones within this distance are reported as `near`; nil reports none.
    public var distance: Length?
    /// The width below which a meeting is a touch, in place of the layers' own.
    public var tolerance: Length?
    /// The only layers to screen against; nil for all.
    public var layers: [String]?
    /// The day whose editions are used; nil for the catalog's, else the newest.
    public var asOf: CalendarDate?
    /// Whether invalid sites are repaired, counted and screened.
    public var repairsSites = false
    /// What rules ask of sites and their files lack, by name.
    public var attributes: [RuleSetting] = []
    /// Parameters that rules leave open, besides the catalog's.
    public var settings: [RuleSetting] = []
    /// Whether the nearest zone that would stop a site is looked for, for sites that no rule stops.
    public var findsProhibitions = false
    /// An earlier screening that findings are compared with.
    public var baseline: Baseline?
    /// Findings that someone has accepted: they leave the count.
    public var suppressions: Suppressions?
    /// How many tasks work at once; the result does not depend on it.
    public var threads = 1

    /// The defaults of the command line, on one thread.
    public init() {}
}

/// The state of a site after screening; the first that holds.
public enum SiteState: String, Hashable, Sendable, CaseIterable {
    /// The site could not be screened.
    case skipped
    /// A zone is overlapped, or rules speak of ground outside zones or of any ground.
    case conflict
    /// For some ground of the site the data cannot tell.
    case notAssessable = "not-assessable"
    /// A zone is within the distance asked for.
    case near
    /// A zone is touched.
    case touches
    /// Nothing is met, but a layer does not say what territory it covers: no clearance.
    case clearInData = "clear-in-data"
    /// Nothing is met, and every layer covers the site.
    case clear
}

/// A site (项目用地) and what was found for it.
public struct ScreenedSite: Sendable {
    /// The identifier.
    public var id: String
    /// The name; the identifier where the file has none.
    public var name: String
    /// The state.
    public var state: SiteState
    /// The file of its first row, as the user named it; for messages, not for results.
    public var file: String
    /// Why the site was skipped; nil for a site that was screened.
    public var problem: String?
    /// Whether the site was invalid and is repaired here.
    public var isRepaired: Bool
    /// The area, own overlaps counted once; nil where it has no polygon or was skipped.
    public var area: MeasuredArea?
    /// The length of its lines in metres; nil where it has none or was skipped.
    public var length: Double?
    /// The number of its points; nil where it has none or was skipped.
    public var points: Int?
    /// How far in metres a site that meets nothing is from the nearest zone, or from the edge of what the layers cover,
    /// within 10 km; else nil.
    public var margin: Double?
    /// Whether a site that meets nothing would do so under a shift as large as the accuracies; nil where a layer declares
    /// none.
    public var certainty: Certainty?
    /// The nearest zone that would stop it, within 10 km; nil where rules stop it where it stands, or where it was not
    /// looked for.
    public var prohibition: NearestProhibition?
    /// Its findings: the strictest effect first; then by layer, in the order of the catalog; then overlaps before what is
    /// not assessable, near and touched; then the largest first.
    public var findings: [Finding]
}

/// A layer as it was used.
public struct ScreenedLayer: Sendable {
    /// The id in the catalog.
    public var id: String
    /// The family.
    public var family: String
    /// What people call it.
    public var title: LocalizedText
    /// The edition that was used; nil where it has no date or the layer is missing.
    public var edition: CalendarDate?
    /// The number of its features; nil where the layer is missing on the day asked for.
    public var features: Int?
    /// How many features were repaired.
    public var repaired: Int
    /// SHA-256 of its file; nil for a database. For several files that of the list of their names and digests.
    public var sha256: String?
    /// Whether it declares the territory that it covers.
    public var hasExtent: Bool
    /// Whether any of its zones are judged; false for layers only used as regions or extent.
    public var isScreened: Bool
}

/// The result of screening sites against a catalog.
public struct ScreeningResult: Sendable {
    /// The catalog's name.
    public var catalogName: LocalizedText
    /// SHA-256 of the catalog file.
    public var catalogSHA256: String
    /// The options of the run.
    public var options: ScreeningOptions
    /// The day whose editions were used; nil for the newest.
    public var asOf: CalendarDate?
    /// The layers screened against, in the order of the catalog, then those used as regions or extent.
    public var layers: [ScreenedLayer]
    /// Every site in the order of the input, skipped ones included; empty where they were handed on.
    public var sites: [ScreenedSite]
    /// Counts over all sites.
    public var summary = Summary()
    /// The sites that were skipped, in the order of the input.
    public var skippedSites: [ScreenedSite] = []
    /// What the user should know, in order, without paths and times.
    public var warnings: [Remark]
    /// The versions of the engines that were used; nil for one that was not.
    public var engines: EngineVersions
    /// The rules that were judged; nil where the catalog names no packs.
    public var rules: RuleBook?
    /// Findings of an earlier screening that are no more; nil where none was named.
    public var absent: [EarlierFinding]?
    /// Whether accepted findings were taken out of the count.
    public var hasSuppressions = false
}

/// The versions of the libraries behind a result.
public struct EngineVersions: Hashable, Sendable {
    /// GEOS.
    public var geos: String?
    /// PROJ.
    public var proj: String?
    /// GDAL; nil where it was not loaded.
    public var gdal: String?
}

extension ScreeningResult {
    /// Counts over all sites.
    public struct Summary: Hashable, Sendable {
        /// Sites that were screened.
        public var sites = 0
        /// Sites in state `clear`.
        public var clear = 0
        /// Sites in state `clear-in-data`.
        public var clearInData = 0
        /// Sites with ground that cannot be judged, whatever their state.
        public var notAssessable = 0
        /// Findings that nobody has accepted.
        public var findings = 0
        /// Findings by effect.
        public var byEffect: [Effect: Int] = [:]
        /// Findings to which no rule applies, all that speak of them being judged.
        public var withoutEffect = 0
        /// Findings whose effect could not be judged.
        public var notJudged = 0
        /// Sites that were skipped.
        public var skipped = 0
        /// Sites that were repaired.
        public var repaired = 0
    }
}

extension ScreeningResult.Summary {
    /// Sites that were read: screened or skipped.
    public var readSites: Int { sites + skipped }

    mutating func add(_ site: borrowing ScreenedSite) {
        if site.isRepaired { repaired += 1 }
        guard site.state != .skipped else {
            skipped += 1
            return
        }
        sites += 1
        var isAssessable = true
        for place in site.findings.indices {
            if site.findings[place].relation == .notAssessable { isAssessable = false }
            guard site.findings[place].suppression == nil else { continue }
            findings += 1
            if let effect = site.findings[place].effect {
                byEffect[effect, default: 0] += 1
            } else if site.findings[place].reason == nil {
                withoutEffect += 1
            } else {
                notJudged += 1
            }
        }
        if site.state == .clear { clear += 1 }
        if site.state == .clearInData { clearInData += 1 }
        if !isAssessable { notAssessable += 1 }
    }

    mutating func add(_ other: Self) {
        sites += other.sites
        clear += other.clear
        clearInData += other.clearInData
        notAssessable += other.notAssessable
        findings += other.findings
        byEffect.merge(other.byEffect, uniquingKeysWith: +)
        withoutEffect += other.withoutEffect
        notJudged += other.notJudged
        skipped += other.skipped
        repaired += other.repaired
    }
}

extension ScreenedSite {
    /// A site that nothing was found for yet.
    init(of measured: MeasuredSite) {
        let site = measured.site
        self.init(
            id: site.id, name: site.name, state: .skipped, file: site.file, problem: site.problem,
            isRepaired: site.isRepaired, area: measured.area, length: measured.length,
            points: site.ground.points.isEmpty ? nil : site.ground.points.count, findings: [])
    }

    /// What is said of a site that was skipped.
    public static func skippedRemark(id: String, problem: String?) -> Remark {
        Remark(
            zh: "用地 '\(id)' 未筛查：\(problem ?? "")。", en: "Site '\(id)' was skipped: \(problem ?? "").")
    }
}

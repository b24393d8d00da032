package import RedlineKit
import RedlineMeasure

/// A finding with the site and the layer it belongs to.
package struct FindingRow {
    let site: ScreenedSite
    let finding: Finding
    /// Nil for rules on any ground.
    let layer: ScreenedLayer?
}

/// A column of findings: the same in every format, in the same order.
package struct FindingColumn: Sendable {
    package enum Kind: Sendable { case text, integer, real }

    package let name: String
    package let kind: Kind
    package let value: @Sendable (FindingRow) -> ReportValue
    /// The name as the key of a member in JSON.
    let key: [UInt8]

    init(_ name: String, _ kind: Kind, _ value: @escaping @Sendable (FindingRow) -> ReportValue) {
        self.name = name
        self.kind = kind
        self.value = value
        key = Array("\"\(name)\":".utf8)
    }

    /// The columns of a run with these options.
    package static func columns(for result: ScreeningResult, language: Language) -> [FindingColumn] {
        identity + [rules(result.rules, language)] + areas(for: result.options) + measures
            + (result.absent == nil ? [] : [change]) + (result.hasSuppressions ? [suppressed] : [])
    }

    private static let change = FindingColumn("change", .text) { ReportValue($0.finding.change?.rawValue) }

    private static let suppressed = FindingColumn("suppressed", .text) { row in
        guard let entry = row.finding.suppression else { return .null }
        return .text(entry.reason + " (" + entry.who + (entry.until.map { ", until \($0)" } ?? "") + ")")
    }

    /// The rules that apply, as JSON; the text of each rule is made once.
    private static func rules(_ book: RuleBook?, _ language: Language) -> FindingColumn {
        let texts = RuleJSON(book, language)
        return FindingColumn("rules", .text) { .json(texts.list($0.finding.verdict.rules)) }
    }

    private static let identity: [FindingColumn] = [
        FindingColumn("finding_id", .text) { .text($0.finding.id) },
        FindingColumn("site_id", .text) { .text($0.site.id) },
        FindingColumn("site_name", .text) { .text($0.site.name) },
        FindingColumn("layer", .text) { ReportValue($0.layer?.id) },
        FindingColumn("family", .text) { ReportValue($0.layer?.family) },
        FindingColumn("zone_id", .text) { ReportValue($0.finding.zone?.id) },
        FindingColumn("zone_code", .text) { ReportValue($0.finding.zone?.code) },
        FindingColumn("zone_name", .text) { ReportValue($0.finding.zone?.name) },
        FindingColumn("zone_class", .text) { ReportValue($0.finding.zone?.class) },
        FindingColumn("relation", .text) { .text($0.finding.relation.rawValue) },
        FindingColumn("reason", .text) { ReportValue($0.finding.reason?.rawValue) },
        FindingColumn("effect", .text) { ReportValue($0.finding.effect?.rawValue) },
    ]

    private static func areas(for options: ScreeningOptions) -> [FindingColumn] {
        MeasuredArea.faces(for: options).map { face in
            FindingColumn("overlap_area" + face.suffix + "_m2", .real) { row in
                ReportValue(row.finding.area.flatMap(face.value))
            }
        }
    }

    private static let measures: [FindingColumn] = [
        FindingColumn("overlap_length_m", .real) { ReportValue($0.finding.length) },
        FindingColumn("points_inside", .integer) { ReportValue($0.finding.points) },
        FindingColumn("site_share", .real) { ReportValue($0.finding.siteShare) },
        FindingColumn("zone_share", .real) { ReportValue($0.finding.zoneShare) },
        FindingColumn("distance_m", .real) { ReportValue($0.finding.distance) },
        FindingColumn("region_code", .text) { ReportValue($0.finding.region?.code) },
        FindingColumn("region_name", .text) { ReportValue($0.finding.region?.name) },
        FindingColumn("certainty", .text) { ReportValue($0.finding.certainty?.rawValue) },
        FindingColumn("margin_m", .real) { ReportValue($0.finding.margin) },
    ]
}

/// One of the ways in which an area is shown.
struct AreaFace: Sendable {
    /// What names of columns add: empty for the chosen method, else `_notice32`.
    let suffix: String
    /// The name of the method.
    let method: String
    let value: @Sendable (MeasuredArea) -> Double?
}

extension MeasuredArea {
    /// The faces that a run with these options shows, the chosen one first.
    ///
    /// - Parameters:
    ///   - options: Of the run.
    ///   - printing: Whether for people: there the ellipsoidal area, which shares are made of, always stands beside any
    ///     other; data formats have it only among all areas.
    /// - Returns: One face or more.
    static func faces(for options: ScreeningOptions, printing: Bool = false) -> [AreaFace] {
        var faces = [AreaFace(suffix: "", method: options.areaMethod.description) { $0.chosen }]
        if options.showsAllAreas || printing, options.areaMethod != .ellipsoidal {
            faces.append(AreaFace(suffix: "_ellipsoidal", method: "ellipsoidal") { $0.ellipsoidal })
        }
        if options.showsAllAreas {
            faces.append(AreaFace(suffix: "_notice32", method: "notice32") { $0.notice32 })
            faces.append(AreaFace(suffix: "_geodesic", method: "geodesic") { $0.geodesic })
        }
        return faces
    }
}

import Foundation
import RedlineGeometry
import RedlineMeasure

/// How a finding stands to an earlier screening.
public enum FindingChange: String, Hashable, Sendable {
    /// The earlier screening has it not.
    case new
    /// It is as it was.
    case unchanged
    /// Its relation, effect, rules, class or size is another.
    case changed
    /// The earlier screening has it, and this one not any more.
    case absent
}

/// A finding of an earlier screening, as its GeoJSON tells it.
public struct EarlierFinding: Hashable, Sendable {
    /// The identifier.
    public var id: String
    /// The site.
    public var siteID: String
    /// The layer; nil for rules on any ground.
    public var layer: String?
    /// The code of the zone.
    public var zoneCode: String?
    /// The name of the zone.
    public var zoneName: String?
    /// How site and zone stood to each other.
    public var relation: String
    /// The effect.
    public var effect: String?
    var zoneClass: String?
    var rules: Set<String>
    var area: Double?
    var length: Double?
    var points: Int?
    var distance: Double?
}

/// An earlier screening to compare with.
public struct Baseline: Sendable {
    /// Its findings.
    public var findings: [EarlierFinding]
    /// The method of its areas.
    public var areaMethod: String

    /// Reads the GeoJSON of an earlier run of `redline screen`.
    ///
    /// - Throws: ``RedlineError`` if the file cannot be read or is none.
    public init(contentsOf path: String) throws {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw RedlineError("cannot be read.", file: path, remedy: "Name the GeoJSON of an earlier screening.")
        }
        let wrong = RedlineError(
            "is no result of 'redline screen' in GeoJSON.", file: path,
            remedy: "Make one with: redline screen … --output old.geojson")
        guard let document = try? JSONSerialization.jsonObject(with: bytes) as? [String: Any],
            let run = document["redline"] as? [String: Any], run["verb"] as? String == "screen",
            let features = document["features"] as? [[String: Any]]
        else { throw wrong }
        areaMethod = run["area_method"] as? String ?? ""
        findings = try features.map { feature in
            guard let values = feature["properties"] as? [String: Any], let id = values["finding_id"] as? String,
                let site = values["site_id"] as? String, let relation = values["relation"] as? String
            else { throw wrong }
            let rules = values["rules"] as? [[String: Any]] ?? []
            return EarlierFinding(
                id: id, siteID: site, layer: values["layer"] as? String, zoneCode: values["zone_code"] as? String,
                zoneName: values["zone_name"] as? String, relation: relation, effect: values["effect"] as? String,
                zoneClass: values["zone_class"] as? String, rules: Set(rules.compactMap { $0["id"] as? String }),
                area: values["overlap_area_m2"] as? Double, length: values["overlap_length_m"] as? Double,
                points: values["points_inside"] as? Int, distance: values["distance_m"] as? Double)
        }
    }
}

extension EarlierFinding {
    /// Whether a finding is as this one was: sizes within what another engine may round.
    func isLike(_ finding: Finding, comparingAreas: Bool) -> Bool {
        func isClose(_ a: Double?, _ b: Double?, _ relative: Double, _ absolute: Double) -> Bool {
            guard let a, let b else { return a == nil && b == nil }
            return abs(a - b) <= max(absolute, relative * abs(b))
        }
        return relation == finding.relation.rawValue && effect == finding.effect?.rawValue
            && zoneClass == finding.zone?.class && rules == Set(finding.verdict.rules.map(\.id))
            && points == finding.points && isClose(length, finding.length, 1e-9, 1e-3)
            && isClose(distance, finding.distance, 1e-9, 0.01)
            && (!comparingAreas || isClose(area, finding.area?.chosen, 1e-9, 1e-4))
    }
}

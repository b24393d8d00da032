import RedlineGeometry
@testable import RedlineKit
import RedlineMeasure

@testable import RedlineReport

/// Results made by hand, so that reports are tested without a screening.
enum ReportFixture {
    static let square = Geometry.polygon(
        Polygon(exteriorRing: [(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)].map { Position(x: $0.0, y: $0.1) }))

    static func zone(_ id: String, code: String? = nil, name: String? = nil, repaired: Bool = false) -> ZoneReference {
        ZoneReference(id: id, code: code, name: name, class: "water-conservation", isRepaired: repaired)
    }

    static func finding(
        _ relation: Relation = .overlaps, zone: ZoneReference? = zone("1", code: "HX01", name: "柴达木"),
        layer: Int = 0, reason: FindingReason? = nil, area: Double? = nil, length: Double? = nil, points: Int? = nil,
        geometry: Geometry? = square
    ) -> Finding {
        Finding(
            id: "f-\(relation.rawValue)-\(layer)-\(zone?.id ?? "none")", layerIndex: layer, zone: zone,
            relation: relation, reason: reason, geometry: geometry,
            area: area.map { MeasuredArea(chosen: $0, ellipsoidal: $0 + 1, notice32: $0 + 2, geodesic: $0 + 3) },
            length: length, points: points, siteShare: 0.5, zoneShare: 0.25,
            distance: relation == .notAssessable ? nil : relation == .near ? 123.456 : 0,
            region: RegionReference(code: "632802", name: "德令哈市"))
    }

    static func site(
        _ id: String, _ state: SiteState, _ findings: [Finding] = [], name: String? = nil, problem: String? = nil,
        repaired: Bool = false
    ) -> ScreenedSite {
        ScreenedSite(
            id: id, name: name ?? id, state: state, file: "sites.geojson", problem: problem, isRepaired: repaired,
            area: problem == nil
                ? MeasuredArea(chosen: 20_000, ellipsoidal: 20_001, notice32: 20_002, geodesic: 20_003) : nil,
            length: nil, points: nil, findings: findings)
    }

    static func layer(_ id: String, zh: String, en: String, hasExtent: Bool = true, repaired: Int = 0) -> ScreenedLayer
    {
        ScreenedLayer(
            id: id, family: id == "units" ? "control-unit" : "ecological-redline", title: LocalizedText(zh: zh, en: en),
            edition: id == "units" ? nil : CalendarDate("2023-12-31"), features: 7, repaired: repaired,
            sha256: "ab12", hasExtent: hasExtent, isScreened: true)
    }

    static func result(_ sites: [ScreenedSite], options: ScreeningOptions = ScreeningOptions()) -> ScreeningResult {
        var result = ScreeningResult(
            catalogName: LocalizedText(zh: "海西州示范", en: "Haixi demonstration"), catalogSHA256: "cd34",
            options: options, asOf: nil,
            layers: [
                layer("redline", zh: "生态保护红线", en: "Ecological redline", repaired: 1),
                layer("units", zh: "环境管控单元", en: "Control units", hasExtent: false),
            ], sites: sites, warnings: ["layer 'units': 1 row has no geometry."],
            engines: EngineVersions(geos: "3.11.1", proj: "9.1.1", gdal: nil))
        for site in sites { result.summary.add(site) }
        result.skippedSites = sites.filter { $0.state == .skipped }
        return result
    }

    /// Every state and relation once.
    static var everything: ScreeningResult {
        var options = ScreeningOptions()
        options.distance = Length(meters: 500)
        return result(
            [
                site(
                    "1", .conflict,
                    [
                        finding(area: 10_000),
                        finding(zone: zone("2", name: "三江源", repaired: true), area: 0.3, length: 1234.5678, points: 2),
                        finding(zone: zone("9"), layer: 1, reason: .twoUnits, area: 5),
                        finding(.notAssessable, zone: nil, reason: .outsideExtent),
                    ], name: "风电场"),
                site("2", .notAssessable, [finding(.notAssessable, zone: nil, layer: 1, reason: .noUnit)]),
                site("3", .near, [finding(.near), finding(.touches, zone: zone("7", code: "HX07"))], repaired: true),
                site("4", .touches, [finding(.touches)]),
                site("5", .clearInData), site("6", .clear),
                site("7", .skipped, problem: "ring self-intersection at 95.1 37.2"),
            ], options: options)
    }

    static func text(_ body: (ByteWriter) throws -> Void) rethrows -> String {
        var bytes: [UInt8] = []
        try body { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }
}

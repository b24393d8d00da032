import Foundation
import Testing

/// What `redline share -f json` wrote.
struct ShareFile: Decodable {
    struct Row: Decodable {
        var region_code: String?
        var region_name: String?
        var layer: String
        var `class`: String?
        var region_area_m2: Double
        var zone_area_m2: Double
        var share: Double?
        var gross_area_m2: Double
        var double_counted_m2: Double
        var zones: Int
        var area_method: String
        var denominator: String?
    }

    struct Closure: Decodable {
        var layer: String
        var `class`: String?
        var sum_m2: Double
        var whole_m2: Double
        var residual_m2: Double
        var outside_regions_m2: Double
    }

    struct Uncovered: Decodable {
        var layer: String
        var region_code: String?
        var area_m2: Double
    }

    struct Run: Decodable {
        var verb: String
        var warnings: [String]
    }

    struct Times: Decodable {
        var region_code: String?
        var layer: String
        var zones: Int
        var area_m2: Double
    }

    var redline: Run
    var closure: [Closure]
    var covered_times: [Times]?
    var regions_overlap_m2: Double
    var not_covered: [Uncovered]?
    var rows: [Row]

    /// The row of a region in a layer; nil for none.
    func row(_ region: String, _ layer: String = "zones", class name: String? = nil) -> Row? {
        rows.first {
            ($0.region_code ?? $0.region_name) == region && $0.layer == layer && (name == nil || $0.class == name)
        }
    }

    /// The warnings that hold all these words.
    func warnings(_ words: String...) -> [String] {
        redline.warnings.filter { warning in words.allSatisfy { warning.contains($0) } }
    }
}

extension WorkFolder {
    /// Tabulates `zones.geojson` by `regions.geojson`, or what the options name, and reads the JSON.
    func share(_ options: String...) throws -> ShareFile {
        let arguments = ["share", "-c", "catalog.yaml", "-f", "json"] + options
        let outcome = try RedlineCommand.run(arguments, in: self)
        try #require(outcome.status == 0, "\(outcome.message)")
        return try JSONDecoder().decode(ShareFile.self, from: Data(outcome.output.utf8))
    }

    /// Writes zones and regions with a catalog of both, and tabulates them.
    func share(zones: [Shape], regions: [Shape], _ options: [String] = [], top: String = "") throws -> ShareFile {
        try write("zones.geojson", zones)
        try write("regions.geojson", regions)
        _ = try catalog(
            [Self.layer("regions", family: "region"), Self.layer("zones")],
            top: top.isEmpty ? "regions: regions\nextent: regions" : top)
        let arguments = ["share", "-c", "catalog.yaml", "--zones", "zones", "-f", "json"] + options
        let outcome = try RedlineCommand.run(arguments, in: self)
        try #require(outcome.status == 0, "\(outcome.message)")
        return try JSONDecoder().decode(ShareFile.self, from: Data(outcome.output.utf8))
    }
}

/// Whether an area agrees as the acceptance cases ask.
func agrees(_ area: Double?, _ expected: Double) -> Bool {
    guard let area else { return false }
    return abs(area - expected) <= Cell.tolerance(expected)
}

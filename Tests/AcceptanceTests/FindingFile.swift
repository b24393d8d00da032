import Foundation

/// The conflict GeoJSON, as far as tests ask for it.
struct FindingFile {
    var text: String
    var status: Int32
    var message: String
    var findings: [Properties]
    var run: Run

    /// The properties of a finding, by the names of the command-line contract.
    struct Properties: Decodable {
        struct Rule: Decodable {
            var id: String
            var effect: String
            var summary: String
            var citation: String
        }

        /// The ids of the rules that apply, in order.
        var ruleIDs: [String] { (rules ?? []).map(\.id) }

        var finding_id: String
        var site_id: String
        var site_name: String
        var layer: String?
        var zone_id: String?
        var zone_code: String?
        var zone_name: String?
        var zone_class: String?
        var relation: String
        var reason: String?
        var effect: String?
        var rules: [Rule]?
        var certainty: String?
        var change: String?
        var suppressed: String?
        var margin_m: Double?
        var overlap_area_m2: Double?
        var overlap_area_notice32_m2: Double?
        var overlap_area_geodesic_m2: Double?
        var overlap_length_m: Double?
        var points_inside: Int?
        var site_share: Double?
        var zone_share: Double?
        var distance_m: Double?
        var region_code: String?
    }

    /// The member `redline`.
    struct Run: Decodable {
        struct Layer: Decodable {
            var id: String
            var edition: String?
            var features: Int?
            var repaired: Int?
        }
        struct Sites: Decodable {
            var read: Int
            var skipped: Int
            var repaired: Int
        }
        struct Summary: Decodable {
            var sites: Int
            var clear: Int
            var clear_in_data: Int
            var not_assessable: Int
            var findings: Int
        }

        var as_of: String?
        var area_method: String
        var layers: [Layer]
        var sites: Sites
        var summary: Summary
        var warnings: [String]
    }

    private struct Document: Decodable {
        struct Feature: Decodable { var properties: Properties }
        var features: [Feature]
        var redline: Run
    }

    init(_ outcome: RedlineCommand.Outcome) throws {
        (text, status, message) = (outcome.output, outcome.status, outcome.message)
        do {
            let document = try JSONDecoder().decode(Document.self, from: Data(outcome.output.utf8))
            findings = document.features.map(\.properties)
            run = document.redline
        } catch {
            throw Unreadable(status: outcome.status, message: outcome.message, error: "\(error)")
        }
    }

    /// The findings of one site.
    func of(_ site: String) -> [Properties] { findings.filter { $0.site_id == site } }

    /// `layer/code relation` of each finding, in order: short to compare.
    var brief: [String] { findings.map { "\($0.layer ?? "-")/\($0.zone_code ?? "-") \($0.relation)" } }
}

/// The states of sites, from JSON.
struct StateFile {
    var states: [String: String] = [:]

    private struct Document: Decodable {
        struct Site: Decodable {
            var site_id: String
            var state: String
        }
        var sites: [Site]
    }

    init(_ outcome: RedlineCommand.Outcome) throws {
        do {
            let document = try JSONDecoder().decode(Document.self, from: Data(outcome.output.utf8))
            for site in document.sites { states[site.site_id] = site.state }
        } catch {
            throw Unreadable(status: outcome.status, message: outcome.message, error: "\(error)")
        }
    }
}

/// Output that is not what the contract says; shows what the program said instead.
struct Unreadable: Error {
    var status: Int32
    var message: String
    var error: String
}

import RedlineGeometry

/// A site (项目用地): all rows of one identifier, united.
struct Site: Sendable {
    var id: String
    var name: String
    /// What it covers; empty where the site is skipped.
    var ground: Ground
    /// Whether it was invalid and is repaired here.
    var isRepaired: Bool
    /// Why it is skipped; nil where it is screened.
    var problem: String?
    /// The file of its first row.
    var file = ""
    /// What its rows say that rules ask for, by the names of rules; values of several rows side by side.
    var attributes: [String: [String]] = [:]
    /// What its rows say of the county they lie in: codes and names.
    var claims: [String] = []
}

/// One row of a site file.
struct SiteRow: Sendable {
    var file: String
    var id: String?
    var geoJSONID: String?
    var name: String?
    var geometry: Geometry?
    var problem: String?
    var attributes: [String: String] = [:]
    /// Codes and names of the county it says it lies in.
    var claims: [String] = []
}

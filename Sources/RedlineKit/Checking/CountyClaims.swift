import LayerIO
import RedlineGeometry

/// The counties of a catalog's regions, by code.
struct CheckedCounties: Sendable {
    let layer: CheckedLayer
    let extent: CheckedExtent
    /// The rows by the first six digits of their code.
    private let rowsByCounty: [String: [Int]]

    init(_ layer: CheckedLayer, extent: CheckedExtent) {
        self.layer = layer
        self.extent = extent
        var rows: [String: [Int]] = [:]
        for (row, checked) in layer.rows.enumerated() {
            guard let code = checked.code, code.count >= 6, code.allSatisfy(\.isNumber) else { continue }
            rows[String(code.prefix(6)), default: []].append(row)
        }
        rowsByCounty = rows
    }

    /// The rows of a county, under this code or one that stands for the same ground in another table.
    func rows(of county: String) -> [Int] {
        AdministrativeCodes.standard.equivalents(of: county).sorted().flatMap { rowsByCounty[$0] ?? [] }
    }

    /// Whether a code can be looked for at all.
    func holds(_ county: String) -> Bool { !rows(of: county).isEmpty }

    /// Whether the regions are counties by code.
    var areCounties: Bool { !rowsByCounty.isEmpty }

    /// Code and name of a county.
    func words(_ county: String) -> String {
        let name = rowsByCounty[county]?.first.flatMap { layer.rows[$0].name }
        return county + ((name ?? AdministrativeCodes.standard.name(of: county)).map { " \($0)" } ?? "")
    }

    /// Code and name of a row.
    func words(ofRow row: Int) -> String {
        [layer.rows[row].code, layer.rows[row].name].compactMap { $0 }.joined(separator: " ")
    }
}

/// A county that a zone says it lies in, and what says so.
struct CountyClaim: Hashable, Sendable {
    var county: String
    var zh: String
    var en: String
    /// Whether all of the zone must lie there.
    var isExclusive: Bool
}

/// Reads what zones say of their county: in their code, and in a field of county codes.
struct CountyClaims: Sendable {
    private let layer: CheckedLayer
    private let counties: CheckedCounties
    private let field: Int?

    /// The names that a field of county codes goes by; in a layer of regions it is the code itself.
    private static let aliases = ["XZQDM", "XJXZQDM", "ZLDWDM", "QXDM", "XZQHDM", "区县代码", "行政区代码"]

    init(_ layer: CheckedLayer, counties: CheckedCounties) {
        self.layer = layer
        self.counties = counties
        let names = layer.description.fields.map(\.name)
        let found = FieldAliases.find(Self.aliases, among: names).flatMap(names.firstIndex)
        field = found == layer.codeField ? nil : found
    }

    func claims(ofRow row: Int) -> [CountyClaim] {
        var claims: [CountyClaim] = []
        if let code = layer.rows[row].code, let county = county(in: code) {
            // A unit lies in its county; other zones may cross the line, and are counted where most of them lies.
            claims.append(
                CountyClaim(
                    county: county, zh: "编码 \(code) ", en: "the code \(code)",
                    isExclusive: layer.layer.family == "control-unit"))
        }
        if let field, let value = layer.text(field, of: layer.rows[row]), value.count >= 6,
            value.allSatisfy(\.isNumber), counties.areCounties
        {
            let name = layer.description.fields[field].name
            let county = String(value.prefix(6))
            if !county.hasSuffix("00") {
                claims.append(
                    CountyClaim(
                        county: county, zh: "字段 \(name)（\(value)）", en: "the field \(name) (\(value))",
                        isExclusive: false))
            }
        }
        return claims
    }

    /// The county in a code: of control units by their grammar; of others the six digits after the letters, where they
    /// are a county of the catalog.
    private func county(in code: String) -> String? {
        guard counties.areCounties, let county = ControlUnitCode.county(in: code) else { return nil }
        if layer.layer.family == "control-unit" {
            // What is no county is a fault of grammar.
            if case .unknown = AdministrativeCodes.standard.standing(of: county), !counties.holds(county) { return nil }
            return county
        }
        guard code.first?.isLetter == true else { return nil }
        return counties.holds(county) ? county : nil
    }
}

/// Finds names that belong to another code.
struct NameFaults {
    let layer: CheckedLayer
    /// The counties of the catalog; nil where it names no regions.
    let counties: CheckedCounties?
    private var table: AdministrativeCodes { .standard }

    func faults() -> [FaultDraft] {
        layer.nameField == nil || layer.codeField == nil
            ? [] : layer.rows.indices.compactMap { layer.layer.family == "region" ? region($0) : zone($0) }
    }

    /// A region whose name is not the one that the table has for its code.
    private func region(_ row: Int) -> FaultDraft? {
        guard let code = layer.rows[row].code, let name = layer.rows[row].name, code.count == 6,
            let listed = table.name(of: code), !listed.isEmpty, !Self.isSame(name, listed, code)
        else { return nil }
        return layer.fault(
            .nameDisagrees, .warning, row, zh: "代码 \(code) 是 \(listed)，而名称为“\(name)”",
            en: "the code \(code) is that of \(listed), but the name is '\(name)'")
    }

    /// 大柴旦 has another name in boundary files than in code tables.
    private static func isSame(_ name: String, _ listed: String, _ code: String) -> Bool {
        let place = PlaceName(name)
        if place.names(sameAs: PlaceName(listed)) { return true }
        return ["632825", "632857"].contains(code) && (place.base == "大柴旦" || name.contains("直辖"))
    }

    /// A zone whose name begins with another county than its code names: only a whole name with its ending counts, so
    /// that 都兰河 is no 都兰县.
    private func zone(_ row: Int) -> FaultDraft? {
        guard let counties, let code = layer.rows[row].code, let name = layer.rows[row].name,
            let county = ControlUnitCode.county(in: code), code.first?.isLetter == true, counties.holds(county)
        else { return nil }
        let own = Set(counties.rows(of: county))
        for (other, region) in counties.layer.rows.enumerated() where !own.contains(other) {
            guard let full = region.name, PlaceName(full).rank != nil, name.hasPrefix(full) else { continue }
            return layer.fault(
                .nameDisagrees, .warning, row, zh: "名称“\(name)”说的是 \(full)，而编码 \(code) 指 \(counties.words(county))",
                en: "the name '\(name)' speaks of \(full), but the code \(code) says \(counties.words(county))")
        }
        return nil
    }
}

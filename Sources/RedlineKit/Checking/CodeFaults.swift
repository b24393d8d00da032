/// Finds codes that break the grammar of their family or name no county.
struct CodeFaults {
    let layer: CheckedLayer
    /// The counties of the catalog; nil where it names no regions.
    let counties: CheckedCounties?
    private var table: AdministrativeCodes { .standard }

    func faults() -> [FaultDraft] {
        var drafts = missing()
        switch layer.layer.family {
        case "control-unit": drafts += layer.rows.indices.flatMap(unit)
        case "region": drafts += regions()
        default: break
        }
        return drafts
    }

    /// Rows without code, where other rows have one.
    private func missing() -> [FaultDraft] {
        guard layer.codeField != nil, layer.rows.contains(where: { $0.code != nil }) else { return [] }
        return layer.rows.indices.filter { layer.rows[$0].code == nil }.map {
            layer.fault(.codeMissing, .warning, $0, zh: "没有编码", en: "there is no code")
        }
    }

    // MARK: - Control units

    private func unit(_ row: Int) -> [FaultDraft] {
        guard let text = layer.text(layer.codeField, of: layer.rows[row]) else { return [] }
        switch ControlUnitCode.parse(text) {
        case .failure(let fault): return [self.fault(row, text, fault.misfit)] + county(row, text)
        case .success(let code):
            var drafts = county(row, text)
            if let own = standardClass(row), let digit = code.standardClass, own != digit {
                let raw = layer.rows[row].rawClass ?? ""
                drafts.append(
                    layer.fault(
                        .codeGrammar, .error, row,
                        zh: "编码 \(text) 的类别位 \(code.classDigit) 表示 \(digit)，而类别字段为“\(raw)”（\(own)）",
                        en:
                            "the class digit \(code.classDigit) of the code \(text) says \(digit), the class field says "
                            + "'\(raw)' (\(own))"
                    ).keyed("class"))
            }
            return drafts
        }
    }

    /// The class of a row by the catalog's map, else by the words in use.
    private func standardClass(_ row: Int) -> String? {
        guard let raw = layer.rows[row].rawClass else { return nil }
        return layer.layer.classes[raw] ?? ClassWords.standardClass(of: raw, family: "control-unit")
    }

    private func fault(_ row: Int, _ text: String, _ misfit: ControlUnitCode.Misfit) -> FaultDraft {
        let (zh, en): (String, String) =
            switch misfit {
            case .writing(let right):
                ("编码“\(text)”含空格、小写或全角字符，应为 \(right)", "the code '\(text)' should be written \(right)")
            case .prefix(let prefix):
                (
                    "编码 \(text) 以“\(prefix)”开头，不是综合管控单元的 ZH",
                    "the code \(text) begins with '\(prefix)', not with ZH as those of control units do"
                )
            case .length(let count):
                (
                    "编码 \(text) 有 \(count) 位，应为 13 位（ZH + 6 + 1 + 4）",
                    "the code \(text) has \(count) characters, not 13 (ZH + 6 + 1 + 4)"
                )
            case .characters:
                ("编码 \(text) 在 ZH 之后有非数字字符", "the code \(text) has other characters than digits after ZH")
            case .classDigit(let digit):
                (
                    "编码 \(text) 的类别位是 \(digit)，应为 1、2 或 3",
                    "the class digit of the code \(text) is \(digit), not 1, 2 or 3"
                )
            }
        return layer.fault(.codeGrammar, .warning, row, zh: zh, en: en)
    }

    /// Whether the county of a code is one.
    private func county(_ row: Int, _ text: String) -> [FaultDraft] {
        guard let county = ControlUnitCode.county(in: text), counties?.holds(county) != true else { return [] }
        switch table.standing(of: county) {
        case .current: return []
        case .former(let name, let successors):
            return [
                layer.fault(
                    .codeGrammar, .note, row,
                    zh: "编码 \(text) 中的县级代码 \(county)（\(name)）不在 2024 年 GB/T 2260 中" + Self.advice(successors).zh,
                    en: "the county \(county) (\(name)) in the code \(text) is not in GB/T 2260 of 2024"
                        + Self.advice(successors).en
                ).keyed("edition")
            ]
        case .unknown:
            return [
                layer.fault(
                    .codeGrammar, .error, row, zh: "编码 \(text) 中的县级代码 \(county) 不存在",
                    en: "the code \(text) names the county \(county), which does not exist"
                ).keyed("county")
            ]
        }
    }

    private static func advice(_ successors: [String]) -> (zh: String, en: String) {
        guard !successors.isEmpty else { return ("", "") }
        let words = successors.map { "\($0) \(AdministrativeCodes.standard.name(of: $0) ?? "")" }
        return ("；现为 " + words.joined(separator: "、"), "; now " + words.joined(separator: ", "))
    }

    // MARK: - Regions

    /// Codes of regions against the table; regions of other countries, with other codes, are let be.
    private func regions() -> [FaultDraft] {
        let codes = layer.rows.compactMap(\.code)
        let isGB = codes.count { code in
            [6, 9, 12].contains(code.count) && code.allSatisfy(\.isNumber) && table.standing(of: code) != .unknown
        }
        guard 2 * isGB > codes.count else { return [] }
        return layer.rows.indices.compactMap { row in
            guard let code = layer.rows[row].code else { return nil }
            guard [6, 9, 12].contains(code.count), code.allSatisfy(\.isNumber) else {
                return layer.fault(
                    .codeGrammar, .warning, row, zh: "“\(code)”不是 6、9 或 12 位的行政区划代码",
                    en: "'\(code)' is no administrative code of 6, 9 or 12 digits")
            }
            switch table.standing(of: code) {
            case .current: return nil
            case .unknown:
                return layer.fault(
                    .codeGrammar, .warning, row, zh: "行政区划代码 \(code) 不在 GB/T 2260 中",
                    en: "the administrative code \(code) is not in GB/T 2260")
            case .former(let name, let successors):
                let advice = Self.advice(successors)
                return layer.fault(
                    .codeGrammar, .note, row, zh: "行政区划代码 \(code)（\(name)）不在 2024 年 GB/T 2260 中" + advice.zh,
                    en: "the administrative code \(code) (\(name)) is not in GB/T 2260 of 2024" + advice.en)
            }
        }
    }
}

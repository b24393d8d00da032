import LayerIO
import RedlineGeometry

/// Finds what is wrong with a layer as a whole: fields, text, coordinates, regions far too small.
struct LayerFaults {
    let layer: CheckedLayer

    func faults() -> [FaultDraft] { fields() + coordinates() + text() }

    private func fields() -> [FaultDraft] {
        let names = layer.description.fields.map(\.name)
        return layer.missingFields.map { key, field in
            let near = closest(to: field, among: names)
            return FaultDraft(
                .fieldMissing, .error, zh: "图层目录指定的字段“\(field)”（\(key)）不存在" + (near.map { "；最接近的是“\($0)”" } ?? ""),
                en: "the field '\(field)', which the catalog names for '\(key)', is not there"
                    + (near.map { "; the nearest is '\($0)'" } ?? "")
            ).keyed(key)
        }
    }

    /// Rows whose coordinates the CRS cannot mean: one fault, for they are mostly all alike.
    private func coordinates() -> [FaultDraft] {
        guard layer.crs != nil else {
            return [
                FaultDraft(
                    .crs, .error, zh: "没有坐标系；用 --crs 或图层目录的 crs 说明",
                    en: "there is no CRS; say which with --crs, or 'crs' in the catalog")
            ]
        }
        let misfits = layer.rows.indices.filter { layer.rows[$0].misfit != nil }
        guard let first = misfits.first, let reason = layer.rows[first].misfit else { return [] }
        return [
            FaultDraft(
                .crs, .error, zh: "\(misfits.count) 个要素的坐标与坐标系不符，首个为要素 \(layer.rows[first].id)：\(reason)",
                en:
                    "\(misfits.count) of \(layer.rows.count) features have coordinates that the CRS cannot mean, the first "
                    + "is feature \(layer.rows[first].id): \(reason)")
        ]
    }

    /// Regions less than a thousandth of the usual size: a placeholder, or what is left of a broken one.
    func stubs(besides duplicates: DuplicateFaults) -> [FaultDraft] {
        guard layer.layer.family == "region", layer.rows.count >= 3 else { return [] }
        let areas = layer.rows.map(\.area).filter { $0 > 0 }.sorted()
        guard !areas.isEmpty else { return [] }
        let median = areas[areas.count / 2]
        return layer.rows.indices.compactMap { row in
            let area = layer.rows[row].area
            guard area > 0, area < median / 1000, !duplicates.isRepeated(row) else { return nil }
            let square = (area / 1e2).rounded() / 1e4
            var draft = layer.fault(
                .stub, .warning, row, zh: "只有 \(square) 平方公里，不到其他区域中位数的千分之一：像是占位图形",
                en: "only \(square) km², less than a thousandth of the median of its layer: a stand-in, it seems")
            draft.polygons = layer.rows[row].ground.polygons
            return draft
        }
    }

    // MARK: - Text

    /// One fault for each field with text that was decoded wrongly.
    private func text() -> [FaultDraft] {
        var drafts: [FaultDraft] = []
        var judged: [String: (meant: String, encoding: String)?] = [:]
        for (field, description) in layer.description.fields.enumerated() {
            if let draft = name(description.name) { drafts.append(draft) }
            guard description.type == .string else { continue }
            var broken: [Int] = []
            var garbled: [(row: Int, text: String, meant: String, from: String)] = []
            for (row, checked) in layer.rows.enumerated() {
                guard case .string(let text) = checked.attributes[field], !text.utf8.allSatisfy({ $0 < 0x80 }) else {
                    continue
                }
                if text.unicodeScalars.contains("\u{FFFD}") { broken.append(row) }
                // The same few words come again and again.
                let found = judged[text] ?? Mojibake.recognise(text)
                if judged.count < 10_000 { judged[text] = .some(found) }
                if let found { garbled.append((row, text, found.meant, found.encoding)) }
            }
            if let first = garbled.first {
                drafts.append(
                    FaultDraft(
                        .encoding, .error, row: garbled.count == 1 ? first.row : nil,
                        zh: "字段 \(description.name) 有 \(garbled.count) 个值是乱码（编码用错）：“\(first.text)”应为“\(first.meant)”",
                        en: "\(garbled.count) values of the field \(description.name) were decoded as \(first.from) by "
                            + "mistake: '\(first.text)' is '\(first.meant)'"
                    ).keyed(description.name))
            }
            if let first = broken.first, garbled.isEmpty {
                drafts.append(
                    FaultDraft(
                        .encoding, .warning, row: broken.count == 1 ? first : nil,
                        zh:
                            "字段 \(description.name) 有 \(broken.count) 个值含无效字节（\(layer.description.encoding.name)），如要素 \(layer.rows[first].id)",
                        en: "\(broken.count) values of the field \(description.name) have bytes that are no "
                            + "\(layer.description.encoding.name), as feature \(layer.rows[first].id) has"
                    ).keyed(description.name + "#"))
            }
        }
        return drafts
    }

    private func name(_ field: String) -> FaultDraft? {
        guard let found = Mojibake.recognise(field) else { return nil }
        return FaultDraft(
            .encoding, .error, zh: "字段名“\(field)”是乱码，应为“\(found.meant)”",
            en: "the field name '\(field)' was decoded as \(found.encoding) by mistake: it is '\(found.meant)'"
        ).keyed("name:" + field)
    }
}

import CoordinateReference
import LayerIO
import RedlineGeometry
import RedlineKit

/// The text that describes a file or catalog.
struct InspectionText {
    let language: Language
    let explains: Bool

    func pick(zh: @autoclosure () -> String, en: @autoclosure () -> String) -> String {
        language.pick(zh: zh(), en: en())
    }

    /// `title: value` with values in one column.
    func entry(_ title: String, _ value: String, indent: Int = 2) -> String {
        String(repeating: " ", count: indent) + TerminalText.padded(title, to: 14 - indent) + TerminalText.plain(value)
    }

    // MARK: Data files

    func lines(of file: InspectedFile) -> [String] {
        var lines = [
            entry(pick(zh: "文件", en: "File"), file.path, indent: 0),
            entry(pick(zh: "格式", en: "Format"), file.driver, indent: 0),
        ]
        for layer in file.layers {
            lines += ["", entry(pick(zh: "图层", en: "Layer"), layer.description.name, indent: 0)]
            lines += self.lines(of: layer)
        }
        return lines
    }

    func lines(of layer: InspectedLayer) -> [String] {
        let description = layer.description
        var lines = [
            entry(pick(zh: "几何类型", en: "Geometry"), geometryWords(description)),
            entry(pick(zh: "要素数", en: "Features"), description.featureCount.map(String.init) ?? "-"),
        ]
        if description.hasGeometry {
            lines.append(entry(pick(zh: "范围", en: "Extent"), extentWords(description.extent)))
            lines.append(entry("CRS", crsWords(layer)))
            if explains { lines += crsEvidence(layer) }
        }
        lines.append(entry(pick(zh: "编码", en: "Encoding"), encodingWords(description.encoding)))
        if let contradicted = description.encoding.contradicted {
            lines.append(
                entry(
                    "",
                    pick(
                        zh: "与内容不符，未采用：", en: "contradicted by the text and not followed: ") + originWords(contradicted)
                ))
        }
        if description.encoding.invalidTexts > 0 {
            let count = description.encoding.invalidTexts
            lines.append(
                entry(
                    "",
                    pick(zh: "\(count) 个文本含无效字节", en: "\(counted(count, "text")) with bytes that are not valid in it")))
        }
        for note in description.notes + description.cautions {
            lines.append(entry(pick(zh: "说明", en: "Note"), note.text(in: language)))
        }
        if let problem = layer.problem { lines.append(entry(pick(zh: "问题", en: "Problem"), problem)) }
        // A CRS of another country needs no other explanation.
        if let diagnosis = layer.diagnosis, !diagnosis.hypotheses.isEmpty || layer.problem != nil {
            lines += self.lines(of: diagnosis)
        }
        return lines + fieldLines(description)
    }

    private func geometryWords(_ description: LayerDescription) -> String {
        let dimensions = (description.hasZ ? " Z" : "") + (description.hasM ? " M" : "")
        let isDropped = description.hasZ || description.hasM
        return description.geometryTypeName + dimensions
            + (isDropped ? pick(zh: "（高程和测量值不读取）", en: " (heights and measures are not read)") : "")
    }

    private func extentWords(_ extent: Envelope?) -> String {
        guard let extent, !extent.isEmpty else { return "-" }
        return "\(extent.minX), \(extent.minY) – \(extent.maxX), \(extent.maxY)"
    }

    private func fieldLines(_ description: LayerDescription) -> [String] {
        guard !description.fields.isEmpty else { return [entry(pick(zh: "字段", en: "Fields"), "-")] }
        var table = TextTable([("", .left), ("", .left)], indent: 4)
        let rows = description.fields.map { field in
            [TerminalText.plain(field.name), field.type.rawValue + (field.width > 0 ? " (\(field.width))" : "")]
        }
        for row in rows { table.fit(row) }
        return [entry(pick(zh: "字段", en: "Fields"), "\(rows.count)")] + rows.map(table.line)
    }

    // MARK: CRS

    private func crsWords(_ layer: InspectedLayer) -> String {
        guard let crs = layer.crs else {
            return layer.description.crs.authority ?? pick(zh: "无", en: "none")
        }
        let name = [crs.authorityCode, crs.name.isEmpty ? nil : crs.name].compactMap { $0 }.joined(separator: " ")
        return name + pick(zh: "（", en: " (") + originWords(layer.description.crs.how) + pick(zh: "）", en: ")")
    }

    private func originWords(_ origin: CRSEvidence.Origin) -> String {
        switch origin {
        case .user: pick(zh: "由 --crs 或图层目录指定", en: "named by --crs or the catalog")
        case .file: pick(zh: "文件自带", en: "stated by the file")
        case .prj: pick(zh: "来自 .prj 文件", en: "from the .prj file")
        case .geoJSONDefault: pick(zh: "GeoJSON 默认", en: "the default of GeoJSON")
        case .list: pick(zh: "坐标文件说明", en: "stated by the list of coordinates")
        case .listDefault: pick(zh: "未说明，经纬度按 CGCS2000", en: "not stated, degrees taken as CGCS2000")
        case .format: pick(zh: "格式规定", en: "fixed by the format")
        case .none: pick(zh: "无", en: "none")
        }
    }

    private func crsEvidence(_ layer: InspectedLayer) -> [String] {
        var lines: [String] = []
        if let crs = layer.crs {
            if let datum = crs.datumName {
                let how =
                    crs.isDatumAssumed
                    ? pick(zh: "，按椭球认定为 CGCS2000", en: ", taken for CGCS2000 by its ellipsoid")
                    : crs.isWGS84Like
                        ? pick(zh: "，视同 CGCS2000", en: ", taken as CGCS2000")
                        : pick(zh: "，需转换到 CGCS2000", en: ", transformed to CGCS2000")
                lines.append(entry(pick(zh: "基准", en: "datum"), datum + how, indent: 4))
            }
            if let area = crs.areaOfUse {
                lines.append(entry(pick(zh: "适用范围", en: "area"), extentWords(area), indent: 4))
            }
            if let wkt = crs.wkt { lines.append(entry("WKT", wkt, indent: 4)) }
        } else if let definition = layer.description.crs.definition {
            lines.append(entry(pick(zh: "原文", en: "as given"), definition, indent: 4))
        }
        return lines
    }

    // MARK: Encoding

    private func encodingWords(_ encoding: EncodingEvidence) -> String {
        encoding.name + pick(zh: "（", en: " (") + originWords(encoding.how) + pick(zh: "）", en: ")")
    }

    private func originWords(_ origin: EncodingEvidence.Origin) -> String {
        let evidence = origin.evidence.map { TerminalText.plain($0) } ?? ""
        return switch origin {
        case .user: pick(zh: "由 --encoding 或图层目录指定", en: "named by --encoding or the catalog")
        case .format: pick(zh: "格式规定", en: "fixed by the format")
        case .codePageFile: pick(zh: ".cpg 文件：\(evidence)", en: "the .cpg file says \(evidence)")
        case .languageDriver: pick(zh: "DBF 语言标记 \(evidence)", en: "language driver \(evidence) of the DBF")
        case .content: pick(zh: "由文本内容识别", en: "recognised by the text itself")
        case .ascii: pick(zh: "只有 ASCII 字符", en: "there is only ASCII")
        case .fallback: pick(zh: "无从判断，猜测", en: "a guess, nothing tells")
        }
    }
}

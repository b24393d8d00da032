import CoordinateReference
import LayerIO
import RedlineGeometry
import RedlineKit

extension InspectionText {
    func lines(of inspected: InspectedCatalog) -> [String] {
        let catalog = inspected.catalog
        var lines = [
            entry(pick(zh: "图层目录", en: "Catalog"), catalog.path, indent: 0),
            entry(pick(zh: "名称", en: "Name"), catalog.name.text(in: language) ?? "-", indent: 0),
            entry(pick(zh: "统计区", en: "Regions"), catalog.regions ?? "-", indent: 0),
            entry(pick(zh: "范围", en: "Extent"), words(catalog.extent), indent: 0),
        ]
        if let day = catalog.asOf { lines.append(entry(pick(zh: "截至", en: "As of"), "\(day)", indent: 0)) }
        if explains { lines.append(entry("SHA-256", catalog.sha256, indent: 0)) }
        lines += [""] + table(inspected)
        if explains { for layer in inspected.layers { lines += evidence(layer) } }
        return lines + problems(inspected.layers)
    }

    private func words(_ extent: CatalogExtent?) -> String {
        switch extent {
        case nil:
            pick(zh: "未声明：未见冲突的用地只能记为“数据内未见冲突”", en: "not declared: sites that meet nothing are clear-in-data only")
        case .layer(let id): pick(zh: "图层 \(id)", en: "layer \(id)")
        case .box(let box): "\(box.minX), \(box.minY) – \(box.maxX), \(box.maxY)"
        }
    }

    private func table(_ catalog: InspectedCatalog) -> [String] {
        var table = TextTable([
            (pick(zh: "图层", en: "Layer"), .left), (pick(zh: "要素类型", en: "Family"), .left),
            (pick(zh: "名称", en: "Title"), .left), (pick(zh: "版本", en: "Edition"), .left),
            (pick(zh: "要素数", en: "Features"), .right), ("CRS", .left), (pick(zh: "编码", en: "Encoding"), .left),
            (pick(zh: "来源", en: "Source"), .left),
        ])
        let rows = catalog.layers.flatMap { inspected in
            inspected.editions.map { edition in
                let source = edition.source
                let title = inspected.layer.title.text(in: language) ?? ""
                return [
                    inspected.layer.id, inspected.layer.family, title, edition.edition.date?.description ?? "-",
                    source?.description.featureCount.map(String.init) ?? "-",
                    source.flatMap { $0.crs?.authorityCode ?? $0.crs?.name } ?? "-",
                    source?.description.encoding.name ?? "-", catalog.sourcePath(of: edition),
                ].map(TerminalText.plain)
            }
        }
        for row in rows { table.fit(row) }
        return [table.headerLine] + rows.map(table.line)
    }

    private func evidence(_ inspected: InspectedCatalogLayer) -> [String] {
        inspected.editions.flatMap { edition -> [String] in
            let title = inspected.layer.id + (edition.edition.date.map { " (\($0))" } ?? "")
            let none = pick(zh: "无", en: "none")
            return [
                "", title,
                entry(pick(zh: "编码字段", en: "code field"), edition.fields.code ?? none),
                entry(pick(zh: "名称字段", en: "name field"), edition.fields.name ?? none),
                entry(pick(zh: "类别字段", en: "class field"), edition.fields.class ?? none),
            ] + (edition.source.map(lines(of:)) ?? [])
        }
    }

    private func problems(_ layers: [InspectedCatalogLayer]) -> [String] {
        let found = layers.flatMap { inspected in
            inspected.editions.flatMap { edition in
                edition.problems.map { "  " + inspected.layer.id + ": " + TerminalText.plain($0) }
            }
        }
        return found.isEmpty ? [] : ["", pick(zh: "问题", en: "Problems")] + found
    }
}

/// Words for what a share of land cover counts.
struct Definitions {
    let map: ClassMap?
    let options: CoverageOptions
    /// Whether the values come from a raster.
    let isRaster: Bool

    /// What the share of a class is.
    func definition(of class: String) -> LocalizedText {
        let title = StandardClass.title(of: `class`)
        let indicator = map?.implements[`class`]
        let name =
            if let indicator, indicator == .forestCoverage {
                LocalizedText(zh: indicator.title.zh, en: indicator.title.en)
            } else {
                LocalizedText(zh: (title.zh ?? `class`) + "面积占比", en: (title.en ?? `class`) + " land-cover share")
            }
        return sentence(name, values: values(of: `class`), declares: indicator == .forestCoverage)
    }

    /// What a value is that the class map lacks.
    func definition(ofUnknown value: String) -> LocalizedText {
        sentence(
            LocalizedText(zh: "类别表中没有的值", en: "value that the class map lacks"),
            values: LocalizedText(zh: value, en: value), declares: false)
    }

    /// What `unclassified` is.
    var unclassified: LocalizedText {
        isRaster
            ? LocalizedText(
                zh: "无数据或栅格以外的部分；计入分母（\(denominator.zh ?? "")）",
                en: "no data, or beyond the raster; counts in the denominator (\(denominator.en ?? ""))")
            : LocalizedText(
                zh: "不在任何图斑内；计入分母（\(denominator.zh ?? "")）",
                en: "in no patch; counts in the denominator (\(denominator.en ?? ""))")
    }

    /// What a row with cover values shows besides.
    func cover(of class: String) -> LocalizedText {
        // Only a class of grassland has this name; any other mean is one of vegetation cover.
        let isGrassland = `class` == "grassland" || map?.implements[`class`] == .grasslandCover
        let indicator = ClassMap.Indicator.grasslandCover.title
        return isGrassland
            ? LocalizedText(
                zh: "；mean_cover 为\(indicator.zh ?? "")：有盖度值处按面积加权平均，单位同数据",
                en:
                    "; mean_cover is the \(indicator.en ?? ""): mean of the cover values weighted by area where they are "
                    + "given, in the unit of the data")
            : LocalizedText(
                zh: "；mean_cover 为盖度值按面积加权平均，单位同数据",
                en: "; mean_cover is the mean of the cover values weighted by area, in the unit of the data")
    }

    /// What the values of a raster of amounts cover.
    var covered: LocalizedText {
        sentence(
            LocalizedText(zh: "有盖度值的面积占比", en: "share of ground with cover values"), values: nil, declares: false)
    }

    /// What shares are shares of.
    var denominator: LocalizedText {
        guard isRaster else { return LocalizedText(zh: "统计区面积", en: "area of the region") }
        return switch (options.edge, options.weight) {
        case (.exact, .ellipsoidal): LocalizedText(zh: "统计区面积", en: "area of the region")
        case (.exact, .cell): LocalizedText(zh: "统计区像元数，边缘像元按比例", en: "cells of the region, parts by fraction")
        case (.centre, .ellipsoidal):
            LocalizedText(zh: "中心在区内的像元面积", en: "area of the cells with their centre in the region")
        case (.centre, .cell): LocalizedText(zh: "中心在区内的像元数", en: "cells with their centre in the region")
        }
    }

    private func sentence(_ name: LocalizedText, values: LocalizedText?, declares: Bool) -> LocalizedText {
        let caveat = map?.caveat
        let zh = [
            values?.zh.map { "计入 " + $0 }, denominator.zh.map { "分母为" + $0 },
            declares ? "目录声明其符合该指标的定义" : nil, caveat?.zh,
        ]
        let en = [
            values?.en.map { "counts " + $0 }, denominator.en.map { "of the " + $0 },
            declares ? "the catalog declares that it implements the indicator" : nil, caveat?.en,
        ]
        return LocalizedText(
            zh: (name.zh ?? "") + "：" + zh.compactMap { $0 }.joined(separator: "；"),
            en: (name.en ?? "") + ": " + en.compactMap { $0 }.joined(separator: "; "))
    }

    /// The raw values of a class with their names.
    private func values(of class: String) -> LocalizedText {
        guard let map else { return LocalizedText(zh: `class`, en: `class`) }
        let entries = map.entries.filter { $0.class == `class` }
        func list(_ language: Language) -> String {
            entries.map { entry in
                entry.value + (entry.name.text(in: language).map { " " + $0 } ?? "")
            }.joined(separator: language.pick(zh: "、", en: ", "))
        }
        return LocalizedText(zh: list(.zh), en: list(.en))
    }
}

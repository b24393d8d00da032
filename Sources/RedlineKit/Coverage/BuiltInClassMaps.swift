extension ClassMap {
    /// The maps that come with the program, by the id that a catalog names.
    public static let builtIn: [String: ClassMap] = [
        "third-survey": thirdSurvey, "clcd": clcd, "esa-worldcover": worldCover, "globeland30": globeLand30,
        "corine": corine(\.index), "corine-codes": corine(\.code), "nlcd": nlcd,
    ]

    private init(_ title: LocalizedText, source: String, caveat: LocalizedText? = nil, _ rows: [Row]) {
        self.init(
            title: title, source: source, caveat: caveat,
            entries: rows.map { Entry(value: $0.0, class: $0.1, name: LocalizedText(zh: $0.2, en: $0.3)) })
    }

    /// Value, class, name in Chinese, name in English.
    private typealias Row = (String, String, String?, String?)

    /// 三调: the land classes of the third national land survey, by the beginnings of their codes.
    private static let thirdSurvey = ClassMap(
        LocalizedText(zh: "三调地类", en: "land classes of the third national land survey"),
        source: "第三次全国国土调查工作分类 (early text), and the survey's bulletin of 2021, which adds wetland as a class",
        caveat: LocalizedText(
            zh: "0303、0304、0306、0402 计入湿地未经核实；按早期文本它们属林地、草地",
            en:
                "that 0303, 0304, 0306 and 0402 count as wetland was not verified; in the early text they are forest and "
                + "grassland"),
        [
            ("00*", "wetland", "湿地", "wetland"), ("01*", "cropland", "耕地", "cropland"),
            ("02*", "orchard", "种植园用地", "plantations"), ("03*", "forest", "林地", "forest land"),
            ("0303*", "wetland", "红树林地", "mangroves"), ("0304*", "wetland", "森林沼泽", "forest swamp"),
            ("0306*", "wetland", "灌丛沼泽", "shrub swamp"), ("04*", "grassland", "草地", "grassland"),
            ("0402*", "wetland", "沼泽草地", "marsh grassland"), ("05*", "built-up", "商业服务业用地", "commerce"),
            ("06*", "built-up", "工矿用地", "industry and mining"), ("07*", "built-up", "住宅用地", "housing"),
            ("08*", "built-up", "公共管理与公共服务用地", "public services"), ("09*", "built-up", "特殊用地", "special uses"),
            ("10*", "built-up", "交通运输用地", "transport"), ("11*", "water", "水域及水利设施用地", "water and waterworks"),
            ("12*", "other", "其他土地", "other land"),
        ])

    private static let clcd = ClassMap(
        LocalizedText(zh: "CLCD 中国年度土地覆盖", en: "CLCD annual China land cover"),
        source: "Yang and Huang 2021, https://doi.org/10.5194/essd-13-3907-2021",
        caveat: LocalizedText(zh: "数值与类别的对应未经核实", en: "which value stands for which class was not verified"),
        [
            ("1", "cropland", "耕地", "Cropland"), ("2", "forest", "森林", "Forest"), ("3", "shrubland", "灌木", "Shrub"),
            ("4", "grassland", "草地", "Grassland"), ("5", "water", "水体", "Water"),
            ("6", "snow-ice", "冰雪", "Snow/Ice"), ("7", "bare", "荒地", "Barren"),
            ("8", "built-up", "不透水面", "Impervious"), ("9", "wetland", "湿地", "Wetland"),
        ])

    private static let worldCover = ClassMap(
        LocalizedText(zh: "ESA WorldCover", en: "ESA WorldCover"),
        source: "ESA WorldCover 10 m, value table, https://doi.org/10.5281/zenodo.5571936",
        [
            ("10", "forest", "树木覆盖", "Tree cover"), ("20", "shrubland", "灌木地", "Shrubland"),
            ("30", "grassland", "草地", "Grassland"), ("40", "cropland", "耕地", "Cropland"),
            ("50", "built-up", "建成区", "Built-up"), ("60", "bare", "裸地与稀疏植被", "Bare / sparse vegetation"),
            ("70", "snow-ice", "冰雪", "Snow and ice"), ("80", "water", "永久水体", "Permanent water bodies"),
            ("90", "wetland", "草本湿地", "Herbaceous wetland"), ("95", "forest", "红树林", "Mangroves"),
            ("100", "moss-lichen", "苔藓与地衣", "Moss and lichen"),
        ])

    private static let globeLand30 = ClassMap(
        LocalizedText(zh: "GlobeLand30 全球地表覆盖", en: "GlobeLand30"),
        source: "GlobeLand30, types and codes, http://www.webmap.cn",
        [
            ("10", "cropland", "耕地", "Cultivated land"), ("20", "forest", "林地", "Forest"),
            ("30", "grassland", "草地", "Grassland"), ("40", "shrubland", "灌木地", "Shrubland"),
            ("50", "wetland", "湿地", "Wetland"), ("60", "water", "水体", "Water bodies"),
            ("70", "tundra", "苔原", "Tundra"), ("80", "built-up", "人造地表", "Artificial surfaces"),
            ("90", "bare", "裸地", "Bareland"), ("100", "snow-ice", "冰川和永久积雪", "Permanent snow and ice"),
        ])

    private static let nlcd = ClassMap(
        LocalizedText(zh: "NLCD 美国土地覆盖", en: "NLCD"),
        source: "National Land Cover Database, legend, https://www.mrlc.gov",
        [
            ("11", "water", nil, "Open water"), ("12", "snow-ice", nil, "Perennial ice/snow"),
            ("21", "built-up", nil, "Developed, open space"), ("22", "built-up", nil, "Developed, low intensity"),
            ("23", "built-up", nil, "Developed, medium intensity"),
            ("24", "built-up", nil, "Developed, high intensity"),
            ("31", "bare", nil, "Barren land"), ("41", "forest", nil, "Deciduous forest"),
            ("42", "forest", nil, "Evergreen forest"), ("43", "forest", nil, "Mixed forest"),
            ("51", "shrubland", nil, "Dwarf scrub"), ("52", "shrubland", nil, "Shrub/scrub"),
            ("71", "grassland", nil, "Grassland/herbaceous"), ("72", "grassland", nil, "Sedge/herbaceous"),
            ("73", "moss-lichen", nil, "Lichens"), ("74", "moss-lichen", nil, "Moss"),
            ("81", "cropland", nil, "Pasture/hay"), ("82", "cropland", nil, "Cultivated crops"),
            ("90", "wetland", nil, "Woody wetlands"), ("95", "wetland", nil, "Emergent herbaceous wetlands"),
        ])

    /// A class of CORINE, which rasters hold as an index from 1 to 44 and polygons as a code of three digits.
    private struct CorineClass {
        var index: String
        var code: String
        var `class`: String
        var name: String
    }

    private static func corine(_ value: (CorineClass) -> String) -> ClassMap {
        ClassMap(
            LocalizedText(zh: "CORINE 欧洲土地覆盖", en: "CORINE Land Cover"),
            source: "CLC 2018 raster, value attribute table",
            corineRows.enumerated().map { place, row in
                let item = CorineClass(index: String(place + 1), code: row.0, class: row.1, name: row.2)
                return (value(item), item.class, nil, item.name)
            })
    }

    private static let corineRows = [
        ("111", "built-up", "Continuous urban fabric"), ("112", "built-up", "Discontinuous urban fabric"),
        ("121", "built-up", "Industrial or commercial units"),
        ("122", "built-up", "Road and rail networks and associated land"), ("123", "built-up", "Port areas"),
        ("124", "built-up", "Airports"), ("131", "built-up", "Mineral extraction sites"),
        ("132", "built-up", "Dump sites"), ("133", "built-up", "Construction sites"),
        ("141", "built-up", "Green urban areas"), ("142", "built-up", "Sport and leisure facilities"),
        ("211", "cropland", "Non-irrigated arable land"), ("212", "cropland", "Permanently irrigated land"),
        ("213", "cropland", "Rice fields"), ("221", "orchard", "Vineyards"),
        ("222", "orchard", "Fruit trees and berry plantations"), ("223", "orchard", "Olive groves"),
        ("231", "pasture", "Pastures"), ("241", "cropland", "Annual crops associated with permanent crops"),
        ("242", "cropland", "Complex cultivation patterns"),
        ("243", "cropland", "Land principally occupied by agriculture, with significant areas of natural vegetation"),
        ("244", "cropland", "Agro-forestry areas"), ("311", "forest", "Broad-leaved forest"),
        ("312", "forest", "Coniferous forest"), ("313", "forest", "Mixed forest"),
        ("321", "grassland", "Natural grasslands"), ("322", "shrubland", "Moors and heathland"),
        ("323", "shrubland", "Sclerophyllous vegetation"), ("324", "shrubland", "Transitional woodland-shrub"),
        ("331", "bare", "Beaches, dunes, sands"), ("332", "bare", "Bare rocks"),
        ("333", "bare", "Sparsely vegetated areas"), ("334", "bare", "Burnt areas"),
        ("335", "snow-ice", "Glaciers and perpetual snow"), ("411", "wetland", "Inland marshes"),
        ("412", "wetland", "Peat bogs"), ("421", "wetland", "Salt marshes"), ("422", "wetland", "Salines"),
        ("423", "wetland", "Intertidal flats"), ("511", "water", "Water courses"), ("512", "water", "Water bodies"),
        ("521", "water", "Coastal lagoons"), ("522", "water", "Estuaries"), ("523", "sea", "Sea and ocean"),
    ]
}

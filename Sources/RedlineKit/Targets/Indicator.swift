/// What an indicator (指标) means, whatever plan names it.
public struct Indicator: Hashable, Sendable {
    /// Which way is good.
    public enum Direction: String, Hashable, Sendable, CaseIterable {
        /// More is better: a plain target number is at least to be reached.
        case up
        /// Less is better: a plain target number is at most to be reached.
        case down
    }

    /// How the value follows from layers; nil measures follow from none.
    public enum Measure: Hashable, Sendable {
        /// The union of the zones of a family over the area of the region.
        case share(family: String)
        /// The area of the union of the zones of a family.
        case area(family: String)
        /// The zones of a class over all zones of a family; whether ground in two of those counts once or twice is
        /// seldom said.
        case classShare(class: String, family: String)
        /// A share with a legal definition that land cover alone does not meet.
        case definedShare(class: String)
        /// A mean of cover values weighted by area.
        case meanCover
    }

    /// The name in outputs: `redline-share`.
    public var id: String
    /// Which way is good; nil where the plans leave it open.
    public var direction: Direction?
    /// How it is measured on layers; nil where it cannot be.
    public var measure: Measure?

    /// The indicator that plans call `name`, in Chinese or by its id; nil for one that is not known here.
    ///
    /// Five plans spell one indicator in up to five ways, and 率 in its name suggests a share where a cover is meant;
    /// what is asked is therefore what the name holds, not what it is.
    public init?(named name: String) {
        let key = name.planNormalized.lowercased().replacing("_", with: "-")
        guard !key.isEmpty else { return nil }
        if let known = Self.geometric[key] {
            self.init(id: key, direction: .up, measure: known)
        } else if Self.upward.contains(key) {
            self.init(id: key, direction: .up)
        } else if Self.downward.contains(key) {
            self.init(id: key, direction: .down)
        } else if let match = Self.names.first(where: { $0.words.allSatisfy(key.contains) }) {
            self.init(named: match.id)
        } else {
            return nil
        }
    }

    private init(id: String, direction: Direction?, measure: Measure? = nil) {
        self.id = id
        self.direction = direction
        self.measure = measure
    }

    private static let geometric: [String: Measure] = [
        "redline-share": .share(family: "ecological-redline"), "redline-area": .area(family: "ecological-redline"),
        "pa-share": .share(family: "protected-area"), "pa-area": .area(family: "protected-area"),
        "np-share-of-pa": .classShare(class: "national-park", family: "protected-area"),
        "basic-farmland-area": .area(family: "permanent-basic-farmland"), "wetland-area": .area(family: "wetland"),
        "forest-coverage": .definedShare(class: "forest"), "grass-cover": .meanCover,
    ]

    /// Words that a Chinese name holds, the more special ones first.
    private static let names: [(words: [String], id: String)] = [
        (["红线", "面积", "变化"], "redline-area-change"), (["红线", "占"], "redline-share"), (["红线", "比例"], "redline-share"),
        (["红线", "比重"], "redline-share"), (["红线", "率"], "redline-share"), (["红线", "面积"], "redline-area"),
        (["国家公园", "占"], "np-share-of-pa"), (["国家公园", "比"], "np-share-of-pa"), (["保护地", "占"], "pa-share"),
        (["保护地", "比例"], "pa-share"), (["保护地", "面积"], "pa-area"), (["森林覆盖率"], "forest-coverage"),
        (["草原", "植被", "盖"], "grass-cover"), (["草地", "植被", "盖"], "grass-cover"), (["湿地保护率"], "wetland-protection-rate"),
        (["湿地保有量"], "wetland-area"), (["湿地", "面积"], "wetland-area"), (["基本农田"], "basic-farmland-area"),
        (["耕地保有量"], "farmland-area"), (["绿化覆盖"], "built-up-green-cover"), (["优良天数"], "good-air-days"),
        (["细颗粒物", "下降"], "pm25-drop"), (["细颗粒物"], "pm25"), (["可吸入颗粒物"], "pm10"), (["黑臭"], "black-odorous-share"),
        (["劣v类"], "surface-water-worse5-share"), (["v类", "地下水"], "groundwater-class5-share"),
        (["污水", "率"], "sewage-treatment-rate"), (["安全利用率"], "safe-use-farmland"),
        (["水土保持率"], "soil-water-conservation-rate"),
        (["荒漠化", "面积"], "desertified-area"), (["沙漠化", "面积"], "sandified-area"), (["用水总量"], "water-use"),
    ]

    // The good directions, as the plans that these indicators come from mean them.
    private static let upward: Set<String> = [
        "afforestation", "built-up-green-cover", "black-soil-treated", "cadre-training", "clean-energy-capacity",
        "co2-per-gdp-drop", "cod-drop", "cod-project-cut", "construction-land-per-gdp-drop", "county-eco-index-change",
        "degraded-forest-repaired", "dry-wetland-area", "ei-new", "eia-rate", "emerging-industry-share", "enclosure",
        "energy-per-gdp-drop", "eqi", "farm-processing-rate", "farmland-area", "fence-length", "film-recovery",
        "good-air-days", "grass-sown", "grassland-improved", "grassland-park-count", "grassland-treated", "green-added",
        "green-mine-share", "hazardous-waste-disposal", "heavy-metal-drop", "information-disclosure", "lake-water-area",
        "manure-facility-rate", "manure-use-rate", "mine-land-treated", "mining-right-closed", "nh3-drop",
        "nh3-project-cut", "non-fossil-share", "nox-drop", "nox-project-cut", "park-green-per-head", "pasture-resown",
        "permit-rate", "pm25-drop", "public-satisfaction", "redline-area-change", "rodent-control",
        "rural-sewage-rate", "rural-sewage-villages", "rural-source-zone-count", "rural-treatment-coverage",
        "safe-use-contaminated", "safe-use-farmland", "safe-use-key-construction", "sand-afforestation",
        "sand-control", "sand-fixed", "sandy-grass-treated", "sandy-land-closed", "sandy-land-treated",
        "section-good-share", "sewage-treatment-rate", "so2-drop", "soil-loss-treated", "soil-water-conservation-rate",
        "solid-waste-use", "source-rectified-count", "source-water-good-share", "sponge-city-area",
        "surface-water-good-share", "vegetation-restored", "voc-drop", "voc-project-cut", "waste-harmless-rate",
        "wastewater-reuse", "water-eco-quality", "water-function-zone-rate", "wetland-protected",
        "wetland-protection-rate",
    ]

    private static let downward: Set<String> = [
        "black-odorous-share", "desertified-area", "desertified-area-change", "desertified-share", "emission-cut",
        "emission-intensity-index", "energy-consumption", "environmental-emergencies", "groundwater-class5-share",
        "pm10", "pm25", "radiation-accident-rate", "radiation-accidents", "sandified-area", "sandified-area-change",
        "sandified-share", "section-water-class", "section-water-class-qaidam", "section-worse5-share",
        "surface-water-worse5-share", "water-use",
    ]

    /// The families of which the plans say that they must not shrink, so that more is better.
    static let keptFamilies: Set<String> = [
        "ecological-redline", "protected-area", "wetland", "grassland", "basic-grassland", "permanent-basic-farmland",
        "farmland", "forest", "natural-forest", "water-ecology-space", "general-ecological-space",
    ]
}

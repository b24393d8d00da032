/// What the values of a land-cover layer mean: raw value → class, as data of the catalog or built in.
public struct ClassMap: Hashable, Sendable {
    /// One value.
    public struct Entry: Hashable, Sendable {
        /// The raw value, compared as text; with `*` at its end, all values that begin so.
        public var value: String
        /// The class.
        public var `class`: String
        /// What the legend calls the value.
        public var name: LocalizedText

        /// Creates an entry.
        public init(value: String, class: String, name: LocalizedText = LocalizedText()) {
            self.value = value
            self.class = `class`
            self.name = name
        }
    }

    /// The name of the map; for a built-in one its id.
    public var title: LocalizedText
    /// Where the values come from; nil for the catalog's own.
    public var source: String?
    /// What could not be verified of it; nil where all was.
    public var caveat: LocalizedText?
    /// The values, in order.
    public var entries: [Entry]
    /// The official indicator that a class is declared to implement: `forest` → ``Indicator/forestCoverage``.
    public var implements: [String: Indicator]
    /// Which class ground counts for where patches overlap: the first of these; nil for the order of the entries.
    public var precedence: [String]?

    /// Creates a map.
    public init(
        title: LocalizedText = LocalizedText(), source: String? = nil, caveat: LocalizedText? = nil, entries: [Entry],
        implements: [String: Indicator] = [:], precedence: [String]? = nil
    ) {
        self.title = title
        self.source = source
        self.caveat = caveat
        self.entries = entries
        self.implements = implements
        self.precedence = precedence
    }

    /// The classes, each once, in the order of the entries.
    public var classes: [String] {
        var seen: Set<String> = []
        return entries.map(\.class).filter { seen.insert($0).inserted }
    }

    /// The class of a raw value; nil where the map lacks it. A value of its own goes before a beginning, and a longer
    /// beginning before a shorter one.
    public func `class`(of raw: String) -> String? {
        if let exact = entries.first(where: { $0.value == raw }) { return exact.class }
        return entries.filter { $0.value.hasSuffix("*") && raw.hasPrefix($0.value.dropLast()) }
            .max { $0.value.utf8.count < $1.value.utf8.count }?.class
    }

    /// An indicator of the plans that has a legal or official definition.
    public enum Indicator: String, Hashable, Sendable, CaseIterable {
        /// 森林覆盖率.
        case forestCoverage = "forest-coverage"
        /// 草原综合植被盖度.
        case grasslandCover = "grassland-cover"

        /// The official name.
        public var title: LocalizedText {
            switch self {
            case .forestCoverage: LocalizedText(zh: "森林覆盖率", en: "forest coverage")
            case .grasslandCover:
                LocalizedText(zh: "草原综合植被盖度", en: "comprehensive grassland vegetation cover")
            }
        }
    }
}

/// The classes that built-in maps lead to, and what people call them.
public enum StandardClass {
    /// What a class is called: `forest` is 林地; a class of the catalog's own is called as it is written.
    public static func title(of class: String) -> LocalizedText {
        titles[`class`] ?? LocalizedText(zh: `class`, en: `class`)
    }

    private static let titles: [String: LocalizedText] = [
        "forest": LocalizedText(zh: "林地", en: "forest"),
        "grassland": LocalizedText(zh: "草地", en: "grassland"),
        "shrubland": LocalizedText(zh: "灌木地", en: "shrubland"),
        "cropland": LocalizedText(zh: "耕地", en: "cropland"),
        "orchard": LocalizedText(zh: "园地", en: "orchards and plantations"),
        "wetland": LocalizedText(zh: "湿地", en: "wetland"),
        "water": LocalizedText(zh: "水域", en: "water"),
        "built-up": LocalizedText(zh: "建设用地", en: "built-up"),
        "bare": LocalizedText(zh: "裸地", en: "bare ground"),
        "snow-ice": LocalizedText(zh: "冰川与积雪", en: "snow and ice"),
        "tundra": LocalizedText(zh: "苔原", en: "tundra"),
        "moss-lichen": LocalizedText(zh: "苔藓与地衣", en: "moss and lichen"),
        "other": LocalizedText(zh: "其他土地", en: "other land"),
        "pasture": LocalizedText(zh: "牧草地", en: "pasture"),
        "sea": LocalizedText(zh: "海域", en: "sea"),
        "unclassified": LocalizedText(zh: "未分类", en: "unclassified"),
        "not-assessable": LocalizedText(zh: "无法评估", en: "not assessable"),
        "covered": LocalizedText(zh: "有盖度值", en: "with cover values"),
    ]
}

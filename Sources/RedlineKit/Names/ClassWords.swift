/// The Chinese words that standard classes go by in practice, by family.
///
/// Where a catalog maps classes, its map alone decides; these words serve where it has none, and in the advice on a
/// value that the map lacks.
enum ClassWords {
    /// The standard class that a raw value means; nil where the family has no such word.
    static func standardClass(of raw: String, family: String) -> String? {
        guard let known = standards[family] else { return nil }
        return known[folded(raw)]
    }

    /// The standard class of each folded word, by family; of two classes with the same word the first.
    private static let standards: [String: [String: String]] = words.mapValues { classes in
        let pairs = classes.flatMap { entry in
            [(entry.standard, entry.standard)] + entry.words.map { (folded($0), entry.standard) }
        }
        return Dictionary(pairs) { first, _ in first }
    }

    /// Whether the classes of a family are known, so that another one is worth a word.
    static func knows(_ family: String) -> Bool { family == "control-unit" }

    /// Without spaces and the endings that some write and others leave out.
    private static func folded(_ text: String) -> String {
        var text = text.lowercased().filter { !$0.isWhitespace && !"()（）-_".contains($0) }
        for ending in ["生态保护红线", "生态保护区", "环境管控单元", "管控单元", "保护单元", "单元", "功能", "区", "管控", "保护"]
        where text.hasSuffix(ending) && text.count > ending.count {
            text.removeLast(ending.count)
        }
        return text
    }

    private static let words: [String: [(standard: String, words: [String])]] = [
        "control-unit": [
            ("priority", ["优先保护单元", "优先保护", "优先管控单元", "优先", "1"]),
            ("key", ["重点管控单元", "重点管控", "重点保护单元", "重点", "2"]),
            ("general", ["一般管控单元", "一般管控", "一般保护单元", "一般", "3"]),
        ],
        "ecological-redline": [
            ("water-conservation", ["水源涵养", "水源涵养功能", "水源涵养生态保护红线"]),
            ("biodiversity", ["生物多样性维护", "生物多样性保护", "生物多样性"]),
            ("soil-conservation", ["水土保持"]), ("sand-fixation", ["防风固沙"]),
            ("soil-erosion", ["水土流失", "水土流失控制", "水土流失敏感"]),
            ("land-sandification", ["土地沙化", "沙漠化", "土地沙化控制", "土地沙化敏感"]),
            ("waterside", ["水域岸线", "河湖滨岸带"]), ("potential-value", ["潜在重要生态价值"]),
            ("rocky-desertification", ["石漠化", "石漠化控制"]), ("coast", ["海岸生态稳定", "海岸防护"]),
        ],
        "protected-area": [
            ("core-protection", ["核心保护区", "核心保护"]), ("general-control", ["一般控制区", "一般控制"]),
            ("core", ["核心区", "核心"]), ("buffer", ["缓冲区", "缓冲"]), ("experimental", ["实验区", "试验区", "实验"]),
        ],
        "water-source": [
            ("grade-one", ["一级保护区", "一级水源保护区", "一级"]), ("grade-two", ["二级保护区", "二级水源保护区", "二级"]),
            ("quasi", ["准保护区", "准水源保护区"]),
        ],
    ]
}

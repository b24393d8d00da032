/// The name of an administrative unit, taken apart for comparison.
///
/// Names never join by likeness: 都兰河 is no 都兰县, 玉树市 no 玉树州, 海南州 no 海南省. Two names are one place only where
/// what stands before the administrative ending is the same and the endings do not contradict each other.
struct PlaceName: Hashable, Sendable {
    /// The name without its administrative ending and the peoples in it: 天祝 of 天祝藏族自治县.
    let base: String
    /// The rank that the ending says; nil where there is no ending.
    let rank: Rank?

    /// What an administrative ending says of the rank.
    enum Rank: Hashable, Sendable {
        case province, prefecture, county, township
        /// 区: 白银区 lies in 白银市.
        case district
        /// 市 may be a prefecture or a county.
        case city
    }

    init(_ name: String) {
        let name = String(name.filter { !$0.isWhitespace })
        for (ending, rank) in Self.endings where name.hasSuffix(ending) && name.count > ending.count {
            var base = name.dropLast(ending.count)
            if ending.hasPrefix("自治") { base = Self.withoutPeoples(base) }
            // 沙市区, 城区: one character is a name only where the ending is one of a county.
            guard base.count >= 2 || ending.count == 1 && base.count == 1 else { continue }
            self.base = String(base)
            self.rank = rank
            return
        }
        base = name
        rank = nil
    }

    /// Whether both name the same unit: 格尔木 and 格尔木市, 天祝县 and 天祝藏族自治县.
    func names(sameAs other: PlaceName) -> Bool {
        guard base == other.base else { return false }
        guard let rank, let otherRank = other.rank, rank != otherRank else { return true }
        // 华亭县 became 华亭市; all others contradict each other.
        return [rank, otherRank] as Set == [.city, .county]
    }

    /// Longest first.
    private static let endings: [(String, Rank)] = [
        ("特别行政区", .province), ("行政委员会", .county), ("自治区", .province), ("自治州", .prefecture), ("自治县", .county),
        ("自治旗", .county), ("行委", .county), ("林区", .county), ("地区", .prefecture), ("街道", .township), ("省", .province),
        ("州", .prefecture), ("盟", .prefecture), ("市", .city), ("县", .county), ("区", .district), ("旗", .county),
        ("镇", .township), ("乡", .township),
    ]

    /// The peoples that autonomous units are named after.
    private static let peoples = [
        "维吾尔族", "哈萨克族", "柯尔克孜族", "达斡尔族", "鄂温克族", "鄂伦春族", "撒拉族", "保安族", "东乡族", "裕固族", "土家族", "布依族", "仡佬族",
        "仫佬族", "毛南族", "哈尼族", "景颇族", "傈僳族", "拉祜族", "纳西族", "布朗族", "独龙族", "普米族", "蒙古族", "朝鲜族", "高山族", "塔吉克",
        "锡伯族", "回族", "藏族", "土族", "满族", "苗族", "彝族", "壮族", "侗族", "瑶族", "白族", "傣族", "黎族", "畲族", "水族", "佤族", "羌族", "怒族",
        "京族", "蒙古", "哈萨克", "柯尔克孜", "各族",
    ]

    private static func withoutPeoples(_ text: Substring) -> Substring {
        var text = text
        while let people = peoples.first(where: { text.hasSuffix($0) && text.count > $0.count }) {
            text = text.dropLast(people.count)
        }
        return text
    }
}

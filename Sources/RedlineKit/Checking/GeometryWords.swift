/// The reasons of the geometry engine in Chinese; other reasons stay as they are.
enum GeometryWords {
    static func chinese(_ reason: String) -> String { words[reason] ?? reason }

    private static let words = [
        "Self-intersection": "边界自相交", "Ring Self-intersection": "环自相交", "Hole lies outside shell": "洞在外环之外",
        "Holes are nested": "洞中有洞", "Interior is disconnected": "内部不连通", "Nested shells": "外环相互嵌套",
        "Duplicate Rings": "环重复", "Too few points in geometry component": "环的点数太少",
        "Invalid Coordinate": "坐标无效", "Ring is not closed": "环未闭合", "a ring is not closed": "环未闭合",
        "no geometry": "没有图形", "an empty geometry": "图形为空", "a coordinate is not a number": "坐标不是数字",
        "a line without length": "线没有长度",
    ]
}

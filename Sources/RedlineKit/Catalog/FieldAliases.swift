/// The field names that code, name and class go by in practice, most specific first.
///
/// Seen in public code bases of control units, redlines, land survey and administrative layers. Names are compared
/// without case and surrounding space, and with names that a DBF file cut to ten bytes.
package enum FieldAliases {
    /// The names that a code goes by.
    package static let code = [
        "code", "HJZHGKDYBM", "HJGKDYBM", "HJYSGKFQBM", "环境综合管控单元编码", "HXDM", "XQBH", "BHDBM", "XZQDM",
        "XJXZQDM", "JBNTTBBH", "DLBM", "TBBH", "adcode", "DM", "编码", "代码",
    ]
    /// The names that a name goes by.
    package static let name = [
        "name", "HJZHGKDYMC", "HJGKDYMC", "HJYSGKFQMC", "环境综合管控单元名称", "HXMC", "XQMC", "BHDMC", "XZQMC",
        "XJXZQMC", "DLMC", "MC", "名称",
    ]
    /// The names that a class goes by.
    package static let `class` = [
        "class", "ZHGKDYFL", "GKDYFL", "综合管控单元分类", "HXLX", "生态保护红线类型", "GNFQ", "DLBM", "类型",
    ]

    /// The first of `aliases` that is one of `fields`, as the file writes it.
    package static func find(_ aliases: [String], among fields: [String]) -> String? {
        for alias in aliases {
            if let field = fields.first(where: { matches($0, alias) }) { return field }
        }
        return nil
    }

    /// The one of `fields` called `name`: exactly, else as ``matches(_:_:)`` tells.
    package static func field(named name: String, among fields: [String]) -> String? {
        fields.first { $0 == name } ?? fields.first { matches($0, name) }
    }

    /// Whether `field` is `alias`, maybe cut to the ten bytes of a DBF name in UTF-8 or GBK (two bytes a character).
    package static func matches(_ field: String, _ alias: String) -> Bool {
        let field = (field.trimmed ?? "").lowercased()
        let alias = (alias.trimmed ?? "").lowercased()
        if field == alias { return true }
        guard alias.hasPrefix(field), !field.isEmpty else { return false }
        let isChinese = field.allSatisfy { !$0.isASCII }
        return field.utf8.count == 10 || (isChinese && (field.count == 5 || field.count == 3))
    }
}

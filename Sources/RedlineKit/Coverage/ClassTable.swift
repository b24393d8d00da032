/// Tells classes of values, and puts them in order.
final class ClassTable {
    private let map: ClassMap?
    private let definitions: Definitions
    private var known: [String: String] = [:]

    init(map: ClassMap?, definitions: Definitions) {
        self.map = map
        self.definitions = definitions
    }

    /// The class of a raw value; the value itself where there is no map.
    func `class`(of raw: String) -> String {
        guard let map else { return raw }
        if let known = known[raw] { return known }
        let found = map.class(of: raw) ?? "unknown:" + raw
        known[raw] = found
        return found
    }

    /// The classes that occur, in the order of the map; without one by value. Unknown ones come last, by value.
    func classes(occurring ids: Set<String>) -> [LandCoverClass] {
        let order = map?.classes ?? []
        let mapped = order.filter(ids.contains)
        let rest = ids.subtracting(mapped).sorted(by: Self.isBefore)
        return (mapped + rest).map { id in
            if map != nil, id.hasPrefix("unknown:") {
                let value = String(id.dropFirst(8))
                return LandCoverClass(
                    id: id, title: LocalizedText(zh: "未知值 \(value)", en: "unknown value \(value)"),
                    definition: definitions.definition(ofUnknown: value), isMapped: false)
            }
            return LandCoverClass(
                id: id, title: StandardClass.title(of: id), definition: definitions.definition(of: id),
                implements: map?.implements[id], isMapped: map != nil)
        }
    }

    /// Numbers by size, then texts.
    static func isBefore(_ lhs: String, _ rhs: String) -> Bool {
        func number(_ text: String) -> Double? { Double(text.hasPrefix("unknown:") ? String(text.dropFirst(8)) : text) }
        switch (number(lhs), number(rhs)) {
        case (let a?, let b?) where a != b: return a < b
        case (.some, nil): return true
        case (nil, .some): return false
        default: return lhs < rhs
        }
    }
}

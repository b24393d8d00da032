/// A sentence for people, in Chinese and English.
///
/// A literal makes one that reads the same in both, for what has no wording of its own yet.
public struct Remark: Hashable, Sendable, CustomStringConvertible {
    /// The Chinese wording.
    public var zh: String
    /// The English wording.
    public var en: String

    /// Creates a remark from its two wordings.
    public init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }

    /// Creates a remark that reads the same in both languages.
    public init(_ text: String) { self.init(zh: text, en: text) }

    /// The English wording, as logs and data formats have it.
    public var description: String { en }
}

extension Remark: ExpressibleByStringInterpolation {
    /// Creates a remark that reads the same in both languages.
    public init(stringLiteral text: String) { self.init(zh: text, en: text) }
}

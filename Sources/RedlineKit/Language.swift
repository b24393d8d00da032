public import RedlineGeometry

/// A language of prose and headings; keys of data formats are the same in all.
public enum Language: String, Hashable, Sendable, CaseIterable {
    /// Chinese, simplified.
    case zh
    /// English.
    case en

    /// The wording in this language.
    @inlinable
    public func pick(zh: @autoclosure () -> String, en: @autoclosure () -> String) -> String {
        self == .zh ? zh() : en()
    }
}

/// A text in one or more languages.
public struct LocalizedText: Hashable, Sendable {
    /// The Chinese wording.
    public var zh: String?
    /// The English wording.
    public var en: String?

    /// Creates a text from what is known of it.
    public init(zh: String? = nil, en: String? = nil) {
        self.zh = zh
        self.en = en
    }

    /// The wording in `language`, else the other one.
    public func text(in language: Language) -> String? { language == .zh ? zh ?? en : en ?? zh }
}

extension Remark {
    /// The wording in `language`.
    public func text(in language: Language) -> String { language.pick(zh: zh, en: en) }
}

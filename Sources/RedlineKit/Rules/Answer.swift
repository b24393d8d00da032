/// What is known of a statement: yes, no, or open for want of something that has a name (Kleene's logic).
enum Answer: Hashable, Sendable {
    case yes
    case no
    /// Cannot be told: the names of what is missing, sorted, each once.
    case open([String])

    init(_ truth: Bool) { self = truth ? .yes : .no }

    /// Both hold: one no decides, else whatever is open.
    func and(_ other: @autoclosure () -> Answer) -> Answer {
        switch self {
        case .no: return .no
        case .yes: return other()
        case .open(let names):
            switch other() {
            case .no: return .no
            case .yes: return self
            case .open(let more): return .open(Self.merged(names, more))
            }
        }
    }

    /// One of them holds: one yes decides, else whatever is open.
    func or(_ other: @autoclosure () -> Answer) -> Answer {
        switch self {
        case .yes: return .yes
        case .no: return other()
        case .open(let names):
            switch other() {
            case .yes: return .yes
            case .no: return self
            case .open(let more): return .open(Self.merged(names, more))
            }
        }
    }

    /// The opposite; what is open stays open.
    var negated: Answer {
        switch self {
        case .yes: .no
        case .no: .yes
        case .open: self
        }
    }

    private static func merged(_ lhs: [String], _ rhs: [String]) -> [String] {
        lhs == rhs ? lhs : Set(lhs).union(rhs).sorted()
    }
}

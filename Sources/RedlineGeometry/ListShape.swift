/// What a list of coordinates draws.
public enum ListShape: String, Hashable, Sendable, CaseIterable {
    /// Each list of points is the boundary of a plot.
    case polygon
    /// Each list of points is a line.
    case line
    /// Each point is a place of its own.
    case points
}

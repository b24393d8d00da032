/// Why a job stopped: what happened, where, and what to do about it.
public struct RedlineError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file, as the user named it.
    public var file: String?
    /// The layer inside the file or the layer's id in the catalog.
    public var layer: String?
    /// The feature, by row or identifier.
    public var feature: String?
    /// What is wrong, as a sentence without the place.
    public var reason: String
    /// What the user can do.
    public var remedy: String?

    /// Creates an error.
    public init(
        _ reason: String, file: String? = nil, layer: String? = nil, feature: String? = nil, remedy: String? = nil
    ) {
        self.file = file
        self.layer = layer
        self.feature = feature
        self.reason = reason
        self.remedy = remedy
    }

    /// One line: place, reason, remedy.
    public var description: String {
        let place = [
            file, layer.map { "layer '\($0)'" }, feature.map { "feature \($0)" },
        ].compactMap { $0 }.joined(separator: ", ")
        return (place.isEmpty ? "" : place + ": ") + reason + (remedy.map { " " + $0 } ?? "")
    }
}

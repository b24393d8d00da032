public import RedlineGeometry

/// A row of a layer as it was read: its geometry may have failed by itself.
public struct FeatureRow: Sendable {
    /// The file's own feature identifier; the row number from 1, over all rows of the file, where it has none.
    public var identifier: Int64
    /// The geometry in the CRS of the layer, nil where the row has none; or why it cannot be had.
    public var geometry: Result<Geometry?, FeatureProblem>
    /// The values in the order of the fields that were asked for.
    public var attributes: [AttributeValue]

    /// Creates a row.
    public init(identifier: Int64, geometry: Result<Geometry?, FeatureProblem>, attributes: [AttributeValue]) {
        self.identifier = identifier
        self.geometry = geometry
        self.attributes = attributes
    }
}

/// Why the geometry of one row cannot be used.
@nonexhaustive
public enum FeatureProblem: Error, Hashable, Sendable {
    /// A kind that is not read: curves, and surfaces other than polygons.
    case unsupportedKind(name: String)
    /// The geometry is damaged or breaks its format.
    case malformed(message: String)
}

extension FeatureProblem: CustomStringConvertible {
    /// What is wrong, and what helps.
    public var description: String {
        switch self {
        case .unsupportedKind(let name):
            "the geometry is a \(name), which is not read; convert it to straight edges (ogr2ogr -nlt CONVERT_TO_LINEAR)"
        case .malformed(let message): "the geometry is damaged: \(message)"
        }
    }

    init(_ error: WellKnownBinaryError) {
        if case .unsupportedType(let name) = error {
            self = .unsupportedKind(name: name)
        } else {
            self = .malformed(message: error.description)
        }
    }
}

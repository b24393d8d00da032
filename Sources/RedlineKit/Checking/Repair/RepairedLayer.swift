package import LayerIO
package import RedlineGeometry

/// A layer with its faults repaired as far as that can be done without a person, and every change.
package struct RepairedLayer: Sendable {
    /// The layer.
    package var id: String
    /// Its fields, as the file has them.
    package var fields: [FieldDescription]
    /// What the coordinates are; those of the file where they can be written so.
    package var crs: String
    /// The rows that are left, in the order of the file; geometry that nothing was wrong with is as it was.
    package var rows: [Row]
    /// What was changed, in the order of the work.
    package var changes: [RepairChange]

    /// A row.
    package struct Row: Sendable {
        /// The identifier in the file.
        package var id: String
        /// In the order of the fields.
        package var attributes: [AttributeValue]
        /// In the CRS of the layer.
        package var geometry: Geometry?
    }
}

/// A change that a repair made, or could not make.
package struct RepairChange: Sendable {
    /// What was done.
    package enum Kind: String, Sendable {
        /// The row is left out: one before it is equal in ground and attributes.
        case dropped
        /// The geometry was invalid and was made valid.
        case madeValid = "made-valid"
        /// Vertices were moved to the line of a neighbour.
        case snapped
        /// Nothing could be done; the row is as it was.
        case left
    }

    /// What was done.
    package var kind: Kind
    /// The row's identifier in the file.
    package var feature: String
    /// The row's code.
    package var zoneCode: String?
    /// Why, in words.
    package var message: LocalizedText
    /// Square metres before and after, on the ellipsoid, even–odd over the rings.
    package var areaBefore: Double
    package var areaAfter: Double
    /// The ground that was lost and the ground that was gained, together, in square metres.
    package var movedArea: Double
    /// How far a vertex was moved at most, in metres; nil where none was moved.
    package var longestShift: Double?
}

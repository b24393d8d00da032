package import RedlineGeometry

/// A zone (管控区) or region (统计区): one row of a layer with its ground.
package struct Zone: Sendable {
    /// The file's feature identifier, else the row number from 1.
    package var id: String
    /// The code.
    package var code: String?
    /// The name.
    package var name: String?
    /// The standard class; the raw value where the catalog has no class map, `unknown:` and the raw value where its map
    /// lacks it.
    package var `class`: String?
    /// What else the catalog says of it, by the names that rules use, as the file has it or the catalog's words for it.
    package var attributes: [String: String] = [:]
    /// What it covers.
    package var ground: Ground
    /// Whether the geometry was invalid and is repaired here.
    package var isRepaired: Bool
}

/// A layer that was read, or the part of it that lies near enough.
package struct LoadedLayer: Sendable {
    /// The layer in the catalog.
    package var layer: CatalogLayer
    /// The edition that was read; nil where none was in force.
    package var edition: Edition?
    /// The zones near enough to matter, in the order of the file.
    package var zones: [Zone]
    /// The number of features of the layer, near or not.
    package var featureCount: Int
    /// How many features of the layer were repaired, near or not.
    package var repairedCount: Int
    /// How often each code occurs in the whole layer.
    package var codeCounts: [String: Int]
    /// SHA-256 of the source; nil for a database.
    package var sha256: String?
    /// Whether rows had no geometry that could be used, so that meeting nothing proves nothing.
    package var hasUnusableZones = false
    /// What the user should know of this layer, without paths.
    package var warnings: [Remark]
    /// Cells and measures of the zones, where the catalog is a prepared one.
    var prepared: PreparedZones?
}

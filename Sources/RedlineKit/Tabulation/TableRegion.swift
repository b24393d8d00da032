public import RedlineGeometry

/// A region (统计区) of a table: a county, prefecture, basin or park, whatever its layer holds.
public struct TableRegion: Sendable {
    /// The code; nil where the layer gives none.
    public var code: String?
    /// The name.
    public var name: String?
    /// How many rows of the layer make it up; rows with the same code and name are one region.
    public var rows: Int
    /// Whether the geometry of a row was invalid and is repaired here.
    public var isRepaired: Bool
    /// What shares are of, in longitude and latitude: the whole region, or what a mask leaves of it; nil where nothing
    /// is left.
    public var geometry: Geometry? { ground.geometry }
    /// The polygons of it.
    package var ground: Ground

    /// What messages call it.
    var label: String {
        let words = [code, name].compactMap { $0 }
        return words.isEmpty ? "without code and name" : "'" + words.joined(separator: " ") + "'"
    }
}

import Foundation
public import RedlineGeometry
public import RedlineMeasure

/// What is checked, and how.
public struct CheckOptions: Sendable {
    /// Only these layers of the catalog; nil for all.
    public var layers: [String]?
    /// The layer that protected areas are compared with, in place of the other checks; nil for the checks.
    public var against: String?
    /// The width below which gaps, overlaps and differences are no faults, in place of the layers' own.
    public var tolerance: Length?
    /// How printed areas are measured.
    public var areaMethod = AreaMethod.ellipsoidal
    /// The day whose editions are checked; nil for the catalog's, else the newest.
    public var asOf: CalendarDate?
    /// How many tasks work at once; the result does not depend on it.
    public var threads = ProcessInfo.processInfo.activeProcessorCount

    /// The defaults of the command line.
    public init() {}
}

/// Files to check without a catalog, and what is known of them.
public struct CheckedFiles: Sendable {
    /// The files.
    public var paths: [String]
    /// What they are, for instance `control-unit`; nil where nothing says.
    public var family: String?
    /// Whether the zones of a file cover their ground without gap or overlap.
    public var isTiling = false
    /// The layer inside a container.
    public var layer: String?
    /// The text encoding, where the files do not say.
    public var encoding: String?
    /// The CRS, where the files have none or a wrong one.
    public var crs: String?
    /// A condition in SQL that rows must meet.
    public var filter: String?

    /// Files of which nothing is known.
    public init(paths: [String]) { self.paths = paths }

    /// A catalog of these files, one layer for each, called by its file.
    func catalog() throws -> Catalog {
        var catalog = try Catalog(
            yaml: "schema: 1\nlayers: [{id: file, family: none, source: file}]", path: paths.first ?? "")
        let pattern = catalog.layers[0]
        catalog.layers = []
        for path in paths {
            let stem = URL(filePath: path).deletingPathExtension().lastPathComponent
            let known = catalog.layers.count { $0.id == stem || $0.id.hasPrefix(stem + "-") }
            var entry = pattern
            entry.id = known == 0 ? stem : "\(stem)-\(known + 1)"
            entry.family = family ?? ""
            entry.editions = [Edition(date: nil, source: path)]
            (entry.sourceLayer, entry.crs, entry.encoding, entry.filter) = (layer, crs, encoding, filter)
            entry.isTiling = isTiling
            catalog.layers.append(entry)
        }
        return catalog
    }
}

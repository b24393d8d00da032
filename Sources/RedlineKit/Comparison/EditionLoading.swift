import Foundation
import LayerIO
import RedlineGeometry

/// An edition that is to be read: its layer in the terms of a catalog, whether there is one or not.
struct ChosenEdition {
    var layer: CatalogLayer
    /// The catalog that it was found in; nil for a file.
    var catalog: Catalog?
    /// The names of all fields of the file.
    var fields: [String] = []
    /// The fields of code, name and class.
    var roles = FieldMapping()

    /// Finds the layer and looks into its file.
    ///
    /// - Parameters:
    ///   - input: What the user named.
    ///   - id: What the layer is called in messages and results.
    ///   - asOf: The day whose edition is taken from a catalog.
    /// - Throws: ``RedlineError`` or ``CatalogError`` where there is no such layer, or its file cannot be read.
    init(_ input: EditionInput, id: String, asOf: CalendarDate?) throws {
        if Self.isCatalog(input.path) {
            let catalog = try Catalog(contentsOf: input.path)
            self.catalog = catalog
            layer = try Self.layer(input.layer, of: catalog)
            layer.encoding = input.encoding ?? layer.encoding
            layer.crs = input.crs ?? layer.crs
            layer.filter = input.filter ?? layer.filter
        } else {
            layer = CatalogLayer(file: input.path, id: id)
            layer.sourceLayer = input.layer
            layer.encoding = input.encoding
            layer.crs = input.crs
            layer.filter = input.filter
        }
        layer.id = id
        layer.fields.code = input.codeField ?? layer.fields.code
        layer.fields.class = input.classField ?? layer.fields.class
        guard let edition = layer.edition(asOf: asOf ?? catalog?.asOf) else { return }
        let source = LayerSource(
            path: edition.source, layer: layer.sourceLayer, encoding: layer.encoding, crs: layer.crs,
            attributeFilter: layer.filter)
        do {
            fields = try LayerReader(source).description.fields.map(\.name)
        } catch {
            throw RedlineError(inLayer: id, error)
        }
        roles = try FieldMapping(of: layer, among: fields, file: edition.source)
    }

    /// Whether a path names a catalog.
    static func isCatalog(_ path: String) -> Bool {
        ["yaml", "yml"].contains(URL(filePath: path).pathExtension.lowercased())
    }

    /// The layer that is named, else the only one with zones, else the only ecological redline.
    private static func layer(_ id: String?, of catalog: Catalog) throws -> CatalogLayer {
        if let id {
            if let layer = catalog.layer(id) { return layer }
            let near = closest(to: id, among: catalog.layers.map(\.id)).map { "Did you mean '\($0)'? " } ?? ""
            throw RedlineError(
                "the catalog has no layer '\(id)'.", file: catalog.path,
                remedy: near + "Layers: \(catalog.layers.map(\.id).joined(separator: ", ")).")
        }
        let zones = catalog.zoneLayers
        let redlines = zones.filter { $0.family == "ecological-redline" }
        if let only = zones.count == 1 ? zones.first : redlines.count == 1 ? redlines.first : nil { return only }
        throw RedlineError(
            "the catalog has \(zones.count) layers of zones.", file: catalog.path,
            remedy: "Name one of them with --layer: \(zones.map(\.id).joined(separator: ", ")).")
    }

    /// Fields that programs write by themselves and that say nothing of the zone.
    private static let ownFields: Set<String> = [
        "objectid", "fid", "ogc_fid", "gid", "shape_area", "shape_leng", "shape_length", "shape__area", "shape__length",
        "shape", "geom", "globalid", "@id",
    ]

    /// The fields that tell what a zone is, besides code, name and class.
    private var ownAttributes: [String] {
        let roles = [roles.code, roles.name, roles.class]
        return fields.filter { !roles.contains($0) && !Self.ownFields.contains($0.lowercased()) }
    }

    /// Lets both editions read the attributes that they have in common.
    ///
    /// - Returns: The names of the attributes, and of those that only one edition has.
    static func shareAttributes(_ old: inout ChosenEdition, _ new: inout ChosenEdition) -> (
        common: [String], uncommon: [String]
    ) {
        var common: [String] = []
        var uncommon: [String] = []
        old.layer.attributes = []
        new.layer.attributes = []
        for field in old.ownAttributes {
            guard let twin = new.ownAttributes.first(where: { $0.lowercased() == field.lowercased() }) else {
                uncommon.append(field)
                continue
            }
            common.append(field)
            old.layer.attributes.append(ZoneAttributeMapping(name: field, field: field, values: [:]))
            new.layer.attributes.append(ZoneAttributeMapping(name: field, field: twin, values: [:]))
        }
        uncommon += new.ownAttributes.filter { field in
            !old.ownAttributes.contains { $0.lowercased() == field.lowercased() }
        }
        return (common, uncommon)
    }
}

extension CatalogLayer {
    /// A layer of a plain file, with the usual names of its fields.
    init(file path: String, id: String) {
        self.init(
            id: id, family: "zone", title: LocalizedText(), editions: [Edition(date: nil, source: path)],
            isTiling: false, fields: FieldMapping(), classes: [:], attributes: [])
    }
}

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
    /// All fields and their values, where a prepared catalog brings them along.
    private var prepared: PreparedFields?

    /// Finds the layer and looks into its file.
    ///
    /// - Parameters:
    ///   - input: What the user named.
    ///   - id: What the layer is called in messages and results.
    ///   - asOf: The day whose edition is taken from a catalog, unless `input` names one.
    /// - Throws: ``RedlineError`` or ``CatalogError`` where there is no such layer, or its file cannot be read.
    init(_ input: EditionInput, id: String, asOf: CalendarDate?) throws {
        if Self.isCatalog(input.path) {
            let catalog = try Catalog(contentsOf: input.path, ignoresStale: input.ignoresStale)
            self.catalog = catalog
            layer = try Self.layer(input.layer, of: catalog)
            if layer.prepared != nil {
                try Self.refuseReading(input)
                layer.preparedID = layer.id
            }
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
        let edition = try layer.choose(asOf: input.asOf ?? asOf ?? catalog?.asOf, file: input.path)
        layer.id = id
        layer.fields.code = input.codeField ?? layer.fields.code
        layer.fields.class = input.classField ?? layer.fields.class
        if let catalog = layer.prepared {
            let kept = try catalog.fields(of: layer, edition)
            for (wish, field) in [(input.codeField, kept.roles.code), (input.classField, kept.roles.class)] {
                if let wish, wish.lowercased() != field?.lowercased() { throw Self.refusal("field \(wish)", input) }
            }
            (fields, roles, prepared) = (kept.names, kept.roles, kept)
            return
        }
        let source = layer.source(of: edition)
        do {
            fields = try LayerReader(source).description.fields.map(\.name)
        } catch {
            throw RedlineError(inLayer: id, error)
        }
        roles = try FieldMapping(of: layer, among: fields, file: edition.source)
    }

    /// Whether a path names a catalog, in YAML or prepared.
    static func isCatalog(_ path: String) -> Bool {
        ["yaml", "yml"].contains(URL(filePath: path).pathExtension.lowercased()) || PreparedCatalog.isPrepared(path)
    }

    /// A prepared catalog has been read already: how to read its sources cannot be chosen any more.
    private static func refuseReading(_ input: EditionInput) throws {
        if let encoding = input.encoding { throw refusal("encoding \(encoding)", input) }
        if let crs = input.crs { throw refusal("CRS \(crs)", input) }
        if let filter = input.filter { throw refusal("condition \(filter)", input) }
    }

    private static func refusal(_ wish: String, _ input: EditionInput) -> RedlineError {
        RedlineError(
            "was prepared without the \(wish).", file: input.path,
            remedy: "Give the YAML catalog, or say it there and prepare it again.")
    }

    /// Gives zones of a prepared catalog the attributes that both editions have, and warnings the name of the edition.
    ///
    /// - Throws: ``RedlineError`` where the prepared catalog is damaged.
    func complete(_ ready: inout TableLayer) throws {
        guard let prepared, let catalog = layer.prepared else { return }
        let places = Dictionary(prepared.names.enumerated().map { ($1, $0) }) { first, _ in first }
        guard prepared.values.count == ready.loaded.zones.count else {
            throw PreparedCatalog.damaged(catalog.path, PackedReader.Damaged())
        }
        for (place, values) in prepared.values.enumerated() {
            var attributes: [String: String] = [:]
            for attribute in layer.attributes {
                attributes[attribute.name] = places[attribute.field].flatMap { values[$0] }
            }
            ready.loaded.zones[place].attributes = attributes
        }
        let name = layer.preparedID ?? layer.id
        ready.loaded.warnings = ready.loaded.warnings.map { warning in
            Remark(
                zh: warning.zh.replacing("图层 '\(name)'", with: "图层 '\(layer.id)'"),
                en: warning.en.replacing("Layer '\(name)'", with: "Layer '\(layer.id)'"))
        }
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
    /// Leaves the layer no edition but the one in force on a day.
    ///
    /// - Returns: That edition.
    /// - Throws: ``RedlineError`` where there is none.
    mutating func choose(asOf day: CalendarDate?, file: String) throws -> Edition {
        guard let edition = edition(asOf: day) else {
            throw RedlineError(
                "the layer has no edition in force on \(day?.description ?? "that day").", file: file,
                layer: preparedID ?? id,
                remedy: "Choose a later day, or name an older edition in the catalog.")
        }
        editions = [edition]
        return edition
    }

    /// A layer of a plain file, with the usual names of its fields.
    init(file path: String, id: String) {
        self.init(
            id: id, family: "zone", title: LocalizedText(), editions: [Edition(date: nil, source: path)],
            isTiling: false, fields: FieldMapping(), classes: [:], attributes: [])
    }
}

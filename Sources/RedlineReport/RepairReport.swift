import CoordinateReference
import Foundation
import LayerIO
package import RedlineKit
import RedlineGeometry

/// Where a repaired copy goes, and the table of its changes beside it.
package struct RepairDestination: Sendable {
    /// The path of the table of changes.
    package let logPath: String
    let copy: ReportDestination
    let log: ReportDestination
    let isGeoJSON: Bool
    let path: String

    /// Checks that both can be written, before any work is done.
    ///
    /// - Parameters:
    ///   - path: A file ending in `.gpkg` or `.geojson`.
    ///   - overwrites: Whether files that exist may be replaced.
    ///   - inputs: Files that are read, and therefore never replaced.
    /// - Throws: ``RedlineKit/RedlineError`` where one exists, is an input, or its folder cannot take it.
    package init(path: String, overwrites: Bool, inputs: [String]) throws {
        self.path = path
        isGeoJSON = Self.ending(of: path) == "geojson"
        let stem = URL(filePath: path).deletingPathExtension().lastPathComponent
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        logPath = "\(folder)\(stem).changes.csv"
        copy = try ReportDestination(path: path, overwrites: overwrites, inputs: inputs)
        log = try ReportDestination(path: logPath, overwrites: overwrites, inputs: inputs)
    }

    /// Whether a copy can be written under this name.
    package static func accepts(_ path: String) -> Bool { ["gpkg", "geojson"].contains(ending(of: path)) }

    private static func ending(of path: String) -> String { URL(filePath: path).pathExtension.lowercased() }
}

/// Writes repaired copies of layers and the table of changes.
package struct RepairReport {
    /// The copies.
    package let layers: [RepairedLayer]
    /// How the table is written.
    package let settings: ReportSettings

    package init(_ layers: [RepairedLayer], settings: ReportSettings) {
        self.layers = layers
        self.settings = settings
    }

    /// Writes the copy, then the table of changes.
    ///
    /// - Throws: ``RedlineKit/RedlineError`` where GeoJSON should hold several layers, or a file cannot be written.
    package func write(to destination: RepairDestination) throws {
        if destination.isGeoJSON {
            guard layers.count == 1 else {
                throw RedlineError(
                    "a GeoJSON file holds one layer, and there are \(layers.count).", file: destination.path,
                    remedy: "Write .gpkg, or choose one with --layers.")
            }
            let table = try geoJSON(layers[0])
            try destination.copy.write { try table.writeGeoJSON(to: $0) }
        } else {
            try destination.copy.make(makeGeoPackage)
        }
        try destination.log.write { try changes.writeCSV(to: $0) }
    }

    private func makeGeoPackage(at path: String) throws {
        let writer = try TableWriter(path: path, format: .geoPackage)
        for layer in layers {
            try writer.addTable(layer.id, fields: layer.fields, crs: layer.crs)
            for row in layer.rows { try writer.append(row.attributes, geometry: row.geometry) }
        }
        try writer.finish()
    }

    /// A layer as a table in longitude and latitude, as GeoJSON wants it.
    private func geoJSON(_ layer: RepairedLayer) throws -> TableReport {
        let transformation = try CoordinateTransformation(from: layer.crs)
        let rows = try layer.rows.map { row in
            TableRow(
                row.attributes.map(Self.value), geometry: try row.geometry.map(transformation.densifiedAndTransformed),
                id: row.id)
        }
        var plain = settings
        plain.precision = nil
        return TableReport(
            name: layer.id, columns: layer.fields.map { TableColumn($0.name, .text, zh: $0.name, en: $0.name) },
            rows: rows, provenance: Provenance(verb: "check"), settings: plain)
    }

    private static func value(_ value: AttributeValue) -> ReportValue {
        switch value {
        case .null: .null
        case .integer(let number): .integer(Int(number))
        case .real(let number): .real(number)
        case .string(let text): .text(text)
        }
    }

    /// Every change, a row each.
    private var changes: TableReport {
        let columns = [
            TableColumn("layer", .text, zh: "图层", en: "Layer"), TableColumn("feature", .text, zh: "要素", en: "Feature"),
            TableColumn("zone_code", .text, zh: "编码", en: "Code"), TableColumn("change", .text, zh: "改动", en: "Change"),
            TableColumn("message", .text, zh: "说明", en: "Message"),
            TableColumn("area_before_m2", .area, zh: "原面积", en: "Before"),
            TableColumn("area_after_m2", .area, zh: "现面积", en: "After"),
            TableColumn("moved_area_m2", .area, zh: "移动面积", en: "Moved"),
            TableColumn("longest_shift_m", .length, zh: "最大位移", en: "Shift"),
        ]
        let rows = layers.flatMap { layer in
            layer.changes.map { change in
                TableRow([
                    .text(layer.id), .text(change.feature), ReportValue(change.zoneCode), .text(change.kind.rawValue),
                    .text(change.message.text(in: settings.language) ?? ""), .real(change.areaBefore),
                    .real(change.areaAfter), .real(change.movedArea), ReportValue(change.longestShift),
                ])
            }
        }
        return TableReport(
            name: "changes", columns: columns, rows: rows, provenance: Provenance(verb: "check"), settings: settings)
    }
}

import Foundation
import RedlineGeometry

/// What is known of a layer besides its zones, as a prepared file keeps it.
struct LayerSummary: Sendable {
    var featureCount: Int
    var repairedCount: Int
    var sha256: String?
    var hasUnusableZones: Bool
    var warnings: [Remark]
    /// How often each code occurs, packed: land cover may have as many codes as patches, and needs none.
    private var codes: Data

    init(_ layer: LoadedLayer) {
        featureCount = layer.featureCount
        repairedCount = layer.repairedCount
        sha256 = layer.sha256
        hasUnusableZones = layer.hasUnusableZones
        warnings = layer.warnings
        var writer = PackedWriter()
        writer.write(Int32(layer.codeCounts.count))
        for (code, count) in layer.codeCounts.sorted(by: { $0.key < $1.key }) {
            writer.write(Int32(count))
            writer.write(code)
        }
        codes = writer.data
    }

    /// How often each code occurs in the layer.
    ///
    /// - Throws: ``PackedReader/Damaged``.
    func codeCounts() throws -> [String: Int] {
        var reader = PackedReader(codes)
        var counts: [String: Int] = [:]
        for _ in 0..<(try reader.count(ofSize: 8)) {
            let count = Int(try reader.int32())
            guard let code = try reader.text() else { throw PackedReader.Damaged() }
            counts[code] = count
        }
        return counts
    }

    var data: Data {
        var writer = PackedWriter()
        writer.write(Int32(featureCount))
        writer.write(Int32(repairedCount))
        writer.write(Int32(hasUnusableZones ? 1 : 0))
        writer.write(sha256)
        writer.write(Int32(warnings.count))
        for warning in warnings {
            writer.write(warning.zh)
            writer.write(warning.en)
        }
        return writer.data + codes
    }

    /// Reads a summary.
    ///
    /// - Throws: ``PackedReader/Damaged``.
    init(_ data: Data) throws {
        var reader = PackedReader(data)
        func text() throws -> String {
            guard let text = try reader.text() else { throw PackedReader.Damaged() }
            return text
        }
        featureCount = Int(try reader.int32())
        repairedCount = Int(try reader.int32())
        hasUnusableZones = try reader.int32() != 0
        sha256 = try reader.text()
        warnings = []
        for _ in 0..<(try reader.count(ofSize: 8)) { warnings.append(Remark(zh: try text(), en: try text())) }
        codes = reader.rest
    }
}

extension LoadedLayer {
    /// Some zones of a layer of which the rest is known, but not how often each code occurs.
    init(layer: CatalogLayer, edition: Edition, zones: [Zone], summary: LayerSummary) {
        self.init(
            layer: layer, edition: edition, zones: zones, featureCount: summary.featureCount,
            repairedCount: summary.repairedCount, codeCounts: [:], sha256: summary.sha256,
            hasUnusableZones: summary.hasUnusableZones, warnings: summary.warnings)
    }
}

/// A row of a zone as a prepared file keeps it.
struct PreparedZone {
    var id: String
    var code: String?
    var name: String?
    var `class`: String?
    /// The attributes that rules ask for, as packed pairs of name and value.
    var attributes: Data
    var isRepaired: Bool
    /// Well-known binary behind the header of a GeoPackage.
    var geometry: Data

    /// Of all that belongs to the row, its number included.
    func checksum(row: Int) -> UInt64 {
        var writer = PackedWriter()
        writer.write(Int32(row))
        for text in [id, code, name, `class`] { writer.write(text) }
        writer.write(Int32(isRepaired ? 1 : 0))
        return Checksum.of(writer.data, attributes, geometry)
    }

    static func packed(_ attributes: [String: String]) -> Data {
        guard !attributes.isEmpty else { return Data() }
        var writer = PackedWriter()
        writer.write(Int32(attributes.count))
        for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
            writer.write(name)
            writer.write(value)
        }
        return writer.data
    }

    /// The attributes by name.
    ///
    /// - Throws: ``PackedReader/Damaged``.
    func unpackedAttributes() throws -> [String: String] {
        guard !attributes.isEmpty else { return [:] }
        var reader = PackedReader(attributes)
        var values: [String: String] = [:]
        for _ in 0..<(try reader.count(ofSize: 8)) {
            guard let name = try reader.text(), let value = try reader.text() else { throw PackedReader.Damaged() }
            values[name] = value
        }
        return values
    }
}

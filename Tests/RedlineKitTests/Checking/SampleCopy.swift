import Foundation
import RedlineGeometry
import TestSupport
import Testing

@testable import RedlineKit

/// A copy of the sample catalog of Haixi whose features a test can spoil.
final class SampleCopy {
    let folder: URL
    private var collections: [String: [String: Any]] = [:]
    var generator: SeededGenerator

    private static let sample = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Layers/haixi")

    init(seed: UInt64) throws {
        generator = SeededGenerator(seed: seed)
        folder = FileManager.default.temporaryDirectory.appending(path: "redline-check-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in try FileManager.default.contentsOfDirectory(atPath: Self.sample.path) {
            try FileManager.default.copyItem(at: Self.sample.appending(path: name), to: folder.appending(path: name))
        }
        let catalog = folder.appending(path: "catalog.yaml")
        let text = try String(contentsOf: catalog, encoding: .utf8)
        // The units as GeoJSON, which can be spoiled and written again.
        try text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.contains("source: units.shp") ? "    source: units.geojson" : String($0) }
            .filter { !$0.contains("encoding: GBK") }.joined(separator: "\n")
            .write(to: catalog, atomically: true, encoding: .utf8)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The features of a layer.
    func features(_ layer: String) throws -> [[String: Any]] {
        try #require(try collection(layer)["features"] as? [[String: Any]])
    }

    /// Replaces the features of a layer.
    func set(_ layer: String, _ features: [[String: Any]]) throws {
        var collection = try collection(layer)
        collection["features"] = features
        collections[layer] = collection
        try JSONSerialization.data(withJSONObject: collection).write(to: file(layer))
    }

    /// Replaces one feature.
    func change(_ layer: String, _ place: Int, _ body: (inout [String: Any]) throws -> Void) throws {
        var features = try features(layer)
        try body(&features[place])
        try set(layer, features)
    }

    /// Replaces values of one feature.
    func setValues(_ layer: String, _ place: Int, _ values: [String: Any]) throws {
        try change(layer, place) { feature in
            var properties = try #require(feature["properties"] as? [String: Any])
            properties.merge(values) { $1 }
            feature["properties"] = properties
        }
    }

    func value(_ layer: String, _ place: Int, _ key: String) throws -> String {
        let properties = try #require(try features(layer)[place]["properties"] as? [String: Any])
        return try #require(properties[key] as? String)
    }

    /// The exterior ring of a feature, of its first polygon.
    func ring(_ layer: String, _ place: Int) throws -> [Position] {
        try #require(Self.polygons(try features(layer)[place]).first?.first)
    }

    /// The polygons of a feature, each a list of rings.
    static func polygons(_ feature: [String: Any]) throws -> [[[Position]]] {
        let geometry = try #require(feature["geometry"] as? [String: Any])
        let isMulti = geometry["type"] as? String == "MultiPolygon"
        let raw = try #require(
            isMulti
                ? geometry["coordinates"] as? [[[[Double]]]]
                : (geometry["coordinates"] as? [[[Double]]]).map { [$0] })
        return raw.map { $0.map { $0.map { Position(x: $0[0], y: $0[1]) } } }
    }

    /// Writes the polygons of a feature.
    static func set(_ polygons: [[[Position]]], in feature: inout [String: Any]) {
        feature["geometry"] = [
            "type": "MultiPolygon", "coordinates": polygons.map { $0.map { $0.map { [$0.x, $0.y] } } },
        ]
    }

    /// Replaces the exterior ring of a feature of one polygon.
    func setRing(_ layer: String, _ place: Int, _ ring: [Position]) throws {
        try change(layer, place) { feature in
            var polygons = try Self.polygons(feature)
            polygons[0][0] = ring
            Self.set(polygons, in: &feature)
        }
    }

    /// The faults as `layer kind feature`, sorted.
    func faults() async throws -> [String] {
        let result = try await check(try Catalog(contentsOf: folder.appending(path: "catalog.yaml").path))
        return result.faults.map { "\($0.layer) \($0.kind.rawValue) \($0.feature ?? "-")" }.sorted()
    }

    private func file(_ layer: String) -> URL { folder.appending(path: "\(layer).geojson") }

    private func collection(_ layer: String) throws -> [String: Any] {
        if let known = collections[layer] { return known }
        let read = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: file(layer))) as? [String: Any])
        collections[layer] = read
        return read
    }
}

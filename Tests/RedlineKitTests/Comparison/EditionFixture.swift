import Foundation
import RedlineGeometry
import TestSupport

@testable import RedlineKit

/// Two editions and their regions, as files that are gone after the test.
struct EditionFixture {
    /// A feature of a file.
    struct Zone {
        var properties: [String: String] = [:]
        var rings: [[Position]]

        /// A rectangle between latitudes 37.0 and 37.1.
        init(_ properties: [String: String], _ west: Double, _ east: Double, north: Double = 37.1) {
            self.properties = properties
            rings = [
                [(west, 37.0), (east, 37.0), (east, north), (west, north), (west, 37.0)].map {
                    Position(x: $0.0, y: $0.1)
                }
            ]
        }

        init(_ west: Double, _ east: Double) { self.init([:], west, east) }

        init(ring: [Position]) { rings = [ring] }
    }

    var old: [Zone]
    var new: [Zone]
    var regions = [Zone(["code": "632801"], 94, 97, north: 38)]
    /// Lines of a catalog for the layer, with which both editions are read; nil for plain files.
    var catalog: String?

    /// Compares.
    func compare(_ options: ComparisonOptions = ComparisonOptions()) async throws -> ChangeTable {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, zones) in [("old", old), ("new", new), ("regions", regions)] {
            try Self.geoJSON(zones).write(to: folder.appending(path: "\(name).geojson"))
            guard let catalog else { continue }
            let text = """
                schema: 1
                layers:
                  - id: zones
                    family: ecological-redline
                    source: \(name).geojson
                    \(catalog.replacing("\n", with: "\n    "))
                """
            try Data(text.utf8).write(to: folder.appending(path: "\(name).yaml"))
        }
        func path(_ name: String, _ ending: String) -> String { folder.appending(path: "\(name).\(ending)").path }
        let ending = catalog == nil ? "geojson" : "yaml"
        return try await compareEditions(
            from: EditionInput(path: path("old", ending)), to: EditionInput(path: path("new", ending)),
            regions: EditionInput(path: path("regions", "geojson")), options: options)
    }

    private static func geoJSON(_ zones: [Zone]) throws -> Data {
        let features = zones.map { zone in
            [
                "type": "Feature", "properties": zone.properties,
                "geometry": ["type": "Polygon", "coordinates": zone.rings.map { $0.map { [$0.x, $0.y] } }],
            ] as [String: Any]
        }
        return try JSONSerialization.data(withJSONObject: ["type": "FeatureCollection", "features": features])
    }
}

extension Area {
    /// In square kilometres.
    var km2: Double { value(in: .squareKilometer) }
}

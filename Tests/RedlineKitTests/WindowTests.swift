import Foundation
import RedlineGeometry
import RedlineKit
import Testing

@Test("A zone within the layer's own tolerance is touched, though it is farther than a metre away")
func layerTolerance() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "redline-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ text: String, _ name: String) throws -> String {
        let file = folder.appending(path: name)
        try Data(text.utf8).write(to: file)
        return file.path
    }
    func square(from west: Double, to east: Double) -> String {
        let ring = [(west, 37.0), (east, 37), (east, 37.1), (west, 37.1), (west, 37)].map { "[\($0.0),\($0.1)]" }
        return #"{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[["#
            + ring.joined(separator: ",") + "]]}}"
    }
    _ = try write(square(from: 96, to: 96.1), "zones.geojson")
    let catalog = try write(
        "schema: 1\nlayers:\n  - {id: z, family: ecological-redline, source: zones.geojson, tolerance: 5 m}\n",
        "catalog.yaml")
    // 0.00003 degrees of longitude are 2.7 m here.
    let sites = try write(square(from: 96.10003, to: 96.2), "sites.geojson")
    let result = try await screen(SiteInput(paths: [sites]), against: Catalog(contentsOf: catalog))
    #expect(result.sites.first?.findings.map(\.relation) == [.touches])
}

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

@Test("A zone within the distance asked for is near a site that runs over ten degrees of latitude, at either end")
func longSites() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "redline-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ geometries: [String], _ name: String) throws -> String {
        let features = geometries.enumerated().map {
            #"{"type":"Feature","id":"\#($0)","properties":{},"geometry":\#($1)}"#
        }
        let file = folder.appending(path: name)
        try Data(#"{"type":"FeatureCollection","features":[\#(features.joined(separator: ","))]}"#.utf8).write(to: file)
        return file.path
    }
    // At 41° N a hundredth of a degree of longitude is 841 m: both zones lie 1963 m off.
    _ = try write(
        [
            #"{"type":"Polygon","coordinates":[[[100.02334,40.9],[100.03,40.9],[100.03,41],[100.02334,41],[100.02334,40.9]]]}"#
        ],
        "polygons.geojson")
    _ = try write([#"{"type":"LineString","coordinates":[[100.02334,41],[100.02334,40.9]]}"#], "lines.geojson")
    let catalog = folder.appending(path: "catalog.yaml")
    try Data(
        """
        schema: 1
        layers:
          - {id: polygons, family: ecological-redline, source: polygons.geojson}
          - {id: lines, family: river, source: lines.geojson}
        """.utf8
    ).write(to: catalog)
    let steps = (0...100).map { "[100,\(31 + Double($0) / 10)]" }.joined(separator: ",")
    let sites = try write(
        [
            #"{"type":"LineString","coordinates":[\#(steps)]}"#,
            #"{"type":"Polygon","coordinates":[[[100,31],[100,41],[99.999,41],[99.999,31],[100,31]]]}"#,
            #"{"type":"MultiPoint","coordinates":[[100,31],[100,41]]}"#,
        ], "sites.geojson")
    var options = ScreeningOptions()
    options.distance = Length(meters: 2000)
    let result = try await screen(
        SiteInput(paths: [sites]), against: Catalog(contentsOf: catalog.path), options: options)
    #expect(result.sites.count == 3)
    for site in result.sites {
        #expect(site.findings.map(\.relation) == [.near, .near], "\(site.id)")
        for finding in site.findings { #expect(abs((finding.distance ?? 0) - 1963) < 3) }
    }
}

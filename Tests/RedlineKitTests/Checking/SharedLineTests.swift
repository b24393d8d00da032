import CoordinateReference
import Foundation
import RedlineGeometry
import Testing

@testable import RedlineKit

@Suite("Layers in the coordinates of web maps")
struct SharedLineTests {
    /// Brings the vertices of layers of a sample catalog to where a web map shows them.
    private func shift(_ layers: [String], of copy: SampleCopy, _ datum: WebMapDatum) throws {
        for layer in layers {
            var features = try copy.features(layer)
            for index in features.indices {
                let polygons = try SampleCopy.polygons(features[index])
                SampleCopy.set(polygons.map { $0.map { $0.map(datum.shifted) } }, in: &features[index])
            }
            try copy.set(layer, features)
        }
    }

    private func crsFaults(_ copy: SampleCopy) async throws -> [String] {
        let result = try await check(try Catalog(contentsOf: copy.folder.appending(path: "catalog.yaml").path))
        return result.faults.filter { $0.kind == .crs }.map { $0.layer + ": " + ($0.message.en ?? "") }
    }

    @Test("Units that share the lines of counties are told to be shifted", arguments: WebMapDatum.allCases)
    func units(datum: WebMapDatum) async throws {
        let copy = try SampleCopy(seed: 1)
        try shift(["units"], of: copy, datum)
        let faults = try await crsFaults(copy)
        #expect(
            faults.count == 1 && faults[0].hasPrefix("units: its coordinates seem to be \(datum.rawValue)"), "\(faults)"
        )
    }

    @Test("Counties that are shifted are told by the units that are not")
    func counties() async throws {
        let copy = try SampleCopy(seed: 1)
        try shift(["counties"], of: copy, .gcj02)
        let faults = try await crsFaults(copy)
        #expect(faults.contains { $0.hasPrefix("units: those of counties seem to be GCJ-02") }, "\(faults)")
    }
}

final class GeoJSONContainer: LayerContainer {
    var driver: String { "GeoJSON" }
    var layerNames: [String] { [] }
    init?(_ bytes: [UInt8], source: LayerSource) throws(LayerError) { return nil }
    func hasGeometry(_ layer: Int) -> Bool { true }
    func describe(_ layer: Int, isThorough: Bool) throws(LayerError) -> LayerDescription {
        throw .networkRefused(path: "")
    }
    func read(_ layer: Int, _ request: ReadRequest, _ body: ([FeatureRow]) throws -> Void) throws {}
}

import LayerIO

extension CatalogLayer {
    /// Whether any of its editions is a raster; only land cover may be.
    func isRaster() throws -> Bool {
        guard family == "land-cover" else { return false }
        return try editions.contains { try RasterReader.recognizes($0.source) }
    }
}

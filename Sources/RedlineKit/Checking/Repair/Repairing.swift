package import RedlineGeometry

/// Makes repaired copies of the layers of a catalog; the files themselves are never changed.
///
/// Exact duplicates are dropped, invalid geometry is made valid (GEOS' MakeValid, `structure`), and in layers whose
/// zones should not overlap the lines of a zone are snapped to those of zones before it. All else stays as it is, to
/// the last bit.
///
/// - Parameters:
///   - catalog: The layers.
///   - options: Which layers, and the day.
///   - snapDistance: How far a vertex may be moved; zero for not at all.
/// - Returns: The copies with every change.
/// - Throws: ``RedlineError`` where a layer cannot be read.
package func repairedCopies(
    of catalog: Catalog, options: CheckOptions, snapDistance: Length
) async throws -> [RepairedLayer] {
    let repair = try LayerRepair(snapDistance: snapDistance.meters)
    var copies: [RepairedLayer] = []
    for layer in catalog.layers where options.layers?.contains(layer.id) ?? true {
        guard let edition = layer.edition(asOf: options.asOf ?? catalog.asOf) else { continue }
        do {
            var read = try CheckedLayer(reading: layer, edition)
            try await read.shape(threads: options.threads)
            copies.append(try repair.repaired(read))
        } catch {
            throw RedlineError(inLayer: layer.id, error)
        }
    }
    return copies
}

/// Makes repaired copies of files, as of the layers of a catalog.
package func repairedCopies(
    of files: CheckedFiles, options: CheckOptions, snapDistance: Length
) async throws -> [RepairedLayer] {
    try await repairedCopies(of: try files.catalog(), options: options, snapDistance: snapDistance)
}

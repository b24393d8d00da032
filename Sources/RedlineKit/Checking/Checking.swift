import RedlineCells
import RedlineGeometry

/// Looks for faults of a catalog's layers: geometry, text, codes, classes, declared areas, gaps and overlaps.
///
/// The layers are not changed. A layer that cannot be read is a fault too, and the others are checked all the same. The
/// result does not depend on the number of threads.
///
/// - Parameters:
///   - catalog: The layers and what they mean.
///   - options: What is checked, and how.
/// - Returns: The faults.
/// - Throws: ``RedlineError`` for options that do not fit the catalog; `CancellationError`.
/// - Complexity: One layer is in memory at a time, with that of the regions and of the extent: about 150 bytes for each
///   vertex.
public func check(_ catalog: Catalog, options: CheckOptions = CheckOptions()) async throws -> CheckResult {
    let checking = Checking(catalog: catalog, options: options)
    return try await checking.run()
}

/// Looks for faults of files of which no catalog says what they mean.
///
/// - Parameters:
///   - files: The files.
///   - options: What is checked, and how.
/// - Returns: The faults, one layer for each file.
/// - Throws: ``RedlineError`` where a file cannot be read; `CancellationError`.
public func check(_ files: CheckedFiles, options: CheckOptions = CheckOptions()) async throws -> CheckResult {
    let checking = Checking(catalog: try files.catalog(), options: options, isCatalog: false)
    return try await checking.run()
}

/// One run of checks.
struct Checking {
    let catalog: Catalog
    let options: CheckOptions
    /// Whether a person wrote the catalog; it was made of files otherwise.
    var isCatalog = true

    func run() async throws -> CheckResult {
        let chosen = try chosenLayers()
        var run = CheckRun(self)
        try await run.loadBackdrops(for: chosen)
        let assembly = try FaultAssembly(options.areaMethod)
        if let against = options.against {
            try await run.compare(try comparedLayers(with: against), with: against, assembly)
        } else {
            for layer in chosen { try await run.check(layer, assembly) }
        }
        return run.result(of: chosen)
    }

    /// The day whose editions are checked.
    var asOf: CalendarDate? { options.asOf ?? catalog.asOf }

    private func chosenLayers() throws -> [CatalogLayer] {
        guard let asked = options.layers else { return catalog.layers }
        try asked.forEach(require)
        return catalog.layers.filter { asked.contains($0.id) }
    }

    private func require(_ id: String) throws {
        guard catalog.layer(id) == nil else { return }
        throw RedlineError(
            "the catalog has no layer '\(id)'.", file: catalog.path,
            remedy: "Layers: \(catalog.layers.map(\.id).joined(separator: ", ")).")
    }

    /// The layers that `--against` compares with one: those asked for, else all protected areas.
    private func comparedLayers(with against: String) throws -> [CatalogLayer] {
        try require(against)
        let layers = try chosenLayers().filter {
            $0.id != against && (options.layers != nil || $0.family == "protected-area")
        }
        guard !layers.isEmpty else {
            throw RedlineError(
                "the catalog has no layer to compare with '\(against)'.", file: catalog.path,
                remedy: "Without --layers, those of the family protected-area are compared.")
        }
        return layers
    }
}

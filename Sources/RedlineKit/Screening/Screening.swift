/// Screens sites against every zone layer of a catalog.
///
/// A site whose geometry is broken is skipped and named, the others are screened. Zones that are invalid are repaired
/// and marked. The result depends on the input alone, not on the number of threads. All findings are held at once;
/// ``ScreeningRun`` hands them on as they are found.
///
/// - Parameters:
///   - input: The files with the sites.
///   - catalog: The layers and what they mean.
///   - options: How to measure and what to report.
///   - progress: Told how far the run has come, from any task.
/// - Returns: The findings of each site, in the order of the input, and where they come from.
/// - Throws: ``RedlineError`` if a file cannot be read or does not fit the catalog; `CancellationError`.
public func screen(
    _ input: SiteInput, against catalog: Catalog, options: ScreeningOptions = ScreeningOptions(),
    progress: (@Sendable (ScreeningProgress) -> Void)? = nil
) async throws -> ScreeningResult {
    try await ScreeningRun(input, against: catalog, options: options, progress: progress).result()
}

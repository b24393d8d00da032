import RedlineCells
import RedlineGeometry

/// A layer that was read, cut and indexed, with what a run asks of it; an object, because every site asks for it.
final class ReadyLayer: Sendable {
    /// Its place among the layers of the run.
    let place: Int
    let loaded: LoadedLayer
    let indexed: IndexedLayer
    /// The width in metres below which a meeting is a touch.
    let tolerance: Double
    /// The distance in metres within which zones are reported; nil where only meetings count.
    let nearDistance: Double?
    /// What is known of each zone that rules ask for; empty without rules.
    let zoneFacts: [ZoneFacts]
    /// What names findings.
    let identifier: FindingIdentifier
    /// The territory that it says it covers.
    let extent: Extent?

    /// Where a layer says what lies.
    enum Extent: Sendable {
        case box(Envelope)
        /// The zones of another layer, by its place in the run.
        case layer(Int)
    }

    /// Makes a layer ready.
    ///
    /// - Throws: `CancellationError`.
    init(
        _ loaded: LoadedLayer, place: Int, nearDistance: Double?, extent: Extent?, book: RuleBook?,
        options: ScreeningOptions
    ) async throws {
        (self.place, self.loaded, self.nearDistance, self.extent) = (place, loaded, nearDistance, extent)
        indexed = try await IndexedLayer(loaded, options: options)
        tolerance = Self.tolerance(of: loaded.layer, options)
        zoneFacts =
            book.map { book in
                loaded.zones.map { ZoneFacts($0, family: loaded.layer.family, book.vocabulary) }
            } ?? []
        identifier = FindingIdentifier(loaded)
    }

    var layer: CatalogLayer { loaded.layer }

    /// How far around a site zones are looked for, in metres.
    var reach: Double { max(tolerance, nearDistance ?? 0) }

    /// The width in metres below which a meeting is a touch: the run's, else the layer's, else 1 mm.
    static func tolerance(of layer: CatalogLayer, _ options: ScreeningOptions) -> Double {
        (options.tolerance ?? layer.tolerance)?.meters ?? 0.001
    }
}

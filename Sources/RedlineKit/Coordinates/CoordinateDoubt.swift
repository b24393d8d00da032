import CoordinateReference
import LayerIO
import RedlineGeometry

/// What is said where the coordinates of a file cannot be taken as they are.
enum CoordinateDoubt {
    /// A layer without a CRS: what its numbers can be.
    static func missingCRS(
        _ source: LayerSource, doubt: Remark?, layer: String? = nil, option: String, known: KnownPlaces
    ) -> RedlineError {
        let diagnosis = diagnosis(of: source, known: known)
        let reason = [
            layer == nil ? "the file has no CRS." : "the layer has no CRS.", doubt?.en, diagnosis?.summary.en,
        ].compactMap { $0 }.joined(separator: " ")
        if let diagnosis, diagnosis.isDecided, let template = diagnosis.hypotheses.first?.template {
            return RedlineError(
                reason, file: source.path, layer: layer,
                remedy: "If that is right, give your own parameters with \(option): '\(template)'.")
        }
        let proposal = diagnosis?.best?.crs ?? "EPSG:n"
        return RedlineError(
            reason, file: source.path, layer: layer,
            remedy: "Say what its coordinates are with \(option) \(proposal.contains(" ") ? "'\(proposal)'" : proposal)"
                + (diagnosis?.best == nil ? "." : ", if that is right."))
    }

    /// The best reading of a file whose CRS does not fit its numbers, in words; empty where nothing can be said.
    static func summary(of source: LayerSource, known: KnownPlaces) -> String {
        guard let diagnosis = diagnosis(of: source, known: known), !diagnosis.hypotheses.isEmpty else { return "" }
        return " " + diagnosis.summary.en
    }

    private static func diagnosis(of source: LayerSource, known: KnownPlaces) -> CoordinateDiagnosis? {
        guard let sample = try? CoordinateSample(source) else { return nil }
        return try? CoordinateDetective(known: known).diagnose(sample)
    }

    /// Why numbers cannot belong to the projected CRS that is stated for them; nil where they can.
    ///
    /// A zone prefix that is not the CRS's own puts data a thousand kilometres off, which a projection does not notice.
    /// Four degrees beyond the area that the registry gives leave room for every use of a neighbouring zone.
    static func contradiction(_ envelope: Envelope, _ transformation: CoordinateTransformation) -> String? {
        let crs = transformation.source
        guard crs.isProjected, let area = crs.areaOfUse, area.minX < area.maxX, !envelope.isEmpty,
            let place = try? transformation.transform([envelope.center]).first,
            !area.expanded(dx: 4, dy: 5).contains(Envelope([place]))
        else { return nil }
        func shown(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
        return "its coordinates do not belong to the CRS \(crs.authorityCode ?? crs.name): that one is made for "
            + "\(shown(area.minX))-\(shown(area.maxX))° E, \(shown(area.minY))-\(shown(area.maxY))° N, and the data would "
            + "lie at \(shown(place.x))° E, \(shown(place.y))° N."
    }
}

import RedlineKit
import RedlineMeasure

extension JSONText {
    /// Writes the member `redline`: what was used and counted, without times and paths.
    mutating func run(_ result: ScreeningResult, _ settings: ReportSettings) {
        let summary = result.summary
        beginObject()
        key("schema")
        integer(1)
        key("version")
        string(ScreeningReport.toolVersion)
        key("verb")
        string("screen")
        key("area_method")
        string(result.options.areaMethod.description)
        key("language")
        string(settings.language.rawValue)
        key("as_of")
        string(result.asOf?.description)
        catalog(result.catalogName.text(in: settings.language), sha256: result.catalogSHA256)
        layers(result.layers.map(UsedLayer.init))
        key("sites")
        beginObject()
        key("read")
        integer(summary.readSites)
        key("skipped")
        integer(summary.skipped)
        key("repaired")
        integer(summary.repaired)
        endObject()
        counts(summary)
        warnings(result.warnings, settings.language)
        engines(result.engines)
        endObject()
    }

    private mutating func counts(_ summary: ScreeningResult.Summary) {
        key("summary")
        beginObject()
        key("sites")
        integer(summary.sites)
        key("clear")
        integer(summary.clear)
        key("clear_in_data")
        integer(summary.clearInData)
        key("not_assessable")
        integer(summary.notAssessable)
        key("findings")
        integer(summary.findings)
        key("by_effect")
        beginObject()
        for effect in Effect.allCases {
            guard let count = summary.byEffect[effect] else { continue }
            key(effect.rawValue)
            integer(count)
        }
        if summary.withoutEffect > 0 {
            key("none")
            integer(summary.withoutEffect)
        }
        key("not-judged")
        integer(summary.notJudged)
        endObject()
        endObject()
    }
}

extension UsedLayer {
    fileprivate init(_ layer: ScreenedLayer) {
        self.init(
            id: layer.id, title: layer.title, edition: layer.edition, features: layer.features,
            repaired: layer.repaired, sha256: layer.sha256)
    }
}
